"""`Gazetteer`: what a user holds; loads the index, finds names, looks surfaces up."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from .. import data
from ..errors import DataError
from ..result import Name, Segment
from . import build, load
from .gate import Gate, Verdict
from .gates import Gates
from .index import Index
from .lookup import Lookup
from .match import Hit, Matcher
from .merge import merge
from .openings import ENDINGS
from .rewrite import Key, Result, Rewriter
from .scene import Scene, sure
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
    def _lookup(self) -> Lookup:
        return Lookup(self.index, self.matcher)

    @cached_property
    def _rewrites(self) -> dict[Key, Result]:
        return {}

    @cached_property
    def gates(self) -> Gates:
        return Gates(data.table(data.root() / "gazetteer" / "gates.toml"), self.index.cues)

    def surfaces(self) -> Iterator[tuple[str, str]]:
        """Every listed name with the id of its entity: (surface, id)."""
        return self.index.all_surfaces()

    def lookup(self, surface: str) -> tuple[Entity, ...]:
        """Every entity that *surface*, in any listed or inflected form, may be; case and apostrophes do not matter."""
        return self._lookup.entities(surface)

    def find(
        self,
        text: str,
        segments: Sequence[Segment] = (),
        *,
        latin: bool = False,
        dated: bool = False,
        translated: bool = False,
        changes_only: bool = False,
    ) -> list[Name]:
        """The names in *text*, in order.

        Args:
            text: any text.
            segments: its paragraphs by language; none: one, of an unknown language.
            latin: rewrite to English labels; otherwise within the language and script of the text.
            dated: rewrite names that are no longer in use.
            translated: a machine translated the text.
            changes_only: no names where none is to be rewritten: whether any is meant need not be asked then.
        """
        index = self.index
        scene = Scene(text, segments, index.folding, index.cues)
        groups: list[list[Hit]] = []
        for segment in scene.segments:
            groups += self.matcher.hits(text, segment.start, segment.end, language_of(segment))
        if not groups:
            return []
        rewriter = Rewriter(index, scene, self.gates, self._rewrites, latin, dated)
        gate = Gate(index, self.matcher, self.gates, scene, translated)
        if changes_only and not _any_to_rewrite(gate, rewriter, groups):
            return []
        names = []
        for verdict in gate.judge(groups):
            entity = verdict.candidate.entity
            replacement, why_not = rewriter.rewrite(verdict)
            start, end, rule = verdict.hit.start, verdict.hit.end, verdict.rule
            rule = f"{rule}; {why_not}" if why_not else rule
            names.append(Name(start, end, text[start:end], entity.id, entity.type, entity.label, replacement, rule))
        return names


def _any_to_rewrite(gate: Gate, rewriter: Rewriter, groups: Sequence[list[Hit]]) -> bool:
    """Whether any name that these hits may be would be rewritten, were it meant."""
    for group in groups:
        for hit in group:
            for candidates in gate.candidates(hit) or ():
                for candidate in candidates:
                    if rewriter.rewrite(Verdict(hit, candidate, "", 0))[0] is not None:
                        return True
    return False


def language_of(segment: Segment) -> str:
    """The language of a segment, with the script where it has two; its script alone where the language is not sure."""
    language, script, _ = segment.detection
    if not sure(segment.detection):
        return script if script in ENDINGS else ""
    if (language, script) in (("uz", "Cyrl"), ("tk", "Cyrl"), ("kk", "Latn"), ("kaa", "Cyrl")):
        return f"{language}-{script}"
    return language


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
