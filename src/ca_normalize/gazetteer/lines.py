"""Names line by line. What is known of a line holds wherever the line stands, and is remembered.

No name goes on over the end of a line, and what speaks for or against one stands in its line too. Two things come from
the rest of the text: which people it names in full, and what it is about as a whole (a cue of position ``document``). A
line that asks for the first is remembered with the answer; one that asks for the second is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from ..result import Name, Segment
from .gate import SURNAME, Gate, Pending, Verdict
from .match import Hit, Matcher
from .openings import ENDINGS
from .rewrite import Rewriter
from .scene import sure

REMEMBERED = 500_000  # code points of lines, about 5 MB with what was found in them; kept twice
LONGEST = 5_000  # code points; a longer line hardly comes again

# For each group, each hit: its start, its end, and its other fields. Plain tuples, since Python's search for garbage
# passes over them, but not over named ones.
Groups = tuple[tuple[tuple[int, int, tuple[Any, ...]], ...], ...]
Rows = tuple[tuple[int, int, tuple[Any, ...]], ...]  # of each name: its start, its end, the other fields
_hit = partial(tuple.__new__, Hit)  # Hit(fields), in half the time
_name = partial(tuple.__new__, Name)
NOTHING, BY_ITSELF, BY_SURNAME = range(3)  # what may be rewritten in a line


class Line:
    """What is known of a line; offsets count from its beginning.

    Attributes:
        groups: the hits in it.
        people: whom it names in full; None as long as this is not known, or not the line's own affair.
        surnames: people that bare surnames in it may be.
        names: what was found in it, by what the answer depends on.
        changes: whether any name in it may be rewritten, the same way.
    """

    __slots__ = ("changes", "groups", "names", "people", "surnames")

    def __init__(self, groups: Groups) -> None:
        self.groups = groups
        self.people: tuple[str, ...] | None = None
        self.surnames: tuple[str, ...] = ()
        self.names: dict[tuple[Any, ...], Rows] = {}
        self.changes: dict[tuple[bool, bool], int] = {}


class Lines:
    """Remembers lines: those met again lately stay, the rest goes."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self._lines: dict[tuple[str, bool, str], Line] = {}
        self._older: dict[tuple[str, bool, str], Line] = {}
        self._size = 0  # of the newer lines, in code points

    def of(self, text: str, segments: Sequence[Segment], translated: bool) -> Iterator[tuple[int, Line]]:
        """The lines of *text* that names may stand in, each with its start."""
        for segment in segments:
            start, end, language = segment.start, segment.end, language_of(segment)
            whole = _whole_lines(text, start, end)
            for text_of_line in text[start:end].split("\n"):
                if text_of_line:
                    line = (
                        self._line(text_of_line, language, translated) if whole else self.read(text_of_line, language)
                    )
                    if line.groups:
                        yield start, line
                start += len(text_of_line) + 1

    def read(self, line: str, language: str) -> Line:
        """A line that is not remembered."""
        found = self.matcher.hits(line, 0, len(line), language)
        return Line(tuple(tuple((hit[0], hit[1], hit[2:]) for hit in group) for group in found))

    def _line(self, text: str, language: str, translated: bool) -> Line:
        key = (language, translated, text)
        known = self._lines.get(key)
        if known is None:
            known = self._older.get(key) or self.read(text, language)
            if len(text) > LONGEST:
                return known
            if self._size > REMEMBERED:
                self._older, self._lines, self._size = self._lines, {}, 0
            self._lines[key] = known
            self._size += len(text)
        return known


class Finder:
    """Finds the names of one text.

    Args:
        lines: those of the text that names may stand in.
    """

    def __init__(self, lines: Sequence[tuple[int, Line]], gate: Gate, rewriter: Rewriter) -> None:
        self.lines, self.gate, self.rewriter = lines, gate, rewriter
        self._asked = (rewriter.latin, rewriter.dated)

    def names(self, changes_only: bool) -> list[Name]:
        """The names, in order; no names where *changes_only* and none is rewritten."""
        lines = self._changing() if changes_only else self.lines
        people: set[str] = set()
        pending: list[Pending | None] = []
        for at, line in lines:
            begun = self._begin(at, line) if line.people is None else None
            people.update(begun.people if begun else line.people or ())
            pending.append(begun)
        found: list[Name] = []
        for (at, line), begun in zip(lines, pending, strict=True):
            for start, end, fields in self._rows(at, line, begun, people):
                found.append(_name((at + start, at + end, *fields)))
        return found

    def _begin(self, at: int, line: Line) -> Pending:
        begun = self.gate.begin(_hits(at, line.groups))
        if not begun.asked_document:
            line.people, line.surnames = tuple(begun.people), tuple(begun.surnames())
        return begun

    def _rows(self, at: int, line: Line, begun: Pending | None, people: set[str]) -> Rows:
        relevant = tuple(person for person in line.surnames if person in people)
        key = (*self._asked, *relevant)
        rows = line.names.get(key) if line.people is not None else None
        if rows is None:
            begun = begun or self.gate.begin(_hits(at, line.groups))
            rows = tuple(self._row(at, verdict) for verdict in self.gate.finish(begun, people))
            if line.people is not None and not begun.asked_document:
                line.names[key] = rows
        return rows

    def _row(self, at: int, verdict: Verdict) -> tuple[int, int, tuple[Any, ...]]:
        entity, (start, end, *_), rule = verdict.candidate.entity, verdict.hit, verdict.rule
        replacement, why_not = self.rewriter.rewrite(verdict)
        rule = f"{rule}; {why_not}" if why_not else rule
        surface = self.rewriter.scene.text[start:end]
        fields = (surface, entity.id, entity.type, entity.label, replacement, rule)
        return start - at, end - at, fields

    def _changing(self) -> Sequence[tuple[int, Line]]:
        """The lines in which a name may be rewritten, and those that are needed to tell."""
        changing, most = [], NOTHING
        for at, line in self.lines:
            change = line.changes.get(self._asked)
            if change is None:
                change = line.changes[self._asked] = self._change(at, line)
            if change:
                changing.append((at, line))
                most = max(most, change)
        return self.lines if most == BY_SURNAME else changing

    def _change(self, at: int, line: Line) -> int:
        """Whether any name that the hits of *line* may be would be rewritten, were it meant."""
        most = NOTHING
        for group in _hits(at, line.groups):
            for hit in group:
                for stage, candidates in enumerate(self.gate.candidates(hit) or ()):
                    for candidate in candidates:
                        if self.rewriter.rewrite(Verdict(hit, candidate, "", 0))[0] is not None:
                            most = max(most, BY_SURNAME if stage == SURNAME else BY_ITSELF)
        return most


def _hits(at: int, groups: Groups) -> list[list[Hit]]:
    return [[_hit((at + start, at + end, *fields)) for start, end, fields in group] for group in groups]


def _whole_lines(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is lines, but for white space around it."""
    line_end = text.find("\n", end)
    before, after = text[text.rfind("\n", 0, start) + 1 : start], text[end : line_end if line_end >= 0 else len(text)]
    return not (before.strip() or after.strip())


def language_of(segment: Segment) -> str:
    """The language of a segment, with the script where it has two; its script alone where the language is not sure."""
    language, script, _ = segment.detection
    if not sure(segment.detection):
        return script if script in ENDINGS else ""
    if (language, script) in (("uz", "Cyrl"), ("tk", "Cyrl"), ("kk", "Latn"), ("kaa", "Cyrl")):
        return f"{language}-{script}"
    return language
