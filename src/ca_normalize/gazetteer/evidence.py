"""Evidence: what speaks for or against a candidate in the line that it stands in.

The words that are looked for are data (``data/gazetteer/cues.toml``), and so is what is asked of names of which type
(``gates.toml``).
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from .candidates import PLAIN, Candidate
from .index import Index
from .longer import Longer
from .match import Hit, case, number
from .openings import ENDINGS, SLAVIC
from .people import People
from .scene import Document, Scene
from .schema import Entity

NEAR = 200  # code points, in the same line: how near an @entity, or a word that is needed, has to be
REACH = 60  # the same, for a word that blocks
LOCATIVE, PLACE_CASES = "locative", ("loc", "abl")


class Evidence:
    """Looks for evidence in one line after another of a document.

    Attributes:
        people: what the document says of people.
        scene: the line at hand.
        places: where each entity was found in it, by id.
    """

    def __init__(self, index: Index, document: Document) -> None:
        self.index, self.cues, self.document = index, index.cues, document
        self.divided = self.cues.bits["district"] | self.cues.bits["region"] | self.cues.bits["village"]
        self.people = People(index)
        self.longer = Longer(index, self.people)
        self.scene = self.people.scene
        self.places: dict[str, list[int]] = {}

    def turn_to(self, scene: Scene, starts: set[int], places: dict[str, list[int]]) -> None:
        """Go on with another line, in which hits begin at *starts*."""
        self.scene = self.people.scene = self.longer.scene = scene
        self.people.starts, self.places = starts, places

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
        if cue == "machine-translated" and self.document.translated:
            return True
        if cue == LOCATIVE and len({self.index.name(number(packed)).entity for packed in hit.packed}) > 1:
            return False
        if cue == LOCATIVE and hit.ending:
            return self.in_place(hit)
        position, bit = self.cues.positions.get(cue, "beside"), self.cues.bits.get(cue, 0)
        if position == "document":
            return bool(self.document.mask() & bit)
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

        word = self.index.folding.word.findall(self.scene.text[hit.start : hit.end])[-1]
        stems = {self.index.name(number(packed)).words[-1] for packed in hit.packed}
        languages = ENDINGS["Cyrl"] + ENDINGS["Latn"]
        tags = (inflect.ending(word, stem, each) for stem in stems for each in languages)
        return any(tag and tag.endswith(PLACE_CASES) for tag in tags)

    def is_near(self, identity: str, hit: Hit) -> bool:
        """Whether the entity *identity* was found near *hit*."""
        places = self.places.get(identity)
        if not places:
            return False
        first, last = bisect_left(places, hit.start - NEAR), bisect_left(places, hit.start + NEAR)
        return any(not hit.start <= place < hit.end for place in places[first:last])

    def compound(self, hit: Hit, entity: Entity) -> bool:
        """Whether *hit* is joined to a word that makes it another: Петропавловск-Камчатский, Китаб-и-Иган, C.E.U."""
        text, folding = self.scene.text, self.index.folding
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
