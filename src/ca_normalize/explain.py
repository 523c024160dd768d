"""A report for people of what was done to a text, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from .config import STEPS
from .edits import Edit
from .result import Normalized

WIDTH = 60  # code points of a quotation
WORDY = {"transliterate"}  # steps with an edit for nearly every word: these are counted, not listed
EXAMPLES = 3


def explain(result: Normalized) -> str:
    """The report on one text, a line a fact; offsets are code points of the source."""
    return "\n".join(_lines(result))


def _lines(result: Normalized) -> Iterator[str]:
    yield f"language: {result.language.tag} ({result.language.confidence:.2f})"
    yield from _languages(result)
    by_step: dict[str, list[Edit]] = {step: [] for step in STEPS}
    for edit in result.edits:
        by_step.setdefault(edit.step, []).append(edit)
    for step, edits in by_step.items():
        if edits:
            yield f"{step}: {len(edits)} edit{'s' if len(edits) > 1 else ''}"
            yield from _counted(edits, result) if step in WORDY else _listed(edits, result)
    yield from _left_alone(result)
    for kind, notes in result.metadata.items():
        for note in notes:
            yield f"noted: {kind}: {quote(note.text)} at {note.start} [{note.rule}]"


def _languages(result: Normalized) -> Iterator[str]:
    tags = {segment.detection.tag for segment in result.segments}
    if len(tags) > 1:
        for start, end, detection in result.segments:
            yield f"  {start}-{end}: {detection.tag} ({detection.confidence:.2f})"


def _listed(edits: list[Edit], result: Normalized) -> Iterator[str]:
    why = reasons(result)
    for start, end, replacement, step, rule in edits:
        old = quote(result.source[start:end])
        what = f"{old} -> {quote(replacement)}" if replacement else f"{old} deleted"
        reason = why(step, rule)
        yield f"  {start}-{end} [{rule}] {what}" + (f": {reason}" if reason else "")


def _counted(edits: list[Edit], result: Normalized) -> Iterator[str]:
    for rule, count in Counter(edit.rule for edit in edits).most_common():
        some = [edit for edit in edits if edit.rule == rule][:EXAMPLES]
        shown = ", ".join(f"{quote(result.source[e.start : e.end])} -> {quote(e.replacement)}" for e in some)
        yield f"  {count} x [{rule}] {shown}" + (" ..." if count > EXAMPLES else "")


def _left_alone(result: Normalized) -> Iterator[str]:
    if result.names:
        yield f"names: {len(result.names)} found"
    for name in result.names:
        if name.replacement is None:
            place, what = f"{name.start}-{name.end}", f"{quote(name.surface)} is {name.canonical} ({name.id})"
            yield f"  {place} {what}, left as it is [{name.rule}]"


def quote(text: str) -> str:
    """*text* on one line, cut in the middle where it is long, in quotation marks.

    >>> quote("a\\nb")
    '"a\\\\nb"'
    """
    flat = text.encode("unicode_escape").decode("ascii") if not text.isprintable() and len(text) < 4 else text
    flat = flat.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    flat = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in flat)
    if len(flat) > WIDTH:
        flat = f"{flat[: WIDTH - 20]} … {flat[-17:]}"
    return f'"{flat}"'


def reasons(result: Normalized) -> Callable[[str, str], str]:
    """A function from step and rule to the reason that the rule's own data gives; empty where it gives none."""
    from .noise.rules import why

    return lambda step, rule: why(rule, result.rules) if step == "strip" else ""
