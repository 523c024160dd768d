"""Text that was read in the wrong encoding.

A line that the gate lets pass is clean. In any other, each word is undone by every chain, and what it costs as text
before and after is compared (see `bigrams`). A run of words is mended by the chain that gains most, where that is more
than chance would give.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from ..edits import Edit, apply, compose
from .encodings import Chain, chains, source
from .look import Look

RULE = "mojibake"
MARGIN = 15.0  # nats that a run of words must gain; about one in a million by chance
LISTS = 22.0  # the same for Cyrillic read as Latin: what a list of accented letters gains is no evidence
STRICT = 8.0  # the same for UTF-8, which few other texts happen to be
KNOWN = 3.0  # the same, for a chain that mended another line of the text
LEAVE = 5.0  # nats for a change back to sound text within a line
UNKNOWN = 4.5  # nats a sign: what text in no known language, or a list of letters, costs at most
CLOSER = 6  # chains that are looked at closely
LONGEST = 10_000  # code points; what is longer without a space is left alone
ROUNDS = 4  # text may be broken more than once
REACH = 2  # code points from a telling place to the ends of what the gate finds, which is three at most
BLOCK = 50_000  # code points scored at a time
_CORE = re.compile(r"[^\W\d_](?:.*[^\W\d_])?")
_WORD = re.compile(r"[^ \t\n\r\x0b\x0c]+")


def mojibake(look: Look) -> list[Edit]:
    """Edits that mend the text of *look*, a word each."""
    edits: list[Edit] = []
    middle = look
    for _ in range(ROUNDS):
        more = _once(middle)
        if not more:
            break
        edits = compose(look.text, edits, more)
        middle = middle.at(apply(middle.text, more))
    return edits


@cache
def _gate() -> re.Pattern[str]:
    return re.compile("|".join(source()["gate"]["patterns"]))


def _once(look: Look) -> list[Edit]:
    text = look.text
    if text.isascii() or not look.odd:
        return []
    known: set[int] = set()
    edits = _mend(text, _odd_lines(look), known)
    if edits:  # now the lines that show no sign by themselves, by the chains that mended the others
        edits = _mend(text, _lines(text, 0, len(text)), known)
    return edits


Line = list[tuple[int, str]]  # its words that are not ASCII, with their start


def _lines(text: str, start: int, stop: int) -> Iterator[Line]:
    """The lines from *start* to *stop* as words; a paragraph of any length is a line."""
    while start <= stop:
        end = text.find("\n", start, stop)
        end = stop if end < 0 else end
        words = [(m.start(), m.group()) for m in _WORD.finditer(text, start, end) if _counts(m)]
        if words:
            yield words
        start = end + 1


def _counts(match: re.Match[str]) -> bool:
    return match.end() - match.start() <= LONGEST and not match.group().isascii()


def _odd_lines(look: Look) -> Iterator[Line]:
    """The lines with something that the gate finds at a telling place."""
    at, text = 0, look.text
    for place in look.telling():
        if place < at:
            continue
        if _gate().search(text, max(at, place - REACH), place + REACH + 1):
            start, end = max(at, text.rfind("\n", at, place) + 1), text.find("\n", place)
            end = len(text) if end < 0 else end
            yield from _lines(text, start, end)
            at = end + 1


def _mend(text: str, lines: Iterator[Line], known: set[int]) -> list[Edit]:
    edits: list[Edit] = []
    for block in _blocks(lines):
        words = {word for line in block for _, word in line}
        likely = _likely(frozenset(filter(_gate().search, words))) | known
        if not likely:
            continue
        costs = Costs(words, sorted(likely))
        for line in block:
            number, mended = _best(line, costs, known)
            if mended:
                known.add(number)
                edits += _edits(mended, chains()[number])
    return edits


@lru_cache(maxsize=4096)
def _likely(words: frozenset[str]) -> frozenset[int]:
    """The chains by which one of *words* would gain; remembered, for what looks odd and is not (КазМунайГаз) recurs."""
    return frozenset(Costs(words, range(len(chains()))).gains)


def _edits(words: Line, chain: Chain) -> Iterator[Edit]:
    """Edits that undo *chain* in *words*."""
    for place, (start, word) in enumerate(words):
        end, right = start + len(word), chain.undo(word)
        if right == word and chain.written == "utf-8" and place + 1 < len(words) and words[place + 1][0] == end + 1:
            # Р is D0 A0: where A0, a no-break space, was made a plain one, the letter is cut in two.
            letter = chain.undo(word + "\u00a0")
            if letter.isupper() and len(letter) == 1:
                end, right = end + 1, letter
        if right != word or end > start + len(word):
            yield Edit(start, end, right, "repair", RULE)


def _blocks(lines: Iterator[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    size = 0
    for line in lines:
        block.append(line)
        size += sum(len(word) for _, word in line)
        if size > BLOCK:
            yield block
            block, size = [], 0
    if block:
        yield block


class Costs:
    """What the words of a block cost, as they are and undone by each chain, in each language."""

    def __init__(self, some: Iterable[str], numbers: Iterable[int]) -> None:
        import numpy as np

        from .bigrams import costs

        self._words = words = sorted(some)
        joined = " ".join(words)
        self.place = {word: number for number, word in enumerate(words)}
        self.before = costs(words)
        self.after: dict[int, Any] = {}  # by chain
        self.changed: dict[int, Any] = {}  # by chain: whether it changes a word
        self._mended: dict[int, dict[int, str]] = {}  # by chain: the words that it changes, undone
        self._weak: dict[int, set[int]] = {}  # by chain: words that tell nothing
        self.gains: dict[int, Any] = {}  # by chain, each word by itself in the language that suits it best
        unknown = np.array([UNKNOWN * (len(word) + 1) for word in words])
        self.least = np.minimum(self.before.min(axis=1), unknown)
        for number in numbers:
            chain = chains()[number]
            if not chain.possible(joined):
                continue
            pairs = zip(words, chain.undo_all(words), strict=True)
            undone = {place: mended for place, (word, mended) in enumerate(pairs) if mended != word}
            if undone:
                places = list(undone)
                after = self.before.copy()
                after[places] = costs(list(undone.values()))
                gain = self.least - after.min(axis=1)
                if gain.max() > 0:
                    self.after[number], self.gains[number] = after, gain
                    self.changed[number] = np.isin(np.arange(len(words)), places)
                    self._mended[number] = undone

    def of(self, places: list[int], number: int) -> list[float]:
        """What each word of a line gains by a chain, where all that it leaves is to be in one language."""
        after = self.after[number][places]
        one = after[:, after.sum(axis=0).argmin()]
        gains = (self.least[places] - one) * self.changed[number][places]
        return self.told(gains.tolist(), places, number)

    def most(self, places: list[int], number: int) -> float:
        """What a line may gain by a chain at most."""
        gains = self.gains[number][places]
        return float(gains[gains > 0].sum())

    def told(self, gains: list[float], places: list[int], number: int) -> list[float]:
        """The same as `of`, with nothing gained by words that tell nothing."""
        weak = self._weak.get(number)
        if weak is None:
            words, mended, chain = self._words, self._mended[number], chains()[number]
            weak = self._weak[number] = {p for p, right in mended.items() if not _evident(words[p], right, chain)}
        return [min(gain, 0.0) if place in weak else gain for gain, place in zip(gains, places, strict=True)]


def _evident(word: str, mended: str, chain: Chain) -> bool:
    """Whether *word* by itself tells of the chain: not by a sign at its edge, which may be a table's, or a dash."""
    if chain.written == "utf-8":
        return len(mended) <= len(word) - 2 or sum(map(str.isalpha, mended)) > 1
    core = _CORE.search(word)
    return core is not None and chain.undo(core.group()) != core.group()


