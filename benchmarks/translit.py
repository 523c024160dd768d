"""Time transliteration beside Unidecode, and PyICU where it is installed, on one core and in one run.

    python benchmarks/translit.py FOLDER [--language ru] [--kilobytes 3]

FOLDER holds text files; each is cut into documents of a few kilobytes. Figures are MB of UTF-8 a second of CPU time,
the best of five runs: a machine that does other work gives other figures, but much the same ratios.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from unidecode import unidecode

from ca_normalize.config import Config
from ca_normalize.context import Context
from ca_normalize.result import Detection, Segment
from ca_normalize.steps.transliterate import transliterate as step
from ca_normalize.translit import transcriber


def documents(folder: Path, size: int) -> Iterator[str]:
    """Documents of about *size* bytes, whole lines each, from the files of *folder*."""
    for path in sorted(folder.glob("*.txt")):
        lines: list[str] = []
        for line in path.read_text("utf-8").splitlines():
            lines.append(line)
            if sum(len(part.encode()) for part in lines) >= size:
                yield "\n".join(lines)
                lines = []


def speed(job: Callable[[str], object], texts: Sequence[str]) -> float:
    """MB of UTF-8 a second of CPU time; the best of five runs."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    best = float("inf")
    for _ in range(5):
        started = time.process_time()
        for text in texts:
            job(text)
        best = min(best, time.process_time() - started)
    return size / best


def edits(language: str) -> Callable[[str], object]:
    """The step of the pipeline, with an edit a word."""
    detection = Detection(language, "Cyrl", 1.0)

    def job(text: str) -> object:
        context = Context(Config(language=language), detection, [Segment(0, len(text), detection)])
        return step(text, context)

    return job


def line_by_line(name: str) -> Callable[[str], object]:
    """An ICU transform, as PyICU is fastest."""
    from icu import Transliterator  # not a dependency; only compared with

    one = Transliterator.createInstance(name)
    return lambda text: "\n".join(one.transliterate(line) for line in text.split("\n"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", default="ru")
    parser.add_argument("--kilobytes", type=float, default=3)
    args = parser.parse_args()
    texts = list(documents(args.folder, int(1000 * args.kilobytes)))[:500]
    if not texts:
        parser.error(f"{args.folder}: holds no *.txt file of that size")
    jobs: dict[str, Callable[[str], object]] = {"Unidecode": unidecode}
    try:
        jobs["PyICU, line by line"] = line_by_line("Russian-Latin/BGN")
    except ImportError:
        print("PyICU is not installed: left out")
    jobs["transliterate()"] = transcriber(args.language)
    jobs["transliterate(), iso-9"] = transcriber(args.language, "iso-9")
    jobs["the step, an edit a word"] = edits(args.language)
    for name, job in jobs.items():
        print(f"{name:26} {speed(job, texts):6.1f} MB/s", flush=True)


if __name__ == "__main__":
    main()
