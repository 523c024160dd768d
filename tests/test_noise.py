"""The strip step: what goes, what stays, what is noted; and what must hold for any text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ca_normalize.config import Config
from ca_normalize.context import Context
from ca_normalize.edits import apply
from ca_normalize.noise.rules import load, why
from ca_normalize.steps.strip import strip
from strategies import ANY_TEXT, MIXED_TEXT

STORY = "The bridge over the Talas was opened on Monday by the mayor and a hundred guests."
SKETCH = "Мост через Талас открыли в понедельник, на празднике были мэр и сто гостей из соседних сёл."


def stripped(text: str, level: str = "default", rules: tuple[Path, ...] = ()) -> str:
    return apply(text, strip(text, Context(Config(level=level, rules=rules))))


def noted(text: str) -> dict[str, list[str]]:
    context = Context(Config())
    strip(text, context)
    kinds: dict[str, list[str]] = {}
    for note in context.notes:
        assert text[note.start : note.end].strip() == note.text
        kinds.setdefault(note.kind, []).append(note.text)
    return kinds


@pytest.mark.parametrize(
    ("noise", "story"),
    [
        ("• KGS/USD = 0.01158 0%\n  • TJS/USD = 0.09412 -0.21%\n", STORY),
        ("Загрузка погоды…\n\nКурсы валют Нацбанка РК\n\n(03.10.2024) $ 483.15 ₸ € 534.02 ₸\n\n", SKETCH),
        ("Skip to content\n12 March 2024\nViewing results 1 - 6 of 54\n\n", STORY),
        ("Басты бет\n17:05, 11 Қаңтар 2025 | GMT +5\n", SKETCH),
        ("Башкы бет\nЖарыяланды: 02.03.2023\n", SKETCH),
        ("Bosh sahifa\n05.06.2019   1204   9 min.\n", STORY),
        ("Саҳифаи асосӣ\n10.9 C\nDushanbe\n05.03.2024, 10:15\n", STORY),
        ("Baş sahypa\n14 Noý\n", STORY),
    ],
)
def test_noise_at_the_head_goes(noise: str, story: str) -> None:
    assert stripped(noise + story) == story


@pytest.mark.parametrize(
    ("story", "noise"),
    [
        (STORY, "\nLatest news\n- Rain in Osh\n- Snow in Naryn\n- Wind in Talas"),
        (SKETCH, "\n\nПоделиться\nПопулярные новости\nЛента популярных новостей"),
        (SKETCH, "\nСондай-ақ оқыңыз\nБарлығы\nАуылда жаңа мектеп ашылды\n14.02.2026, 20:10\nЖәрмеңке басталды"),
        (SKETCH, "\nТелеграм каналыбызга жазылыңыз\nБардык укуктар корголгон"),
        (STORY, "\nMatnda xatolik topsangiz, Ctrl+Enter bosing\nFacebook Telegram Instagram"),
        (SKETCH, "\nШарҳҳо (0)\nҲамаи ҳуқуқҳо маҳфузанд"),
        (STORY, "\nMeňzeş habarlar\nTeswir ýaz\nÄhli hukuklar goralan"),
        (SKETCH, "\nНашли ошибку? Выделите её и нажмите Ctrl+Enter\n© 2024 Example.kz. Все права защищены"),
    ],
)
def test_noise_at_the_tail_goes(story: str, noise: str) -> None:
    assert stripped(story + noise) == story


@pytest.mark.parametrize(
    "content",
    [
        "План поездки\n\nНарын: ярмарка + музей войлока.\n\nТалас: мост.\n\nЧто дальше",
        "1. Шерсть и войлок\n\n  • Цена выросла на 12%.\n  • Мастера ждут осени.",
        "Original Author: Ruslan Example",
        "ASTANA – The ministry said so.",
        "На фото: старый мост через Талас",
        "USD/KZT closed at 480.5 on Friday.",
        "Chorus of the song,\nsung again and again,\nChorus of the song,\nsung by all the men.",
        "Pros\nIt is light\nCons\nIt is loud\nPros\nIt is cheap\nCons\nIt is old",
        "Turnout by region\nAlmaty 61.5%\nOsh 72.1%\nTalas 58.0%",
        "“The road is open. Who would have thought it…",
        "None of them came",
        "[sic] and [1] stay",
        "What was built\n- A bridge\n- A school\n- A well",
    ],
)
def test_content_stays(content: str) -> None:
    text = f"{STORY}\n{content}\n{SKETCH}"
    assert stripped(text) == text


def test_stamps_credits_and_translators_move_to_the_metadata() -> None:
    text = f"12 March 2024\n{STORY}\nPhoto: Akorda\nПереведено сервисом «Яндекс Переводчик»"
    assert stripped(text) == STORY
    assert noted(text) == {
        "published": ["12 March 2024"],
        "photo_credit": ["Photo: Akorda"],
        "translated_by": ["Переведено сервисом «Яндекс Переводчик»"],
    }


def test_bylines_datelines_captions_and_cut_teasers_stay_and_are_noted() -> None:
    cut = "BISHKEK (TCA) — The bridge over the Talas was opened on Monday by the mayor and..."
    text = f"By Aiman Example\n{cut}\n\nSheep prices rise in Naryn\n{STORY}"
    assert stripped(text) == text
    assert noted(text) == {
        "byline": ["By Aiman Example"],
        "dateline": ["BISHKEK (TCA) —"],
        "teaser_cut": [cut],
        "article_boundary": ["Sheep prices rise in Naryn"],
    }


def test_a_page_that_is_a_list_of_headlines_keeps_them() -> None:
    headlines = "\n".join(f"Bridge number {number} opens in Osh" for number in range(30))
    assert stripped(f"Latest news\n{headlines}") == headlines


def test_words_of_menus_stay_in_the_middle_of_verse() -> None:
    verse = "\n".join(f"line {letter} of the song" for letter in "abcdefghijklmnopqrstuvw")
    assert stripped(f"{verse}\nHome\n{verse.upper()} again") == f"{verse}\nHome\n{verse.upper()} again"


def test_a_footer_of_a_translator_is_told_to_later_steps() -> None:
    context = Context(Config())
    strip(f"{STORY}\nTranslated by the Yandex Translate service", context)
    assert context.machine_translated


def test_a_caption_becomes_a_paragraph_of_its_own() -> None:
    text = f'{STORY} [caption id="a_1" width="7"] The bridge; image: Akorda[/caption] {STORY}'
    assert stripped(text) == f"{STORY}\nThe bridge; image: Akorda\n{STORY}"
    assert noted(text)["caption"] == ["The bridge; image: Akorda"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A b.\n\nShare\n\nC d.", "A b.\n\nC d."),
        ("A b.\nShare\n\nC d.", "A b.\n\nC d."),
        ("A b.\n\nShare\nC d.", "A b.\n\nC d."),
        ("A b.\nShare\nC d.\n", "A b.\nC d.\n"),
        ("\n\nShare\n\nA b.\n", "A b.\n"),
        ("A b.\r\nShare\r\nC d.\r\n", "A b.\r\nC d.\r\n"),
        ("A b.\n\nShare\n", "A b.\n"),
        ("A b.\n\nShare", "A b."),
        ("A b.\r\n\r\nShare", "A b."),
        ("Share", "Share"),  # a word alone is no page with furniture: see test_noise_alone
    ],
)
def test_no_heap_of_blank_lines_is_left(text: str, expected: str) -> None:
    assert stripped(text) == expected


def test_levels_take_more_and_more() -> None:
    text = f"Home\n{STORY}\nLatest news\n- Rain in Osh\n- Snow in Naryn\n- Wind in Talas\nShare"
    safe, default = stripped(text, "safe"), stripped(text)
    assert "Share" not in safe
    assert "- Rain in Osh" in safe
    assert default == STORY
    assert len(stripped(text, "aggressive")) <= len(default)


def test_structure_that_would_take_too_much_is_given_up() -> None:
    text = "Home\nWool and felt\nOur makers\nLog in\nAbout us\nNew carpets\nShare\nTown fair"
    assert "Our makers" in stripped(text)
    assert "given_up" in noted(text)


def test_every_rule_says_why() -> None:
    edits = strip(f"Share\n{STORY}\nLatest news\n- Rain in Osh\n- Snow in Naryn\n- Wind in Talas", Context(Config()))
    assert [why(edit.rule) for edit in edits] == [
        "a button to share, print or keep the article",
        "the header of a list of other articles",
        "a list of other articles under its header",
    ]
    assert why("no-such-rule") == ""


RULES = sorted({line for rule in load("aggressive").rules for line in rule.lines})
PIECES = st.sampled_from([*RULES, STORY, SKETCH, "- Rain in Osh", "09:00", "[caption id=x]", "[/caption]", "READ MORE:",
                          "Фото: a", "", " ", "12.03.2024, 10:15", "{title}", "a...", "[…]", "Dushanbe"])  # fmt: skip
LINES = st.lists(PIECES | st.text(max_size=8), max_size=14)
PAGES = st.tuples(LINES, st.sampled_from(["\n", "\n\n", " ", "\r\n"])).map(lambda pair: pair[1].join(pair[0]))


@settings(max_examples=150)
@given(ANY_TEXT | MIXED_TEXT | PAGES, st.sampled_from(["safe", "default", "aggressive"]))
@example("[cap[caption id=x]tion id=y] z", "default")
@example("[caption id=x] a [/caption] [caption id=y] b [/caption] c", "default")
@example("Share\nShare\n\n\nShare", "default")
@example("Home\n" * 3000, "default")
@example("Home\nverse of it\n" * 3000, "default")
@example("09:00\nNews\n" * 3000, "aggressive")
@example("Share\nVerse\n" * 20 + "Home\n" * 29, "default")
def test_stripping_twice_is_stripping_once(text: str, level: str) -> None:
    once = stripped(text, level)
    assert stripped(once, level) == once


@settings(max_examples=150)
@given(ANY_TEXT | MIXED_TEXT | PAGES)
@example("z [caption id=x] a [/caption] [caption id=y] b [/caption] c")
@example("[gallery] [gallery] [gallery]")
@example("a [gallery] [gallery] [gallery] b")
def test_edits_are_sorted_named_and_only_delete(text: str) -> None:
    edits = strip(text, Context(Config()))
    end = 0
    for edit in edits:
        assert end <= edit.start < edit.end <= len(text)
        assert edit.step == "strip"
        assert why(edit.rule)
        assert not edit.replacement.strip()
        end = edit.end


SEEDS = Path(os.environ.get("CA_NORMALIZE_SEEDS", Path(__file__).parents[2] / "shared" / "seeds"))


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed documents are not here")
@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_seeds_lose_no_sentence(name: str) -> None:
    (path,) = SEEDS.glob(f"{name}_*.txt")
    text = path.read_text("utf-8")
    result = stripped(text)
    for line in text.split("\n"):
        if len(line.split()) > 25 and "[caption" not in line:
            assert line.strip() in result
    assert stripped(result) == result
