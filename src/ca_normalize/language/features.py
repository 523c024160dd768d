"""From texts to hashed features: character n-grams and words of many texts at once.

A text becomes a stream of code points in lower case, with one 0 before each word; only letters of the script that it
has most of count. Everything works on arrays that hold all texts of a batch one after another, apart by breaks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .letters import APOSTROPHE, BREAK, FIRST_SCRIPT, IGNORED, letters

ORDERS = 5  # n-grams of two to so many characters
BITS = 20  # of a hashed feature
NO_SCRIPT = 255
TRAIL = 3  # breaks behind a text, and one before the next: no n-gram of up to ORDERS letters joins two texts

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint32]
Bools = NDArray[np.bool_]


class Batch(NamedTuple):
    """Texts as arrays.

    Attributes:
        codes: the streams of the texts, one after another.
        script: of each text, the kind (see `letters`) of most of its letters; 0 where it has none.
        starts: where the stream of each text begins in `codes`.
        counts: how long it is, without the breaks behind it.
    """

    codes: Hashes
    script: Ints
    starts: Ints
    counts: Ints

    def only(self, rows: Ints) -> Batch:
        """The texts with the numbers *rows*."""
        lengths = self.counts[rows] + TRAIL
        ends = np.cumsum(lengths)
        starts = ends - lengths
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(self.starts[rows] - starts, lengths)
        return Batch(self.codes[places], self.script[rows], starts, self.counts[rows])


def batch(texts: Sequence[str]) -> Batch:
    """The streams of *texts*. Lone surrogates, and what is above U+FFFF, are breaks."""
    table = letters()
    joined = "\n" + "\n\n\n\n".join(texts) + "\n" * TRAIL
    raw = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    kind = table.kind.take(raw, mode="clip")
    for start, end in addresses(joined):
        kind[start:end] = BREAK
    lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + (1 + TRAIL)
    ignored = kind == IGNORED
    if ignored.any():
        some = np.logical_or.reduceat(ignored, lengths.cumsum() - lengths).tolist()
        composed = [unicodedata.normalize("NFC", text) if odd else text for text, odd in zip(texts, some, strict=True)]
        if composed != list(texts):
            return batch(composed)
        lengths -= np.add.reduceat(ignored, lengths.cumsum() - lengths, dtype=np.int64)
        raw, kind = raw[~ignored], kind[~ignored]
    ends = lengths.cumsum()
    codes = table.fold.take(raw, mode="clip")
    _fold_look_alikes(raw, codes, kind)
    script = _majority(kind, ends - lengths)
    letter = _counted(kind, script, lengths)
    kept = letter.copy()
    kept[:-1] |= letter[1:]
    counts = np.add.reduceat(kept, ends - lengths, dtype=np.int64)
    for place in range(1, TRAIL + 1):
        kept[ends - place] = True
    codes *= letter
    return Batch(codes[kept].astype(np.uint32), script, (counts + TRAIL).cumsum() - counts - TRAIL, counts)


def addresses(joined: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand; they are looked for in lines with a hint, for the pattern is slow."""
    done = 0
    for hint in sorted(_hints(joined)):
        if hint >= done:
            start, done = joined.rfind("\n", 0, hint) + 1, joined.find("\n", hint)
            for match in _address().finditer(joined, start, done):
                yield match.span()


def _hints(joined: str) -> Iterator[int]:
    for hint in letters().address_hints:
        at = joined.find(hint)
        while at >= 0:
            yield at
            at = joined.find(hint, at + 1)


@cache
def _address() -> re.Pattern[str]:
    return re.compile(letters().address)


def _fold_look_alikes(raw: Hashes, codes: NDArray[np.uint16], kind: NDArray[np.uint8]) -> None:
    """In words with letters of both scripts, turn look-alikes into the script that the word has more of, in place."""
    table = letters()
    latin = kind == table.number("Latn")
    if not latin.any():
        return
    cyrillic = kind == table.number("Cyrl")
    if not ((latin[1:] & cyrillic[:-1]).any() or (latin[:-1] & cyrillic[1:]).any()):
        return
    letter = latin | cyrillic
    first = letter.copy()
    first[1:] &= ~letter[:-1]
    starts = np.flatnonzero(first)
    latins = np.add.reduceat(latin, starts, dtype=np.int64)
    cyrillics = np.add.reduceat(cyrillic, starts, dtype=np.int64)
    mixed = np.flatnonzero((latins > 0) & (cyrillics > 0))
    places = _spans(starts[mixed], (latins + cyrillics)[mixed])
    to_latin = np.repeat((latins > cyrillics)[mixed], (latins + cyrillics)[mixed])
    places = places[np.where(to_latin, cyrillic[places], latin[places]) & (table.twin[raw[places]] > 0)]
    codes[places] = table.twin[raw[places]]
    kind[places] = np.where(latin[places], table.number("Cyrl"), table.number("Latn"))


def _spans(starts: Ints, lengths: Ints) -> Ints:
    """The places of all the spans, one after another."""
    ends = np.cumsum(lengths)
    places: Ints = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + lengths, lengths)
    return places


def _majority(kind: NDArray[np.uint8], starts: Ints) -> Ints:
    """The script that each text has most letters of; the first where there are as many of two."""
    table = letters()
    best = np.zeros(len(starts), np.int64)
    most = np.zeros(len(starts), np.int64)
    numbers = range(FIRST_SCRIPT, table.known)
    if kind.max() >= table.known:
        numbers = range(FIRST_SCRIPT, len(table.scripts))
    for number in numbers:
        letter = kind == number
        if letter.any():
            count = np.add.reduceat(letter, starts, dtype=np.int64)
            best = np.where(count > most, number, best)
            most = np.maximum(count, most)
    return best


def _counted(kind: NDArray[np.uint8], script: Ints, lengths: Ints) -> Bools:
    """Letters of the script of their text, where languages of it are known, and apostrophes between two of them."""
    known = np.where((script >= FIRST_SCRIPT) & (script < letters().known), script, NO_SCRIPT).astype(np.uint8)
    letter: Bools = kind == known.repeat(lengths)
    inner = (kind == APOSTROPHE).nonzero()[0]  # never the first or last: there are breaks around each text
    letter[inner] = letter[inner - 1] & letter[inner + 1]
    return letter


def hashes(codes: Hashes) -> Iterator[Hashes]:
    """For each place of a stream, the features that begin there, order by order; at last the words.

    A feature is a number below 2 ** BITS. 0 is no feature.
    """
    shift = np.uint32(32 - BITS)
    rolling = codes * np.uint32(0x9E3779B1)
    for order in range(2, ORDERS + 1):
        rolling ^= rolling >> np.uint32(15)
        rolling *= np.uint32(0x85EBCA6B)
        rolling[: 1 - order] += codes[order - 1 :] * np.uint32(0xC2B2AE35)
        if order == 2:
            two = rolling.copy()
        yield rolling >> shift
    yield _words(codes, two)


def _words(codes: Hashes, two: Hashes) -> Hashes:
    """The feature of each word, where it begins; made of its letters' features, two by two."""
    words = np.zeros(len(codes), np.uint32)
    letter = codes > 0
    first = letter.copy()
    first[1:] &= ~letter[:-1]
    starts = first.nonzero()[0]
    if len(starts):
        mixed = (two ^ (two >> np.uint32(16))) * np.uint32(0x2C1B3C6D) * letter
        total = np.add.reduceat(mixed, starts, dtype=np.uint32)
        total = (total ^ (total >> np.uint32(15))) * np.uint32(0x297A2D39)
        words[starts] = total >> np.uint32(32 - BITS)
    return words
