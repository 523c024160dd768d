"""The apostrophes of Latin Uzbek: oʻ gʻ with U+02BB, the tutuq belgisi with U+02BC (data/repair/apostrophes.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from .. import data
from ..edits import Edit

RULE = "uzbek-apostrophe"


@cache
def _rules() -> dict[str, Any]:
    return data.table(data.root() / "repair" / "apostrophes.toml")


@cache
def _signs_of_others() -> tuple[frozenset[str], tuple[str, ...]]:
    """The letters and the endings of words that are not Uzbek."""
    return frozenset(_rules()["foreign"]), tuple(_rules()["endings"])


@cache
def _patterns() -> tuple[list[re.Pattern[str]], re.Pattern[str]]:
    """What is quickly looked for, a pattern a sign, since one that begins with a plain sign is quick; and all signs.

    Each looks at the sign first, and only then at the letter before it: a pattern that begins with a look behind it is
    slow.
    """
    rules = _rules()
    quick = [re.compile(f"{sign}(?<=[{rules['letters']}].)(?!s\\b)") for sign in rules["signs"] + rules["turned"]]
    return quick, re.compile(f"[{rules['signs']}](?<=[^\\W\\d_].)")


def suspicious(text: str) -> bool:
    """Whether *text* may hold a sign to mend, if it is Uzbek: there is one after o or g."""
    return any(pattern.search(text) for pattern in _patterns()[0])


def apostrophes(text: str, start: int, end: int) -> Iterator[Edit]:
    """Edits for the part of *text* from *start* to *end*, which is in Latin Uzbek."""
    rules = _rules()
    after, turned, tutuq = rules["letters"], rules["turned"], rules["tutuq"]
    for match in _patterns()[1].finditer(text, start, end):
        at = match.start()
        inside = at + 1 < end and text[at + 1].isalpha()
        if text[at - 1] in after:
            sign = turned if inside or not _closes(text, start, at) else ""
        else:
            sign = tutuq if inside else ""
        if sign and sign != text[at] and not _foreign(text, at, end):
            yield Edit(at, at + 1, sign, "repair", RULE)


def _closes(text: str, start: int, at: int) -> bool:
    """Whether the sign at *at* ends a quotation: one is open in the few words before it."""
    opening = _rules()["opening"]
    low = max(start, text.rfind("\n", start, at) + 1, at - 120)
    signs = [i for i in range(low, at) if text[i] in opening and (i == low or not text[i - 1].isalnum())]
    return bool(signs)


def _foreign(text: str, at: int, end: int) -> bool:
    """Whether the word that the sign stands in cannot be Uzbek."""
    signs, (letters, endings) = _rules()["signs"], _signs_of_others()
    low, high = at, at + 1
    while low and at - low < 30 and (text[low - 1].isalpha() or text[low - 1] in signs):
        low -= 1
    while high < end and high - at < 30 and (text[high].isalpha() or text[high] in signs):
        high += 1
    word = text[low:high]
    return word.endswith(endings) or not letters.isdisjoint(word)
