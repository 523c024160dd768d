"""Counts, messages and the exit status of a batch run, in one place."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import TextIO

from .batch import Change, Outcome
from .edits import Edit
from .explain import quote
from .files import Skipped
from .streams import encode

CLEAN, CHANGED, FAILED = 0, 1, 2
FORMATS = ("text", "jsonl", "github")
_CONTROLS = {code: repr(chr(code))[1:-1] for code in (*range(32), 127)}


class Report:
    """Says what became of each file, and sums it up.

    Args:
        mode: check, diff or write.
        form: text, jsonl (a JSON object an edit) or github (a workflow annotation an edit).
    """

    def __init__(self, mode: str, form: str = "text", out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.mode, self.form = mode, form
        self.out, self.err = out or sys.stdout, err or sys.stderr
        self.files = self.changed = self.failed = self.skipped = 0

    def add(self, outcome: Outcome) -> None:
        """Count, and say, what became of one file."""
        self.files += 1
        if outcome.problem:
            self.fail(outcome.problem)
        elif outcome.skipped:
            self.skip(Skipped(outcome.path, outcome.skipped))
        elif outcome.changed:
            self.changed += 1
            self._say(outcome)
        if outcome.odd:
            print(f"{_shown(outcome.path)}: {outcome.odd} bytes are not UTF-8, and stay as they are", file=self.err)

    def skip(self, skipped: Skipped) -> None:
        self.skipped += 1
        print(f"{_shown(skipped.path)}: skipped: {skipped.reason}", file=self.err)

    def fail(self, problem: str) -> None:
        self.failed += 1
        print(_printable(problem), file=self.err)

    def _say(self, outcome: Outcome) -> None:
        if self.mode == "diff":
            self._write(outcome.diff)
        elif self.mode == "write":
            print(f"{_shown(outcome.path)}: normalized", file=self.out)
        for change in outcome.changes:
            print(_printable(_FORMS[self.form](outcome.path, change)), file=self.out)

    def _write(self, diff: str) -> None:
        """Bytes that are no UTF-8 as they are, so that the diff can be applied."""
        if isinstance(self.out, io.TextIOWrapper):
            self.out.buffer.write(encode(diff))
        else:
            self.out.write(_printable(diff))

    def summary(self) -> str:
        """One line: what was done, or would be."""
        verb = "normalized" if self.mode == "write" else "would change"
        parts = [f"{self.changed} of {self.files} files {verb}"]
        parts += [f"{self.skipped} skipped"] if self.skipped else []
        parts += [f"{self.failed} failed"] if self.failed else []
        return ", ".join(parts)

    @property
    def status(self) -> int:
        return FAILED if self.failed else CHANGED if self.changed else CLEAN


def _shown(path: Path) -> str:
    """The name of a file on one line."""
    return _printable(str(path).translate(_CONTROLS))


def _printable(text: str) -> str:
    """*text* with what no terminal or log could take written as an escape."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _text(path: Path, change: Change) -> str:
    return f"{_shown(path)}:{change.line}:{change.column}: {_message(change)}"


def _message(change: Change) -> str:
    old, new = quote(change.old), quote(change.edit.replacement)
    what = f"{old} -> {new}" if change.edit.replacement else f"{old} deleted"
    return f"{_rule(change.edit)}: {what}"


def _rule(edit: Edit) -> str:
    return f"{edit.step}/{edit.rule}"


def _jsonl(path: Path, change: Change) -> str:
    facts = {
        "file": str(path),
        "line": change.line,
        "column": change.column,
        "old": change.old,
        **change.edit._asdict(),
    }
    return json.dumps(facts, ensure_ascii=False)


def _github(path: Path, change: Change) -> str:
    """A workflow command; the escapes are those of GitHub's own toolkit."""
    name, title = _escaped(str(path), ":,"), _escaped(_rule(change.edit), ":,")
    return f"::warning file={name},line={change.line},col={change.column},title={title}::{_escaped(_message(change))}"


def _escaped(text: str, more: str = "") -> str:
    return "".join(f"%{ord(sign):02X}" if sign in "%\r\n" or sign in more else sign for sign in text)


_FORMS = {"text": _text, "jsonl": _jsonl, "github": _github}
