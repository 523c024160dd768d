"""Languages of documents and their paragraphs.

Each line is scored by itself. Then the sequence of languages is sought that fits all lines best, where each change
from one language to another costs something: what a short line seems to be does not pay for two changes, a foreign
paragraph does. Cost is linear in the number of lines.

What each line says is in `marks`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from ..result import UNKNOWN, Detection, Segment
from .detector import UND, Detector, default
from .marks import Label, Line, Marks

CHANGE = 2.5  # nats for a change of language; also where the document begins or ends in another than its main one
LETTER = 0.25  # nats for each letter of a line that is in another script than the paragraph is taken to be
SURE = 0.9  # a segment that is less sure of its language has that of its neighbour
SURE_OF_SCRIPT = 0.5  # the same, where its neighbour is in another script
WORST = 12.0  # nats that one line can weigh against a language
CANDIDATES = 8  # languages of one document

Found = tuple[Detection, list[Segment]]


class Span(NamedTuple):
    """Lines in one language, from number `start` up to `end`."""

    start: int
    end: int
    label: Label


def detect_document(text: str, detector: Detector | None = None) -> Found:
    """See `ca_normalize.language.detect_document`."""
    return detect_documents([text], detector)[0]


def detect_documents(texts: Sequence[str], detector: Detector | None = None) -> list[Found]:
    """What `detect_document` says of each text, in less time."""
    detector = detector or default()
    documents = [list(_lines(text)) for text in texts]
    if not any(documents):
        return [(UNKNOWN, [])] * len(texts)
    marks = Marks(detector, texts, documents)
    return [
        _answer(text, _Document(marks, number, lines)) if lines else (UNKNOWN, [])
        for number, (text, lines) in enumerate(zip(texts, documents, strict=True))
    ]


def _answer(text: str, document: _Document) -> Found:
    lines, detector = document.lines, document.marks.detector
    if not document.won:
        return UNKNOWN, [Segment(lines[0][0], lines[-1][1], UNKNOWN)]
    spans = document.spans()
    size: Counter[Label] = Counter()
    for span in spans:
        size[span.label] += lines[span.end - 1][1] - lines[span.start][0]
    main = max(size, key=lambda label: size[label])
    whole = document.detection(main, *(span for span in spans if span.label == main))
    if whole.language not in detector.model.languages:
        whole = detector.foreign(text, whole)
    segments = []
    for span in spans:
        found = whole
        if span.label != main:
            found = document.detection(span.label, span)
            if found.language not in detector.model.languages:
                found = Detection(UND, found.script, 0.0)
        elif len(spans) > 1 and whole.language in detector.model.languages:
            found = document.detection(main, span)
        segments.append(Segment(lines[span.start][0], lines[span.end - 1][1], found))
    return whole, segments


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for line in text.split("\n"):
        content = line.rstrip()
        if content:
            yield start + len(content) - len(content.lstrip()), start + len(content)
        start += len(line) + 1


class _Document:
    """One of the documents: its lines, and what they say together.

    Attributes:
        won: for each label, the letters of the lines that it fits best.
    """

    def __init__(self, marks: Marks, number: int, lines: Sequence[Line]) -> None:
        self.marks, self.number, self.lines = marks, number, lines
        self.won = marks.won[number]
        self.first, self.last = marks.bounds[number : number + 2]
        self._detections: dict[tuple[Label, tuple[Span, ...]], Detection] = {}

    def spans(self) -> list[Span]:
        """The runs of lines in one language. What is not sure of itself goes with what it stands beside."""
        main = max(self.won, key=lambda label: self.won[label])
        if len(self.won) == 1:
            return [Span(0, len(self.lines), main)]
        runs = self.runs()
        ends = [start for start, _ in runs[1:]] + [len(self.lines)]
        starts, labels = [0], [main]
        for (start, label), end in zip(runs, ends, strict=True):
            beside = labels[-1]
            needed = SURE if beside[0] == label[0] else SURE_OF_SCRIPT
            if label not in (main, beside) and self.detection(label, Span(start, end, label)).confidence < needed:
                label = beside
            if not start:
                labels[0] = label
            elif label != beside:
                starts.append(start)
                labels.append(label)
        return [Span(*span) for span in zip(starts, [*starts[1:], len(self.lines)], labels, strict=True)]

    def runs(self) -> list[tuple[int, Label]]:
        """The likeliest labels of the lines with letters; each with the line from which on it holds, 0 first."""
        labels = [label for label, _ in self.won.most_common(CANDIDATES)]
        here = slice(self.first, self.last)
        rows = [row for row, script in enumerate(self.marks.scripts[here]) if script]
        fits = np.zeros((len(self.lines), len(labels)))
        numbers, all_numbers = self.marks.numbers
        known, scripts = np.array([numbers[script] for script, _ in labels]), all_numbers[here]
        # letters of its own script, less those of others at most
        more = np.maximum(2 * self.marks.letters[here] - self.marks.sizes[here], 0)
        fits -= (scripts[:, None] != known) * (LETTER * more)[:, None]
        for script, group in self.marks.groups.items():
            low, high = group.cuts[self.number : self.number + 2]
            if low < high:
                lines = group.scored.rows[low:high] - self.first
                for number, (of, language) in enumerate(labels):
                    if of == script:
                        fits[lines, number] = group.fit(language)[low:high]
        fits = np.maximum(fits, -WORST)
        path = _best_path(fits[rows].tolist())
        changes = (row for row in range(1, len(path)) if path[row] != path[row - 1])
        return [(0, labels[path[0]]), *((rows[row], labels[path[row]]) for row in changes)]

    def detection(self, label: Label, *spans: Span) -> Detection:
        """The label as a detection, as sure as all the lines of *spans* in its script make it together."""
        known = self._detections.get((label, spans))
        if known is None:
            known = self._detections[label, spans] = self._detection(label, spans)
        return known

    def _detection(self, label: Label, spans: tuple[Span, ...]) -> Detection:
        script, language = label
        group = self.marks.groups.get(script)
        if group is None or group.cuts[self.number] == group.cuts[self.number + 1]:  # no language of it in the model
            return Detection(language, script, 1.0)
        if spans == (Span(0, len(self.lines), label),):
            sure = group.sure_of_whole(language, self.number)
        else:
            places = [self.first + place for span in spans for place in (span.start, span.end)]
            cuts = [bisect_left(group.rows, place) for place in places]
            if cuts[::2] == cuts[1::2]:
                return Detection(language, script, 0.0)
            sure = group.sure(language, cuts[::2], cuts[1::2])
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
