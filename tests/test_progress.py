"""The progress bar: on a terminal only, and only where there is something to wait for."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from ca_normalize import filter as program
from ca_normalize import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Make standard error a terminal; in the test itself, for pytest puts its own in between."""
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setattr(progress, "DELAY", 0)
    return shown


def test_a_terminal_shows_how_far_it_is_and_is_left_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = terminal(monkeypatch)
    with progress.Progress(3, "files") as bar:
        bar.advance(3)
    assert "0/3" in shown.getvalue()
    assert shown.getvalue().rpartition("\r")[2] == ""
    assert "\033[" not in shown.getvalue()  # no colours, whatever NO_COLOR says


@pytest.mark.parametrize("total", [0, 1])
def test_nothing_is_shown_where_there_is_nothing_to_wait_for(monkeypatch: pytest.MonkeyPatch, total: int) -> None:
    shown = terminal(monkeypatch)
    with progress.Progress(total, "files") as bar:
        bar.advance()
    assert shown.getvalue() == ""


def test_nothing_is_shown_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setattr(progress, "DELAY", 0)
    with progress.Progress(3, "files") as bar:
        bar.advance(3)
    assert shown.getvalue() == ""


def test_inputs_have_a_size_where_all_are_files(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"12345")
    os.mkfifo(tmp_path / "pipe")
    assert program._size([str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), str(tmp_path / "gone.txt")]) == 10
    assert program._size([str(tmp_path / "a.txt"), str(tmp_path / "pipe")]) == 0


def test_the_filter_counts_the_bytes_that_it_reads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    terminal(monkeypatch)
    path = tmp_path / "lines.txt"
    path.write_bytes(b"one\ntwo\nthree\n")
    counted: list[int] = []
    with path.open("rb") as stream, progress.Progress(14, "B") as bar:
        bar.advance = counted.append  # type: ignore[method-assign]
        lines = iter(stream.readline, b"")
        assert list(program._watched(lines, stream, bar)) == [b"one\n", b"two\n", b"three\n"]  # type: ignore[arg-type]
    assert counted == [4, 4, 6]
