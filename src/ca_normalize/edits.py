"""The algebra of edits: apply, invert, compose, map spans, undo some.

A list of edits is sorted by start and never overlaps; offsets count Unicode code points of the text that the list is
applied to. Everything here is linear in the number of edits and pieces of text that they touch, and knows nothing of
what the edits are for. docs/edits.md explains it with pictures.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, SupportsIndex, overload


class Edit(NamedTuple):
    """Replace ``text[start:end]`` by `replacement`.

    Attributes:
        start, end: code points; ``start == end`` is an insertion.
        replacement: the new text; empty for a deletion.
        step: the step that made the edit: repair, strip, canonicalize or transliterate.
        rule: the rule within the step, as its data file names it.
    """

    start: int
    end: int
    replacement: str
    step: str = ""
    rule: str = ""


class Deferred(Sequence[Edit]):
    """Edits, one a word or so, that are made when somebody looks at them; what they make of their text is known.

    Most texts are normalized for the text that comes out: many thousand edits that nobody asks for would take longer
    to make than the text, and hold more memory.

    Args:
        text: what the edits make of the text that they are for.
        make: gives the edits, always the same; each changes something. Picklable, where the edits are to be.
    """

    def __init__(self, text: str, make: Callable[[], Iterable[Edit]]) -> None:
        self.text, self._make = text, make

    @cached_property
    def _edits(self) -> tuple[Edit, ...]:
        return tuple(self._make())

    def __len__(self) -> int:
        return len(self._edits)

    @overload
    def __getitem__(self, place: SupportsIndex) -> Edit: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Edit, ...]: ...
    def __getitem__(self, place: SupportsIndex | slice) -> Edit | tuple[Edit, ...]:
        return self._edits[place]

    def __iter__(self) -> Iterator[Edit]:
        return iter(self._edits)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._edits == tuple(other)

    def __hash__(self) -> int:
        return hash(self._edits)

    def __repr__(self) -> str:
        return repr(self._edits)

    def __reduce__(self) -> tuple[type[Deferred], tuple[str, Callable[[], Iterable[Edit]]]]:
        return (Deferred, (self.text, self._make))


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text after *edits*.

    >>> apply("Staff", [Edit(3, 5, "fft")])
    'Stafft'
    """
    if isinstance(edits, Deferred):
        return edits.text
    at, parts = 0, []
    for start, end, replacement, _, _ in edits:
        parts.append(text[at:start])
        parts.append(replacement)
        at = end
    parts.append(text[at:])
    return "".join(parts)


def invert(text: str, edits: Iterable[Edit]) -> list[Edit]:
    """The edits that turn ``apply(text, edits)`` back into *text*.

    >>> invert("Staff", [Edit(3, 5, "fft")])
    [Edit(start=3, end=6, replacement='ff', step='', rule='')]
    """
    shift, inverted = 0, []
    for start, end, replacement, step, rule in edits:
        at = start + shift
        inverted.append(Edit(at, at + len(replacement), text[start:end], step, rule))
        shift += len(replacement) - (end - start)
    return inverted


def changed(text: str, edits: Iterable[Edit]) -> list[Edit]:
    """Only those of *edits* that change *text*."""
    return [edit for edit in edits if text[edit.start : edit.end] != edit.replacement]


