"""What comes back: the text, and everything that is known about how it came to be.

All offsets count Unicode code points of the text that was passed in, unless a docstring says otherwise.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from . import edits as algebra
from .edits import Edit, Layer

if TYPE_CHECKING:
    from .found import Found


class Detection(NamedTuple):
    """The language and script of a text.

    Attributes:
        language: BCP 47 (``kk``), or ``und`` where nothing can be said.
        script: ISO 15924 (``Cyrl``); ``Zyyy`` where there are no letters.
        confidence: 0 to 1, calibrated: of answers given at 0.9, nine in ten are right.
    """

    language: str
    script: str
    confidence: float

    @property
    def tag(self) -> str:
        """Language and script in one: ``kk-Cyrl``, or ``und``."""
        return self.language if self.language == "und" else f"{self.language}-{self.script}"


UNKNOWN = Detection("und", "Zyyy", 0.0)


class Segment(NamedTuple):
    """A paragraph, or a run of paragraphs in one language."""

    start: int
    end: int
    detection: Detection


class Name(NamedTuple):
    """A name that was found, and what became of it.

    Attributes:
        start, end: where it stands; `surface` is the text there.
        id, type: of the entity in the gazetteer that it stands for.
        canonical: the English label of the entity.
        replacement: what the name is rewritten to, or None where it is left as it is.
        rule: why it was taken for this entity, and why it was, or was not, rewritten.
    """

    start: int
    end: int
    surface: str
    id: str
    type: str
    canonical: str
    replacement: str | None
    rule: str


class Note(NamedTuple):
    """Something worth keeping that the text says of itself: a stamp, a credit, a byline, a cut.

    `kind` is the key under which it stands in ``Normalized.metadata``; `rule` found it.
    """

    kind: str
    start: int
    end: int
    text: str
    rule: str


@dataclass(frozen=True)
class Normalized:
    """A normalized text with the record of every change.

    Attributes:
        source: the text that was passed in.
        text: the text that came out.
        language: the language of the document.
        layers: the edits of each step; the offsets of one layer count in the text that the layer before it left.
        found: what the steps found, from which `segments`, `names` and `notes` come.
        rules: the files with noise rules of your own that were used; `explain` reads their reasons.
    """

    source: str
    text: str
    language: Detection
    layers: tuple[Layer, ...] = field(repr=False)
    found: Found = field(repr=False)
    rules: tuple[Path, ...] = ()

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The paragraphs, or runs of paragraphs in one language."""
        return self.found.segments

    @property
    def names(self) -> tuple[Name, ...]:
        """The names found, in order."""
        return self.found.names

    @property
    def notes(self) -> tuple[Note, ...]:
        """What strip noted (see `metadata`)."""
        return self.found.notes

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """Every change, as edits of `source`: sorted, never overlapping; applying them gives `text`, exactly."""
        return tuple(algebra.flatten(self.source, self.layers))

    @cached_property
    def metadata(self) -> dict[str, list[Note]]:
        """The notes by kind, such as ``published``, ``photo_credit``, ``byline``, ``translated_by``."""
        kinds: dict[str, list[Note]] = {}
        for note in self.notes:
            kinds.setdefault(note.kind, []).append(note)
        return kinds

    def restore(self, keep: Collection[str] = ()) -> str:
        """Undo every edit, or every edit but those whose rule or step is in *keep*.

        An edit that was made in text that another edit wrote cannot be had without it: keeping the one keeps both.
        """
        if not keep:
            return self.source
        wanted = frozenset((keep,)) if isinstance(keep, str) else frozenset(keep)
        return algebra.restore(self.source, self.layers, lambda edit: edit.rule in wanted or edit.step in wanted)

    def to_text(self, start: int, end: int) -> tuple[int, int]:
        """Where the span [start, end) of `source` is in `text`; widened to whole edits."""
        return self._mapper.forward(start, end)

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Where the span [start, end) of `text` came from in `source`; widened to whole edits."""
        return self._mapper.back(start, end)

    @cached_property
    def _mapper(self) -> algebra.Mapper:
        return algebra.Mapper(self.edits)

    def explain(self) -> str:
        """A report for people: language, each change with its step, rule and place, names, and what was noted."""
        from .explain import explain

        return explain(self)

    def to_dict(self) -> dict[str, Any]:
        """Everything, in types that JSON knows."""
        return {
            "text": self.text,
            "source": self.source,
            "language": {**self.language._asdict(), "tag": self.language.tag},
            "segments": [
                {"start": s.start, "end": s.end, "tag": s.detection.tag, "confidence": s.detection.confidence}
                for s in self.segments
            ],
            "names": [name._asdict() for name in self.names],
            "edits": [edit._asdict() for edit in self.edits],
            "metadata": {
                kind: [{"text": n.text, "start": n.start, "end": n.end, "rule": n.rule} for n in notes]
                for kind, notes in self.metadata.items()
            },
        }
