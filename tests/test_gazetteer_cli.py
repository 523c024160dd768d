"""The curators' command."""

from __future__ import annotations

import tomllib

import pytest

from ca_normalize.gazetteer_cli import main


@pytest.fixture
def names(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(
        '[our-mine]\ntype = "deposit"\ncountry = "KZ"\nsources = ["https://example.org/"]\nchecked = 2026-11-21\n'
        'full.en = ["Our Mine"]\n',
        "utf-8",
    )
    return path


def test_the_packages_own_names_pass_every_check(capsys):
    assert main(["check"]) == 0, capsys.readouterr().out


def test_a_broken_file_is_named_with_line_and_entry(names, capsys):
    assert main(["check", str(names)]) == 0
    names.write_text(names.read_text("utf-8").replace("deposit", "depositt"), "utf-8")
    assert main(["check", str(names)]) == 1
    assert f"{names}:2: our-mine: " in capsys.readouterr().out


def test_find_says_why_and_why_not(capsys):
    assert main(["find", "Токаев победил в Астане."]) == 0
    out = capsys.readouterr().out
    assert "17-23 Астане -> Astana: Astana (city, astana) [strong" in out
    assert "0-6 Токаев: not taken here; it could be" in out
    assert "Kassym-Jomart Tokayev (person, kassym-jomart-tokayev): surname, conditional" in out


def test_add_prints_a_stub_that_is_toml(capsys):
    assert main(["add", "Äbil Qayrbek", "--country", "KZ"]) == 0
    stub = tomllib.loads(capsys.readouterr().out)
    assert stub["abil-qayrbek"]["full"]["en"] == ["Äbil Qayrbek"]
    assert main(["add", 'The "Alga" Mine', "--type", "company"]) == 0
    assert tomllib.loads(capsys.readouterr().out)["the-alga-mine"]["full"]["en"] == ['The "Alga" Mine']
    assert main(["add", "Алға"]) == 2
    assert "the English label" in capsys.readouterr().err
    assert main(["add", "X", "--type", "persn"]) == 2
    assert "did you mean 'person'" in capsys.readouterr().err


def test_suggest_finds_spellings_across_scripts_and_quotes_them(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Flights to Karagandi. Trains to Karagandi.\nКарагандзы и Москва.\n", "utf-8")
    assert main(["suggest", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "# 2 x, same key: karaganda" in out
    assert "Trains to Karagandi" in out
    assert '{ name = "Karagandi"' in out
    assert "Москва" not in [line for line in out.splitlines() if line.startswith("{")]


def test_stats_count(capsys):
    assert main(["stats"]) == 0
    lines = dict(line.rsplit(" ", 1) for line in capsys.readouterr().out.splitlines())
    assert int(lines["entities"]) >= 2000
    assert int(lines["names"]) >= 12000


def test_the_option_of_a_command_that_was_meant_is_named(capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["add", "--coutry=KZ", "Ош"])
    assert "'--coutry' is no option: did you mean '--country'?" in capsys.readouterr().err
