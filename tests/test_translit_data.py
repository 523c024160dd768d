"""Every scheme file, and the samples that it carries."""

from __future__ import annotations

from pathlib import Path

import pytest

from ca_normalize import data
from ca_normalize.cyrillic import has_cyrillic
from ca_normalize.errors import DataError
from ca_normalize.translit import forms, registry, schemes, special, transliterate
from ca_normalize.translit.engine import Converter
from ca_normalize.translit.schema import read

REQUIRED = {
    "ru": "press bgn-pcgn iso-9 gost-7.79-b icao-9303 ala-lc un-1987",
    "kk": "press bgn-pcgn iso-9 national-2021",
    "ky": "press bgn-pcgn iso-9",
    "uz": "national press iso-9",
    "tg": "press bgn-pcgn iso-9",
    "tk": "national press iso-9",
    "kaa": "national iso-9",
    "uk": "national iso-9",
    "be": "bgn-pcgn national iso-9",
    "mn": "national iso-9",
    "tt": "iso-9 bgn-pcgn",
    "ba": "iso-9 bgn-pcgn",
}
SAMPLES = [(s.language, s.name, source, result) for s in schemes() for source, result in s.samples]
BACK = [
    (s.language, s.name, source, result)
    for s in schemes()
    if s.reversible != "no"
    for source, result in registry.find(s.language, s.name)[1]["back"]["samples"]
]
VALID = """
languages = ["xx"]
[mine]
title = "t"
source = "s"
status = "draft"
reversible = "no"
why = "w"
letters = "а=a б=b"
samples = [["а", "a"]]
"""


@pytest.mark.parametrize(("language", "names"), REQUIRED.items())
def test_every_language_has_its_schemes(language: str, names: str) -> None:
    assert {*names.split(), "ascii"} <= {scheme.name for scheme in schemes() if scheme.language == language}


@pytest.mark.parametrize(("language", "scheme", "source", "result"), SAMPLES)
def test_sample(language: str, scheme: str, source: str, result: str) -> None:
    assert transliterate(source, language, scheme) == result


@pytest.mark.parametrize(("language", "scheme", "source", "result"), BACK)
def test_sample_of_the_way_back(language: str, scheme: str, source: str, result: str) -> None:
    assert transliterate(source, language, scheme, reverse=True) == result


def test_each_language_has_one_default() -> None:
    for language in REQUIRED:
        assert [s.default for s in schemes() if s.language == language].count(True) == 1


@pytest.mark.parametrize(("text", "found"), special.common()["address"]["samples"])
def test_addresses(text: str, found: list[str]) -> None:
    assert [text[span.start : span.end] for span in special.spans(text)] == found
    assert all(address in transliterate(text, "ru") for address in found)


@pytest.mark.parametrize(
    ("text", "result"), [*special.common()["roman"]["samples"], *special.common()["tokens"]["samples"]]
)
def test_roman_numerals(text: str, result: str) -> None:
    assert transliterate(text, "ru", "iso-9").replace("vek", "vek") == result


def test_set_forms_say_more_than_the_rules_and_are_ascii() -> None:
    for language, words in forms.table()["forms"].items():
        scheme = "press" if language != "kaa" else "national"
        rules = Converter(registry.find(language, scheme)[1], str)
        for word, press in words.items():
            assert press.isascii(), press
            assert not has_cyrillic(press), press
            assert word[0].isupper(), word
            assert rules(word) != press, f"{word}: the rules give that already"


@pytest.mark.parametrize(
    ("word", "language", "press"),
    [
        ("Тоқаев", "kk", "Tokayev"),
        ("ТЕҢІЗ", "kk", "TENGIZ"),
        ("Қазақстанның", "kk", "Kazakhstannyn"),
        ("теңіз", "kk", "teniz"),
        ("Рахмоном", "ru", "Rahmonom"),
        ("Жапарова", "ru", "Japarova"),
        ("Ашхабаде", "ru", "Ashgabate"),
        ("Рахмонинов", "ru", "Rakhmoninov"),
        ("Касым-Жомарта", "ru", "Kassym-Jomarta"),
        ("Тошкент", "uz", "Tashkent"),
        ("Ӯзбекистонро", "tg", "Uzbekistanro"),
    ],
)
def test_set_forms_stand_for_whole_words_and_keep_case_endings(word: str, language: str, press: str) -> None:
    assert transliterate(word, language, "press") == press


