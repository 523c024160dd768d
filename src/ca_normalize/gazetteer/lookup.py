"""Look-up by surface: every entity that a name may be, wherever it came from.

The surest reading that gives anything wins:

1. the surface as it stands, then without an ending;
2. the same without a legal form or a title (``НАК «Казатомпром»``, ``Ambassador Stufft``), and with the initials of a
   given name for it (``Э. Рахмон``);
3. the same without the word for its kind (``месторождение Акбулак``), for entities of that kind;
4. by cross-script key: other spellings of a listed name (``Qazatomprom``). A single word is looked up by key too, which
   a text is never searched by: whoever looks a name up has taken it for a name already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from .index import Index
from .match import Matcher, number
from .openings import ENDINGS
from .schema import TYPES, Entity

SHORTEST_KEY = 5  # letters: the shortest key that a surface is looked up by


class Lookup:
    """Looks surfaces up in an index."""

    def __init__(self, index: Index, matcher: Matcher) -> None:
        self.index, self.matcher = index, matcher

    def entities(self, surface: str) -> tuple[Entity, ...]:
        """See `ca_normalize.Gazetteer.lookup`."""
        words = self.index.folding.key(surface).split()
        if not words:
            return ()
        variants = [words, *self._bare(words)]
        for read in (self._listed, self._by_key):
            for variant in variants:
                found = read(variant)
                if found:
                    return tuple(found)
            for kind, rest in self._kinds(words):
                found = [entity for entity in read(rest) if entity.type == kind]
                if found:
                    return tuple(found)
        return ()

    def _bare(self, words: list[str]) -> Iterator[list[str]]:
        """The words without legal forms, titles and initials."""
        cues = self.index.cues
        legal, title = cues.bits["legal-form"], cues.bits["title"]
        bare = [word for word in words if not cues.any.of_word(word) & legal]
        if bare and bare != words:
            yield bare
        while len(bare) > 1 and (cues.any.of_word(bare[0]) & title or len(bare[0]) == 1):
            bare = bare[1:]
            yield bare

    def _kinds(self, words: list[str]) -> Iterator[tuple[str, list[str]]]:
        """What is left without the words for a kind of entity, and the kind."""
        cues = self.index.cues
        for kind in TYPES:
            bit = cues.bits.get(kind)
            if not bit or len(words) < 2:
                continue
            for end in (0, -1):
                rest = list(words)
                while rest and cues.any.of_word(rest[end]) & bit:
                    rest.pop(end)
                if rest and rest != words:
                    yield kind, rest

    def _listed(self, words: list[str]) -> list[Entity]:
        found = self._entities(self.index.find(" ".join(words)))
        if found:
            return found
        *head, last = words
        stems = dict.fromkeys(stem for script in ENDINGS for stem, _ in self.matcher.openings(script).stems(last))
        return self._entities(packed for stem in stems for packed in self.index.find(" ".join([*head, stem])))

    def _by_key(self, words: list[str]) -> list[Entity]:
        from . import inflect

        *head, last = words
        stems = [stem for languages in ENDINGS.values() for each in languages for stem, _ in inflect.strip(last, each)]
        for end in dict.fromkeys([last, *stems]):
            key = self._key([*head, end])
            if len(key) >= SHORTEST_KEY and key in self._keys:
                return self._entities(self._keys[key])
        return []

    def _entities(self, packed: Iterable[int]) -> list[Entity]:
        numbers = dict.fromkeys(self.index.name(number(value)).entity for value in packed)
        return [self.index.entity(entity) for entity in numbers]

    def _key(self, words: list[str]) -> str:
        return "".join(map(self.index.skeleton.of_word, words))

    @cached_property
    def _keys(self) -> dict[str, list[int]]:
        """All surfaces by their keys; made when the first spelling that is not listed is looked up."""
        keys: dict[str, list[int]] = {}
        for surface in self.index.surfaces:
            keys.setdefault(self._key(surface.split(" ")), []).extend(self.index.find(surface))
        return keys
