"""Lines that recur across the documents of a collection: the furniture of a site that no rule knows yet.

Two passes: `RecurringLines.add` each document, then ask `RecurringLines.of` each which of its lines to delete. Memory
is bounded: lines are counted by a hash of eight bytes, and when the table is full, the rarest are forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b

from .schema import Structure

MIN_DOCUMENTS = 3
MAX_CHARS = 120
MAX_LINES = 2_000_000  # about 200 MB

RECURRING = Structure(
    id="recurring-line",
    cls="duplicate_block",
    why="a line that stands in several documents of the collection",
    kind="recurring",
    tier="default",
    params={},
    positive=(),
    negative=(),
)


class RecurringLines:
    """Counts lines over documents, and says which lines of a document recur.

    Args:
        min_documents: a line that stands in so many documents recurs.
        max_chars: longer lines never do (code points).
        keep_first: leave a line in the document, of those asked about with `of`, where it stands first.
        max_lines: how many different lines to count at once.

    >>> lines = RecurringLines()
    >>> for text in ("Read Kun\\nOne", "Read Kun\\nTwo", "Read Kun\\nThree"):
    ...     lines.add(text)
    >>> lines.of("Read Kun\\nFour")
    frozenset({'Read Kun'})
    """

    def __init__(
        self,
        min_documents: int = MIN_DOCUMENTS,
        max_chars: int = MAX_CHARS,
        *,
        keep_first: bool = False,
        max_lines: int = MAX_LINES,
    ) -> None:
        self.min_documents = min_documents
        self.max_chars = max_chars
        self.keep_first = keep_first
        self.max_lines = max_lines
        self._counts: dict[bytes, int] = {}
        self._shown: set[bytes] = set()

    def add(self, text: str) -> None:
        """Count each line of a document once."""
        counts = self._counts
        for name in {_name(line) for line in self._lines(text)}:
            counts[name] = counts.get(name, 0) + 1
        if len(counts) > self.max_lines:
            self._forget()

    def add_all(self, texts: Iterable[str]) -> None:
        """Count the lines of many documents; reads them as needed."""
        for text in texts:
            self.add(text)

    def of(self, text: str) -> frozenset[str]:
        """The lines of a document that recur and are to go, without the white space around them."""
        going = set()
        for line in dict.fromkeys(self._lines(text)):
            name = _name(line)
            if self._counts.get(name, 0) >= self.min_documents:
                if self.keep_first and name not in self._shown:
                    self._shown.add(name)
                else:
                    going.add(line)
        return frozenset(going)

    def _lines(self, text: str) -> Iterator[str]:
        for line in text.split("\n"):
            bare = line.strip()
            if 1 < len(bare) <= self.max_chars and any(sign.isalnum() for sign in bare):
                yield bare

    def _forget(self) -> None:
        """Drop the rarest lines until half of the table is free; a line that recurs comes again and is counted anew."""
        least = 1
        while len(self._counts) > self.max_lines // 2:
            self._counts = {name: count for name, count in self._counts.items() if count > least}
            least += 1


def _name(line: str) -> bytes:
    return blake2b(line.encode("utf-8", "surrogatepass"), digest_size=8).digest()