@pytest.mark.parametrize(
    ("change", "line", "problem"),
    [
        (('languages = ["xx"]\n', ""), 1, "must begin with languages"),
        (('title = "t"\n', ""), 2, "lacks title"),
        (('"draft"', '"drift"'), 5, "did you mean 'draft'?"),
        (('why = "w"', 'whi = "w"'), 7, "did you mean 'why'?"),
        (("б=b", "б"), 8, "'б' is no pair"),
        (("б=b", "а=b"), 8, "'а' is there twice"),
        (("б=b", "б=бэ"), 8, "Cyrillic itself"),
        (("б=b", "Б=b"), 8, "lower case"),
        (('"no"', '"exact"\nbase = "other"'), 7, "scheme that stands above this one"),
        (('[["а", "a"]]', '["а"]'), 9, "a sample is a pair"),
        (('"no"', '"no"\nrules = [{ letters = "а=o", afte = "б" }]'), 7, "did you mean 'after'?"),
        (('"no"', '"no"\nrules = [{ letters = "а=o", syllables = 2 }]'), 7, "needs vowels"),
        (('"no"', '"exact"'), 8, "both become 'a'"),
        (('title = "t"', "title = 1"), 3, "title must be a str"),
    ],
)
def test_a_broken_file_is_told_where(tmp_path: Path, change: tuple[str, str], line: int, problem: str) -> None:
    path = tmp_path / "xx.toml"
    text = VALID.replace("б=b", "б=a") if problem == "both become 'a'" else VALID
    path.write_text(text.lstrip().replace(*change), "utf-8")
    with pytest.raises(DataError) as caught:
        read(path)
    assert problem in str(caught.value)
    assert caught.value.file == str(path)
    assert caught.value.line == line


def test_a_broken_common_file_is_told_where(tmp_path: Path) -> None:
    path = tmp_path / "common.toml"
    text = (data.root() / "translit" / "common.toml").read_text("utf-8")
    path.write_text(text.replace("strong =", "weak ="), "utf-8")
    with pytest.raises(DataError, match=r"common.toml:\d+: roman: lacks strong"):
        special.read(path)
    path.write_text(text.replace("[@#]\\w+'", "([@#]\\w+'"), "utf-8")
    with pytest.raises(DataError, match=r"common.toml:\d+: .*no regular expression"):
        special.read(path)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('form = [\n{ press = "Osh", ru = "Ош" },\n]', r"forms.toml:2: Osh: a form needs"),
        ('form = [\n{ press = "A", ru = "А", source = "x" },\n{ press = "B", ru = "А", source = "x" },\n]', r":3: B: "),
        ('[[endings.ru]]\nafter = "а"\nendings = []', r"forms.toml:1: endings.ru: needs after"),
    ],
)
def test_a_broken_file_of_set_forms_is_told_where(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "forms.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError, match=problem):
        forms.read(path)


def test_a_scheme_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "xx.toml"
    path.write_text(VALID.lstrip().replace('["xx"]', '["kk"]').replace("[mine]", "[my-own]"), "utf-8")
    (added,) = registry.load(path)
    try:
        assert (added.language, added.name, added.status) == ("kk", "my-own", "draft")
        assert transliterate("АБ әб", "kk", "my-own") == "AB ab"
        assert added in schemes()
        with pytest.raises(DataError, match="there is a scheme my-own for kk already"):
            registry.load(path)
    finally:
        registry.unload(path)
    assert added not in schemes()


def test_no_letter_of_a_scheme_stands_in_the_code() -> None:
    for path in Path(registry.__file__).parent.glob("*.py"):
        code = path.read_text("utf-8").split('"""')
        outside = "".join(part for number, part in enumerate(code) if number % 2 == 0)
        statements = "\n".join(line.partition("#")[0] for line in outside.splitlines())
        assert not has_cyrillic(statements), path


def test_all_files_are_read() -> None:
    files = {path.name for path in data.files("translit")}
    assert files >= {f"{language}.toml" for language in REQUIRED} | {"iso-9.toml", "common.toml", "forms.toml"}
