"""What a rule is. A file of rules is TOML; every entry is checked when it is read.

A rule says which lines, or spans of a line, are noise (or worth noting), and why; it carries examples of both what it
is for and what it must leave alone, and the tests run them. docs/noise.md describes every field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from ..config import LANGUAGES, LEVELS
from ..data import line_of, read_toml
from ..errors import DataError, choices

SCOPES = ("line", "prefix", "span")
ZONES = ("any", "head", "tail", "edge")
ACTIONS = ("delete", "flag", "to-metadata", "split")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SET = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\.")  # of characters, and escaped ones: no quantifier in there
_UNBOUNDED = re.compile(r"(?<![}?])[*+]|\{\d+,\}")  # behind } and ? a plus makes it possessive
_IN_LINE = re.compile(r"@([a-z-]+)")
_LEXICON = re.compile(r"\{\{([a-z-]+)\}\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of data/noise, or of a user's file.

    Attributes:
        id: what an edit names as its rule.
        cls: the class of noise (``share_bar``), which structure rules refer to.
        why: one sentence for ``explain``.
        languages: BCP 47 codes of the outlets where it was seen; for people, a rule holds in any language.
        lines: whole lines, in folded form (`ca_normalize.noise.fold.key`).
        first: first words of a line, in folded form; with a regex.
        keys: literals in folded form that a line must hold before the regex is tried.
        regex: what the line, or the span, must match; empty where the literal says it all.
        case: the regex is matched with the text as it stands, not with its folded form.
        scope: line (the whole line matches), prefix (its beginning does, the whole line goes), span (only the match).
        zone: head (before the first paragraph), tail (after the last), edge (either), any.
        action: delete, flag (note it, leave it), to-metadata (delete and note it), split (a paragraph break instead).
        tier: the level from which it is used: safe, default, aggressive.
        note: the kind under which it is noted in the metadata.
        max_chars: longer lines are not tried (code points); of a span, the longest match.
    """

    id: str
    cls: str
    why: str
    positive: tuple[str, ...]
    negative: tuple[str, ...]
    languages: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    regex: str = ""
    case: bool = False
    scope: str = "line"
    zone: str = "any"
    action: str = "delete"
    tier: str = "default"
    note: str = ""
    max_chars: int = 160

    def to_json(self) -> dict[str, Any]:
        """Plain data, less the examples, for the cache."""
        plain = asdict(self)
        plain["positive"] = plain["negative"] = ()
        return plain


@dataclass(frozen=True, slots=True)
class Structure:
    """A rule that looks at the shape and place of several lines; `kind` names the function in `structure`."""

    id: str
    cls: str
    why: str
    kind: str
    tier: str
    params: dict[str, Any]
    positive: tuple[tuple[str, str], ...]
    negative: tuple[str, ...]
    guarded: bool = True
    note: str = ""


def read(path: Path, lexicons: Mapping[str, Iterable[str]]) -> tuple[list[Rule], list[Structure]]:
    """The rules of one file.

    Args:
        path: a TOML file with ``[[rule]]`` and ``[[structure]]`` entries.
        lexicons: the lists of words that a ``{{name}}`` in a regex, and an ``@name`` among keys, stands for.

    Raises:
        DataError: with file, line and entry.
    """
    table = read_toml(path)
    for name in table:
        if name not in ("rule", "structure"):
            raise DataError(f"unknown table {name!r}: a file of rules has [[rule]] and [[structure]]", file=path)
        if not isinstance(table[name], list) or not all(isinstance(row, dict) for row in table[name]):
            raise DataError(f"write [[{name}]], in double brackets, before each entry", file=path)
    rules = [_rule(_Entry(path, "rule", row, n), lexicons) for n, row in enumerate(table.get("rule", ()))]
    rows = table.get("structure", ())
    return rules, [_structure(_Entry(path, "structure", row, n), lexicons) for n, row in enumerate(rows)]


