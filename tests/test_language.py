"""Which language a text is in: properties that must always hold, and texts that users will try."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ca_normalize as ca
from ca_normalize.config import LANGUAGES
from ca_normalize.language.features import addresses
from ca_normalize.language.letters import letters
from strategies import ANY_TEXT, MIXED_TEXT

EXAMPLES = Path(__file__).parent / "language_examples.tsv"


def examples() -> list[tuple[str, str]]:
    rows = [line.split("\t") for line in EXAMPLES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [(tag, text) for tag, text in rows]


@pytest.mark.parametrize(("tag", "text"), examples())
def test_sentences_of_all_languages(tag: str, text: str) -> None:
    found = ca.detect(text)
    assert found.tag == tag
    assert found.confidence >= 0.9


@pytest.mark.parametrize(("tag", "text"), examples())
def test_what_scraped_text_brings_changes_no_answer(tag: str, text: str) -> None:
    variants = [
        text.upper(),
        f"{text} https://www.example.com/some/page-of-english-words.html news@example.com @handle 12.05.2026",
        text.replace("ʻ", "'").replace("’", "`"),
        text.replace("а", "a").replace("о", "o") if "Cyrl" in tag else text.replace("a", "а"),
        "\u200b".join(text),
    ]
    assert [found.tag for found in ca.detect_many(variants)] == [tag] * len(variants)


NO_LETTERS = ["", " ", "123", "12.05.2026 — 100 %", "\ud800", "\n\n", "😀 😀", "https://www.kz.kz/ab", "'’ʻ"]


@pytest.mark.parametrize("text", NO_LETTERS)
def test_nothing_can_be_said_where_there_are_no_letters(text: str) -> None:
    assert ca.detect(text) == ca.Detection("und", "Zyyy", 0.0)


@pytest.mark.parametrize("text", ["OK", "Алматы", "Hello", "Kazakhstan", "Москва", "Kaspi"])
def test_one_word_is_never_sure(text: str) -> None:
    assert ca.detect(text).confidence < 0.9


def test_languages_of_others_are_left_to_langdetect() -> None:
    found = ca.detect("Der Minister sagte gestern in Berlin, dass die Verhandlungen noch nicht abgeschlossen seien.")
    assert (found.language, found.script) == ("de", "Latn")
    assert ca.detect("Η κυβέρνηση ανακοίνωσε σήμερα νέα μέτρα.").tag == "el-Grek"


def test_a_script_that_langdetect_does_not_know_is_und() -> None:
    assert ca.detect("საქართველოს პარლამენტი") == ca.Detection("und", "Geor", 0.0)


@pytest.mark.parametrize(
    "text",
    [
        "Prezident Rossii podpisal ukaz o naznachenii novogo posla v respublike Kazakhstan",
        "Ministr inostrannykh del zayavil, chto peregovory proydut v stolitse na sleduyushchey nedele",
    ],
)
def test_romanized_russian_is_no_turkic_language(text: str) -> None:
    assert ca.detect(text).language == "und"


def test_langdetect_is_not_loaded_for_text_in_our_languages() -> None:
    code = (
        "import sys, ca_normalize as ca; assert 'numpy' not in sys.modules;"
        "ca.detect_many(['Президент подписал указ о назначении.', 'The president signed the decree today.', '']);"
        "assert 'langdetect' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_langdetect_keeps_the_seed_of_its_other_users() -> None:
    from langdetect import DetectorFactory

    before = DetectorFactory.seed
    ca.detect("Il ministro ha detto che i negoziati non sono ancora finiti e che continueranno domani.")
    assert DetectorFactory.seed == before


@given(st.lists(ANY_TEXT | MIXED_TEXT, max_size=6))
def test_many_at_once_are_answered_as_one_by_one(texts: list[str]) -> None:
    found = ca.detect_many(texts)
    assert found == [ca.detect(text) for text in texts]
    assert ca.detect_many(texts[::-1]) == found[::-1]
    for detection in found:
        assert 0 <= detection.confidence <= 1
        assert len(detection.script) == 4
        assert detection.language == "und" or detection.confidence > 0


@given(st.lists(st.sampled_from(["@", "a@b.kz", "www.", "http", "://", "кот", "x", ".", "-", " ", "\n"])).map("".join))
def test_addresses_are_found_wherever_they_stand(text: str) -> None:
    joined = f"\n{text}\n\n\n"
    assert list(addresses(joined)) == [found.span() for found in re.finditer(letters().address, joined)]


def test_answers_do_not_depend_on_the_size_of_the_batch() -> None:
    texts = [text for _, text in examples()] * 60
    assert ca.detect_many(texts) == [ca.detect(text) for _, text in examples()] * 60


def test_every_example_language_is_one_that_the_config_takes() -> None:
    assert {tag.partition("-")[0] for tag, _ in examples()} <= set(LANGUAGES)


@pytest.mark.parametrize("piece", ["а", "Слово о деле.\n", "ab\n", "\u0301", "\ud800", "Kаzаkhstаn Қазaқстан ", " "])
def test_a_million_code_points(piece: str) -> None:
    ca.detect(piece * (1_000_000 // len(piece)))
