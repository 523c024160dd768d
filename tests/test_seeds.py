"""The pages in seeds/ come out as expected, to the letter; so do the facts of the real ones, where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import ca_normalize as ca

ROOT = Path(__file__).parents[1]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
REAL = Path(os.environ.get("CA_NORMALIZE_SEEDS", ROOT.parent / "shared" / "seeds"))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_seed_comes_out_as_expected(path):
    expected = (path.parent / "expected" / path.name).read_text("utf-8")
    assert ca.normalize(path.read_text("utf-8")).text == expected


def test_there_are_five_seeds():
    assert len(SEEDS) == 5


@pytest.mark.skipif(not REAL.is_dir(), reason="the real pages are not at hand (CA_NORMALIZE_SEEDS)")
@pytest.mark.parametrize(
    ("number", "tag", "gone", "kept"),
    [
        ("000", "en-Latn", "Latest news", "Orda.kz reports."),
        ("001", "en-Latn", "KGS/USD", "Bridge Too Far"),
        ("002", "ru-Cyrl", "Zagruzka pogody", "Programma turne"),
        ("003", "en-Latn", "Viewing results", "for Central..."),
        ("004", "en-Latn", "Julie Staff", "Daria Saprynskaya, a"),
    ],
)
def test_a_real_page_comes_out_clean(number, tag, gone, kept):
    (path,) = REAL.glob(f"{number}_*.txt")
    text = path.read_text("utf-8")
    result = ca.normalize(text)
    assert result.language.tag == tag
    assert gone not in result.text
    assert kept in result.text
    assert result.restore() == text
    assert ca.normalize(result.text).text == result.text
