"""What the gazetteer covers, in Markdown: ``python -m ca_normalize.gazetteer.coverage > docs/coverage.md``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from .core import Gazetteer
from .schema import Entity

COUNTRIES = ("KZ", "KG", "UZ", "TJ", "TM")
LANGUAGES = ("en", "ru", "kk", "ky", "uz", "uz-Cyrl", "tg", "tk", "kk-Latn", "kaa")
KINDS = {
    "people": ("person",),
    "divisions and districts": ("region", "district"),
    "cities": ("city",),
    "nature and areas": ("area", "river", "lake", "sea", "mountain", "desert"),
    "airports, border posts": ("airport", "border-post"),
    "deposits and plants": ("deposit", "plant"),
    "pipelines and corridors": ("pipeline", "corridor"),
    "companies and banks": ("company", "bank"),
    "bodies and parties": ("body", "party"),
    "media": ("media",),
    "universities, teams, buildings": ("university", "team", "building"),
    "treaties, laws, programmes, events": ("treaty", "law", "programme", "event"),
    "organizations and formats": ("organization", "format"),
    "states and currencies": ("country", "currency"),
}


def tables(entities: Sequence[Entity]) -> Iterator[str]:
    """The lines of the page."""
    names = sum(len(entity.names) for entity in entities)
    yield "# What the gazetteer covers"
    yield ""
    yield f"{len(entities)} entities with {names} listed names. `make coverage` writes this page anew."
    yield ""
    yield "## Entities by kind and country"
    yield ""
    yield from _table("kind", (*COUNTRIES, "others"), _by_kind(entities))
    yield ""
    yield "## Listed names by language and country"
    yield ""
    yield from _table("language", (*COUNTRIES, "others"), _by_language(entities))


def _country(entity: Entity) -> str:
    return entity.country if entity.country in COUNTRIES else "others"


def _by_kind(entities: Iterable[Entity]) -> dict[str, Counter[str]]:
    rows: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    kind_of = {kind: row for row, kinds in KINDS.items() for kind in kinds}
    for entity in entities:
        rows[kind_of[entity.type]][_country(entity)] += 1
    return rows


def _by_language(entities: Iterable[Entity]) -> dict[str, Counter[str]]:
    rows: dict[str, Counter[str]] = {language: Counter() for language in (*LANGUAGES, "others")}
    for entity in entities:
        for name in entity.names:
            rows[name.language if name.language in LANGUAGES else "others"][_country(entity)] += 1
    return rows


def _table(first: str, columns: Sequence[str], rows: dict[str, Counter[str]]) -> Iterator[str]:
    yield f"| {first} | {' | '.join(columns)} | all |"
    yield "| --- |" + " ---: |" * (len(columns) + 1)
    for name, counter in rows.items():
        cells = " | ".join(str(counter[column] or "") for column in columns)
        yield f"| {name} | {cells} | {counter.total()} |"


if __name__ == "__main__":
    print("\n".join(tables(list(Gazetteer.default()))))
