"""Text that was read in the wrong encoding.

A line that the gate lets pass is clean. In any other, each word is undone by every chain, and what it costs as text
before and after is compared (see `bigrams`). A run of words is mended by the chain that gains most, where that is more
than chance would give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ..edits import Edit, apply, compose
from .encodings import chains, source

MARGIN = 14.0  # nats that a run of words must gain; about one in a million by chance
KNOWN = 6.0  # the same, for a chain that mended another line of the text
LEAVE = 4.0  # nats for a change back to sound text within a line
ROUNDS = 4  # text may be broken more than once
BLOCK = 50_000  # code points scored at a time
_WORD = re.compile(r"[^ \t\n\r\x0b\x0c]+")


def mojibake(text: str) -> list[Edit]:
    """Edits that mend *text*, a word each."""
    edits: list[Edit] = []
    middle = text
    for _ in range(ROUNDS):
        more = _once(middle)
        if not more:
            break
        edits = compose(text, edits, more)
        middle = apply(middle, more)
    return edits


@cache
def _gate() -> re.Pattern[str]:
    return re.compile("|".join(source()["gate"]["patterns"]))


def suspicious(text: str) -> bool:
    """Whether anything in *text* may be mojibake: one quick scan."""
    return not text.isascii() and _gate().search(text) is not None


def _once(text: str) -> list[Edit]:
    if not suspicious(text):
        return []
    known: set[int] = set()
    edits = _mend(text, _lines(text, only_suspicious=True), known)
    if edits:  # now the lines that show no sign by themselves, by the chains that mended the others
        edits = _mend(text, _lines(text, only_suspicious=False), known)
    return edits


Line = list[tuple[int, str]]  # its words that are not ASCII, with their start


def _lines(text: str, only_suspicious: bool) -> Iterator[Line]:
    """The lines as words; a paragraph of any length is a line."""
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        if end < 0:
            end = len(text)
        if only_suspicious:
            hit = _gate().search(text, start)
            if hit is None:
                return
            start = text.rfind("\n", start, hit.start()) + 1 or start
            end = text.find("\n", hit.start())
            if end < 0:
                end = len(text)
        words = [(m.start(), m.group()) for m in _WORD.finditer(text, start, end) if not m.group().isascii()]
        if words:
            yield words
        start = end + 1


def _mend(text: str, lines: Iterator[Line], known: set[int]) -> list[Edit]:
    edits: list[Edit] = []
    for block in _blocks(lines):
        gains = _gains(sorted({word for line in block for _, word in line}))
        for line in block:
            number, mended = _best(line, gains, known)
            for start, word in mended:
                known.add(number)
                right = chains()[number].undo(word)
                if right != word:
                    edits.append(Edit(start, start + len(word), right, "repair", "mojibake"))
    return edits


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


def _gains(words: list[str]) -> dict[int, dict[str, float]]:
    """For each chain, what each word gains by it; only chains that some word gains by."""
    from .bigrams import costs

    before = costs(words).min(axis=1)
    gains = {}
    for number, chain in enumerate(chains()):
        undone = {place: mended for place, word in enumerate(words) if (mended := chain.undo(word)) != word}
        if undone:
            places = list(undone)
            gain = before[places] - costs(list(undone.values())).min(axis=1)
            if gain.max() > 0:
                gains[number] = dict(zip((words[place] for place in places), gain.tolist(), strict=True))
    return gains


def _best(line: Line, gains: dict[int, dict[str, float]], known: set[int]) -> tuple[int, Line]:
    """The chain that gains most on *line*, and the words to undo by it; none where no chain gains enough."""
    best, number, chosen = 0.0, 0, Line()
    for chain, by_word in gains.items():
        of_words = [by_word.get(word, 0.0) for _, word in line]
        if max(of_words) > 0:
            gain, flags = _path(of_words, KNOWN if chain in known else MARGIN)
            if gain > best:
                best, number = gain, chain
                chosen = [item for item, flag in zip(line, flags, strict=True) if flag]
    return number, chosen


def _path(gains: Sequence[float], margin: float) -> tuple[float, list[bool]]:
    """The best choice of runs to mend: what is gained, less *margin* a run; and a flag a word (Viterbi)."""
    sound, mended = 0.0, float("-inf")
    came: list[tuple[bool, bool]] = []  # for each word, whether the state before it was mended: if sound, if mended
    for gain in gains:
        leave, enter = mended - LEAVE > sound, sound - margin > mended
        sound, mended = max(sound, mended - LEAVE), max(mended, sound - margin) + gain
        came.append((leave, not enter))
    state = mended > sound
    flags = []
    for from_sound, from_mended in reversed(came):
        flags.append(state)
        state = from_mended if state else from_sound
    return max(sound, mended), flags[::-1]
