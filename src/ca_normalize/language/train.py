"""Train the language model: ``python -m ca_normalize.language.train FOLDER... --out model.bin``.

A folder holds a file a language, named like ``kk_Cyrl.txt``, a sentence a line; lines of languages that the model is
not to know, but must not take for one of its own, are in ``xx_Cyrl.txt`` and the like. How it is done is set in
data/language/training.toml. The same folders and settings give the same model, byte for byte.

It is multinomial naive Bayes: the weight of a feature for a language is the logarithm of how much more frequent it is
there than on average over the languages of the script. Only the features that say most are kept, and of those only the
first have weights of their own; the others share rows of weights with features like them.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import data
from ..errors import DataError
from . import features, model
from .letters import letters

OTHER = "xx"
LINES = 2000  # counted at once
BLOCK = 50  # lines that are taken to be in one language, among those in other languages
ROUNDS = 8  # of k-means
STRIDE = 8  # each so many of the most telling features is a first centre
MODEL_SETTINGS = ("step", "scale", "decay", "fade", "priors")

Counts = NDArray[np.float32]
Ints = NDArray[np.int64]


class Text(NamedTuple):
    """Some lines of one language: `label` is like ``kk_Cyrl``."""

    label: str
    folder: str
    lines: list[str]


def train(folders: Sequence[Path], settings_path: Path) -> model.Model:
    """A model from the text in *folders*.

    Raises:
        DataError: a folder is empty, or the settings lack something.
    """
    table = data.read_toml(settings_path)
    try:
        texts = [text for folder in folders for text in read(folder)]
        texts += [*derived(texts, table["derive"]), *romanized(texts, table["romanization"])]
        written = {text.label.rpartition("_")[2] for text in texts}
        tables = {script: _script(script, texts, table) for script in table["scripts"] if script in written}
        return model.Model(tables, {key: table["settings"][key] for key in MODEL_SETTINGS})
    except KeyError as error:
        problem = "is missing; see the copy that came with the package"
        raise DataError(problem, file=settings_path, entry=str(error)) from error


def read(folder: Path) -> Iterator[Text]:
    """The files of a folder, sorted by name."""
    paths = sorted(folder.glob("*_*.txt"))
    if not paths:
        raise DataError("holds no training text: files named like kk_Cyrl.txt", file=folder)
    for path in paths:
        yield Text(path.stem, folder.name, [line for line in path.read_text("utf-8").split("\n") if line.strip()])


def derived(texts: Iterable[Text], rules: list[dict[str, Any]]) -> Iterator[Text]:
    """Text in a second alphabet of a language, from that in its first."""
    for rule in rules:
        respell = speller(rule["letters"])
        for text in list(texts):
            if text.label == rule["from"] and text.folder in rule["folders"]:
                yield Text(rule["to"], text.folder, [respell(line) for line in text.lines])


def romanized(texts: Iterable[Text], rule: dict[str, Any]) -> Iterator[Text]:
    """Text in Latin letters that is no language of the model, a label a group of languages."""
    respell = speller(rule["letters"])
    for number, group in enumerate(rule["from"]):
        for text in list(texts):
            if text.label in group:
                lines = text.lines[: rule["lines"]]
                yield Text(f"{number}{rule['to']}", text.folder, [respell(line) for line in lines])


def speller(table: dict[str, str]) -> Callable[[str], str]:
    """A function that rewrites a line, in lower case, by *table*; the longest match first, ``^`` begins a word."""
    marks = dict.fromkeys(np.flatnonzero(letters().fold == ord("'")).tolist(), "'")
    if all(len(source) == 1 for source in table):
        plain = str.maketrans(table)
        return lambda line: line.lower().translate(marks).translate(plain)
    sources = sorted((source.removeprefix("^") for source in table), key=lambda source: (-len(source), source))
    pattern = re.compile("|".join(map(re.escape, dict.fromkeys(sources))))

    def respell(line: str) -> str:
        line = line.lower().translate(marks)

        def replace(match: re.Match[str]) -> str:
            source, start = match[0], match.start()
            first = start == 0 or not (line[start - 1].isalpha() or line[start - 1] == "'")
            return table[f"^{source}"] if first and f"^{source}" in table else table[source]

        return pattern.sub(replace, line)

    return respell


class Counter:
    """Counts features by label, and over all by order."""

    def __init__(self) -> None:
        self.orders = np.zeros((features.ORDERS, 2**features.BITS), np.float32)

    def count(self, lines: Sequence[str]) -> Counts:
        """How often each feature occurs in *lines*."""
        total = np.zeros(2**features.BITS, np.float32)
        for start in range(0, len(lines), LINES):
            batch = features.batch(lines[start : start + LINES])
            for order, found in enumerate(features.hashes(batch.codes)):
                seen = np.bincount(found, minlength=len(total)).astype(np.float32)
                total += seen
                self.orders[order] += seen
        total[0] = 0
        return total


def _script(script: str, texts: Iterable[Text], table: dict[str, Any]) -> model.Table:
    """The table of one script."""
    settings, counter = table["settings"], Counter()
    plain, label = speller(table["plain"]), ""
    counts: dict[str, Counts] = {}
    others: list[Counts] = []
    for text in texts:
        label, _, written = text.label.rpartition("_")
        if written != script:
            continue
        weight = np.float32(table["folders"].get(text.folder, 1.0))
        if label == OTHER:
            others += [counter.count(text.lines[at : at + BLOCK]) for at in range(0, len(text.lines), BLOCK)]
            continue
        found = counter.count(text.lines) * weight
        found += counter.count([plain(line) for line in text.lines]) * (weight * np.float32(settings["plain"]))
        counts[label] = counts[label] + found if label in counts else found
    columns = [re.sub(r"^\d+", "", name) for name in sorted(counts)]
    rows = [counts[name] for name in sorted(counts)]
    for group in _groups(others, table["scripts"][script]["groups"]):
        columns.append("und")
        rows.append(group)
    order = np.array(settings["order_weights"])[counter.orders.argmax(0)]
    return _weights(tuple(columns), np.array(rows), order, settings, table["scripts"][script])


def _groups(blocks: Sequence[Counts], number: int) -> Iterator[Counts]:
    """Blocks of lines put together by likeness: languages that are not told apart, but are not alike either."""
    if not blocks:
        return
    counts = np.array(blocks)
    mean = counts.sum(0) / counts.sum()
    group = np.arange(len(counts)) * number // len(counts)
    for _ in range(ROUNDS):
        sums = np.array([counts[group == one].sum(0) for one in range(number)])
        shares = sums + 0.5 * mean * sums.sum(1, keepdims=True)
        shares /= np.maximum(shares.sum(1, keepdims=True), 1e-9)
        nearest = (counts @ np.log((shares + 1e-12) / (mean + 1e-12)).T.astype(np.float32)).argmax(1)
        if (nearest == group).all():
            break
        group = nearest
    for one in range(number):
        if (group == one).any():
            yield counts[group == one].sum(0)


def _weights(
    columns: tuple[str, ...],
    counts: Counts,
    order: NDArray[np.float64],
    settings: dict[str, Any],
    sizes: dict[str, int],
) -> model.Table:
    """Log-odds, of the features that say most, as small whole numbers."""
    seen = np.flatnonzero(counts.sum(0))
    places = counts.sum(1, keepdims=True, dtype=np.float64) / features.ORDERS
    mean = (counts[:, seen] / places).mean(0)
    shares = (counts[:, seen] + settings["smoothing"] * mean) / (places + settings["smoothing"])
    odds = np.log(shares / mean)
    worth = (shares * np.abs(odds)).sum(0).round(12)
    best = np.argsort(-worth, kind="stable")[: sizes["features"]]
    levels = np.round((odds[:, best].clip(settings["lowest"]) * order[seen[best]] / settings["step"]).round(6)).T
    levels = levels.clip(-(model.LEVELS // 2), model.LEVELS // 2 - 1)
    rows, numbers = _shared(levels, mean[best], sizes["rows"], sizes["shared"])
    sort = np.argsort(seen[best])
    return model.table(columns, seen[best][sort], numbers[sort], (rows + model.LEVELS // 2).astype(np.uint8))


def _shared(
    levels: NDArray[np.float64], mass: NDArray[np.float64], own: int, number: int
) -> tuple[NDArray[np.float64], Ints]:
    """Rows of weights, and the row of each feature: its own for the first, and a shared one for all others.

    The shared rows are the centres of k-means, each feature as heavy as it is frequent. Centres are kept to
    sixteenths: products and sums of such numbers are exact, so that every machine finds the same ones.
    """
    if len(levels) <= own:
        return levels, np.arange(len(levels))
    rest, heavy = levels[own:].astype(np.float32), mass[own:]
    centres = rest[: STRIDE * number : STRIDE].copy()
    for last in [*[False] * (ROUNDS - 1), True]:
        half = (centres**2).sum(1) / 2
        parts = np.array_split(rest, max(1, len(rest) // 20_000))
        nearest = np.concatenate([(part @ centres.T - half).argmax(1) for part in parts])
        if not last:
            total = np.bincount(nearest, heavy, minlength=len(centres))
            for column in range(rest.shape[1]):
                sums = np.bincount(nearest, heavy * rest[:, column], minlength=len(centres))
                moved = np.divide(sums, total, out=centres[:, column].astype(np.float64), where=total > 0)
                centres[:, column] = np.round(moved * 16) / 16
    return np.concatenate([levels[:own], np.round(centres)]), np.concatenate([np.arange(own), nearest + own])


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser("python -m ca_normalize.language.train", description="Train the language model.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="with files named like kk_Cyrl.txt")
    parser.add_argument("--out", type=Path, default=model.default_path(), help="the model (default: %(default)s)")
    parser.add_argument("--settings", type=Path, default=data.root() / "language" / "training.toml")
    options = parser.parse_args(arguments)
    model.save(train(options.folders, options.settings), options.out)


if __name__ == "__main__":
    main()
