"""The options of the `ca-normalize` command: the one source of --help, the man page and shell completion."""

from __future__ import annotations

import argparse
from pathlib import Path

from . import __version__
from .config import LANGUAGES, LEVELS, STEPS
from .errors import UsageError, choices
from .usage import Parser

DESCRIPTION = """\
Clean Central-Asian news text: mend broken characters, strip scraped noise, give each name one spelling and put all
into one script. Reads each FILE, or standard input, and writes the clean text to standard output.
"""
EPILOG = """\
examples:
  ca-normalize page.txt                       clean one document
  curl -s URL | ca-normalize --explain        and say on standard error what was changed, by which rule
  ca-normalize --skip transliterate page.txt  keep the script of the text
  ca-normalize --lines < titles.txt           a record a line
  ca-normalize --jsonl --field body in.jsonl  one field of each JSON line; the others stay as they are
  ca-normalize --check *.txt                  1 if anything would change, and nothing else

exit status:
  0 done; 1 something changed or would (--check, --diff); 2 wrong usage, or a file that could not be read
"""
SHELLS = ("bash", "zsh", "fish")
MAX_SIZE = 256 * 1024 * 1024  # bytes of one record; a document of this size takes about 4 GB of memory


def steps(text: str) -> tuple[str, ...]:
    """The argument of --steps and --skip: names with commas between them.

    Raises:
        argparse.ArgumentTypeError: one is no step.
    """
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    for name in names:
        if name not in STEPS:
            raise argparse.ArgumentTypeError(choices(name, STEPS, "step"))
    return names


def size(text: str) -> int:
    """The argument of --max-size: bytes, or with K, M or G."""
    factor = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}.get(text[-1:].upper(), 1)
    digits = text if factor == 1 else text[:-1]
    if not digits.isdecimal() or int(digits) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write bytes, or 512K, 64M, 1G")
    return int(digits) * factor


def jobs(text: str) -> int:
    """The argument of --jobs: 0 for one a core."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of jobs; write 1 or more, or 0 for one a core")
    return int(text)


def parser() -> argparse.ArgumentParser:
    """The parser of the command line."""
    top = Parser(
        prog="ca-normalize",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("files", nargs="*", metavar="FILE", help="a file, or - for standard input (the default)")
    top.add_argument("--version", action="version", version=f"ca-normalize {__version__}")
    _records(top.add_argument_group("records", "what is one text; a whole FILE unless one of these is given"))
    _output(top.add_argument_group("output", "the clean text, unless one of these is given"))
    _work(top.add_argument_group("work"))
    return top


def _records(group: argparse._ArgumentGroup) -> None:
    kinds = group.add_mutually_exclusive_group()
    kinds.add_argument("--lines", action="store_true", help="each line is a record; its ending is kept")
    kinds.add_argument("-0", "--null", action="store_true", help="each record ends with a NUL byte")
    kinds.add_argument("--jsonl", action="store_true", help="each line is a JSON object; --field is normalized")
    group.add_argument("--field", metavar="NAME", help="with --jsonl: the field with the text")
    group.add_argument("--out-field", metavar="NAME", help="with --jsonl: where to write it (default: over the text)")
    group.add_argument("--keep-going", action="store_true", help="with --jsonl: pass on lines that are not JSON")
    group.add_argument(
        "--encoding", metavar="NAME", help="of the input; auto guesses (default: auto for documents, UTF-8 for records)"
    )
    group.add_argument(
        "--errors",
        choices=("pass", "strict"),
        default="pass",
        help="bytes that cannot be decoded: pass them through, or stop",
    )
    group.add_argument(
        "--max-size", type=size, default=MAX_SIZE, metavar="BYTES", help="refuse larger records (default: 256M)"
    )
    group.add_argument("-u", "--unbuffered", action="store_true", help="write each record at once; one process")
    group.add_argument(
        "-j", "--jobs", type=jobs, default=1, metavar="N", help="processes; 0: one a core; the order is kept"
    )


def _output(group: argparse._ArgumentGroup) -> None:
    forms = group.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="a JSON line a record: text, edits, names, metadata")
    forms.add_argument("--detect", action="store_true", help="a line a record: language tag and confidence")
    forms.add_argument("--diff", action="store_true", help="a unified diff; exit with 1 where there is one")
    forms.add_argument("--check", action="store_true", help="nothing; exit with 1 where anything would change")
    forms.add_argument("--check-rules", action="append", metavar="FILE", help="check a file of noise rules, and stop")
    forms.add_argument("--completion", choices=SHELLS, help="print a script for the completion of your shell, and stop")
    group.add_argument("--report", type=Path, metavar="FILE", help="also write an HTML page with every edit marked")
    group.add_argument("--explain", action="store_true", help="say on standard error what was changed, by which rule")


def _work(group: argparse._ArgumentGroup) -> None:
    which = group.add_mutually_exclusive_group()
    which.add_argument("--steps", type=steps, metavar="LIST", help=f"only these: {','.join(STEPS)}")
    which.add_argument("--skip", type=steps, metavar="LIST", help="all but these")
    group.add_argument("--language", choices=LANGUAGES, metavar="CODE", help="of every text (default: detected)")
    group.add_argument("--scheme", metavar="NAME", help="of transliteration (default: press, or national)")
    group.add_argument("--level", choices=LEVELS, help="how much noise to strip (default: default)")
    group.add_argument(
        "--rewrite-dated", action="store_true", default=None, help="also rewrite former names (Nur-Sultan)"
    )
    group.add_argument("--rules", action="append", metavar="FILE", help="noise rules of your own; may be repeated")
    group.add_argument("--gazetteer", action="append", metavar="FILE", help="names of your own; may be repeated")
    group.add_argument("--config", type=Path, metavar="FILE", help="settings (default: the nearest upwards)")
    group.add_argument("--no-config", action="store_true", help="no settings file")


def check(args: argparse.Namespace) -> None:
    """What argparse cannot see.

    Raises:
        UsageError: options that do not go together.
    """
    if args.jsonl and not args.field:
        raise UsageError("--jsonl needs --field: the name of the field that holds the text")
    for option in ("field", "out_field", "keep_going"):
        if getattr(args, option) and not args.jsonl:
            raise UsageError(f"--{option.replace('_', '-')} goes with --jsonl only")
