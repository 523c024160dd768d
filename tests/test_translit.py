"""What transliteration does, whatever the scheme."""

from __future__ import annotations

import itertools
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ca_normalize.config import Config
from ca_normalize.context import Context
from ca_normalize.cyrillic import has_cyrillic
from ca_normalize.edits import Mapper, apply
from ca_normalize.errors import UsageError
from ca_normalize.result import Detection, Segment
from ca_normalize.steps.transliterate import transliterate as step
from ca_normalize.translit import register_packs, schemes, special, transliterate
from ca_normalize.translit.api import clear, transcriber
from ca_normalize.translit.script import cyrillic
from strategies import ANY_TEXT, MIXED_TEXT

LANGUAGES = ("ru", "kk", "ky", "uz", "tg", "tk", "kaa", "uk", "be", "bg", "mn", "tt", "ba", "en", "und")
CYRILLIC_TEXT = st.text(st.sampled_from(cyrillic()) | st.sampled_from("аеЁЯщ Aa1-.'’\n\u0301\u0306"), max_size=30)


def context(text: str, language: str = "ru", script: str = "Cyrl", **options: str) -> Context:
    made = Context(Config(**options))  # type: ignore[arg-type]
    made.detection = Detection(language, script, 1.0)
    made.segments = [Segment(0, len(text), made.detection)] if text else []
    return made


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("ЩУКА Щука щука", "SHCHUKA Shchuka shchuka"),
        ("ЭТО Я", "ETO YA"),
        ("Я УСТАЛ", "YA USTAL"),
        ("Я устал", "Ya ustal"),
        ("Он в США. Я нет.", "On v SSHA. Ya net."),
        ("А. Ю. ЩЕГЛОВ", "A. YU. SHCHEGLOV"),
        ("А. Ю. Щеглов", "A. Yu. Shcheglov"),
        ("Ёлка ЁЛКА Е.", "Yolka YOLKA Ye."),
        ("Нью-Йорк, Усть-Нера, Улан-Удэ", "Nyu-York, Ust-Nera, Ulan-Ude"),
        ("Жанна д'Арк, об'ект", "Zhanna d'Ark, ob'ekt"),
        ("С5+1 и C5+1, IT-компания, ЮНЕСКО", "C5+1 i C5+1, IT-kompaniya, YUNESKO"),
        ("и\u0306од, Е\u0308ж, май\u0306", "yod, Yozh, may"),
        ("за\u0301мок", "zamok"),
        ("XXI век, ХХI век, ХIХ–ХХ", "XXI vek, XXI vek, XIX–XX"),
        ("см. http://сайт.рф/путь и a@б.рф", "sm. http://сайт.рф/путь i a@б.рф"),
        ("", ""),
        ("123 abc é الف 中", "123 abc é الف 中"),
    ],
)
def test_press(text: str, result: str) -> None:
    assert transliterate(text, "ru") == result


@pytest.mark.parametrize(
    ("text", "language", "scheme", "result"),
    [
        ("Ўзбекистон «Ғафур»", "uz", "ascii", "O'zbekiston «G'afur»"),
        ("Қазақстан — ел", "kk", "ascii", "Kazakhstan — yel"),
        ("Aşgabat шәхер", "tk", "ascii", "Asgabat saher"),
        ("Әл", "ky", None, "Al"),
        ("Ґалаґан ћ", "ru", None, "Galagan c"),
    ],
)
def test_other_schemes(text: str, language: str, scheme: str | None, result: str) -> None:
    assert transliterate(text, language, scheme) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("oʻ o' o‘ o’ oʼ o` o´", "ў ў ў ў ў ў ў"),
        ("G'ofur G‘ofur G`ofur", "Ғофур Ғофур Ғофур"),
        ("bog’ tog'", "боғ тоғ"),
        ("‘katta tog’ dedi", "‘катта тог’ деди"),
        ("mas’ul san'at", "масъул санъат"),
        ("https://gazeta.uz @kun_uz XXI", "https://gazeta.uz @kun_uz XXI"),
    ],
)
def test_uzbek_apostrophes_on_the_way_back(text: str, result: str) -> None:
    assert transliterate(text, "uz", reverse=True) == result


