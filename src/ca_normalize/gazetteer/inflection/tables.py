"""The Russian declension tables: ``data/gazetteer/inflection/russian.toml``, checked and made ready for look-up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ... import data
from ...errors import DataError, choices

ANIMATE = "@"  # in the accusative: the genitive of people, else the nominative


@dataclass(frozen=True, slots=True)
class Paradigm:
    """A declension class: what is dropped from the nominative, and the endings of the other five cases.

    ``ends`` holds, for gen dat acc ins loc, the ending to write and then further ones that are met in text.
    """

    name: str
    drop: int
    ends: tuple[tuple[str, ...], ...]
    gender: str
    fixed: bool


@dataclass(frozen=True, slots=True)
class Role:
    """Which ending means which class, for one kind of word; the longest ending counts, whole words come first."""

    words: dict[str, Paradigm]
    endings: dict[str, Paradigm]
    longest: int

    def find(self, word: str) -> Paradigm | None:
        """The class of a word in lower case; None where the role does not know its ending."""
        found = self.words.get(word)
        if found is not None:
            return found
        endings = self.endings
        for size in range(min(self.longest, len(word)), 0, -1):
            found = endings.get(word[-size:])
            if found is not None:
                return found
        return None


@dataclass(frozen=True, slots=True)
class Russian:
    """All of russian.toml."""

    vowels: frozenset[str]
    classes: dict[str, Paradigm]
    roles: dict[str, Role]
    phrases: dict[str, frozenset[str]]
    people: dict[str, tuple[str, ...]]


def path(name: str) -> Path:
    """A table of the inflection folder."""
    return data.root() / "gazetteer" / "inflection" / f"{name}.toml"


@cache
def russian() -> Russian:
    """The Russian tables, read once.

    Raises:
        DataError: a class or role that is not there, or an ending that its class cannot drop.
    """
    file = path("russian")
    source = data.table(file)
    classes = {name: _paradigm(file, name, row) for name, row in source["classes"].items()}
    endings: dict[str, dict[str, Paradigm]] = {}
    roles = {}
    for name, row in source["roles"].items():
        endings[name] = _endings(file, name, row, classes, endings)
        words = _role_words(file, name, source, classes)
        roles[name] = Role(words, endings[name], max(map(len, endings[name])))
    return Russian(
        vowels=frozenset(source["vowels"]),
        classes=classes,
        roles=roles,
        phrases={key: frozenset(value) for key, value in source["phrases"].items()},
        people={key: tuple(value) for key, value in source["people"].items()},
    )


def _paradigm(file: Path, name: str, row: dict[str, Any]) -> Paradigm:
    ends = tuple(tuple(end.split("|")) for end in row["ends"])
    if len(ends) != 5:
        raise DataError(
            "'ends' needs five endings: gen, dat, acc, ins, loc", file=file, line=_line(file, name), entry=name
        )
    return Paradigm(name, len(row["drop"]), ends, row.get("gender", ""), fixed=name == "none")


def _endings(
    file: Path, role: str, row: dict[str, Any], classes: dict[str, Paradigm], done: dict[str, dict[str, Paradigm]]
) -> dict[str, Paradigm]:
    merged: dict[str, Paradigm] = {}
    for base in row.get("bases", ()):
        if base not in done:
            raise DataError(choices(base, done, "role above this one"), file=file, line=_line(file, role), entry=role)
        merged |= done[base]
    return merged | _by_key(file, role, row, classes)


def _role_words(file: Path, role: str, source: dict[str, Any], classes: dict[str, Paradigm]) -> dict[str, Paradigm]:
    words: dict[str, Paradigm] = {}
    for base in source["roles"][role].get("bases", ()):
        words |= _role_words(file, base, source, classes)
    return words | _by_key(file, role, source["words"].get(role, {}), classes)


def _by_key(file: Path, role: str, row: dict[str, Any], classes: dict[str, Paradigm]) -> dict[str, Paradigm]:
    found: dict[str, Paradigm] = {}
    for name, keys in row.items():
        if name == "bases":
            continue
        if name not in classes:
            raise DataError(choices(name, classes, "declension class"), file=file, line=_line(file, name), entry=role)
        for key in keys:
            if key in found:
                raise DataError(f"{key!r} has two classes", file=file, line=_line(file, key), entry=role)
            found[key] = classes[name]
    return found


def _line(file: Path, needle: str) -> int:
    return data.line_of(file, needle)
