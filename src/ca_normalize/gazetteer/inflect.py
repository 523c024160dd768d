"""Inflection of names: the door to ``gazetteer.inflection``.

Russian names get all their case forms when the index is built (`forms`, `paradigm`). Words of the other languages are
taken apart when they are met (`strip`), and an ending is put on a label when it is written (`attach`). Every table is
TOML in ``data/gazetteer/inflection``, with its source.

Languages are those of gazetteer names: ru en kk kk-Latn ky uz uz-Cyrl tg tk tk-Cyrl kaa kaa-Cyrl.
"""

from __future__ import annotations

from functools import cache, lru_cache

from .. import data
from .inflection import affix, phrases, suffixes
from .inflection.russian import Cases
from .inflection.tables import path

CASES = ("nom", "gen", "dat", "acc", "ins", "loc")
"""The Russian cases, as `forms` names them and `attach` takes them."""


def forms(name: str, language: str, kind: str, sex: str = "", override: str | None = None) -> dict[str, str]:
    """The form of a name in each case, as one would write it.

    Args:
        name: the base form, of one or several words.
        language: of the name. Only Russian has forms; elsewhere the result is the nominative alone.
        kind: the entity's type (docs/gazetteer.md).
        sex: m or f of a person; guessed from the endings where it is empty.
        override: ``"none"``: the name does not inflect; or a class of russian.toml for the head (of people, the last
            word), or one class a word.

    Returns:
        nom gen dat acc ins loc -> form.

    Raises:
        DataError: *override* names a class that is not in russian.toml, or not one a word.
    """
    if language != "ru":
        return {"nom": name}
    first = _plans(name, kind, sex, override)[0]
    return {case: shapes[0] for case, shapes in zip(CASES, first, strict=True)}


def paradigm(name: str, kind: str, sex: str = "", override: str | None = None) -> dict[str, list[str]]:
    """Each form in which a Russian name is to be looked for, with the cases that it may be, the one to write first.

    For the index: the base form is among them, what is barred is not. ``Токаева`` is ``["gen", "acc"]`` of Токаев; of
    Токаева it is ``["nom"]``.
    """
    found: dict[str, list[str]] = {}
    plans = _plans(name, kind, sex, override)
    written = [(case, shapes[0]) for case, shapes in zip(CASES, plans[0], strict=True)]
    met = [(case, shape) for plan in plans for case, shapes in zip(CASES, plan, strict=True) for shape in shapes]
    for case, shape in [*written, *met]:
        known = found.setdefault(shape, [])
        if case not in known:
            known.append(case)
    return {shape: known for shape, known in found.items() if not barred(shape, "ru", name)}


def cases(name: str, form: str, kind: str, sex: str = "", override: str | None = None) -> list[str]:
    """The cases that a form of a Russian name may be; empty where it is none of them. Many forms: see `paradigm`."""
    return paradigm(name, kind, sex, override).get(form, [])


@lru_cache(maxsize=64)
def _plans(name: str, kind: str, sex: str, override: str | None) -> list[Cases]:
    """What `phrases.decline` says: of one name, several of these functions are asked in a row."""
    return phrases.decline(name, kind, sex, override)


def carry(
    form: str,
    name: str,
    label: str,
    kind: str,
    sex: str = "",
    override: str | None = None,
    label_override: str | None = None,
) -> str | None:
    """The form of the Russian *label* that stands where *form* of *name* stood; None where that cannot be told.

    The ending is kept as well as the case: where print declines a woman's surname (class ``f-con``), so does the
    result (Стафта: Стаффта). A form of several cases counts where the label has one form for all of them; so
    Нур-Султан, nominative or accusative, is not to be made Астана or Астану.
    """
    target = _plans(label, kind, sex, label_override)[0]
    found = set()
    for plan in _plans(name, kind, sex, override):
        for shapes, wanted in zip(plan, target, strict=True):
            if form in shapes:
                at = shapes.index(form)
                found.add(wanted[at] if len(wanted) == len(shapes) else wanted[0])
    return found.pop() if len(found) == 1 else None


