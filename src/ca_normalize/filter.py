"""`ca-normalize`, the filter: standard input, or files, to standard output."""

from __future__ import annotations

import argparse
import os
import stat
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from . import standard
from .errors import FileError
from .options import check, parser
from .progress import Progress

if TYPE_CHECKING:
    from .pipeline import Normalizer
    from .result import Normalized
    from .streams import BadLine, Record

PROGRAM = "ca-normalize"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    args = parser().parse_args(argv)
    return standard.run(PROGRAM, lambda: _run(args))


def _run(args: argparse.Namespace) -> int:
    check(args)
    status = _other_work(args)
    return _Filter(args).run() if status is None else status


def _other_work(args: argparse.Namespace) -> int | None:
    """What the command does beside filtering; the exit status, or None where nothing of the kind is asked for."""
    if args.completion:
        from .completion import script

        sys.stdout.write(script(parser(), args.completion))
        return 0
    if args.check_rules:
        from .noise import check_rules

        for path in args.check_rules:
            print(f"{path}: {check_rules(Path(path))} rules, all well")
        return 0
    return None


def _complain(message: str) -> None:
    standard.complain(PROGRAM, message)


class _Filter:
    """One run of the command."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.failed = self.changed = False
        self.passed = 0  # bytes that could not be decoded
        self.shown: list[tuple[str, Normalized]] = []  # for the report
        self.out = sys.stdout.buffer

    def run(self) -> int:
        handle = self._detect if self.args.detect else self._normalize
        with self._progress() as progress:
            handle(self._records(progress))
        if self.args.report:
            self._report(self.args.report)
        if self.passed:
            _complain(f"{self.passed} bytes could not be decoded, and were passed through as they are")
        if self.failed:
            return 2
        return int(self.changed and (self.args.check or self.args.diff))

    def _report(self, path: Path) -> None:
        from .page import render

        try:
            path.write_text(render(self.shown), "utf-8")
        except OSError as error:
            raise FileError(f"{path}: the report cannot be written: {error.strerror}") from error

    def _progress(self) -> Progress:
        """A bar for the bytes of all inputs, where each is a file and nothing is written to the terminal meanwhile."""
        quiet = self.args.check or not sys.stdout.isatty()
        return Progress(_size(self.args.files or ["-"]) if quiet else 0, "B")

    def _records(self, progress: Progress) -> Iterator[Record | BadLine]:
        """The records of all inputs; an input that cannot be read is reported, and the others go on."""
        read = self._reader()
        for name in self.args.files or ["-"]:
            try:
                with _opened(name) as stream:
                    yield from _watched(read(stream, "<stdin>" if name == "-" else name), stream, progress)
            except FileError as error:
                self.failed = True
                _complain(str(error))

    def _reader(self) -> Callable[[BinaryIO, str], Iterator[Record | BadLine]]:
        from . import streams

        args = self.args
        whole = not (args.lines or args.null or args.jsonl)
        encoding = args.encoding or ("auto" if whole else "utf-8")
        decoder = streams.Decoder(_known(encoding), args.errors == "strict")
        if args.jsonl:
            return lambda stream, name: streams.json_lines(
                stream, name, decoder, args.max_size, args.field, args.out_field
            )
        read = streams.lines if args.lines else streams.null_ended if args.null else streams.documents
        return lambda stream, name: read(stream, name, decoder, args.max_size)

    def _detect(self, records: Iterable[Record | BadLine]) -> None:
        from .language import detect

        for record in records:
            if self._bad(record):
                continue
            found = detect(record.text)  # type: ignore[union-attr]
            self._write(f"{found.tag}\t{found.confidence:.4f}\n".encode())

    def _normalize(self, records: Iterable[Record | BadLine]) -> None:
        for record, result in _results(records, _normalizer(self.args), self.args.jobs, self.args.unbuffered):
            if result is None:
                self._bad(record)
                continue
            self.changed |= result.text != result.source
            self.passed += _undecodable(result.source)
            if self.args.report:
                self.shown.append((record.source, result))
            if self.args.explain:
                title = f"== {record.source}" + (f", record {record.number}" if record.number > 1 else "")
                print(title, result.explain(), sep="\n", file=sys.stderr)
            self._write(self._form(record, result))  # type: ignore[arg-type]

    def _form(self, record: Record, result: Normalized) -> bytes:
        """The bytes to write for one record."""
        from .streams import encode

        if self.args.check:
            return b""
        if self.args.json:
            import json

            facts = {"file": record.source, "record": record.number, **result.to_dict()}
            return encode(json.dumps(facts, ensure_ascii=False)) + b"\n"
        if self.args.diff:
            from .diff import unified

            return encode("".join(unified(result, record.source)))
        return record.wrap(result.text)

    def _bad(self, record: Record | BadLine) -> bool:
        """Report a line that could not be read as a record; True where it is one."""
        from .streams import BadLine

        if not isinstance(record, BadLine):
            return False
        _complain(f"{record.source}: line {record.number}: {record.problem}")
        if not self.args.keep_going:
            raise FileError(f"{record.source}: stopped at line {record.number}; --keep-going passes such lines on")
        self.failed = True
        if not (self.args.json or self.args.detect or self.args.diff or self.args.check):
            self._write(record.data)
        return True

    def _write(self, data: bytes) -> None:
        self.out.write(data)
        if self.args.unbuffered:
            self.out.flush()


def _normalizer(args: argparse.Namespace) -> Normalizer:
    """The pipeline, by the settings file and what the command line says otherwise."""
    from . import settings
    from .config import STEPS
    from .pipeline import Normalizer

    path = args.config or (None if args.no_config else settings.find(Path.cwd()))
    known = settings.load(path) if path else settings.Settings()
    chosen = args.steps
    if chosen is None and args.skip:
        usual = STEPS if known.steps is None else known.steps
        chosen = tuple(step for step in usual if step not in args.skip)
    names = settings.gazetteer([*known.gazetteer, *map(Path, args.gazetteer or ())])
    settings.check_ids(known, names)
    return Normalizer(
        settings.config(
            known,
            steps=chosen,
            language=args.language,
            scheme=args.scheme,
            level=args.level,
            rewrite_dated=args.rewrite_dated,
            rules=(*known.rules, *map(Path, args.rules or ())) or None,
            gazetteer=names,
            all_names=bool(args.json or args.explain or args.report),
        )
    )


def _results(
    records: Iterable[Record | BadLine], normalizer: Normalizer, jobs: int, unbuffered: bool
) -> Iterator[tuple[Record | BadLine, Normalized | None]]:
    """Each record with what became of it, in order; None for a line that is none."""
    from .streams import BadLine

    waiting: deque[Record | BadLine] = deque()

    def texts() -> Iterator[str]:
        for record in records:
            waiting.append(record)
            if not isinstance(record, BadLine):
                yield record.text

    # Many at once are quicker; but what is to be seen at once must not wait for the texts behind it.
    results = map(normalizer.normalize, texts()) if unbuffered else normalizer.normalize_many(texts(), jobs)
    for result in results:
        while isinstance(waiting[0], BadLine):
            yield waiting.popleft(), None
        yield waiting.popleft(), result
    for record in waiting:
        yield record, None


def _watched(records: Iterator[Record | BadLine], stream: BinaryIO, progress: Progress) -> Iterator[Record | BadLine]:
    """*records*, with *progress* told how many bytes of the stream were read for them."""
    if not progress.shown:
        yield from records
        return
    at = stream.tell()
    for record in records:
        yield record
        at, before = stream.tell(), at
        progress.advance(at - before)


def _size(names: Iterable[str]) -> int:
    """Bytes of all inputs; 0 where one of them has no size, as a pipe has none."""
    total = 0
    for name in names:
        try:
            status = os.fstat(sys.stdin.fileno()) if name == "-" else Path(name).stat()
        except (OSError, ValueError):  # of which opening it will tell
            continue
        if not stat.S_ISREG(status.st_mode):
            return 0
        total += status.st_size
    return total


def _undecodable(text: str) -> int:
    from .streams import undecodable

    return undecodable(text)


def _known(encoding: str) -> str:
    import codecs

    if encoding != "auto":
        try:
            codecs.lookup(encoding)
        except LookupError:
            problem = f"{encoding!r} is no encoding that Python knows; try utf-8, cp1251, koi8-r or auto"
            raise FileError(problem) from None
    return encoding


class _opened:  # noqa: N801  reads like the built-in open
    """A file, or standard input, open for reading bytes.

    Raises:
        FileError: it cannot be opened or read; named in the message.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> BinaryIO:
        if self.name == "-":
            self.stream: BinaryIO = sys.stdin.buffer
            return self.stream
        try:
            self.stream = Path(self.name).open("rb")
        except IsADirectoryError:
            raise FileError(f"{self.name}: is a folder; ca-normalize-files works on folders") from None
        except OSError as error:
            raise FileError(f"{self.name}: {error.strerror}") from error
        return self.stream

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if self.name != "-":
            self.stream.close()
        if isinstance(error, OSError) and not isinstance(error, (BrokenPipeError, FileError)):
            raise FileError(f"{self.name}: {error.strerror}") from error
