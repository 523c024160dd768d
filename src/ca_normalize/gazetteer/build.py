"""Makes the index: one table of all names, their Russian forms and cross-script keys, as JSON.

Built when the package is made, or when a file of the gazetteer changed (`ca_normalize.data.built`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from .. import data
from ..errors import DataError
from .cues import Cues, compile_cues
from .fold import Folding, Skeleton
from .parted import FIELD, GROUP, RECORD, set_parts, table_parts
from .schema import FORMS, TIERS, TYPES, Entity, ListedName

VERSION = 1
CASES = ("nom", "gen", "dat", "acc", "ins", "loc")
# a packed surface: the number of its name, and bits: three for its case, one for a surface that is for look-up only,
# one for a surface that is another word as well and needs a capital that says something
CASE, LOOKUP, CAPITAL, SHIFT = 7, 8, 16, 5


def tables() -> list[Path]:
    """The files beside the entities that the index is made of."""
    folder = data.root() / "gazetteer"
    return [folder / name for name in ("cues.toml", "folding.toml", "keys.toml", "common.toml")]


def code() -> list[Path]:
    """The code that the index depends on: the cache is keyed by it too."""
    here = Path(__file__).parent
    names = ("build", "core", "cues", "fold", "inflect", "load", "merge", "parted", "schema")
    own = [here / f"{name}.py" for name in names]
    return own + sorted((here / "inflection").glob("*.py"))


def build(entities: Sequence[Entity], problems: list[DataError] | None = None) -> dict[str, Any]:
    """The index of *entities*, in types that JSON knows; `ca_normalize.gazetteer.index.Index` reads it.

    Args:
        entities: of one gazetteer.
        problems: takes what is wrong with a name's inflection class; it goes without forms. None: the first is raised.
    """
    cues, folding, keys, common = tables()
    builder = _Builder(Folding(data.read_toml(folding)), Skeleton(data.read_toml(keys)), problems)
    for words in data.read_toml(common)["words"].values():
        builder.common.update(map(builder.folding.fold, words))
    return builder.build(entities, cues)


class _Builder:
    def __init__(self, folding: Folding, skeleton: Skeleton, problems: list[DataError] | None) -> None:
        self.folding, self.skeleton, self.problems = folding, skeleton, problems
        self.surfaces: dict[str, list[int]] = {}
        self.prefixed: dict[str, list[tuple[str, int]]] = {}
        self.keys: dict[str, list[int]] = {}
        self.words: dict[str, int] = {}  # first word of a surface → the words of the longest that begins with it
        self.seconds: dict[str, set[str]] = {}  # and the second words of all that begin with it
        self.key_words: dict[str, int] = {}
        self.key_heads: set[str] = set()  # the first two words of keys
        self.common: set[str] = set()  # names that are other words too
        self.heads: set[str] = set()  # the words that a surface of more than two words begins with, two or more
        self.lasts: set[str] = set()  # last words, less their last letter: stems that may take endings

    def build(self, entities: Sequence[Entity], cues: Path) -> dict[str, Any]:
        tables = data.read_toml(cues)
        kinds = {name: table for name, table in tables.items() if name in TYPES}
        self.kinds = Cues(compile_cues(kinds, self.folding, cues)).any
        countries = {entity.country: entity.id for entity in entities if entity.type == "country"}
        rows: list[str] = []
        names: list[str] = []
        asked: dict[str, list[tuple[str, ...]]] = {}
        classes: dict[str, str] = {}  # of inflection, where a name gives one
        for number, entity in enumerate(entities):
            first = len(names)
            cores = {self.folding.key(name.name) for name in entity.names}
            for name in entity.names:
                self.add(name, entity, len(names), cores)
                if name.needs or name.blocks:
                    asked[str(len(names))] = [name.needs, name.blocks]
                if name.inflect:
                    classes[str(len(names))] = name.inflect
                names.append(name_row(number, name))
            country = countries.get(entity.country)
            related = [*entity.related, *([country] if country and country != entity.id else [])]
            rows.append(_entity_row(entity, related, first, len(names)))
        folder = data.root() / "gazetteer"
        return {
            "folding": data.read_toml(folder / "folding.toml"),
            "skeleton": data.read_toml(folder / "keys.toml"),
            "cues": compile_cues(tables, self.folding, cues),
            "entities": RECORD.join(rows),
            "names": RECORD.join(names),
            "asked": asked,
            "classes": classes,
            "surfaces": table_parts({key: ",".join(map(str, packed)) for key, packed in self.surfaces.items()}),
            "prefixed": self.prefixed,
            "keys": table_parts({key: ",".join(map(str, packed)) for key, packed in self.keys.items()}),
            "words": table_parts({word: self.begins(word) for word in self.words}),
            "key_words": table_parts({word: str(count) for word, count in self.key_words.items()}),
            "key_heads": set_parts(self.key_heads),
            "heads": set_parts(self.heads),
            "lasts": set_parts(self.lasts),
        }

    def add(self, name: ListedName, entity: Entity, number: int, cores: set[str]) -> None:
        """Add a name. What only puts the kind before it (фонд «Самрук-Казына») is for look-up: its core is found."""
        core = self.core(name.name)
        by_core = bool(core) and self.folding.key(core) in cores
        for case, surface in self.forms(name, entity):
            packed = number << SHIFT | CASES.index(case) | self.flags(surface, name, by_core)
            found = self.folding.capital.search(surface)
            start = found.start() if found else 0
            whole = self.folding.key(surface)
            key = self.folding.key(surface[start:]) if start else whole
            if not key:
                continue
            words = key.split(" ")
            _append(self.surfaces, whole, packed)
            if whole.count(" ") == 1:  # with its small words (река Чу), which have a capital where a sentence begins
                self.add_second(whole.split(" "))
            if packed & LOOKUP:
                continue
            if start:
                prefix = self.folding.key(surface[:start])
                self.prefixed.setdefault(key, []).append((prefix, packed))
            self.words[words[0]] = max(self.words.get(words[0], 0), len(words))
            self.add_second(words)
            self.lasts.add(words[-1][:-1])
            self.heads.update(" ".join(words[:count]) for count in range(2, len(words)))
            if not start and name.tier != "search-only" and name.form in ("full", "former"):
                self.add_key(words, packed)  # none without its kind: the steppe Сары Арка is no airport

    def add_second(self, words: list[str]) -> None:
        if len(words) > 1:
            self.seconds.setdefault(words[0], set()).add(words[1])

    def begins(self, word: str) -> str:
        """What is known of a first word: the words of the longest name, and all second words."""
        most = self.words[word]
        return " ".join([str(most), *sorted(self.seconds[word] if most > 1 else ())])

    def forms(self, name: ListedName, entity: Entity) -> list[tuple[str, str]]:
        """The surfaces of a name, each with its case."""
        try:
            return list(surfaces(name, entity))
        except DataError as error:
            line = data.line_of(entity.file, name.name, entity.line) if entity.file else 0
            told = DataError(error.problem, file=entity.file or "", line=line, entry=f"{entity.id}: {name.name}")
            if self.problems is None:
                raise told from error
            self.problems.append(told)
            return [("nom", name.name)]

    def flags(self, surface: str, name: ListedName, by_core: bool) -> int:
        """The bits of a surface beside its case."""
        from . import inflect

        if by_core or inflect.barred(surface, name.language, name.name):
            return LOOKUP
        common = self.folding.fold(surface) in self.common or inflect.ambiguous(surface, name.language)
        return CAPITAL if common else 0

    def core(self, name: str) -> str:
        """What stands in quotation marks in *name*, or after words in lower case; empty where that is all of it."""
        quote = self.folding.quote
        parts = self.folding.fold(name).split(quote)
        if len(parts) == 3 and parts[1] and (parts[0] or parts[2]):
            return parts[1]
        found = self.folding.capital.search(name)
        return name[found.start() :] if found and found.start() else ""

    def add_key(self, words: list[str], packed: int) -> None:
        key = self.skeleton.of(words)
        if key:
            _append(self.keys, key, packed)
            first, second, *_ = key.split(" ")
            self.key_words[first] = max(self.key_words.get(first, 0), len(words))
            self.key_heads.add(f"{first} {second}")


def _append(table: dict[str, list[int]], key: str, packed: int) -> None:
    values = table.setdefault(key, [])
    if packed not in values:
        values.append(packed)


def surfaces(name: ListedName, entity: Entity) -> Iterator[tuple[str, str]]:
    """The name, and its Russian forms: (case, surface)."""
    yield "nom", name.name
    if name.language == "ru" and name.inflect != "none":
        from . import inflect

        plans = inflect.forms(name.name, "ru", entity.type, entity.sex, name.inflect)
        seen = {name.name}
        for case, surface in plans.items():
            if surface not in seen:
                seen.add(surface)
                yield case, surface
        known = inflect.paradigm(name.name, entity.type, entity.sex, name.inflect)
        for surface in sorted(known.keys() - seen):
            yield known[surface][0], surface


def name_row(entity: int, name: ListedName) -> str:
    """A name as a line: quick to load, and taken apart by `IndexedName` only when it is met."""
    dated = name.form == "former" or bool(name.period[1])
    rewrite = {None: "?", True: "+", False: "-"}[name.rewrite]
    marks = f"{tuple(FORMS).index(name.form)}{TIERS.index(name.tier)}{rewrite}{int(dated)}"
    return FIELD.join((str(entity), marks, name.language, name.name))


def _entity_row(entity: Entity, related: Iterable[str], first: int, last: int) -> str:
    """An entity as a line; its names are those from *first* up to *last*."""
    lists = (entity.offices, entity.not_same_as, related, [part for label in entity.labels.items() for part in label])
    groups = map(GROUP.join, lists)
    return FIELD.join((entity.id, entity.type, entity.country, entity.sex, *groups, str(first), str(last)))
