"""The gazetteer of the package: its data checks, and what must hold for each of its names."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from ca_normalize import data
from ca_normalize.edits import Edit, apply
from ca_normalize.gazetteer import Entity, Gazetteer, ListedName, checks, load
from ca_normalize.gazetteer.build import LOOKUP
from ca_normalize.gazetteer.fold import Folding, Skeleton
from ca_normalize.result import Detection, Name, Segment

SCRIPTS = {"en": "Latn", "uz": "Latn", "tk": "Latn", "ru": "Cyrl", "kk": "Cyrl", "ky": "Cyrl", "tg": "Cyrl"}
FOLDER = data.root() / "gazetteer"
STRIDE = 11  # every so many names are tried: all of them take a minute; 1 tries all


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.default()


def find(text: str, language: str = "en", *, latin: bool = False) -> list[Name]:
    detection = Detection(language.split("-")[0], "Cyrl" if language.endswith("-Cyrl") else SCRIPTS[language], 1.0)
    return gazetteer().find(text, [Segment(0, len(text), detection)], latin=latin)


def names(tier: str) -> Iterator[tuple[Entity, ListedName]]:
    for entity in gazetteer():
        for name in entity.names:
            if name.tier == tier and name.language in (*SCRIPTS, "uz-Cyrl"):
                yield entity, name


def test_files_follow_the_schema() -> None:
    problems: list[object] = []
    load.read(load.files(), problems)  # type: ignore[arg-type]
    assert [str(problem) for problem in problems] == []


def test_data_checks() -> None:
    entities = load.read(load.files(), [])
    assert [str(problem) for problem in checks.problems(entities)] == []


def test_labels_stand_for_their_own_entity() -> None:
    """No loops: what names are rewritten to is not a name of another entity alone."""
    lost = [entity.id for entity in gazetteer() if entity not in gazetteer().lookup(entity.label)]
    assert lost == []


def test_what_surnames_become_is_a_part_of_what_full_names_become() -> None:
    """Nobody is Navoi in one sentence and Nava'i in the next."""
    apart = []
    for entity in gazetteer():
        surnames = [name.name for name in entity.names if (name.form, name.language) == ("surname", "en")]
        if entity.type == "person" and surnames and surnames[0] not in entity.label:
            apart.append((entity.id, surnames[0]))
    assert apart == []


def test_rewriting_a_name_twice_changes_nothing() -> None:
    def rewritten(text: str, language: str, latin: bool) -> str:
        found = find(text, language, latin=latin)
        return apply(text, [Edit(n.start, n.end, n.replacement) for n in found if n.replacement is not None])

    changing = []
    for entity, name in islice(names("strong"), 0, None, STRIDE):
        for latin in (True, False):
            once = rewritten(f"— {name.name} —", name.language, latin)
            if rewritten(once, name.language, latin) != once:
                changing.append((entity.id, name.name, once))
    assert changing == []


def test_conditional_names_need_a_cue() -> None:
    """A conditional name in a sentence that says nothing is not found; the rest is the gates' tests."""
    fired = []
    for entity, name in islice(names("conditional"), 0, None, 3):
        found = find(f"qq {name.name} qq", name.language)
        fired += [(n.id, n.surface, n.rule) for n in found if (n.id, n.surface) == (entity.id, name.name)]
    assert [row for row in fired if row[2].startswith("conditional")] == []


def test_conditional_names_stand_with_an_entity_that_they_need() -> None:
    """The positive context of names whose cue is an entity: its label beside them."""
    missed = []
    for entity, name in islice(names("conditional"), 0, None, 3):
        wanted = [need[1:] for need in name.needs if need.startswith("@") and "+" not in need and need != "@related"]
        if not wanted or name.blocks:
            continue
        beside = [gazetteer()[identity].labels.get(name.language) for identity in wanted]
        texts = [f"{label}, {name.name}, qq" for label in beside if label]
        known = [text for text in texts if len(find(text, name.language)) > 0]
        if known and not any(n.id == entity.id for text in known for n in find(text, name.language)):
            missed.append((entity.id, name.name))
    assert len(missed) <= 0.1 * sum(1 for _ in names("conditional")) / 3, missed[:20]


def test_forms_that_are_common_words_are_barred() -> None:
    index = gazetteer().index
    for form in ("кабаре", "чую", "какой", "стали"):
        assert all(packed & LOOKUP for packed in index.find(form)), form
        assert find(f"Слово {form.capitalize()} в нём.", "ru") == []


@pytest.mark.parametrize("kind", ["same", "different"])
def test_examples_of_the_cross_script_key(kind: str) -> None:
    tables = data.read_toml(FOLDER / "keys.toml")
    folding, skeleton = Folding(data.read_toml(FOLDER / "folding.toml")), Skeleton(tables)
    for one, other in tables["examples"][kind]:
        keys = {skeleton.of(folding.key(name).split(" ")) for name in (one, other)}
        assert "" not in keys
        assert (len(keys) == 1) == (kind == "same"), (one, other, keys)


def test_folding_keeps_lengths() -> None:
    folding = Folding(data.read_toml(FOLDER / "folding.toml"))
    for text in ("İstanbul", "Qirgʻiziston", "«Ёлка»", "ẞ", "Ǆ", "\ud800", "Ὀ"):
        assert len(folding.fold(text)) == len(text)


FROZEN = tomllib.loads((Path(__file__).parent / "names" / "frozen.toml").read_text("utf-8"))


@pytest.mark.parametrize("row", FROZEN["text"], ids=lambda row: row["text"][:60])
def test_frozen_collection(row: dict[str, object]) -> None:
    """What fires in running text. A change of the gazetteer that changes a row has to be looked at."""
    found = [f"{name.surface} = {name.id}" for name in find(str(row["text"]), str(row["language"]))]
    assert found == row["names"]
