"""What the steps found in a text, moved back to the source when somebody asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from .edits import Layer, Mapper
from .result import Name, Note, Segment


class Finding(NamedTuple):
    """What one step found; offsets count in the text that the first `depth` layers left.

    Attributes:
        again: found after the first pass, in a text that was normalized already.
    """

    depth: int
    again: bool
    names: Sequence[Name] = ()
    notes: Sequence[Note] = ()
    segments: Sequence[Segment] = ()


class Found:
    """The names, notes and segments of one text, with offsets of its source.

    Most texts are normalized for the text that comes out: offsets that nobody asks for are not looked up.

    Args:
        layers: the edits of each step, as `Normalized` has them.
        findings: what was found, in order.
    """

    def __init__(self, layers: Sequence[Layer], findings: Sequence[Finding]) -> None:
        self._layers, self._findings = layers, findings
        self._mappers: dict[int, Mapper] = {}

    def __reduce__(self) -> tuple[type[Found], tuple[Sequence[Layer], Sequence[Finding]]]:
        return (Found, (self._layers, self._findings))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Found) and (self.names, self.notes, self.segments) == (
            other.names,
            other.notes,
            other.segments,
        )

    __hash__ = None  # type: ignore[assignment]

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The names of the first pass, and those that a later one rewrites."""
        names: list[Name] = []
        for finding in self._findings:
            if not finding.again:
                names += self._moved(finding.names, finding.depth)
            elif new := [name for name in finding.names if name.replacement is not None]:
                known = {(name.start, name.end) for name in names}
                moved = self._moved(new, finding.depth)
                names = sorted(names + [name for name in moved if (name.start, name.end) not in known])
        return tuple(names)

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """The notes of the first pass, and those of kinds that only a later one found."""
        notes: list[Note] = []
        for finding in self._findings:
            kinds = {note.kind for note in notes} if finding.again else ()
            notes += self._moved((note for note in finding.notes if note.kind not in kinds), finding.depth)
        return tuple(notes)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The segments of the first pass."""
        return tuple(segment for finding in self._findings for segment in self._moved(finding.segments, finding.depth))

    def _moved(self, items: Iterable[Any], depth: int) -> list[Any]:
        return [self._to_source(item, depth) for item in items]

    def _to_source(self, item: Any, depth: int) -> Any:
        start, end = item.start, item.end
        for number in reversed(range(depth)):
            if number not in self._mappers:
                self._mappers[number] = Mapper(self._layers[number])
            start, end = self._mappers[number].back(start, end)
        return item._replace(start=start, end=end)
