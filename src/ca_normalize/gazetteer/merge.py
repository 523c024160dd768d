"""A user's own entities beside ours: theirs win, and each clash is told."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from .. import data
from .build import tables
from .fold import Folding
from .schema import Entity, ListedName, labels

LOOKUP_ONLY = "search-only"


def merge(ours: Sequence[Entity], theirs: Sequence[Entity], clashes: list[str]) -> list[Entity]:
    """*ours* less what *theirs* replace, and *theirs*.

    An id of theirs replaces the whole entity; a surface of theirs is taken from our entity, unless one of the two names
    the other in ``not-same-as``: then both keep it, and the gates have to tell them apart.

    Args:
        clashes: takes a message for each.
    """
    if not ours:
        return list(theirs)
    folding = Folding(data.read_toml(tables()[1]))
    ids = {entity.id: entity for entity in theirs}
    owners = {_key(folding, name): entity for entity in theirs for name in entity.names if name.tier != LOOKUP_ONLY}
    kept = []
    for entity in ours:
        winner = ids.get(entity.id)
        if winner:
            place = f"{winner.file}:{winner.line}"
            clashes.append(f"{place}: {winner.id} replaces the entity of the same id in {entity.file}")
            continue
        names = tuple(name for name in entity.names if not _taken(folding, entity, name, owners, clashes))
        if names:
            kept.append(dataclasses.replace(entity, names=names, labels=labels(names)))
    return [*kept, *theirs]


def _key(folding: Folding, name: ListedName) -> tuple[str, str]:
    shape = folding.shape(name.name)
    return shape.key, shape.tail


def _taken(
    folding: Folding, entity: Entity, name: ListedName, owners: dict[tuple[str, str], Entity], clashes: list[str]
) -> bool:
    winner = owners.get(_key(folding, name))
    if winner is None or entity.id in winner.not_same_as or winner.id in entity.not_same_as:
        return False
    place = f"{winner.file}:{winner.line}: {winner.id}"
    clashes.append(f"{place}: {name.name!r} is taken from {entity.id} in {entity.file}")
    return True
