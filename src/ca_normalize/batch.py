"""The files of the batch normalizer, some at a time: read, normalize, compare, write."""

from __future__ import annotations

import codecs
import io
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from . import atomic, streams
from .edits import Edit
from .errors import FileError
from .files import RECORDS

if TYPE_CHECKING:
    from .pipeline import Normalizer
    from .result import Normalized

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
PROBE = 8192  # bytes at the head of a file in which a NUL makes it binary
REMEMBERED = 2_000_000  # code points of files, about 20 MB with what became of them
LEAST = 500  # code points that any file counts as


class Change(NamedTuple):
    """One edit, as people look for it: line and column (code points) from 1."""

    line: int
    column: int
    edit: Edit
    old: str


class Task(NamedTuple):
    """One file, and the lines of it that recur in others and are to go."""

    path: Path
    recurring: frozenset[str] = frozenset()


Content = tuple[bytes, frozenset[str]]  # the digest of a file, and the lines of it that are to go


@dataclass
class Outcome:
    """What became of one file.

    Attributes:
        changed: it would change, or did.
        changes: the edits, where the job asks for them.
        diff: a unified diff, where the job asks for it.
        skipped: why it was left out; empty where it was not.
        odd: bytes that are no UTF-8, and stay as they are.
        problem: what went wrong; empty where nothing did.
        digest: of the content that is now clean, for the cache.
    """

    path: Path
    changed: bool = False
    changes: list[Change] = field(default_factory=list)
    diff: str = ""
    skipped: str = ""
    odd: int = 0
    problem: str = ""
    digest: bytes = b""


@dataclass
class Opened:
    """A file on its way: as it was, its text where there is something to do, and what came of it.

    Attributes:
        records: it is JSONL, and done record by record.
        digest: of its bytes as they were.
    """

    task: Task
    outcome: Outcome
    records: bool
    digest: bytes = b""
    before: atomic.Snapshot | None = None
    document: Document | None = None
    result: Normalized | None = None

    @property
    def content(self) -> Content:
        """What its result depends on."""
        return self.digest, self.task.recurring


class Lately:
    """What became of the files done lately: a tree of pages holds many twice."""

    def __init__(self) -> None:
        self._results: dict[Content, Normalized] = {}
        self._size = 0

    def get(self, content: Content) -> Normalized | None:
        """The result for *content*; None where it is not remembered."""
        return self._results.get(content)

    def put(self, content: Content, result: Normalized) -> None:
        """Remember a result; where this is too much, the others go."""
        self._size += len(result.source) + LEAST
        if self._size > REMEMBERED:
            self._results, self._size = {}, len(result.source) + LEAST
        self._results[content] = result


