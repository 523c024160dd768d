"""Capitals: of letters that become several, of languages that dot their i, and among capitals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .script import APOSTROPHES, pattern

_WINDOW = 100  # code points to each side of a lone capital, in which its neighbours are looked for
_BREAK = r"\n|(?<=\w\w)[.!?…]+\s"  # of a line or sentence; initials break none
_WORD = r"[^\W\d_]{2,}"


class Casing:
    """How a scheme makes capitals.

    Args:
        case: upper case of single letters, where it is not that of Unicode (``{"i": "İ"}``).
        capitals: of whole replacements, by their letter, where they are the same in any word (``{"ю": "I͡U"}``).
    """

    def __init__(self, case: Mapping[str, str], capitals: Mapping[str, str]) -> None:
        self._case = str.maketrans(dict(case))
        self._fixed = capitals

    def upper(self, value: str) -> str:
        """*value* in upper case."""
        return value.translate(self._case).upper()

    def forms(self, chars: Iterable[str]) -> set[str]:
        """*chars* as they are, and in upper case where that is one character too."""
        return {form for char in chars for form in (char, self.upper(char)) if len(form) == 1}

    def pair(self, key: str, value: str) -> tuple[str, str]:
        """The replacement of the capital of *key*: in a word with small letters, and among capitals."""
        if key in self._fixed:
            return self._fixed[key], self._fixed[key]
        if self.upper(key) == key:  # a sign that has no case: only its neighbours tell
            return value, self.upper(value)
        return self.upper(value[:1]) + value[1:], self.upper(value)

    def capitals(self, pairs: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
        """For the capitals of single letters: the replacement, and that among capitals where it differs."""
        titles: dict[str, str] = {}
        wide: dict[str, str] = {}
        for key, value in pairs.items():
            capital = self.upper(key)
            if len(capital) > 1:
                continue
            first, upper = self.pair(key, value)
            if capital != key:
                titles[capital] = first
            if first != upper:
                wide[capital] = upper
        return titles, wide


def among_capitals(text: str, start: int, end: int) -> bool:
    """True where the capital, or sign, at *start* to *end* is part of a word, or line, of capitals."""
    after = text[end : end + 1]
    if after.isupper():
        return True
    before = text[max(0, start - 1) : start]
    if not text[start:end].isupper():  # a sign: behind one capital it is as good as in a word with small letters
        return before.isupper() and not after.islower() and _has_capital(text[max(0, start - _WINDOW) : start - 1])
    if before and before in APOSTROPHES:
        before = text[max(0, start - 2) : start - 1]
    if before.isupper():
        return not after.islower()
    if before.isalpha() or after.isalpha():
        return False
    left = pattern(_BREAK).split(text[max(0, start - _WINDOW) : start])[-1]
    right = pattern(_BREAK).split(text[end : end + _WINDOW], maxsplit=1)[0]
    words = pattern(_WORD).findall(left)[-2:] + pattern(_WORD).findall(right)[:2]
    return bool(words) and all(word.isupper() for word in words)


def _has_capital(text: str) -> bool:
    """True where the word that *text* ends in has a capital."""
    word = text.rpartition(" ")[2].rpartition("\n")[2]
    return any(char.isupper() for char in word)
