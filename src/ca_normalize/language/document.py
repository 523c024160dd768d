"""Languages of documents and their paragraphs.

Each line is scored by itself. Then the sequence of languages is sought that fits all lines best, where each change
from one language to another costs something: what a short line seems to be does not pay for two changes, a foreign
paragraph does. Cost is linear in the number of lines.

The lines of many documents are scored at once, since a call of numpy costs as much as a document of a few lines.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from ..result import UNKNOWN, Detection, Segment
from .detector import READ, UND, Detector, Scores, default, excerpt, parts
from .features import Ints
from .model import Floats

LINE = 100  # code points of a line that are read at most
SHORT = 500  # code points of a document of few lines that are read, more of each line; of one line 100 can mislead
TICKER = 40  # code points of a line that only counts once, where it is repeated
CHANGE = 2.5  # nats for a change of language; also where the document begins or ends in another than its main one
LETTER = 0.25  # nats for each letter of a line that is in another script than the paragraph is taken to be
SURE = 0.9  # a segment that is less sure of its language has that of its neighbour
SURE_OF_SCRIPT = 0.5  # the same, where its neighbour is in another script
WORST = 12.0  # nats that one line can weigh against a language
CANDIDATES = 8  # languages of one document

Label = tuple[str, str]  # script and language
Line = tuple[int, int]  # start and end of a line that is not blank, without white space around it
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
    marks = _Marks(detector, texts, documents)
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


def _once(lines: Iterable[str]) -> Iterator[str]:
    """The lines; nothing in the place of a short one that was there before: tickers say no more the tenth time."""
    seen = set()
    for line in lines:
        yield "" if line in seen else line
        if len(line) < TICKER:
            seen.add(line)


class _Group:
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

    def likely(self, lows: Sequence[int], highs: Sequence[int]) -> Floats:
        """What the rows from low to high, or from all the lows to the highs, together make of each language."""
        # One after another: for the one or two that there mostly are, quicker than all at once.
        scores = sum(self._scores[high] - self._scores[low] for low, high in zip(lows, highs, strict=True))
        count = sum(self._counts[high] - self._counts[low] for low, high in zip(lows, highs, strict=True))
        row: Floats = self._exp(np.asarray(scores)[None], np.array([count]))[0]
        return row

    def whole(self, number: int) -> Floats:
        """The same of all lines of a document."""
        row: Floats = self._wholes[number]
        return row

    @cached_property
    def _wholes(self) -> Floats:
        low, high = self.cuts[:-1], self.cuts[1:]
        counts = np.maximum(self._counts[high] - self._counts[low], 1)  # of none at all nobody asks
        return self._exp(self._scores[high] - self._scores[low], counts)

    def _exp(self, scores: Floats, counts: Ints) -> Floats:
        logits = self.detector.model.logits(self.scored.script, scores, counts)
        likely: Floats = np.exp(logits - logits.max(1, keepdims=True))
        return likely


class _Marks:
    """What each line of the documents says for each language.

    Attributes:
        bounds: the number of the first line of each document, and at last that of all lines.
        won: for each document and label, the letters of the lines that it fits best.
    """

    def __init__(self, detector: Detector, texts: Sequence[str], documents: Sequence[Sequence[Line]]) -> None:
        self.detector = detector
        self.bounds = [0, *accumulate(map(len, documents))]
        self.scripts: list[str] = []
        read: list[str] = []
        for text, lines in zip(texts, documents, strict=True):
            size = max(LINE, SHORT // max(1, len(lines)))
            read += _once(excerpt(text[start : min(end, start + READ)], size) for start, end in lines)
        scored: dict[str, list[Scores]] = {}
        for part in parts(read):
            offset = len(self.scripts)
            scripts, groups = detector.score(part)
            self.scripts += scripts
            for group in groups:
                scored.setdefault(group.script, []).append(group._replace(rows=group.rows + offset))
        self.sizes = np.fromiter(map(len, read), np.int64, len(read))
        self.letters = self.sizes.copy()
        self.groups = {script: _Group(detector, _joined(some), self.bounds) for script, some in scored.items()}
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


class _Document:
    """One of the documents: its lines, and what they say together.

    Attributes:
        won: for each label, the letters of the lines that it fits best.
    """

    def __init__(self, marks: _Marks, number: int, lines: Sequence[Line]) -> None:
        self.marks, self.number, self.lines = marks, number, lines
        self.won = marks.won[number]
        self.first, self.last = marks.bounds[number : number + 2]

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
        here = slice(self.first, self.last)
        rows = [row for row, script in enumerate(self.marks.scripts[here]) if script]
        fits = np.zeros((len(self.lines), len(labels)))
        numbers, all_numbers = self.marks.numbers
        known, scripts = np.array([numbers[script] for script, _ in labels]), all_numbers[here]
        # letters of its own script, less those of others at most
        more = np.maximum(2 * self.marks.letters[here] - self.marks.sizes[here], 0)
        fits -= (scripts[:, None] != known) * (LETTER * more)[:, None]
        for group in self.marks.groups.values():
            low, high = group.cuts[self.number : self.number + 2]
            if low == high:
                continue
            logs = group.logits[low:high] - group.logits[low:high].max(1, keepdims=True)
            logs -= np.log(np.exp(logs).sum(1, keepdims=True))
            for number, (script, name) in enumerate(labels):
                if script == group.scored.script:
                    lines = group.scored.rows[low:high] - self.first
                    fits[lines, number] = np.logaddexp.reduce(logs[:, group.table.names[name]], axis=1)
        fits = np.maximum(fits, -WORST)
        return [(row, labels[number]) for row, number in zip(rows, _best_path(fits[rows].tolist()), strict=True)]

    def detection(self, label: Label, *spans: Span) -> Detection:
        """The label as a detection, as sure as all the lines of *spans* in its script make it together."""
        script, language = label
        group = self.marks.groups.get(script)
        if group is None or group.cuts[self.number] == group.cuts[self.number + 1]:  # no language of it in the model
            return Detection(language, script, 1.0)
        if spans == (Span(0, len(self.lines), label),):
            likely = group.whole(self.number)
        else:
            places = [self.first + place for span in spans for place in (span.start, span.end)]
            cuts = [bisect_left(group.rows, place) for place in places]
            if cuts[::2] == cuts[1::2]:
                return Detection(language, script, 0.0)
            likely = group.likely(cuts[::2], cuts[1::2])
        sure = likely[group.table.names[language]].sum() / likely.sum()
        return Detection(language, script, round(float(sure), 4))


def _joined(groups: Sequence[Scores]) -> Scores:
    """Scores of one script, of all parts of the documents."""
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
