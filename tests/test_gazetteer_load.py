"""The loader and its messages; gazetteers of one's own; look-up."""

from __future__ import annotations

import logging
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ca_normalize.errors import DataError
from ca_normalize.gazetteer import Gazetteer, checks, load
from ca_normalize.gazetteer.build import build
from ca_normalize.gazetteer.parted import Set, Table, set_parts, table_parts

SMALL = Path(__file__).parent / "names" / "small.toml"
ENTITY = """
[old-town]
type = "city"
country = "KZ"
sources = ["https://example.org"]
full.en = ["Old Town"]
"""

BROKEN = {
    "not TOML": ("[old-town\n", "not valid TOML"),
    "an id in capitals": (ENTITY.replace("old-town", "Old-Town"), "an id holds ASCII letters in lower case"),
    "an unknown key": (ENTITY + 'colour = "red"\n', "'colour' is no key of an entity"),
    "an unknown type": (ENTITY.replace('"city"', '"citty"'), "did you mean 'city'?"),
    "no type": (ENTITY.replace('type = "city"\n', ""), "type is missing"),
    "a country by name": (ENTITY.replace('"KZ"', '"Kazakhstan"'), "country is 'Kazakhstan': ISO 3166-1 alpha-2"),
    "a sex": (ENTITY + 'sex = "x"\n', "sex is 'x': m or f"),
    "an unknown form's language": (ENTITY + 'full.xx = ["A"]\n', "'xx' is no language"),
    "a form without language": (ENTITY.replace("full.en", "full"), 'full needs a language: full.en = ["…"]'),
    "a name that is no list": (ENTITY + 'full.ru = "Старый"\n', "full.ru is a list of names"),
    "an empty name": (ENTITY + 'full.ru = [""]\n', "is empty, or has spaces"),
    "two spaces": (ENTITY + 'full.ru = ["Старый  город"]\n', "has spaces at its ends or two in a row"),
    "a control character": (ENTITY + 'full.ru = ["Ст\\u200bарый"]\n', "holds a character that is no part of a name"),
    "a name twice": (ENTITY + 'full.ru = ["Старый", "Старый"]\n', "stands twice in full.ru"),
    "an unknown tier": (ENTITY + 'full.ru = [{ name = "А", tier = "sure" }]\n', "'sure' is no tier"),
    "an unknown key of a name": (ENTITY + 'full.ru = [{ name = "А", need = ["city"] }]\n', "did you mean 'needs'?"),
    "needs on a strong name": (
        ENTITY + 'full.ru = [{ name = "А", tier = "strong", needs = ["city"] }]\n',
        "its tier is conditional, not strong",
    ),
    "rewrite": (ENTITY + 'full.ru = [{ name = "А", rewrite = "no" }]\n', "rewrite is 'no': true or false"),
    "a date": (ENTITY + 'former.ru = [{ name = "А", from = "spring" }]\n', "'spring' is no date"),
    "no name": (ENTITY.replace('full.en = ["Old Town"]\n', ""), "it has no name"),
    "no source": (ENTITY.replace('sources = ["https://example.org"]\n', ""), "no source"),
    "an office": (ENTITY + 'offices = ["president"]\n', "an office is"),
}


@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_what_breaks_the_schema_is_an_error_with_file_line_and_entry(case: str, tmp_path: Path) -> None:
    text, message = BROKEN[case]
    path = tmp_path / "own.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError) as caught:
        Gazetteer.load(path)
    assert message in str(caught.value)
    assert str(path) in str(caught.value)
    if case != "not TOML":
        assert caught.value.line > 0
        assert caught.value.entry


