"""Which words of a Russian name decline, and as what.

A plan gives each word of a name a role of the tables, or None for a word that stays as it is. People: given names,
patronymic and surname by position and sex. Other names: adjectives that agree, the head noun, and nothing after it
(complements, quoted names). Where grammar leaves a choice, the first plan is the one to write; all of them are met.
"""

from __future__ import annotations

from itertools import product

from ...errors import DataError, choices
from . import russian as words
from .russian import Cases
from .tables import russian

Plan = list[str | None]
_QUOTES = tuple("«\"“„‘'(")
_MOST = 12  # forms of one case of one name; beyond, only the first forms of the words are combined


def decline(name: str, kind: str, sex: str, override: str | None) -> list[Cases]:
    """The forms of a whole name, by every plan that fits; the first is the one to write."""
    tokens = name.split(" ")
    animate = kind == "person"
    if override is not None:
        return [_by_classes(tokens, override.split(), animate, kind, sex)]
    plans = _person(tokens, sex) if animate else _thing(tokens, kind)
    return [_join([_word(token, role, animate) for token, role in zip(tokens, plan, strict=True)]) for plan in plans]


def _word(token: str, role: str | None, animate: bool) -> Cases:
    if role is None:
        return words.fixed(token)
    if role == "adjective":
        found = words.adjective(token)
        return words.fixed(token) if found is None else words.decline(token, found, animate)
    return words.inflect(token, role, animate)


def _by_classes(tokens: list[str], classes: list[str], animate: bool, kind: str, sex: str) -> Cases:
    """One class a word; or one class alone, for the word that the plan takes as the head."""
    known = russian().classes
    for name in classes:
        if name not in known:
            raise DataError(choices(name, known, "inflection class"), entry=" ".join(tokens))
    if classes == ["none"]:
        return words.fixed(" ".join(tokens))
    if len(classes) not in (1, len(tokens)):
        raise DataError("give one inflection class, or one a word", entry=" ".join(tokens))
    if len(classes) == len(tokens):
        picked = [words.decline(token, known[name], animate) for token, name in zip(tokens, classes, strict=True)]
        return _join(picked)
    plan = (_person(tokens, sex) if animate else _thing(tokens, kind))[0]
    places = [index for index, role in enumerate(plan) if role not in (None, "adjective")] or [len(tokens) - 1]
    head = places[-1] if animate else places[0]
    made = [_word(token, role, animate) for token, role in zip(tokens, plan, strict=True)]
    made[head] = words.decline(tokens[head], known[classes[0]], animate)
    return _join(made)


def _join(made: list[Cases]) -> Cases:
    """The words of each case, with every combination of their forms while these are few."""
    if len(made) == 1:
        return made[0]
    result: list[tuple[str, ...]] = []
    for case in zip(*made, strict=True):
        count = 1
        for forms in case:
            count *= len(forms)
        if count == 1:
            result.append((" ".join([forms[0] for forms in case]),))
        elif count <= _MOST:
            result.append(tuple([" ".join(picked) for picked in product(*case)]))
        else:
            result.append((" ".join([forms[0] for forms in case]), " ".join([forms[-1] for forms in case])))
    return tuple(result)


# -- people -----------------------------------------------------------------------------------------------------------


def _person(tokens: list[str], sex: str) -> list[Plan]:
    sex = sex or guess_sex(tokens)
    given, surname = f"given-{sex}", f"surname-{sex}"
    count = len(tokens)
    if count == 1:
        return [[surname], [given]]
    people = russian().people
    patronymic = tokens[-1].endswith(people["patronymics"])
    if tokens[0].lower() in people["first-surnames"] and count <= 3 and not patronymic:
        return [[None] * (count - 1) + [given]]
    plan: Plan = [given] * count
    if not patronymic:
        plan[-1] = surname
    elif count > 2:
        plan[0] = surname
    for index, token in enumerate(tokens):
        if _stays(token):
            plan[index] = None
        if index and token in people["fathers"]:
            plan[index - 1] = None
    return [plan]


def _stays(token: str) -> bool:
    """Particles (бен, фон, уулу), initials, quoted nicknames."""
    return token.endswith(".") or token in russian().people["particles"] or token.startswith(_QUOTES)


