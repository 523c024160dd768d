"""The endings of the Turkic languages and Tajik, from ``data/gazetteer/inflection/<language>.toml``.

Each suffix has a shape for each group of last letters; capital letters in it stand for the letters of a harmony. All
chains (plural, possessive, case) are spelled out once for every state that a stem may be in, so that taking an ending
off a word is a walk from its end through a trie, and one look at the stem.

A **state** is a group of last letters together with a harmony; a set of states is an int, one bit a state.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any

from ... import data
from ...errors import DataError, choices
from .tables import path

LANGUAGES = ("kk", "kk-Latn", "ky", "uz", "uz-Cyrl", "tg", "tk", "tk-Cyrl", "kaa", "kaa-Cyrl")
_END = ""  # the key of a trie node under which the endings that are complete there are kept


@dataclass(slots=True)
class Table:
    """The endings of one language."""

    language: str
    join: str
    vowels: frozenset[str]
    group: dict[str, int]
    harmony: dict[str, int]
    glides: frozenset[str]
    mixed: tuple[str, ...]
    groups: int
    harmonies: int
    restore: dict[str, str]
    restore_always: bool
    acronyms: dict[str, str]
    possessed: tuple[tuple[str, ...], frozenset[str]]
    trie: dict[str, Any] = field(default_factory=dict)  # reversed ending -> {tag: set of states}
    written: dict[str, dict[int, str]] = field(default_factory=dict)  # tag -> state -> ending
    pronominal: dict[str, dict[int, str]] = field(default_factory=dict)  # the same after a possessive in the stem

    def states(self, stem: str) -> int:
        """The states that *stem*, in lower case, may be in; 0 where it ends in no letter of the language."""
        end = len(stem)
        while end and stem[end - 1] not in self.group:
            end -= 1
        if not end:
            return 0
        first = self.group[stem[end - 1]] * self.harmonies
        everything = (1 << self.harmonies) - 1
        if self.mixed and stem.endswith(self.mixed):
            return everything << first
        vowel = self._last_vowel(stem, end)
        harmony = self.harmony.get(vowel)
        return everything << first if harmony is None else 1 << harmony + first

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
    source = data.read_toml(file)
    try:
        made = _table(source)
        _spell_out(made, source)
    except KeyError as error:
        raise DataError(
            f"{error.args[0]!r} is missing or is not in [groups], [harmony] or [suffixes]", file=file
        ) from error
    return made


def _table(source: dict[str, Any]) -> Table:
    rules = source["harmony"]
    classes = [name for name in rules if name not in ("glides", "mixed")]
    chain = source["chain"]
    return Table(
        language=source["language"],
        join=source["join"],
        vowels=frozenset(source["vowels"]),
        group={letter: index for index, letters in enumerate(source["groups"].values()) for letter in letters},
        harmony={letter: index for index, name in enumerate(classes) for letter in rules[name]},
        glides=frozenset(rules["glides"]),
        mixed=tuple(rules["mixed"]),
        groups=len(source["groups"]),
        harmonies=len(classes),
        restore=chain["restore"],
        restore_always=chain.get("restore-always", False),
        acronyms=source["acronyms"],
        possessed=(tuple(source["possessed"]["endings"]), frozenset(source["possessed"]["words"])),
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
        ends = node.setdefault(_END, {})
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


# -- taking apart and putting together --------------------------------------------------------------------------------

_HYPHENS = frozenset("-‐‑")
_JOINTS = _HYPHENS | frozenset("'’ʼ‘ʻ`")
_CLOSING = frozenset('»”"“')


def splits(word: str, made: Table) -> Iterator[tuple[str, str, str]]:
    """Each (stem, ending, tag) that *word* may be made of; the shortest ending first.

    The ending is the text after the stem without a hyphen or apostrophe between them. A word that was folded to small
    letters may be given too; then a hyphen may stand after any stem, and only listed acronyms are known as such.
    """
    lower = word.lower()
    if len(lower) != len(word):
        return
    node = made.trie
    index = len(word)
    while index > 1:
        index -= 1
        node = node.get(lower[index])  # type: ignore[assignment]
        if node is None:
            return
        if _END in node:
            yield from _stems(word, lower, index, node[_END], made)


def _stems(word: str, lower: str, index: int, tags: dict[str, int], made: Table) -> Iterator[tuple[str, str, str]]:
    stem, ending = word[:index], word[index:]
    last = stem[-1]
    if last in _JOINTS:
        stem = stem[:-1]
        if stem and (word == lower or _joined(stem, last, made)):
            yield from ((stem, ending, tag) for tag in tags)
        return
    states = made.every if _acronym(stem, ending, made) else made.states(lower[:index])
    fits = [tag for tag, mask in tags.items() if mask & states]
    if len(stem) < 2:
        return
    yield from ((stem, ending, tag) for tag in fits)
    if made.restore_always or ending[0].lower() in made.vowels:
        yield from _restored(stem, ending, tags, made)


def _restored(stem: str, ending: str, tags: dict[str, int], made: Table) -> Iterator[tuple[str, str, str]]:
    """The stem with the last letter that it has when it stands alone (Лебаба: Лебап)."""
    for size in (1, 2):
        found = made.restore.get(stem[-size:].lower())
        if found is None:
            continue
        whole = stem[:-size] + (found.upper() if stem[-1].isupper() else found)
        states = made.states(whole.lower())
        yield from ((whole, ending, tag) for tag, mask in tags.items() if mask & states)


def _acronym(stem: str, ending: str, made: Table) -> bool:
    """Whether *stem* is read by its letters, so that nothing can be told of its sound.

    Capitals or a figure before the ending show it; in a word without capitals, the list, or that it has no vowel.
    """
    last = stem[-1]
    if last.isdigit() or (last.isupper() and ending[0].islower() and len(stem) > 1):
        return True
    return stem.upper() in made.acronyms or made.vowels.isdisjoint(stem.lower())


def _joined(stem: str, joint: str, made: Table) -> bool:
    """Whether a joint may stand between stem and ending.

    A hyphen only after an acronym, a figure, a quotation mark or a word of another script (Kaspi-дің); an apostrophe
    after any word.
    """
    last = stem[-1]
    if joint in _HYPHENS:
        return last.isupper() or last.isdigit() or last in _CLOSING or last.lower() not in made.group
    return len(stem) > 1 and (last.isalnum() or last in _CLOSING)


def attach(label: str, tag: str, made: Table) -> str | None:
    """*label* with the ending that *tag* names; None where its shape cannot be told."""
    last = label.rsplit(" ", 1)[-1]
    if last[-1:].isupper() or last[-1:].isdigit():
        return _attach_to_acronym(label, last, tag, made)
    if not last[-1:].isalpha():
        return None
    state = _only(made.states(last.lower()))
    if state is None:
        return None
    written = made.pronominal if _is_possessed(label, last, made) and tag in made.pronominal else made.written
    shape = written.get(tag, {}).get(state)
    if shape is None:
        return None
    if shape[0] in made.vowels and last[-1].lower() in made.restore.values():
        return None  # Aşgabat, Aşgabady, but Taşkent, Taşkenti: only a dictionary knows
    if made.restore_always:
        back = {alone: joined for joined, alone in made.restore.items()}
        label = label[:-1] + back.get(label[-1], label[-1])
    return label + shape


def _attach_to_acronym(label: str, last: str, tag: str, made: Table) -> str | None:
    if tag not in ("gen", "acc", "dat", "loc", "abl", "ins"):
        return None
    read = made.acronyms.get(last)
    if not read and made.harmonies > 1 and last[-1].lower() not in made.vowels:
        return None
    state = _only(made.states(read or last.lower()))
    shape = made.written.get(tag, {}).get(state) if state is not None else None
    return None if shape is None else label + made.join + shape


def _is_possessed(label: str, last: str, made: Table) -> bool:
    endings, words = made.possessed
    return last.lower() in words or (last != label and last.endswith(endings))


def _only(states: int) -> int | None:
    """The state that a set of one state holds."""
    return states.bit_length() - 1 if states and not states & (states - 1) else None
