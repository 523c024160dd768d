"""The page of what the gazetteer covers: every entity and name is counted once."""

from __future__ import annotations

from ca_normalize import Gazetteer
from ca_normalize.gazetteer.coverage import KINDS, tables
from ca_normalize.gazetteer.schema import TYPES


def test_every_type_has_a_row():
    assert sorted(kind for kinds in KINDS.values() for kind in kinds) == sorted(TYPES)


def test_totals_add_up():
    entities = list(Gazetteer.default())
    totals = [int(line.rsplit("|", 2)[1]) for line in tables(entities) if line.endswith(" |") and line[-3].isdigit()]
    assert sum(totals[: len(KINDS)]) == len(entities)
    assert sum(totals[len(KINDS) :]) == sum(len(entity.names) for entity in entities)