def test_the_line_is_that_of_the_fault(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(ENTITY + 'full.kk = ["A"]\nfull.ru = [{ name = "Б", tier = "sure" }]\n', "utf-8")
    with pytest.raises(DataError) as caught:
        Gazetteer.load(path)
    assert caught.value.line == 8


def test_an_id_can_be_given_once(tmp_path: Path) -> None:
    paths = [tmp_path / "a.toml", tmp_path / "b.toml"]
    for path in paths:
        path.write_text(ENTITY, "utf-8")
    with pytest.raises(DataError, match="this id is taken in"):
        load.read(paths)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        Gazetteer.load(tmp_path / "nothing.toml")


def check(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "own.toml"
    path.write_text(text, "utf-8")
    return [problem.problem for problem in checks.problems(load.read([path]))]


CHECKED = {
    "order": (ENTITY + ENTITY.replace("old", "new").replace("Old", "New"), "new-town belongs before old-town"),
    "a reference": (ENTITY + 'not-same-as = ["nowhere"]\n', "'nowhere' is no id of an entity"),
    "itself": (ENTITY + 'parent = "old-town"\n', "it refers to itself"),
    "a source": (ENTITY.replace("https://example.org", "hearsay"), "is no address, and no key of sources.toml"),
    "a cue": (ENTITY + 'full.ru = [{ name = "А", tier = "conditional", needs = ["citty"] }]\n', "did you mean 'city'?"),
    "an entity as a cue": (ENTITY + 'full.ru = [{ name = "А", needs = ["@nowhere"] }]\n', "'nowhere' is no id"),
    "a part of a cue": (ENTITY + 'full.ru = [{ name = "А", needs = ["city+rivver"] }]\n', "'rivver' is no cue"),
    "NFC": (ENTITY + 'full.ru = ["Алтаи\u0306"]\n', "is not in NFC"),
    "a class": (ENTITY + 'full.ru = [{ name = "Старый", inflect = "m-none" }]\n', "'m-none' is no inflection class"),
    "a period": (ENTITY + 'former.ru = [{ name = "А", from = "2001", to = "1999" }]\n', "ends before it begins"),
    "a clash": (ENTITY + ENTITY.replace("old-town", "older-town"), "'Old Town' is a name of old-town too"),
}


@pytest.mark.parametrize("case", CHECKED, ids=str)
def test_data_checks(case: str, tmp_path: Path) -> None:
    text, message = CHECKED[case]
    (problem,) = check(tmp_path, text)
    assert message in problem


def test_what_two_entities_share_may_be_conditional_or_acknowledged(tmp_path: Path) -> None:
    twin = ENTITY.replace("old-town", "older-town")
    assert check(tmp_path, ENTITY + twin + 'not-same-as = ["old-town"]\n') == []
    conditional = 'full.en = [{ name = "Old Town", tier = "conditional" }]\n'
    plain = 'full.en = ["Old Town"]\n'
    assert check(tmp_path, ENTITY.replace(plain, conditional) + twin.replace(plain, conditional)) == []


def test_the_small_gazetteer_passes_all_checks_but_those_that_need_the_whole(tmp_path: Path) -> None:
    assert list(checks.problems(load.read([SMALL]))) == []


def test_entities() -> None:
    small = Gazetteer.load(SMALL)
    person = small["aydar-sanatov"]
    assert (person.id, person.type, person.country, person.sex) == ("aydar-sanatov", "person", "KZ", "m")
    assert person.labels == {"en": "Aydar Sanatov", "ru": "Айдар Санатов", "kk": "Айдар Санатов"}
    assert {name.name for name in person.names if name.form == "surname"} == {"Sanatov", "Sanatoff", "Санатов"}
    assert len(small) == len(list(small)) == 13
    with pytest.raises(KeyError):
        small["nobody"]


def test_surfaces_are_the_listed_names() -> None:
    surfaces = list(Gazetteer.load(SMALL).surfaces())
    assert ("Sary-Kol", "sarykol") in surfaces
    assert ("Урицкое", "sarykol") in surfaces
    assert len(surfaces) == sum(len(entity.names) for entity in load.read([SMALL]))


LOOKED_UP = {
    "Aidar Sanatov": {"aydar-sanatov"},
    "АЙДАРОМ САНАТОВЫМ": {"aydar-sanatov"},
    "Sanatov": {"aydar-sanatov", "bolat-sanatov"},
    "President Sanatoff": {"aydar-sanatov"},
    "А. Санатова": {"aydar-sanatov", "bolat-sanatov"},
    "Julia Stuff": {"julia-stave"},
    "Sariko'lning": {"sarykol"},
    "SARIKO’L": {"sarykol"},
    "Урицком": {"sarykol"},
    "город Сарыколь": {"sarykol"},
    "АО «СтепьОйл»": {"steppe-oil"},
    "“Steppe-Oil” LLP": {"steppe-oil"},
    "месторождение Кемпир": {"kempir-field"},
    "Sarïköl": {"sarykol"},
    "Қазақстандық": set(),
    "Nowhere": set(),
    "": set(),
    "!?": set(),
}


@pytest.mark.parametrize("surface", LOOKED_UP)
def test_lookup(surface: str) -> None:
    assert {entity.id for entity in Gazetteer.load(SMALL).lookup(surface)} == LOOKED_UP[surface]


def test_every_listed_name_is_looked_up() -> None:
    small = Gazetteer.load(SMALL)
    for surface, identity in small.surfaces():
        assert identity in {entity.id for entity in small.lookup(surface)}
        assert identity in {entity.id for entity in small.lookup(surface.upper())}


def test_a_users_own_gazetteer_wins_and_the_clash_is_reported(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    own = tmp_path / "own.toml"
    own.write_text(ENTITY.replace("old-town", "sarykol").replace("Old Town", "Sarykol"), "utf-8")
    with caplog.at_level(logging.WARNING, "ca_normalize"):
        both = Gazetteer.load(SMALL).extend(own)
    assert [name.name for name in both["sarykol"].names] == ["Sarykol"]
    assert len(both) == 13
    assert "sarykol replaces the entity of the same id" in caplog.text


def test_a_users_own_name_wins_over_another_entitys(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    own = tmp_path / "own.toml"
    own.write_text(ENTITY.replace("Old Town", "Sarykol"), "utf-8")
    with caplog.at_level(logging.WARNING, "ca_normalize"):
        both = Gazetteer.load(SMALL).extend(own)
    assert [name.id for name in both.find("They met in Sarykol today.")] == ["old-town"]
    assert {entity.id for entity in both.lookup("Сарыколь")} == {"sarykol"}
    assert "'Sarykol' is taken from sarykol" in caplog.text


def test_gazetteers_are_pickled() -> None:
    small = Gazetteer.load(SMALL)
    again = pickle.loads(pickle.dumps(small))
    assert again == small
    assert hash(again) == hash(small)
    assert [name.id for name in again.find("Aidar Sanatov")] == ["aydar-sanatov"]
    assert pickle.loads(pickle.dumps(Gazetteer.default())) is Gazetteer.default()


def test_building_twice_gives_the_same_index() -> None:
    assert build(load.read([SMALL])) == build(load.read([SMALL]))


@given(st.dictionaries(st.text("абвг", min_size=1, max_size=4), st.text("0123,", min_size=1)), st.data())
def test_a_table_in_parts_is_the_table(table: dict[str, str], pick: st.DataObject) -> None:
    parted = Table(table_parts(table))
    for key in pick.draw(st.lists(st.text("абвгд", max_size=4), max_size=6)):
        assert parted.get(key) == table.get(key)
        assert (key in parted) == (key in table)
    assert sorted(parted) == sorted(table)
    assert [parted.get(key) for key in table] == list(table.values())
    keys = Set(set_parts(table))
    assert all((key in keys) == (key in table) for key in [*table, "", "а", "д", "аа"])
