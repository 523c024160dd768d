"""Look-up by surface: every entity that a name may be, wherever it came from."""

from __future__ import annotations

from collections.abc import Iterator

from .index import Index
from .match import ENDINGS, Matcher, number
from .schema import Entity



def lookup(index: Index, matcher: Matcher, surface: str) -> tuple[Entity, ...]:
    """See `ca_normalize.Gazetteer.lookup`."""
    words = index.folding.shape(surface).key.split(" ")
    for packed in _ways(index, matcher, words):
        found = dict.fromkeys(index.name(number(value)).entity for value in packed)
        if found:
            return tuple(index.entity(entity) for entity in found)
    return ()


def _ways(index: Index, matcher: Matcher, words: list[str]) -> Iterator[tuple[int, ...]]:
    """What the words may be: as they stand, without an ending, by their cross-script key; the surest first."""
    cues = index.cues
    legal, title = cues.bits["legal-form"], cues.bits["title"]
    bare = [word for word in words if not cues.any.of_word(word) & legal]
    untitled = bare
    while len(untitled) > 1 and cues.any.of_word(untitled[0]) & title:
        untitled = untitled[1:]
    for variant in dict.fromkeys((tuple(words), tuple(bare), tuple(untitled))):
        if not variant:
            continue
        *head, last = variant
        yield index.find(" ".join(variant))
        stems = [stem for language in ENDINGS for stem, _ in matcher.stems(last, language)]
        yield tuple(p for stem in dict.fromkeys(stems) for p in index.find(" ".join([*head, stem])))
        for end in dict.fromkeys([last, *stems]):
            yield tuple(index.keys.get(index.skeleton.of([*head, end]), ()))
