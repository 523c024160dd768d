"""The endings of the Turkic languages and Tajik, from ``data/gazetteer/inflection/<language>.toml``.

Each suffix has a shape for each group of last letters; capital letters in it stand for the letters of a harmony. All
chains (plural, possessive, case) are spelled out once for every state that a stem may be in, so that taking an ending
off a word is a walk from its end through a trie, and one look at the stem.

A **state** is a group of last letters together with a harmony; a set of states is an int, one bit a state.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any

from ... import data
from ...errors import DataError, choices
from .tables import path

LANGUAGES = ("kk", "kk-Latn", "ky", "uz", "uz-Cyrl", "tg", "tk", "tk-Cyrl", "kaa", "kaa-Cyrl")
VERSION = 1  # of what `_spelled_out` makes: raise it when that changes
END = ""  # the key of a trie node under which the endings that are complete there are kept


@dataclass(slots=True)
class Table:
    """The endings of one language."""

    language: str
    join: str
    vowels: frozenset[str]
    group: dict[str, int]
    harmony: dict[str, int]
    glides: frozenset[str]
    glide_group: int  # of a glide at the end, after a vowel
    mixed: tuple[str, ...]
    past: tuple[str, ...]
    settled: tuple[str, ...]
    groups: int
    harmonies: int
    restore: dict[str, str]
    restore_always: bool
    acronyms: dict[str, str]
    cluster: str  # as what the end of an acronym is read that ends in two consonants; '' where it cannot be told
    possessed: tuple[tuple[str, ...], frozenset[str]]
    soft: frozenset[str]
    contract: tuple[str, dict[str, str]]  # a tag, and the last letter of a stem -> that of the word
    widen: tuple[frozenset[str], dict[str, str]]  # tags, and the last letter of a stem -> that before their endings
    trie: dict[str, Any] = field(default_factory=dict)  # reversed ending -> {tag: set of states}
    written: dict[str, dict[int, str]] = field(default_factory=dict)  # tag -> state -> ending
    pronominal: dict[str, dict[int, str]] = field(default_factory=dict)  # the same after a possessive in the stem

    def states(self, stem: str) -> int:
        """The states that *stem*, in lower case, may be in; 0 where it ends in no letter of the language."""
        return self._states(stem, stem, bool(self.mixed) and stem.endswith(self.mixed))

    def written_states(self, stem: str) -> int:
        """The states that *stem* is written in; fewer than `states`, which takes what is met."""
        for suffix in self.past:
            if stem.endswith(suffix) and len(stem) > len(suffix):
                return self._states(stem, stem[: -len(suffix)], every=False)
        if self.settled and stem.endswith(self.settled):
            return self._states(stem, stem, every=False)
        return self.states(stem)

    def _states(self, stem: str, ruling: str, every: bool) -> int:
        """The group of the end of *stem* with the harmony of *ruling*, or with every harmony."""
        end = len(stem)
        while end and stem[end - 1] not in self.group:
            end -= 1
        if not end:
            return 0
        last = stem[end - 1]
        glide = last in self.glides and end > 1 and stem[end - 2] in self.vowels
        first = (self.glide_group if glide else self.group[last]) * self.harmonies
        harmony = None if every else self.harmony.get(self._last_vowel(ruling, len(ruling)))
        return ((1 << self.harmonies) - 1) << first if harmony is None else 1 << harmony + first

    def _last_vowel(self, stem: str, end: int) -> str:
        """The vowel that rules the harmony; '' where there is none. A glide after a vowel is a consonant."""
        for index in range(end - 1, -1, -1):
            letter = stem[index]
            if letter not in self.vowels:
                continue
            if letter in self.glides and index and stem[index - 1] in self.vowels:
                continue
            return letter
        return ""

    @property
    def every(self) -> int:
        """All states."""
        return (1 << self.groups * self.harmonies) - 1


@cache
def table(language: str) -> Table:
    """The table of a language, read and spelled out once.

    Raises:
        DataError: there is no table of *language*, or it breaks its schema.
    """
    if language not in LANGUAGES:
        raise DataError(choices(language, LANGUAGES, "language with a table of endings"))
    file = path(language)
    source = data.table(file)
    try:
        made = _table(source)
        plain = data.built(f"endings-{language}", [file], lambda: _spelled_out(source), VERSION)
    except KeyError as error:
        raise DataError(
            f"{error.args[0]!r} is missing or is not in [groups], [harmony] or [suffixes]", file=file
        ) from error
    made.trie = plain["trie"]
    made.written, made.pronominal = _numbered(plain["written"]), _numbered(plain["pronominal"])
    return made


def _spelled_out(source: dict[str, Any]) -> dict[str, Any]:
    """What takes long to make of *source*, for JSON to hold."""
    made = _table(source)
    _spell_out(made, source)
    return {"trie": made.trie, "written": made.written, "pronominal": made.pronominal}


def _numbered(written: dict[str, dict[str, str]]) -> dict[str, dict[int, str]]:
    """The states as numbers again: JSON has strings for keys only."""
    return {tag: {int(state): shape for state, shape in shapes.items()} for tag, shapes in written.items()}


def _table(source: dict[str, Any]) -> Table:
    rules = source["harmony"]
    classes = [name for name in rules if name not in ("glides", "glides-as", "mixed", "past", "settled")]
    chain = source["chain"]
    contract, widen = chain.get("contract"), chain.get("widen")
    return Table(
        language=source["language"],
        join=source["join"],
        vowels=frozenset(source["vowels"]),
        group={letter: index for index, letters in enumerate(source["groups"].values()) for letter in letters},
        harmony={letter: index for index, name in enumerate(classes) for letter in rules[name]},
        glides=frozenset(rules["glides"]),
        glide_group=list(source["groups"]).index(rules["glides-as"]) if rules["glides"] else 0,
        mixed=tuple(rules["mixed"]),
        past=tuple(rules.get("past", ())),
        settled=tuple(rules.get("settled", ())),
        groups=len(source["groups"]),
        harmonies=len(classes),
        restore=chain["restore"],
        restore_always=chain.get("restore-always", False),
        acronyms=source["acronyms"],
        cluster=chain.get("cluster", ""),
        possessed=(tuple(source["possessed"]["endings"]), frozenset(source["possessed"]["words"])),
        soft=frozenset(chain.get("soft", ())),
        contract=(contract["tag"], contract["last"]) if contract else ("", {}),
        widen=(frozenset(widen["tags"]), widen["last"]) if widen else (frozenset(), {}),
    )


# -- spelling out -----------------------------------------------------------------------------------------------------


def _spell_out(made: Table, source: dict[str, Any]) -> None:
    groups = list(source["groups"])
    order: list[list[str]] = source["chain"]["order"]
    never = frozenset(source["chain"].get("never", ()))
    chains = [tuple(filter(None, picked)) for picked in product(*[["", *slot] for slot in order])]
    speller = _Speller(made, groups, source)
    for state in range(made.groups * made.harmonies):
        for chain in chains:
            tag = "+".join(chain)
            if not chain or tag in never:
                continue
            _add(made, made.written, tag, state, speller.chain(state, chain))
            possessable = groups[state // made.harmonies] == source["chain"]["pronominal"]
            if possessable and len(chain) == 1 and tag in source["after"]["poss3"]:
                _add(made, made.pronominal, tag, state, speller.suffix(state, chain[0], "poss3"))


def _add(made: Table, written: dict[str, dict[int, str]], tag: str, state: int, shapes: list[str]) -> None:
    for number, shape in enumerate(shapes):
        if not number:
            written.setdefault(tag, {})[state] = shape
        node = made.trie
        for letter in reversed(shape):
            node = node.setdefault(letter, {})
        ends = node.setdefault(END, {})
        ends[tag] = ends.get(tag, 0) | 1 << state


class _Speller:
    """Writes suffixes in the shape that a state asks for."""

    def __init__(self, made: Table, groups: list[str], source: dict[str, Any]) -> None:
        self.made, self.groups = made, groups
        self.suffixes, self.after, self.letters = source["suffixes"], source["after"], source["letters"]
        self._known: dict[tuple[int, str, str], list[str]] = {}

    def chain(self, state: int, chain: tuple[str, ...]) -> list[str]:
        """The shapes of a chain of suffixes after a stem; none where a suffix has no shape there."""
        shapes = [""]
        before = ""
        for name in chain:
            shapes = [shape + more for shape in shapes for more in self.suffix(self._next(state, shape), name, before)]
            before = name
        return shapes

    def suffix(self, state: int, name: str, before: str) -> list[str]:
        key = (state, name, before)
        if key not in self._known:
            self._known[key] = self._suffix(*key)
        return self._known[key]

    def _suffix(self, state: int, name: str, before: str) -> list[str]:
        group, harmony = divmod(state, self.made.harmonies)
        shape = self.after.get(before, {}).get(name)
        if shape is None:
            row = self.suffixes[name]
            shape = row.get(self.groups[group], row.get("else"))
        if shape is None:
            return []
        result = []
        for option in shape.split("|"):
            picks = [self.letters[c][harmony].split("|") if c in self.letters else [c] for c in option]
            result += ["".join(picked) for picked in product(*picks)]
        return result

    def _next(self, state: int, shape: str) -> int:
        """The state after *shape* was added to a stem that was in *state*."""
        if not shape:
            return state
        made = self.made
        harmony = state % made.harmonies
        for letter in shape:
            harmony = made.harmony.get(letter, harmony)
        return made.group.get(shape[-1], 0) * made.harmonies + harmony
