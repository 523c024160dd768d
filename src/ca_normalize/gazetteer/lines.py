"""Names line by line. What is known of a line holds wherever the line stands, and is remembered.

No name goes on over the end of a line, and what speaks for or against one stands in its line too. Two things come from
the rest of the text: which people it names in full, and what it is about as a whole (a cue of position ``document``).
What is found in a line is remembered with the answer to the first; a line that asks for the second is not remembered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, SupportsIndex, overload

from ..result import Name, Segment
from .candidates import SURNAME
from .gate import Gate, Pending, Verdict
from .match import Hit, Matcher
from .openings import ENDINGS
from .rewrite import REPLACEMENT, Fields, Rewriter
from .scene import Scene, sure

REMEMBERED = 500_000  # code points of lines, about 1 MB with what was found in them; kept twice
LONGEST = 5_000  # code points; a longer line hardly comes again

Asked = tuple[Any, ...]
Rows = tuple[tuple[int, int, Fields], ...]  # of each name: its start, its end, the other fields
Answer = tuple[Asked, Rows, Rows]  # what an answer depended on, the names, and those of them that are rewritten
ALL, REWRITTEN = 1, 2  # their places in it
_new = tuple.__new__  # _new(Name, fields) is Name(*fields) in half the time
NO_NAME, NOTHING, BY_ITSELF, BY_SURNAME = range(-1, 3)  # what may be rewritten in a line


class Known:
    """What is known of a line; offsets count from its beginning.

    Attributes:
        empty: nothing in it may be a name.
        people: whom it names in full; None as long as this is not known, or not for the line alone to say.
        surnames: people that bare surnames in it may be.
        answer: the last one.
        changes: whether any name in it may be rewritten, by what the answer depends on.
    """

    __slots__ = ("answer", "changes", "empty", "people", "surnames")

    def __init__(self) -> None:
        self.empty = False
        self.people: tuple[str, ...] | None = None
        self.surnames: tuple[str, ...] = ()
        self.answer: Answer = ((), (), ())
        self.changes: tuple[bool, bool, int] | None = None


class Line:
    """A line of a text, or a part of one.

    Attributes:
        at: where it begins in the text.
        text: the whole line; names are looked for in ``text[low:high]``.
        language: see `Matcher.hits`.
        known: what is remembered of it.
    """

    __slots__ = ("_groups", "at", "high", "known", "language", "low", "text")

    def __init__(self, at: int, text: str, low: int, high: int, language: str, known: Known) -> None:
        self.at, self.text, self.low, self.high, self.language = at, text, low, high, language
        self.known = known
        self._groups: list[list[Hit]] | None = None

    def groups(self, matcher: Matcher) -> list[list[Hit]]:
        """What may be names in it."""
        if self._groups is None:
            groups = matcher.groups(self.text, self.low, self.high, self.language)
            self._groups = [hits for _, hits in groups]
            self.known.empty = not self._groups
        return self._groups


class Lines:
    """Remembers lines: those met again lately stay, the rest goes."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, bool, str], Known] = {}
        self._older: dict[tuple[str, bool, str], Known] = {}
        self._size = 0  # of the newer lines, in code points

    def of(self, text: str, segments: Sequence[Segment], translated: bool) -> Iterator[Line]:
        """The lines of *text* in its *segments*; *translated* as of `Gazetteer.find`."""
        for segment in segments:
            start, end, language = segment.start, segment.end, language_of(segment)
            least, most = max(0, start - LONGEST), min(len(text), end + LONGEST)  # of a line that others are in too
            at, stop = text.rfind("\n", least, start) + 1 or least, text.find("\n", end, most)
            for content in text[at : stop if stop >= 0 else most].split("\n"):
                if content:
                    line = self._line(content, at, start, end, language, translated)
                    if not line.known.empty:
                        yield line
                at += len(content) + 1

    def _line(self, content: str, at: int, start: int, end: int, language: str, translated: bool) -> Line:
        """The line at *at*, as far as it is in the segment from *start* to *end*."""
        low, high, size = start - at, end - at, len(content)
        if (low <= 0 or not content[:low].strip()) and (high >= size or not content[high:].strip()):
            return Line(at, content, 0, size, language, self._of(content, language, translated))
        return Line(at, content, max(low, 0), min(high, size), language, Known())

    def _of(self, content: str, language: str, translated: bool) -> Known:
        key = (language, translated, content)
        known = self._known.get(key)
        if known is None:
            known = self._older.get(key) or Known()
            if len(content) <= LONGEST:
                if self._size > REMEMBERED:
                    self._older, self._known, self._size = self._known, {}, 0
                self._known[key] = known
                self._size += len(content)
        return known


