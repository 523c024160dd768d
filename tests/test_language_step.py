"""What the pipeline makes of the language: given, found, or too unsure to build on."""

from __future__ import annotations

import ca_normalize as ca


def test_a_language_that_is_given_is_not_looked_for() -> None:
    result = ca.normalize("Щука", language="bg", steps=())
    assert result.language == ca.Detection("bg", "Cyrl", 1.0)
    assert [(s.start, s.end, s.detection.language) for s in result.segments] == [(0, 4, "bg")]


def test_a_guess_that_is_too_unsure_is_und_and_says_how_unsure() -> None:
    guess = ca.detect("Рахмон")
    assert guess.confidence < 0.5
    result = ca.normalize("Рахмон", steps=())
    assert result.language == guess._replace(language="und")
    assert [segment.detection.language for segment in result.segments] == ["und"]
    assert "und (0." in result.explain()


def test_offsets_of_segments_are_of_the_source() -> None:
    text = "\n\nПрезидент подписал указ о назначении посла.\nThe president signed the decree today in the capital.\n"
    result = ca.normalize(text, steps=())
    assert [text[s.start : s.end].split()[0] for s in result.segments] == ["Президент", "The"]
