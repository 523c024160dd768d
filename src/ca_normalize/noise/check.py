"""Check a file of rules: its schema, and that its examples do what they say.

The tests run this over data/noise; ``ca-normalize --check-rules FILE`` runs it over a user's file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..data import line_of
from ..edits import apply
from ..errors import DataError
from .engine import clean
from .match import match
from .page import Page
from .rules import RuleSet, load
from .schema import Rule, Structure, read
from .structure import complete


def check_rules(path: Path) -> int:
    """Check the rules of *path* as if they stood beside those of the package; how many they are.

    Raises:
        DataError: the file breaks the schema, or an example does not do what it says; with file, line and entry of
            the first problem, and the number of those behind it.
    """
    path = Path(path)
    base = load("aggressive")
    rules, structures = read(path, base.lexicons)
    load("aggressive", (path,))  # ids that are taken already
    problems = list(failures(rules, structures, base))
    if problems:
        entry, problem = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise DataError(problem + more, file=path, line=line_of(path, f'"{entry}"'), entry=entry)
    return len(rules) + len(structures)


def failures(rules: Sequence[Rule], structures: Sequence[Structure], base: RuleSet) -> Iterator[tuple[str, str]]:
    """Each example that does not do what it says: the id of its rule, and the problem."""
    for rule in rules:
        alone = RuleSet([rule], [], base.lexicons)
        for text in rule.positive:
            if not _holds(text, alone):
                yield rule.id, f"does not hold for its positive example {text!r}"
        for text in rule.negative:
            if _holds(text, alone):
                yield rule.id, f"holds for its negative example {text!r}"
    for structure in structures:
        yield from _structure_failures(structure, rules, base)


def _holds(text: str, rules: RuleSet) -> bool:
    found = match(Page(text), rules)
    return bool(found.lines or found.spans or found.flags)


def _structure_failures(structure: Structure, rules: Sequence[Rule], base: RuleSet) -> Iterator[tuple[str, str]]:
    known = {rule.id for rule in base.rules}
    shape = complete(structure)
    together = RuleSet([*base.rules, *(rule for rule in rules if rule.id not in known)], [shape], base.lexicons)
    for text, gives in structure.positive:
        cleaned = clean(text, together)
        got = ", ".join(note.kind for note in cleaned.notes) if structure.note else apply(text, cleaned.edits)
        if got != gives:
            yield structure.id, f"makes {got!r} of its positive example {text!r}, not {gives!r}"
    for text in structure.negative:
        cleaned = clean(text, together)
        if structure.id in {*(edit.rule for edit in cleaned.edits), *(note.rule for note in cleaned.notes)}:
            yield structure.id, f"holds for its negative example {text!r}"
