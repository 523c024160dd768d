"""`ca-gazetteer`: for those who curate names: check, find, add, stats, suggest. It never writes into the gazetteer."""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from . import __version__, standard
from .errors import DataError, FileError
from .usage import Parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status: 0, 1 where `check` finds something, 2 on wrong usage."""
    args = parser().parse_args(argv)
    return standard.run("ca-gazetteer", lambda: int(args.run(args)))


def parser() -> argparse.ArgumentParser:
    """The parser of the command line."""
    top = Parser(prog="ca-gazetteer", description="Work on the gazetteer of names.")
    top.add_argument("--version", action="version", version=f"ca-gazetteer {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="all data checks: of the package's files, or of FILEs beside them")
    check.add_argument("files", nargs="*", type=Path, metavar="FILE")
    check.set_defaults(run=_check)
    find = commands.add_parser("find", help="what stands in TEXT: entities, names, why or why not")
    find.add_argument("text", metavar="TEXT")
    find.set_defaults(run=_find)
    add = commands.add_parser("add", help="print the stub of an entity, to fill in")
    add.add_argument("label", metavar="LABEL", help="the English label")
    add.add_argument("--type", default="person")
    add.add_argument("--country", default="")
    add.set_defaults(run=_add)
    stats = commands.add_parser("stats", help="how many entities and names there are, by kind, country and language")
    stats.set_defaults(run=_stats)
    suggest = commands.add_parser("suggest", help="spellings in PATHs near listed names that are not listed")
    suggest.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="text files, or folders with .txt files")
    suggest.add_argument("--least", type=int, default=1, metavar="N", help="leave out what stands there less often")
    suggest.set_defaults(run=_suggest)
    return top


def _check(args: argparse.Namespace) -> int:
    from .gazetteer import checks, load

    found: list[DataError] = []
    entities = load.read([*load.files(), *args.files], found)
    found += checks.problems(entities)
    mine = {str(path) for path in args.files}
    found = [problem for problem in found if not mine or problem.file in mine]
    for problem in found:
        print(problem)
    names = sum(len(entity.names) for entity in entities)
    print(f"{len(entities)} entities, {names} names, {len(found)} problems", file=sys.stderr)
    return int(bool(found))


def _find(args: argparse.Namespace) -> int:
    from .gazetteer import Gazetteer
    from .gazetteer.possible import possible
    from .language import detect_document

    gazetteer = Gazetteer.default()
    detection, segments = detect_document(args.text)
    print(f"language: {detection.tag} ({detection.confidence:.2f})")
    names = gazetteer.find(args.text, segments, latin=True)
    for name in names:
        becomes = f" -> {name.replacement}" if name.replacement else ""
        print(
            f"{name.start}-{name.end} {name.surface}{becomes}: {name.canonical} ({name.type}, {name.id}) [{name.rule}]"
        )
    others = possible(gazetteer, args.text, segments)
    for start, end, entities in others:
        if any(name.start < end and start < name.end for name in names):
            continue
        print(f"{start}-{end} {args.text[start:end]}: not taken here; it could be")
        for row, entity in entities:
            asks = f", needs {' or '.join(row.needs)}" if row.needs else ""
            bars = f", not with {' or '.join(row.blocks)}" if row.blocks else ""
            print(f"    {entity.label} ({entity.type}, {entity.id}): {row.form}, {row.tier}{asks}{bars}")
    if not names and not others:
        for entity in gazetteer.lookup(args.text):
            print(f"look-up only: {entity.label} ({entity.type}, {entity.id})")
    return 0


def _add(args: argparse.Namespace) -> int:
    import json
    import unicodedata

    from .errors import UsageError, choices
    from .gazetteer.schema import TYPES

    if args.type not in TYPES:
        raise UsageError(choices(args.type, TYPES, "type of entity"))
    plain = unicodedata.normalize("NFKD", args.label).encode("ascii", "ignore").decode("ascii").lower()
    identity = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not identity:
        raise UsageError(f"{args.label!r} has no Latin letter; LABEL is the English label, which the id is made of")
    label = json.dumps(args.label, ensure_ascii=False)  # a string of JSON is one of TOML
    lines = [f"[{identity}]", f'type = "{args.type}"', f"country = {json.dumps(args.country)}"]
    lines += ['sex = ""', 'offices = [{ title = "", of = "", from = "" }]'] if args.type == "person" else []
    lines += ['sources = ["https://"]', f"checked = {datetime.date.today().isoformat()}", f"full.en = [{label}]"]
    lines += [f'full.{language} = [""]' for language in ("ru", "kk", "ky", "uz", "uz-Cyrl", "tg", "tk")]
    lines += ['surname.en = [""]', 'surname.ru = [""]'] if args.type == "person" else []
    print("\n".join(lines))
    return 0


def _stats(_args: argparse.Namespace) -> int:
    from .gazetteer import Gazetteer

    entities = list(Gazetteer.default())
    names = [name for entity in entities for name in entity.names]
    print(f"entities {len(entities)}\nnames {len(names)}")
    counts = (
        ("type", Counter(entity.type for entity in entities)),
        ("country", Counter(entity.country for entity in entities)),
        ("language", Counter(name.language for name in names)),
        ("form", Counter(name.form for name in names)),
        ("tier", Counter(name.tier for name in names)),
    )
    for what, counter in counts:
        for key, count in counter.most_common():
            print(f"{what} {key} {count}")
    return 0


def _suggest(args: argparse.Namespace) -> int:
    from .gazetteer import Gazetteer
    from .gazetteer.suggest import suggest

    for found in suggest(Gazetteer.default(), _texts(args.paths)):
        if found.count < args.least:
            break
        print(f"# {found.count} x, {found.how}: {', '.join(found.ids)}")
        for context in found.contexts:
            print(f"#   {context}")
        print(f'{{ name = "{found.surface}", sources = [""] }}\n')
    return 0


def _texts(paths: Sequence[Path]) -> Iterator[str]:
    from .mending import decode

    for path in paths:
        for file in sorted(path.rglob("*.txt")) if path.is_dir() else [path]:
            try:
                yield decode(file.read_bytes())
            except OSError as error:
                raise FileError(f"{file}: {error.strerror}") from error


if __name__ == "__main__":
    sys.exit(main())
