"""What stands twice on a page: the first copy stays, later ones go where their place or length gives them away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .page import BULLET, Page


def repeats(page: Page, found: Mapping[int, object], params: Mapping[str, Any]) -> Iterator[int]:
    """Later copies of a line; the first stays.

    A copy goes where it follows its first at once, where both stand at the head (the title, above and below the
    stamp), where a block of lines comes again as a whole, and elsewhere where it is long enough not to be a label.
    """
    real = [number for number in page.real if number not in found]
    lines = [page.low(number) for number in real]
    if len(set(lines)) == len(lines):
        return
    first: dict[str, int] = {}
    copies = _copies(lines)
    blocks = _blocks(page, real, copies, params)
    for at, line in enumerate(lines):
        begun = first.setdefault(line, at)
        if begun == at:
            continue
        number = real[at]
        words = page.words[number]
        adjacent = copies[at] == at - 1 and len(line) >= params["near_chars"] and not line[:1].isdigit()
        head = begun < params["head"] and at - begun <= 2 * params["head"] and words >= params["head_words"]
        title = begun == 0 and words >= params["title_words"]
        placed = (head or title) and not page.long[number] and not _goes_on(page, number, params)
        if adjacent or placed or blocks[at] or _stands_out(page, number, params):
            yield number


def _copies(lines: list[str]) -> list[int]:
    """For each line the place of an earlier copy, or -1; in a run of copies, one behind the other where they can be."""
    last: dict[str, int] = {}
    copies: list[int] = []
    for at, line in enumerate(lines):
        follows = copies[-1] + 1 if copies and copies[-1] >= 0 else -1
        copies.append(follows if 0 < follows < at and lines[follows] == line else last.get(line, -1))
        last[line] = at
    return copies


def _blocks(page: Page, real: list[int], copies: list[int], params: Mapping[str, Any]) -> list[bool]:
    """Lines of blocks that came before as a whole: by turns, from the top of the page, or with paragraphs in them."""
    flags = [False] * len(copies)
    start = 0
    while start < len(copies):
        end = start + 1
        while end < len(copies) and copies[start] >= 0 and copies[end] == copies[end - 1] + 1:
            end += 1
        size = end - start
        if copies[start] >= 0 and size >= params["block_lines"]:
            words = sum(page.words[real[at]] for at in range(start, end))
            again = 2 * (start - copies[start]) <= size or copies[start] < params["head"]  # by turns, or from the top
            prose = params["block_prose"] and any(page.long[real[at]] for at in range(start, end))
            if words >= params["block_words"] and (again or prose):
                flags[start:end] = [True] * size
        start = end
    return flags


def _stands_out(page: Page, number: int, params: Mapping[str, Any]) -> bool:
    """Too long for a label, and no bullet, verse or paragraph: such lines repeat on purpose."""
    if page.long[number] or page.words[number] < params["far_words"]:
        return False
    start, end = page.bounds(number)
    return BULLET.match(page.text, start, end) is None and not _goes_on(page, number, params)


def _goes_on(page: Page, number: int, params: Mapping[str, Any]) -> bool:
    """Whether the line ends with a comma or the like, as verse and the labels of a list do."""
    end = page.bounds(number)[1]
    return page.text[end - 1 : end] in params["not_after"]
