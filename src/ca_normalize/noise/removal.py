"""From lines and spans that go to edits: no heap of blank lines, no double space is left behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..edits import Edit
from .match import Span
from .page import Page

_TAGS = "[]{}!"  # what is left around a tag must not make a new one


def edits(page: Page, lines: Mapping[int, str], spans: Sequence[Span]) -> list[Edit]:
    """Deletions of whole *lines* (number to rule id) and of *spans* in the lines that stay; sorted."""
    changes = [*_blocks(page, lines)]
    inside = []
    for span in spans:
        if page.at(span.start) not in lines:
            inside += _span_edits(page, span)
    if not inside:
        return changes
    return list(_disjoint(sorted(changes + inside)))


def _disjoint(edits: list[Edit]) -> Iterator[Edit]:
    """Edits of spans side by side may both want the white space between them: the first has it, and the one break."""
    end, broken = 0, False
    for edit in edits:
        start = max(end, edit.start)
        again = broken and start == end
        kept = edit._replace(start=start, replacement="" if again else edit.replacement)
        if kept.end > kept.start:
            yield kept
            end, broken = kept.end, bool(kept.replacement) or (again and broken)


def _blocks(page: Page, lines: Mapping[int, str]) -> list[Edit]:
    changes: list[Edit] = []
    numbers = sorted(lines)
    at = 0
    while at < len(numbers):
        first = last = numbers[at]
        run = [first]
        while at + 1 < len(numbers) and _only_blank(page, last + 1, numbers[at + 1]):
            at += 1
            last = numbers[at]
            run.append(last)
        changes += _block(page, run, lines)
        at += 1
    return changes


def _only_blank(page: Page, start: int, end: int) -> bool:
    return all(not page.line(number) for number in range(start, end))


def _block(page: Page, run: list[int], lines: Mapping[int, str]) -> list[Edit]:
    """The edits of a run of lines with nothing but blank lines between them; as many as there are rules in a row."""
    first, last = _widened(page, run[0], run[-1])
    start = page.starts[first]
    end = page.starts[last + 1] if last + 1 < len(page) else len(page.text)
    if last + 1 == len(page) and first > 0:  # at the end: the line break before goes, the one behind is not there
        start -= 1
        if page.text[start - 1 : start] == "\r":
            start -= 1
    changes, low = [], start
    for position, number in enumerate(run):
        following = run[position + 1] if position + 1 < len(run) else None
        if following is not None and lines[following] == lines[number]:
            continue
        high = page.starts[following] if following is not None else end
        changes.append(Edit(low, high, "", "strip", lines[number]))
        low = high
    return changes


def _widened(page: Page, first: int, last: int) -> tuple[int, int]:
    """With the blank lines behind, where there are some before too, or nothing; at the end, with those before."""
    before, behind = first, last
    while before > 0 and not page.line(before - 1):
        before -= 1
    while behind + 1 < len(page) and not page.line(behind + 1):
        behind += 1
    if behind + 1 == len(page):  # nothing but blank lines to the end: a final line break stays as it was
        return before, behind - 1 if behind > last else behind
    if before == 0:
        return 0, behind
    if before < first:
        return first, behind
    return first, last


def _span_edits(page: Page, span: Span) -> list[Edit]:
    """The edits of one span: what goes before and behind what is kept."""
    kept_start, kept_end = span.kept
    if span.rule.action == "flag":
        return []
    if span.rule.action == "split":
        return _split(page, span)
    if kept_start == kept_end:
        return [_close(page, span.start, span.end, span.rule.id)]
    return [_close(page, span.start, kept_start, span.rule.id), _close(page, kept_end, span.end, span.rule.id)]


def _close(page: Page, start: int, end: int, rule: str) -> Edit:
    """A deletion that takes one of two spaces with it, and leaves one between words, or signs that tags begin with."""
    text = page.text
    before, behind = text[start - 1 : start], text[end : end + 1]
    if before in ("", " ", "\n") and behind == " ":
        return Edit(start, end + 1, "", "strip", rule)
    if before == " " and behind in ("", "\n", "\r"):
        return Edit(start - 1, end, "", "strip", rule)
    inside = before.strip() and behind.strip()  # not at the end of a line, nor beside a space
    joined = inside and ((before.isalnum() and behind.isalnum()) or before in _TAGS or behind in _TAGS)
    return Edit(start, end, " " if joined else "", "strip", rule)


def _split(page: Page, span: Span) -> list[Edit]:
    """A paragraph break in place of what goes, on either side of what is kept."""
    text, (low, high) = page.text, span.kept
    line = page.at(span.start)
    first, last = page.starts[line], page.ends[line]
    mark = page.paragraph_break
    start, end = span.start, span.end
    while start > first and text[start - 1].isspace():
        start -= 1
    while end < last and text[end].isspace():
        end += 1
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    opening = mark if start > first else ""
    closing = mark if end < last else ""
    if low >= high:
        return [Edit(start, end, opening and closing, "strip", span.rule.id)]
    edits = [Edit(start, low, opening, "strip", span.rule.id), Edit(high, end, closing, "strip", span.rule.id)]
    return [edit for edit in edits if edit.end > edit.start]
