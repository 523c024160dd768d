"""How fast names are found, beside flashtext with the same surfaces; and that no input makes it slower than linear.

    python benchmarks/names.py FILE...        texts to time; each file is one document

First the time to load the index and the memory that it takes; then MB of UTF-8 a second of CPU time on one core, the
best of three runs. The last table repeats a unit 1, 4 and 16 thousand times: the time a repetition must not grow.
flashtext is timed where it is installed.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ca_normalize import find_names
from ca_normalize.gazetteer import Gazetteer

UNITS = (
    "Astana ", "Tokayev ", "Kassym-Jomart ", "Алматы\n", "Казахстана, ", "«Астана» ", "президент Токаев. ", "U.S. ",
    "EEA ", "Turkey and ", "A", "A ", "А-", "Қазақстан-", "Toshkent'", "The Republic of ", "Верхне-Кайрактинськое ",
    "@Astana.kz/", "Navoi ", "Ош ", "С.-", "İ", "\n", " ", "Kassym Zhomart Tokaev ", "Iran, Iraq, ", "\ud800",
    "x" * 100 + " ",
)  # fmt: skip


def seconds(job: Callable[[str], object], texts: Sequence[str], runs: int = 3) -> float:
    """CPU seconds to do *job* on all *texts*, the best of *runs*."""
    best = float("inf")
    for _ in range(runs):
        started = time.process_time()
        for text in texts:
            job(text)
        best = min(best, time.process_time() - started)
    return best


def flashtext(gazetteer: Gazetteer) -> Callable[[str], object] | None:
    """The same surfaces in flashtext; None where it is not installed."""
    try:
        from flashtext import KeywordProcessor
    except ImportError:
        return None
    finder = KeywordProcessor(case_sensitive=True)
    for surface, identity in gazetteer.surfaces():
        finder.add_keyword(surface, identity)
    return lambda text: finder.extract_keywords(text, span_info=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    texts = [path.read_text("utf-8") for path in parser.parse_args().files]
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    gazetteer = Gazetteer.default()
    count = len(gazetteer)
    loaded = time.process_time() - started
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{count} entities, {sum(1 for _ in gazetteer.surfaces())} names: {loaded:.3f} s, {memory:.0f} MB")
    size = sum(len(text.encode()) for text in texts) / 1e6
    if texts:
        print(f"find         {size / seconds(gazetteer.find, texts):6.2f} MB/s")
        print(f"find_names   {size / seconds(find_names, texts):6.2f} MB/s")
        other = flashtext(gazetteer)
        if other:
            print(f"flashtext    {size / seconds(other, texts):6.2f} MB/s")
    print("microseconds a repetition, at 1, 4 and 16 thousand")
    for unit in UNITS:
        times = [seconds(gazetteer.find, [unit * (n * 1000)], 1) / n * 1000 for n in (1, 4, 16)]
        print(f"{ascii(unit)[:28]:30} {times[0]:8.2f} {times[1]:8.2f} {times[2]:8.2f}")


if __name__ == "__main__":
    main()
