"""The languages of a document and of its paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ca_normalize as ca
from ca_normalize.language import detect_document, marks
from ca_normalize.language.detector import Detector
from ca_normalize.language.document import detect_documents
from strategies import ANY_TEXT, MIXED_TEXT

ENGLISH = "The president signed the agreement on Monday and said that talks would continue next week."
RUSSIAN = "Министр иностранных дел заявил, что переговоры о границе завершатся в следующем году."
KAZAKH = "Елімізде биыл мыңнан астам жаңа мектеп салынады, деп хабарлады министрліктің баспасөз қызметі."
FOOTER = "Фото: пресс-служба министерства иностранных дел Республики Казахстан"


def tags(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], found.tag) for start, end, found in detect_document(text)[1]]


def test_neighbours_in_one_language_are_one_segment() -> None:
    text = f"{ENGLISH}\n\n{ENGLISH}\n{ENGLISH}\n"
    assert tags(text) == [(text.rstrip(), "en-Latn")]


def test_one_paragraph_is_read_beyond_its_names() -> None:
    names = (
        "Президент Кыргызстана Садыр Жапаров принял участие в саммите ОТГ в Габале. Жапаров заявил, что Бишкек готов."
    )
    assert tags(names) == [(names, "ru-Cyrl")]


def test_a_footer_in_another_script() -> None:
    assert tags(f"{ENGLISH}\n{ENGLISH}\n\n{FOOTER}") == [(f"{ENGLISH}\n{ENGLISH}", "en-Latn"), (FOOTER, "ru-Cyrl")]


def test_a_quotation_in_another_language_of_the_same_script() -> None:
    text = f"{RUSSIAN}\n{KAZAKH}\n{RUSSIAN}"
    assert tags(text) == [(RUSSIAN, "ru-Cyrl"), (KAZAKH, "kk-Cyrl"), (RUSSIAN, "ru-Cyrl")]
    assert detect_document(text)[0].tag == "ru-Cyrl"


SHORT = ["Тоқаев", "Associated Press", "* * *", "12.05.2026", "Алматы", "КТЖ: BI Group", "Астана, 5 мая"]


@pytest.mark.parametrize("short", SHORT)
@pytest.mark.parametrize("shape", ["{0}\n{1}\n{1}", "{1}\n{0}\n{1}", "{1}\n\n{0}\n\n{1}", "{1}\n{1}\n{0}"])
def test_short_lines_go_with_what_they_stand_beside(short: str, shape: str) -> None:
    text = shape.format(short, RUSSIAN)
    assert tags(text) == [(text, "ru-Cyrl")]


def test_a_ticker_is_not_more_sure_the_tenth_time() -> None:
    text = "• KGS/USD = 0.01144 0%\n• TJS/USD = 0.10563 -0.09%\n" * 20 + f"{RUSSIAN}\n{RUSSIAN}"
    assert detect_document(text)[0].tag == "ru-Cyrl"


def test_text_in_none_of_the_languages_is_told_by_langdetect() -> None:
    german = "Der Minister sagte gestern in Berlin, dass die Verhandlungen noch nicht abgeschlossen seien."
    whole, segments = detect_document(f"{german}\n{german}")
    assert whole.language == "de"
    assert [segment.detection.language for segment in segments] == ["de"]


def test_no_paragraphs_and_no_letters() -> None:
    assert detect_document("") == (ca.Detection("und", "Zyyy", 0.0), [])
    assert detect_document(" \n\n") == (ca.Detection("und", "Zyyy", 0.0), [])
    whole, segments = detect_document(" 12 %\n13 %\n")
    assert (whole.tag, [(s.start, s.end) for s in segments]) == ("und", [(1, 10)])


@given(st.lists(ANY_TEXT | MIXED_TEXT | st.sampled_from([ENGLISH, RUSSIAN, KAZAKH, FOOTER, "", "Astana"]), max_size=8))
def test_segments_are_sorted_and_hold_all_but_white_space(lines: list[str]) -> None:
    text = "\n".join(lines)
    whole, segments = detect_document(text)
    assert (whole, segments) == detect_document(text)
    at = 0
    for start, end, _ in segments:
        assert not text[at:start].strip()
        assert at <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize("line", [f"{RUSSIAN}\n", "ab\n", "аб\ncd\n", f"{ENGLISH}\n{FOOTER}\n", "Ελλάδα\n", "\n"])
def test_a_document_of_very_many_lines(line: str) -> None:
    detect_document(line * (400_000 // len(line)))


LINES = st.lists(st.sampled_from([ENGLISH, RUSSIAN, KAZAKH, FOOTER, "Тоқаев", "* * *", "東京", ""]), max_size=6)


@given(st.lists(st.lists(LINES.map("\n".join), max_size=4), max_size=4))
def test_what_was_asked_before_changes_no_answer(calls: list[list[str]]) -> None:
    detector = Detector()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(marks, "FEW", 0)
        for texts in calls:
            alone = []
            for text in texts:
                detector.lately, kept = None, detector.lately
                alone += detect_documents([text], detector)
                detector.lately = kept
            assert detect_documents(texts, detector) == alone
