"""A text as lines, with what the rules ask of a line. Everything is worked out once, and only when it is asked for."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from .fold import fold, key

KEY_CHARS = 160  # longer lines are paragraphs: no rule for whole lines looks at them
LONG_WORDS = 12  # with a final stop, a line of so many words is a sentence that someone wrote
LONGER_WORDS = 25  # and so it is without one
_FINAL = re.compile(r"[.!?…][\"'»”’)\]]{0,3}$")


class Page:
    """The lines of one text.

    Attributes:
        text: as it was given.
        folded: the same, folded; of the same length.
        starts, ends: of each line, without its line break (code points).
        keys: of each line its key, "" for a blank line, None for a paragraph.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.keys: list[str | None] = []
        at = 0
        for line in self.folded.split("\n"):
            size = len(line)
            self.starts.append(at)
            self.ends.append(at + size)
            self.keys.append(key(line) if size <= KEY_CHARS else (None if line.strip() else ""))
            at += size + 1

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

    @cached_property
    def blank(self) -> list[bool]:
        """Lines without a letter or digit: their key is empty, or they hold nothing but signs."""
        return [word == "" for word in self.keys]

    @cached_property
    def words(self) -> list[int]:
        """The number of words of each line."""
        return [len(line.split()) for line in self.text.split("\n")]

    @cached_property
    def long(self) -> list[bool]:
        """Lines that are sentences or paragraphs, and so content as long as no exact rule says otherwise."""
        flags = []
        for number, count in enumerate(self.words):
            stop = LONG_WORDS <= count <= LONGER_WORDS and _FINAL.search(self.line(number)[-5:]) is not None
            flags.append(stop or count > LONGER_WORDS)
        return flags

    @cached_property
    def first_long(self) -> int:
        """The number of the first paragraph; that of the last line and one where there is none."""
        return self.long.index(True) if True in self.long else len(self)

    @cached_property
    def last_long(self) -> int:
        """The number of the last paragraph; -1 where there is none."""
        return len(self) - 1 - self.long[::-1].index(True) if True in self.long else -1

    def in_zone(self, number: int, zone: str) -> bool:
        """Whether the line is at the head (before the first paragraph) or at the tail (after the last)."""
        if zone == "any":
            return True
        head = number < self.first_long
        return head if zone == "head" else number > self.last_long or (zone == "edge" and head)
