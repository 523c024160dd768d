"""Words of the languages that inflect by endings, taken apart. Imported where there are such words."""

from __future__ import annotations

from collections.abc import Sequence

from .inflect import ambiguous, barred, strip
from .parted import Set


class Stems:
    """Takes words apart by the endings of *languages*; their stems, less their last letter, are in *begun*."""

    def __init__(self, languages: Sequence[str], begun: Set) -> None:
        self._languages, self._begun = languages, begun

    def of(self, folded: str) -> list[tuple[str, str]]:
        """Ways to read *folded* as a stem and an ending, the shortest ending of each language first."""
        found: dict[str, str] = {}
        for language in self._languages:
            pairs = [pair for pair in strip(folded, language, self._begun) if pair[0][:-1] in self._begun]
            if pairs and not barred(folded, language) and not ambiguous(folded, language):
                for stem, ending in pairs:
                    found.setdefault(stem, ending)
        return list(found.items())
