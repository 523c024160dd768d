"""The door to the data: built once, built again when a source changes, and never a broken file."""

from __future__ import annotations

import logging
import lzma

import pytest

from ca_normalize import data
from ca_normalize.errors import DataError


@pytest.fixture
def cache(tmp_path, monkeypatch):
    folder = tmp_path / "cache"
    monkeypatch.setenv("CA_NORMALIZE_CACHE", str(folder))
    return folder


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "table.toml"
    path.write_text("a = 1\n", "utf-8")
    return path


def test_it_is_built_once_and_again_when_the_source_changes(cache, source):
    calls = []

    def build():
        calls.append(1)
        return data.read_toml(source)

    assert data.built("x", [source], build) == {"a": 1}
    assert data.built("x", [source], build) == {"a": 1}
    source.write_text("a = 2\n", "utf-8")
    assert data.built("x", [source], build) == {"a": 2}
    assert data.built("x", [source], build, version=2) == {"a": 2}
    assert len(calls) == 3


def test_a_broken_file_in_the_cache_is_said_and_mended(cache, source, caplog):
    data.built("x", [source], lambda: [1])
    (path,) = cache.glob("*.json")
    path.write_text("[1", "utf-8")
    with caplog.at_level(logging.WARNING):
        assert data.built("x", [source], lambda: [1]) == [1]
    assert "building it again" in caplog.text
    assert path.read_text("utf-8") == "[1]"


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path, monkeypatch, source):
    blocked = tmp_path / "file"
    blocked.write_text("", "utf-8")
    monkeypatch.setenv("CA_NORMALIZE_CACHE", str(blocked / "below"))
    assert data.built("x", [source], lambda: [1]) == [1]


def test_what_was_unpacked_is_kept_and_a_cut_file_is_not_used(cache):
    stream = lzma.compress(b"weights")
    assert data.unpacked("x", stream, 7) == b"weights"
    (path,) = cache.glob("x-*.bin")
    path.write_bytes(b"WEIGHTS")
    assert data.unpacked("x", stream, 7) == b"WEIGHTS"
    path.write_bytes(b"weig")
    assert data.unpacked("x", stream, 7) == b"weights"
    assert path.read_bytes() == b"weights"


def test_the_cache_does_not_grow_without_end(cache, source):
    for number in range(3 * data.KEPT):
        source.write_text(f"a = {number}\n", "utf-8")
        data.built("x", [source], lambda: [1])
        data.built("x-y", [source], lambda: [1])
    names = sorted(path.name.rsplit("-", 1)[0] for path in cache.iterdir())
    assert names == ["x"] * data.KEPT + ["x-y"] * data.KEPT


def test_toml_that_is_none_is_named_with_its_line(source):
    source.write_text("a = 1\nb = \n", "utf-8")
    with pytest.raises(DataError, match=r"table\.toml.*line 2"):
        data.read_toml(source)
