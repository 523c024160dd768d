"""The gate: whether a name that stands in a text is meant there, and why.

Each name that gets through carries its reason; docs/names.md explains them. What the gates ask of which type of entity
is data (``data/gazetteer/gates.toml``), the words that they look for too (``cues.toml``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from .build import LOOKUP
from .index import Index, IndexedName
from .match import SLAVIC, Hit, Matcher, case, number
from .scene import Scene, sure
from .schema import Entity


class Verdict(NamedTuple):
    """A name taken for an entity.

    Attributes:
        hit: where.
        packed: the name, with its case.
        rule: why.
        weight: of the evidence; the greatest wins, and of two alike neither.
    """

    hit: Hit
    packed: int
    rule: str
    weight: int


class Gates:
    """The gates of ``gates.toml``, by type."""

    def __init__(self, tables: dict[str, dict[str, Any]]) -> None:
        self.by_type = {kind: table for table in tables.values() for kind in table["types"]}

    def of(self, kind: str) -> dict[str, Any]:
        return self.by_type.get(kind, {})


class Gate:
    """Judges the hits of one text.

    Args:
        translated: a machine translated the text, as the pipeline knows.
    """

    def __init__(self, index: Index, matcher: Matcher, gates: Gates, scene: Scene, translated: bool = False) -> None:
        self.index, self.matcher, self.gates, self.scene = index, matcher, gates, scene
        self.cues = index.cues
        self.translated = translated
        self.places: dict[str, list[int]] = {}  # where each entity was found, by id
        self.anchors: set[str] = set()  # people found by their full names
        self.ends: dict[int, str] = {}  # where accepted names end, with their types
        self.starts: set[int] = set()  # where hits begin

    # ── over the whole text ──

    def judge(self, groups: Sequence[list[Hit]]) -> list[Verdict]:
        """The verdicts on *groups* of hits, in order, none overlapping another."""
        self.starts = {group[0].start for group in groups}
        taken: dict[int, Verdict] = {}
        for stage in ("strong", "needs", "surname"):
            for place, group in enumerate(groups):
                for hit in group:
                    verdict = self.decide(hit, stage)
                    if verdict and (place not in taken or taken[place].hit.end < hit.end):
                        taken[place] = verdict
                        self._note(verdict)
                        break
        return _apart([taken[place] for place in sorted(taken)])

    def _note(self, verdict: Verdict) -> None:
        name = self.index.name(number(verdict.packed))
        entity = self.index.entity(name.entity)
        self.places.setdefault(entity.id, []).append(verdict.hit.start)
        self.ends[verdict.hit.end] = entity.type
        if entity.type == "person" and name.form in ("full", "former", "short"):
            self.anchors.add(entity.id)

    # ── one hit ──

    def decide(self, hit: Hit, stage: str) -> Verdict | None:
        """The entity that *hit* stands for, by what *stage* knows; None where nothing, or not enough, says so."""
        if self.scene.in_address(hit.start, hit.end):
            return None
        best: dict[int, Verdict] = {}
        for packed in hit.packed:
            name = self.index.name(number(packed))
            if packed & LOOKUP or name.tier == "search-only" or not self.may_be(hit, packed, name):
                continue
            verdict = self.accept(hit, packed, name, stage)
            if verdict and (name.entity not in best or self.rank(best[name.entity]) < self.rank(verdict)):
                best[name.entity] = verdict
        if not best:
            return None
        ranked = sorted(best.values(), key=lambda verdict: -verdict.weight)
        if len(ranked) > 1 and ranked[0].weight == ranked[1].weight:
            return None  # nothing tells them apart
        return ranked[0]

    def rank(self, verdict: Verdict) -> tuple[int, bool, bool]:
        """Of names of one entity: the one with the best reason, in the language of the text, in its base form."""
        language = self.index.name(number(verdict.packed)).language.split("-")[0]
        return verdict.weight, language == self.scene.detection(verdict.hit.start).language, not case(verdict.packed)

    def may_be(self, hit: Hit, packed: int, name: IndexedName) -> bool:
        """Whether the form that stands there can be one of *name* at all."""
        detection = self.scene.detection(hit.start)
        if case(packed) and sure(detection) and detection.language not in SLAVIC:
            return False
        return self.matcher.fits(self.scene.text, hit, name)

    def accept(self, hit: Hit, packed: int, name: IndexedName, stage: str) -> Verdict | None:
        entity = self.index.entity(name.entity)
        if stage == "surname":
            if name.form not in ("surname", "epithet") or name.tier == "strong":
                return None
            reason = self.surname(hit, name, entity)
            return Verdict(hit, packed, reason, 3) if reason and not self.blocked(hit, name, entity) else None
        if stage == "strong":
            if name.tier != "strong":
                return None
            if hit.by_key:
                return None if self.blocked(hit, name, entity) else Verdict(hit, packed, f"key:{name.text}", 1)
            return None if self.blocked(hit, name, entity) else Verdict(hit, packed, "strong", 2)
        if name.tier != "conditional" or (name.form in ("surname", "epithet") and not name.needs):
            return None
        reason = self.needed(hit, name, entity)
        return Verdict(hit, packed, reason, 3) if reason and not self.blocked(hit, name, entity) else None

    # ── cues ──

    def needed(self, hit: Hit, name: IndexedName, entity: Entity) -> str:
        """The first of its needs that the surroundings of a conditional name fulfil."""
        for need in name.needs or self.gates.of(entity.type).get("needs", ()):
            if all(self.cue(part, hit, entity) for part in need.split("+")):
                return f"conditional:{need}"
        return ""

    def blocked(self, hit: Hit, name: IndexedName, entity: Entity) -> str:
        """What speaks against *name* here, or an empty string."""
        gate = self.gates.of(entity.type)
        for block in name.blocks:
            if all(self.cue(part, hit, entity) for part in block.split("+")):
                return block
        if hit.words == 1 or entity.type != "person":
            for block in gate.get("blocks", ()):
                if all(self.beside(part, hit) for part in block.split("+")):
                    return str(block)
        if hit.words == 1 and gate.get("quoted") is False and self.scene.quoted(hit.start, hit.end):
            return "quoted"
        if hit.words == 1 and gate.get("people") and self.in_person(hit):
            return "person"
        return "compound" if self.compound(hit, entity) else ""

    def cue(self, cue: str, hit: Hit, entity: Entity) -> bool:
        """Whether *cue* (a list, an @entity or a =word) is there for *hit*."""
        scene = self.scene
        if cue.startswith("@"):
            ids = entity.related if cue == "@related" else (cue[1:],)
            return any(self.is_near(identity, hit) for identity in ids)
        if cue.startswith("="):
            wanted = " ".join(scene.folded(scene.folding.word.findall(cue[1:])))
            return f" {wanted} " in f" {' '.join(scene.near(hit.start, hit.end))} "
        if cue == "machine-translated" and self.translated:
            return True
        position, bit = self.cues.positions.get(cue, "beside"), self.cues.bits.get(cue, 0)
        if position == "document":
            return bool(scene.document() & bit)
        if position == "near":
            return bool(self.cues.any.of(scene.near(hit.start, hit.end)) & bit)
        before, after = scene.folded(scene.before(hit.start)), scene.folded(scene.after(hit.end))
        if position == "before":
            return bool(self.title_mask(hit.start) & bit or self.cues.any.of(before[-2:]) & bit)
        if position == "after":
            return bool(self.cues.any.of(after[:2]) & bit)
        return bool((self.cues.any.of(before[-2:]) | self.cues.any.of(after[:2])) & bit)

    def beside(self, cue: str, hit: Hit) -> bool:
        """Whether *cue* is the neighbour of *hit*, on the side where words of its language stand."""
        if self.cues.positions.get(cue, "beside") == "near":
            return self.cue(cue, hit, self.index.entity(0))
        scene, bit = self.scene, self.cues.bits[cue]
        before = scene.folded(scene.before(hit.start)[-3:])
        if self.cues.before.last(before) & bit:
            return True
        after = scene.folded(scene.after(hit.end)[:3])
        return bool(self.cues.after.first(after) & bit)

    def is_near(self, identity: str, hit: Hit) -> bool:
        low, high = self.scene.line(hit.start)
        return any(low <= place < high and abs(place - hit.start) < 400 for place in self.places.get(identity, ()))

    # ── people ──

    def in_person(self, hit: Hit) -> bool:
        """Whether a given name before, or a surname after it, makes *hit* a part of a person's name."""
        scene, text = self.scene, self.scene.text
        before = scene.before(hit.start)
        if before and before[-1][0].isupper() and text[hit.start - 1 : hit.start] == " ":
            if self.cues.any.of_word(scene.folding.fold(before[-1])) & self.cues.bits["given-name"]:
                return True
        after = scene.after(hit.end)
        if not after or hit.ending or not after[0][0].isupper() or text[hit.end : hit.end + 1] != " ":
            return False
        if hit.end + 1 in self.starts or scene.shouts(hit.start):
            return False
        return bool(self.cues.any.of_word(scene.folding.fold(after[0])) & self.cues.bits["surname-ending"])

    def surname(self, hit: Hit, name: IndexedName, entity: Entity) -> str:
        """Why a bare surname is this person's, or an empty string."""
        scene = self.scene
        before = scene.before(hit.start)
        if self.foreign_given_name(hit, before, entity) or self.goes_on(hit, entity):
            return ""
        mask = self.title_mask(hit.start)
        if self.titled(mask, entity):
            return "conditional:title"
        apposition = self.cues.any.of(scene.folded(scene.apposition(hit.end)[:3]))
        if self.titled(apposition, entity):
            return "conditional:apposition"
        return "anchor" if entity.id in self.anchors else ""

    def titled(self, mask: int, entity: Entity) -> bool:
        if not mask & self.cues.bits["title"]:
            return False
        return self.cues.title_for(mask, entity.offices) if entity.offices else entity.id in self.anchors

    def title_mask(self, at: int) -> int:
        """The titles before *at*: what stands between may only be fillers (of, the, иностранных дел) and names."""
        scene, mask = self.scene, 0
        title, filler = self.cues.bits["title"], self.cues.bits["title-filler"]
        words = scene.before(at)
        folded = scene.folded(words)
        for place in range(len(words) - 1, max(-1, len(words) - 8), -1):
            here = self.cues.any.first(folded[place:])
            if here & title:
                mask |= here
            elif not here & filler and not (words[place][0].isupper() and self.known_place(words[place])):
                break
        return mask

    def known_place(self, word: str) -> bool:
        """Whether *word* is a name of a country, body or the like, which may stand in a title."""
        for packed in self.index.find(self.scene.folding.fold(word)):
            if self.index.entity(self.index.name(number(packed)).entity).type != "person":
                return True
        return False

    def foreign_given_name(self, hit: Hit, before: list[str], entity: Entity) -> bool:
        """Whether the word before a surname is, or may be, the given name of somebody else."""
        scene, text = self.scene, self.scene.text
        if not before or not text[hit.start - 1 : hit.start].isspace() or not before[-1][0].isupper():
            return False
        word = scene.folding.fold(before[-1])
        mask = self.cues.any.of_word(word)
        if mask & (self.cues.bits["title"] | self.cues.bits["title-filler"]) or self.known_place(before[-1]):
            return False
        if mask & self.cues.bits["function-word"] and not mask & self.cues.bits["given-name"]:
            return False
        return not any(word in scene.folded(scene.folding.word.findall(name.name)) for name in entity.names)

    def goes_on(self, hit: Hit, entity: Entity) -> bool:
        """Whether a capital after a surname makes it a part of a longer name (Nazarbayev University, Рахмон Набиев)."""
        scene = self.scene
        after = scene.after(hit.end)
        if not after or not after[0][0].isupper() or scene.text[hit.end : hit.end + 1] != " ":
            return False
        if hit.end + 1 in self.starts or scene.shouts(hit.start):
            return False
        mask = self.cues.any.of_word(scene.folding.fold(after[0]))
        return not mask & (self.cues.bits["after-name"] | self.cues.bits["title"])

    # ── compounds ──

    def compound(self, hit: Hit, entity: Entity) -> bool:
        """Whether a hyphen joins *hit* to a capitalised word that is no name: Петропавловск-Камчатский."""
        text, folding = self.scene.text, self.scene.folding
        if text[hit.end : hit.end + 1] == "-" and text[hit.end + 1 : hit.end + 2].isupper():
            following = folding.word.match(text, hit.end + 1)
            return hit.end + 1 not in self.starts and following is not None and entity.type != "country"
        if hit.start > 1 and text[hit.start - 1] == "-" and text[hit.start - 2].isalpha():
            previous = folding.word.findall(text, max(0, hit.start - 40), hit.start - 1)[-1:]
            return bool(previous) and previous[0][0].isupper() and not self.index.find(folding.fold(previous[0]))
        return False


def _apart(verdicts: list[Verdict]) -> list[Verdict]:
    """Of verdicts that overlap, the longer; of two as long, the first."""
    kept: list[Verdict] = []
    for verdict in sorted(verdicts, key=lambda v: (v.hit.start, -v.hit.end)):
        if not kept or verdict.hit.start >= kept[-1].hit.end:
            kept.append(verdict)
        elif verdict.hit.end - verdict.hit.start > kept[-1].hit.end - kept[-1].hit.start:
            kept[-1] = verdict
    return kept
