"""Hypothesis strategies that several tests share."""

from __future__ import annotations

from hypothesis import strategies as st

from ca_normalize.edits import Edit, apply

ANY_TEXT = st.text(st.characters(), max_size=60)  # every code point, lone surrogates too

PIECES = st.sampled_from(
    ["Қазақстан", "Тоқаев", "Стаффт", "oʻzbek", "G‘ofur", "KGS/USD = 0.01144 0%", "\n", "\r\n", " ", "\u0301", "\ud800",
     "а\u0301", "e\u0308", "Қа", "şäher", "Фото: sputnik.kz", "Photo: Akorda", "’s", "\u00ad", "\ufeff", "Ð¿Ñ\x80",
     "http://a.kz/б", "@orda_kz", "C5+1", "[caption id=", "[/caption]", "• ", "1. ", "“", "”", "«", "»", "Staff"]
)  # fmt: skip
MIXED_TEXT = st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join)


@st.composite
def layers(draw: st.DrawFn) -> tuple[str, list[list[Edit]]]:
    """A source and up to four layers of edits, each of the text that the layer before it left."""
    source = text = draw(st.text("xyz1234\u0301\ud800", max_size=20))
    result = []
    for number in range(draw(st.integers(0, 4))):
        count = draw(st.integers(0, 6))
        cuts = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2 * count, max_size=2 * count)))
        layer = [
            Edit(
                start, end, draw(st.text("abX\u0301\ud800", max_size=3)), f"step{number}", draw(st.sampled_from("pqr"))
            )
            for start, end in zip(cuts[::2], cuts[1::2], strict=True)
        ]
        result.append(layer)
        text = apply(text, layer)
    return source, result
