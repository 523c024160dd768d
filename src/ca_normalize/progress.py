"""How far a command is: a bar on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tqdm import tqdm


DELAY = 0.5  # seconds before a bar is shown


class Progress:
    """A bar that is gone when all is done, without colours.

    There is none where nobody would see it, or there is nothing to wait for.

    Args:
        total: what there is to do; less than 2 for what is not known, or is done at once.
        unit: what is counted: ``files``, or ``B`` for bytes.

    Attributes:
        shown: whether there is a bar.
    """

    def __init__(self, total: int, unit: str) -> None:
        self._bar: tqdm[None] | None = None
        self.shown = total > 1 and sys.stderr.isatty()
        if self.shown:
            from tqdm import tqdm

            name = unit if unit == "B" else f" {unit}"
            options = {"unit": name, "unit_scale": unit == "B", "leave": False, "delay": DELAY, "file": sys.stderr}
            self._bar = tqdm(total=total, **options)

    def advance(self, count: int = 1) -> None:
        """So much more is done."""
        if self._bar is not None:
            self._bar.update(count)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()
