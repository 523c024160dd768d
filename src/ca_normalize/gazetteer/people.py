"""People: when a bare surname is a certain person's, and when a place name is a part of a person's name."""

from __future__ import annotations

from collections.abc import Collection

from .index import Index
from .match import Hit, number
from .scene import Scene
from .schema import Entity

TITLED, ANCHORED = 3, 100  # weights of evidence; a title adds how well it suits
TITLE_REACH = 7  # words before a surname among which its title is looked for


class People:
    """What one text says of people.

    Attributes:
        anchors: ids of people found by their full names, in any line.
        scene: the line at hand.
        starts: where hits begin in it.
    """

    def __init__(self, index: Index) -> None:
        self.index, self.cues = index, index.cues
        self.scene = Scene("", index.folding, index.cues)
        self.given = self.cues.bits["given-name"] | self.cues.bits["courtesy"]
        self.anchors: Collection[str] = ()
        self.starts: set[int] = set()

    def around(self, hit: Hit) -> bool:
        """Whether a given name before, or a surname after it, makes *hit* a part of a person's name."""
        text, scene, fold = self.scene.text, self.scene, self.scene.folding.fold
        if text[hit.start - 1 : hit.start] == " ":
            word = scene.word_before(hit.start)
            if word[:1].isupper() and self.cues.any.of_word(fold(word)) & self.given:
                return True
        if hit.ending or text[hit.end : hit.end + 1] != " " or not text[hit.end + 1 : hit.end + 2].isupper():
            return False
        if hit.end + 1 in self.starts or scene.shouts(hit.start):
            return False
        after = scene.right(hit.end)
        return bool(after and self.cues.any.of_word(after[0]) & self.cues.bits["surname-ending"])

    def surname(self, hit: Hit, entity: Entity) -> tuple[str, int]:
        """Why a bare surname is this person's, and how much that weighs; an empty string where nothing says so."""
        scene = self.scene
        if self.goes_on(hit):
            return "", 0
        anchored = entity.id in self.anchors
        if anchored and not scene.word_before(hit.start)[:1].isupper():
            return "anchor", ANCHORED  # the word before it is in lower case: no name of another
        if self.foreign_given_name(hit, scene.before(hit.start), entity):
            return "", 0
        if anchored:
            return "anchor", ANCHORED
        titled = self.titled(self.title_mask(hit.start), entity)
        if titled:
            return "conditional:title", TITLED + titled
        apposition = scene.apposition(hit.end)
        if apposition and self.titled(self.cues.any.of(scene.folded(apposition[:3])), entity):
            return "conditional:apposition", TITLED
        return "", 0

    def titled(self, mask: int, entity: Entity) -> int:
        """How well a title of *mask* suits the person; 0 where there is none, or it is somebody else's."""
        if not mask & self.cues.bits["title"]:
            return 0
        return self.cues.title_for(mask, entity.offices) if entity.offices else int(entity.id in self.anchors)

    def title_mask(self, at: int) -> int:
        """The titles before *at*: what stands between may only be fillers (of, the, иностранных дел) and names."""
        scene, mask = self.scene, 0
        title, filler = self.cues.bits["title"], self.cues.bits["title-filler"]
        words = scene.before(at)
        folded = scene.folded(words)
        for place in range(len(words) - 1, max(-1, len(words) - 1 - TITLE_REACH), -1):
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
        scene = self.scene
        if not before or not scene.text[hit.start - 1 : hit.start].isspace() or not before[-1][0].isupper():
            return False
        word, bits = scene.folding.fold(before[-1]), self.cues.bits
        mask = self.cues.any.of_word(word)
        if mask & bits["given-name"]:
            return True
        if mask & (bits["title"] | bits["title-filler"] | bits["function-word"] | bits["courtesy"]):
            return False
        if self.known_place(before[-1]):
            return False
        return word not in self.index.words_of(entity)

    def goes_on(self, hit: Hit) -> bool:
        """Whether a capital after a surname makes it a part of a longer name (Nazarbayev University, Рахмон Набиев)."""
        scene = self.scene
        if scene.text[hit.end : hit.end + 1] != " " or not scene.text[hit.end + 1 : hit.end + 2].isupper():
            return False
        if hit.end + 1 in self.starts or scene.shouts(hit.start):
            return False
        after = scene.right(hit.end)
        mask = self.cues.any.of_word(after[0]) if after else 0
        return not mask & (self.cues.bits["after-name"] | self.cues.bits["title"])
