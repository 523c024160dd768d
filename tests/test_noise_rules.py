"""The rules as data: their examples hold, and a file that breaks the schema is refused with file, line and entry."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given

from ca_normalize.config import Config
from ca_normalize.context import Context
from ca_normalize.edits import apply
from ca_normalize.errors import DataError
from ca_normalize.noise import RecurringLines, check_rules
from ca_normalize.noise.check import failures
from ca_normalize.noise.fold import LONG, fold, fold_at_once, key
from ca_normalize.noise.rules import load, sources
from ca_normalize.steps.strip import strip
from strategies import ANY_TEXT

CLASSES = [
    "rates_ticker", "weather_widget", "listing_header", "pagination", "nav_menu", "programme_grid", "photo_credit",
    "shortcode", "share_bar", "links_header", "read_also", "teaser_more", "subscribe", "error_report", "dateline",
    "byline", "mt_footer", "cookie_consent", "copyright_footer", "comments", "media_player", "ads", "duplicate_block",
]  # fmt: skip

GOOD = """
[[rule]]
id = "example-motto"
class = "site_name"
languages = ["ky"]
lines = ["Example: күн сайын"]
why = "the motto of Example"
positive = ["Example: күн сайын"]
negative = ["Example: күн сайын жаңырат"]
"""


def rules_file(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, "utf-8")
    return path


def test_every_example_of_every_rule_holds() -> None:
    rules, structures, _ = sources()
    assert list(failures(rules, structures, load("aggressive"))) == []


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_has_rules(name: str) -> None:
    rules, structures, _ = sources()
    assert [rule.id for rule in (*rules, *structures) if rule.cls == name]


@pytest.mark.parametrize("language", ["en", "ru", "kk", "ky", "uz", "tg", "tk"])
def test_every_language_has_the_furniture_of_a_news_site(language: str) -> None:
    rules, _, _ = sources()
    classes = {rule.cls for rule in rules if language in rule.languages}
    assert classes >= {"nav_menu", "pagination", "share_bar", "links_header", "read_also", "subscribe", "comments",
                       "copyright_footer", "photo_credit", "stamp", "teaser_more", "ads"}  # fmt: skip


def test_a_rule_of_ones_own_is_used_beside_the_others(tmp_path: Path) -> None:
    path = rules_file(tmp_path, GOOD)
    text = "Example: күн сайын\nКөпүрө ачылды.\nБөлүшүү"
    assert check_rules(path) == 1
    assert apply(text, strip(text, Context(Config(rules=(path,))))) == "Көпүрө ачылды."
    assert apply(text, strip(text, Context(Config()))) == "Example: күн сайын\nКөпүрө ачылды."


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('class = "site_name"\n', ""), "has no 'class'"),
        (('positive = ["Example: күн сайын"]\n', ""), "has no 'positive'"),
        (('negative = ["Example: күн сайын жаңырат"]\n', ""), "has no 'negative'"),
        (('why = "the motto of Example"\n', ""), "has no 'why'"),
        (('why = "the', 'wyh = "x"\nwhy = "the'), "'wyh' is no field of a rule: did you mean 'why'"),
        (('lines = ["Example: күн сайын"]', "regex = 'Example.*'"), "has no literal"),
        (('languages = ["ky"]', 'languages = ["kg"]'), "'kg' is no language"),
        (('languages = ["ky"]', 'zone = "middle"'), "'middle' is no zone"),
        (('languages = ["ky"]', 'action = "flag"'), "needs a 'note'"),
        (('languages = ["ky"]', "regex = '('"), "'regex' is not valid"),
        (('languages = ["ky"]', 'scope = "span"'), "'lines' and 'first' are of whole lines"),
        (('lines = ["Example: күн сайын"]', "scope = 'span'\nkeys = ['ab']\nregex = 'ab.*'"), "must be bounded"),
        (('lines = ["Example: күн сайын"]', 'keys = ["@moths"]'), "'moths' is no lexicon: did you mean 'months'"),
        (('lines = ["Example: күн сайын"]', 'lines = ["…"]'), "a literal is too short"),
        (('lines = ["Example: күн сайын"]', f'lines = ["{"x" * 121}"]'), "at most 120 characters"),
        (('id = "example-motto"', 'id = "share-words"'), "there is a rule of this id already"),
        (('languages = ["ky"]', "max_chars = 10\nlanguage = 3"), "'language' is no field of a rule"),
        (("[[rule]]", "[[rules]]"), "unknown table 'rules'"),
        (("[[rule]]", "[rule]"), "in double brackets"),
        (('languages = ["ky"]', 'max_chars = "many"'), "'max_chars' must be a whole number, not 'many'"),
        (('languages = ["ky"]', "case = 1"), "'case' must be true or false, not 1"),
        (('languages = ["ky"]', 'languages = "ky"'), "'languages' must be a list of strings"),
        (('id = "example-motto"', "id = 7"), "'id' must be a string, not 7"),
        (("[[rule]]", "[[rule"), "not valid TOML"),
    ],
)
def test_a_file_that_breaks_the_schema_is_refused(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    path = rules_file(tmp_path, GOOD.replace(*change))
    with pytest.raises(DataError, match=r"mine\.toml") as caught:
        check_rules(path)
    assert message in str(caught.value)


def test_the_error_names_the_line_of_the_entry(tmp_path: Path) -> None:
    path = rules_file(tmp_path, GOOD.replace('why = "the motto of Example"', ""))
    with pytest.raises(DataError) as caught:
        check_rules(path)
    assert (caught.value.line, caught.value.entry) == (3, "example-motto")


def test_examples_that_do_not_hold_are_told(tmp_path: Path) -> None:
    path = rules_file(tmp_path, GOOD.replace('positive = ["Example', 'positive = ["Exempel'))
    with pytest.raises(DataError, match="does not hold for its positive example"):
        check_rules(path)


def test_unknown_parameters_of_structure_are_refused(tmp_path: Path) -> None:
    path = rules_file(
        tmp_path,
        '[[structure]]\nid = "x"\nclass = "nav_menu"\nkind = "menu"\ntier = "safe"\nwhy = "y"\n'
        "params = {min_line = 3}\n"
        'positive = [{text = "a", gives = "a"}]\nnegative = ["b"]\n',
    )
    with pytest.raises(DataError, match="did you mean 'min_lines'"):
        check_rules(path)


@given(ANY_TEXT)
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
@example("ΟΔΟΣ İ Ё \ud83d")
@example("😀 Ғ")
@example("\U00020000 Ғ")
def test_a_table_folds_long_text_as_well(text: str) -> None:
    text *= LONG
    assert fold_at_once(text) == fold(text)


def test_keys_know_numbers_bullets_and_apostrophes() -> None:
    assert key(fold("•  Комментарии  (12):")) == "комментарии (0)"
    assert key(fold("So’nggi yangiliklar")) == key(fold("SO‘NGGI YANGILIKLAR »"))
    assert key(fold("24 000 просмотров")) == "0 просмотров"


def test_lines_that_recur_go_and_the_first_may_stay() -> None:
    texts = [f"Example of the day\nStory {n} is told here." for n in range(4)]
    for keep_first, left in ((False, 0), (True, 1)):
        lines = RecurringLines(keep_first=keep_first)
        lines.add_all(texts)
        results = []
        for text in texts:
            context = Context(Config(), recurring=lines.of(text))
            results.append(apply(text, strip(text, context)))
        assert sum("Example" in result for result in results) == left
        assert all(f"Story {n} is told here." in result for n, result in enumerate(results))


def test_lines_in_few_documents_or_too_long_do_not_recur() -> None:
    long = "x " * 61
    lines = RecurringLines()
    lines.add_all([f"Twice\nTwice\n{long}", f"Twice\n{long}", long])
    assert lines.of(f"Twice\n{long}") == frozenset()


def test_the_table_of_lines_is_bounded_and_remembers_what_recurs() -> None:
    lines = RecurringLines(max_lines=100)
    for number in range(400):
        lines.add(f"Motto of the site\nStory {number}")
    assert len(lines._counts) <= 101
    assert lines.of("Motto of the site\nStory 399") == frozenset({"Motto of the site"})
