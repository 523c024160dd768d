"""Spans that are not words of the language: addresses, Roman numerals, set tokens. Data: data/translit/common.toml."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from .. import data
from ..cyrillic import has_cyrillic
from ..errors import DataError

_SCHEMA = {
    "union": ("languages", "rare", "names"),
    "address": ("signs", "endings", "patterns"),
    "roman": ("digits", "look_alikes", "strong", "plain", "valid", "alone", "alone_before"),
    "tokens": ("parts", "pairs"),
    "ascii": ("title", "source", "why", "signs"),
}


class Span(NamedTuple):
    """``text[start:end]`` becomes `replacement`, whatever the scheme."""

    start: int
    end: int
    replacement: str


def spans(text: str, reverse: bool = False) -> list[Span]:
    """The special spans of *text*, in order; never overlapping.

    Args:
        text: any text.
        reverse: it is Latin text, on its way to Cyrillic.
    """
    return _finder()(text, reverse)


@cache
def common() -> dict[str, Any]:
    """The content of data/translit/common.toml.

    Raises:
        DataError: the file breaks its schema; with file, line and entry.
    """
    path = data.root() / "translit" / "common.toml"
    return data.built("translit-common", [path], lambda: read(path))  # type: ignore[no-any-return]


def read(path: Path) -> dict[str, Any]:
    """The content of such a file, held to its schema.

    Raises:
        DataError: a key is missing, or a pattern is no regular expression; with file, line and entry.
    """
    table = data.read_toml(path)
    for section, keys in _SCHEMA.items():
        for key in keys:
            if key not in table.get(section, {}):
                line = data.line_of(path, f"[{section}]")
                raise DataError(f"lacks {key}", file=path, line=line, entry=section)
    for pattern in (*table["address"]["patterns"], table["roman"]["valid"]):
        try:
            re.compile(pattern)
        except re.error as error:
            line = data.line_of(path, pattern)
            raise DataError(f"no regular expression: {error}", file=path, line=line, entry=pattern) from error
    return table


@cache
def _finder() -> Callable[[str, bool], list[Span]]:
    return _Finder(common())


class _Finder:
    def __init__(self, table: dict[str, Any]) -> None:
        roman = table["roman"]
        self._signs: list[str] = table["address"]["signs"]
        endings = "|".join(table["address"]["endings"])
        self._ending = re.compile(rf"\.(?i:{endings})\b")  # quick, since the stop has no case
        patterns = [pattern.replace("ENDINGS", endings) for pattern in table["address"]["patterns"]]
        self._address = re.compile("|".join(patterns), re.IGNORECASE)
        self._look_alike = str.maketrans(dict(pair.split("=") for pair in roman["look_alikes"].split()))
        self._strong = frozenset(roman["strong"])
        self._valid = re.compile(roman["valid"]).fullmatch
        every = roman["digits"] + "".join(map(chr, self._look_alike))
        alone = rf"(?<=[{roman['alone']}])(?=\s+(?:{'|'.join(roman['alone_before'])})\b)"
        self._roman = re.compile(rf"[{every}](?<!\w.)(?:[{every}]+(?!\w)|{alone})")
        self._latin_roman = re.compile(rf"(?<!\w)[{roman['plain']}]{{2,}}(?!\w)")
        self._tokens: dict[str, str] = dict(table["tokens"]["pairs"])
        self._token = re.compile("|".join(rf"(?<![^\W\d]){re.escape(key)}(?!\w)" for key in self._tokens))
        self._token_parts: list[str] = table["tokens"]["parts"]

    def __call__(self, text: str, reverse: bool) -> list[Span]:
        found = [*self._addresses(text)]
        if reverse:
            numerals = (match for match in self._latin_roman.finditer(text) if self._valid(match[0]))
            found += (Span(*match.span(), match[0]) for match in numerals)
        else:
            found += self._numerals(text)
            if any(part in text for part in self._token_parts):
                found += (Span(*match.span(), self._tokens[match[0]]) for match in self._token.finditer(text))
        return _apart(found) if len(found) > 1 else found

    def _addresses(self, text: str) -> Iterator[Span]:
        if any(sign in text for sign in self._signs) or self._ending.search(text):
            for match in self._address.finditer(text):
                yield Span(*match.span(), match[0])

    def _numerals(self, text: str) -> Iterator[Span]:
        for match in self._roman.finditer(text):
            found = match[0]
            if not has_cyrillic(found):
                continue
            number = found.translate(self._look_alike)
            if self._valid(number) and (len(found) == 1 or self._is_number(found)):
                yield Span(*match.span(), number)

    def _is_number(self, found: str) -> bool:
        """Latin letters beside the look-alikes, or only such as are no abbreviation."""
        return set(found) <= self._strong or any(not has_cyrillic(char) for char in found)


def _apart(found: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(found):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
