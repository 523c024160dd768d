"""Time the pipeline and each of its steps beside the libraries that people use instead; prints a Markdown table.

python benchmarks/speed.py [--megabytes 3] [--texts FOLDER]
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import ca_normalize as ca

SEEDS = Path(__file__).parents[1] / "seeds"
LONG = 60  # code points of a line that no page has in common with another
Job = Callable[[list[str]], object]


def corpus(folder: Path, megabytes: float) -> list[str]:
    """Documents from *folder*, over and over, each time with other long lines: what recurs would be remembered."""
    pages = [path.read_text("utf-8").splitlines() for path in sorted(folder.glob("*.txt"))]
    documents, size = [], 0
    for number, page in enumerate(itertools.cycle(pages)):
        lines = (f"{line} ({number})" if len(line) > LONG else line for line in page)
        documents.append("\n".join(lines) + "\n")
        size += len(documents[-1].encode())
        if size >= megabytes * 1e6:
            return documents
    return documents


def speed(job: Job, documents: list[str]) -> float:
    """MB of UTF-8 a second of CPU time; the better of two runs, after one that is not counted."""
    job(documents[:10])
    best = float("inf")
    for _ in range(2):
        started = time.process_time()
        job(documents)
        best = min(best, time.process_time() - started)
    return sum(len(document.encode()) for document in documents) / 1e6 / best


def ours() -> dict[str, Job]:
    """Our jobs, by what they do."""
    whole = ca.Normalizer()
    return {
        "whole pipeline": lambda texts: list(whole.normalize_many(texts)),
        "repair": lambda texts: [ca.repair(text) for text in texts],
        "detect": ca.detect_many,
        "strip": lambda texts: [ca.strip_noise(text) for text in texts],
        "names": lambda texts: [ca.find_names(text) for text in texts],
        "transliterate": lambda texts: [ca.transliterate(text, language="ru") for text in texts],
    }


def peers() -> dict[str, tuple[str, Job]]:
    """What people use instead, by what it does."""
    import flashtext
    import ftfy
    import py3langid
    import unidecode

    finder = flashtext.KeywordProcessor(case_sensitive=True)
    for surface, identity in ca.Gazetteer.default().surfaces():
        finder.add_keyword(surface, identity)
    config = ftfy.TextFixerConfig(uncurl_quotes=False)
    single: dict[str, tuple[str, Callable[[str], object]]] = {
        "repair": ("ftfy", lambda text: ftfy.fix_text(text, config)),
        "detect": ("py3langid", py3langid.classify),
        "names": ("flashtext", finder.extract_keywords),
        "transliterate": ("Unidecode", unidecode.unidecode),
    }

    def each(function: Callable[[str], object]) -> Job:
        return lambda texts: [function(text) for text in texts]

    def one_after_another(texts: list[str]) -> None:
        for text, (_, function) in itertools.product(texts, single.values()):
            function(text)

    jobs = {what: (name, each(function)) for what, (name, function) in single.items()}
    return {"whole pipeline": (" + ".join(name for name, _ in single.values()), one_after_another), **jobs}


def rows(documents: list[str]) -> Iterable[str]:
    """The table, a line at a time."""
    yield "| job | ca_normalize, MB/s | instead | MB/s | ratio |"
    yield "| --- | --- | --- | --- | --- |"
    others = peers()
    for what, job in ours().items():
        mine = speed(job, documents)
        name, other = others.get(what, ("", None))
        if other is None:
            yield f"| {what} | {mine:.1f} | | | |"
            continue
        theirs = speed(other, documents[: max(10, len(documents) // 5)])
        yield f"| {what} | {mine:.1f} | {name} | {theirs:.1f} | {mine / theirs:.1f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=3)
    parser.add_argument("--texts", type=Path, default=SEEDS)
    args = parser.parse_args()
    for row in rows(corpus(args.texts, args.megabytes)):
        print(row, flush=True)


if __name__ == "__main__":
    main()