def read_lexicons(path: Path) -> dict[str, list[str]]:
    """The lists of words of a lexicon file: name to folded words, longest first."""
    from .fold import fold

    lexicons = {}
    for name, words in read_toml(path).items():
        if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
            raise DataError("must be a list of words", file=path, line=line_of(path, name), entry=name)
        lexicons[name] = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return lexicons


_SAID = {str: "a string", bool: "true or false", int: "a whole number", dict: "a table"}
_KINDS: dict[str, type] = dict.fromkeys(("id", "class", "why", "regex", "scope", "zone", "action", "tier"), str) | {
    "note": str, "kind": str, "case": bool, "guarded": bool, "max_chars": int, "params": dict,
}  # fmt: skip


class _Entry:
    """A row of a file, and where it stands there, for error messages."""

    def __init__(self, path: Path, table: str, row: dict[str, Any], number: int) -> None:
        self.path, self.row = path, dict(row)
        self.id: str = row.get("id", "")
        self.name = self.id or f"{table} {number + 1}"
        self.line = line_of(path, f'"{self.id}"') if self.id else 0

    def error(self, problem: str) -> DataError:
        return DataError(problem, file=self.path, line=self.line, entry=str(self.name))

    def check_names(self, known: Iterable[str], needed: Iterable[str]) -> None:
        known = list(known)
        for field in self.row:
            if field not in known:
                raise self.error(choices(field, known, "field of a rule"))
        for field in needed:
            if not self.row.get(field):
                raise self.error(f"has no {field!r}")
        for field, kind in _KINDS.items():
            if field in self.row and type(self.row[field]) is not kind:
                raise self.error(f"{field!r} must be {_SAID[kind]}, not {self.row[field]!r}")
        if not _ID.fullmatch(self.id):
            raise self.error("an id is made of lower-case letters, digits and hyphens")

    def one_of(self, field: str, allowed: Iterable[str]) -> None:
        if field in self.row and self.row[field] not in allowed:
            raise self.error(choices(self.row[field], allowed, field))

    def texts(self, field: str) -> tuple[str, ...]:
        value = self.row.get(field, ())
        if not isinstance(value, (list, tuple)) or not all(isinstance(text, str) and text for text in value):
            raise self.error(f"{field!r} must be a list of strings, none of them empty")
        return tuple(value)


def _rule(entry: _Entry, lexicons: Mapping[str, Iterable[str]]) -> Rule:
    known = ["class" if field.name == "cls" else field.name for field in fields(Rule)]
    entry.check_names(known, ("id", "class", "why", "positive", "negative"))
    row = entry.row
    for field, allowed in (("scope", SCOPES), ("zone", ZONES), ("action", ACTIONS), ("tier", LEVELS)):
        entry.one_of(field, allowed)
    for field in ("languages", "positive", "negative"):
        row[field] = entry.texts(field)
    for language in row["languages"]:
        if language not in LANGUAGES:
            raise entry.error(choices(language, LANGUAGES, "language"))
    row["lines"], row["first"], row["keys"] = _literals(entry, lexicons)
    row["regex"] = _regex(entry, lexicons)
    if row.get("action") in ("flag", "to-metadata") and not row.get("note"):
        raise entry.error(f"action {row['action']!r} needs a 'note': the kind that it is kept under")
    row["cls"] = row.pop("class")
    try:
        return Rule(**row)
    except TypeError as error:
        raise entry.error(str(error)) from error


