"""What can go wrong, and how to mend it.

Every error says what is wrong, where (file, line, entry) and what to do about it. All of them descend from
`CaNormalizeError`, so one ``except`` catches whatever this package raises on purpose.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


class CaNormalizeError(Exception):
    """Base of all errors of this package."""


class UsageError(CaNormalizeError, ValueError):
    """An argument or option has a value that it cannot have."""


class ConfigError(CaNormalizeError):
    """A configuration file holds something that it should not."""


class FileError(CaNormalizeError, OSError):
    """A file could not be read, decoded or written."""


class DataError(CaNormalizeError):
    """A data file (rules, schemes, gazetteer, model) breaks its schema.

    The message reads ``FILE:LINE: ENTRY: PROBLEM``, as compilers write it, so that editors can jump there.
    """

    def __init__(self, problem: str, *, file: str | Path = "", line: int = 0, entry: str = "") -> None:
        self.problem, self.file, self.line, self.entry = problem, str(file), line, entry
        place = f"{file}:{line}" if file and line else f"{file}"
        super().__init__(": ".join(part for part in (place, entry, problem) if part))

    def __reduce__(self) -> tuple[object, ...]:
        return (_data_error, (self.problem, self.file, self.line, self.entry))


def _data_error(problem: str, file: str, line: int, entry: str) -> DataError:
    return DataError(problem, file=file, line=line, entry=entry)


def choices(value: object, allowed: Iterable[str], what: str) -> str:
    """A sentence for an error message: *value* is no *what*; the nearest, and all, choices.

    >>> choices("agressive", ["safe", "default", "aggressive"], "level")
    "'agressive' is no level: did you mean 'aggressive'? There are: safe, default, aggressive"
    """
    names = list(allowed)
    near = nearest(value, names)
    hint = f": did you mean {near!r}? T" if near else "; t"
    return f"{value!r} is no {what}{hint}here are: {', '.join(names)}"


def nearest(value: object, allowed: Iterable[str]) -> str:
    """What was meant by *value*, if it is not far from one of those allowed; else an empty string."""
    import difflib

    return next(iter(difflib.get_close_matches(str(value), list(allowed), n=1, cutoff=0.5)), "")
