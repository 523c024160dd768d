"""Names that are a part of a longer name, and kinds of places that are the longer name's."""

from __future__ import annotations

from .index import Index
from .match import CASE_NAMES, Hit
from .people import People


class Longer:
    """What the words before a name say of where it begins; *scene* is the line at hand."""

    def __init__(self, index: Index, people: People) -> None:
        self.scene, self.people, self.cues = people.scene, people, index.cues

    def whole(self, hit: Hit, kase: int) -> bool:
        """Whether *hit* is what a kind of place before it is a part of, not what it is called.

        It is in the genitive (районы Ташкента), and where another name has the kind (в Медеуском районе Алматы).

        Args:
            kase: the number of its Russian case.
        """
        if CASE_NAMES[kase] == "gen":
            return True
        words = self.scene.before(hit.start)[-2:-1]
        return bool(words) and words[0][0].isupper() and not self._function_word(words[0])

    def begins_before(self, hit: Hit) -> bool:
        """Whether a capitalised word before *hit*, which is not listed, is a part of its name (Binh Tan District)."""
        if self.scene.text[hit.start - 1 : hit.start] != " ":
            return False
        words = self.scene.before(hit.start)[-1:]
        if not words or not words[0][0].isupper() or self._function_word(words[0]):
            return False
        return not self.people.known_place(words[0])

    def _function_word(self, word: str) -> bool:
        """Whether *word* may have its capital because a sentence begins."""
        return bool(self.cues.any.of_word(self.scene.folding.fold(word)) & self.cues.bits["function-word"])
