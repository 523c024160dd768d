"""What names a text might hold, by their letters alone: for curators, who want to know why one was not taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..result import UNKNOWN, Segment
from .core import Gazetteer
from .index import IndexedName
from .lines import language_of
from .match import number
from .schema import Entity


class Possible(NamedTuple):
    """A span, and the names that it may be."""

    start: int
    end: int
    names: tuple[tuple[IndexedName, Entity], ...]


def possible(gazetteer: Gazetteer, text: str, segments: Sequence[Segment] = ()) -> list[Possible]:
    """Every span of *text* that looks like a listed name, meant or not; the longest at each place."""
    index, found = gazetteer.index, []
    for segment in segments or [Segment(0, len(text), UNKNOWN)]:
        for hits in gazetteer.matcher.hits(text, segment.start, segment.end, language_of(segment)):
            hit = hits[0]
            names = [index.name(number(packed)) for packed in hit.packed]
            unique = {(name.entity, name.text, name.form): name for name in names}
            pairs = tuple((name, index.entity(name.entity)) for name in unique.values())
            found.append(Possible(hit.start, hit.end, pairs))
    return found


def listed(gazetteer: Gazetteer, surface: str) -> bool:
    """Whether *surface* is a listed name, or a Russian form of one."""
    return bool(gazetteer.index.find(gazetteer.index.folding.key(surface)))
