"""The engine: turns the letters and rules of a scheme into a `Converter`. It has no letter in it.

A conversion is, in this order: marks are composed with their letters; vowels are made to
harmonise, where the script does not write it; rules that look at neighbours, and letters of
more than one code point, go through one regular expression (`rules`); capitals that become several letters, and stand
among capitals, through another; all the rest is one `str.translate`. Each is linear in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from ..cyrillic import CYRILLIC
from .casing import Casing, among_capitals
from .rules import Harmony, Rules
from .script import MARKS, char_class, has_marks, letters, pattern

Fallback = Callable[[str], str]
_MARKED = f"[{CYRILLIC}][{MARKS}\u0483-\u0489]{{1,30}}"  # ordering them takes time by the square
_LOOSE = rf"[^\W\d_][{MARKS}]{{1,30}}"


class Converter:
    """Converts text by one table.

    Args:
        table: letters, capitals, case, rules, vowels and drop_marks of a scheme (see `schema`).
        fallback: gives the replacement of a character that the table does not name, or the character itself.
        script: of the table's letters, ISO 15924.
    """

    def __init__(self, table: Mapping[str, Any], fallback: Fallback, script: str = "Cyrl") -> None:
        casing = Casing(table.get("case", {}), table.get("capitals", {}))
        single = {key: value for key, value in table["letters"].items() if len(key) == 1}
        many = {key: value for key, value in table["letters"].items() if len(key) > 1}
        titles, self._upper = casing.capitals(single)
        self._translation = _Translation(fallback, {**titles, **single})
        self._harmony = Harmony(table["harmony"], letters(script)) if table.get("harmony") else None
        self._drop_marks = bool(table.get("drop_marks"))
        lower = char_class(char for char in letters("Latn") | letters("Cyrl") if char.islower())
        self._wide = re.compile(f"{char_class(self._upper)}(?!{lower})") if self._upper else None
        rules = [*table.get("rules", ()), *([{"letters": many}] if many else [])]
        self._rules = Rules(rules, table.get("vowels", ""), casing, letters(script)) if rules else None
        asking = {*self._upper, *(self._rules.capitals if self._rules else ())}
        any_letter = char_class(letters("Latn") | letters("Cyrl"))
        self._lone = re.compile(f"{char_class(asking)}(?<!{any_letter}.)(?!{any_letter})")

    def looks_around(self, text: str) -> bool:
        """True where a capital of *text* asks the words beside its own how it is written."""
        return bool(self._lone.search(text))

    def __call__(self, text: str) -> str:
        """*text*, converted."""
        marked = has_marks(text)
        if marked:
            text = pattern(_MARKED).sub(self._compose, text)
        if self._harmony:
            text = self._harmony(text)
        if self._rules:
            text = self._rules.pattern.sub(self._rules.replace, text)
        if self._wide:
            text = self._wide.sub(self._capital, text)
        text = text.translate(self._translation)
        return pattern(_LOOSE).sub(_composed, text) if marked else text

    def _capital(self, match: re.Match[str]) -> str:
        char = match[0]
        return self._upper[char] if among_capitals(match.string, *match.span()) else char

    def _compose(self, match: re.Match[str]) -> str:
        composed = unicodedata.normalize("NFC", match[0])
        return composed[0] if self._drop_marks else composed


def _composed(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", match[0])


class _Translation(dict[int, "int | str"]):
    """A table for `str.translate` that asks the fallback for what it lacks, and keeps the answer."""

    _KEPT = 0x3000  # characters from here on are rare in these texts; keeping all would only fill the memory

    def __init__(self, fallback: Fallback, pairs: Mapping[str, str]) -> None:
        super().__init__({point: point for point in range(0x80)})
        self._fallback = fallback
        for key, value in pairs.items():
            self[ord(key)] = ord(value) if len(value) == 1 else value

    def __missing__(self, point: int) -> int | str:
        value: int | str = self._fallback(chr(point))
        if isinstance(value, str) and len(value) == 1:
            value = ord(value)
        if point < self._KEPT:
            self[point] = value
        return value
