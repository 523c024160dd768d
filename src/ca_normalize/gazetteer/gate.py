"""The gate: whether a name that stands in a text is meant there, and why.

Each name that gets through carries its reason; docs/names.md explains them. What the gates ask of which type of entity
is data (``data/gazetteer/gates.toml``), the words that they look for too (``cues.toml``).
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Sequence
from functools import cache
from typing import NamedTuple
from unicodedata import combining

from .build import CAPITAL, LOOKUP
from .gates import Gates, TypeGate
from .index import Index, IndexedName
from .longer import Longer
from .match import Hit, Matcher, case, number
from .openings import ENDINGS, SLAVIC
from .people import People
from .scene import Scene
from .schema import Entity

NEAR = 200  # code points, in the same line: how near an @entity, or a word that is needed, has to be
REACH = 60  # the same, for a word that blocks
MEMO = 200_000  # surfaces remembered
FOREIGN = frozenset(("en", "ru"))  # languages that have names of their own for all places in the world
PLAIN = frozenset(("", " ", "\n", ",", ";", "("))  # around a name that is joined to nothing
LOCATIVE, PLACE_CASES = "locative", ("loc", "abl")
SURNAME = 2  # the stage of names that need a title, or the person's full name
LOOSE = 3  # the stage of names that a shorter one goes before
BY_ANCHOR = ("surname", "epithet")


class Candidate(NamedTuple):
    """A name that a hit may be, as far as its letters go."""

    packed: int
    name: IndexedName
    entity: Entity
    gate: TypeGate
    plain: bool  # it stands by itself, and its capital says something
    stage: int  # 0: stands by itself; 1: needs cues; SURNAME; LOOSE


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
        taken: the verdicts so far, by the place of their group.
        places: where each entity was found, by id.
        waiting: hits with names that need more evidence: place, hit, candidates by stage.
        starts: where hits begin.
        people: ids of people found by their full names.
        asked_document: what the whole text is about was asked for.
    """

    __slots__ = ("asked_document", "people", "places", "starts", "taken", "waiting")

    def __init__(self, starts: set[int]) -> None:
        self.taken: dict[int, Verdict] = {}
        self.places: dict[str, list[int]] = {}
        self.waiting: list[tuple[int, Hit, list[list[Candidate]]]] = []
        self.starts = starts
        self.people: list[str] = []
        self.asked_document = False

    def surnames(self) -> set[str]:
        """Ids of people that bare surnames may be."""
        return {candidate.entity.id for _, _, stages in self.waiting for candidate in stages[SURNAME]}