def strip(word: str, language: str) -> list[tuple[str, str]]:
    """The (stem, ending) pairs that an inflected word may be made of, the shortest ending first.

    The endings are closed lists, in harmony with the stem; derivations (Қазақстандық, oʻzbekcha) do not come apart. A
    hyphen or apostrophe between the two belongs to neither. A stem has the letter that it ends in when it stands
    alone, so ``stem + ending`` is not always the word (Aşgabada: Aşgabat, a). Give the word as it stands in the text
    where you can: capitals show what is an acronym, whose endings follow its sound and not its letters (АКШнын).

    >>> strip("ShHTga", "uz")
    [('ShHT', 'ga')]
    """
    if language == "en":
        return _english(word)
    if language not in suffixes.LANGUAGES:
        return []
    return list(dict.fromkeys((stem, end) for stem, end, _ in affix.splits(word, suffixes.table(language))))


def ending(word: str, stem: str, language: str) -> str | None:
    """The name of the ending of *word* after *stem*: ``gen``, ``pl+loc``, ``poss3+loc`` …; None where it is none.

    Case and apostrophes of the stem do not matter.
    """
    if language == "en":
        return "gen" if any(_folded(found) == _folded(stem) for found, _ in _english(word)) else None
    if language not in suffixes.LANGUAGES:
        return None
    same = _folded(stem)
    tags = [tag for found, _, tag in affix.splits(word, suffixes.table(language)) if _folded(found) == same]
    return min(tags, key=lambda tag: tag.count("+"), default=None)


def attach(
    label: str, language: str, ending: str, kind: str = "", sex: str = "", override: str | None = None
) -> str | None:
    """The label with an ending; None where the right shape cannot be told.

    Args:
        label: a name in its base form.
        language: of the label.
        ending: as `ending` names it; in Russian a case.
        kind, sex, override: for Russian, as in `forms`.
    """
    if language == "ru":
        return forms(label, language, kind, sex, override).get(ending)
    if language == "en":
        return f"{label}'s" if ending == "gen" else None
    if language not in suffixes.LANGUAGES:
        return None
    return affix.attach(label, ending, suffixes.table(language))


def barred(form: str, language: str, name: str = "") -> bool:
    """Whether an inflected form is another word of its language, so that it never stands for the name.

    Where the base form is given, whole classes of forms are known too (Донецком is the adjective's, not the city's),
    and the base form itself is never barred (Чуя, a river, is a form of Чуй).
    """
    if form == name or " " in name:
        return False
    if form.lower() in _barred("never").get(language, frozenset()):
        return True
    return any(name.endswith(of) and form.endswith(ends) for of, ends in _barred_endings().get(language, ()))


def ambiguous(form: str, language: str) -> bool:
    """Whether a form is another word too, and stands for the name only where a capital within a sentence shows it."""
    return form.lower() in _barred("capital").get(language, frozenset())


@cache
def _barred(table: str) -> dict[str, frozenset[str]]:
    source = data.table(path("barred"))[table]
    return {language: frozenset(form for row in rows for form in row["forms"]) for language, rows in source.items()}


@cache
def _barred_endings() -> dict[str, list[tuple[str, str]]]:
    source = data.table(path("barred"))["endings"]
    return {language: [(row["of"], row["forms"]) for row in rows] for language, rows in source.items()}


_APOSTROPHES = "'’ʼ‘`´"
_SAME_APOSTROPHE = dict.fromkeys(map(ord, _APOSTROPHES + "ʻ"), "'")


def _folded(stem: str) -> str:
    return stem.lower().translate(_SAME_APOSTROPHE)


def _english(word: str) -> list[tuple[str, str]]:
    """'s after any name, a bare apostrophe after s."""
    if len(word) > 2 and word[-1] in "sS" and word[-2] in _APOSTROPHES:
        return [(word[:-2], word[-2:])]
    if len(word) > 2 and word[-1] in _APOSTROPHES and word[-2] in "sS":
        return [(word[:-1], word[-1])]
    return []
