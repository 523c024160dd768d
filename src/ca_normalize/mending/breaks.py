"""Spaces and lines that a tag took with it, or left behind: the rules of data/repair/breaks.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from .. import data
from ..edits import Edit
from ..errors import DataError

STEP = "repair"
PARAGRAPH = "broken-paragraph"
_PATTERNS = {"pattern", "before", "stop", "item"}
_FIELDS = {"why", "keys", "to", "examples", "kept"}


def breaks(text: str) -> Iterator[Edit]:
    """Edits that put lost spaces back and join broken paragraphs, sorted."""
    edits = [edit for name, rule in rules().items() for edit in _found(text, name, rule)]
    return iter(sorted(edits))


def _may_match(text: str, rule: dict[str, Any]) -> bool:
    return any(key.search(text) for key in rule["keys"])


@cache
def rules() -> dict[str, dict[str, Any]]:
    """The rules by name, with their patterns compiled.

    Raises:
        DataError: a rule lacks a field, or has a pattern that is none.
    """
    path = data.root() / "repair" / "breaks.toml"
    found = {}
    for name, entry in data.table(path).items():
        needed = _FIELDS | ({"before", "stop", "words", "lines", "item"} if name == PARAGRAPH else {"pattern"})
        if missing := sorted(needed - entry.keys()):
            line = data.line_of(path, f"[{name}]")
            raise DataError(f"lacks {', '.join(missing)}", file=path, line=line, entry=name)
        try:
            patterns: dict[str, Any] = {key: re.compile(entry[key]) for key in _PATTERNS & entry.keys()}
            patterns["keys"] = [re.compile(key) for key in entry["keys"]]
        except re.error as error:
            raise DataError(f"not a regular expression: {error}", file=path, entry=name) from error
        found[name] = entry | patterns
    return found


def _found(text: str, name: str, rule: dict[str, Any]) -> Iterator[Edit]:
    if name == PARAGRAPH:
        if _may_match(text, rule):
            yield from _paragraphs(text, rule)
        return
    for start, end in _lines_with(text, rule["keys"]):
        for match in rule["pattern"].finditer(text, start, end):
            yield Edit(match.start(1), match.end(1), rule["to"], STEP, name)


def _lines_with(text: str, keys: Iterable[re.Pattern[str]]) -> list[tuple[int, int]]:
    """The lines in which one of *keys* is found: start and end of each, sorted."""
    lines = set()
    for key in keys:
        at = 0
        while found := key.search(text, at):
            at = text.find("\n", found.end())
            at = len(text) if at < 0 else at
            lines.add((text.rfind("\n", 0, found.start()) + 1, at))
    return sorted(lines)


def _paragraphs(text: str, rule: dict[str, Any]) -> Iterator[Edit]:
    """Joins of runs of a few lines of which all but the last end within the sentence."""
    start, run = 0, list[int]()  # where the line begins; line breaks within a sentence, one after the other
    sound = True  # whether every line of the run may be part of a paragraph
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        goes_on = any(key.match(text, end) for key in rule["keys"]) and rule["before"].search(line[-40:]) is not None
        if goes_on or run:
            sound = sound and not rule["item"].search(line)
        if goes_on:
            sound = sound and len(line.split(maxsplit=rule["words"])) >= rule["words"]
            run.append(end)
        else:
            if run and sound and len(run) < rule["lines"] and rule["stop"].search(line[-2:]):
                yield from (Edit(at, at + 1, rule["to"], STEP, PARAGRAPH) for at in run)
            run, sound = [], True
        start = end + 1