class Gate:
    """Judges the hits of one text, line by line.

    Args:
        translated: a machine translated the text, as the pipeline knows.
    """

    def __init__(self, index: Index, matcher: Matcher, gates: Gates, scene: Scene, translated: bool = False) -> None:
        self.index, self.matcher, self.gates, self.scene = index, matcher, gates, scene
        self.cues = index.cues
        self.translated = translated
        self.divided = self.cues.bits["district"] | self.cues.bits["region"] | self.cues.bits["village"]
        self.people = People(index, scene)
        self.longer = Longer(index, scene, self.people)
        self.memo = matcher.candidates
        self.line = Pending(set())  # the one at hand

    def begin(self, groups: Sequence[list[Hit]]) -> Pending:
        """Judge what needs no other line: names that stand by themselves, then those that need cues beside them."""
        self._turn_to(Pending({group[0].start for group in groups}))
        line = self.line
        for place, group in enumerate(groups):
            for hit in group:
                candidates = self.candidates(hit)
                if candidates and candidates[0]:
                    self._take(place, hit, candidates[0])
                if candidates and any(candidates[1:]):
                    line.waiting.append((place, hit, candidates))
        for place, hit, candidates in line.waiting:
            if candidates[1]:
                self._take(place, hit, candidates[1])
        return line

    def finish(self, line: Pending, people: Collection[str]) -> list[Verdict]:
        """The verdicts on a line, in order, none overlapping another.

        Args:
            line: what `begin` gave.
            people: ids of those whom the text names in full, in any line.
        """
        self._turn_to(line)
        self.people.anchors = people
        for stage in (SURNAME, LOOSE):
            for place, hit, candidates in line.waiting:
                if candidates[stage] and not (stage == LOOSE and place in line.taken):
                    self._take(place, hit, candidates[stage])
        return _apart([line.taken[place] for place in sorted(line.taken)])

    def _turn_to(self, line: Pending) -> None:
        self.line, self.people.starts = line, line.starts

    def _take(self, place: int, hit: Hit, candidates: list[Candidate]) -> None:
        """Decide on *hit*, unless a longer one is taken at its place, or one with as much to say for it."""
        taken, places = self.line.taken, self.line.places
        known = taken.get(place)
        if known and (known.hit.end > hit.end or (known.hit.end == hit.end and known.hit is not hit)):
            return
        verdict = self.accept(hit, candidates[0]) if len(candidates) == 1 else self.decide(hit, candidates)
        if not verdict or (known and known.hit is hit and known.weight >= verdict.weight):
            return
        if known:
            places[known.candidate.entity.id].remove(known.hit.start)
        taken[place] = verdict
        entity = verdict.candidate.entity
        of_entity = places.setdefault(entity.id, [])
        if of_entity and of_entity[-1] > hit.start:
            insort(of_entity, hit.start)
        else:
            of_entity.append(hit.start)
        if entity.type == "person" and hit.words > 1:
            self.line.people.append(entity.id)

    def candidates(self, hit: Hit) -> list[list[Candidate]] | None:
        """The names that *hit* may be, by their letters, language and form, for each of the stages."""
        if self.scene.in_address(hit.start, hit.end) or combining(self.scene.text[hit.end : hit.end + 1] or " "):
            return None
        surface = self.scene.text[hit.start : hit.end]
        key = (surface, hit.language, hit.ending, hit.by_key)
        known = self.memo.get(key)
        if known is None:
            if len(self.memo) > MEMO:
                self.memo.clear()
            known = self.memo[key] = self._candidates(surface, hit, hit.language)
        return known

    def _candidates(self, surface: str, hit: Hit, language: str) -> list[list[Candidate]]:
        """See `candidates`; of names of one entity that ask for the same, the one nearest to the language."""
        best: dict[tuple[object, ...], tuple[tuple[bool, bool, bool], Candidate]] = {}
        for packed in hit.packed:
            name = self.index.name(number(packed))
            if packed & LOOKUP or name.tier == "search-only":
                continue
            if (case(packed) and language and language not in SLAVIC) or not self.matcher.fits(surface, hit, name):
                continue
            if hit.words == 1 and name.language != language and self.foreign(hit, name, language):
                continue
            if hit.words > 1 and self.loose(surface, name):
                stage = LOOSE
            else:
                stage = 0 if name.tier == "strong" else SURNAME if name.form in BY_ANCHOR and not name.needs else 1
            rank = (name.language.split("-")[0] == language, not case(packed), not name.dated)
            key = (name.entity, stage, name.needs, name.blocks)
            if key not in best or best[key][0] < rank:
                entity = self.index.entity(name.entity)
                plain = name.tier == "strong" and not packed & CAPITAL
                best[key] = (rank, Candidate(packed, name, entity, self.gates.of(entity.type), plain, stage))
        return [[candidate for _, candidate in best.values() if candidate.stage == stage] for stage in range(LOOSE + 1)]

    def loose(self, surface: str, name: IndexedName) -> bool:
        """Whether the kind follows an English name in lower case (Amanat party), which has a name without it."""
        words = surface.split()
        while words and words[-1].islower():
            words.pop()
        core = self.scene.folding.shape(" ".join(words)).key
        if name.language != "en" or core == name.shape.key:
            return False
        return any(self.index.name(number(packed)).entity == name.entity for packed in self.index.find(core))

    def foreign(self, hit: Hit, name: IndexedName, language: str) -> bool:
        """Whether *name* is another language's, and does not stand in text of *language*.

        Names of states and of places far away do not (Rim is Rome in Uzbek, not in English), nor do acronyms (ИА is the
        European Union in Tajik, a news agency in Russian), nor a name with an ending where the entity has names in it.
        """
        entity = self.index.entity(name.entity)
        if language in FOREIGN:
            far = entity.type in self.gates.kept and entity.country not in self.gates.home
            return (far or name.form == "acronym" or entity.type == "country") and name.language not in FOREIGN
        label = entity.labels.get(language, "")
        same_script = bool(label) and label[0].isascii() == name.text[0].isascii()
        return bool(hit.ending) and name.language.split("-")[0] != language and same_script

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
            return None if self.blocked(hit, candidate) else Verdict(hit, candidate, "strong", 2)
        rule, weight = self.reason(hit, candidate)
        return Verdict(hit, candidate, rule, weight) if rule and not self.blocked(hit, candidate) else None

    def reason(self, hit: Hit, candidate: Candidate) -> tuple[str, int]:
        """Why *hit* would be *candidate*, and how much it weighs; an empty string where nothing says so."""
        if candidate.packed & CAPITAL and candidate.stage != 1 and self.scene.capitals_mean_little(hit.start):
            return self.needed(hit, candidate), 2
        if candidate.stage == SURNAME:
            return self.people.surname(hit, candidate.entity)
        if candidate.name.tier == "conditional":
            return self.needed(hit, candidate), 3
        return (f"key:{candidate.name.text}", 1) if hit.by_key else ("strong", 2)

    # ── cues ──

    def needed(self, hit: Hit, candidate: Candidate) -> str:
        """The first of its needs that the surroundings of a conditional name fulfil."""
        gate, needs = candidate.gate, candidate.name.needs or candidate.gate.needs
        if gate.widens and gate.needs[0] in needs:
            needs = (*needs, *gate.needs[1:])
        words, cues = split(needs)
        for need in cues:
            if all(self.cue(part, hit, candidate.entity) for part in need.split("+")):
                return f"conditional:{need}"
        return "conditional:word" if words and self.scene.has(words, hit.start, hit.end, NEAR) else ""

    def blocked(self, hit: Hit, candidate: Candidate) -> str:
        """What speaks against *candidate* here, or an empty string."""
        gate, entity, text = candidate.gate, candidate.entity, self.scene.text
        if candidate.name.blocks and self.blocked_by_entry(hit, candidate):
            return "entry"
        if gate.mask and (hit.words == 1 or entity.type != "person"):
            mask = self.scene.beside(hit.start, hit.end)
            if mask & self.divided and hit.language in SLAVIC and self.longer.whole(hit, case(candidate.packed)):
                mask &= ~self.divided
            if mask & gate.mask or any(mask & both and self.cue(near, hit, entity) for both, near in gate.both):
                return "beside"
        if hit.words == 1 and gate.people and self.people.around(hit):
            return "person"
        if hit.by_key and entity.type != "person" and self.longer.begins_before(hit):
            return "longer"
        if text[hit.start - 1 : hit.start] in PLAIN and text[hit.end : hit.end + 1] in PLAIN:
            return ""
        if hit.words == 1 and not gate.quoted and self.scene.quoted(hit.start, hit.end):
            return "quoted"
        return "compound" if self.compound(hit, entity) else ""

    def blocked_by_entry(self, hit: Hit, candidate: Candidate) -> bool:
        """Whether one of the cues is there that the name's own entry is blocked by."""
        words, cues = split(candidate.name.blocks)
        if words and self.scene.has(words, hit.start, hit.end, REACH):
            return True
        return any(all(self.cue(part, hit, candidate.entity) for part in block.split("+")) for block in cues)

    def cue(self, cue: str, hit: Hit, entity: Entity) -> bool:
        """Whether *cue* (a list, an @entity or a =word) is there for *hit*."""
        scene = self.scene
        if cue.startswith("@"):
            ids = entity.related if cue == "@related" else (cue[1:],)
            return any(self.is_near(identity, hit) for identity in ids)
        if cue.startswith("="):
            return scene.has((cue[1:],), hit.start, hit.end, NEAR)
        if cue == "machine-translated" and self.translated:
            return True
        if cue == LOCATIVE and len({self.index.name(number(packed)).entity for packed in hit.packed}) > 1:
            return False
        if cue == LOCATIVE and hit.ending:
            return self.in_place(hit)
        position, bit = self.cues.positions.get(cue, "beside"), self.cues.bits.get(cue, 0)
        if position == "document":
            self.line.asked_document = True
            return bool(scene.document() & bit)
        if position == "near":
            return bool(scene.near(hit.start, hit.end) & bit)
        before, after = scene.folded(scene.before(hit.start)), scene.folded(scene.after(hit.end))
        mask = 0
        if position != "after":
            mask |= self.cues.any.of(before[-2:]) | self.people.title_mask(hit.start)
        if position != "before":
            mask |= self.cues.any.of(after[:2])
        return bool(mask & bit)

    def in_place(self, hit: Hit) -> bool:
        """Whether the ending of *hit* says where, or where from."""
        from . import inflect

        word = self.scene.folding.word.findall(self.scene.text[hit.start : hit.end])[-1]
        stems = {self.index.name(number(packed)).words[-1] for packed in hit.packed}
        languages = ENDINGS["Cyrl"] + ENDINGS["Latn"]
        tags = (inflect.ending(word, stem, each) for stem in stems for each in languages)
        return any(tag and tag.endswith(PLACE_CASES) for tag in tags)

    def is_near(self, identity: str, hit: Hit) -> bool:
        """Whether the entity *identity* was found near *hit*, in its line."""
        places = self.line.places.get(identity)
        if not places:
            return False
        low, high = self.scene.line(hit.start)
        first = bisect_left(places, max(low, hit.start - NEAR))
        last = bisect_left(places, min(high, hit.start + NEAR))
        return any(not hit.start <= place < hit.end for place in places[first:last])

    def compound(self, hit: Hit, entity: Entity) -> bool:
        """Whether *hit* is joined to a word that makes it another: Петропавловск-Камчатский, Китаб-и-Иган, C.E.U."""
        text, folding = self.scene.text, self.scene.folding
        before, after = text[hit.start - 1 : hit.start], text[hit.end : hit.end + 1]
        if after == "-" and text[hit.end + 1 : hit.end + 2].isalpha():
            following = folding.next_word.match(text, hit.end)
            if following and following[2][0].isupper():
                return hit.end + 1 not in self.people.starts and entity.type != "country"
            return following is not None and text[following.end() : following.end() + 1] == "-"
        if before not in ("-", ".") or hit.start < 2:
            return False
        if before == ".":
            return text[hit.start - 2].isalpha()
        previous = folding.word.findall(text, max(0, hit.start - 40), hit.start - 1)[-1:]
        if not previous or not previous[0][0].isupper():
            return text[hit.start - 2] == "."
        return text[hit.start - 2].isalpha() and not self.index.find(folding.fold(previous[0]))


@cache
def split(cues: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The literal words among *cues*, without their sign, and the others."""
    words = tuple(cue[1:] for cue in cues if cue.startswith("="))
    return words, tuple(cue for cue in cues if not cue.startswith("="))


def _apart(verdicts: list[Verdict]) -> list[Verdict]:
    """Of verdicts that overlap, the longer; of two as long, the first."""
    kept: list[Verdict] = []
    for verdict in sorted(verdicts, key=lambda v: (v.hit.start, -v.hit.end)):
        if not kept or verdict.hit.start >= kept[-1].hit.end:
            kept.append(verdict)
        elif verdict.hit.end - verdict.hit.start > kept[-1].hit.end - kept[-1].hit.start:
            kept[-1] = verdict
    return kept
