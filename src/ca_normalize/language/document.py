"""Languages of a document and its paragraphs.

Each line is scored by itself. Then the sequence of languages is sought that fits all lines best, where each change
from one language to another costs something: what a short line seems to be does not pay for two changes, a foreign
paragraph does. Cost is linear in the number of lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from ..result import UNKNOWN, Detection, Segment
from .detector import READ, UND, Detector, Scores, default, excerpt, parts
from .model import Floats

LINE = 240  # code points of a line that are read at most
CHANGE = 2.5  # nats for a change of language; also where the document begins or ends in another than its main one
LETTER = 0.25  # nats for each letter of a line that is in another script than the paragraph is taken to be
WORST = 12.0  # nats that one line can weigh against a language
CANDIDATES = 8  # languages of one document

Label = tuple[str, str]  # script and language


class Line(NamedTuple):
    """A line that is not blank: its span without white space at the end."""

    start: int
    end: int


def detect_document(text: str, detector: Detector | None = None) -> tuple[Detection, list[Segment]]:
    """See `ca_normalize.language.detect_document`."""
    detector = detector or default()
    lines = list(_lines(text))
    if not lines:
        return UNKNOWN, []
    marks = _Marks(detector, text, lines)
    if not marks.won:
        return UNKNOWN, [Segment(lines[0].start, lines[-1].end, UNKNOWN)]
    path = marks.path()
    spans, label, first = [], path[0][1], 0
    for row, here in path:
        if here != label:
            spans.append((first, row, label))
            label, first = here, row
    spans.append((first, len(lines), label))
    size: Counter[Label] = Counter()
    for low, high, label in spans:
        size[label] += lines[high - 1].end - lines[low].start
    main = max(size, key=lambda one: size[one])
    whole = marks.detection(main, [row for low, high, one in spans if one == main for row in range(low, high)])
    if whole.language == UND:
        whole = detector.foreign(text, whole._replace(language=main[1]))
    segments = []
    for low, high, label in spans:
        found = whole if len(spans) == 1 else marks.detection(label, range(low, high))
        if label == main and found.language == UND:
            found = whole
        segments.append(Segment(lines[low].start, lines[high - 1].end, found))
    return whole, segments


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for line in text.split("\n"):
        content = line.rstrip()
        if content:
            yield Line(start + len(content) - len(content.lstrip()), start + len(content))
        start += len(line) + 1


class _Marks:
    """What each line says for each language.

    Attributes:
        won: for each label, the letters of the lines that it fits best.
    """

    def __init__(self, detector: Detector, text: str, lines: Sequence[Line]) -> None:
        self.detector = detector
        self.lines = lines
        self.won: Counter[Label] = Counter()
        self.scripts: list[str] = []
        self.groups: list[Scores] = []
        self.logs: list[tuple[dict[str, int], Floats]] = []  # of each group: columns, and log-probabilities
        read = [excerpt(text[start : min(end, start + READ)], LINE) for start, end in lines]
        for part in parts(read):
            offset = len(self.scripts)
            scripts, groups = detector.score(part)
            self.scripts += scripts
            for group in groups:
                self._add(group._replace(rows=group.rows + offset))
        self.sizes = np.fromiter(map(len, read), np.int64, len(read))
        for row, script in enumerate(self.scripts):
            if script and script not in detector.model.tables:
                self.won[script, UND] += int(self.sizes[row])

    def _add(self, group: Scores) -> None:
        logits = self.detector.model.logits(group.script, group.scores, group.counts)
        columns = self.detector.model.tables[group.script].columns
        names = {name: number for number, name in enumerate(dict.fromkeys(columns))}
        merged = np.full((len(logits), len(names)), -np.inf)
        for number, name in enumerate(columns):
            merged[:, names[name]] = np.maximum(merged[:, names[name]], logits[:, number])
        merged -= np.logaddexp.reduce(merged, axis=1, keepdims=True)
        best = merged.argmax(1)
        for name, number in names.items():
            if count := int(group.counts[best == number].sum()):
                self.won[group.script, name] += count
        self.groups.append(group)
        self.logs.append((names, merged))

    def path(self) -> list[tuple[int, Label]]:
        """The likeliest label of each line with letters, with the number of the line."""
        labels = [label for label, _ in self.won.most_common(CANDIDATES)]
        rows = [row for row, script in enumerate(self.scripts) if script]
        if len(labels) == 1:
            return [(row, labels[0]) for row in rows]
        fits = np.zeros((len(self.lines), len(labels)))
        known = np.array([script for script, _ in labels])
        scripts = np.array(self.scripts)
        fits -= (scripts[:, None] != known) * (LETTER * self.sizes)[:, None]
        for group, (names, logs) in zip(self.groups, self.logs, strict=True):
            for number, (script, name) in enumerate(labels):
                if script == group.script:
                    fits[group.rows, number] = logs[:, names[name]]
        fits = np.maximum(fits, -WORST)
        return [(row, labels[number]) for row, number in zip(rows, _best_path(fits[rows].tolist()), strict=True)]

    def detection(self, label: Label, rows: Sequence[int]) -> Detection:
        """The label as a detection, as sure as all of its lines together make it."""
        script, language = label
        wanted = np.array(rows)
        total: Floats | None = None
        count = 0
        for group in self.groups:
            if group.script == script:
                chosen = np.isin(group.rows, wanted)
                scores = group.scores[chosen].sum(0, keepdims=True)
                total = scores if total is None else total + scores
                count += int(group.counts[chosen].sum())
        if language not in self.detector.model.languages or total is None or not count:
            return Detection(UND, script, 0.0)
        logits = self.detector.model.logits(script, total, np.array([count]))[0]
        column = self.detector.model.tables[script].columns.index(language)
        sure = float(np.exp(logits[column] - np.logaddexp.reduce(logits)))
        return Detection(language, script, round(sure, 4))


def _best_path(fits: list[list[float]]) -> list[int]:
    """The best way through the rows (Viterbi): one column a row; a change costs `CHANGE`, column 0 is the main one."""
    best = [0.0] + [-CHANGE] * (len(fits[0]) - 1)
    came: list[list[int]] = []
    columns = range(len(best))
    for fit in fits:
        top = max(best)
        change, source = top - CHANGE, best.index(top)
        came.append([column if best[column] >= change else source for column in columns])
        best = [(old if old >= change else change) + new for old, new in zip(best, fit, strict=True)]
    best[1:] = [value - CHANGE for value in best[1:]]
    column = best.index(max(best))
    path = []
    for sources in reversed(came):
        path.append(column)
        column = sources[column]
    return path[::-1]