@dataclass
class Job:
    """What to do with each file; picklable, so that it can go to other processes.

    Attributes:
        mode: check, diff or write.
        field: of JSONL files.
        max_size: bytes; larger files are left out.
        clean: digests of contents that are known to need no change.
        salt: goes into each digest: other settings or data, other digests.
    """

    normalizer: Normalizer
    mode: str = "check"
    field: str | None = None
    max_size: int = 64 << 20
    clean: frozenset[bytes] = frozenset()
    salt: bytes = b""

    def __call__(self, tasks: Sequence[Task]) -> list[Outcome]:
        """Work on some files at once, which is quicker; whatever is wrong with one is in its outcome."""
        opened = [self._open(task) for task in tasks]
        self._normalize([file for file in opened if file.document and not file.records])
        for file in opened:
            self._guarded(file, self._close)
        return [file.outcome for file in opened]

    @cached_property
    def _lately(self) -> Lately:
        return Lately()

    @cached_property
    def _passes(self) -> int:
        """One pass tells whether a file would change; further ones, which hardly ever change more, are for its text."""
        from .pipeline import PASSES

        return 1 if self.mode == "check" else PASSES

    def _normalize(self, files: Sequence[Opened]) -> None:
        """Give each of *files* what comes of it; those of one content are done once."""
        texts = {file.content: file.document.text for file in files if file.document}
        results = {content: result for content in texts if (result := self._lately.get(content))}
        new = [content for content in texts if content not in results]
        made = self.normalizer.together(((texts[content], content[1]) for content in new), self._passes)
        for content, result in zip(new, made, strict=True):
            results[content] = result
            self._lately.put(content, result)
        for file in files:
            file.result = results[file.content]

    def _open(self, task: Task) -> Opened:
        file = Opened(task, Outcome(task.path), task.path.suffix.lower() in RECORDS)
        self._guarded(file, self._read)
        return file

    def _guarded(self, file: Opened, work: Callable[[Opened], None]) -> None:
        try:
            work(file)
        except FileError as error:
            file.outcome.problem = str(error)
        except OSError as error:  # it went away meanwhile
            file.outcome.problem = f"{file.task.path}: {error.strerror}"

    def _read(self, file: Opened) -> None:
        path, outcome = file.task.path, file.outcome
        if path.stat().st_size > self.max_size:
            outcome.skipped = f"larger than {self.max_size} bytes; raise --max-size"
            return
        file.before = atomic.read(path)
        file.digest = self.digest(file.before.data)
        if file.digest in self.clean:
            outcome.digest = file.digest
            return
        document = Document(file.before.data)
        if document.binary:
            outcome.skipped = "not text"
            return
        outcome.odd = document.odd
        file.document = document

    def _close(self, file: Opened) -> None:
        """Compare what a file is with what it would be, and write it where it is to be written."""
        before, outcome = file.before, file.outcome
        if not before or not file.document:
            return
        after = self._normalized(file, file.document, before)
        outcome.changed = after != before.data
        if outcome.changed and self.mode == "write":
            atomic.write(file.task.path, after, before)
            outcome.digest = self.digest(after)
        elif not outcome.changed:
            outcome.digest = file.digest

    def digest(self, data: bytes) -> bytes:
        """A key for *data* under these settings."""
        import hashlib

        return hashlib.sha256(self.salt + data).digest()[:16]  # many processors have it built in

    def _normalized(self, file: Opened, document: Document, before: atomic.Snapshot) -> bytes:
        if file.result is None:
            return b"".join(self._records(file.task.path, document, file.outcome))
        self._note(file.result, file.outcome)
        return document.encode(file.result.text) if file.result.text != document.text else before.data

    def _records(self, path: Path, document: Document, outcome: Outcome) -> Iterator[bytes]:
        stream = io.BytesIO(streams.encode(document.text))
        found = streams.json_lines(stream, str(path), streams.Decoder(), self.max_size, self.field or "", None)
        records = list(found)
        for record in records:
            if isinstance(record, streams.BadLine) and record.data.strip():
                raise FileError(f"{path}:{record.number}: {record.problem}; the file is left as it was")
        texts = [record.text for record in records if not isinstance(record, streams.BadLine)]
        results = self.normalizer.normalize_many(texts, passes=self._passes)
        yield document.mark
        for record in records:
            if isinstance(record, streams.BadLine):
                yield record.data
            else:
                result = next(results)
                self._note(result, outcome, record.number - 1)
                yield record.wrap(result.text)

    def _note(self, result: Normalized, outcome: Outcome, lines_above: int = 0) -> None:
        if self.mode == "diff":
            from .diff import unified

            outcome.diff += "".join(unified(result, str(outcome.path)))
        elif self.mode == "check" and result.text != result.source:
            outcome.changes += _changes(result, lines_above)


def groups(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    """*tasks* in lists that a `Job` takes at once: not too many files, and of not too many bytes."""
    from .parallel import chunked
    from .pipeline import TOGETHER, TOGETHER_SIZE

    return chunked(tasks, TOGETHER, TOGETHER_SIZE, _bytes)


def _bytes(task: Task) -> int:
    try:
        return task.path.stat().st_size
    except OSError:  # the job will tell of it
        return 0


def _changes(result: Normalized, lines_above: int) -> Iterator[Change]:
    from .diff import line_starts

    starts = line_starts(result.source)
    for edit in result.edits:
        row = bisect_right(starts, edit.start)
        old = result.source[edit.start : edit.end]
        yield Change(row + lines_above, edit.start - starts[row - 1] + 1, edit, old)


class Document:
    """The text of a file, and how to make bytes of it again: mark, encoding, and bytes that are no text.

    Attributes:
        mark: the byte order mark, where there is one.
        encoding, errors: how the bytes became text.
        binary: it is no text.
        odd: bytes that are no UTF-8.
    """

    def __init__(self, data: bytes) -> None:
        self.mark, self.encoding = next(((m, e) for m, e in MARKS if data.startswith(m)), (b"", "utf-8"))
        body = data[len(self.mark) :]
        self.errors = "surrogateescape" if self.encoding == "utf-8" else "strict"
        self.binary = self.encoding == "utf-8" and b"\0" in body[:PROBE]
        self.text, self.odd = "", 0
        if self.binary:
            return
        try:
            self.text = body.decode(self.encoding)
        except UnicodeDecodeError:
            if self.errors == "strict":  # UTF-16 of an odd length, or with a broken pair
                self.binary = True
                return
            self.text = body.decode(self.encoding, self.errors)
            self.odd = streams.undecodable(self.text)

    def encode(self, text: str) -> bytes:
        return self.mark + text.encode(self.encoding, self.errors)
