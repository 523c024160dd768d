"""A unified diff made straight from the edits: linear, where a general diff is not."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from .result import Normalized

CONTEXT = 3  # unchanged lines around a change


class _Block(NamedTuple):
    """Lines [start, end) of the source that became the text [low, high) of the result."""

    start: int
    end: int
    low: int
    high: int


def unified(result: Normalized, name: str) -> Iterator[str]:
    """The lines of a unified diff, each with its ending, as ``patch`` takes it; none where nothing changed."""
    if result.text == result.source:
        return
    source = _lines(result.source)
    starts = _bounds(result.source)
    name += "\t" if " " in name else ""  # as git and GNU diff end a name that has spaces
    yield f"--- {name}\n"
    yield f"+++ {name}\n"
    shift = 0
    for hunk in _hunks(list(_blocks(result, starts)), len(source)):
        first, last = max(0, hunk[0].start - CONTEXT), min(len(source), hunk[-1].end + CONTEXT)
        body, at, added, removed = [], first, 0, 0
        for start, end, low, high in hunk:
            new = _lines(result.text[low:high])
            body += [" " + line for line in source[at:start]]
            body += ["-" + line for line in source[start:end]]
            body += ["+" + line for line in new]
            at, added, removed = end, added + len(new), removed + end - start
        body += [" " + line for line in source[at:last]]
        old, fresh = last - first, last - first + added - removed
        yield f"@@ -{first + (old > 0)},{old} +{first + shift + (fresh > 0)},{fresh} @@\n"
        shift += added - removed
        for line in body:
            yield line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"


def line_starts(text: str) -> list[int]:
    """Where the lines of *text* begin; only LF ends a line, as for grep and git. The last one may hold nothing."""
    return [0, *(found.end() for found in re.finditer("\n", text))]


def _bounds(text: str) -> list[int]:
    """Where the lines of *text* that hold anything begin, and where the last one ends."""
    starts = line_starts(text)
    return starts if starts[-1] == len(text) else [*starts, len(text)]


def _lines(text: str) -> list[str]:
    return [text[start:end] for start, end in pairwise(_bounds(text))]


def _blocks(result: Normalized, starts: list[int]) -> Iterator[_Block]:
    """The runs of whole lines that edits touch, in order."""
    block: tuple[int, int] | None = None
    for start, end, replacement, _, _ in result.edits:
        first = min(bisect_right(starts, start) - 1, max(0, len(starts) - 2))
        last = max(first + 1, bisect_right(starts, end - 1) if end > start else first + 1)
        if end > start and end in starts[last : last + 1] and not replacement.endswith("\n"):
            last += 1  # the line break itself went: the next line is joined to this one
        last = min(last, len(starts) - 1)
        if block and first <= block[1]:
            block = (block[0], max(block[1], last))
            continue
        if block:
            yield _made(result, starts, block)
        block = (first, last)
    if block:
        yield _made(result, starts, block)


def _made(result: Normalized, starts: list[int], block: tuple[int, int]) -> _Block:
    start, end = starts[block[0]], starts[block[1]]
    low = result.to_text(0, start)[1] if start else 0
    high = result.to_text(end, len(result.source))[0] if end < len(result.source) else len(result.text)
    return _Block(block[0], block[1], low, max(low, high))


def _hunks(blocks: list[_Block], total: int) -> Iterator[list[_Block]]:
    """Blocks in groups whose contexts would touch."""
    hunk: list[_Block] = []
    for block in blocks:
        if hunk and block.start - hunk[-1].end > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(block)
    if hunk:
        yield hunk
