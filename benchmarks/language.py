"""How good the language model is: ``python benchmarks/language.py FOLDER [--model MODEL]``.

FOLDER holds files like those that the model is trained from (``kk_Cyrl.txt``, a sentence a line; ``xx_Latn.txt`` for
lines in other languages), but not the same lines. The figures are percentages of right answers by language and length
of text, the calibration of the confidence, how often another language is taken for one of ours, what is left where
text was mistyped, and the speed.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ca_normalize import data
from ca_normalize.language.detector import Detector
from ca_normalize.language.train import OTHER, Text, read, speller

CORE = ("en_Latn", "ru_Cyrl", "kk_Cyrl", "ky_Cyrl", "uz_Latn", "uz_Cyrl", "tg_Cyrl", "tk_Latn")
Item = tuple[str, str]  # label, text


def cuts(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Name and text of each cut of some lines: sentences, five words, two words, and five sentences."""
    for line in lines:
        words = line.split()
        yield "sentence", line
        if len(words) >= 6:
            yield "5 words", " ".join(words[:5])
        bare = [word.strip('.,;:!?"«»“”()-–—') for word in words]
        plain = [word for word in bare if word.isalpha() and len(word) > 1]
        if len(plain) >= 4:
            yield "2 words", " ".join(plain[1:3])
    for start in range(0, len(lines) - 4, 5):
        yield "5 sentences", "\n".join(lines[start : start + 5])


def mistyped() -> dict[str, Callable[[str], str]]:
    """Ways in which scraped text differs from well written text, by name."""
    table = data.read_toml(data.root() / "language" / "training.toml")
    letters = data.read_toml(data.root() / "language" / "letters.toml")["look_alikes"]
    to_latin = str.maketrans(letters["Cyrl"], letters["Latn"])
    rng = random.Random(1)
    return {
        "as it is": str,
        "UPPER CASE": str.upper,
        "a URL behind it": lambda text: f"{text} https://www.example.com/news/world/2026/some-title-of-a-page.html",
        "look-alikes, each tenth letter": lambda text: "".join(
            letter.translate(to_latin) if rng.random() < 0.1 else letter for letter in text
        ),
        "no special letters": speller(table["plain"]),
        "other apostrophes": lambda text: text.translate(str.maketrans("'‘’ʻʼ`", "ʻ`'ʼ‘’")),
    }


def answers(detector: Detector, items: Iterable[Item]) -> list[tuple[str, str, float]]:
    """Label, answer and confidence of each text."""
    items = list(items)
    found = detector.detect_many([text for _, text in items])
    return [(label, f"{d.language}_{d.script}", d.confidence) for (label, _), d in zip(items, found, strict=True)]


def macro_f1(results: list[tuple[str, str, float]]) -> float:
    """Over the core languages that occur."""
    right, count = defaultdict(int), defaultdict(int)
    for label, answer, _ in results:
        right[label] += label == answer
        count[label] += 1
        count[answer] += 1
    core = [label for label in CORE if any(label == one for one, _, _ in results)]
    return 100 * sum(2 * right[label] / count[label] for label in core) / len(core)


def calibration(results: list[tuple[str, str, float]]) -> str:
    """Expected calibration error over ten bins, and how often answers at 0.9 and above are right."""
    bins = defaultdict(list)
    for label, answer, confidence in results:
        bins[min(int(confidence * 10), 9)].append((confidence, label == answer))
    error = sum(abs(sum(c for c, _ in one) - sum(r for _, r in one)) for one in bins.values()) / len(results)
    sure = [right for confidence, right in bins[9]]
    right, share = 100 * sum(sure) / max(1, len(sure)), 100 * len(sure) / len(results)
    return f"ECE {error:.3f}; at 0.9 and above {right:.2f} % right ({share:.0f} % of answers)"


def report(detector: Detector, texts: list[Text]) -> None:
    """Print all figures."""
    ours: dict[str, list[Item]] = defaultdict(list)
    for text in texts:
        if not text.label.startswith(OTHER):
            for cut, piece in cuts(text.lines):
                ours[cut].append((text.label, piece))
    if ours:
        accuracy(detector, ours)
    for text in texts:
        if text.label.startswith(OTHER):
            results = answers(detector, [(text.label, line) for line in text.lines])
            taken = sum(answer.split("_")[0] in detector.model.languages and sure >= 0.5 for _, answer, sure in results)
            print(f"{text.label}: {100 * taken / len(results):.2f} % of {len(results)} lines taken for one of ours")


def accuracy(detector: Detector, ours: dict[str, list[Item]]) -> None:
    """Print the figures for texts in our languages."""
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for cut, items in ours.items():
        started = time.process_time()
        results = answers(detector, items)
        seconds = time.process_time() - started
        size = sum(len(text.encode()) for _, text in items) / 1e6
        print(f"{cut}: macro-F1 {macro_f1(results):.2f}; {calibration(results)}; {size / seconds:.1f} MB/s")
        for label in sorted({label for label, _ in items}):
            mine = [answer == label for one, answer, _ in results if one == label]
            shares[label][cut] = 100 * sum(mine) / len(mine)
    print("\n| language | " + " | ".join(ours) + " |\n| --- |" + " --- |" * len(ours))
    for label, row in sorted(shares.items()):
        print(f"| {label} | " + " | ".join(f"{row.get(cut, 0):.1f}" for cut in ours) + " |")
    print()
    for name, change in mistyped().items():
        figures = {
            cut: macro_f1(answers(detector, [(label, change(text)) for label, text in ours[cut]]))
            for cut in ("sentence", "5 words")
        }
        print(f"{name}: macro-F1", ", ".join(f"{cut} {figure:.1f}" for cut, figure in figures.items()))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--limit", type=int, default=500, help="lines of a file")
    options = parser.parse_args()
    detector = Detector(options.model)
    texts = [text for folder in options.folder for text in read(folder)]
    report(detector, [text._replace(lines=text.lines[: options.limit]) for text in texts])


if __name__ == "__main__":
    main()
