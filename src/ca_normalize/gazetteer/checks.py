"""Data checks of a gazetteer beyond its schema: order, references, cues, sources, clashes.

`problems` gives everything that is wrong, each with file, line and entry; tests and ``ca-gazetteer check`` run it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from .. import data
from ..errors import DataError, choices
from .build import surfaces, tables
from .fold import Folding
from .schema import Entity, ListedName

PASSIVE = "search-only"


def problems(entities: Sequence[Entity]) -> Iterator[DataError]:
    """What is wrong with *entities*, in order of files.

    Args:
        entities: of one gazetteer, as `ca_normalize.gazetteer.load.read` gives them.
    """
    cues = frozenset(data.read_toml(tables()[0])) - {"order"}
    sources = frozenset(data.read_toml(data.root() / "gazetteer" / "sources.toml"))
    ids = frozenset(entity.id for entity in entities)
    yield from _order(entities)
    for entity in entities:
        yield from _references(entity, ids)
        yield from _sources(entity, sources)
        for name in entity.names:
            yield from _name(entity, name, cues, ids)
    yield from _clashes(entities)


def _problem(entity: Entity, text: str, needle: str = "") -> DataError:
    file = entity.file or Path()
    line = data.line_of(file, needle, entity.line) if needle and entity.file else 0
    return DataError(text, file=file, line=line or entity.line, entry=entity.id)


def _order(entities: Sequence[Entity]) -> Iterator[DataError]:
    """Entities of a file stand in the order of their ids."""
    for before, entity in pairwise(entities):
        if before.file == entity.file and before.id > entity.id:
            yield _problem(entity, f"ids are sorted: {entity.id} belongs before {before.id}")


def _references(entity: Entity, ids: frozenset[str]) -> Iterator[DataError]:
    for other in (*entity.not_same_as, *entity.related):
        if other not in ids:
            yield _problem(entity, choices(other, sorted(ids), "id of an entity")[:300], other)
        elif other == entity.id:
            yield _problem(entity, "it refers to itself", other)


def _sources(entity: Entity, known: frozenset[str]) -> Iterator[DataError]:
    for source in [*entity.sources, *(source for name in entity.names for source in name.sources)]:
        if not source.startswith(("https://", "http://")) and source.split(":")[0] not in known:
            yield _problem(entity, f"source {source!r} is no address, and no key of sources.toml", source)


def _name(entity: Entity, name: ListedName, cues: frozenset[str], ids: frozenset[str]) -> Iterator[DataError]:
    if unicodedata.normalize("NFC", name.name) != name.name:
        yield _problem(entity, f"{name.name!r} is not in NFC: compose its letters and marks", name.name)
    if name.period[0] and name.period[1] and name.period[0] > name.period[1]:
        yield _problem(entity, f"{name.name!r} ends before it begins", name.name)
    try:
        list(surfaces(name, entity))
    except DataError as error:
        yield _problem(entity, f"{name.name!r}: {error.problem}", name.name)
    for cue in _parts((*name.needs, *name.blocks)):
        if cue.startswith("@") and cue != "@related" and cue[1:] not in ids:
            yield _problem(entity, choices(cue[1:], sorted(ids), "id of an entity")[:300], cue)
        elif not cue.startswith(("@", "=")) and cue not in cues:
            yield _problem(entity, choices(cue, sorted(cues), "cue"), cue)


def _parts(cues: Iterable[str]) -> Iterator[str]:
    for cue in cues:
        yield from cue.split("+") if not cue.startswith("=") else (cue,)


def _clashes(entities: Sequence[Entity]) -> Iterator[DataError]:
    """A surface of two entities is conditional in both, or they know of each other. Told once for two entities."""
    folding = Folding(data.read_toml(tables()[1]))
    owners: dict[tuple[str, str], list[tuple[Entity, ListedName]]] = {}
    for entity in entities:
        for name in entity.names:
            if name.tier != PASSIVE:
                shape = folding.shape(name.name)
                owners.setdefault((shape.key, shape.tail.strip(".")), []).append((entity, name))
    told: set[tuple[str, str]] = set()
    for shared in owners.values():
        for place, (entity, name) in enumerate(shared):
            for other, twin in shared[:place]:
                if (entity.id, other.id) not in told and _clash(entity, name, other, twin):
                    told.add((entity.id, other.id))
                    text = f"{name.name!r} is a name of {other.id} too: make it conditional in both, or say not-same-as"
                    yield _problem(entity, text, name.name)


def _clash(entity: Entity, name: ListedName, other: Entity, twin: ListedName) -> bool:
    if other.id == entity.id or entity.id in other.not_same_as or other.id in entity.not_same_as:
        return False
    return "strong" in (name.tier, twin.tier)
