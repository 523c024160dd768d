"""A text that is nothing but what could be furniture is not furniture: there is no page around it."""

from __future__ import annotations

import pytest

import ca_normalize as ca


@pytest.mark.parametrize("text", ["OK", "x", "Қазақ", "Казахстан\n", "Новости\nСпорт\n", "Share", "English\nРусский\n"])
def test_words_alone_stay(text):
    assert ca.strip_noise(text) == text


@pytest.mark.parametrize("text", ["• KGS/USD = 0.01144 0%\n", "Переведено сервисом «Яндекс Переводчик»"])
def test_what_is_noise_anywhere_goes(text):
    assert ca.strip_noise(text) == ""


def test_the_same_words_go_beside_an_article():
    article = "Правительство обсудило бюджет на три года, и министры ответили на вопросы депутатов парламента.\n"
    assert ca.strip_noise(f"{article}Поделиться\n").strip() == article.strip()
