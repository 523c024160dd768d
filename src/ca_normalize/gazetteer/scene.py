"""The surroundings of a name: the words beside it, its line, and what kind of line that is.

Nothing that speaks for or against a name stands in another line, but for what the whole text is about.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cache

from ..result import Detection
from .cues import Cues
from .fold import STOPS, Folding

REACH = 90  # code points to either side that words are read from
WORD = 40  # code points that a word beside a name has at most
NEAR = 240  # code points to either side that count as near, within the line
FAR = 500  # code points to either side that tell what kind of line it is
BLOCK = 1024  # code points whose words are read at once
_CLAUSE = re.compile(r"[;:!?()…]|, |\. | [–—-] ")
_LAST_WORD = re.compile(r"\w+\Z")
_JOINTS = frozenset("@#/.:_-\\=?&")
_ADDRESS = re.compile(r"://|www\.|@|(?<!\w)#|\w\.(?:com|org|net|info|kz|kg|uz|tj|tm|ru|gov|edu)\b")


SURE = 0.9  # confidence from which a detected language is relied on


def sure(detection: Detection) -> bool:
    """Whether the language can be relied on, to take endings off and to choose among labels."""
    return detection.confidence >= SURE and detection.language != "und"


class Block:
    """The words of a stretch of text, with the cues that each is a sign of; read once, asked often."""

    def __init__(self, text: str, low: int, high: int, folding: Folding, cues: Cues) -> None:
        found = list(folding.word.finditer(text, low, high))
        self.starts = [word.start() for word in found]
        self.masks = cues.any.each([folding.fold(word[0]) for word in found])

    def mask(self, low: int, high: int) -> int:
        """The cues that words between *low* and *high* are signs of."""
        mask = 0
        for value in self.masks[bisect_left(self.starts, low) : bisect_left(self.starts, high)]:
            mask |= value
        return mask


class Document:
    """The text that lines are of.

    Args:
        text: all of it.
        translated: a machine translated it, as the pipeline knows.

    Attributes:
        asked: what it is about was asked for, since this was last set to False.
    """

    def __init__(self, text: str, folding: Folding, cues: Cues, translated: bool = False) -> None:
        self.text, self.translated, self.asked = text, translated, False
        self._folding, self._cues = folding, cues
        self._mask: int | None = None

    def mask(self) -> int:
        """The cues that the words of the whole text are signs of."""
        self.asked = True
        if self._mask is None:
            words = self._folding.word.findall(self.text)
            self._mask = self._cues.any.of([self._folding.fold(word) for word in words])
        return self._mask


class Scene:
    """A line that names are looked for in, with what is asked about places in it.

    Args:
        text: the line.
    """

    __slots__ = ("_blocks", "_shouts", "cues", "folding", "text")

    def __init__(self, text: str, folding: Folding, cues: Cues) -> None:
        self.text, self.folding, self.cues = text, folding, cues
        self._shouts: dict[int, bool] = {}
        self._blocks: dict[int, Block] = {}

    def word_before(self, at: int) -> str:
        """What stands before *at*, from one space to the next."""
        chunk = self.text[max(0, at - WORD) : at].rstrip(" ")
        return chunk[chunk.rfind(" ") + 1 :]

    def before(self, at: int) -> list[str]:
        """The words before *at*, in its clause, as they are written."""
        chunk = self.text[max(0, at - REACH) : at]
        cut = 0
        for found in _CLAUSE.finditer(chunk):
            if found[0] == ". " and _abbreviated(chunk, found.start()):
                continue
            cut = found.end()
        words = self.folding.word.findall(chunk[cut:])
        return words[1:] if cut == 0 and at > REACH and words else words

    def after(self, at: int) -> list[str]:
        """The words after *at*, in its clause, as they are written."""
        chunk = self.text[at : at + REACH]
        found = _CLAUSE.search(chunk)
        return self.folding.word.findall(chunk[: found.start()] if found else chunk)

    def apposition(self, at: int) -> list[str]:
        """The words after a comma at *at*: ``Tokayev, president of``."""
        return self.after(at + 2) if self.text.startswith(", ", at) else []

    def beside(self, start: int, end: int) -> int:
        """The cues of the words directly before and after [start, end), each where words of its language stand."""
        text, mask, at = self.text, 0, start
        while at and text[at - 1] in self.folding.skipped:
            at -= 1
        if at and at != start:
            low = text.rfind(" ", max(0, at - 40), at)
            mask, phrases = self._last(text[low + 1 if low >= 0 else max(0, at - 40) : at])
            if phrases or (low > 0 and self._before_last(low)):
                mask |= self.cues.before.last(self.left(start))
        if text[end : end + 1] not in self.folding.skipped or end >= len(text):
            return mask
        after, phrases = self._first(text[end + 1 : end + 41].partition(" ")[0])
        if phrases:
            after |= self.cues.after.first(self.right(end))
        if after & self.cues.capital and not text[end + 1 : end + 2].isupper():
            after &= ~self.cues.capital
        return mask | after

    def _last(self, raw: str) -> tuple[int, bool]:
        """The cues of a word before a name, and whether a phrase may end with it; *raw* is as it stands."""
        known = self.cues.before.raw.get(raw)
        if known is None:
            words = self.left_words(raw)
            known = self.cues.before.remember(raw, words[-1] if words else "", last=True)
            if len(words) > 1:  # apart by a tab or the like
                known = self.cues.before.raw[raw] = (known[0], True)
        return known

    def _before_last(self, end: int) -> bool:
        """Whether a phrase with any word at its end may have the word that ends at *end* before that."""
        text = self.text
        low = text.rfind(" ", max(0, end - 40), end)
        raw = text[low + 1 if low >= 0 else max(0, end - 40) : end]
        known = self.cues.before.raw_wild.get(raw)
        if known is None:
            words = self.left_words(raw)
            known = not raw or self.cues.before.remember_wild(raw, words[-1] if words else "")
        return known

    def _first(self, raw: str) -> tuple[int, bool]:
        """The same of a word after a name."""
        known = self.cues.after.raw.get(raw)
        if known is None:
            words = self.right_words(raw)
            known = self.cues.after.remember(raw, words[0] if words else "", last=False)
        return known

    def left(self, at: int) -> list[str]:
        """The last three words before *at*, folded, up to the nearest mark between clauses; quotation marks aside."""
        return self.left_words(self.text[max(0, at - 40) : at])

    def left_words(self, chunk: str) -> list[str]:
        words: list[str] = []
        for raw in reversed(chunk.split()[-3:]):
            word = raw.strip(self.folding.marks)
            if word != raw and raw[-1] in STOPS and (raw[-1] != "." or len(word) > 3):
                break
            words.append(self.folding.fold(word))
            if raw[0] in "(":
                break
        return words[::-1]

    def right(self, at: int) -> list[str]:
        """The first three words after *at*, folded, up to the nearest mark between clauses; quotation marks aside."""
        chunk = self.text[at : at + 40]
        return [] if chunk[:1] in STOPS else self.right_words(chunk)

    def right_words(self, chunk: str) -> list[str]:
        words: list[str] = []
        for raw in chunk.split()[:3]:
            word = raw.strip(self.folding.marks)
            if raw[0] in "(–—" or (not word and words):
                break
            if word:
                words.append(self.folding.fold(word))
            if raw[-1] in STOPS:
                break
        return words

    def folded(self, words: Sequence[str]) -> list[str]:
        return [self.folding.fold(word) for word in words]

    def has(self, words: tuple[str, ...], start: int, end: int, reach: int) -> bool:
        """Whether one of *words* stands within *reach* of [start, end). A capital in it counts."""
        find = _literal(words)
        return bool(find(self.text, max(0, start - reach), start) or find(self.text, end, end + reach))

    def near(self, start: int, end: int) -> int:
        """The cues of the words near [start, end), less those in it."""
        number = start // BLOCK
        block = self._blocks.get(number)
        if block is None:
            low, high = max(0, number * BLOCK - 2 * NEAR), (number + 2) * BLOCK
            block = self._blocks[number] = Block(self.text, low, high, self.folding, self.cues)
        return block.mask(start - NEAR, start) | block.mask(end, end + NEAR)

    def shouts(self, at: int) -> bool:
        """Whether the line around *at* writes its words with capitals (a headline, ALL CAPS): they say nothing then."""
        low = max(0, at - FAR)  # a line may be as long as a book
        known = self._shouts.get(low)
        if known is None:
            words = [
                word for word in self.folding.word.findall(self.text, low, min(at + FAR, low + 400)) if len(word) > 3
            ]
            capitals = sum(not word[0].islower() for word in words)
            known = self._shouts[low] = len(words) >= 3 and capitals >= 0.75 * len(words)
        return known

    def opens(self, at: int) -> bool:
        """Whether a sentence, or the line, begins at *at*."""
        before = self.text[max(0, at - 4) : at].rstrip(" ")
        stripped = self.folding.fold(before).rstrip(self.folding.quote + "- ")
        return not stripped or stripped[-1] in ".!?:…•"

    def capitals_mean_little(self, at: int) -> bool:
        """Whether a word at *at* would have its capital anyway: a sentence begins there, or the line shouts."""
        return self.opens(at) or self.shouts(at)

    def quoted(self, start: int, end: int) -> bool:
        """Whether [start, end) stands alone in quotation marks."""
        if not start or end >= len(self.text):
            return False
        return self.text[end] in self.folding.quotes and self.text[start - 1] in self.folding.quotes

    def in_address(self, start: int, end: int) -> bool:
        """Whether [start, end) is a part of a URL, an e-mail address, a @handle or a #tag."""
        before, after = self.text[start - 1 : start], self.text[end : end + 1]
        stop = after == "." and not self.text[end + 1 : end + 2].isalnum()
        if before not in _JOINTS and (stop or after not in _JOINTS):
            return False
        low, high = start, end
        while low > 0 and not self.text[low - 1].isspace() and start - low < 80:
            low -= 1
        while high < len(self.text) and not self.text[high].isspace() and high - end < 80:
            high += 1
        return bool(_ADDRESS.search(self.text[low:high]))


@cache
def _literal(words: tuple[str, ...]) -> Callable[[str, int, int], object]:
    """A search for any of *words*, whole; those in lower case are found with capitals too."""
    parts = [re.escape(word) if word != word.lower() else f"(?i:{re.escape(word)})" for word in words]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)").search


def _abbreviated(chunk: str, stop: int) -> bool:
    """Whether the word before the stop at *stop* is short enough for an abbreviation (г. Ош, St. Mary, U.S.)."""
    word = _LAST_WORD.search(chunk, max(0, stop - 4), stop)
    return word is not None and len(word[0]) <= 3
