"""The index at run time: names and entities by number, and the tables that the matcher looks things up in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from .build import FIELD, RECORD
from .cues import Cues
from .fold import Folding, Shape, Skeleton
from .schema import FORMS, TIERS, Entity, ListedName

_FORMS = tuple(FORMS)
_REWRITE = {"?": None, "+": True, "-": False}


class IndexedName(NamedTuple):
    """A name as `ca_normalize.gazetteer.build` wrote it."""

    entity: int
    text: str
    form: str
    language: str
    tier: str
    rewrite: bool | None
    dated: bool
    needs: tuple[str, ...]
    blocks: tuple[str, ...]
    shape: Shape
    words: tuple[str, ...]  # as they are written, for their capitals


def _table(columns: list[str]) -> dict[str, str]:
    """A table that was written as two columns."""
    keys, values = columns
    return dict(zip(keys.split(RECORD), values.split(RECORD), strict=True)) if keys else {}


@lru_cache(maxsize=65536)
def unpack(values: str) -> tuple[int, ...]:
    """The packed surfaces that are kept in one string."""
    return tuple(map(int, values.split(",")))


class Index:
    """What `build` made, with everything else made of it only when it is asked for."""

    def __init__(self, built: dict[str, Any]) -> None:
        self.folding = Folding(built["folding"])
        self.skeleton = Skeleton(built["skeleton"])
        self.surfaces = _table(built["surfaces"])
        self.prefixed: dict[str, list[tuple[str, int]]] = built["prefixed"]
        self.keys = _table(built["keys"])
        self.words, self.key_words = _table(built["words"]), _table(built["key_words"])
        self._lines: list[str] = built["names"].split(RECORD)
        self._built = built
        self._names: dict[int, IndexedName] = {}
        self._entities: dict[int, Entity] = {}

    @cached_property
    def lasts(self) -> frozenset[str]:
        return frozenset(self._built["lasts"].split(RECORD))

    @cached_property
    def heads(self) -> frozenset[str]:
        return frozenset(self._built["heads"].split(RECORD))

    @cached_property
    def key_heads(self) -> frozenset[str]:
        return frozenset(self._built["key_heads"].split(RECORD))

    @cached_property
    def cues(self) -> Cues:
        return Cues(self._built["cues"])

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each entity, by its id."""
        return {row[0]: number for number, row in enumerate(self._built["entities"])}

    def __len__(self) -> int:
        return len(self._built["entities"])

    def find(self, key: str) -> tuple[int, ...]:
        """The packed surfaces under *key*."""
        return unpack(self.surfaces[key]) if key in self.surfaces else ()

    def name(self, number: int) -> IndexedName:
        name = self._names.get(number)
        if name is None:
            row = self._row(number)
            shape, words = self.folding.shape(row.name), tuple(self.folding.word.findall(row.name))
            entity, dated = self._marks(number)
            name = self._names[number] = IndexedName(
                entity, row.name, row.form, row.language, row.tier, row.rewrite, dated, row.needs, row.blocks,
                shape, words,
            )
        return name

    def entity(self, number: int) -> Entity:
        entity = self._entities.get(number)
        if entity is None:
            row = self._built["entities"][number]
            identity, kind, country, sex, offices, not_same_as, related, labels, first, last = row
            names = tuple(map(self._row, range(first, last)))
            entity = self._entities[number] = Entity(
                identity, kind, country, labels, names, sex, tuple(offices), tuple(not_same_as), tuple(related)
            )
        return entity

    def _row(self, number: int) -> ListedName:
        """A name, as far as the index knows it."""
        _, marks, language, text = self._lines[number].split(FIELD)
        needs, blocks = self._built["asked"].get(str(number), ((), ()))
        form, tier, rewrite = _FORMS[int(marks[0])], TIERS[int(marks[1])], _REWRITE[marks[2]]
        return ListedName(text, form, language, tier, tuple(needs), tuple(blocks), rewrite=rewrite)

    def _marks(self, number: int) -> tuple[int, bool]:
        """The entity of a name, and whether it is dated."""
        entity, marks, *_ = self._lines[number].split(FIELD)
        return int(entity), marks[3] == "1"

    def all_surfaces(self) -> Iterator[tuple[str, str]]:
        """Every listed name with the id of its entity."""
        rows = self._built["entities"]
        for line in self._lines:
            entity, _, _, text = line.split(FIELD)
            yield text, rows[int(entity)][0]
