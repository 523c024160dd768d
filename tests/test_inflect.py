"""Inflection: every table's own examples, and what must hold for any word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ca_normalize import data
from ca_normalize.errors import DataError
from ca_normalize.gazetteer import inflect
from ca_normalize.gazetteer.inflection import affix, phrases, russian, suffixes
from ca_normalize.gazetteer.inflection import tables as loading
from ca_normalize.gazetteer.inflection.tables import path
from ca_normalize.gazetteer.inflection.tables import russian as tables
from ca_normalize.gazetteer.parted import Set, set_parts


def _examples(kind: str) -> list[Any]:
    return [
        pytest.param(language, row, id=f"{language}-{'-'.join(row)}")
        for language in suffixes.LANGUAGES
        for row in data.read_toml(path(language))["examples"][kind]
    ]


@pytest.mark.parametrize(("language", "row"), _examples("split"))
def test_an_inflected_word_comes_apart(language: str, row: list[str]) -> None:
    word, stem, tag = row
    assert stem in [found for found, _ in inflect.strip(word, language)]
    assert inflect.ending(word, stem, language) == tag


@pytest.mark.parametrize(("language", "row"), _examples("never"))
def test_derivations_and_broken_harmony_do_not_come_apart(language: str, row: list[str]) -> None:
    word, stem = row
    assert stem not in [found for found, _ in inflect.strip(word, language)]
    assert inflect.ending(word, stem, language) is None


@pytest.mark.parametrize(("language", "row"), _examples("attach"))
def test_an_ending_is_attached(language: str, row: list[str]) -> None:
    label, tag, word = row
    assert inflect.attach(label, language, tag) == word


@pytest.mark.parametrize("name", tables().classes)
def test_each_declension_class_has_an_example_that_holds(name: str) -> None:
    row = data.read_toml(path("russian"))["classes"][name]
    nominative = row["like"][0]
    made = russian.decline(nominative, tables().classes[name], row.get("animate", False))
    assert nominative.endswith(row["drop"])
    assert [forms[0] for forms in made] == row["like"]


@given(st.sampled_from((*suffixes.LANGUAGES, "en", "xx")), st.text(max_size=12))
def test_strip_takes_any_text(language: str, word: str) -> None:
    for stem, ending in inflect.strip(word, language):
        assert stem
        assert word.endswith(ending)
        assert inflect.ending(word, stem, language) is not None


@pytest.mark.parametrize("language", suffixes.LANGUAGES)
@given(pick=st.data())
def test_stems_that_are_asked_for_are_not_left_out(language: str, pick: st.DataObject) -> None:
    table = suffixes.table(language)
    letters = st.text(st.sampled_from([*table.group, *"'ʻ-"]), min_size=2, max_size=6)
    endings = st.sampled_from([shape for shapes in table.written.values() for shape in shapes.values()])
    word = pick.draw(letters) + pick.draw(endings)
    everything = affix.splits(word, table)
    begun = {stem[:-1] for stem, _, _ in everything if pick.draw(st.booleans())}
    some = affix.splits(word, table, Set(set_parts(begun)))
    wanted = [split for split in everything if split[0][:-1] in begun]
    assert [split for split in some if split[0][:-1] in begun] == wanted
    assert set(some) <= set(everything)


@pytest.mark.parametrize("language", suffixes.LANGUAGES)
@given(pick=st.data())
def test_what_is_attached_comes_off_again(language: str, pick: st.DataObject) -> None:
    table = suffixes.table(language)
    label = pick.draw(st.text(st.sampled_from(sorted(table.group)), min_size=3, max_size=8))
    tag = pick.draw(st.sampled_from(sorted(table.written)))
    word = inflect.attach(label, language, tag)
    if word is not None and tag not in table.pronominal:
        assert label in [stem for stem, _ in inflect.strip(word, language)]


def all_forms(name: str, kind: str, sex: str) -> set[str]:
    """Every form in which a Russian name may be met, those with them that are barred as other words."""
    return {shape for plan in phrases.decline(name, kind, sex, None) for case in plan for shape in case}


@given(
    st.text(max_size=20),
    st.sampled_from(["person", "city", "company", "body", "river"]),
    st.sampled_from(["m", "f", ""]),
)
def test_forms_take_any_name(name: str, kind: str, sex: str) -> None:
    made = inflect.forms(name, "ru", kind, sex)
    assert list(made) == list(inflect.CASES)
    assert made["nom"] == name
    assert set(made.values()) <= all_forms(name, kind, sex)


GOLD = [
    line.split("\t")
    for line in (Path(__file__).parent / "inflect_gold.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("row", GOLD, ids=lambda row: row[0])
def test_russian_names_of_the_gold_list(row: list[str]) -> None:
    name, kind, sex, *rest = row
    assert list(inflect.forms(name, "ru", kind, sex).values()) == [name, *rest]


BARRED = [
    pytest.param(table, language, row["of"], form, id=f"{language}-{form}")
    for table in ("never", "capital")
    for language, rows in data.read_toml(path("barred"))[table].items()
    for row in rows
    for form in row["forms"]
]


@pytest.mark.parametrize(("table", "language", "name", "form"), BARRED)
def test_a_barred_form_is_one_of_the_name_and_not_its_base(table: str, language: str, name: str, form: str) -> None:
    if language == "ru":
        readings = [("city", ""), ("person", "m"), ("person", "f")]
        made = {each.lower() for kind, sex in readings for each in all_forms(name, kind, sex)}
        assert form in made
    else:
        assert name.lower() in [stem for stem, _ in inflect.strip(form, language)]
    assert inflect.barred(form.title(), language) is (table == "never")
    assert inflect.ambiguous(form, language) is (table == "capital")
    assert not inflect.barred(name, language, name)


def test_the_adjective_of_a_city_is_not_the_city() -> None:
    assert "Донецком" not in inflect.paradigm("Донецк", "city")
    assert inflect.paradigm("Донецк", "city")["Донецке"] == ["loc"]
    assert inflect.paradigm("Верхне-Кайрактинское", "deposit")["Верхне-Кайрактинском"] == ["loc"]
    assert inflect.forms("Донецк", "ru", "city")["ins"] == "Донецком"  # it may be written


def test_the_cases_that_a_form_may_be() -> None:
    assert inflect.paradigm("Токаев", "person", "m")["Токаева"] == ["gen", "acc"]
    assert inflect.cases("Назарбаева", "Назарбаевой", "person", "f") == ["gen", "dat", "ins", "loc"]
    assert inflect.cases("Алматы", "Алматы", "city")[0] == "nom"
    assert inflect.cases("Алматы", "Алмате", "city") == ["dat", "loc"]
    assert inflect.cases("Алматы", "Алматов", "city") == []


def test_an_override_names_classes_of_the_table() -> None:
    assert inflect.forms("Чу", "ru", "river", "", "none")["gen"] == "Чу"
    assert inflect.forms("Нурлы жол", "ru", "programme", "", "none m")["gen"] == "Нурлы жола"
    assert inflect.forms("Амин", "ru", "person", "m", "m")["ins"] == "Амином"
    with pytest.raises(DataError, match="'mm' is no inflection class"):
        inflect.forms("Чу", "ru", "river", "", "mm")
    with pytest.raises(DataError, match="one a word"):
        inflect.forms("Нурлы жол", "ru", "programme", "", "m m m")


@pytest.mark.parametrize(
    ("word", "language", "stem"),
    [("акшнын", "ky", "акш"), ("ақш-тың", "kk", "ақш"), ("shhtga", "uz", "shht"), ("укмкда", "ky", "укмк")],
)
def test_acronyms_are_known_in_folded_words(word: str, language: str, stem: str) -> None:
    assert stem in [found for found, _ in inflect.strip(word, language)]


def test_case_and_apostrophes_of_a_stem_do_not_matter() -> None:
    assert inflect.ending("O‘zbekistonda", "o'zbekiston", "uz") == "loc"
    assert inflect.ending("АЛМАТЫДА", "алматы", "kk") == "loc"


@pytest.mark.parametrize(
    ("word", "split"),
    [("Tokayev's", ("Tokayev", "'s")), ("Tokayev’s", ("Tokayev", "’s")), ("States'", ("States", "'"))],
)
def test_the_english_possessive(word: str, split: tuple[str, str]) -> None:
    assert inflect.strip(word, "en") == [split]
    assert inflect.ending(word, split[0], "en") == "gen"


def test_what_is_no_english_possessive() -> None:
    assert inflect.strip("Staffs", "en") == []
    assert inflect.strip("'s", "en") == []


@pytest.mark.parametrize(
    ("label", "language", "tag"),
    [
        ("ҰҚК", "kk", "gen"),  # who reads it as комитет writes -нің, who reads the letters does not
        ("Taşkent", "tk", "gen"),  # Taşkendiň or Taşkentiň
        ("Қазақ", "kk", "poss3"),  # the last letter softens: қазағы
        ("Путин", "kk", "gen"),  # met with both harmonies
        ("Казахстан", "xx", "gen"),
        ("U.S.", "uz", "gen"),
        ("Tokayev", "en", "dat"),
    ],
)
def test_nothing_is_attached_where_the_shape_cannot_be_told(label: str, language: str, tag: str) -> None:
    assert inflect.attach(label, language, tag) is None


def test_a_table_that_breaks_its_schema_says_where() -> None:
    file = path("russian")
    classes = tables().classes
    with pytest.raises(DataError, match="name: 'm-hard' is no declension class: did you mean"):
        loading._by_key(file, "name", {"m-hard": ["б"]}, classes)
    with pytest.raises(DataError, match="name: 'б' has two classes"):
        loading._by_key(file, "name", {"m": ["б"], "m-h": ["б"]}, classes)
    with pytest.raises(DataError, match="five endings"):
        loading._paradigm(file, "m", {"drop": "", "ends": ["а"]})
    with pytest.raises(DataError, match="'kz' is no language with a table"):
        suffixes.table("kz")


def test_a_form_is_carried_over_to_the_label() -> None:
    assert inflect.carry("Стафта", "Стафт", "Стаффт", "person", "f", "f-con", "f-con") == "Стаффта"
    assert (
        inflect.carry("Джули Стафтом", "Джули Стафт", "Джули Стаффт", "person", "f", "f-con", "f-con")
        == "Джули Стаффтом"
    )
    assert inflect.carry("Алма-Ате", "Алма-Ата", "Алматы", "city") == "Алматы"
    assert inflect.carry("Касыму", "Касым", "Касым-Жомарт", "person", "m") == "Касым-Жомарту"
    assert inflect.carry("Верхней Кайрактой", "Верхняя Кайракта", "Верхнее Кайракты", "deposit") == "Верхним Кайракты"


def test_what_cannot_be_carried_over() -> None:
    assert inflect.carry("Нур-Султан", "Нур-Султан", "Астана", "city") is None  # nominative or accusative
    assert inflect.carry("Ташкента", "Нур-Султан", "Астана", "city") is None
    assert inflect.carry("Нур-Султаном", "Нур-Султан", "Астана", "city") == "Астаной"
