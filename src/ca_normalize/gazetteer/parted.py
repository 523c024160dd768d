"""Large tables of strings: quick for JSON to read, and taken apart only where they are looked at.

A table is kept in parts, by the first letters of its keys; each part is one string, its keys before its values.
A short text looks at few of the parts, so that a command that cleans one page does not wait for all names to be read.
A part that was taken apart is let go as a string.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

# what is kept in one string is parted by the signs for separators, which JSON need not escape
RECORD, FIELD, GROUP = "\u241e", "\u241f", "\u241d"
LEAD = 2  # letters of a key that say which part it is in


def table_parts(table: dict[str, str]) -> dict[str, str]:
    """What `Table` takes."""
    parts: dict[str, tuple[list[str], list[str]]] = {}
    for key, value in table.items():
        keys, values = parts.setdefault(key[:LEAD], ([], []))
        keys.append(key)
        values.append(value)
    return {lead: RECORD.join(keys) + FIELD + RECORD.join(values) for lead, (keys, values) in parts.items()}


def set_parts(keys: Iterable[str]) -> dict[str, str]:
    """What `Set` takes."""
    parts: dict[str, list[str]] = {}
    for key in sorted(keys):
        parts.setdefault(key[:LEAD], []).append(key)
    return {lead: RECORD.join(some) for lead, some in parts.items()}


class Table:
    """A table of strings, from what `table_parts` made, which is used up."""

    def __init__(self, parts: dict[str, str]) -> None:
        self._parts, self._leads = parts, list(parts)
        self._open: dict[str, dict[str, str]] = {}

    def get(self, key: str) -> str | None:
        """The value of *key*; None where there is none."""
        part = self._open.get(key[:LEAD])
        if part is None:
            part = self._part(key[:LEAD])
        return part.get(key)

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def __iter__(self) -> Iterator[str]:
        for lead in self._leads:
            yield from self._open.get(lead) or self._part(lead)

    def _part(self, lead: str) -> dict[str, str]:
        kept = self._parts.get(lead)
        if kept is None:  # there is no such part, or another thread has just opened it
            return self._open.get(lead, {})
        keys, _, values = kept.partition(FIELD)
        part = self._open[lead] = dict(zip(keys.split(RECORD), values.split(RECORD), strict=True))
        self._parts.pop(lead, None)
        return part


class Set:
    """A set of strings, from what `set_parts` made, which is used up."""

    def __init__(self, parts: dict[str, str]) -> None:
        self._parts = parts
        self._open: dict[str, frozenset[str]] = {}

    def __contains__(self, key: str) -> bool:
        part = self._open.get(key[:LEAD])
        if part is None:
            part = self._part(key[:LEAD])
        return key in part

    def _part(self, lead: str) -> frozenset[str]:
        kept = self._parts.get(lead)
        if kept is None:
            return self._open.get(lead, frozenset())
        part = self._open[lead] = frozenset(kept.split(RECORD))
        self._parts.pop(lead, None)
        return part
