"""Time `ca-normalize-files` on a tree of small files, on one core; prints a Markdown table.

python benchmarks/files.py [--megabytes 10] [--texts FOLDER]
"""

from __future__ import annotations

import argparse
import contextlib
import io
import itertools
import resource
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from ca_normalize import batch_cli
from speed import SEEDS, corpus

SIZE = 10_000  # bytes of a file


def grow(folder: Path, documents: Iterable[str]) -> float:
    """Write *documents* to files of about `SIZE` bytes below *folder*; returns MB written."""
    written = 0
    texts = iter(documents)
    for number in itertools.count():
        content = ""
        while len(content.encode()) < SIZE and (text := next(texts, "")):
            content += text + "\n"
        if not content:
            break
        place = folder / f"{number // 100:03}"
        place.mkdir(exist_ok=True)
        written += (place / f"{number:05}.txt").write_bytes(content.encode())
    return written / 1e6


def seconds(folder: Path, *options: str) -> float:
    """CPU seconds that one run takes; what it prints is thrown away."""
    started = time.process_time()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        batch_cli.main([*options, "--no-config", "--jobs", "1", str(folder)])
    return time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=10)
    parser.add_argument("--texts", type=Path, default=SEEDS)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = grow(folder, corpus(args.texts, args.megabytes))
        seconds(folder / "000", "--check", "--no-cache")  # what is loaded once is not counted
        print("| run | MB/s |\n| --- | ---: |")
        for what, options in (
            ("check, files that would change", ("--check", "--no-cache")),
            ("write", ("--write", "--no-cache")),
            ("check, clean files", ("--check", "--no-cache")),
        ):
            print(f"| {what} | {size / seconds(folder, *options):.1f} |", flush=True)
        seconds(folder, "--check")  # the cache is made
        print(f"| check, clean files that the cache knows | {size / seconds(folder, '--check'):.0f} |")
        print(f"\nmost memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
