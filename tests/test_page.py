"""The HTML report: self-contained, faithful, and safe against what a text may hold."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest

import ca_normalize as ca
from ca_normalize.page import render

TEXT = "Посол <b>США</b> Джули Стафт & Токаев.\nФото: sputnik.kz\nВстреча в Астане.\n"


class _Text(HTMLParser):
    """The visible text of each side, and the marks."""

    def __init__(self) -> None:
        super().__init__()
        self.sides: dict[str, str] = {"source": "", "result": ""}
        self.marks: list[dict[str, str | None]] = []
        self.outside: list[str] = []
        self._side, self._skip = "", False

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        classes = (values.get("class") or "").split()
        if "side" in classes:
            self._side = classes[1]
        self._skip = tag == "h3"
        if tag == "mark" or "name" in classes:
            self.marks.append(values)
        self.outside += [value for key, value in attrs if key in ("src", "href") and value]

    def handle_endtag(self, tag):
        if tag == "div":
            self._side = ""
        self._skip = False

    def handle_data(self, data):
        if self._side and not self._skip:
            self.sides[self._side] += data


def _parsed(html: str) -> _Text:
    parser = _Text()
    parser.feed(html)
    return parser


def test_both_sides_are_the_texts_to_the_letter():
    result = ca.normalize(TEXT)
    parsed = _parsed(render([("a.txt", result)]))
    assert parsed.sides == {"source": result.source, "result": result.text}


def test_each_edit_is_marked_twice_with_step_rule_and_reason():
    result = ca.normalize(TEXT)
    marks = [mark for mark in _parsed(render([("a.txt", result)])).marks if "data-edit" in mark]
    assert len(marks) == 2 * len(result.edits)
    (stripped, _) = [mark for mark in marks if mark["class"] == "strip"]
    assert stripped["data-tip"].startswith("strip: photo-credit\n")
    assert "a photo credit on a line of its own" in stripped["data-tip"]
    assert any("Julie Stufft (person, julie-stufft)" in mark["data-tip"] for mark in marks)


def test_it_needs_no_network():
    html = render([("a.txt", ca.normalize(TEXT))])
    assert _parsed(html).outside == []
    assert not re.search(r"https?://|@import|url\(", html)


def test_what_html_cannot_hold_is_shown_as_a_sign():
    html = render([("<x>", ca.normalize("a\0b\ud800 <script>alert(1)</script>"))])
    assert "<script>alert" not in html
    assert "\0" not in html
    html.encode("utf-8")


@pytest.mark.skipif(not shutil.which("chromium"), reason="needs chromium")
def test_a_browser_shows_it(tmp_path):
    page = tmp_path / "r.html"
    page.write_text(render([("a.txt", ca.normalize(TEXT))]), "utf-8")
    flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    command = ["chromium", *flags.split(), "--disable-component-update", "--disable-sync"]
    done = subprocess.run(
        [*command, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.as_uri()],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert 'class="on-repair on-strip on-canonicalize on-transliterate on-names"' in done.stdout
    assert done.stdout.count('name="transliterate"') == 1