def compose(text: str, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """The edits of *text* that do what *first*, and then *second* (on the result of first), do.

    Edits that do not touch stay as they are, shifted where need be. Where an edit of *second* touches what one of
    *first* wrote, the two become one, with the step and rule of the later.

    >>> compose("Kазах", [Edit(0, 1, "К", "repair", "look-alike")], [Edit(0, 5, "Kazakh", "transliterate", "x")])
    [Edit(start=0, end=5, replacement='Kazakh', step='transliterate', rule='x')]
    """
    if not first or not second:
        return list(first or second)
    composed: list[Edit] = []
    i = j = shift = 0  # shift: source offset less middle offset, between edits of first
    while i < len(first) or j < len(second):
        if i == len(first):
            later = second[j]
            composed.append(later._replace(start=later.start + shift, end=later.end + shift))
            j += 1
            continue
        earlier = first[i]
        low = earlier.start - shift  # where it wrote, in the middle text
        high = low + len(earlier.replacement)
        if j == len(second) or high <= second[j].start:
            composed.append(earlier)
            shift = earlier.end - high
            i += 1
        elif second[j].end <= low:
            later = second[j]
            composed.append(later._replace(start=later.start + shift, end=later.end + shift))
            j += 1
        else:
            i, j, shift, merged = _merge(text, first, second, i, j, shift)
            composed.append(merged)
    return [edit for edit in composed if edit.end > edit.start or edit.replacement]


def _merge(
    text: str, first: Sequence[Edit], second: Sequence[Edit], i: int, j: int, shift: int
) -> tuple[int, int, int, Edit]:
    """One edit for the run of edits of *first* from i and of *second* from j that touch each other."""
    start = low = min(first[i].start - shift, second[j].start)
    start += shift
    high, begin, rule_from = low, j, second[j]
    at = start
    parts: list[str] = []  # the middle text of the run, rebuilt from the source
    while True:
        if i < len(first) and (first[i].start - shift < high or high == low):
            edit = first[i]
            parts += (text[at : edit.start], edit.replacement)
            at = edit.end
            shift_after = edit.end - (edit.start - shift) - len(edit.replacement)
            high = max(high, edit.start - shift + len(edit.replacement))
            shift = shift_after
            i += 1
        elif j < len(second) and second[j].start < high:
            high = max(high, second[j].end)
            j += 1
        else:
            break
    end = high + shift
    parts.append(text[at:end])
    middle = "".join(parts)
    moved = [edit._replace(start=edit.start - low, end=edit.end - low) for edit in second[begin:j]]
    return i, j, shift, Edit(start, end, apply(middle, moved), rule_from.step, rule_from.rule)


_Spans = tuple[list[int], list[int]]  # starts and ends


class Mapper:
    """Maps spans between a text and the text after some edits, both ways, in O(log n) each.

    A span that begins or ends inside an edit is widened to the whole of the edit: nothing finer is known.
    """

    def __init__(self, edits: Sequence[Edit]) -> None:
        shift = 0
        self._before: _Spans = ([], [])
        self._after: _Spans = ([], [])
        for start, end, replacement, _, _ in edits:
            self._before[0].append(start)
            self._before[1].append(end)
            self._after[0].append(start + shift)
            shift += len(replacement) - (end - start)
            self._after[1].append(end + shift)

    def forward(self, start: int, end: int) -> tuple[int, int]:
        """The span of the edited text that came from [start, end) of the source."""
        return _map(self._before, self._after, start, end)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that [start, end) of the edited text came from."""
        return _map(self._after, self._before, start, end)


def _map(here: _Spans, there: _Spans, start: int, end: int) -> tuple[int, int]:
    if end < start:
        raise ValueError(f"a span cannot end ({end}) before it starts ({start})")
    starts, ends = here
    left = bisect_right(ends, start)  # edits that end at or before start lie before the span
    if left < len(starts) and starts[left] < start:
        low = there[0][left]
    else:
        low = start + (there[1][left - 1] - ends[left - 1] if left else 0)
    right = bisect_left(starts, end)  # edits that start at or after end lie behind it
    if right and ends[right - 1] > end:
        high = there[1][right - 1]
    else:
        high = end + (there[1][right - 1] - ends[right - 1] if right else 0)
    return low, max(low, high)


Layer = Sequence[Edit]
"""The edits of one step: offsets count in the text that the step before it left."""


def flatten(source: str, layers: Sequence[Layer]) -> list[Edit]:
    """All layers as one list of edits of *source*, less those that undo each other."""
    edits: list[Edit] = []
    for layer in layers:
        edits = compose(source, edits, layer)
    return changed(source, edits)


def restore(source: str, layers: Sequence[Layer], wanted: Callable[[Edit], bool]) -> str:
    """The text with only those edits that *wanted* names, and those that they were built on.

    An edit that was made in text that an earlier edit wrote cannot be had without it: keeping the one keeps the other.
    """
    kept = _needed(layers, wanted)
    texts = [source]
    for layer in layers:
        texts.append(apply(texts[-1], layer))
    difference: list[Edit] = []  # from texts[i], with every edit, to the same with the kept edits only
    for number, layer in enumerate(layers):
        keep = kept[number]
        undo = [edit for edit, flag in zip(invert(texts[number], layer), keep, strict=True) if not flag]
        mapper = Mapper([edit for edit, flag in zip(layer, keep, strict=True) if flag])
        moved = []
        for edit in difference:
            start, end = mapper.forward(edit.start, edit.end)
            moved.append(edit._replace(start=start, end=end))
        difference = compose(texts[number + 1], undo, moved)
    return apply(texts[-1], difference)


def _needed(layers: Sequence[Layer], wanted: Callable[[Edit], bool]) -> list[list[bool]]:
    """For each layer, which edits are wanted, or touched by one that is, in a later layer."""
    flags: list[list[bool]] = []
    spans: list[tuple[int, int]] = []  # sorted spans, in the output of the layer at hand, that must stay as they are
    for layer in reversed(layers):
        keep, at, shift = [], 0, 0
        for edit in layer:
            low = edit.start + shift
            high = low + len(edit.replacement)
            shift = high - edit.end
            while at < len(spans) and spans[at][1] <= low:
                at += 1
            touched = at < len(spans) and spans[at][0] < high and low < spans[at][1]
            inside = at < len(spans) and low == high and spans[at][0] < low < spans[at][1]
            keep.append(touched or inside or wanted(edit))
        mapper = Mapper(layer)
        below = [mapper.back(*span) for span in spans]
        below += [(edit.start, edit.end) for edit, flag in zip(layer, keep, strict=True) if flag]
        spans = _union(below)
        flags.append(keep)
    return flags[::-1]


def _union(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1] and start < end and merged[-1][0] < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged
