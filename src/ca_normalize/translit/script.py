"""Facts of Unicode that transliteration needs: what the letters of a script are, what stands inside a word.

Source of the ranges: Unicode 15.0, Blocks.txt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ..cyrillic import has_cyrillic

MARKS = "\u0300-\u036f"
"""Ranges for a character class: combining marks that any script may use."""

_MARK = f"[{MARKS}\u0483-\u0489]"

APOSTROPHES = "'’ʼʻ‘`´"
"""What is typed for an apostrophe inside a word."""

_LATIN = (("A", "Z"), ("a", "z"), ("\u00c0", "\u02af"), ("\u02b9", "\u02bc"), ("\u1e00", "\u1eff"))
_CYRILLIC = (("\u0400", "\u052f"), ("\ua640", "\ua69f"), ("\u1c80", "\u1c8f"))
_ARABIC = (("\u0620", "\u064a"), ("\u066e", "\u06d5"))
_RANGES = {"Latn": _LATIN, "Cyrl": _CYRILLIC, "Arab": _ARABIC}
SCRIPTS = tuple(_RANGES)


@cache
def pattern(source: str) -> re.Pattern[str]:
    """A compiled pattern; compiled when it is first needed, for an import should cost nothing."""
    return re.compile(source)


def has_marks(text: str) -> bool:
    """True where *text* holds a combining mark that may stand on a Cyrillic letter."""
    return pattern(_MARK).search(text) is not None


@cache
def letters(script: str) -> frozenset[str]:
    """The letters that words are made of, and the marks upon them.

    Args:
        script: ISO 15924: Latn, Cyrl or Arab.
    """
    ranges = (*_RANGES[script], ("\u0300", "\u036f"))
    points = (chr(point) for low, high in ranges for point in range(ord(low), ord(high) + 1))
    return frozenset(char for char in points if char.isalpha() or "\u0300" <= char <= "\u036f")


@cache
def cyrillic() -> tuple[str, ...]:
    """Every assigned code point of the Cyrillic script."""
    import unicodedata

    points = map(chr, (*range(0x400, 0x530), *range(0x1C80, 0x2E00), *range(0xA640, 0xFE30), *range(0x1E030, 0x1E090)))
    return tuple(char for char in points if has_cyrillic(char) and unicodedata.category(char) != "Cn")


def char_class(chars: Iterable[str]) -> str:
    """A character class of a regular expression that matches one of *chars*, as short as ranges make it."""
    points = sorted({ord(char) for char in chars})
    parts, start = [], 0
    for at, point in enumerate(points):
        if at + 1 < len(points) and points[at + 1] == point + 1:
            continue
        low, high = re.escape(chr(points[start])), re.escape(chr(point))
        parts.append(low if start == at else f"{low}-{high}")
        start = at + 1
    return f"[{''.join(parts)}]" if parts else "(?!)"
