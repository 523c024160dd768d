"""The cases of a single Russian word, or of the parts of a hyphenated one."""

from __future__ import annotations

from .tables import ANIMATE, Paradigm, russian

Cases = tuple[tuple[str, ...], ...]
"""For each case (nom gen dat acc ins loc) the form to write, then further forms that are met in text."""


def decline(word: str, paradigm: Paradigm, animate: bool) -> Cases:
    """The forms of *word* in a class."""
    if paradigm.fixed:
        return ((word,),) * 6
    stem = word[: len(word) - paradigm.drop] if paradigm.drop else word
    gen, dat, acc, ins, loc = paradigm.ends
    genitive = tuple([stem + end for end in gen])
    if acc[0] == ANIMATE:
        accusative = genitive if animate else (word,)
    else:
        accusative = tuple([stem + end for end in acc])
    return (
        (word,),
        genitive,
        tuple([stem + end for end in dat]),
        accusative,
        tuple([stem + end for end in ins]),
        tuple([stem + end for end in loc]),
    )


def fixed(word: str) -> Cases:
    """The forms of a word that does not decline."""
    return ((word,),) * 6


def find(word: str, role: str) -> Paradigm:
    """The class of a word in a role.

    A word without a Cyrillic small letter at its end (an acronym, a Latin word, a number) is looked up as an acronym.
    """
    tables = russian()
    last = word[-1:]
    if not last.islower() and len(word) > 1:
        return tables.roles["acronym"].find(word.lower()) or tables.classes["none"]
    lower = word.lower()
    if role == "surname-m" and sum(letter in tables.vowels for letter in lower) == 1:
        role = "short-m"
    return tables.roles[role].find(lower) or tables.classes["none"]


def adjective(word: str) -> Paradigm | None:
    """The class of an adjective in the nominative; None where the word is none."""
    tables = russian()
    lower = word.lower()
    role = tables.roles["adjective"]
    if lower in role.words:
        return role.words[lower]
    if lower in tables.roles["name"].words or lower in tables.phrases["frozen"]:
        return None
    return role.find(lower)


def inflect(word: str, role: str, animate: bool) -> Cases:
    """The forms of one word, with or without hyphens, in a role."""
    if "-" not in word:
        return decline(word, find(word, role), animate)
    return _hyphenated(word, role, animate)


def _hyphenated(word: str, role: str, animate: bool) -> Cases:
    whole = russian().roles[role].words.get(word.lower())
    if whole is not None:
        return decline(word, whole, animate)
    parts = word.split("-")
    if parts[-1].isdecimal():
        return _glue(inflect("-".join(parts[:-1]), role, animate), fixed("-" + parts[-1]))
    if len(parts) > 2 and parts[1] in russian().phrases["joints"]:
        return _glue(decline(parts[0], find(parts[0], role), animate), fixed("-" + "-".join(parts[1:])))
    last = decline(parts[-1], find(parts[-1], role), animate)
    if len(parts) == 2 and _both_decline(parts[0], role):
        return _glue(
            decline(parts[0], find(parts[0], role), animate), tuple(tuple("-" + f for f in case) for case in last)
        )
    head = "-".join(parts[:-1]) + "-"
    return tuple(tuple([head + form for form in case]) for case in last)


def _both_decline(first: str, role: str) -> bool:
    """Whether the first of two parts declines as well: surnames like an adjective (Мусин-Пушкин), Анна-Мария."""
    if role not in _COUPLED:
        return first.lower() in russian().phrases["coupled"]
    found = find(first, role)
    return not found.fixed and found.name.startswith(_COUPLED[role])


_COUPLED = {"surname-m": ("s-", "a-"), "surname-f": ("s-", "a-"), "given-f": ("f", "f-")}  # role -> classes by name


def _glue(first: Cases, second: Cases) -> Cases:
    return tuple(tuple([a + b for a in x for b in y]) for x, y in zip(first, second, strict=True))
