"""Comparing names: folded words, the keys of names, and the cross-script key.

What is folded into what is data: ``data/gazetteer/folding.toml`` and ``keys.toml``. Folding keeps the length of a text,
so that offsets hold; ``str.lower`` does not (``"İ".lower()`` has two characters).
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

_TWICE = re.compile(r"(.)\1+")
REMEMBERED = 16_384  # words, and keys of words: 2 MB each
STOPS = ".,;:!?)…"
LETTERS = (0x530, 0x1C80, 0x1F00, 0x2C60, 0x2C80, 0xA640, 0xA6A0, 0xA720, 0xA800)


class Shape(NamedTuple):
    """A name, taken apart: the key that it is looked up by, and what the key leaves out.

    Attributes:
        key: its folded words, parted by one space each.
        gaps: what stands between the words, folded, without quotation marks.
        tail: what follows the last word (the stop of ``U.S.``).
    """

    key: str
    gaps: tuple[str, ...]
    tail: str


class Folding:
    """Folds characters and words by the tables of ``folding.toml`` (*tables*)."""

    def __init__(self, tables: dict[str, dict[str, str]]) -> None:
        self.map = _case_table()
        for table in tables.values():
            self.map.update({ord(c): table["is"] for c in table["not"]})
            self.map.update({ord(c.upper()): table["is"] for c in table["not"] if len(c.upper()) == 1 and c.isalpha()})
        self.apostrophe = tables["apostrophe"]["is"]
        self.quote = tables["quote"]["is"]
        self.quotes = frozenset("".join(tables["quote"].values()))
        self.skipped = self.quotes | {" "}  # what may stand between a name and the word beside it
        self.marks = "".join(self.quotes) + STOPS + "-–—"  # what may stand around a word
        apostrophes = re.escape("".join(tables["apostrophe"].values()))
        dashes = "".join(tables["dash"].values())
        self.joints = frozenset(dashes + ".!+")  # what may follow a name and belong to it
        self.links = frozenset(dashes + "".join(tables["space"].values()))  # what may stand between words of a key
        capitals = _class(_capitals())
        inside = rf"[^\W_]+(?:[{apostrophes}][^\W_]+)*"
        self.word = re.compile(inside)
        # An underscore is a part of the word here: what it joins is the name of a file, or the like, and no name.
        self.capital = re.compile(rf"[{capitals}0-9]\w*+(?:[{apostrophes}]\w++)*+")
        self.next_word = re.compile(rf"([^\w\n]{{1,4}})({inside})")
        self.fold = lru_cache(maxsize=REMEMBERED)(self._fold)

    def _fold(self, text: str) -> str:
        return text.translate(self.map)

    def gap(self, text: str) -> str:
        """What stands between two words, folded, without quotation marks; spaces around a dash do not count."""
        folded = text.translate(self.map).replace(self.quote, "")
        return folded if len(folded) < 2 else folded.strip() or " "

    def key(self, name: str) -> str:
        """What *name* is looked up by (see `Shape`)."""
        return " ".join(map(self.fold, self.word.findall(name)))

    def shape(self, name: str) -> Shape:
        """Take *name* apart."""
        words = list(self.word.finditer(name))
        if not words:
            return Shape("", (), "")
        gaps = tuple(self.gap(name[a.end() : b.start()]) for a, b in pairwise(words))
        tail = self._fold(name[words[-1].end() :]).replace(self.quote, "").strip()
        return Shape(" ".join(self.fold(word[0]) for word in words), gaps, tail)


class Skeleton:
    """The cross-script key of ``keys.toml``: spellings of one name have the same."""

    def __init__(self, table: dict[str, Any]) -> None:
        letters = dict(table["letters"])
        dropped = letters.pop("drop", "")
        self.map: dict[int, str] = {ord(c): "" for c in dropped}
        for becomes, given in letters.items():
            self.map.update({ord(c): becomes for c in given})
        self.rules = [(old, new) for old, new in table["collapse"]["rules"]]
        self.limits: dict[str, int] = table["limits"]
        self.of_word = lru_cache(maxsize=REMEMBERED)(self._of_word)

    def _of_word(self, folded: str) -> str:
        text = folded.translate(self.map)
        for old, new in self.rules:
            if old in text:
                text = text.replace(old, new)
        return _TWICE.sub(r"\1", text) if _TWICE.search(text) else text  # seldom: to ask is quicker than to replace

    def of(self, words: list[str]) -> str:
        """The key of some folded words, or an empty string where they are too few or too short to be compared."""
        if not 2 <= len(words) <= self.limits["words"]:
            return ""
        parts = [self.of_word(word) for word in words]
        if min(map(len, parts)) < self.limits["word"] or sum(map(len, parts)) < self.limits["name"]:
            return ""
        return " ".join(parts)


def _case_table() -> dict[int, str]:
    """Upper case → lower case, one character each, for the alphabets of our languages."""
    table = {}
    for point in _letters():
        low = chr(point).lower()
        if low != chr(point):
            table[point] = low[0]
    return table


def _letters() -> list[int]:
    """The code points of the blocks with Latin, Greek and Cyrillic letters: up to U+052F and the later extensions."""
    first, *bounds = LETTERS
    points = list(range(first))
    for low, high in zip(bounds[::2], bounds[1::2], strict=True):
        points += range(low, min(high, sys.maxunicode))
    return points


def _capitals() -> list[int]:
    return [point for point in _letters() if chr(point).isupper()]


def _class(points: list[int]) -> str:
    """The inside of a regular expression's character class."""
    return "".join(re.escape(chr(point)) for point in points)
