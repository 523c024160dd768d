"""The model and its training: reproducible, small, and clear about what is wrong with its files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ca_normalize import data
from ca_normalize.errors import DataError
from ca_normalize.language import letters, model, train
from ca_normalize.language.detector import Detector

SETTINGS = data.root() / "language" / "training.toml"
CLASSES = [
    "en-Latn", "ru-Cyrl", "kk-Cyrl", "kk-Latn", "kk-Arab", "ky-Cyrl", "uz-Latn", "uz-Cyrl",
    "tg-Cyrl", "tk-Latn", "tk-Cyrl", "kaa-Cyrl", "kaa-Latn", "uk-Cyrl", "be-Cyrl", "bg-Cyrl",
    "mn-Cyrl", "tt-Cyrl", "ba-Cyrl", "az-Latn", "tr-Latn", "fa-Arab", "ug-Arab",
]  # fmt: skip
LINES = {
    "aa_Latn": ["kala mala sula", "sula kala neto", "mala neto sula"],
    "bb_Latn": ["wxyz vwxy zyxw", "zyxw wvut xyzz", "vwxy xyzz wxyz"],
    "cc_Cyrl": ["дом кот рот", "кот рот мот"],
    "xx_Latn": ["fifi gigi hihi", "gigi jiji fifi"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, lines in LINES.items():
        (tmp_path / f"{name}.txt").write_text("\n".join(lines * 20), "utf-8")
    return tmp_path


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """The settings of the package, with tables as small as the text of these tests."""
    small = re.sub(r"(?m)^(features|rows|shared) = [\d_]+", r"\1 = 40", SETTINGS.read_text("utf-8"))
    path = tmp_path / "training.toml"
    path.write_text(small.replace("groups = 6", "groups = 1"), "utf-8")
    return path


def test_training_gives_the_same_bytes_and_a_model_that_knows_its_text(folder: Path, settings: Path) -> None:
    for name in ("one.bin", "two.bin"):
        train.main([str(folder), "--settings", str(settings), "--out", str(folder / name)])
    assert (folder / "one.bin").read_bytes() == (folder / "two.bin").read_bytes()
    detector = Detector(folder / "one.bin")
    assert detector.model.languages == {"aa", "bb", "cc"}
    found = detector.detect_many(["kala mala neto sula", "zyxw vwxy xyzz", "дом рот", "Ω"])
    assert [detection.tag for detection in found[:3]] == ["aa-Latn", "bb-Latn", "cc-Cyrl"]


def test_the_model_is_small_and_knows_every_class() -> None:
    tables = model.load(model.default_path()).tables
    known = {f"{column}-{script}" for script, table in tables.items() for column in table.columns}
    assert model.default_path().stat().st_size <= 600_000
    assert known.issuperset(CLASSES)


def test_sums_fit_into_their_lanes() -> None:
    most = model.ORDERS * (model.LEVELS - 1)
    assert most < 2**8
    assert most * model.CHUNK < 2**16


@pytest.mark.parametrize("content", [b"", b"no model\n", b"{}\n", b'{"format": 0}\n', b"\xff\xfe\n"])
def test_a_file_that_is_no_model(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"model\.bin: is no language model"):
        model.load(path)


def test_a_model_that_was_trained_with_other_letters(tmp_path: Path) -> None:
    content = model.default_path().read_bytes().replace(letters.letters().digest.encode(), b"0" * 16)
    path = tmp_path / "model.bin"
    path.write_bytes(content)
    with pytest.raises(DataError, match="train it again"):
        model.load(path)


def test_a_model_that_is_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(model.default_path().read_bytes()[:-1000])
    with pytest.raises(DataError, match="is cut short"):
        model.load(path)


def test_a_missing_model_says_where_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"docs/language\.md"):
        model.load(tmp_path / "none.bin")


def test_a_folder_without_training_text(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"kk_Cyrl\.txt"):
        train.train([tmp_path], SETTINGS)


def test_settings_that_lack_something(folder: Path, settings: Path) -> None:
    settings.write_text(settings.read_text("utf-8").replace("smoothing", "smothing"), "utf-8")
    with pytest.raises(DataError, match=r"training\.toml: 'smoothing': is missing"):
        train.train([folder], settings)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('"A-Z"', '"Z-A"'), "'Z-A' is no range"),
        (('"A-Z"', '"AZ"'), "'AZ' is no range"),
        (('Cyrl = "А', 'Cyrl = "'), "as many letters"),
        (("[fold]", "[folt]"), "is missing"),
    ],
)
def test_mistakes_in_the_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: tuple[str, str], message: str
) -> None:
    path = tmp_path / "letters.toml"
    path.write_text(letters.path().read_text("utf-8").replace(*change), "utf-8")
    monkeypatch.setattr(letters, "path", lambda: path)
    with pytest.raises(DataError, match=rf"letters\.toml: .*{message}"):
        letters.letters.__wrapped__()


@pytest.mark.parametrize(
    ("table", "line", "wanted"),
    [
        ({"a": "а", "sh": "ш", "s": "с"}, "Shasa", "шаса"),
        ({"e": "е", "^e": "э", "r": "р"}, "Ere ere", "эре эре"),
        ({"o'": "ў", "o": "о", "r": "р", "y": "й"}, "oʻroy Oʼr", "ўрой ўр"),
    ],
)
def test_text_is_respelled(table: dict[str, str], line: str, wanted: str) -> None:
    assert train.speller(table)(line) == wanted
