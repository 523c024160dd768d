"""Words of the languages that inflect by endings, taken apart. Imported where there are such words."""

from __future__ import annotations

from collections.abc import Sequence

from .inflect import ambiguous, barred
from .inflection.affix import splits
from .inflection.suffixes import LANGUAGES, table
from .parted import Set


class Stems:
    """Takes words apart by the endings of *languages*; their stems, less their last letter, are in *begun*."""

    def __init__(self, languages: Sequence[str], begun: Set) -> None:
        self._tables = [(language, table(language)) for language in languages if language in LANGUAGES]
        self._begun = begun

    def of(self, folded: str) -> list[tuple[str, str]]:
        """Ways to read *folded* as a stem and an ending, the shortest ending of each language first."""
        found: dict[str, str] = {}
        for language, made in self._tables:
            pairs = splits(folded, made, self._begun)
            if pairs and not barred(folded, language) and not ambiguous(folded, language):
                for stem, ending, _ in pairs:
                    if stem[:-1] in self._begun:
                        found.setdefault(stem, ending)
        return list(found.items()) if found else []
