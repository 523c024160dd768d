"""Words that names begin with. What was found out of a word, or of two in a row, is remembered from text to text.

Most words with a capital begin no name, and most that do are a name by themselves: for these, all that is left to do
in a text is one look-up, or two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from .index import Index, unpack

if TYPE_CHECKING:
    from . import stems

MEMO = 30_000  # words remembered for a language, about 6 MB
LONGEST = 60  # code points of a word that is remembered with those before it
NO_GAP = frozenset(("", "\n", ";", ":", "!", "?", ")", "]", "\u2026"))  # after these a name does not go on
SLAVIC = frozenset(("ru", "uk", "be", "bg"))
UNINFLECTED = SLAVIC | {"en"}  # their endings are in the index, or are 's
ENDINGS = {  # languages whose endings are tried where the language of a text is not sure, by script
    "Cyrl": ("kk", "ky", "uz-Cyrl", "tg", "tk-Cyrl", "kaa-Cyrl"),
    "Latn": ("uz", "tk", "kk-Latn", "kaa"),
}

Stems = tuple[tuple[str, str], ...]  # a stem and an ending each


class Alone(NamedTuple):
    """Names that a word is by itself.

    Attributes:
        packed: the names that it may be, with their cases.
        ending: the ending that was taken off, or an empty string.
        cut: how much at its end does not belong to the name: an English 's.
    """

    packed: tuple[int, ...]
    ending: str
    cut: int


class Opening(NamedTuple):
    """What is known of a word that a name may begin with.

    Attributes:
        folded: the word.
        words: of the longest name that begins with it.
        seconds: the second words of names that begin with it.
        begun: the same, each less its last letter: a stem may have another there than the word with its ending.
        key_words: the same, of cross-script keys.
        alone: the names that it is by itself, where no mark behind it belongs to them.
        prefixed: names of which it is the first word in capitals begin with words in lower case.
        short: no name goes on behind it, or begins before it.
        listed: the names that it is by itself as it stands, packed (see `unpack`); None where it is none.
        tailed: one of these has a mark behind its word (``U.S.``).
        settled: for which answers to what else it depends on no name that it is by itself would be rewritten.
    """

    folded: str
    words: int
    seconds: frozenset[str]
    begun: tuple[str, ...]
    key_words: int
    alone: tuple[Alone, ...]
    prefixed: bool
    short: bool
    listed: str | None
    tailed: bool
    settled: set[Any]


_MISSING = Opening("", -1, frozenset(), (), 0, (), False, False, None, False, set())


class Openings:
    """The openings of one language.

    Args:
        language: BCP 47, with the script where the language has two (``uz-Cyrl``), or a script (see `ENDINGS`).
    """

    def __init__(self, index: Index, language: str) -> None:
        self.index, self.language = index, language
        self._words: dict[str, Opening | None] = {}
        self._pairs: dict[str, bool] = {}  # whether a name may go on, by a word and the next as they stand in the text
        self._stems: dict[str, Stems] = {}
        self._apart = None if language in UNINFLECTED else _apart(index, ENDINGS.get(language, (language,)))

    def all(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, Opening, bool, str]]:
        """Each word in ``text[start:end]`` that a name may begin with.

        Yields:
            where it begins, where it ends, the word; whether it can be no more than a name by itself (see
            ``Opening.alone``); and it and the next word, as far as the next space, where this is easy to say. A word
            that can be neither a name nor the beginning of one is left out.
        """
        words, pairs, joints = self._words, self._pairs, self.index.folding.joints
        if len(words) > MEMO:
            words.clear()
        for found in self.index.folding.capital.finditer(text, start, end):
            word = found[0]
            opening = words.get(word, _MISSING)
            if opening is _MISSING:
                opening = words[word] = self._opening(word)
            if opening is None:
                continue
            at, stop = found.span()
            if at and (text[at - 1].isalnum() or text[at - 1] == "_"):
                continue
            mark = text[stop : stop + 1]
            if opening.prefixed or (mark in joints and (mark != "." or opening.tailed)):
                yield at, stop, opening, False, "" if opening.prefixed else _joined(text, at, stop, end)
                continue
            pair, ends = "", opening.short or mark in NO_GAP
            if not ends:
                second = stop + 1 if mark == " " else stop + 2 if text.startswith(" ", stop + 1) else end
                after = text.find(" ", second, end)  # quicker than to match the next word
                if 0 <= after <= stop + LONGEST and text[second].isalnum():
                    pair = text[at:after]
                known = pairs.get(pair)
                ends = not (self._goes_on(text, stop, end, opening, pair) if known is None else known)
            if opening.alone or not ends:
                yield at, stop, opening, ends, pair

    def _goes_on(self, text: str, end: int, limit: int, opening: Opening, pair: str) -> bool:
        """Whether a name may go on behind the word that ends at *end*; remembered by *pair*, where that says it."""
        second = self.index.folding.next_word.match(text, end, limit)
        goes_on = second is not None and (self._longer_begins(opening, second) or self.key_begins(opening, second))
        if pair:
            if len(self._pairs) > MEMO:
                self._pairs.clear()
            self._pairs[pair] = goes_on
        return goes_on

    def told_by(self, window: str, opening: Opening) -> bool | None:
        """Whether *window* says by itself what stands at its beginning; None where some more words of text might.

        Args:
            window: the word of *opening* and what follows it, up to a space: what `all` gave, or more of the text.
        """
        index, folding = self.index, self.index.folding
        if folding.gap(window[-1]) == "-" or not folding.quotes.isdisjoint(window):
            return False
        key, at, count, by_key = opening.folded, len(opening.folded), 1, True
        while following := folding.next_word.match(window, at):
            key, at, count = f"{key} {folding.fold(following[2])}", following.end(), count + 1
            if key in index.prefixed:
                return False
            by_key = by_key and (self.key_begins(opening, following) if count == 2 else following[1] in folding.links)
            if (count >= opening.words or key not in index.heads) and (count >= opening.key_words or not by_key):
                return True
        return None

    def _opening(self, word: str) -> Opening | None:
        index = self.index
        folded = index.folding.fold(word)
        begins = index.words.get(folded)
        key_words = int(index.key_words.get(index.skeleton.of_word(folded)) or 0)
        stems = self._split(folded)  # which is not remembered twice
        if stems:
            stems = tuple(pair for pair in stems if pair[0] in index.surfaces)
        if begins is None and not (key_words or stems):
            return None
        count, *seconds = (begins or "0").split(" ")
        words, prefixed, listed = int(count), folded in index.prefixed, index.surfaces.get(folded)
        return Opening(
            folded=folded,
            words=words,
            seconds=frozenset(seconds),
            begun=tuple(second[:-1] for second in seconds),
            key_words=key_words,
            alone=tuple(self._by_itself(listed, stems)),
            prefixed=prefixed,
            short=words < 2 and key_words < 2 and not prefixed,
            listed=listed,
            tailed=listed is not None and any(index.tails(unpack(listed))),
            settled=set(),
        )

    def _by_itself(self, listed: str | None, stems: Stems) -> Iterator[Alone]:
        if listed is not None:
            yield Alone(unpack(listed), "", 0)
        for stem, ending in stems:
            cut = len(ending) if self.possessive(ending) else 0
            yield Alone(self.index.find(stem), "" if cut else ending, cut)

    def _longer_begins(self, opening: Opening, second: re.Match[str]) -> bool:
        """Whether a listed name may begin with the word of *opening* and the *second*."""
        last = self.index.folding.fold(second[2])
        if last in opening.seconds:
            return True
        return last.startswith(opening.begun) and any(
            f"{opening.folded} {stem}" in self.index.surfaces for stem, _ in self.stems(last)
        )

    def key_begins(self, opening: Opening, second: re.Match[str]) -> bool:
        """Whether a cross-script key may begin with the word of *opening* and the *second*."""
        index, of_word = self.index, self.index.skeleton.of_word
        if opening.key_words < 2 or second[1] not in index.folding.links or not second[2][0].isupper():
            return False
        word = index.folding.fold(second[2])
        seconds = (word, *(stem for stem, _ in self.stems(word)))
        return any(f"{of_word(opening.folded)} {of_word(one)}" in index.key_heads for one in seconds)

    def possessive(self, ending: str) -> bool:
        """Whether *ending* is an English 's."""
        return ending[:1] == self.index.folding.apostrophe and ending[1:] == "s"

    def stems(self, folded: str) -> Stems:
        """Ways to read *folded* as a stem and an ending, where the stem may end a name."""
        known = self._stems.get(folded)
        if known is None:
            if len(self._stems) > MEMO:
                self._stems.clear()
            known = self._stems[folded] = self._split(folded)
        return known

    def _split(self, folded: str) -> Stems:
        apostrophe = self.index.folding.apostrophe
        english = ((folded[:-2], folded[-2:]),) if folded.endswith(apostrophe + "s") else ()
        return (*english, *self._apart.of(folded)) if self._apart else english


def _joined(text: str, at: int, stop: int, end: int) -> str:
    """The word at *at* with what is joined to it by the mark at *stop*, up to the next space; or an empty string."""
    after = text.find(" ", stop + 1, min(end, stop + LONGEST))  # no further: a line may have a hyphen in each word
    return text[at:after] if after >= 0 and text[stop + 1].isalnum() else ""


def _apart(index: Index, languages: Sequence[str]) -> stems.Stems:
    from .stems import Stems

    return Stems(languages, index.lasts)
