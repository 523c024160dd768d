"""What becomes of a character that a scheme does not name: nothing Cyrillic may remain.

In this order: what Unicode says the character is made of; the union of our own default tables; the language pack of
the `transliterate` package; Unidecode; the letter's name in Unicode. A sign or mark that is no letter is dropped.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from functools import cache

from ..cyrillic import has_cyrillic
from .casing import Casing

_PACKS = ("ru", "uk", "bg", "mn", "mk", "sr")  # languages whose Cyrillic the `transliterate` package knows


def make(language: str, letters: Mapping[str, str], union: Mapping[str, str]) -> Callable[[str], str]:
    """The fallback of one table.

    Args:
        language: BCP 47 code, for the choice of a pack.
        letters: the table itself: a letter with a mark is looked up by its bare letter.
        union: letters of all our default tables.
    """
    casing = Casing({}, {})

    def replace(char: str) -> str:
        if not has_cyrillic(char):
            return char
        small = char.upper().lower()  # the upper case of a historic variant is that of the letter of today
        value = _known(small, letters, union)
        if value is None:
            value = _foreign(small, language)
        if char.lower() == char or char.upper() != char:
            return value
        return casing.pair(small, value)[0]

    return replace


def make_back(letters: Mapping[str, str]) -> Callable[[str], str]:
    """The fallback of a way back: a letter with a mark that the table lacks is its bare letter, and the mark."""
    casing = Casing({}, {})
    known = {**casing.capitals(letters)[0], **letters}

    def replace(char: str) -> str:
        bare = unicodedata.normalize("NFD", char)
        return known[bare[0]] + bare[1:] if len(bare) > 1 and bare[0] in known else char

    return replace


def _known(char: str, letters: Mapping[str, str], union: Mapping[str, str]) -> str | None:
    for table in (letters, union):
        if char in table:
            return table[char]
    bare = unicodedata.normalize("NFKD", char)
    if bare[0] != char and len(bare[0].lower()) == 1:
        return _known(bare[0].lower(), letters, union)
    return None


@cache
def _foreign(char: str, language: str) -> str:
    """What others make of *char*; empty where it is a mark, or a sign that nobody can name."""
    if language in _PACKS:
        from transliterate import translit

        value = str(translit(char, language, reversed=True))
        if not has_cyrillic(value):
            return value
    from unidecode import unidecode

    value = unidecode(char, errors="ignore").strip()
    return _by_name(char) if not value or has_cyrillic(value) else value


def _by_name(char: str) -> str:
    """``CYRILLIC SMALL LETTER KOMI DE WITH TAIL`` is d, for its DE."""
    _, letter, name = unicodedata.name(char, "").partition(" LETTER ")
    if not letter:
        return ""
    return _names().get(name.partition(" WITH ")[0].split()[-1], "")


@cache
def _names() -> dict[str, str]:
    from .special import common

    return dict(pair.split("=") for pair in common()["union"]["names"].split())