Literals = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _literals(entry: _Entry, lexicons: Mapping[str, Iterable[str]]) -> Literals:
    """`lines`, `first` and `keys`, folded; a regex without any is refused: it would have to be tried on every line."""
    from .fold import KEY_CHARS, fold, key

    lines = [key(fold(line)) for line in _spelt_out(entry, "lines", lexicons)]
    first = [fold(word) for word in _spelt_out(entry, "first", lexicons)]
    keys = [fold(word) for word in _spelt_out(entry, "keys", lexicons)]
    if not lines and not first and not keys:
        raise entry.error("has no literal: give 'lines' (whole lines), 'first' words, or 'keys' that a line must hold")
    if first and not entry.row.get("regex"):
        raise entry.error("'first' needs a 'regex' for the rest of the line")
    if "" in lines or any(len(word) < 2 and word.isalnum() for word in keys):
        raise entry.error("a literal is too short: a line must not be empty, and a key is more than a letter or digit")
    if any(len(line) > KEY_CHARS for line in lines):
        raise entry.error(f"a whole line has at most {KEY_CHARS} characters: longer ones go by 'keys' and a regex")
    if (lines or first) and entry.row.get("scope", "line") != "line":
        raise entry.error("'lines' and 'first' are of whole lines: a prefix or span goes by 'keys'")
    return tuple(dict.fromkeys(lines)), tuple(dict.fromkeys(first)), tuple(dict.fromkeys(keys))


def _spelt_out(entry: _Entry, field: str, lexicons: Mapping[str, Iterable[str]]) -> Iterable[str]:
    """The literals of *field*, with one for each word of a lexicon where ``@name`` stands in it."""
    for line in entry.texts(field):
        name = _IN_LINE.search(line)
        if name is None:
            yield line
        elif name[1] not in lexicons:
            raise entry.error(choices(name[1], lexicons, "lexicon"))
        else:
            yield from (line.replace(name[0], word) for word in lexicons[name[1]])


def _regex(entry: _Entry, lexicons: Mapping[str, Iterable[str]]) -> str:
    pattern = entry.row.get("regex", "")

    def words(match: re.Match[str]) -> str:
        if match[1] not in lexicons:
            raise entry.error(choices(match[1], lexicons, "lexicon"))
        return "(?:" + "|".join(re.escape(word) for word in lexicons[match[1]]) + ")"

    pattern = _LEXICON.sub(words, pattern)
    try:
        _compiled(pattern)
    except ValueError as error:
        raise entry.error(f"'regex' is not valid: {error}") from error
    if entry.row.get("scope") == "span" and _UNBOUNDED.search(_SET.sub("x", pattern)):
        raise entry.error("a span's regex must be bounded: write {0,200} for '*' and {1,200} for '+'")
    return pattern


def _compiled(pattern: str) -> None:
    r"""Compile *pattern*, to see whether it is valid; ``\p{...}``, which re does not know, by the regex package.

    Raises:
        ValueError: it is not.
    """
    try:
        re.compile(pattern)
    except re.error as error:
        if "\\p{" not in pattern:
            raise ValueError(str(error)) from error
        import regex

        try:
            regex.compile(pattern)
        except regex.error as other:
            raise ValueError(str(other)) from other


def _structure(entry: _Entry, lexicons: Mapping[str, Iterable[str]]) -> Structure:
    known = ("id", "class", "why", "kind", "tier", "params", "positive", "negative", "guarded", "note")
    entry.check_names(known, ("id", "class", "why", "kind", "tier", "positive", "negative"))
    entry.one_of("tier", LEVELS)
    pairs = entry.row["positive"]
    if not all(isinstance(pair, dict) and set(pair) == {"text", "gives"} for pair in pairs):
        raise entry.error("each positive example is {text = ..., gives = ...}")
    params = entry.row.get("params", {})
    return Structure(
        id=entry.id,
        cls=entry.row["class"],
        why=entry.row["why"],
        kind=entry.row["kind"],
        tier=entry.row["tier"],
        params={name: _words(entry, value, lexicons) for name, value in params.items()},
        positive=tuple((pair["text"], pair["gives"]) for pair in pairs),
        negative=entry.texts("negative"),
        guarded=entry.row.get("guarded", True),
        note=entry.row.get("note", ""),
    )


def _words(entry: _Entry, value: Any, lexicons: Mapping[str, Iterable[str]]) -> Any:
    """A parameter as it is, or the words of the lexicon that it names (``@name``)."""
    if not isinstance(value, str) or not value.startswith("@"):
        return value
    if value[1:] not in lexicons:
        raise entry.error(choices(value[1:], lexicons, "lexicon"))
    return list(lexicons[value[1:]])
