"""What the matcher finds, what the gates let through, and what names are rewritten to."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ca_normalize
from ca_normalize.config import Config
from ca_normalize.context import Context
from ca_normalize.edits import Edit, apply
from ca_normalize.gazetteer import Gazetteer
from ca_normalize.result import Detection, Name, Segment
from ca_normalize.steps.canonicalize import canonicalize
from strategies import ANY_TEXT, MIXED_TEXT

FOLDER = Path(__file__).parent / "names"
CONTEXTS = tomllib.loads((FOLDER / "contexts.toml").read_text("utf-8"))
SMALL = Gazetteer.load(FOLDER / "small.toml")
SCRIPTS = {"en": "Latn", "uz": "Latn", "tk": "Latn"}


def segments(text: str, language: str) -> list[Segment]:
    language, _, script = language.partition("-")
    return [Segment(0, len(text), Detection(language, script or SCRIPTS.get(language, "Cyrl"), 1.0))]


def rewrite(text: str, language: str, *, latin: bool, dated: bool = False) -> str:
    names = SMALL.find(text, segments(text, language), latin=latin, dated=dated)
    return apply(text, [Edit(n.start, n.end, n.replacement) for n in names if n.replacement is not None])


@pytest.mark.parametrize("row", CONTEXTS["found"], ids=lambda row: f"{row['why']}: {row['text']}")
def test_context(row: dict[str, str]) -> None:
    start, end = row["text"].index("["), row["text"].index("]") - 1
    text = row["text"].replace("[", "").replace("]", "")
    names = SMALL.find(text, segments(text, row["language"]))
    over = [name for name in names if name.start < end and name.end > start]
    if row["id"]:
        assert [(n.start, n.end, n.id) for n in over] == [(start, end, row["id"])]
    else:
        assert over == []


@pytest.mark.parametrize("row", CONTEXTS["rewritten"], ids=lambda row: row["text"])
def test_rewritten(row: dict[str, str]) -> None:
    for latin, wanted in ((True, row["latin"]), (False, row["same"])):
        assert rewrite(row["text"], row["language"], latin=latin) == wanted
        assert rewrite(wanted, row["language"], latin=latin) == wanted


def test_dated_names_are_rewritten_on_request_only() -> None:
    assert rewrite("Uritskoye lies north.", "en", latin=True) == "Uritskoye lies north."
    assert rewrite("Uritskoye lies north.", "en", latin=True, dated=True) == "Sarykol lies north."


def test_a_label_with_a_full_stop_does_not_double_that_of_the_sentence() -> None:
    assert rewrite("Это в КСШ. И КСШ тоже.", "ru", latin=True) == "Это в C.P.S. И C.P.S. тоже."


def test_two_candidates_that_nothing_tells_apart_are_neither() -> None:
    text = "Aydar Sanatov met Bolat Sanatov. Sanatov smiled."
    assert [name.surface for name in SMALL.find(text, segments(text, "en"))] == ["Aydar Sanatov", "Bolat Sanatov"]


def test_every_name_says_why() -> None:
    text = "Aydar Sanatov, then Sanatov. Severnyi Sarikol. Uritskoye. The Kempir deposit."
    rules = [name.rule for name in SMALL.find(text, segments(text, "en"), latin=True)]
    assert rules[:3] == ["strong; label", "anchor; label", "key:Severny Sarykol"]
    assert rules[3:] == ["strong; dated", "conditional:deposit; label"]


def test_a_machine_translation_is_evidence() -> None:
    text = "We asked Julia Stuff about it."
    assert SMALL.find(text, segments(text, "en")) == []
    (name,) = SMALL.find(text, segments(text, "en"), translated=True)
    assert (name.id, name.replacement) == ("julia-stave", "Julia Stave")


def test_the_step_notes_names_and_edits_those_that_are_rewritten() -> None:
    text = "Aidar Sanatov in Sarykol."
    context = Context(Config(gazetteer=SMALL, language="en"), segments=segments(text, "en"))
    (edit,) = canonicalize(text, context)
    assert edit == Edit(0, 13, "Aydar Sanatov", "canonicalize", "strong")
    assert [(name.id, name.surface, name.canonical) for name in context.names] == [
        ("aydar-sanatov", "Aidar Sanatov", "Aydar Sanatov"),
        ("sarykol", "Sarykol", "Sarykol"),
    ]


def check_spans(text: str, names: list[Name]) -> None:
    end = 0
    for name in names:
        assert end <= name.start < name.end <= len(text)
        assert name.surface == text[name.start : name.end]
        end = name.end


SURFACES = st.sampled_from(sorted({surface for surface, _ in SMALL.surfaces()}))
FILLERS = st.sampled_from(
    [" ", "\n", ". ", ", ", "-", "’s ", " «", "» ", "президент ", "deposit ", " улица ", "қа", "İ", "U.S. ", "@", " a"]
)
NAMED_TEXT = st.lists(SURFACES | FILLERS, max_size=14).map("".join)


@given(ANY_TEXT | MIXED_TEXT | NAMED_TEXT)
def test_any_text_can_be_searched(text: str) -> None:
    check_spans(text, SMALL.find(text))


@given(NAMED_TEXT, st.sampled_from(["en", "ru", "kk", "uz"]), st.booleans())
def test_rewriting_settles(text: str, language: str, latin: bool) -> None:
    for _ in range(4):
        before, text = text, rewrite(text, language, latin=latin)
    assert text == before


@given(st.lists(SURFACES, min_size=1, max_size=4), st.integers(1, 40))
def test_a_name_does_not_depend_on_what_is_far_away(surfaces: list[str], distance: int) -> None:
    """The strong names of one line are the same wherever the line stands."""
    line = ", ".join(surfaces)
    padding = "\n".join(["Nothing at all."] * distance) + "\n"
    alone = [(n.start, n.end, n.id) for n in SMALL.find(line) if n.rule.startswith("strong")]
    moved = [(n.start - len(padding), n.end - len(padding), n.id) for n in SMALL.find(padding + line)]
    assert set(alone) <= set(moved)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Планы посла США Джули Стафта изменились.", "Планы посла США Джули Стаффта изменились."),
        ("Беседа с послом США Джули Стафт.", "Беседа с послом США Джули Стаффт."),
        ("Руда на Верхнекайрактинском есть.", "Руда на Верхне-Кайрактинском есть."),
    ],
)
def test_a_russian_name_keeps_its_case_as_print_writes_it(text: str, expected: str) -> None:
    assert ca_normalize.canonicalize(text, language="ru") == expected


LINES = (
    "Президент Казахстана Касым-Жомарт Токаев прибыл в Ташкент.",
    "Токаев отметил важность сотрудничества с ЕАЭС.",
    "Тоқаев Астанада сөз сөйледі.",
    "Kassym-Jomart Tokayev met the ambassador, Julie Staff.",
    "В Оше и Джалал-Абаде идёт снег.",
    "EEA, SCO and CSTO leaders met in Bishkek.",
    "Погода",
    "",
)


@given(st.lists(st.sampled_from(LINES), max_size=8), st.sampled_from(["ru", "kk", "en", ""]))
def test_what_is_remembered_of_a_line_is_what_would_be_found_anew(lines: list[str], language: str) -> None:
    text = "\n".join(lines)
    here = segments(text, language) if language else []
    fresh = Gazetteer.load(FOLDER / "small.toml")
    for latin in (False, True):
        again = SMALL.find(text, here, latin=latin)
        assert again == fresh.find(text, here, latin=latin)
        assert SMALL.find(text, here, latin=latin) == again


@given(st.lists(NAMED_TEXT, max_size=3).map(" и ".join), st.sampled_from(["en", "ru", "kk", ""]))
def test_what_is_remembered_of_words_is_what_would_be_found_anew(text: str, language: str) -> None:
    """Words, pairs and longer runs of words, met in any text before, with whatever marks between them."""
    here = segments(text, language) if language else []
    assert SMALL.find(text, here) == Gazetteer.load(FOLDER / "small.toml").find(text, here)


def test_a_part_of_a_line_is_not_remembered_as_the_line() -> None:
    line = "Посол Джули Стафф прибыла."
    assert [name.surface for name in SMALL.find(line, segments(line, "ru"))] == ["Джули Стафф"]
    part = [Segment(6, 11, Detection("ru", "Cyrl", 1.0))]
    assert SMALL.find(line, part) == []
    assert [name.surface for name in SMALL.find(line, segments(line, "ru"))] == ["Джули Стафф"]


@given(st.lists(st.sampled_from(LINES) | ANY_TEXT | MIXED_TEXT, max_size=5).map("\n".join))
def test_the_text_is_the_same_with_fewer_names(text: str) -> None:
    whole = ca_normalize.normalize(text)
    fewer = ca_normalize.normalize(text, all_names=False)
    assert (fewer.text, fewer.edits) == (whole.text, whole.edits)
    assert [name for name in whole.names if name.replacement is not None] == [
        name for name in fewer.names if name.replacement is not None
    ]
