"""`ca-normalize-files`: check, show or normalize trees of files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__, standard
from .config import LANGUAGES, LEVELS
from .errors import CaNormalizeError, FileError
from .options import jobs, size, steps
from .progress import Progress
from .report import FORMATS, Report
from .usage import Parser

if TYPE_CHECKING:
    from .batch import Job, Task
    from .cache import CleanCache
    from .files import Selection
    from .settings import Settings

DEFAULT_STEPS = ("repair", "strip", "canonicalize")
DESCRIPTION = """\
Normalize files in place. By default nothing is written: --check lists what would change. Folders are walked; what git
ignores, binaries, and text with a syntax of its own (Markdown, HTML, JSON) are left out.
"""
EPILOG = """\
exit status:
  0 nothing to do; 1 files changed, or would; 2 wrong usage, or a file that could not be worked on
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status."""
    args = parser().parse_args(argv)
    return standard.run("ca-normalize-files", lambda: _run(args))


def parser() -> argparse.ArgumentParser:
    """The parser of the command line."""
    top = Parser(
        prog="ca-normalize-files",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files and folders")
    top.add_argument("--version", action="version", version=f"ca-normalize-files {__version__}")
    mode = top.add_mutually_exclusive_group()
    mode.add_argument("--check", dest="mode", action="store_const", const="check", help="list the edits (the default)")
    mode.add_argument("--diff", dest="mode", action="store_const", const="diff", help="show a unified diff")
    mode.add_argument("--write", dest="mode", action="store_const", const="write", help="write what changes")
    top.set_defaults(mode="check")
    top.add_argument("--format", choices=FORMATS, default="text", help="of the list of edits")
    top.add_argument("-j", "--jobs", type=jobs, default=1, metavar="N", help="processes; 0: one a core")
    which = top.add_argument_group("files")
    which.add_argument("--include", action="append", metavar="GLOB", help="only these; may be repeated")
    which.add_argument("--exclude", action="append", metavar="GLOB", help="not these, even where they are named")
    which.add_argument("--markup", action="store_true", help="also Markdown, HTML, JSON and the like, as plain text")
    which.add_argument("--field", metavar="NAME", help="of JSONL files: the field with the text")
    which.add_argument("--max-size", type=size, default=64 << 20, metavar="BYTES", help="skip larger files (64M)")
    work = top.add_argument_group("work")
    work.add_argument("--steps", type=steps, metavar="LIST", help=f"default: {','.join(DEFAULT_STEPS)}")
    work.add_argument("--level", choices=LEVELS, help="how much noise to strip (default: safe)")
    work.add_argument("--language", choices=LANGUAGES, metavar="CODE", help="of every file (default: detected)")
    work.add_argument("--scheme", metavar="NAME", help="of transliteration")
    work.add_argument(
        "--recurring", action="store_true", help="also strip lines that recur in three or more of the files"
    )
    work.add_argument("--keep-first", action="store_true", help="with --recurring: the first file keeps the line")
    work.add_argument("--config", type=Path, metavar="FILE", help="settings (default: the nearest upwards)")
    work.add_argument("--no-config", action="store_true", help="no settings file")
    work.add_argument("--no-cache", action="store_true", help="look at every file, also at those known to be clean")
    return top


def _run(args: argparse.Namespace) -> int:
    from .batch import Task
    from .files import Skipped, select

    report = Report(args.mode, args.format)
    settings = _settings(args)
    job, cache = _job(args, settings)
    paths: list[Path] = []
    seen: set[Path] = set()
    for path in args.paths:
        try:
            for found in select([path], _selection(args, settings), seen):
                if isinstance(found, Skipped):
                    report.skip(found)
                else:
                    paths.append(found)
        except CaNormalizeError as error:
            report.fail(str(error))
    tasks = _recurring(paths, args.keep_first) if args.recurring else (Task(path) for path in paths)
    _work(tasks, len(paths), job, cache, report, args.jobs)
    print(report.summary(), file=sys.stderr)
    return report.status


def _settings(args: argparse.Namespace) -> Settings:
    from . import settings

    path = args.config or (None if args.no_config else settings.find(Path.cwd()))
    return settings.load(path) if path else settings.Settings()


def _selection(args: argparse.Namespace, settings: Settings) -> Selection:
    from .files import Selection

    return Selection(
        tuple(args.include or settings.include),
        tuple(args.exclude or ()) + settings.exclude,
        args.markup,
        args.field or settings.field,
    )


def _job(args: argparse.Namespace, settings: Settings) -> tuple[Job, CleanCache | None]:
    from .batch import Job
    from .cache import CleanCache
    from .pipeline import Normalizer
    from .settings import check_ids, config, gazetteer

    chosen = config(
        settings,
        steps=next(steps for steps in (args.steps, settings.steps, DEFAULT_STEPS) if steps is not None),
        level=args.level or settings.level or "safe",
        language=args.language,
        scheme=args.scheme,
        comments=True,
        all_names=False,
        gazetteer=gazetteer(settings.gazetteer),
    )
    check_ids(settings, chosen.gazetteer)
    field = args.field or settings.field
    own = "".join(path.read_text("utf-8") for path in settings.gazetteer)
    cache = None if args.no_cache or args.recurring else CleanCache(chosen, f"{field}\n{own}")
    job = Job(Normalizer(chosen), args.mode, field, args.max_size)
    if cache:
        job.clean, job.salt = cache.known, cache.salt
    return job, cache


def _recurring(paths: Sequence[Path], keep_first: bool) -> Iterator[Task]:
    """The files with their lines that recur in others; the files are read twice."""
    from .batch import Task
    from .noise import RecurringLines

    lines = RecurringLines(keep_first=keep_first)
    lines.add_all(map(_text, paths))
    for path in paths:
        yield Task(path, lines.of(_text(path)))


def _text(path: Path) -> str:
    """The text of a file; empty where it cannot be read, of which its job will tell."""
    from .atomic import read
    from .batch import Document

    try:
        return Document(read(path).data).text
    except FileError:
        return ""


def _work(tasks: Iterable[Task], total: int, job: Job, cache: CleanCache | None, report: Report, workers: int) -> None:
    from .batch import groups
    from .parallel import ordered_map

    clean: set[bytes] = set()
    outcomes = chain.from_iterable(ordered_map(job, groups(tasks), workers, 1))
    try:
        with Progress(total, "files") as progress:
            for outcome in outcomes:
                report.add(outcome)
                if outcome.digest:
                    clean.add(outcome.digest)
                progress.advance()
    finally:
        if cache:
            cache.add(clean)


if __name__ == "__main__":
    sys.exit(main())
