"""The model: log-odds of hashed features for each language of a script, and what a text scores with them.

The file: a line of JSON (what it was trained with, and the languages of each script), then for each script an LZMA
stream. It holds a bit for each feature, set where the model has it; the number of the row of weights of each of those
(low bytes, then high bytes); and the rows, language by language. Rare features share rows (see `train`), so that four
times as many fit into a file of the same size.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import data
from ..errors import DataError
from .features import BITS, ORDERS, Batch, Ints, hashes
from .letters import letters

VERSION = 2
LEVELS = 16  # of a weight
LANE = 8  # weights in one 64-bit word: a byte each holds the sum of one place, for (ORDERS) * LEVELS < 256
CHUNK = 600  # places that are summed in 16 bits: CHUNK * (ORDERS) * LEVELS < 2 ** 16
LOW = np.uint64(0x00FF00FF00FF00FF)

Floats = NDArray[np.float64]


class Packed(NamedTuple):
    """The weights of one script, eight languages to a word.

    Attributes:
        rows: for each feature its row in the lanes; row 0, which says nothing, is of all that are not in the model.
        lanes: a row of weights each, a word for each eight languages: those of one feature lie side by side.
    """

    rows: NDArray[np.uint16]
    lanes: NDArray[np.uint64]


@dataclass(frozen=True)
class Table:
    """What is known of one script.

    Attributes:
        columns: the languages, ``und`` among them once for each group of other languages, ``und-Cyrl`` and the like
            for those in romanized spelling.
        stream: compressed features and weights.
        size: features in the model.
        height: rows of weights that they share.
    """

    columns: tuple[str, ...]
    stream: bytes
    size: int
    height: int

    @cached_property
    def packed(self) -> Packed:
        """The weights as they are used; unpacked when the script is first met."""
        size = 2**BITS // 8 + 2 * self.size + len(self.columns) * self.height
        plain = np.frombuffer(data.unpacked(f"language-{self.columns[0]}", self.stream, size), np.uint8)
        bits, numbers, weights = np.split(plain, [2**BITS // 8, 2**BITS // 8 + 2 * self.size])
        present = np.unpackbits(bits).nonzero()[0]
        rows = np.zeros(2**BITS, np.uint16)
        rows[present] = numbers[: self.size] + 256 * numbers[self.size :].astype(np.uint16) + 1
        count = -(-len(self.columns) // LANE)
        lanes = np.zeros((count, self.height + 1, LANE), np.uint8)
        lanes[:, 0] = LEVELS // 2
        for column, values in enumerate(weights.reshape(len(self.columns), self.height)):
            lanes[column // LANE, 1:, column % LANE] = values
        words = [np.ascontiguousarray(lane).view("<u8")[:, 0].astype(np.uint64) for lane in lanes]
        return Packed(rows, np.stack(words, axis=1))

    @cached_property
    def names(self) -> dict[str, list[int]]:
        """The languages, each with its columns."""
        names: dict[str, list[int]] = {}
        for number, column in enumerate(self.columns):
            names.setdefault(column, []).append(number)
        return names

    def scores(self, batch: Batch) -> Floats:
        """The sum of the weights of each text's features, a column a language. Only differences mean something."""
        rows, lanes = self.packed
        sums = np.zeros((len(batch.codes), lanes.shape[1]), np.uint64)
        for features in hashes(batch.codes):
            # No index is out of range: clip only spares the check.
            sums += lanes.take(rows.take(features, mode="clip"), axis=0, mode="clip")
        cuts, first = _cuts(batch.starts, batch.counts)
        width = lanes.shape[1]
        bytewise = np.empty((len(cuts) // 2, width, LANE), np.uint16)
        for odd in (0, 1):
            part = np.add.reduceat(sums >> np.uint64(8 * odd) & LOW, cuts, axis=0)[::2].astype("<u8", order="C")
            bytewise[:, :, odd::2] = part.view("<u2").reshape(-1, width, LANE // 2)
        chunks = bytewise.reshape(-1, width * LANE)
        result = chunks if len(first) == len(chunks) else np.add.reduceat(chunks, first, axis=0, dtype=np.int32)
        return result[:, : len(self.columns)].astype(np.float64)


def _cuts(starts: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """Where the texts are cut for summing: start, end, start, end; and which cut is the first of each text."""
    first = np.arange(len(counts))
    begin, end = starts, starts + counts
    if counts.max() > CHUNK:
        pieces = -(-counts // CHUNK)
        first = pieces.cumsum() - pieces
        begin = starts.repeat(pieces) + (np.arange(pieces.sum()) - first.repeat(pieces)) * CHUNK
        end = np.minimum(begin + CHUNK, end.repeat(pieces))
    cuts = np.empty(2 * len(begin), np.int64)
    cuts[::2], cuts[1::2] = begin, end
    return cuts, first


@dataclass(frozen=True)
class Model:
    """Tables by script, and how scores become probabilities.

    Attributes:
        tables: by ISO 15924 code.
        settings: ``step`` (of a weight, in nats); ``scale``, ``decay`` and ``fade`` (see `logits`); ``priors`` (in
            nats, by language).
    """

    tables: dict[str, Table]
    settings: dict[str, Any]

    def logits(self, script: str, scores: Floats, counts: Ints | int) -> Floats:
        """Logarithms of probabilities, but for a constant.

        Args:
            scores: a column a language; of many texts, or of one.
            counts: letters of each text.

        Features overlap, so that the sum of their weights says too much, the more so the longer the text: it is
        multiplied by ``scale * n ** -decay`` for a text of n letters. A prior counts half in a text of `fade` letters.
        """
        settings = self.settings
        size = counts if isinstance(counts, int) else counts[:, None]
        factor = settings["step"] * settings["scale"] * size ** -settings["decay"]
        result: Floats = scores * factor + self._priors[script] * (settings["fade"] / (settings["fade"] + size))
        return result

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages that it knows, without ``und`` and the like."""
        columns = (column for table in self.tables.values() for column in table.columns)
        return frozenset(column for column in columns if not column.startswith("und"))

    @cached_property
    def _priors(self) -> dict[str, Floats]:
        priors = self.settings["priors"]
        return {
            script: np.array([priors.get(column.partition("-")[0], 0.0) for column in table.columns])
            for script, table in self.tables.items()
        }


def default_path() -> Path:
    """The model that comes with the package."""
    return data.root() / "language" / "model.bin"


def load(path: Path) -> Model:
    """Read a model.

    Raises:
        DataError: the file cannot be read, is no model, or was trained with other letters or features than these.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}; see docs/language.md on training", file=path) from error
    head, _, body = content.partition(b"\n")
    try:
        header = json.loads(head)
        found = {key: header[key] for key in _fingerprint()}
        tables, at = {}, 0
        for script, entry in header["scripts"].items():
            stream = body[at : at + entry["bytes"]]
            tables[script] = Table(tuple(entry["columns"]), stream, entry["size"], entry["height"])
            at += entry["bytes"]
        model = Model(tables, header["settings"])
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"is no language model: {error!r}", file=path) from error
    if found == _fingerprint() and len(body) != at:
        raise DataError("is cut short; install ca_normalize again, or train the model again", file=path)
    if found != _fingerprint():
        raise DataError("was trained with other letters or features; train it again (docs/language.md)", file=path)
    return model


def save(model: Model, path: Path) -> None:
    """Write a model; the same model gives the same bytes."""
    scripts = {
        script: {"columns": table.columns, "size": table.size, "height": table.height, "bytes": len(table.stream)}
        for script, table in model.tables.items()
    }
    header = _fingerprint() | {"settings": model.settings, "scripts": scripts}
    body = b"".join(table.stream for table in model.tables.values())
    path.write_bytes(json.dumps(header, sort_keys=False).encode() + b"\n" + body)


def table(columns: tuple[str, ...], features: Ints, numbers: Ints, rows: NDArray[np.uint8]) -> Table:
    """A table from the *features* in it, sorted, the number of the row of each, and the *rows*: levels, by language."""
    import lzma

    present = np.zeros(2**BITS, bool)
    present[features] = True
    low, high = (numbers & 255).astype(np.uint8), (numbers >> 8).astype(np.uint8)
    plain = np.packbits(present).tobytes() + low.tobytes() + high.tobytes() + rows.T.tobytes()
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 0, "lp": 0, "pb": 0}]
    stream = lzma.compress(plain, lzma.FORMAT_XZ, lzma.CHECK_CRC32, filters=filters)
    return Table(columns, stream, len(features), len(rows))


def _fingerprint() -> dict[str, Any]:
    return {"format": VERSION, "bits": BITS, "orders": ORDERS, "levels": LEVELS, "letters": letters().digest}
