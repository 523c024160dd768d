"""One text through the rules: rounds of matching and structure, until nothing more is found.

Every round reads the text that the round before it left, so a text that comes out would come out of itself.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from ..config import LEVELS
from ..edits import Edit, Layer, Mapper, apply, changed, flatten
from ..result import Note
from .match import Matches, match
from .page import Page
from .recurring import RECURRING
from .removal import edits as removal
from .rules import RuleSet
from .schema import Rule, Structure
from .structure import find

GIVE_UP = 0.4  # of the words: structure that would take more has been misread
SAFE = LEVELS[0]  # what is noise whatever it stands beside
ROUNDS = 50  # a text that still changes after so many was made to


class Cleaned(NamedTuple):
    """What the rules make of a text: edits of it, and what they noted, with offsets in it."""

    edits: list[Edit]
    notes: list[Note]


def clean(text: str, rules: RuleSet, recurring: Collection[str] = (), at_once: bool = False) -> Cleaned:
    """Strip *text* by *rules*, and of the lines *recurring* (without white space around them).

    Args:
        at_once: use numpy where this is quicker; it is loaded anyway.
    """
    layers: list[Layer] = []
    mappers: list[Mapper] = []  # one a layer
    notes: list[Note] = []
    source = text
    for number in range(ROUNDS):
        layer, found = _round(Page(text, at_once), rules, recurring)
        if number:  # what stays in the text was noted in the first round
            found = [note for note in found if note.rule in rules.moved]
        notes += [_to_source(note, mappers) for note in found]
        layer = changed(text, layer)
        if not layer:
            break
        layers.append(layer)
        mappers.append(Mapper(layer))
        text = apply(text, layer)
    return Cleaned(flatten(source, layers), notes)


def _to_source(note: Note, mappers: list[Mapper]) -> Note:
    start, end = note.start, note.end
    for mapper in reversed(mappers):
        start, end = mapper.back(start, end)
    return note._replace(start=start, end=end)


def _round(page: Page, rules: RuleSet, recurring: Collection[str]) -> tuple[list[Edit], list[Note]]:
    matches = match(page, rules)
    gone, notes = _structure(page, matches, rules, recurring)
    lines = [*matches.flags, *matches.lines.items()]
    notes += [_note(page, number, rule.note, rule.id) for number, rule in lines if rule.note]
    notes += [_span_note(page, span.start, span.end, span.kept, span.rule) for span in matches.spans if span.rule.note]
    notes.sort(key=lambda note: note.start)
    if not gone and not matches.spans:
        return [], notes
    return removal(page, {number: rule.id for number, rule in gone.items()}, matches.spans), notes


def _structure(
    page: Page, matches: Matches, rules: RuleSet, recurring: Collection[str]
) -> tuple[dict[int, Rule | Structure], list[Note]]:
    """The lines that go, by rule and by structure; without structure where it would take too much."""
    gone: dict[int, Rule | Structure] = dict(matches.lines)
    if recurring:
        known = [number for number in page.real if number not in gone and page.line(number) in recurring]
        gone.update(dict.fromkeys(known, RECURRING))
    guarded: set[int] = set()
    notes: list[Note] = []
    for structure in rules.structures:
        if structure.note:
            notes += [_note(page, number, structure.note, structure.id) for number in find(page, gone, structure)]
            continue
        if page.all_long and structure.kind != "repeats":
            continue
        for number in list(find(page, gone, structure)):
            if number not in gone and (not page.long[number] or structure.kind == "repeats"):
                gone[number] = structure
                if structure.guarded:
                    guarded.add(number)
    if guarded and sum(map(page.words.__getitem__, guarded)) > GIVE_UP * sum(map(page.words.__getitem__, page.real)):
        first = min(guarded)
        notes.append(_note(page, first, "given_up", gone[first].id))
        gone = {number: rule for number, rule in gone.items() if number not in guarded}
    if len(gone) >= len(page.real):  # nothing is left for it to be noise around: a title, a word, a list of words
        gone = {number: rule for number, rule in gone.items() if rule.tier == SAFE and page.words[number] > 1}
    return gone, notes


def _note(page: Page, number: int, kind: str, rule: str) -> Note:
    start, end = page.bounds(number)
    return Note(kind, start, end, page.text[start:end], rule)


def _span_note(page: Page, start: int, end: int, kept: tuple[int, int], rule: Rule) -> Note:
    low, high = kept if kept[0] < kept[1] else (start, end)
    return Note(rule.note, low, high, page.text[low:high].strip(), rule.id)