class Names(Sequence[Name]):
    """The names of a text, in order; each becomes a `Name` when somebody looks at it.

    Args:
        lines: of each line where it begins, and what was found in it.
    """

    def __init__(self, lines: Sequence[tuple[int, Answer]]) -> None:
        self._lines = lines

    def __len__(self) -> int:
        return sum(len(rows) for _, (_, rows, _) in self._lines)

    @overload
    def __getitem__(self, place: SupportsIndex) -> Name: ...
    @overload
    def __getitem__(self, place: slice) -> list[Name]: ...
    def __getitem__(self, place: SupportsIndex | slice) -> Name | list[Name]:
        return self.listed()[place]

    def __iter__(self) -> Iterator[Name]:
        return iter(self.listed())

    def listed(self) -> list[Name]:
        """All of them."""
        return self._made(ALL)

    def rewritten(self) -> list[Name]:
        """Those that are to be rewritten."""
        return self._made(REWRITTEN)

    def _made(self, which: int) -> list[Name]:
        rows = ((at, answer[which]) for at, answer in self._lines)
        return [_new(Name, (at + low, at + high) + rest) for at, some in rows for low, high, rest in some]  # noqa: RUF005


class Finder:
    """Finds the names of one text."""

    def __init__(self, gate: Gate, rewriter: Rewriter) -> None:
        self.gate, self.rewriter, self.matcher = gate, rewriter, gate.candidates.matcher
        self._asked = (rewriter.latin, rewriter.dated)

    def names(self, lines: Sequence[Line], changes_only: bool) -> Names:
        """The names in *lines*, in order; none where *changes_only* and none is rewritten."""
        if changes_only:
            lines = self._changing(lines)
        lines = [line for line in lines if line.known.people is not None or line.groups(self.matcher)]
        begun = [self._begin(line) if line.known.people is None else None for line in lines]
        people: set[str] = set()
        for line, pending in zip(lines, begun, strict=True):
            people.update(pending.people if pending else line.known.people or ())
        found = [(line.at, self._answer(line, pending, people)) for line, pending in zip(lines, begun, strict=True)]
        return Names([each for each in found if each[1][1]])

    def _begin(self, line: Line) -> Pending:
        index, known = self.gate.candidates.index, line.known
        pending = self.gate.begin(Scene(line.text, index.folding, index.cues), line.groups(self.matcher))
        if not pending.asked:
            known.surnames = tuple(pending.surnames())  # first, for another thread may see that people are known
            known.people = tuple(pending.people)
        return pending

    def _answer(self, line: Line, pending: Pending | None, people: set[str]) -> Answer:
        known = line.known
        asked = (*self._asked, *[person for person in known.surnames if person in people])
        if known.answer[0] == asked:
            return known.answer
        pending = pending or self._begin(line)
        verdicts, fields = self.gate.finish(pending, people), self.rewriter.fields
        rows = tuple([(verdict.hit.start, verdict.hit.end, fields(line.text, verdict)) for verdict in verdicts])
        answer = (asked, rows, tuple([row for row in rows if row[2][REPLACEMENT] is not None]))
        if not pending.asked:
            known.answer = answer
        return answer

    def _changing(self, lines: Sequence[Line]) -> Sequence[Line]:
        """The lines in which a name may be rewritten, and those that are needed to tell."""
        changing = []
        for line in lines:
            change = self._change(line)
            if change == BY_SURNAME:  # any line may name the person in full
                return lines
            if change:
                changing.append(line)
        return changing

    def _change(self, line: Line) -> int:
        """Whether any name that the hits of *line* may be would be rewritten, were it meant."""
        known = line.known.changes
        if known is not None and known[:2] == self._asked:
            return known[2]
        asked, _, rewritten = line.known.answer
        if asked == self._asked and not line.known.surnames:  # the names of the line are known, whatever others say
            return BY_ITSELF if rewritten else NOTHING
        index, most = self.gate.candidates.index, NOTHING
        scene = Scene(line.text, index.folding, index.cues)
        for word, hits in self.matcher.groups(line.text, line.low, line.high, line.language, self._asked):
            change = self._change_of(scene, hits)
            most = max(most, change)
            if word and change == NOTHING:
                word.settled.add(self._asked)
        most = max(most, NOTHING)
        line.known.changes = (*self._asked, most)
        return most

    def _change_of(self, scene: Scene, hits: Sequence[Hit]) -> int:
        """The same of one place; `NO_NAME` where none can stand, whatever it says."""
        most = NOTHING if hits else NO_NAME
        for hit in hits:
            choice = self.gate.candidates.of(scene, hit)
            if choice is None:
                most = most or NO_NAME
            for candidate in chain.from_iterable(choice.stages) if choice else ():
                if self.rewriter.fields(scene.text, Verdict(hit, candidate, "", 0))[REPLACEMENT] is not None:
                    most = max(most, BY_SURNAME if candidate.stage == SURNAME else BY_ITSELF)
        return most


def language_of(segment: Segment) -> str:
    """The language of a segment, with the script where it has two; its script alone where the language is not sure."""
    language, script, _ = segment.detection
    if not sure(segment.detection):
        return script if script in ENDINGS else ""
    if (language, script) in (("uz", "Cyrl"), ("tk", "Cyrl"), ("kk", "Latn"), ("kaa", "Cyrl")):
        return f"{language}-{script}"
    return language
