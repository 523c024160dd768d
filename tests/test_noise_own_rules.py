"""Rules of the user's own: Unicode properties, and regexes that would run away."""

from __future__ import annotations

import logging

import pytest

import ca_normalize as ca

RULE = """
[[rule]]
id = "our-motto"
class = "nav_menu"
languages = ["kk"]
tier = "safe"
keys = ["ұран"]
regex = '''{regex}'''
why = "the motto of our outlet"
positive = ["{positive}"]
negative = ["Ел ұраны туралы мақала."]
"""
STORY = "Бүгін Астанада үкімет отырысы өтіп, министрлер сұрақтарға жауап берді.\n"


@pytest.fixture
def rules(tmp_path):
    def write(regex: str, positive: str):
        path = tmp_path / "own.toml"
        path.write_text(RULE.format(regex=regex, positive=positive), "utf-8")
        return (path,)

    return write


def test_a_rule_of_ones_own_may_use_unicode_properties(rules):
    path = rules(r"ұран: \p{Cyrillic}{2,20}", "Ұран: алға")
    assert ca.normalize(f"Ұран: алға\n{STORY}", steps=("strip",), rules=path).text == STORY
    assert ca.normalize(f"Ұран: alga\n{STORY}", steps=("strip",), rules=path).text == f"Ұран: alga\n{STORY}"


def test_a_regex_that_runs_away_is_reported_and_the_line_stays(rules, caplog):
    path = rules("ұран (а|а|аа)+!", "Ұран ааа!")
    text = f"Ұран {'а' * 60}\n{STORY}"
    with caplog.at_level(logging.WARNING):
        assert ca.normalize(text, steps=("strip",), rules=path).text == text
    assert "rule our-motto: its regex took over" in caplog.text
