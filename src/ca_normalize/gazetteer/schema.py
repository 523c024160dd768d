"""What a gazetteer is made of: entities, their names, and the words that the schema knows (docs/gazetteer.md)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

TYPES = (
    "person", "country", "region", "district", "city", "area", "river", "lake", "sea", "mountain", "desert",
    "airport", "border-post", "deposit", "plant", "pipeline", "corridor", "company", "bank", "body", "party",
    "media", "organization", "format", "treaty", "law", "programme", "university", "team", "building", "event",
    "currency",
)  # fmt: skip
FORMS = {  # form → the tier where none is given
    "full": "strong",
    "short": "strong",
    "acronym": "strong",
    "surname": "conditional",
    "epithet": "conditional",
    "former": "strong",
    "search": "search-only",
}
TIERS = ("strong", "conditional", "search-only")
LANGUAGES = (
    "en", "ru", "kk", "kk-Latn", "kk-Arab", "ky", "ky-Latn", "uz", "uz-Cyrl", "tg", "tg-Latn", "tk", "tk-Cyrl",
    "kaa", "kaa-Cyrl", "kaa-Latn", "uk", "be", "zh", "ar", "fa", "tr", "az", "de", "fr", "es", "it", "pl", "mn",
    "hy", "ka", "ja", "ko", "tt", "ba", "ug", "he", "hi", "ur", "ps", "la", "lt", "lv", "et", "el", "sr", "cs",
    "sv", "fi", "nl", "pt", "hu", "ro", "bg",
)  # fmt: skip
NAME_KEYS = frozenset(
    ("name", "tier", "needs", "blocks", "from", "to", "rewrite", "inflect", "sources", "checked", "why")
)
ENTITY_KEYS = frozenset(
    ("type", "country", "sex", "offices", "not-same-as", "sources", "checked", "wikidata", "population", "parent",
    "operator", "period", "note")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListedName:
    """One name of an entity, as its file lists it.

    Attributes:
        name: in its base form.
        form: full, short, acronym, surname, epithet, former or search.
        language: BCP 47.
        tier: strong, conditional or search-only.
        needs, blocks: cues; see docs/gazetteer.md.
        period: from and to, each a date, part of one, or empty.
        rewrite: False where the name is found but left as it is; None where the gates decide by type and country.
        inflect: the inflection class, where the guess is wrong.
        sources: of this name, where the entity's own do not cover it.
    """

    name: str
    form: str
    language: str
    tier: str
    needs: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    period: tuple[str, str] = ("", "")
    rewrite: bool | None = None
    inflect: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, place, body, law or the like, with its names.

    Attributes:
        id: unique over a gazetteer; the English label in ASCII.
        type: one of ``TYPES``.
        country: ISO 3166-1 alpha-2, or INT.
        labels: language → the name that others are rewritten to.
        names: all names, labels and former names included.
        sex: of people: m or f.
        offices: of people: titles, in lower case.
        not_same_as: ids of namesakes.
        related: ids that speak for this entity where they stand near it: parent, operator, country.
    """

    id: str
    type: str
    country: str
    labels: dict[str, str]
    names: tuple[ListedName, ...] = field(repr=False)
    sex: str = ""
    offices: tuple[str, ...] = ()
    not_same_as: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    sources: tuple[str, ...] = field(default=(), repr=False)
    file: Path | None = field(default=None, repr=False, compare=False)
    line: int = field(default=0, repr=False, compare=False)

    @property
    def label(self) -> str:
        """The English label, or the first name that there is."""
        return self.labels.get("en") or self.names[0].name


def labels(names: tuple[ListedName, ...]) -> dict[str, str]:
    """The label of each language: its first full name, or else its first short name, acronym or surname."""
    found: dict[str, str] = {}
    for form in ("full", "short", "acronym", "surname", "epithet"):
        for name in names:
            if name.form == form:
                found.setdefault(name.language, name.name)
    return found
