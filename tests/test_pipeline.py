"""What holds for the whole pipeline, whatever the text and whatever the steps."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ca_normalize as ca
from ca_normalize.config import STEPS
from ca_normalize.edits import apply
from strategies import ANY_TEXT, MIXED_TEXT

TEXT = ANY_TEXT | MIXED_TEXT
SOME_STEPS = st.sets(st.sampled_from(STEPS)).map(tuple)


@given(TEXT, SOME_STEPS)
def test_edits_lead_there_and_back(text, steps):
    result = ca.normalize(text, steps=steps)
    assert result.source == text
    assert apply(text, result.edits) == result.text
    assert result.restore() == text
    assert result.restore(keep=STEPS) == result.text
    assert {edit.step for edit in result.edits} <= set(steps)
    assert all(edit.rule for edit in result.edits)


@given(TEXT, SOME_STEPS)
def test_normalizing_twice_changes_nothing(text, steps):
    once = ca.normalize(text, steps=steps).text
    assert ca.normalize(once, steps=steps).text == once


@given(TEXT)
def test_names_and_segments_lie_in_the_source(text):
    result = ca.normalize(text)
    for name in result.names:
        assert text[name.start : name.end]
        assert 0 <= name.start < name.end <= len(text)
    at = 0
    for segment in result.segments:
        assert at <= segment.start <= segment.end <= len(text)
        at = segment.end


@given(MIXED_TEXT)
def test_spans_map_into_the_texts(text):
    result = ca.normalize(text)
    assert result.to_text(0, len(text)) == (0, len(result.text))
    low, high = result.to_source(0, len(result.text))
    assert 0 <= low <= high <= len(text)
    assert all(edit.end <= low or edit.start >= high for edit in result.edits if edit.start < low or edit.end > high)


def test_a_transliterated_word_is_found_in_the_source():
    text = "Фото: sputnik.kz\nПосол приехал в Ташкент.\n"
    result = ca.normalize(text)
    start = result.text.index("priyekhal")
    assert text[slice(*result.to_source(start, start + len("priyekhal")))] == "приехал"


def test_no_cyrillic_remains_but_in_addresses():
    result = ca.normalize("Кыргызстан, Ўзбекистон, Қирғизистон, ѣ ҥ ԥ http://сайт.рф/путь")
    assert result.text.endswith("http://сайт.рф/путь")
    assert not any("\u0400" <= c <= "\u052f" for c in result.text.removesuffix("http://сайт.рф/путь"))


def test_a_normalizer_survives_pickling():
    normalizer = ca.Normalizer(steps=("transliterate",), language="ru")
    again = pickle.loads(pickle.dumps(normalizer))
    assert again.normalize("Щука").text == normalizer.normalize("Щука").text == "Shchuka"


def test_many_texts_come_back_in_order_from_processes():
    texts = [f"Токаев сказал: {number}." for number in range(40)]
    normalizer = ca.Normalizer()
    alone = [result.text for result in normalizer.normalize_many(texts)]
    assert [result.text for result in normalizer.normalize_many(texts, jobs=2)] == alone
    assert [text.rsplit(" ", 1)[1] for text in alone] == [f"{number}." for number in range(40)]


@given(st.lists(TEXT, max_size=5))
def test_texts_side_by_side_come_out_as_one_by_one(texts):
    normalizer = ca.Normalizer()
    assert list(normalizer.normalize_many(texts)) == [normalizer.normalize(text) for text in texts]


def test_what_came_before_a_text_that_fails_is_given():
    results = ca.Normalizer().normalize_many(["Щука", b"x"])
    assert next(results).text == "Shchuka"
    with pytest.raises(ca.UsageError, match="decode"):
        next(results)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"steps": ("clean",)}, "'clean' is no step"),
        ({"level": "agressive"}, "did you mean 'aggressive'"),
        ({"language": "kz"}, "did you mean 'kk'"),
        ({"lang": "kk"}, "did you mean 'language'"),
    ],
)
def test_wrong_options_say_what_is_right(options, says):
    with pytest.raises(ca.UsageError, match=says):
        ca.normalize("x", **options)


def test_bytes_are_refused_with_advice():
    with pytest.raises(ca.UsageError, match="decode"):
        ca.normalize(b"x")


@pytest.mark.parametrize("jobs", [1, 2])
def test_lines_that_recur_across_documents_go_where_that_is_asked_for(jobs):
    from ca_normalize.noise import RecurringLines

    motto = "Bul saityň şygary şudur"
    texts = [f"{motto}\nMakala {number}: wakalar barada uzyn habar, ol dowam edýär.\n" for number in range(4)]
    normalizer = ca.Normalizer(steps=("strip",))
    lines = RecurringLines(keep_first=True)
    lines.add_all(texts)
    kept = [motto in result.text for result in normalizer.normalize_many(texts, jobs, lines)]
    assert kept == [True, False, False, False]
    assert all(motto in result.text for result in normalizer.normalize_many(texts, jobs))


def test_a_name_that_may_not_be_rewritten_says_so():
    options = {"steps": ("canonicalize",), "language": "en"}
    text = "Kassym-Zhomart Tokaev met Sadyr Zhaparov."
    result = ca.normalize(text, **options, ignore_names=("sadyr-japarov",))
    assert result.text == "Kassym-Jomart Tokayev met Sadyr Zhaparov."
    assert [name.replacement for name in result.names] == ["Kassym-Jomart Tokayev", None]
    assert result.names[1].rule.endswith("; protected")


def test_threads_may_share_a_normalizer():
    pages = [f"Президент Касым-Жомарт Токаев, {n}.\n\nТокаев в Астане.\nKZT 0.00193\n" for n in range(3)]
    pages += ["Токаев в Астане.\n", "Джули Стафт, посол США.\nФото: sputnik.kz\n", "Токаев в Астане.\n\nДжули Стафт"]
    whole = ca.Normalizer()
    alone = [ca.Normalizer().normalize(page) for page in pages]
    switch = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(whole.normalize, pages * 10))
    finally:
        sys.setswitchinterval(switch)
    assert [(one.text, one.names) for one in together] == [(one.text, one.names) for one in alone] * 10


@given(TEXT)
def test_results_travel_between_processes(text):
    result = ca.normalize(text)
    again = pickle.loads(pickle.dumps(result))
    assert again == result
    assert again.edits == result.edits


def test_one_job_a_core_counts_the_cores_that_may_be_used():
    if not hasattr(os, "sched_setaffinity"):
        pytest.skip("no such system call here")
    code = "import os; os.sched_setaffinity(0, [min(os.sched_getaffinity(0))]); "
    code += "from ca_normalize import parallel; print(list(parallel.ordered_map(lambda x: x + 1, [1, 2], jobs=0)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[2, 3]\n"  # a lambda could not be sent to another process
