"""Letters of another script inside a word: look-alikes and stand-ins (data/repair/letters.toml).

A word is mended only where each letter of the script that has fewer in it has a twin in the other, and where all of the
result is spelt with letters of the language. Tokens with digits, addresses and tags stay; hyphens part words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from .. import data
from ..edits import Edit

LOOK_ALIKE, STAND_IN = RULES = ("look-alike", "stand-in")
LATIN, CYRILLIC = "Latn", "Cyrl"
LATIN_LETTERS = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af"
CYRILLIC_LETTERS = "\u0400-\u052f"
MIXED = re.compile(f"[{LATIN_LETTERS}](?:(?=[{CYRILLIC_LETTERS}])|(?<=[{CYRILLIC_LETTERS}].))")
_PART = re.compile(f"[{LATIN_LETTERS}{CYRILLIC_LETTERS}]+")
_NO_WORD = re.compile(r"[\d@#/\\_={}<>|]|\.\w")
_IS_LATIN = re.compile(f"[{LATIN_LETTERS}]")
LONGEST = 60  # code points; what is longer is no word


class _Letters(NamedTuple):
    to: dict[str, dict[str, str]]  # by script: what may become of a letter of the other
    typed: frozenset[str]  # stand-ins
    alphabets: dict[str, dict[str, frozenset[str]]]
    roman: frozenset[str]


@cache
def _letters() -> _Letters:
    source: dict[str, Any] = data.table(data.root() / "repair" / "letters.toml")
    twins, signs = source["look-alike"]["twins"], source["stand-in"]["signs"]
    to_cyrillic = {pair[0]: pair[1:] for pair in signs + twins}
    to_latin = {cyrillic: latin for latin, *many in twins for cyrillic in many}
    alphabets = {
        script: {language: frozenset(letters) for language, letters in table.items()}
        for script, table in source["alphabets"].items()
    }
    typed = frozenset(pair[0] for pair in signs)
    roman = frozenset(source["look-alike"]["roman"])
    return _Letters({CYRILLIC: to_cyrillic, LATIN: to_latin}, typed, alphabets, roman)


def look_alikes(text: str, start: int, end: int, language: str) -> Iterator[Edit]:
    """Edits for the part of *text* from *start* to *end*, a word each.

    Args:
        language: of the part; ``und`` where it is not known.
    """
    done = start
    for match in MIXED.finditer(text, start, end):
        if match.start() < done:
            continue
        low, done = _token(text, match.start(), done, end)
        token = text[low:done]
        if len(token) > LONGEST or _NO_WORD.search(token):
            continue
        for part in _PART.finditer(token):
            word = part.group()
            mended = _mended(word, language)
            if mended != word:
                rule = STAND_IN if _letters().typed.intersection(word) else LOOK_ALIKE
                yield Edit(low + part.start(), low + part.end(), mended, "repair", rule)


def _token(text: str, at: int, low: int, high: int) -> tuple[int, int]:
    """The run of signs without white space around *at*."""
    start, end = at, at + 1
    while start > low and not text[start - 1].isspace():
        start -= 1
    while end < high and not text[end].isspace():
        end += 1
    return start, end


def _mended(word: str, language: str) -> str:
    """*word* in one script; or as it is, where that cannot be, or is not sure."""
    latin = sum(_IS_LATIN.match(letter) is not None for letter in word)
    share = 2 * latin - len(word)
    if latin in (0, len(word)):
        return word
    scripts = [CYRILLIC] if share < 0 else [LATIN] if share > 0 else [CYRILLIC, LATIN]
    results = [result for script in scripts if (result := _in_script(word, language, script))]
    return results[0] if len(results) == 1 else word


def _in_script(word: str, language: str, script: str) -> str:
    """*word* in *script*; empty where a letter has no twin, or the language lacks one of them."""
    letters = _letters()
    table = letters.alphabets[script]
    own = script == CYRILLIC or language in table
    other = [(_IS_LATIN.match(letter) is None) == (script == LATIN) for letter in word]
    typed = [letter for letter, flag in zip(word, other, strict=True) if flag]
    if script == CYRILLIC and len(typed) > 1 and letters.roman.issuperset(typed):
        return ""
    if not own and not any(other[: len(word) - len(typed)]):  # an ending, of the language of the text
        return ""
    for alphabet in _alphabets(table, language, script):
        pairs = zip(word, other, strict=True)
        result = "".join(_twin(letter, script, alphabet) if flag else letter for letter, flag in pairs)
        if alphabet.issuperset(result.lower()):
            return result
    return ""


def _alphabets(table: dict[str, frozenset[str]], language: str, script: str) -> list[frozenset[str]]:
    """Those that a word may be spelt with: of the language, and English for names; of any, where it is not known."""
    if script == LATIN:
        return [table.get(language, table["en"]), table["en"]]
    return [table[language]] if language in table else list(table.values())


def _twin(letter: str, script: str, alphabet: frozenset[str]) -> str:
    """The letter of *script* for *letter*; a sign that no alphabet has, where there is none."""
    twins = _letters().to[script].get(letter, "?")
    return next((twin for twin in twins if twin.lower() in alphabet), "?")
