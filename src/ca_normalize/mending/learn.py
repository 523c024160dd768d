"""Learn data/repair/bigrams.toml: how likely one letter follows another, in each language.

    python -m ca_normalize.mending.learn FOLDER [FOLDER...] > data/repair/bigrams.toml

The folders hold ``<language>_<Script>.txt``, a sentence a line. A Cyrillic language gets a table of its own; all Latin
ones share one, to which each gives as much. Only figures go into the file, no text.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

from .bigrams import CLASSES, DIGITS, STEPS_A_NAT, sign_class

RARE = 3e-6  # share of the letters of a language under which a letter is not of its alphabet
SMOOTH = 20  # a pair counts as if its letters had met this often, as chance would have it
LATIN = "Latn"

Counts = Counter[tuple[str, str]]


def main() -> None:
    """Read the folders and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--leave", type=int, default=0, metavar="N", help="leave every Nth line out, for a test")
    args = parser.parse_args()
    tables: dict[str, list[Counts]] = {}
    for path in sorted(path for folder in args.folders for path in folder.glob("*.txt")):
        language, script = path.stem.split("_")
        if script in (LATIN, "Cyrl"):
            lines = path.read_text("utf-8").split("\n")
            kept = [line for number, line in enumerate(lines) if not args.leave or number % args.leave]
            tables.setdefault(LATIN if script == LATIN else language, []).append(count(kept, script))
    sys.stdout.write("# Made by `python -m ca_normalize.mending.learn`; do not edit. docs/repair.md explains it.\n")
    for name, counts in sorted(tables.items()):
        sys.stdout.write(table(name, counts))


def count(lines: list[str], script: str) -> Counts:
    """Pairs of signs, lower case, in the lines that are mostly in *script*."""
    known = {"Cyrl": "CYRILLIC", LATIN: "LATIN"}[script]
    counts: Counts = Counter()
    for line in lines:
        letters = [char for char in line if char.isalpha()]
        if sum(unicodedata.name(char, "").startswith(known) for char in letters) < 0.9 * len(letters):
            continue
        for word in line.lower().split():
            signs = [sign_class(char, known) or char for char in f" {word} "]
            counts.update(pairwise(signs))
    return counts


def table(name: str, counts: list[Counts]) -> str:
    """One table as TOML, each language with the same weight."""
    shares: Counts = Counter()
    for one in counts:
        total = one.total()
        for pair, number in one.items():
            shares[pair] += number * 1_000_000 / total / len(counts)  # type: ignore[assignment]
    first: Counter[str] = Counter()
    for (before, _), share in shares.items():
        first[before] += share
    letters = sorted(sign for sign in first if sign not in CLASSES and first[sign] > RARE * first.total())
    signs = CLASSES + "".join(letters)
    rows = [_row(before, signs, shares, first) for before in signs]
    body = "\n".join(f"  {row!r}," for row in rows)
    return f'\n[{name}]\nletters = "{"".join(letters)}"\nrows = [\n{body}\n]\n'


def _row(before: str, signs: str, shares: Counts, first: Counter[str]) -> str:
    """What each sign costs after *before*: a digit a sign, in steps of a quarter of a nat."""
    from math import log

    total = first.total()
    row = []
    for after in signs:
        chance = (first[after] + 0.5) / (total + 0.5 * len(signs))
        probability = (shares[before, after] + SMOOTH * chance) / (first[before] + SMOOTH)
        row.append(DIGITS[min(len(DIGITS) - 1, round(-log(probability) * STEPS_A_NAT))])
    return "".join(row)


if __name__ == "__main__":
    main()