def guess_sex(tokens: list[str]) -> str:
    """m or f, by the endings of surname and patronymic."""
    female = russian().people["female"]
    return "f" if any(token.endswith(female) for token in tokens[1:] or tokens) else "m"


# -- places, bodies, companies and all else ---------------------------------------------------------------------------


def _thing(tokens: list[str], kind: str) -> list[Plan]:
    size = _unquoted(tokens)
    plan: Plan = [None] * len(tokens)
    if not size:
        return [plan]
    start = _skip_fixed(tokens, size)
    head, gender = _adjectives(tokens, start, size)
    if not _common(tokens[head]) and not russian().phrases["dashes"].isdisjoint(tokens[head:size]):
        return [plan]
    for index in range(start, head):
        plan[index] = "adjective" if words.adjective(tokens[index]) else None
    if head == start and head + 1 < size and not _leads(tokens, head, kind):
        return _no_common_noun(tokens, plan, head, size, kind)
    plan[head] = _head_role(tokens[head], gender, kind)
    if head + 1 < size:
        _after_head(tokens, plan, head, size, kind)
    return [plan]


def _unquoted(tokens: list[str]) -> int:
    """The number of words before the first quotation mark or bracket."""
    for index, token in enumerate(tokens):
        if token.startswith(_QUOTES):
            return index
    return len(tokens)


def _skip_fixed(tokens: list[str], size: int) -> int:
    """The first word that is not an indeclinable modifier of the next (Жогорку Кенеш, Олий Мажлис)."""
    frozen = russian().phrases["frozen"]
    index = 0
    while index < size - 1 and tokens[index].lower() in frozen:
        index += 1
    return index


def _adjectives(tokens: list[str], start: int, size: int) -> tuple[int, str]:
    """The index of the head after its adjectives, and their gender ('' where there is none)."""
    index, gender = start, ""
    joins = russian().phrases["and"]
    while index < size - 1:
        found = words.adjective(tokens[index])
        if found is None:
            break
        gender = found.gender
        index += 1
        if tokens[index] in joins and index < size - 1 and words.adjective(tokens[index + 1]):
            index += 1
    return index, gender


def _common(word: str) -> bool:
    return word[:1].islower() or word.lower() in russian().phrases["heads"]


def _leads(tokens: list[str], head: int, kind: str) -> bool:
    """Whether a common noun is the head; not in Альянс Банк, where the next one is."""
    phrases = russian().phrases
    if kind in phrases["fixed-kinds"] and tokens[head][:1].isupper() and tokens[head + 1].lower() in phrases["heads"]:
        return False
    return _common(tokens[head])


def _head_role(word: str, gender: str, kind: str) -> str:
    if _common(word) and not gender:
        return "noun"
    if gender:
        return f"name-{gender}"
    return "range" if kind in russian().phrases["range-kinds"] else "name"


def _no_common_noun(tokens: list[str], plan: Plan, head: int, size: int, kind: str) -> list[Plan]:
    """Халык банк, Абу-Даби, Фонд благосостояния, Казахстан темир жолы: what is the head depends on the kind."""
    phrases = russian().phrases
    joined = tokens[head + 1] in phrases["and"]
    last, first = plan.copy(), plan.copy()
    role = "range" if kind in phrases["range-kinds"] else "name"
    if tokens[head + 1].lower() in phrases["heads"]:
        last[head + 1] = "noun"
        return [last]
    first[head] = role
    last[size - 1] = role
    if joined and kind in phrases["pairs"]:
        first[size - 1] = role
        return [first]
    if kind in phrases["last-word-kinds"] and tokens[size - 1].lower() not in phrases["complements"]:
        return [last]
    if kind in phrases["fixed-kinds"] and tokens[size - 1].lower() not in phrases["complements"]:
        return [plan, last, first]
    return [first]


def _after_head(tokens: list[str], plan: Plan, head: int, size: int, kind: str) -> None:
    phrases = russian().phrases
    if tokens[head].lower() in phrases["town"]:
        plan[head + 1] = "name"
    elif tokens[head + 1] in phrases["and"] and kind in phrases["pairs"]:
        plan[size - 1] = "name"
