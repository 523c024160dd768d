"""Languages of a document and its paragraphs.

Each line is scored by itself. Then the sequence of languages is sought that fits all lines best, where each change
from one language to another costs something: what a short line seems to be does not pay for two changes, a foreign
paragraph does. Cost is linear in the number of lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from ..result import UNKNOWN, Detection, Segment
from .detector import READ, UND, Detector, Scores, default, excerpt, parts
from .model import Floats

LINE = 100  # code points of a line that are read at most
TICKER = 40  # code points of a line that only counts once, where it is repeated
CHANGE = 2.5  # nats for a change of language; also where the document begins or ends in another than its main one
LETTER = 0.25  # nats for each letter of a line that is in another script than the paragraph is taken to be
SURE = 0.9  # a segment that is less sure of its language has that of its neighbour
SURE_OF_SCRIPT = 0.5  # the same, where its neighbour is in another script
WORST = 12.0  # nats that one line can weigh against a language
CANDIDATES = 8  # languages of one document

Label = tuple[str, str]  # script and language


class Line(NamedTuple):
    """A line that is not blank: its span without white space at the end."""

    start: int
    end: int


class Span(NamedTuple):
    """Lines in one language, from number `start` up to `end`."""

    start: int
    end: int
    label: Label


def detect_document(text: str, detector: Detector | None = None) -> tuple[Detection, list[Segment]]:
    """See `ca_normalize.language.detect_document`."""
    detector = detector or default()
    lines = list(_lines(text))
    if not lines:
        return UNKNOWN, []
    marks = _Marks(detector, text, lines)
    if not marks.won:
        return UNKNOWN, [Segment(lines[0].start, lines[-1].end, UNKNOWN)]
    spans = marks.spans()
    size: Counter[Label] = Counter()
    for span in spans:
        size[span.label] += lines[span.end - 1].end - lines[span.start].start
    main = max(size, key=lambda label: size[label])
    whole = marks.detection(main, *(span for span in spans if span.label == main))
    if whole.language not in detector.model.languages:
        whole = detector.foreign(text, whole)
    segments = []
    for span in spans:
        found = whole
        if span.label != main:
            found = marks.detection(span.label, span)
            if found.language not in detector.model.languages:
                found = Detection(UND, found.script, 0.0)
        elif len(spans) > 1 and whole.language in detector.model.languages:
            found = marks.detection(main, span)
        segments.append(Segment(lines[span.start].start, lines[span.end - 1].end, found))
    return whole, segments


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for line in text.split("\n"):
        content = line.rstrip()
        if content:
            yield Line(start + len(content) - len(content.lstrip()), start + len(content))
        start += len(line) + 1


def _once(lines: Iterable[str]) -> Iterator[str]:
    """The lines; nothing in the place of a short one that was there before: tickers say no more the tenth time."""
    seen = set()
    for line in lines:
        yield "" if line in seen else line
        if len(line) < TICKER:
            seen.add(line)


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
        self.parts: list[tuple[Scores, Floats]] = []  # with logarithms of probabilities
        read = list(_once(excerpt(text[start : min(end, start + READ)], LINE) for start, end in lines))
        for part in parts(read):
            offset = len(self.scripts)
            scripts, groups = detector.score(part)
            self.scripts += scripts
            for group in groups:
                self._add(group._replace(rows=group.rows + offset))
        self.sizes = np.fromiter(map(len, read), np.int64, len(read))
        self.letters = self.sizes.copy()
        for group, _ in self.parts:
            self.letters[group.rows] = group.counts
        scored = [group for group, _ in self.parts]
        found = {group.script for group in scored}
        self.groups = {script: _joined([group for group in scored if group.script == script]) for script in found}
        for row, script in enumerate(self.scripts):
            if script and script not in detector.model.tables:
                self.won[script, UND] += int(self.sizes[row])

    def _add(self, group: Scores) -> None:
        logits = self.detector.model.logits(group.script, group.scores, group.counts)
        best = logits.argmax(1)
        logits -= logits.max(1, keepdims=True)
        logits -= np.log(np.exp(logits).sum(1, keepdims=True))
        names = self.detector.model.tables[group.script].names
        won = np.bincount(best, group.counts, minlength=logits.shape[1]).tolist()
        for name, columns in names.items():
            if letters := int(sum(won[column] for column in columns)):
                self.won[group.script, name] += letters
        self.parts.append((group, logits))

    def spans(self) -> list[Span]:
        """The runs of lines in one language. What is not sure of itself goes with what it stands beside."""
        main = max(self.won, key=lambda label: self.won[label])
        if len(self.won) == 1:
            return [Span(0, len(self.lines), main)]
        spans: list[Span] = []
        for row, label in self.path():
            if not spans or label != spans[-1].label:
                spans.append(Span(row if spans else 0, row, label))
            spans[-1] = spans[-1]._replace(end=row + 1)
        sure: list[Span] = []
        for span in spans:
            label = span.label
            beside = sure[-1].label if sure else main
            needed = SURE if beside[0] == label[0] else SURE_OF_SCRIPT
            if label != main and self.detection(label, span).confidence < needed:
                label = beside
            if sure and sure[-1].label == label:
                sure[-1] = sure[-1]._replace(end=span.end)
            else:
                sure.append(span._replace(label=label))
        ends = [span.start for span in sure[1:]] + [len(self.lines)]
        return [span._replace(end=end) for span, end in zip(sure, ends, strict=True)]

    def path(self) -> list[tuple[int, Label]]:
        """The likeliest label of each line with letters, with the number of the line."""
        labels = [label for label, _ in self.won.most_common(CANDIDATES)]
        rows = [row for row, script in enumerate(self.scripts) if script]
        fits = np.zeros((len(self.lines), len(labels)))
        known = np.array([script for script, _ in labels])
        scripts = np.array(self.scripts)
        more = np.maximum(2 * self.letters - self.sizes, 0)  # letters of its own script, less those of others at most
        fits -= (scripts[:, None] != known) * (LETTER * more)[:, None]
        for group, logs in self.parts:
            names = self.detector.model.tables[group.script].names
            for number, (script, name) in enumerate(labels):
                if script == group.script:
                    fits[group.rows, number] = np.logaddexp.reduce(logs[:, names[name]], axis=1)
        fits = np.maximum(fits, -WORST)
        return [(row, labels[number]) for row, number in zip(rows, _best_path(fits[rows].tolist()), strict=True)]

    def detection(self, label: Label, *spans: Span) -> Detection:
        """The label as a detection, as sure as all the lines of *spans* in its script make it together."""
        script, language = label
        group = self.groups.get(script)
        if group is None:  # a script without languages in the model
            return Detection(language, script, 1.0)
        scores, counts = group.scores, group.counts
        if spans != (Span(0, len(self.lines), label),):
            cuts = [np.searchsorted(group.rows, place) for span in spans for place in (span.start, span.end)]
            chosen = np.concatenate([np.arange(low, high) for low, high in zip(cuts[::2], cuts[1::2], strict=True)])
            if not len(chosen):
                return Detection(language, script, 0.0)
            scores, counts = scores[chosen], counts[chosen]
        together = scores.sum(0, keepdims=True), counts.sum(keepdims=True)
        logits = self.detector.model.logits(script, *together)[0]
        likely = np.exp(logits - logits.max())
        sure = likely[self.detector.model.tables[script].names[language]].sum() / likely.sum()
        return Detection(language, script, round(float(sure), 4))


def _joined(groups: Sequence[Scores]) -> Scores:
    """Scores of one script, of all parts of a document."""
    if len(groups) < 2:
        return groups[0]
    arrays = (np.concatenate([getattr(group, name) for group in groups]) for name in ("rows", "counts", "scores"))
    return Scores(groups[0].script, *arrays)


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