def test_a_dotted_i_keeps_its_dot() -> None:
    assert transliterate("Иран ИРАН Іле", "kk", "national-2021") == "İran İRAN Ile"
    assert transliterate("Ыссы ЫССЫ", "kaa") == "Íssı ÍSSÍ"
    assert transliterate("Íssı ÍSSÍ", "kaa", reverse=True) == "Ыссы ЫССЫ"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"language": "ru", "scheme": "bgn"}, "There are: ala-lc, ascii, bgn-pcgn"),
        ({"language": "xx"}, "language that this package knows"),
        ({"scheme": "nope"}, "scheme of any language"),
        ({"language": "ru", "scheme": "press", "reverse": True}, "ь and ъ are dropped"),
        ({"language": "uk", "reverse": True}, "use one of: iso-9"),
    ],
)
def test_a_wrong_choice_names_the_right_ones(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        transliterate("текст", **arguments)  # type: ignore[arg-type]


def test_text_that_is_no_text() -> None:
    with pytest.raises(UsageError, match="must be a str, not bytes"):
        transliterate(b"x", "ru")  # type: ignore[arg-type]


@given(CYRILLIC_TEXT | MIXED_TEXT, st.sampled_from(LANGUAGES), st.sampled_from([None, "ascii", "iso-9"]))
def test_no_cyrillic_remains_but_in_addresses(text: str, language: str, scheme: str | None) -> None:
    result = transliterate(text, language, scheme)
    for span in special.spans(text):
        result = result.replace(span.replacement, "", 1)
    assert not has_cyrillic(result)


def test_no_letter_is_lost() -> None:
    signs = "hard sign", "soft sign", "palochka", "yer", "kavyka", "payerok", "asterisk"
    for char in cyrillic():
        if unicodedata.category(char).startswith("L") and not transliterate(char, "ru"):
            assert unicodedata.name(char).lower().endswith(signs), char


@given(ANY_TEXT | MIXED_TEXT, st.sampled_from(LANGUAGES))
def test_twice_is_once(text: str, language: str) -> None:
    once = transliterate(text, language)
    assert transliterate(once, language) == once


def words(language: str) -> st.SearchStrategy[str]:
    """Words over the letters of ISO 9; signs stand behind a consonant, as they do in every language."""
    from ca_normalize.translit.registry import find

    letters = find(language, "iso-9" if language != "ru-b" else "gost-7.79-b")[1]["letters"]
    plain = "".join(key for key in letters if key not in "ъьивхі")
    one = st.builds(str.__add__, st.sampled_from("бвгджзклмнпрст"), st.sampled_from(["", "ь", "ъ"]))
    small = st.lists(one | st.sampled_from(plain) | st.just("и"), min_size=1, max_size=8).map("".join)
    return small | small.map(str.capitalize) | small.filter(lambda word: len(word) > 2).map(lambda w: w.upper() + "А")


@given(st.lists(words("kk"), max_size=5).map(" ".join), st.sampled_from(["ru", "kk", "tg", "ba", "uk"]))
def test_iso_9_comes_back(text: str, language: str) -> None:
    there = transliterate(text, language, "iso-9")
    if not special.spans(there, reverse=True):
        assert transliterate(there, language, "iso-9", reverse=True) == text


RUSSIAN = st.lists(
    st.lists(
        st.builds(str.__add__, st.sampled_from("бвгджзклмнпрстфхцчшщ"), st.sampled_from(["", "ь", "ъ"]))
        | st.sampled_from("аеёийоуыэюя"),
        min_size=3,
        max_size=8,
    ).map("".join),
    max_size=5,
).map(" ".join)


@given(RUSSIAN, st.sampled_from([str, str.upper, str.title]))
def test_gost_b_comes_back(text: str, case: type[str]) -> None:
    text = case(text)
    there = transliterate(text, "ru", "gost-7.79-b")
    assert there.isascii()
    if not special.spans(there, reverse=True) and not special.spans(text):
        assert transliterate(there, "ru", "gost-7.79-b", reverse=True) == text


@given(st.text("абдезиклмнопрстуўқғҳ", min_size=1, max_size=8), st.sampled_from([str, str.upper, str.capitalize]))
def test_uzbek_reads_the_same_there_and_back(word: str, case: type[str]) -> None:
    word = case(word)
    there = transliterate(word, "uz")
    again = transliterate(transliterate(there, "uz", reverse=True), "uz") if not special.spans(there, True) else there
    assert again == there


@given(CYRILLIC_TEXT | MIXED_TEXT, st.sampled_from(LANGUAGES))
def test_the_step_gives_edits_by_word_that_leave_nothing(text: str, language: str) -> None:
    edits = step(text, context(text, language))
    assert all(a.end <= b.start for a, b in itertools.pairwise(edits))
    assert all(edit.step == "transliterate" for edit in edits)
    assert all(has_cyrillic(text[edit.start : edit.end]) and " " not in text[edit.start : edit.end] for edit in edits)
    result = apply(text, edits)
    assert result == apply(text, tuple(edits))  # what is known of the text before the edits are made holds
    assert not step(result, context(result, language))


def test_the_step_goes_by_paragraph() -> None:
    text = "Жапаров келди.\n\nҚостанай жақсы.\n\nThe words рыжая щука плавала в озере are Russian."
    made = context(text, "ky")
    ends = [text.index("Қ"), text.index("The"), len(text)]
    tags = [("ky", "Cyrl"), ("kk", "Cyrl"), ("en", "Latn")]
    starts = [0, *ends]
    made.segments = [Segment(a, b, Detection(*tag, 0.99)) for a, b, tag in zip(starts, ends, tags, strict=False)]
    edits = step(text, made)
    russian = "ryzhaya shchuka plavala v ozere"
    assert apply(text, edits) == f"Japarov keldi.\n\nKostanay zhaksy.\n\nThe words {russian} are Russian."
    assert [edit.rule for edit in edits] == ["ky/press"] * 2 + ["kk/press"] * 2 + ["ru/press"] * 5


def test_a_span_of_the_result_leads_to_its_word() -> None:
    text = "Щука и «Ёж»."
    edits = step(text, context(text))
    result = apply(text, edits)
    start = result.index("Yozh")
    assert Mapper(edits).back(start, start + 4) == (text.index("Ёж"), text.index("Ёж") + 2)


def test_the_step_does_not_fail_on_a_scheme_that_a_language_lacks() -> None:
    text = "Київ"
    assert apply(text, step(text, context(text, "uk", scheme="gost-7.79-b"))) == "Kyiv"


def test_text_with_every_separator_in_it() -> None:
    text = "\0\1\2\3\4\5\6\7Щука"
    assert apply(text, step(text, context(text))) == "\0\1\2\3\4\5\6\7Shchuka"


def test_packs_of_the_transliterate_package() -> None:
    import transliterate as package

    assert register_packs() == ("kk", "ky", "uz", "tg", "tk", "kaa")
    assert package.translit("Қазақстан", "kk", reversed=True) == "Kazakhstan"
    assert package.translit("Ķazaķstan", "kk") == "Қазақстан"
    assert package.translit("Ўзбекистон", "uz", reversed=True) == "Oʻzbekiston"
    assert package.translit("O‘zbekiston", "uz") == "Ўзбекистон"
    assert set(register_packs()) <= set(package.get_available_language_codes())


def test_every_scheme_has_a_source_and_a_reason() -> None:
    for scheme in schemes():
        assert scheme.title
        assert scheme.source
        assert scheme.why
        assert scheme.samples or scheme.name == "ascii"


def test_threads_may_share_a_transcriber() -> None:
    """What one thread learns of a word, another may be about to learn."""
    words = ["".join(letters) for letters in itertools.product("абвгдежз", repeat=4)][:2600]
    switch = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for some in (words[at : at + 130] for at in range(0, len(words), 130)):
            clear()
            texts = ["\n".join(some[at : at + 10] + some[:10]) for at in range(0, 130, 5)] * 4
            with ThreadPoolExecutor(8) as pool:
                assert list(pool.map(transcriber("ru").edited, texts)) == [transliterate(text, "ru") for text in texts]
    finally:
        sys.setswitchinterval(switch)
