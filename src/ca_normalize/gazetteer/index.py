"""The index at run time: names and entities by number, and the tables that the matcher looks things up in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from .build import SHIFT
from .cues import Cues
from .fold import Folding, Shape, Skeleton
from .parted import FIELD, GROUP, RECORD, Set, Table
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


@lru_cache(maxsize=65536)
def unpack(values: str) -> tuple[int, ...]:
    """The packed surfaces that are kept in one string."""
    return tuple(map(int, values.split(",")))


class Index:
    """What `build` made, with everything else made of it only when it is asked for."""

    def __init__(self, built: dict[str, Any]) -> None:
        self.folding = Folding(built["folding"])
        self.skeleton = Skeleton(built["skeleton"])
        self.surfaces = Table(built["surfaces"])
        self.prefixed: dict[str, list[tuple[str, int]]] = built["prefixed"]
        self.keys = Table(built["keys"])
        self.words, self.key_words = Table(built["words"]), Table(built["key_words"])
        self.heads, self.key_heads, self.lasts = Set(built["heads"]), Set(built["key_heads"]), Set(built["lasts"])
        self._lines: list[str] = built["names"].split(RECORD) if built["names"] else []
        self._rows: list[str] = built["entities"].split(RECORD) if built["entities"] else []
        self._built = built
        self._names: dict[int, IndexedName] = {}
        self._entities: dict[int, Entity] = {}
        self._words: dict[str, frozenset[str]] = {}

    @cached_property
    def cues(self) -> Cues:
        return Cues(self._built["cues"])

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each entity, by its id."""
        return {identity: number for number, identity in enumerate(self._ids())}

    def _ids(self) -> Iterator[str]:
        return (row.partition(FIELD)[0] for row in self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def find(self, key: str) -> tuple[int, ...]:
        """The packed surfaces under *key*."""
        packed = self.surfaces.get(key)
        return unpack(packed) if packed is not None else ()

    def name(self, number: int) -> IndexedName:
        name = self._names.get(number)
        if name is None:
            row = self._row(number)
            shape, words = self.folding.shape(row.name), tuple(self.folding.word.findall(row.name))
            entity, dated = self._marks(number)
            name = self._names[number] = IndexedName(
                entity,
                row.name,
                row.form,
                row.language,
                row.tier,
                row.rewrite,
                dated,
                row.needs,
                row.blocks,
                shape,
                words,
            )
        return name

    def tails(self, packed: Iterable[int]) -> set[str]:
        """The marks behind the last words of some packed surfaces; an empty string where there is none."""
        return {self.name(surface >> SHIFT).shape.tail for surface in packed}

    def entity(self, number: int) -> Entity:
        entity = self._entities.get(number)
        if entity is None:
            identity, kind, country, sex, *groups, first, last = self._rows[number].split(FIELD)
            offices, not_same_as, related, labels = (tuple(group.split(GROUP)) if group else () for group in groups)
            names = tuple(map(self._row, range(int(first), int(last))))
            by_language = dict(zip(labels[::2], labels[1::2], strict=True))
            entity = self._entities[number] = Entity(
                identity, kind, country, by_language, names, sex, offices, not_same_as, related
            )
        return entity

    def words_of(self, entity: Entity) -> frozenset[str]:
        """Every word of the names of *entity*, folded."""
        words = self._words.get(entity.id)
        if words is None:
            found = self.folding.word.findall(" ".join(name.name for name in entity.names))
            words = self._words[entity.id] = frozenset(map(self.folding.fold, found))
        return words

    def _row(self, number: int) -> ListedName:
        """A name, as far as the index knows it."""
        _, marks, language, text = self._lines[number].split(FIELD)
        needs, blocks = self._built["asked"].get(str(number), ((), ()))
        form, tier, rewrite = _FORMS[int(marks[0])], TIERS[int(marks[1])], _REWRITE[marks[2]]
        inflect = self._built["classes"].get(str(number))
        return ListedName(text, form, language, tier, tuple(needs), tuple(blocks), rewrite=rewrite, inflect=inflect)

    def _marks(self, number: int) -> tuple[int, bool]:
        """The entity of a name, and whether it is dated."""
        entity, marks, *_ = self._lines[number].split(FIELD)
        return int(entity), marks[3] == "1"

    def all_surfaces(self) -> Iterator[tuple[str, str]]:
        """Every listed name with the id of its entity."""
        ids = list(self._ids())
        for line in self._lines:
            entity, _, _, text = line.split(FIELD)
            yield text, ids[int(entity)]
