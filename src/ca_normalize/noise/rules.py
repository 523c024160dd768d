"""All rules, compiled once: a dict of whole lines, an automaton over the literals, regexes when they are needed."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from .. import data
from ..config import LEVELS
from ..data import line_of
from ..errors import DataError
from .patient import PatientPattern
from .recurring import RECURRING
from .schema import Rule, Structure, read, read_lexicons
from .structure import complete

MANY_CHARS = 1_000_000  # from there on the quicker automaton has paid for itself
MARGIN = 40  # white space that a line may have around it
LONG_LINE = 400  # code points; few rules look at a longer line, and its literals take two thirds of the time to find
VERSION = 1  # of what `_build` makes: raise it when that changes
LEXICON = "lexicon.toml"


class RuleSet:
    """The rules of one level, ready to be matched.

    Attributes:
        rules: those of `level` and of the levels below it.
        structures: likewise, in the order in which they are tried.
        lexicons: lists of folded words by name.
        own: ids of rules from files of the user.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        structures: Sequence[Structure],
        lexicons: dict[str, list[str]],
        own: frozenset[str] = frozenset(),
    ) -> None:
        self.rules = rules
        self.own = own
        self.structures = structures
        self.lexicons = lexicons
        self.moved = {rule.id for rule in rules if rule.action == "to-metadata"}
        self._regexes: dict[str, re.Pattern[str] | PatientPattern] = {}

    @cached_property
    def whole(self) -> dict[str, tuple[Rule, ...]]:
        """Rules by the whole line that they are for."""
        return _by_key(self.rules, lambda rule: rule.lines)

    @cached_property
    def first(self) -> dict[str, tuple[Rule, ...]]:
        """Rules by the first word of the lines that they are for."""
        return _by_key(self.rules, lambda rule: rule.first)

    @cached_property
    def literals(self) -> list[tuple[str, list[Rule], int]]:
        """Keys, each with the rules that it calls for, and the longest line that any of these looks at."""
        table: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for word in rule.keys:
                table.setdefault(word, []).append(rule)
        literals = [(word, rules, max(_reach(rule) for rule in rules)) for word, rules in table.items()]
        return sorted(literals, key=lambda literal: literal[2] < LONG_LINE)  # those of long lines first

    def hits(self, folded: str, long: bool) -> Iterator[tuple[int, int]]:
        """Every literal in some folded lines, in one pass: its place in `literals`, and its start (code points).

        Args:
            folded: the lines.
            long: all have `LONG_LINE` code points, so that only literals are asked that such lines are looked at for.
        """
        return self._automata[long].hits(folded)

    @cached_property
    def _automata(self) -> tuple[Automaton, Automaton]:
        """For any lines, and for long ones."""
        words = [word for word, _, _ in self.literals]
        far = sum(1 for _, _, reach in self.literals if reach >= LONG_LINE)
        return Automaton(words), Automaton(words[:far])

    def regex(self, rule: Rule) -> re.Pattern[str] | PatientPattern:
        """The compiled regex of *rule*; compiled when it is first needed."""
        pattern = self._regexes.get(rule.id)
        if pattern is None:
            pattern = PatientPattern(rule) if rule.id in self.own else re.compile(rule.regex)
            self._regexes[rule.id] = pattern
        return pattern


class Automaton:
    """Finds some literals in one pass over a text.

    It looks at bytes: to count code points along the way would take a third of the time, and most texts hold few of
    the literals.
    """

    def __init__(self, literals: Sequence[str]) -> None:
        self._literals = [literal.encode() for literal in literals]
        self._read = 0  # code points so far

    def hits(self, text: str) -> Iterator[tuple[int, int]]:
        """Every literal in *text*, which has no lone surrogates: its place among them, and its start (code points)."""
        self._read += len(text)
        automaton = self._quick if self._read > MANY_CHARS else self._small
        encoded = text.encode()
        before = at = 0  # the hit before: bytes, code points
        for which, start, _ in automaton.find_matches_as_indexes(encoded, overlapping=True):
            if start >= before:
                at += len(encoded[before:start].decode())
            else:  # they are in the order of their ends
                at -= len(encoded[start:before].decode())
            before = start
            yield which, at

    @cached_property
    def _small(self) -> Any:
        from ahocorasick_rs import BytesAhoCorasick

        return BytesAhoCorasick(self._literals)

    @cached_property
    def _quick(self) -> Any:
        """Twice as fast, and ten times as long to build: for those who have much to read."""
        from ahocorasick_rs import BytesAhoCorasick, Implementation

        return BytesAhoCorasick(self._literals, implementation=Implementation.DFA)