def _best(line: Line, costs: Costs, known: set[int]) -> tuple[int, Line]:
    """The chain that gains most on *line*, and the words to undo by it; none where no chain gains enough."""
    places = [costs.place[word] for _, word in line]
    rough = []
    for number, gains in costs.gains.items():
        margin = _margin(number, known)
        if costs.most(places, number) > margin:
            of_words = costs.told(gains[places].tolist(), places, number)
            rough.append((-_path(of_words, margin)[0], number))
    best, chosen, flags = 0.0, 0, [False] * len(line)
    for _, number in sorted(rough)[:CLOSER]:
        gain, found = _path(costs.of(places, number), _margin(number, known))
        if gain > best:
            best, chosen, flags = gain, number, found
    return chosen, [item for item, flag in zip(line, flags, strict=True) if flag]


def _margin(number: int, known: set[int]) -> float:
    if number in known:
        return KNOWN
    if chains()[number].written == "utf-8":
        return STRICT
    return LISTS if chains()[number].read == "latin" else MARGIN


def _path(gains: Sequence[float], margin: float) -> tuple[float, list[bool]]:
    """The best choice of runs to mend: what is gained, less *margin* a run; and a flag a word (Viterbi)."""
    sound, mended = 0.0, -margin  # a line is likelier broken from its start than from some word on
    came: list[tuple[bool, bool]] = []  # for each word, whether the state before it was mended: if sound, if mended
    enter_at = margin + LEAVE
    for gain in gains:
        leave, enter = mended - LEAVE > sound, sound - enter_at > mended
        sound, mended = max(sound, mended - LEAVE), max(mended, sound - enter_at) + gain
        came.append((leave, not enter))
    state = mended > sound
    flags = []
    for from_sound, from_mended in reversed(came):
        flags.append(state)
        state = from_mended if state else from_sound
    return max(sound, mended), flags[::-1]
