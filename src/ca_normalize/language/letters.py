"""What each code point is to the language model: a letter of a script, an apostrophe, nothing, or a break.

The tables are made from data/language/letters.toml when they are first needed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import data
from ..errors import DataError

BREAK, APOSTROPHE, IGNORED, FIRST_SCRIPT = range(4)  # kinds; the scripts follow, in the order of the file
SIZE = 0x10000  # what lies above holds no letters of these languages


class Letters(NamedTuple):
    """Tables over the code points below `SIZE`.

    Attributes:
        kind: BREAK, APOSTROPHE, IGNORED, or the number of a script in `scripts`.
        fold: the code point in lower case; 0 where it is no letter.
        twin: the look-alike in the other script, in lower case; 0 where there is none.
        scripts: ISO 15924 codes by kind; empty for the three first kinds.
        known: kinds from here on are scripts without languages in the model.
        second_opinion: scripts of which langdetect knows languages.
        address, address_hints: a pattern of what is no language, and what occurs in each match.
        digest: of the file: a model is only good with the letters that it was trained with.
    """

    kind: NDArray[np.uint8]
    fold: NDArray[np.uint16]
    twin: NDArray[np.uint16]
    scripts: tuple[str, ...]
    known: int
    second_opinion: frozenset[str]
    address: str
    address_hints: tuple[str, ...]
    digest: str

    def number(self, script: str) -> int:
        """The kind of the letters of *script*."""
        return self.scripts.index(script)


def path() -> Path:
    """The file that the tables are made from."""
    return data.root() / "language" / "letters.toml"


@cache
def letters() -> Letters:
    """The tables.

    Raises:
        DataError: the file lacks something, or a range or a pair in it is broken.
    """
    file = path()
    try:
        return _build(data.table(file), file)
    except KeyError as error:
        raise DataError("is missing; see the copy that came with the package", file=file, entry=str(error)) from error


def _build(table: dict[str, Any], file: Path) -> Letters:
    kind = np.zeros(SIZE, np.uint8)
    fold = np.zeros(SIZE, np.uint16)
    twin = np.zeros(SIZE, np.uint16)
    names = ["", "", ""]
    for script, ranges in (table["scripts"] | table["other_scripts"]).items():
        for first, last in _ranges(ranges, file, script):
            kind[first : last + 1] = len(names)
            if script in table["scripts"]:
                lower = (chr(code).lower() for code in range(first, last + 1))
                fold[first : last + 1] = [ord(letter[0]) for letter in lower]
        names.append(script)
    for first, last in _ranges(table["signs"]["ignored"], file, "ignored"):
        kind[first : last + 1] = IGNORED
    for sign in table["signs"]["apostrophes"]:
        kind[ord(sign)], fold[ord(sign)] = APOSTROPHE, ord("'")
    for letter, folded in table["fold"].items():
        fold[ord(letter)] = ord(folded)
    pairs = table["look_alikes"]
    if len(pairs["Latn"]) != len(pairs["Cyrl"]):
        raise DataError("Latn and Cyrl must have as many letters each", file=file, entry="look_alikes")
    for latin, cyrillic in zip(pairs["Latn"], pairs["Cyrl"], strict=True):
        twin[ord(latin)], twin[ord(cyrillic)] = fold[ord(cyrillic)], fold[ord(latin)]
    signs = table["signs"]
    digest = hashlib.sha256(file.read_text("utf-8").encode()).hexdigest()[:16]
    hints = tuple(signs["address_hints"])
    known = FIRST_SCRIPT + len(table["scripts"])
    told = frozenset(table["langdetect"]["scripts"])
    return Letters(kind, fold, twin, tuple(names), known, told, signs["address"], hints, digest)


def _ranges(spans: Iterable[str], file: Path, entry: str) -> Iterator[tuple[int, int]]:
    for span in spans:
        first, last = span[0], span[-1]
        if len(span) not in (1, 3) or last < first or ord(last) >= SIZE:
            problem = f"{span!r} is no range: write the first and the last character, as in A-Z"
            raise DataError(problem, file=file, entry=entry)
        yield ord(first), ord(last)
