"""The quick look: what the array says is what the patterns say."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from ca_normalize import data
from ca_normalize.mending import look as looks
from ca_normalize.mending import signs
from ca_normalize.mending.encodings import source
from ca_normalize.mending.look import FIRM, Look
from ca_normalize.mending.mojibake import REACH

PLAIN = "Тау-кен ісі · Ош шаары, 12.05.2026\n" * 20  # long enough for an array
ODD = ["ёЖ", "oО", "Оo", "é", "ÐŸ", "\u00a0", "и\u0306", "\u0301", "ў", "А", "\ud800", "\u2de0", "Ї", "\n", "日本"]
PIECES = st.lists(st.one_of(st.sampled_from(ODD), st.characters(max_codepoint=0x2FFF)), max_size=8)


def said(text: str, at_once: bool) -> tuple[object, ...]:
    look = Look(text, at_once)
    return look.cyrillic, look.odd, look.signs, look.mixed, look.composed, look.telling()


@given(PIECES, st.booleans())
@example(["Ä"], True)
@example(["\x85é"], False)
def test_an_array_says_what_patterns_say(pieces: list[str], latin: bool) -> None:
    plain = "Oʻsh, Nókis va Gʻijduvon\n" * 30 if latin else PLAIN
    text = plain + " ".join(pieces) + plain
    assert said(text, at_once=True) == said(text, at_once=False)


def test_what_is_firm_is_never_changed_by_what_stands_beside_it() -> None:
    firm = re.compile(f"[{FIRM}]")
    for code in (code for code in range(0x110000) if not 0xD800 <= code < 0xE000):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            assert not firm.fullmatch(chr(int(parts[1], 16))), f"U+{code:04X}"
    for code in range(looks.TOP):
        if firm.fullmatch(chr(code)):
            assert unicodedata.is_normalized("NFC", chr(code)), f"U+{code:04X}"
            assert not unicodedata.combining(chr(code)), f"U+{code:04X}"


def test_signs_that_are_mended_are_none_that_clean_text_has() -> None:
    points = [
        point for rule in data.read_toml(data.root() / "repair" / "signs.toml").values() for point in rule["signs"]
    ]
    for ends in ([int(end.removeprefix("U+"), 16) for end in point.split("..")] for point in points):
        plain = [code for code in range(ends[0], ends[-1] + 1) if not looks.scans().sign.match(chr(code))]
        assert [f"U+{code:04X}" for code in plain] == []


@given(st.one_of([st.from_regex(pattern, fullmatch=True) for pattern in source()["gate"]["patterns"]]))
def test_what_the_gate_finds_is_within_reach_of_any_sign_in_it(found: str) -> None:
    assert len(found) <= REACH + 1


def test_a_space_of_another_alphabet_is_mended_where_nothing_else_is_odd() -> None:
    assert [edit.rule for edit in signs.signs(Look("Ош\u3000Нарын"))] == ["space"]
