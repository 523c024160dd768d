"""Odd spaces, invisible and control characters, and Unicode normalization form C."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from .. import data
from ..edits import Edit
from ..errors import DataError

STEP = "repair"
_RTL = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"


def signs(text: str) -> Iterator[Edit]:
    """Edits for the signs of data/repair/signs.toml."""
    pattern, rules = _rules()
    for match in pattern.finditer(text):
        rule, to = rules[match.lastgroup or ""]
        start, end = match.span()
        if rule == "joiner" and _joins(text, start, end):
            continue
        if rule == "direction" and _runs_both_ways(text, start):
            continue
        yield Edit(start, end, to * (end - start), STEP, rule)


@cache
def _rules() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    path = data.root() / "repair" / "signs.toml"
    groups, rules = [], {}
    for name, entry in data.read_toml(path).items():
        group = name.replace("-", "_")
        groups.append(f"(?P<{group}>[{_ranges(entry['signs'], name)}]+)")
        rules[group] = (name, entry["to"])
    return re.compile("|".join(groups)), rules


def _ranges(signs: list[str], entry: str) -> str:
    """A regex class of ``U+2000..U+200A`` and the like."""
    parts = []
    for sign in signs:
        try:
            ends = [chr(int(end.removeprefix("U+"), 16)) for end in sign.split("..")]
        except ValueError:
            path = data.root() / "repair" / "signs.toml"
            problem = f"{sign!r} is no code point; write U+200B, or U+2000..U+200A for a range"
            raise DataError(problem, file=path, line=data.line_of(path, sign), entry=entry) from None
        parts.append("-".join(re.escape(end) for end in ends))
    return "".join(parts)


def _joins(text: str, start: int, end: int) -> bool:
    """A single joiner between two signs outside the alphabets that never join."""
    if end - start > 1 or start == 0 or end == len(text):
        return False
    return not (_plain(text[start - 1]) or _plain(text[end]))


def _plain(char: str) -> bool:
    """Latin, Greek, Cyrillic, Armenian, Georgian, digits and punctuation: nothing that joins."""
    return char < "\u0590" or "\u10a0" <= char < "\u1100" or "\u1e00" <= char < "\u2190" or char.isspace()


def _runs_both_ways(text: str, at: int) -> bool:
    """There is a letter that runs from right to left in the same line, or near."""
    low = max(text.rfind("\n", max(0, at - 200), at), at - 200, 0)
    high = text.find("\n", at, at + 200)
    return re.search(_RTL, text[low : at + 200 if high < 0 else high]) is not None


_CLUSTER = re.compile(r"[^\u0300-\U0010ffff]?[\u0300-\U0010ffff]+")


def nfc(text: str) -> Iterator[Edit]:
    """Edits that bring *text* to normalization form C, as small as can be."""
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return
    for match in _CLUSTER.finditer(text):
        composed = unicodedata.normalize("NFC", match.group())
        if composed != match.group():
            yield Edit(match.start(), match.end(), composed, STEP, "nfc")
