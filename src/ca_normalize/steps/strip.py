"""Strip: what was scraped with an article and is not of it goes; what it tells of the article is noted.

The rules are data (data/noise), matched in `ca_normalize.noise`. One round finds the lines and spans that the rules
name, then what their structure gives away; rounds follow each other until nothing more is found, so that stripping a
stripped text changes nothing.
"""

from __future__ import annotations

from ..context import Context
from ..edits import Edit, Layer, Mapper, apply, changed, flatten
from ..noise.match import Matches, match
from ..noise.page import Page
from ..noise.removal import edits as removal
from ..noise.rules import RuleSet, load
from ..noise.schema import Rule, Structure
from ..noise.structure import find
from ..result import Note

GIVE_UP = 0.4  # of the words: structure that would take more has been misread
ROUNDS = 50  # a text that still changes after so many was made to


def strip(text: str, context: Context) -> list[Edit]:
    """Delete noise; note stamps, credits, bylines, captions and cut teasers.

    Args:
        text: any text.
        context: its config gives level and rules of the user; gets ``notes`` and ``machine_translated``.

    Returns:
        Edits of *text* with step ``strip``; the rule of each is the id of the rule in data/noise.

    Raises:
        DataError: a file of rules of the user breaks the schema.
    """
    rules = load(context.config.level, context.config.rules)
    layers: list[Layer] = []
    source = text
    for number in range(ROUNDS):
        layer, notes = _round(text, rules)
        for note in notes if number == 0 else [note for note in notes if note.kind in _gone_kinds(rules)]:
            start, end = note.start, note.end
            for earlier in reversed(layers):
                start, end = Mapper(earlier).back(start, end)
            context.notes.append(note._replace(start=start, end=end))
        layer = changed(text, layer)
        if not layer:
            break
        layers.append(layer)
        text = apply(text, layer)
    context.machine_translated |= any(note.kind == "translated_by" for note in context.notes)
    return flatten(source, layers)


def _gone_kinds(rules: RuleSet) -> set[str]:
    """Kinds of notes of what leaves the text: the others were noted in the first round."""
    return {rule.note for rule in rules.rules if rule.action == "to-metadata"}


def _round(text: str, rules: RuleSet) -> tuple[list[Edit], list[Note]]:
    page = Page(text)
    matches = match(page, rules)
    gone, notes = _structure(page, matches, rules)
    notes += _notes(page, matches)
    notes.sort(key=lambda note: note.start)
    if not gone and not matches.spans:
        return [], notes
    return removal(page, {n: rule.id for n, rule in gone.items()}, matches.spans), notes


def _structure(page: Page, matches: Matches, rules: RuleSet) -> tuple[dict[int, Rule | Structure], list[Note]]:
    """The lines that go, by rule and by structure; without structure where it would take too much."""
    exact: dict[int, Rule | Structure] = dict(matches.lines)
    gone = dict(exact)
    guarded: set[int] = set()
    notes: list[Note] = []
    for structure in rules.structures:
        if structure.note:
            notes += [_note(page, number, structure.note, structure.id) for number in find(page, gone, structure)]
            continue
        for number in list(find(page, gone, structure)):
            if number not in gone and (not page.long[number] or structure.kind == "repeats"):
                gone[number] = structure
                if structure.guarded:
                    guarded.add(number)
    if guarded and sum(page.words[n] for n in guarded) > GIVE_UP * sum(page.words):
        kept = {number: rule for number, rule in gone.items() if number not in guarded}
        first = min(guarded)
        return kept, [*notes, _note(page, first, "given_up", gone[first].id)]
    return gone, notes


def _note(page: Page, number: int, kind: str, rule: str) -> Note:
    start, end = page.bounds(number)
    return Note(kind, start, end, page.text[start:end], rule)


def _notes(page: Page, matches: Matches) -> list[Note]:
    lines = [*matches.flags, *matches.lines.items()]
    notes = [_note(page, number, rule.note, rule.id) for number, rule in lines if rule.note]
    for span in matches.spans:
        if span.rule.note:
            start, end = span.kept if span.kept[0] < span.kept[1] else (span.start, span.end)
            notes.append(Note(span.rule.note, start, end, page.text[start:end].strip(), span.rule.id))
    return notes
