"""Finds where listed names stand in a text, in any inflected form; whether they are meant there is for the gate to say.

One regular expression finds words with a capital (or a digit) at their beginning; `openings` knows which of them a name
may begin with, and where it cannot go on behind them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from .build import CASE, SHIFT
from .build import CASES as CASE_NAMES
from .fold import Folding
from .index import Index, IndexedName, unpack
from .openings import ENDINGS, LONGEST, MEMO, NO_GAP, UNINFLECTED, Opening, Openings

__all__ = ["CASE_NAMES", "Hit", "Matcher", "case", "number"]


class Hit(NamedTuple):
    """A place where names of the gazetteer stand.

    Attributes:
        start, end: the span, over endings, without quotation marks and an English 's.
        packed: the names that it may be, with their cases.
        ending: the ending that was taken off, or an empty string.
        by_key: found by its cross-script key, not listed.
        words: how many words it has.
        language: BCP 47 of the text; empty where it is not sure.
    """

    start: int
    end: int
    packed: tuple[int, ...]
    ending: str
    by_key: bool
    words: int
    language: str


GAP = 3  # code points between the small words that a name begins with, and its first capital

# The hits at one place: start and end from there on, and the other fields. Plain tuples, since Python's search for
# garbage passes over them, but not over named ones.
Groups = tuple[tuple[int, int, tuple[Any, ...]], ...]
LONGER: Groups = ((0, 0, ()),)  # more words tell them
UNTOLD: Groups = ((0, 1, ()),)  # nothing but the text does
_new = tuple.__new__  # _new(Hit, fields) is Hit(*fields) in half the time


class Matcher:
    """Finds `Hit`s; keeps what it learns of words from one text to the next."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._openings: dict[str, Openings] = {}
        self._pairs: dict[str, dict[str, Groups]] = {}  # hits where a few words tell them, by language

    def hits(self, text: str, start: int, end: int, language: str) -> Iterator[list[Hit]]:
        """For each place where a name may begin in ``text[start:end]``: what may stand there, the longest first.

        No name goes on over the end of a line.

        Args:
            language: BCP 47, with the script where the language has two (``uz-Cyrl``); its endings are taken off. A
                script (``Cyrl``) stands for all languages in it.
        """
        return (hits for _, hits in self.groups(text, start, end, language))

    def groups(
        self, text: str, start: int, end: int, language: str, asked: Any = None
    ) -> Iterator[tuple[Opening | None, list[Hit]]]:
        """The same as `hits`; each list with the word, where this stands by itself.

        Args:
            asked: leave out words by themselves that this is settled for (see ``Opening.settled``).
        """
        openings, sure = self.openings(language), plain(language)
        known = self._pairs.setdefault(language, {})
        for at, stop, opening, ends, pair in openings.all(text, start, end):
            if ends:
                if asked not in opening.settled:
                    yield opening, _alone(at, stop, opening, sure)
                continue
            window, group = pair, known.get(pair)
            while group is LONGER:
                since = at + len(window) + 1
                after = text.find(" ", since, min(end, since + LONGEST))
                window = text[at:after] if after >= 0 else ""
                group = known.get(window)
            if group is None or group is UNTOLD:
                hits = self._group(text, at, stop, end, opening, openings)
                if window and group is None:
                    self._remember(known, window, openings.told_by(window, opening), at, hits)
            else:
                hits = [_new(Hit, (at + low, at + high) + fields) for low, high, fields in group]  # noqa: RUF005
            if hits:
                yield None, hits

    def _remember(self, known: dict[str, Groups], window: str, told: bool | None, at: int, hits: list[Hit]) -> None:
        """Keep the hits at *at*, where *window* tells them; or what else has to be looked at."""
        if len(known) > MEMO:
            known.clear()
        if told:
            known[window] = tuple((hit[0] - at, hit[1] - at, hit[2:]) for hit in hits)
        else:
            known[window] = LONGER if told is None else UNTOLD

    def _group(self, text: str, start: int, end: int, limit: int, opening: Opening, openings: Openings) -> list[Hit]:
        """What may stand at *start*, with the quotation marks that belong to it; see `_at`."""
        hits = []
        for hit in self._at(text, start, end, limit, opening, openings):
            balanced = hit if hit.words == 1 else self._balanced(text, hit)
            if balanced:
                hits.append(balanced)
        return hits

    def openings(self, language: str) -> Openings:
        """What is known of the words of a language; see `hits`."""
        known = self._openings.get(language)
        if known is None:
            known = self._openings[language] = Openings(self.index, language)
        return known

    def _balanced(self, text: str, hit: Hit) -> Hit | None:
        """*hit* with the other quotation mark of a pair that it has one of: ``ФК «АГМК»``, ``«Барыс» клубы``.

        None where it is not beside: then *hit* is the end of one name and the beginning of another.
        """
        quotes = self.index.folding.quotes
        if quotes.isdisjoint(text[hit.start : hit.end]):
            return hit
        if sum(letter in quotes for letter in text[hit.start : hit.end]) % 2 == 0:
            return hit
        if text[hit.end : hit.end + 1] in quotes:
            return hit._replace(end=hit.end + 1)
        if hit.start and text[hit.start - 1] in quotes:
            return hit._replace(start=hit.start - 1)
        return None

    def _at(self, text: str, start: int, end: int, limit: int, opening: Opening, openings: Openings) -> list[Hit]:
        """What may stand at *start*, where the word of *opening* ends at *end*: the longest first."""
        language = openings.language
        hits = self._single(text, start, end, opening, language)
        if opening.prefixed:
            hits[:0] = self._prefixed(text, start, end, opening.folded, language)
        if text[end : end + 1] in NO_GAP:
            return hits
        if opening.words > 1:
            self._longer(hits, text, start, end, limit, opening, openings)
        if opening.key_words and (not hits or hits[0].words == 1) and text[end + 1 : end + 2].isupper():
            hits[:0] = self._by_key(text, start, end, limit, opening, openings)
        return hits

    def _longer(
        self, hits: list[Hit], text: str, start: int, end: int, limit: int, opening: Opening, openings: Openings
    ) -> None:
        """Put names of several words before *hits*."""
        index, language = self.index, openings.language
        inflected = language not in UNINFLECTED
        next_word, fold, heads, surfaces = index.folding.next_word, index.folding.fold, index.heads, index.surfaces
        possessive = index.folding.apostrophe + "s"
        key, at, count = opening.folded, end, 1
        while count < opening.words and (following := next_word.match(text, at, limit)):
            head, last, at, count = key, fold(following[2]), following.end(), count + 1
            key = f"{head} {last}"
            if inflected or last.endswith(possessive):
                for stem, ending in openings.stems(last):
                    packed = surfaces.get(f"{head} {stem}")
                    if packed is not None:
                        hits.insert(0, self._inflected(start, at, packed, ending, count, openings))
            packed = surfaces.get(key)
            if packed is not None:
                hits.insert(0, self._whole(text, start, at, packed, last, language, count))
            if key in index.prefixed:
                hits[:0] = self._prefixed(text, start, at, key, language)
            if key not in heads:
                break

    def _prefixed(self, text: str, start: int, end: int, key: str, language: str) -> Iterator[Hit]:
        """Names that begin with words in lower case (поправка Джексона-Вэника): *key* is what follows them."""
        folding, named = self.index.folding, self.index.prefixed[key]
        low = max(0, start - max(len(prefix) for prefix, _ in named) - GAP)
        before = folding.fold(text[low:start]).replace(folding.quote, " ").rstrip(" ")
        stop = low + len(before)
        for prefix, packed in named:
            at = stop - len(prefix)
            if before.endswith(prefix) and start - stop <= GAP and not (at and text[at - 1].isalnum()):
                yield Hit(at, end, (packed,), "", False, len(key.split()) + len(prefix.split()), plain(language))

    def _single(self, text: str, start: int, end: int, opening: Opening, language: str) -> list[Hit]:
        """The names of one word that may stand there."""
        hits = _alone(start, end, opening, plain(language))
        if opening.listed is not None:  # the first of them
            hits[0] = self._whole(text, start, end, opening.listed, opening.folded, language, 1)
        return hits

    def _whole(self, text: str, start: int, end: int, packed: str, last: str, language: str, words: int) -> Hit:
        """A hit on a name as it is listed, or with an ending after a hyphen, or with its tail (U.S.)."""
        values = unpack(packed)
        ending = ""
        following = text[end : end + 1]
        if following in self.index.folding.joints:
            stop, ending = self._suffix(text, end, last, language)
            end = stop if ending else self._tail(text, end, values)
        return Hit(start, end, values, ending, False, words, plain(language))

    def _inflected(self, start: int, end: int, packed: str, ending: str, words: int, openings: Openings) -> Hit:
        """A hit on a name with an ending; an English 's is left out of the span."""
        cut = len(ending) if openings.possessive(ending) else 0
        sure = plain(openings.language)
        return Hit(start, end - cut, unpack(packed), "" if cut else ending, False, words, sure)

    def _tail(self, text: str, end: int, packed: tuple[int, ...]) -> int:
        """The end of a name that has a mark after its last word (U.S.), where the text has it too."""
        for tail in sorted(self.index.tails(packed), key=len, reverse=True):
            if tail and self.index.folding.fold(text[end : end + len(tail)]) == tail:
                return end + len(tail)
        return end

    def _suffix(self, text: str, end: int, word: str, language: str) -> tuple[int, str]:
        """The end of an ending written with a hyphen (ОДКБ-нын), and the ending; or *end* and nothing."""
        folding: Folding = self.index.folding
        if language in UNINFLECTED or folding.gap(text[end : end + 1]) != "-":
            return end, ""
        following = folding.next_word.match(text, end)
        if not following or not following[2].islower():
            return end, ""
        from . import inflect

        for each in ENDINGS.get(language, (language,)):
            for stem, ending in inflect.strip(f"{word}-{folding.fold(following[2])}", each):
                if stem == word:
                    return following.end(), ending
        return end, ""

    def _by_key(
        self, text: str, start: int, end: int, limit: int, opening: Opening, openings: Openings
    ) -> Iterator[Hit]:
        """Names that are not listed, but have the cross-script key of one that is: the longest."""
        index = self.index
        words, ends = [opening.folded], [end]
        while len(words) < opening.key_words:
            following = index.folding.next_word.match(text, ends[-1], limit)
            if not following or following[1] not in index.folding.links:
                break
            words.append(index.folding.fold(following[2]))
            ends.append(following.end())
            if len(words) == 2 and not openings.key_begins(opening, following):
                return
        for count in range(len(words), 1, -1):
            for last, ending in ((words[count - 1], ""), *openings.stems(words[count - 1])):
                packed = index.keys.get(index.skeleton.of([*words[: count - 1], last]))
                if packed:
                    hit = self._inflected(start, ends[count - 1], packed, ending, count, openings)
                    yield hit._replace(by_key=True)
                    return

    def fits(self, surface: str, hit: Hit, name: IndexedName) -> bool:
        """Whether capitals and the marks between the words are those of *name*, or might be."""
        folding = self.index.folding
        found = list(folding.word.finditer(surface))[: hit.words]
        gaps = [folding.gap(surface[a.end() : b.start()]) for a, b in pairwise(found)]
        tail = name.shape.tail.strip(".")
        if tail and not surface.endswith(tail):
            return False
        if hit.by_key:
            return all(gap in (" ", "-") for gap in gaps) and all(word[0][0].isupper() for word in found)
        listed, shape = name.words[-hit.words :], name.shape.gaps[-len(gaps) :] if gaps else ()
        if not all(map(_gap_fits, shape, gaps)):
            return False
        lowered = 0
        for word, given in zip(listed, found, strict=False):
            stem = given[0][: len(word)]
            if word.isupper() and len(word) > 1 and not stem.isupper():
                return False
            if name.form == "acronym" and given[0][len(word) :].isupper():
                return False  # an ending is in lower case; SHOSTA, which is sixth, is not ShOS
            lowered += word[0].isupper() and given[0][0].islower()
        return not lowered or (name.form not in ("surname", "epithet") and tuple(gaps) == tuple(shape))


def _alone(start: int, end: int, opening: Opening, language: str) -> list[Hit]:
    """The names that the word at *start* is by itself."""
    if len(opening.alone) == 1:  # as it mostly is
        packed, ending, cut = opening.alone[0]
        return [_new(Hit, (start, end - cut, packed, ending, False, 1, language))]
    return [_new(Hit, (start, end - cut, packed, ending, False, 1, language)) for packed, ending, cut in opening.alone]


@cache
def plain(language: str) -> str:
    """The language that `Matcher.hits` was given, without a script; empty for a script alone."""
    return "" if language in ENDINGS else language.split("-")[0]


def _gap_fits(listed: str, found: str) -> bool:
    if listed == found:
        return True
    return found in (" ", "-") and not set(listed) & set("+&/")


def number(packed: int) -> int:
    """The number of the name in a packed surface."""
    return packed >> SHIFT


def case(packed: int) -> int:
    """The number of the case in a packed surface."""
    return packed & CASE
