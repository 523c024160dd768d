"""Languages of texts: many at once, or one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..result import UNKNOWN, Detection
from . import model as models
from .features import Ints, batch
from .letters import letters
from .model import Floats, Model

if TYPE_CHECKING:
    from .marks import Scored

READ = 1200  # code points of a text that are read at most, from three places in it
SECOND_READ = 600  # and by langdetect, which is slow
SURE_FOREIGN = 0.9  # langdetect is asked from here on; short texts, and ours, are seldom so sure to be foreign
BATCH = 1 << 15  # code points at once: what stays in the processor's cache
UND = "und"


class Scores(NamedTuple):
    """Texts of one script, scored.

    Attributes:
        script: ISO 15924.
        rows: their numbers.
        counts: letters of each.
        scores: a row a text, a column a language (see `model.Table`).
    """

    script: str
    rows: Ints
    counts: Ints
    scores: Floats


class Detector:
    """Tells languages apart with one model.

    Args:
        path: of the model; None for the one that comes with the package.

    Raises:
        DataError: the model cannot be used.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.model: Model = models.load(path or models.default_path())
        self.lately: Scored | None = None  # the lines that were asked for last

    def detect_many(self, texts: Sequence[str]) -> list[Detection]:
        """The language of each text; see `detect`."""
        found: list[Detection] = []
        for part in parts(texts):
            found += self._part(part)
        return found

    def _part(self, texts: Sequence[str]) -> list[Detection]:
        scripts, scored = self.score([excerpt(text, READ) if len(text) > READ else text for text in texts])
        found = [UNKNOWN] * len(texts)
        for group in scored:
            for row, detection in zip(group.rows.tolist(), self.decide(group), strict=True):
                found[row] = detection
        languages = self.model.languages
        for row, detection in enumerate(found):
            if detection[0] not in languages and scripts[row]:
                script = detection.script if detection is not UNKNOWN else scripts[row]
                found[row] = self.foreign(texts[row], detection._replace(script=script))
        return found

    def score(self, texts: Sequence[str]) -> tuple[list[str], list[Scores]]:
        """The script of each text (empty where it has no letters), and scores of those in a script of the model."""
        names = letters().scripts
        streams = batch(texts)
        scored = []
        for script, table in self.model.tables.items():
            rows = np.flatnonzero((streams.script == letters().number(script)) & (streams.counts > 0))
            if len(rows):
                chosen = streams if len(rows) == len(texts) else streams.only(rows)
                scored.append(Scores(script, rows, chosen.counts, table.scores(chosen)))
        return [names[number] for number in streams.script.tolist()], scored

    def decide(self, group: Scores) -> list[Detection]:
        """The likeliest language of each text, and how likely it is."""
        logits = self.model.logits(group.script, group.scores, group.counts)
        best = logits.argmax(1)
        top = logits[np.arange(len(logits)), best]
        confidence = (1 / np.exp(logits - top[:, None]).sum(1)).round(4)
        columns = self.model.tables[group.script].columns
        languages = map(columns.__getitem__, best.tolist())
        make = partial(tuple.__new__, Detection)  # half the time of a call of Detection, which is most of what is left
        return list(map(make, zip(languages, repeat(group.script), confidence.tolist())))

    def foreign(self, text: str, detection: Detection) -> Detection:
        """What is said of a text in none of the model's languages: what langdetect says, or `und`."""
        romanized = detection.language != UND  # Cyrillic in Latin letters is nothing that langdetect could know
        unsure = detection.script in self.model.tables and detection.confidence < SURE_FOREIGN
        if romanized or unsure or detection.script not in letters().second_opinion:
            return Detection(UND, detection.script, 0.0)
        from .second_opinion import second_opinion

        language, confidence = second_opinion(excerpt(text, SECOND_READ))
        if language == UND or language in self.model.languages:
            return Detection(UND, detection.script, 0.0)
        return Detection(language, detection.script, round(confidence * (detection.confidence or 1.0), 4))


def parts(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """*texts* in parts of about `BATCH` code points to read."""
    start = size = 0
    for number, text in enumerate(texts):
        size += min(len(text), READ)
        if size >= BATCH:
            yield texts[start : number + 1]
            start, size = number + 1, 0
    if start < len(texts):
        yield texts[start:]


def excerpt(text: str, size: int) -> str:
    """*text*, or about *size* code points of it: from its beginning, middle and end."""
    if len(text) <= size:
        return text
    part, middle = size // 3, len(text) // 2
    return f"{text[:part]}\n{text[middle : middle + part]}\n{text[-part:]}"


@cache
def default() -> Detector:
    """The detector with the model that comes with the package."""
    return Detector()
