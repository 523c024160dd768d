"""Suggestions to a curator: spellings in texts that are near a listed name, across scripts, and are not listed.

Two ways to be near: the same cross-script key, or a key with one letter more, less or other, in keys of eight letters
and up. Nothing here writes into the gazetteer: what comes out is for a person to review.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .core import Gazetteer
from .possible import listed

CONTEXTS = 3  # quoted for each spelling
WIDTH = 40  # code points on either side
WORDS = 4  # of a spelling, at most
SAME, NEAR = 6, 8  # letters of a key that must be the same, or may differ by one


@dataclass
class Suggestion:
    """A spelling that is not listed, and the entities whose names it is near.

    Attributes:
        surface: as it stands in the texts.
        ids: of the entities, the likeliest first.
        how: ``same key`` or ``one letter``.
        count: how often it stands there.
        contexts: a few places, with their surroundings.
    """

    surface: str
    ids: list[str]
    how: str
    count: int = 0
    contexts: list[str] = field(default_factory=list)


def suggest(gazetteer: Gazetteer, texts: Iterable[str]) -> list[Suggestion]:
    """The spellings in *texts* to review, the most frequent first."""
    near = _Near(gazetteer)
    found: dict[str, Suggestion | None] = {}
    for text in texts:
        for surface, start in _candidates(gazetteer, text):
            if surface not in found:
                found[surface] = near.look(surface)
            suggestion = found[surface]
            if suggestion is None:
                continue
            suggestion.count += 1
            if len(suggestion.contexts) < CONTEXTS:
                around = text[max(0, start - WIDTH) : start + len(surface) + WIDTH]
                suggestion.contexts.append(" ".join(around.split()))
    kept = [suggestion for suggestion in found.values() if suggestion]
    return sorted(kept, key=lambda suggestion: (-suggestion.count, suggestion.surface))


def _candidates(gazetteer: Gazetteer, text: str) -> Iterator[tuple[str, int]]:
    """Runs of up to four capitalized words, outside the names that are found already."""
    taken = [(name.start, name.end) for name in gazetteer.find(text)]
    words = [word for word in gazetteer.index.folding.capital.finditer(text) if not _inside(word, taken)]
    for number, first in enumerate(words):
        for last in words[number : number + WORDS]:
            between = text[first.start() : last.end()]
            if not re.fullmatch(r"[^\W_]+(?:[ ’'ʻ‘-][^\W_]+)*", between):
                break
            yield between, first.start()


def _inside(word: re.Match[str], spans: list[tuple[int, int]]) -> bool:
    return any(start < word.end() and word.start() < end for start, end in spans)


class _Near:
    """Looks for listed names near a spelling."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.keys: dict[str, Counter[str]] = {}
        for surface, identity in gazetteer.surfaces():
            self.keys.setdefault(self._key(surface), Counter())[identity] += 1
        self.shorter: dict[str, set[str]] = {}  # a key with a letter left out → the keys that it comes from
        for key in self.keys:
            if len(key) >= NEAR:
                for cut in _cuts(key):
                    self.shorter.setdefault(cut, set()).add(key)

    def look(self, surface: str) -> Suggestion | None:
        key = self._key(surface)
        if len(key) < SAME or listed(self.gazetteer, surface):
            return None
        if key in self.keys:
            return Suggestion(surface, [identity for identity, _ in self.keys[key].most_common()], "same key")
        if len(key) < NEAR:
            return None
        others = {other for cut in (key, *_cuts(key)) for other in self.shorter.get(cut, ())}
        others |= {cut for cut in _cuts(key) if cut in self.keys}
        ids = sorted({identity for other in others if abs(len(other) - len(key)) < 2 for identity in self.keys[other]})
        return Suggestion(surface, ids, "one letter") if ids else None

    def _key(self, surface: str) -> str:
        index = self.gazetteer.index
        return "".join(map(index.skeleton.of_word, index.folding.key(surface).split()))


def _cuts(key: str) -> Iterator[str]:
    for place in range(len(key)):
        yield key[:place] + key[place + 1 :]
