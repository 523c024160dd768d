"""`Gazetteer`: what a user holds; loads the index, finds names, looks surfaces up."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from .. import data
from ..errors import DataError
from ..result import UNKNOWN, Name, Segment
from . import build, load
from .candidates import Candidates
from .gate import Gate
from .gates import Gates
from .index import Index
from .lines import Finder, Lines, Names
from .lookup import Lookup
from .match import Matcher
from .merge import merge
from .rewrite import Rewriter
from .scene import Document
from .schema import Entity

_log = logging.getLogger("ca_normalize")


class Gazetteer:
    """Entities and their names. Make one by `default`, `load` or `extend`; safe to share between threads.

    Args:
        layers: gazetteer files; where two layers know an id or a surface, the later wins.
        ours: the first layer is the package's own.
    """

    def __init__(self, layers: Sequence[Sequence[Path]], ours: bool = False) -> None:
        self.layers = tuple(tuple(layer) for layer in layers)
        self.ours = ours

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restore, (self.ours, self.layers[1:] if self.ours else self.layers))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Gazetteer) and self.layers == other.layers

    def __hash__(self) -> int:
        return hash(self.layers)

    @classmethod
    def default(cls) -> Gazetteer:
        """The gazetteer that comes with the package."""
        return _default()

    @classmethod
    def load(cls, *paths: str | Path) -> Gazetteer:
        """A gazetteer of these files alone.

        Raises:
            DataError: a file breaks the schema (docs/gazetteer.md).
        """
        return _checked(cls([[Path(path) for path in paths]]))

    def extend(self, path: str | Path) -> Gazetteer:
        """This gazetteer and the file *path*, which wins where both know an id or a surface; each clash is logged.

        Raises:
            DataError: the file breaks the schema (docs/gazetteer.md).
        """
        return _checked(Gazetteer([*self.layers, [Path(path)]], self.ours))

    def __len__(self) -> int:
        return len(self.index)

    def __iter__(self) -> Iterator[Entity]:
        return (self.index.entity(number) for number in range(len(self.index)))

    def __getitem__(self, identity: str) -> Entity:
        """The entity with this id; KeyError where there is none."""
        return self.index.entity(self.index.numbers[identity])

    @cached_property
    def index(self) -> Index:
        ours = self.ours and len(self.layers) == 1
        name = "gazetteer" if ours else "-".join(["gazetteer-own", *(str(len(layer)) for layer in self.layers)])
        files = [path for layer in self.layers for path in layer]
        sources = [*files, *build.tables(), *data.files("gazetteer", "inflection/*.toml"), *build.code()]
        for path in files:
            if not path.is_file():
                raise DataError("cannot be read: there is no such file", file=path)
        built = data.built(name, [path for path in sources if path.is_file()], self._build, build.VERSION)
        for clash in built["clashes"]:
            _log.warning("%s", clash)
        return Index(built)

    def _build(self) -> dict[str, Any]:
        entities: list[Entity] = []
        clashes: list[str] = []
        problems: list[DataError] = []
        for number, layer in enumerate(self.layers):
            lenient = self.ours and number == 0
            entities = merge(entities, load.read(layer, problems if lenient else None), clashes)
        built = build.build(entities, problems if self.ours else None)
        return {**built, "clashes": [*clashes, *map(str, problems)]}

    @cached_property
    def matcher(self) -> Matcher:
        return Matcher(self.index)

    @cached_property
    def _candidates(self) -> Candidates:
        return Candidates(self.matcher, self.gates)

    @cached_property
    def _lines(self) -> Lines:
        return Lines()

    @cached_property
    def _lookup(self) -> Lookup:
        return Lookup(self.index, self.matcher)

    @cached_property
    def gates(self) -> Gates:
        return Gates(data.table(data.root() / "gazetteer" / "gates.toml"), self.index.cues)

    def surfaces(self) -> Iterator[tuple[str, str]]:
        """Every listed name with the id of its entity: (surface, id)."""
        return self.index.all_surfaces()

    def lookup(self, surface: str) -> tuple[Entity, ...]:
        """Every entity that *surface*, in any listed or inflected form, may be; case and apostrophes do not matter."""
        return self._lookup.entities(surface)

    def find(self, text: str, segments: Sequence[Segment] = (), **options: bool) -> list[Name]:
        """The names in *text*, in order; the options are those of `spot`."""
        return self.spot(text, segments, **options).listed()

    def spot(
        self,
        text: str,
        segments: Sequence[Segment] = (),
        *,
        latin: bool = False,
        dated: bool = False,
        translated: bool = False,
        changes_only: bool = False,
    ) -> Names:
        """The names in *text*, in order; those that nobody looks at are not made.

        Args:
            text: any text.
            segments: its paragraphs by language; none: one, of an unknown language.
            latin: rewrite to English labels; otherwise within the language and script of the text.
            dated: rewrite names that are no longer in use.
            translated: a machine translated the text.
            changes_only: no names where none is to be rewritten: whether any is meant need not be asked then.
        """
        index = self.index
        segments = segments or [Segment(0, len(text), UNKNOWN)]
        lines = list(self._lines.of(text, segments, translated))
        if not lines:
            return Names(())
        gate = Gate(self._candidates, Document(text, index.folding, index.cues, translated))
        rewriter = Rewriter(index, self.gates, latin, dated)
        return Finder(gate, rewriter).names(lines, changes_only)


@cache
def _default() -> Gazetteer:
    return Gazetteer([load.files()], ours=True)


def _restore(beside: bool, layers: tuple[tuple[Path, ...], ...]) -> Gazetteer:
    if beside and not layers:
        return _default()
    return Gazetteer([load.files(), *layers] if beside else layers, beside)


def _checked(gazetteer: Gazetteer) -> Gazetteer:
    _ = gazetteer.index
    return gazetteer
