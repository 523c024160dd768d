"""Broken text is mended; text that is not broken stays as it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ca_normalize as ca
from ca_normalize.mending.look import LONG, Look
from ca_normalize.mending.mojibake import mojibake
from ca_normalize.mending.signs import MARKS, nfc
from strategies import ANY_TEXT, MIXED_TEXT

RUSSIAN = "Президент подписал закон о выборах. В столице открыли новую школу — её ждали пять лет."
KAZAKH = "Қазақстан Президенті жаңа заңға қол қойды. Үкімет өңірлердегі мектептерді көбейтеді."
KYRGYZ = "Кыргыз Республикасынын өкмөтү жаңы мыйзамды кабыл алды. Үчүнчү мектеп күзүндө ачылат."
TAJIK = "Президенти Ҷумҳурии Тоҷикистон қонуни навро имзо кард. Дар шаҳр ғолибон ҷамъ шуданд."
TURKMEN = "Türkmenistanyň Prezidenti täze kanuna gol çekdi. Şäherde mekdepleriň sany köpelýär."
ENGLISH = "The minister’s “plan” — long awaited — was adopted. Kazakhstan’s parliament backs it."

CHAINS = [
    (text, written, read)
    for text in (RUSSIAN, KAZAKH, KYRGYZ, TAJIK, TURKMEN, ENGLISH)
    for written, read in [
        ("utf-8", "latin-1"), ("utf-8", "cp1251"), ("utf-8", "koi8-r"), ("utf-8", "cp866"),
        ("cp1251", "latin-1"), ("cp1251", "koi8-r"), ("koi8-r", "cp1251"), ("koi8-r", "latin-1"), ("cp866", "cp1251"),
        ("kz1048", "cp1251"), ("kz1048", "latin-1"), ("ptcp154", "latin-1"), ("ptcp154", "cp1251"),
        ("koi8-t", "koi8-r"),
    ]
]  # fmt: skip


def broken(text: str, written: str, read: str) -> str | None:
    """*text* written in one encoding and read in another; None where its letters do not survive that."""
    try:
        result = text.encode(written).decode(read)
    except UnicodeError:
        return None
    only_dashes = (text is ENGLISH and written != "utf-8") or (text is RUSSIAN and written == "koi8-t")
    return None if result == text or only_dashes else result  # a lone ≈ may be meant


@pytest.mark.parametrize(("text", "written", "read"), [case for case in CHAINS if broken(*case)])
def test_mojibake_is_mended(text: str, written: str, read: str) -> None:
    damaged = broken(text, written, read)
    assert damaged is not None
    assert ca.repair(damaged) == text


@pytest.mark.parametrize("first", ["latin-1", "cp1251", "koi8-r", "cp866"])
@pytest.mark.parametrize("second", ["latin-1", "cp1251", "koi8-r", "cp866"])
@pytest.mark.parametrize("text", [RUSSIAN, KAZAKH])
def test_text_broken_twice_is_mended_in_one_go(text: str, first: str, second: str) -> None:
    once = broken(text, "utf-8", first)
    twice = once and broken(once, "utf-8", second)
    if twice is None:
        pytest.skip("the letters do not survive that")
    assert [edit.rule for edit in mojibake(Look(twice))]
    assert ca.repair(twice) == text


def test_only_the_broken_part_is_touched() -> None:
    damaged = f"{ENGLISH}\n{broken(KAZAKH, 'utf-8', 'cp1251')}\n{RUSSIAN}"
    result = ca.Normalizer(steps=("repair",)).normalize(damaged)
    assert result.text == f"{ENGLISH}\n{KAZAKH}\n{RUSSIAN}"
    assert {edit.rule for edit in result.edits} == {"mojibake"}
    assert max(edit.end - edit.start for edit in result.edits) < 60


def test_one_broken_word_in_a_sound_sentence() -> None:
    name = broken("Тоқаев", "utf-8", "cp1251")
    assert ca.repair(f"Сегодня {name} встретился с послами.") == "Сегодня Тоқаев встретился с послами."
    assert ca.repair("Kazakhstanâ€™s GDP grew.") == "Kazakhstan’s GDP grew."


@pytest.mark.parametrize("read", ["latin-1", "cp1251"])
def test_a_letter_cut_by_a_space_is_whole_again(read: str) -> None:
    text = "Президенты обеих стран прибыли в Рим и Ригу."
    damaged = text.encode().decode(read, "replace" if read == "latin-1" else "ignore")
    assert "\u00a0" in damaged
    assert ca.repair(damaged.replace("\u00a0", " ")) == text


@pytest.mark.parametrize(("wrong", "right"), [("º¿", "өү"), ("єї", "өү")])
def test_kyrgyz_letters_of_another_font(wrong: str, right: str) -> None:
    assert ca.repair(KYRGYZ.translate(str.maketrans(right, wrong))) == KYRGYZ


SOUND = [
    "Ð", "Â£", "Ã©", "the letters Ð and ð in Icelandic", "Þetta er íslenska: það, ðað, æði.",
    "résumé, naïve, façade, Çédille, œuvre", "groß“ und „Straße“", "ÀÉÎÕÜ", "ÄÖÜ äöü ß", "áéíóú ÁÉÍÓÚ ñÑ üÜ",
    "İstanbul’da çağdaş Ağrı Dağı", "Həyatı və yaradıcılığı öyrənilir.",
    "Việt Nam là một quốc gia nằm ở phía Đông bán đảo Đông Dương.",
    "Привіт, Україно! Їхати до Києва — це є добре.", "Ћирилица је писмо. Ђорђе и Љубица живе у Њујорку.",
    "Ќе дојде ноќта, ѓаволот и ѕвездата.", "Монгол хэлээр бичсэн өгүүлэл үнэн үү?", "Ҡала үҙәгендә һабантуй үтте.",
    "Яңа мәктәптә җиде йөз бала укый.", "║ Имя ║ Город ║\n║ Иван ║ Ош ║", "│Имя│Город│", "┌──┬──┐\n│1 │2 │\n└──┴──┘",
    "═══════ ИТОГ ═══════", "x ≈ y ≈ z, a ≤ b, √2, ∀x∈ℝ, 5±1 m², 20°C", "€5 – £6 • © 2025 ™ ½ №5",
    "КазМунайГаз и КазТрансОйл",
    "ОДКБ, ЕАЭС, ШОС, США, МВФ", "«США» и «ООН»…", "А»–Б", "日本語テキスト", "می‌خواهم",
    "👩‍🚀 👨‍👩‍👧 🏴‍☠️", "שלום\u200e!",
    "“We spoiled them. We will not tolerate", "He said: ‘G‘ayratxo‘ja Saydaliyev came to the meeting in the morning.’",
    "IT-компания, C5+1, iPhone-ом, Covid19", "Яндекс.Маркет", "", "\n", "\r\n\t", "\ud800",
]  # fmt: skip


@pytest.mark.parametrize("text", [RUSSIAN, KAZAKH, KYRGYZ, TAJIK, TURKMEN, ENGLISH, *SOUND])
def test_sound_text_stays(text: str) -> None:
    assert ca.repair(text) == text


@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize("text", [RUSSIAN, KAZAKH, KYRGYZ, TAJIK, TURKMEN, ENGLISH])
def test_clean_text_passes_the_quick_look(text: str, at_once: bool) -> None:
    look = Look(text * LONG, at_once)
    assert (look.odd, look.composed, look.mixed) == (False, True, False)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", "\t"])
def test_line_structure_stays(end: str) -> None:
    assert ca.repair(f"Ош\u00a0шаары{end}Нарын\u200b") == f"Ош шаары{end}Нарын"


def test_apostrophes_only_in_uzbek() -> None:
    uzbek = "O'zbekiston Prezidenti G‘ofur Rasulov bilan ma’no haqida so'z yuritdi."
    assert ca.repair(uzbek) == "Oʻzbekiston Prezidenti Gʻofur Rasulov bilan maʼno haqida soʻz yuritdi."
    english = "The chairman, G‘ayratxo‘ja Saydaliyev, said that it's the King's o'clock."
    assert ca.repair(english) == english


def test_normalization_leaves_what_is_no_text() -> None:
    letters = "и" + "\u0306" * (MARKS + 1)
    assert list(nfc(Look(letters))) == []
    assert [(edit.start, edit.end, edit.replacement) for edit in nfc(Look("край и\u0306"))] == [(5, 7, "й")]


@given(ANY_TEXT | MIXED_TEXT)
def test_repairing_twice_changes_nothing(text: str) -> None:
    once = ca.repair(text)
    assert ca.repair(once) == once


@given(ANY_TEXT | MIXED_TEXT)
def test_the_short_way_is_the_same(text: str) -> None:
    assert ca.repair(text) == ca.Normalizer(steps=("repair",)).normalize(text).text


@given(ANY_TEXT | MIXED_TEXT)
def test_edits_are_of_the_source(text: str) -> None:
    result = ca.Normalizer(steps=("repair",)).normalize(text)
    assert result.restore() == text
    assert all(edit.step == "repair" and edit.rule for edit in result.edits)


@given(st.text(st.characters(categories=["Ll", "Lu", "Mn", "Lo"]), max_size=20))
def test_words_come_out_composed(text: str) -> None:
    result = ca.repair(text)
    assert unicodedata.is_normalized("NFC", result)


SETS = ("utf-8", "cp1251", "koi8-r", "cp866", "latin-1", "kz1048", "ptcp154")


@settings(max_examples=60)
@given(st.sampled_from((RUSSIAN, KAZAKH, KYRGYZ, TAJIK)), st.sampled_from(SETS), st.sampled_from(SETS))
def test_mending_converges(text: str, written: str, read: str) -> None:
    damaged = text.encode(written, "replace").decode(read, "replace")
    once = ca.repair(damaged)
    assert ca.repair(once) == once
