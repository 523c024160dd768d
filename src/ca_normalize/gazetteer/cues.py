"""Cues: words near a name that speak for or against it, from ``data/gazetteer/cues.toml``.

Each cue is a bit; a word has a mask of the cues that it is a sign of. Masks are kept for words already seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..errors import DataError, choices
from .fold import Folding

POSITIONS = ("beside", "before", "after", "near", "document")
_KEYS = ("position", "offices", "includes", "capital")
MEMO = 50_000  # words remembered
SIDES = ("any", "before", "after")

Known = tuple[int, tuple[tuple[list[str], int], ...]]
"""What is known of a word: the mask of its cues, and the phrases that begin with it, each with its own mask."""


class Words:
    """Words and phrases, with the cues that they are signs of."""

    def __init__(self, table: dict[str, Any]) -> None:
        self._exact: dict[str, int] = table["exact"]
        self._starts: dict[str, int] = table["starts"]
        self._ends: dict[str, int] = table["ends"]
        self._phrases: dict[str, list[tuple[list[str], int]]] = table["phrases"]
        self._seen: dict[str, Known] = {}
        self.raw: dict[str, tuple[int, bool]] = {}  # what was asked of words as they stand; see `remember`
        ends = {phrase[-1] for phrases in self._phrases.values() for phrase, _ in phrases}
        self._enders = frozenset(word for word in ends if not word.endswith("*"))
        self._open_enders = tuple(word[:-1] for word in ends if word.endswith("*") and word != "*")
        # a phrase with any word at its end: only the word before tells whether it may be there
        whole = ([first, *phrase] for first, phrases in self._phrases.items() for phrase, _ in phrases)
        wild = {phrase[-2] for phrase in whole if phrase[-1] == "*"}
        self._wild = frozenset(word for word in wild if not word.endswith("*"))
        self._open_wild = tuple(word[:-1] for word in wild if word.endswith("*"))
        self.raw_wild: dict[str, bool] = {}  # what was asked of words as they stand; see `remember_wild`

    def of_word(self, word: str) -> int:
        """The cues that *word*, folded, is a sign of."""
        return self._known(word)[0]

    def remember(self, raw: str, word: str, last: bool) -> tuple[int, bool]:
        """Keep, under *raw*, the cues of *word*, folded, and whether a phrase may begin with it, or end (*last*)."""
        if len(self.raw) > MEMO:
            self.raw.clear()
        mask, phrases = self._known(word) if word else (0, ())
        more = (word in self._enders or word.startswith(self._open_enders)) if last else bool(phrases)
        self.raw[raw] = known = (mask, bool(word) and more)
        return known

    def remember_wild(self, raw: str, word: str) -> bool:
        """Keep, under *raw*, whether a phrase with any word at its end may have *word*, folded, before that."""
        if len(self.raw_wild) > MEMO:
            self.raw_wild.clear()
        self.raw_wild[raw] = known = word in self._wild or word.startswith(self._open_wild)
        return known

    def of(self, words: list[str]) -> int:
        """The cues that any of *words*, or a phrase among them, is a sign of."""
        mask = 0
        for number, word in enumerate(words):
            single, phrases = self._known(word)
            mask |= single
            for phrase, bits in phrases:
                following = words[number + 1 : number + 1 + len(phrase)]
                if len(following) == len(phrase) and all(map(_matches, following, phrase)):
                    mask |= bits
        return mask

    def each(self, words: list[str]) -> list[int]:
        """The cues of each of *words*; those of a phrase stand with its first word."""
        masks = []
        for number, word in enumerate(words):
            mask, phrases = self._known(word)
            masks.append(self.first(words[number : number + 6]) if phrases else mask)
        return masks

    def first(self, words: list[str]) -> int:
        """The cues that the first of *words*, or a phrase that begins with it, is a sign of."""
        if not words:
            return 0
        mask, phrases = self._known(words[0])
        for phrase, bits in phrases:
            if len(words) > len(phrase) and all(map(_matches, words[1 : 1 + len(phrase)], phrase)):
                mask |= bits
        return mask

    def last(self, words: list[str]) -> int:
        """The cues that the last of *words*, or a phrase that ends with it, is a sign of."""
        if not words:
            return 0
        mask = self._known(words[-1])[0]
        for number in range(max(0, len(words) - 3), len(words) - 1):
            for phrase, bits in self._known(words[number])[1]:
                if number + 1 + len(phrase) == len(words) and all(map(_matches, words[number + 1 :], phrase)):
                    mask |= bits
        return mask

    def _known(self, word: str) -> Known:
        known = self._seen.get(word)
        if known is None:
            mask = self._exact.get(word, 0)
            phrases = list(self._phrases.get(word, ()))
            for length in range(1, len(word) + 1):
                mask |= self._starts.get(word[:length], 0)
                mask |= self._ends.get(word[length:], 0)
                phrases += self._phrases.get(word[:length] + "*", ())
            if len(self._seen) > MEMO:
                self._seen.clear()
            known = self._seen[word] = (mask, tuple(phrases))
        return known


class Cues:
    """The compiled cues.

    Attributes:
        bits: the mask of each cue.
        positions: where each is looked for.
        capital: the cues whose words count after a name with a capital only.
        any, before, after: the words that are signs of them; those that stand before, or after, what they speak of.
    """

    def __init__(self, table: dict[str, Any]) -> None:
        self.bits: dict[str, int] = {name: 1 << number for number, name in enumerate(table["names"])}
        for name, parts in table["includes"].items():
            self.bits[name] = sum(self.bits[part] for part in parts)
        self.positions: dict[str, str] = table["positions"]
        self.offices: dict[str, list[str]] = table["offices"]
        self.capital = sum(self.bits[name] for name in table["capital"])
        self.any, self.before, self.after = (Words(table[side]) for side in SIDES)

    def title_for(self, mask: int, offices: Iterable[str]) -> int:
        """How well a title among the cues of *mask* suits a holder of *offices*.

        Returns:
            The length of the office's title where they have just that (foreign minister before minister), 1 where it
            is a part of one, 0 where none suits.
        """
        offices, best = tuple(offices), 0
        for cue, titles in self.offices.items():
            if mask & self.bits[cue]:
                exact = [len(title) for title in titles if title in offices]
                partly = "*" in titles or any(title in office for title in titles for office in offices)
                best = max(best, int(partly), *exact)
        return best


def _matches(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def compile_cues(tables: dict[str, dict[str, Any]], folding: Folding, path: Path) -> dict[str, Any]:
    """Check *tables*, as read from *path*, and make of them what `Cues` takes."""
    order = tables.pop("order", {})
    plain = [name for name, table in tables.items() if "includes" not in table]
    made: dict[str, Any] = {"names": plain, "includes": {}, "positions": {}, "offices": {}, "capital": []}
    made |= {side: {"exact": {}, "starts": {}, "ends": {}, "phrases": {}} for side in SIDES}
    for name, table in tables.items():
        position = table.get("position", "beside")
        if position not in POSITIONS:
            raise DataError(choices(position, POSITIONS, "position"), file=path, entry=name)
        made["positions"][name] = position
        if "includes" in table:
            for part in table["includes"]:
                if part not in plain:
                    raise DataError(choices(part, plain, "cue"), file=path, entry=name)
            made["includes"][name] = table["includes"]
            continue
        if table.get("capital"):
            made["capital"].append(name)
        if "offices" in table:
            made["offices"][name] = table["offices"]
        for language, word in _words(name, table, path):
            for side in _sides(language, order):
                _add(made[side], folding.fold(word), 1 << plain.index(name))
    return made


def _sides(language: str, order: dict[str, list[str]]) -> list[str]:
    """The sides of a name on which words of *language* stand: either where ``order`` does not say."""
    ordered = [side for side, languages in order.items() if language in languages]
    return ["any", *(ordered or ("before", "after"))]


def _words(name: str, table: dict[str, Any], path: Path) -> Iterator[tuple[str, str]]:
    for language, words in table.items():
        if language in _KEYS:
            continue
        if not isinstance(words, list) or not all(isinstance(word, str) and word.strip("* ") for word in words):
            raise DataError(f"{language} is a list of words", file=path, entry=name)
        yield from ((language, word) for word in words)


def _add(table: dict[str, Any], word: str, bit: int) -> None:
    first, *rest = word.replace("-", " ").replace(".", " ").split() or [word]
    if rest:
        table["phrases"].setdefault(first, []).append((rest, bit))
        return
    if first.startswith("*"):
        kind, first = "ends", first[1:]
    elif first.endswith("*"):
        kind, first = "starts", first[:-1]
    else:
        kind = "exact"
    table[kind][first] = table[kind].get(first, 0) | bit
