"""Rules that look at neighbours, compiled to one regular expression."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from .casing import Casing, among_capitals
from .script import APOSTROPHES, char_class

START, END, ANY = "^", "$", "*"


class Harmony:
    """Vowels that a script writes alike in words with front and with back vowels.

    Args:
        table: marker, signs of a word with front vowels that are not read themselves; signs, letters that tell the
            same; back, letters that stand beside back vowels only; neutral, endings that tell nothing; and letters,
            what the vowels are in a word with front vowels.
        letters: what words are made of.
    """

    def __init__(self, table: Mapping[str, Any], letters: frozenset[str]) -> None:
        self._marker = frozenset(table["marker"])
        self._signs = re.compile(char_class(table["signs"])).search
        self._front = str.maketrans({**table["letters"], **dict.fromkeys(self._marker, "")})
        self._back = re.compile(f".*{char_class(table['back'])}.?", re.DOTALL).match
        self._neutral = tuple(table["neutral"].split())
        self._words = re.compile(f"{char_class(letters | self._marker)}+")

    def __call__(self, text: str) -> str:
        """*text*, with the vowels of its front words told apart from others."""
        return self._words.sub(self._word, text)

    def _word(self, match: re.Match[str]) -> str:
        word = match[0]
        if not self._marker.isdisjoint(word):
            return word.translate(self._front)
        back = self._back(word)
        split = back.end() if back else 0
        rest = word[split:]
        stem = next((rest.removesuffix(end) for end in self._neutral if rest.endswith(end)), rest)
        return word[:split] + rest.translate(self._front) if self._signs(stem) else word


class Rules:
    """All rules of a table as one pattern; of those that fit at a place, the first counts.

    Args:
        rules: each with letters (a dict), and after, before, not_after, not_before, syllables.
        vowels: of the language, for rules that count syllables.
        casing: how the scheme makes capitals.
        letters: what counts as a letter next to another; all else is the edge of a word.
    """

    def __init__(
        self, rules: Sequence[Mapping[str, Any]], vowels: str, casing: Casing, letters: frozenset[str]
    ) -> None:
        self._casing, self._letters, self._vowels = casing, letters, vowels
        self._small: list[dict[str, str]] = [{}]
        self._capital: list[dict[str, tuple[str, str]]] = [{}]
        for rule in rules:
            self._add(rule["letters"])
        firsts = casing.forms({key[0] for rule in rules for key in rule["letters"]})
        self.capitals = {key[0] for pairs in self._capital for key in pairs}
        alternatives = [self._alternative(rule) for rule in rules]
        self.pattern = re.compile(f"{char_class(firsts)}(?:{'|'.join(alternatives)})")

    def replace(self, match: re.Match[str]) -> str:
        """What a match of the pattern becomes."""
        number, found = match.lastindex or 0, match[0]
        value = self._small[number].get(found)
        if value is not None:
            return value
        first, upper = self._capital[number][found]
        if first == upper:
            return first
        return upper if found[1:].isupper() or among_capitals(match.string, *match.span()) else first

    def _add(self, pairs: Mapping[str, str]) -> None:
        small: dict[str, str] = {}
        capital: dict[str, tuple[str, str]] = {}
        for key, value in pairs.items():
            for form in product(*(sorted(self._casing.forms(char)) for char in key)):
                variant = "".join(form)
                pair = self._casing.pair(key, value)
                if variant[0] != key[0] or (self._casing.upper(key) == key and pair[0] != pair[1]):
                    capital[variant] = pair
                else:
                    small[variant] = value
        self._small.append(small)
        self._capital.append(capital)

    def _alternative(self, rule: Mapping[str, Any]) -> str:
        """The pattern of one rule, to stand behind its first letter; an empty group at its end names the rule.

        What follows the first letter comes before what stands behind it: a letter that differs fails faster than a
        look back does.
        """
        by_rest: dict[str, list[str]] = {}
        for key in sorted(rule["letters"], key=len, reverse=True):
            by_rest.setdefault(key[1:], []).append(key[0])
        alternatives = []
        for rest, firsts in by_rest.items():
            first = char_class(self._casing.forms(firsts))
            tail = "".join(char_class(self._casing.forms(char)) for char in rest)
            whole = first + tail
            behind = f"(?<={whole}){self._behind(rule, whole)}{self._syllables(rule, whole)}"
            alternatives.append(f"{tail}{self._ahead(rule)}{behind}")
        return f"(?:{'|'.join(alternatives)})()"

    def _syllables(self, rule: Mapping[str, Any], whole: str) -> str:
        if rule.get("syllables", 1) < 2:
            return ""
        silent, any_letter = char_class(self._letters - self._casing.forms(self._vowels)), char_class(self._letters)
        return "".join(f"(?<!(?<!{any_letter}){silent * count}{whole})" for count in range(5))

    def _side(self, sides: str, edge: str) -> tuple[bool, frozenset[str]]:
        if ANY in sides:
            return edge in sides, self._letters
        return edge in sides, frozenset(self._casing.forms(sides.replace(edge, "")))

    def _behind(self, rule: Mapping[str, Any], whole: str) -> str:
        inside = f"(?<!{char_class(self._letters)}{char_class(APOSTROPHES)}{whole})"  # an apostrophe begins no word
        pattern = ""
        if "after" in rule:
            initial, chars = self._side(rule["after"], START)
            if initial:
                pattern += f"(?<!{char_class(self._letters - chars)}{whole})"
                pattern += "" if chars & set(APOSTROPHES) else inside
            else:
                pattern += f"(?<={char_class(chars)}{whole})"
        if "not_after" in rule:
            initial, chars = self._side(rule["not_after"], START)
            pattern += f"(?<!{char_class(chars)}{whole})" if chars else ""
            pattern += f"(?<={char_class(self._letters | set(APOSTROPHES))}{whole})" if initial else ""
        return pattern

    def _ahead(self, rule: Mapping[str, Any]) -> str:
        any_letter = char_class(self._letters)
        pattern = ""
        if "before" in rule:
            final, chars = self._side(rule["before"], END)
            if final:
                pattern += f"(?!{char_class(self._letters - chars)})(?!{char_class(APOSTROPHES)}{any_letter})"
            else:
                pattern += f"(?={char_class(chars)})"
        if "not_before" in rule:
            final, chars = self._side(rule["not_before"], END)
            pattern += f"(?!{char_class(chars)})" if chars else ""
            pattern += f"(?={char_class(self._letters | set(APOSTROPHES))})" if final else ""
        return pattern
