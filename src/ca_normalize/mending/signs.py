"""Odd spaces, invisible and control characters, and Unicode normalization form C."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from .. import data
from ..edits import Edit
from ..errors import DataError
from .look import Look

STEP = "repair"
NFC = "nfc"
_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_NOT_ASCII = re.compile("[\x00-\x7f]?[^\x00-\x7f]+")
MARKS = 64  # combining marks on one letter; text has few, and what has more is no text


class _Rule(NamedTuple):
    name: str
    to: str
    read_as: str  # the encoding that the bytes were in, where the sign is a byte; else empty


def signs(look: Look) -> Iterator[Edit]:
    """Edits for the signs of data/repair/signs.toml, one a run."""
    if not look.signs:  # they are none that clean text has (see data/repair/mojibake.toml)
        return
    text = look.text
    any_sign, pattern, rules = _rules()
    keeps: dict[str, Callable[[int, int], bool]] = {
        "joiner": lambda start, end: _joins(text, start, end),
        "direction": _Directions(text).needed,
    }
    for match in (part for run in _runs(any_sign, look) for part in pattern.finditer(text, *run.span())):
        rule = rules[match.lastgroup or ""]
        start, end = match.span()
        if rule.name in keeps and keeps[rule.name](start, end):
            continue
        to = match.group().encode("latin-1").decode(rule.read_as) if rule.read_as else rule.to * (end - start)
        yield Edit(start, end, to, STEP, rule.name)


def _runs(any_sign: re.Pattern[str], look: Look) -> Iterator[re.Match[str]]:
    """The runs of signs that *any_sign* matches. They begin where the look says that a sign is seldom."""
    done = 0
    for place in look.places():
        if place >= done and (run := any_sign.match(look.text, place)):
            done = run.end()
            yield run


def rules() -> list[str]:
    """The names of all rules."""
    return [NFC, *(rule.name for rule in _rules()[2].values())]


@cache
def _rules() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, _Rule]]:
    """A pattern of all signs, which is quick; one with a group a rule; the rules by group."""
    path = data.root() / "repair" / "signs.toml"
    groups, ranges, rules = [], [], {}
    for name, entry in data.table(path).items():
        if not entry.get("examples") or not entry.get("kept"):
            raise DataError("needs 'examples' and 'kept', which the tests run", file=path, entry=name)
        group = name.replace("-", "_")
        ranges.append(_ranges(entry["signs"], name))
        groups.append(f"(?P<{group}>[{ranges[-1]}]+)")
        rules[group] = _Rule(name, entry.get("to", ""), entry.get("read-as", ""))
    return re.compile(f"[{''.join(ranges)}]+"), re.compile("|".join(groups)), rules


def _ranges(points: list[str], entry: str) -> str:
    """A regex class of ``U+2000..U+200A`` and the like."""
    parts = []
    for point in points:
        try:
            ends = [chr(int(end.removeprefix("U+"), 16)) for end in point.split("..")]
        except ValueError:
            path = data.root() / "repair" / "signs.toml"
            problem = f"{point!r} is no code point; write U+200B, or U+2000..U+200A for a range"
            raise DataError(problem, file=path, line=data.line_of(path, point), entry=entry) from None
        parts.append("-".join(re.escape(end) for end in ends))
    return "".join(parts)


def _joins(text: str, start: int, end: int) -> bool:
    """Between two signs of alphabets that join their letters, or of emoji."""
    return start > 0 and end < len(text) and not (_apart(text[start - 1]) or _apart(text[end]))


def _apart(char: str) -> bool:
    """Latin, Greek, Cyrillic, Armenian, Georgian, digits, punctuation: signs that never join."""
    return char < "\u0590" or "\u10a0" <= char < "\u1100" or "\u1e00" <= char < "\u2190" or char.isspace()


class _Directions:
    """Which lines hold a letter that runs from right to left: there, marks of direction are needed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.end, self.both = -1, False  # of the line looked at last
        self.any: bool | None = None

    def needed(self, start: int, _: int) -> bool:
        if self.any is None:
            self.any = _FROM_RIGHT.search(self.text) is not None
        if self.any and start >= self.end:
            low = self.text.rfind("\n", 0, start) + 1
            self.end = self.text.find("\n", start)
            if self.end < 0:
                self.end = len(self.text)
            self.both = _FROM_RIGHT.search(self.text, low, self.end) is not None
        return self.any and self.both


def nfc(look: Look) -> Iterator[Edit]:
    """Edits that bring a text to normalization form C, a letter with its marks each; more than `MARKS` stay."""
    text = look.text
    if look.composed:
        return
    for run in _NOT_ASCII.finditer(text):
        if unicodedata.is_normalized("NFC", run.group()):
            continue
        start = run.start()
        for end in range(start + 1, run.end() + 1):
            if end < run.end() and _goes_on(text[end]):
                continue
            cluster = text[start:end]
            if end - start <= MARKS + 1 and not unicodedata.is_normalized("NFC", cluster):
                yield Edit(start, end, unicodedata.normalize("NFC", cluster), STEP, NFC)
            start = end


def _goes_on(char: str) -> bool:
    """Whether *char* belongs to the letter before it: a mark, or a vowel or final consonant of Hangul."""
    return unicodedata.category(char)[0] == "M" or "\u1160" <= char <= "\u11ff"
