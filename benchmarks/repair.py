"""How much broken text is mended and how fast clean text is let through, on a folder of sentences.

    python benchmarks/repair.py FOLDER

FOLDER holds ``<language>_<Script>.txt``, a clean sentence a line. Prints the share of texts (three sentences each)
that come back to the letter after each chain, the clean texts that were changed, and MB of UTF-8 a second of CPU time.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

import ca_normalize
from ca_normalize.mending.encodings import chains

SETS = {"latin": "latin-1", "mixed": "", "kyrgyz": ""}


def texts(folder: Path) -> dict[str, list[str]]:
    """Texts of three sentences, a few of each file."""
    found = {}
    for path in sorted(folder.glob("*_*.txt")):
        lines = [line for line in path.read_text("utf-8").split("\n") if line.strip()]
        found[path.stem] = ["\n".join(lines[at : at + 3]) for at in range(0, len(lines) - 2, 30)]
    return found


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    corpus = texts(args.folder)
    pairs = [(SETS.get(c.written, c.written), SETS.get(c.read, c.read)) for c in chains() if c.first is None]
    for written, read in pairs:
        mended: Counter[bool] = Counter()
        for some in corpus.values():
            for text in some:
                try:
                    broken = text.encode(written).decode(read) if written and read else text
                except UnicodeError:
                    continue
                if broken != text:
                    mended[ca_normalize.repair(broken) == ca_normalize.repair(text)] += 1
        if mended:
            print(f"{written} read as {read}: {mended[True]} of {mended.total()} mended")
    for name, some in corpus.items():
        whole = ["\n\n".join(some)] * 5
        size = sum(len(text.encode()) for text in whole) / 1e6
        started = time.process_time()
        for text in whole:
            ca_normalize.repair(text)
        speed = size / (time.process_time() - started)
        changed = sum(ca_normalize.repair(text) != text for text in some)
        print(f"{name}: {changed} of {len(some)} clean texts changed; {speed:.1f} MB/s")


if __name__ == "__main__":
    main()
