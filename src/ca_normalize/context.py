"""What one step learns that a later one needs, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .config import Config
from .result import UNKNOWN, Detection, Name, Note, Segment

if TYPE_CHECKING:
    from .mending.look import Look


@dataclass
class Context:
    """Travels with one text through the steps; the pipeline keeps its offsets in step with the text.

    Attributes:
        config: what the user asked for.
        detection: the language of the document.
        segments: its paragraphs, or runs of them in one language; offsets of the text at hand.
        machine_translated: a footer, or the like, says that a machine translated this text.
        notes: for ``Normalized.metadata``; a step appends with offsets of the text that it was given.
        again: this is not the first pass: only what still changes is of interest, no names that stay as they are.
        recurring: lines of this document that recur across its collection, and are to go (see `noise.recurring`).
        names: the names found; canonicalize leaves them, with offsets of the text that it was given.
    """

    config: Config
    detection: Detection = UNKNOWN
    segments: list[Segment] = field(default_factory=list)
    machine_translated: bool = False
    again: bool = False
    recurring: frozenset[str] = frozenset()
    notes: list[Note] = field(default_factory=list)
    names: Sequence[Name] = ()
    _look: Look | None = None  # at the text that was asked about last

    def look(self, text: str) -> Look:
        """What a quick look at *text* says; several steps ask this of one text."""
        if self._look is None or text is not self._look.text:
            from .mending.look import Look

            self._look = Look(text, at_once=True)
        return self._look
