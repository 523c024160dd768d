"""The gate: whether a name that stands in a text is meant there, and why.

Each name that gets through carries its reason; docs/names.md explains them.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Sequence
from typing import NamedTuple

from .build import CAPITAL
from .candidates import CUED, LOOSE, SURNAME, Candidate, Candidates, Choice
from .evidence import Evidence
from .match import Hit
from .scene import Document, Scene


class Verdict(NamedTuple):
    """A name taken for an entity.

    Attributes:
        hit: where.
        candidate: the name.
        rule: why.
        weight: of the evidence; the greatest wins, and of two alike neither.
    """

    hit: Hit
    candidate: Candidate
    rule: str
    weight: int


class Pending:
    """The hits of a line on their way.

    Attributes:
        scene: the line.
        starts: where hits begin.
        taken: the verdicts so far, by the place of their group.
        places: where each entity was found, by id.
        waiting: hits with names that need more evidence: place, hit, candidates.
        people: ids of people found by their full names.
        asked: what the whole text is about was asked for.
    """

    __slots__ = ("asked", "people", "places", "scene", "starts", "taken", "waiting")

    def __init__(self, scene: Scene, starts: set[int]) -> None:
        self.scene, self.starts, self.asked = scene, starts, False
        self.taken: dict[int, Verdict] = {}
        self.places: dict[str, list[int]] = {}
        self.waiting: list[tuple[int, Hit, Choice]] = []
        self.people: list[str] = []

    def surnames(self) -> set[str]:
        """Ids of people that bare surnames may be."""
        if not self.waiting:
            return set()
        return {candidate.entity.id for _, _, choice in self.waiting for candidate in choice.stages[SURNAME]}

    def put(self, place: int, verdict: Verdict) -> None:
        """Take a verdict on the group at *place*."""
        entity, start = verdict.candidate.entity, verdict.hit.start
        known = self.taken.get(place)
        if known:
            self.places[known.candidate.entity.id].remove(known.hit.start)
        self.taken[place] = verdict
        places = self.places.setdefault(entity.id, [])
        if places and places[-1] > start:
            insort(places, start)
        else:
            places.append(start)
        if entity.type == "person" and verdict.hit.words > 1:
            self.people.append(entity.id)


class Gate:
    """Judges the hits of one text, line by line."""

    def __init__(self, candidates: Candidates, document: Document) -> None:
        self.candidates, self.document = candidates, document
        self.evidence = Evidence(candidates.index, document)

    def begin(self, scene: Scene, groups: Sequence[list[Hit]]) -> Pending:
        """Judge what needs no other line: names that stand by themselves, then those that need cues beside them."""
        line = Pending(scene, {group[0].start for group in groups})
        self._turn_to(line)
        candidates, blocked = self.candidates.of, self.evidence.blocked
        for place, group in enumerate(groups):
            for hit in group:
                choice = candidates(scene, hit)
                if choice is None:
                    continue
                if choice.only is not None and place not in line.taken:
                    if not blocked(hit, choice.only):
                        line.put(place, Verdict(hit, choice.only, "strong", 2))
                elif choice.stages[0]:
                    self._take(line, place, hit, choice.stages[0])
                if choice.later:
                    line.waiting.append((place, hit, choice))
        for place, hit, choice in line.waiting:
            if choice.stages[CUED]:
                self._take(line, place, hit, choice.stages[CUED])
        line.asked = self.document.asked
        return line

    def finish(self, line: Pending, people: Collection[str]) -> list[Verdict]:
        """The verdicts on a line, in order, none overlapping another.

        Args:
            line: what `begin` gave.
            people: ids of those whom the text names in full, in any line.
        """
        if line.waiting:
            self._turn_to(line)
            self.evidence.people.anchors = people
            for stage in (SURNAME, LOOSE):
                for place, hit, choice in line.waiting:
                    if choice.stages[stage] and not (stage == LOOSE and place in line.taken):
                        self._take(line, place, hit, choice.stages[stage])
            line.asked = self.document.asked
            return _apart([line.taken[place] for place in sorted(line.taken)])
        return _apart(list(line.taken.values()))  # taken in order

    def _turn_to(self, line: Pending) -> None:
        self.evidence.turn_to(line.scene, line.starts, line.places)
        self.document.asked = line.asked

    def _take(self, line: Pending, place: int, hit: Hit, candidates: list[Candidate]) -> None:
        """Decide on *hit*, unless a longer one is taken at its place, or one with as much to say for it."""
        known = line.taken.get(place)
        if known and (known.hit.end > hit.end or (known.hit.end == hit.end and known.hit is not hit)):
            return
        verdict = self.accept(hit, candidates[0]) if len(candidates) == 1 else self.decide(hit, candidates)
        if verdict and not (known and known.hit is hit and known.weight >= verdict.weight):
            line.put(place, verdict)

    def decide(self, hit: Hit, candidates: Sequence[Candidate]) -> Verdict | None:
        """The entity that *hit* stands for; None where nothing, or not enough, says so."""
        best: dict[int, Verdict] = {}
        for candidate in candidates:
            verdict = self.accept(hit, candidate)
            if verdict:
                other = best.get(candidate.name.entity)
                if other is None or other.weight < verdict.weight:
                    best[candidate.name.entity] = verdict
        if len(best) < 2:
            return next(iter(best.values()), None)
        first, second, *_ = sorted(best.values(), key=lambda verdict: -verdict.weight)
        return first if first.weight > second.weight else None  # or else nothing tells them apart

    def accept(self, hit: Hit, candidate: Candidate) -> Verdict | None:
        """A verdict for *candidate*, where its tier, its cues and its gate allow it."""
        if candidate.plain and not hit.by_key:
            return None if self.evidence.blocked(hit, candidate) else Verdict(hit, candidate, "strong", 2)
        rule, weight = self.reason(hit, candidate)
        return Verdict(hit, candidate, rule, weight) if rule and not self.evidence.blocked(hit, candidate) else None

    def reason(self, hit: Hit, candidate: Candidate) -> tuple[str, int]:
        """Why *hit* would be *candidate*, and how much it weighs; an empty string where nothing says so."""
        if candidate.packed & CAPITAL and candidate.stage != 1 and self.evidence.scene.capitals_mean_little(hit.start):
            return self.evidence.needed(hit, candidate), 2
        if candidate.stage == SURNAME:
            return self.evidence.people.surname(hit, candidate.entity)
        if candidate.name.tier == "conditional":
            return self.evidence.needed(hit, candidate), 3
        return (f"key:{candidate.name.text}", 1) if hit.by_key else ("strong", 2)


def _apart(verdicts: list[Verdict]) -> list[Verdict]:
    """Of verdicts that overlap, the longer; of two as long, the first."""
    end = 0
    for verdict in verdicts:
        if verdict.hit.start < end:
            break
        end = verdict.hit.end
    else:
        return verdicts
    kept: list[Verdict] = []
    for verdict in sorted(verdicts, key=lambda v: (v.hit.start, -v.hit.end)):
        if not kept or verdict.hit.start >= kept[-1].hit.end:
            kept.append(verdict)
        elif verdict.hit.end - verdict.hit.start > kept[-1].hit.end - kept[-1].hit.start:
            kept[-1] = verdict
    return kept