def _by_key(rules: Iterable[Rule], keys: Callable[[Rule], Iterable[str]]) -> dict[str, tuple[Rule, ...]]:
    """Rules by their keys. Most keys have one rule, and share a tuple with the other keys of it."""
    table: dict[str, tuple[Rule, ...]] = {}
    for rule in rules:
        alone = (rule,)
        for key in keys(rule):
            table[key] = (*table[key], rule) if key in table else alone
    return table


def _reach(rule: Rule) -> int:
    return sys.maxsize if rule.scope == "span" else rule.max_chars + MARGIN


@cache
def load(level: str = "default", extra: tuple[Path, ...] = ()) -> RuleSet:
    """The rules that come with the package, and those of the files *extra*, up to *level*.

    Raises:
        DataError: a file breaks the schema; with file, line and entry.
    """
    plain = data.built("noise-rules", data.files("noise"), _build, VERSION)
    rules = [Rule(**{name: _tuple(value) for name, value in row.items()}) for row in plain["rules"]]
    structures = [complete(Structure(**row)) for row in plain["structures"]]
    ids = _ids(rules, structures)
    packaged = frozenset(ids)
    for path in extra:
        more, shapes = read(path, plain["lexicons"])
        _unique(path, _ids(more, shapes), ids)
        rules += more
        structures += map(complete, shapes)
    allowed = LEVELS[: LEVELS.index(level) + 1]
    return RuleSet(
        [rule for rule in rules if rule.tier in allowed],
        [rule for rule in structures if rule.tier in allowed],
        plain["lexicons"],
        frozenset(ids) - packaged,
    )


def why(rule: str, extra: tuple[Path, ...] = ()) -> str:
    """The reason that the rule of this id gives, or "" where there is no such rule."""
    return reasons(extra).get(rule, "")


@cache
def reasons(extra: tuple[Path, ...]) -> dict[str, str]:
    """Every rule, by id, with its reason."""
    full = load(LEVELS[-1], extra)
    structures = {entry.id: entry.why for entry in (RECURRING, *full.structures)}
    return structures | {entry.id: entry.why for entry in full.rules}


def sources() -> tuple[list[Rule], list[Structure], dict[str, list[str]]]:
    """Every rule of the package with its examples, read from the source files."""
    rules: list[Rule] = []
    structures: list[Structure] = []
    ids: list[str] = []
    lexicons = read_lexicons(data.root() / "noise" / LEXICON)
    for path in data.files("noise"):
        if path.name == LEXICON:
            continue
        more, shapes = read(path, lexicons)
        _unique(path, _ids(more, shapes), ids)
        rules += more
        structures += shapes
    return rules, structures, lexicons


def _build() -> dict[str, Any]:
    rules, structures, lexicons = sources()
    return {
        "rules": [rule.to_json() for rule in rules],
        "structures": [
            {"id": s.id, "cls": s.cls, "why": s.why, "kind": s.kind, "tier": s.tier, "params": s.params,
             "positive": (), "negative": (), "guarded": s.guarded, "note": s.note} for s in structures
        ],
        "lexicons": lexicons,
    }  # fmt: skip


def _ids(rules: Sequence[Rule], structures: Sequence[Structure]) -> list[str]:
    return [*(rule.id for rule in rules), *(rule.id for rule in structures)]


def _unique(path: Path, new: Sequence[str], known: list[str]) -> None:
    """Add the ids *new* to *known*; refuse one that is there already."""
    for name in new:
        if name in known:
            line = line_of(path, f'"{name}"')
            raise DataError("there is a rule of this id already: choose another", file=path, line=line, entry=name)
        known.append(name)


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
