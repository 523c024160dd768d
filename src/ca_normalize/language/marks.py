"""What each line of some documents says for each language.

The lines of many documents are scored at once, since a call of numpy costs as much as a document of a few lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from math import exp

import numpy as np

from .detector import READ, UND, Detector, Scores, excerpt, parts
from .features import Ints
from .model import Floats

LINE = 100  # code points of a line that are read at most
SHORT = 500  # code points of a document of few lines that are read, more of each line; of one line 100 can mislead
FEW = 200  # lines; fewer are scored sooner than they are looked up
REMEMBERED = 20_000  # lines; what was found of them is kept until others are asked for: most texts are read twice
TICKER = 40  # code points of a line that only counts once, where it is repeated

Label = tuple[str, str]  # script and language
Line = tuple[int, int]  # start and end of a line that is not blank, without white space around it


class Marks:
    """What each line of the documents says for each language.

    Attributes:
        bounds: the number of the first line of each document, and at last that of all lines.
        won: for each document and label, the letters of the lines that it fits best.
    """

    def __init__(self, detector: Detector, texts: Sequence[str], documents: Sequence[Sequence[Line]]) -> None:
        self.detector = detector
        self.bounds = [0, *accumulate(map(len, documents))]
        read: list[str] = []
        for text, lines in zip(texts, documents, strict=True):
            size = max(LINE, SHORT // max(1, len(lines)))
            read += _once(excerpt(text[start : min(end, start + READ)], size) for start, end in lines)
        scored = Scored(detector, read, detector.lately if len(read) >= FEW else None)
        detector.lately = scored if len(read) <= REMEMBERED else None
        self.scripts = scored.scripts
        self.sizes = np.fromiter(map(len, read), np.int64, len(read))
        self.letters = self.sizes.copy()
        self.groups = {script: Group(detector, group, self.bounds) for script, group in scored.groups.items()}
        self.won: list[Counter[Label]] = [Counter() for _ in documents]
        for script_group in self.groups.values():
            self.letters[script_group.scored.rows] = script_group.scored.counts
            for number, label, letters in script_group.won():
                self.won[number][label] = letters
        self._count_other_scripts()

    @cached_property
    def numbers(self) -> tuple[dict[str, int], Ints]:
        """A number for each script, and that of each line: quicker to compare."""
        numbers = {script: number for number, script in enumerate(dict.fromkeys(self.scripts))}
        return numbers, np.fromiter(map(numbers.__getitem__, self.scripts), np.int64, len(self.scripts))

    def _count_other_scripts(self) -> None:
        other = set(self.scripts).difference(self.detector.model.tables, [""])
        if not other:
            return
        for number, won in enumerate(self.won):
            for row in range(self.bounds[number], self.bounds[number + 1]):
                if self.scripts[row] in other:
                    won[self.scripts[row], UND] += int(self.sizes[row])


class Scored:
    """Lines, scored. Those that were among the lines *before* are not scored again.

    Attributes:
        scripts: of each line; empty where it has no letters.
        groups: the scores of the lines in one script, sorted.
    """

    def __init__(self, detector: Detector, lines: Sequence[str], before: Scored | None) -> None:
        self.lines = lines
        if before is None:
            self.scripts, some = _score(detector, lines)
        else:
            known = [before.places.get(line, -1) for line in lines]
            new = [number for number, place in enumerate(known) if place < 0]
            scripts, groups = _score(detector, [lines[number] for number in new])
            self.scripts = [before.scripts[place] if place >= 0 else "" for place in known]
            for number, script in zip(new, scripts, strict=True):
                self.scripts[number] = script
            numbers = np.array(new, np.int64)
            some = before.again(np.array(known)) + [group._replace(rows=numbers[group.rows]) for group in groups]
        self.groups: dict[str, Scores] = {}
        for script in detector.model.tables:  # whatever was met first, for of two as likely the first is taken
            if of_script := [group for group in some if group.script == script]:
                self.groups[script] = _joined(of_script)

    @cached_property
    def places(self) -> dict[str, int]:
        """The number of each line; of one that is there twice, the last."""
        return {line: number for number, line in enumerate(self.lines)}

    def again(self, places: Ints) -> list[Scores]:
        """The scores of the lines at *places*, as rows in that order; at a negative place there is none."""
        found = []
        for script, group in self.groups.items():
            rows = np.searchsorted(group.rows, places).clip(max=len(group.rows) - 1)
            wanted = np.flatnonzero(group.rows[rows] == places)
            if len(wanted):
                rows = rows[wanted]
                found.append(Scores(script, wanted, group.counts[rows], group.scores[rows]))
        return found


class Group:
    """The lines in one script, of all documents.

    Attributes:
        scored: with numbers of lines that count through all documents.
        rows: the numbers of the lines.
        logits: a row a line, a column a language of the script.
        cuts: where the rows of each document begin, and where those of the last end.
    """

    def __init__(self, detector: Detector, scored: Scores, bounds: Sequence[int]) -> None:
        self.detector, self.scored = detector, scored
        self.table = detector.model.tables[scored.script]
        self.logits = detector.model.logits(scored.script, scored.scores, scored.counts)
        self.rows: list[int] = scored.rows.tolist()
        self.cuts: list[int] = np.searchsorted(scored.rows, bounds).tolist()
        self._fits: dict[str, Floats] = {}
        # Sums up to each row: those of any run of lines are a difference. They are whole numbers, and so exact.
        self._scores = np.concatenate([np.zeros((1, scored.scores.shape[1])), scored.scores.cumsum(0)])
        self._counts = np.concatenate([[0], scored.counts.cumsum()])

    def won(self) -> Iterator[tuple[int, Label, int]]:
        """Document, label, and the letters of the lines in it that the label fits best."""
        columns, script = self.table.columns, self.scored.script
        first = np.array([columns.index(name) for name in columns])  # all columns of a language count as its first
        document = np.arange(len(self.cuts) - 1).repeat(np.diff(self.cuts))
        place = document * len(columns) + first[self.logits.argmax(1)]
        letters = np.bincount(place, self.scored.counts)
        for at in letters.nonzero()[0].tolist():
            number, column = divmod(at, len(columns))
            yield number, (script, columns[column]), int(letters[at])

    def fit(self, language: str) -> Floats:
        """How well each row fits *language*: the logarithm of its probability."""
        known = self._fits.get(language)
        if known is None:
            logs = self._logs[:, self.table.names[language]]
            known = self._fits[language] = logs[:, 0] if logs.shape[1] == 1 else np.logaddexp.reduce(logs, axis=1)
        return known

    @cached_property
    def _logs(self) -> Floats:
        logs: Floats = self.logits - self.logits.max(1, keepdims=True)
        logs -= np.log(np.exp(logs).sum(1, keepdims=True))
        return logs

    def sure(self, language: str, lows: Sequence[int], highs: Sequence[int]) -> float:
        """How likely *language* is for the rows from low to high, or from all the lows to the highs, together."""
        # One after another, and at last without numpy: for a few numbers that is quicker.
        scores = sum(self._scores[high] - self._scores[low] for low, high in zip(lows, highs, strict=True))
        count = int(sum(self._counts[high] - self._counts[low] for low, high in zip(lows, highs, strict=True)))
        logits = self.detector.model.logits(self.scored.script, np.asarray(scores), count).tolist()
        top = max(logits)
        likely = [exp(logit - top) for logit in logits]
        return sum([likely[column] for column in self.table.names[language]]) / sum(likely)

    def sure_of_whole(self, language: str, number: int) -> float:
        """The same for all lines of a document."""
        columns, likely = self.table.names[language], self._wholes[number]
        return float(likely[columns].sum() / likely.sum())

    @cached_property
    def _wholes(self) -> Floats:
        low, high = self.cuts[:-1], self.cuts[1:]
        counts = np.maximum(self._counts[high] - self._counts[low], 1)  # of none at all nobody asks
        logits = self.detector.model.logits(self.scored.script, self._scores[high] - self._scores[low], counts)
        likely: Floats = np.exp(logits - logits.max(1, keepdims=True))
        return likely


def _once(lines: Iterable[str]) -> Iterator[str]:
    """The lines; nothing in the place of a short one that was there before: tickers say no more the tenth time."""
    seen = set()
    for line in lines:
        yield "" if line in seen else line
        if len(line) < TICKER:
            seen.add(line)


def _score(detector: Detector, lines: Sequence[str]) -> tuple[list[str], list[Scores]]:
    """What `Detector.score` says of any number of lines."""
    scripts: list[str] = []
    scores = []
    for part in parts(lines):
        offset = len(scripts)
        found, groups = detector.score(part)
        scripts += found
        scores += [group._replace(rows=group.rows + offset) for group in groups]
    return scripts, scores


def _joined(groups: Sequence[Scores]) -> Scores:
    """Scores of one script, sorted by row."""
    if len(groups) < 2:
        return groups[0]
    rows, counts, scores = (np.concatenate([group[place] for group in groups]) for place in (1, 2, 3))
    order = rows.argsort()
    return Scores(groups[0].script, rows[order], counts[order], scores[order])
