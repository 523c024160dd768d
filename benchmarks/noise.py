"""How fast strip is, and that no input makes it slower than linear.

    python benchmarks/noise.py FILE...        texts to time; each file is one document

Figures are MB of UTF-8 a second of CPU time on one core, the best of three runs. The second table repeats a unit 1, 4
and 16 thousand times: the time a repetition must not grow.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from ca_normalize.config import LEVELS
from ca_normalize.noise.engine import clean
from ca_normalize.noise.rules import RuleSet, load

UNITS = (
    "[", "[caption id=", "[/caption]", "![", "![](", "Photo: ", "#tag ", "1 2 ", "\n", "Share\n", "a\n", "12:00\n", "©",
    "Latest news\n", "https://", "{{", "USD 1.1 ", "READ MORE: ", "cookie ", "a...\n", "Home\n", "\u0301", "KGS/USD",
    "A title of five words here\nanother one of that length\n", "Астана, 1 ", "  Астана — ", "09:00\nNews\n", "$ 5.1 ",
    "подпишитесь ", "При использовании материалов ", "[…]", "Home\n\n", "Brent 74.12 +0.4%\n", "«", "\ud800", "x" * 100,
)  # fmt: skip


def seconds(texts: Sequence[str], rules: RuleSet, runs: int = 3) -> float:
    """CPU seconds to strip all *texts*, the best of *runs*."""
    best = float("inf")
    for _ in range(runs):
        started = time.process_time()
        for text in texts:
            clean(text, rules)
        best = min(best, time.process_time() - started)
    return best


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    args = parser.parse_args()
    texts = [path.read_text("utf-8", "replace") for path in args.files]
    size = sum(len(text.encode()) for text in texts) / 1e6
    for level in LEVELS if texts else ():
        print(f"{level:12} {size / seconds(texts, load(level)):6.1f} MB/s")
    rules = load("default")
    for unit in UNITS:
        costs = [seconds([unit * count], rules, 1) / count * 1e6 for count in (1000, 4000, 16000)]
        slow = "  slower than linear" if costs[2] > 3 * costs[0] + 1 else ""
        print(f"{unit!r:60.60} {costs[0]:8.2f} {costs[1]:8.2f} {costs[2]:8.2f} µs a unit{slow}")


if __name__ == "__main__":
    main()
