"""A text as lines, with what the rules ask of a line. Everything is worked out once, and only when it is asked for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from typing import TypeVar

from .fold import KEY_CHARS, fold, fold_at_once, key

BULLET = re.compile(r"\s*(?:[-•*·▪●‣|>»]|\d{1,2}[.)])\s")
COUNTED_CHARS = 400  # words of longer lines are not counted: they are long
EDGE_LINES = 30  # a text of more lines and no paragraph has neither head nor tail: verse, a list
LONG_WORDS = 12  # with a final stop, a line of so many words is a sentence that someone wrote
LONGER_WORDS = 25  # and so it is without one
T = TypeVar("T")
_FINAL = re.compile(r"[.!?…][\"'»”’)\]]{0,3}$")


class PerLine(dict[int, T]):
    """What *find* says of a line, by its number; found out when it is asked for.

    It must not know the page that knows it: such a ring would keep the whole text until Python looks for rings.
    """

    def __init__(self, find: Callable[[int], T]) -> None:
        self._find = find

    def __missing__(self, number: int) -> T:
        found = self[number] = self._find(number)
        return found


class Page:
    """The lines of one text.

    Args:
        at_once: numpy is loaded, so that long text can be folded by it.

    Attributes:
        text: as it was given.
        folded: the same, folded; of the same length.
        starts, ends: of each line, without its line break (code points).
        keys: of each line its key, "" for a blank line, None for a paragraph.
    """

    def __init__(self, text: str, at_once: bool = False) -> None:
        self.text = text
        self.folded = fold_at_once(text) if at_once else fold(text)
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.keys: list[str | None] = []
        at = 0
        for line in self.folded.split("\n"):
            end = at + len(line)
            self.starts.append(at)
            self.ends.append(end)
            self.keys.append(key(line) if end - at <= KEY_CHARS else None if line.strip() else "")
            at = end + 1

    def __len__(self) -> int:
        return len(self.starts)

    def line(self, number: int) -> str:
        """The line as it stands, without white space around it."""
        return self.text[self.starts[number] : self.ends[number]].strip()

    def low(self, number: int) -> str:
        """The folded line, without white space around it."""
        return self.folded[self.starts[number] : self.ends[number]].strip()

    def bounds(self, number: int) -> tuple[int, int]:
        """Where the line stands without the white space around it."""
        start, end = self.starts[number], self.ends[number]
        raw = self.text[start:end]
        return start + len(raw) - len(raw.lstrip()), end - (len(raw) - len(raw.rstrip()))

    def at(self, offset: int) -> int:
        """The number of the line in which *offset* lies."""
        return bisect_right(self.starts, offset) - 1

    def runs(self, size: int) -> Iterator[tuple[int, int, bool]]:
        """Runs of lines: start, end, and whether all have *size* code points or more; blank lines stay with either."""
        since, long = 0, None
        for start, end in zip(self.starts, self.ends, strict=True):
            if end > start and long != (end - start >= size):
                if long is not None:
                    yield since, start, long
                    since = start
                long = end - start >= size
        yield since, len(self.text), bool(long)

    @cached_property
    def paragraph_break(self) -> str:
        """What stands between the paragraphs of this text."""
        return "\n\n" if "\n\n" in self.text else "\n"

    @cached_property
    def real(self) -> list[int]:
        """The numbers of the lines that say something: those with more than signs and white space."""
        return [number for number, word in enumerate(self.keys) if word != ""]

    @cached_property
    def broken_off(self) -> list[int]:
        """The numbers of the lines that end with three dots, in brackets or not."""
        if "…" not in self.text and "..." not in self.text:
            return []
        return [number for number in self.real if self._ending(number).endswith(("...", "…", "…]", "...]"))]

    def _ending(self, number: int) -> str:
        end = self.ends[number]
        return self.text[max(self.starts[number], end - 12) : end].rstrip()

    @cached_property
    def words(self) -> PerLine[int]:
        """The number of words of each line; of a paragraph so long that nobody asks, a guess by its length."""
        return PerLine(partial(_words, self.text, self.starts, self.ends))

    @cached_property
    def long(self) -> PerLine[bool]:
        """Lines that are sentences or paragraphs, and so content as long as no exact rule says otherwise."""
        return PerLine(partial(_long, self.text, self.starts, self.ends, self.words))

    @cached_property
    def all_long(self) -> bool:
        """Whether every line that says something is long: nearly no structure may take any of them."""
        return all(map(self.long.__getitem__, self.real))

    @cached_property
    def has_long(self) -> bool:
        """Whether any line is long."""
        return any(map(self.long.__getitem__, self.real))

    @cached_property
    def first_long(self) -> int:
        """The number of the first paragraph. In a text without any, all is head, or nothing where it is long."""
        if self.has_long:
            return next(number for number in self.real if self.long[number])
        return len(self) if len(self.real) <= EDGE_LINES else 0

    @cached_property
    def last_long(self) -> int:
        """The number of the last paragraph. In a text without any, all is tail, or nothing where it is long."""
        if self.has_long:
            return next(number for number in reversed(self.real) if self.long[number])
        return -1 if len(self.real) <= EDGE_LINES else len(self)

    def in_zone(self, number: int, zone: str) -> bool:
        """Whether the line is at the head (before the first paragraph) or at the tail (after the last)."""
        if zone == "any":
            return True
        head = number < self.first_long
        return head if zone == "head" else number > self.last_long or (zone == "edge" and head)


def _words(text: str, starts: Sequence[int], ends: Sequence[int], number: int) -> int:
    size = ends[number] - starts[number]
    return len(text[starts[number] : ends[number]].split()) if size < COUNTED_CHARS else size // 6


def _long(text: str, starts: Sequence[int], ends: Sequence[int], words: PerLine[int], number: int) -> bool:
    if ends[number] - starts[number] >= COUNTED_CHARS:
        return True
    count = words[number]
    if count > LONGER_WORDS or count < LONG_WORDS:
        return count > LONGER_WORDS
    return _FINAL.search(text[starts[number] : ends[number]].rstrip()[-5:]) is not None
