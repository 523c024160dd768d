"""Bytes in an unknown encoding."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ca_normalize as ca
from ca_normalize.mending import decoded

RUSSIAN = "Президент подписал закон о выборах. В столице открыли новую школу."
KAZAKH = "Қазақстан Президенті жаңа заңға қол қойды. Үкімет өңірлердегі мектептерді көбейтеді."
TAJIK = "Президенти Ҷумҳурии Тоҷикистон қонуни навро имзо кард. Дар шаҳр ғолибон ҷамъ шуданд."
TURKMEN = "Türkmenistanyň Prezidenti täze kanuna gol çekdi."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1251", "koi8-r", "cp866"])
def test_russian(encoding: str) -> None:
    assert decoded(RUSSIAN.encode(encoding)) == (RUSSIAN, encoding)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(KAZAKH, "kz1048"), (KAZAKH, "ptcp154"), (TAJIK, "koi8-t"), (TAJIK, "ptcp154"), (TURKMEN, "utf-8")],
)
def test_other_letters(text: str, encoding: str) -> None:
    assert ca.decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [RUSSIAN, KAZAKH, TURKMEN, "Plain English, with numbers: 1, 2, 3."])
def test_utf_16_without_a_mark(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == (text, encoding)


def test_utf_8_with_a_broken_letter_is_still_utf_8() -> None:
    assert ca.decode(RUSSIAN.encode() + b"\xff") == RUSSIAN + "\ufffd"
    assert decoded("Қазақстан".encode()[:-1]).text == "Қазақста\ufffd"


def test_other_encodings_are_left_to_the_detector() -> None:
    japanese = "日本語の文章です。これは日本語で書かれています。今日は天気がとても良いです。"
    assert ca.decode(japanese.encode("shift_jis")) == japanese


@pytest.mark.parametrize("data", [b"", b"abc", b"\x00" * 9, b"\xff", b"\xfe\xff\xd8", bytes(range(256)), b"\x98\x98"])
def test_nothing_raises(data: bytes) -> None:
    assert isinstance(ca.decode(data), str)


@given(st.binary(max_size=60))
def test_no_bytes_raise(data: bytes) -> None:
    text, encoding = decoded(data)
    assert text == data.decode(encoding, "replace")


@given(st.text(st.characters(codec="utf-8")))
def test_utf_8_is_read_as_such(text: str) -> None:
    data = text.encode()
    if text.startswith("\ufeff") or not {0, 4}.isdisjoint(data):
        return
    assert ca.decode(data) == text


def test_the_choice_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "ca_normalize"):
        ca.decode(RUSSIAN.encode("koi8-r"))
    assert "koi8-r" in caplog.text
