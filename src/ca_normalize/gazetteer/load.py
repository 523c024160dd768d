"""Reads gazetteer files, and says what breaks their schema: file, line, entry, and how to mend it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from .. import data
from ..errors import DataError, choices
from .schema import ENTITY_KEYS, FORMS, LANGUAGES, NAME_KEYS, TIERS, TYPES, Entity, ListedName, labels

RESERVED = frozenset("\u241d\u241e\u241f")  # the index parts names by them
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}|INT|SU")
_HEADER = re.compile(r'\[("?)(.+?)\1\]')
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def files() -> list[Path]:
    """The files of the package's own gazetteer: those in the folders of its kinds."""
    return [path for path in data.files("gazetteer", "*/*.toml") if path.parent.name != "inflection"]


def read(paths: Iterable[Path], problems: list[DataError] | None = None) -> list[Entity]:
    """The entities of *paths*, in order.

    Args:
        paths: gazetteer files.
        problems: takes what is wrong; the entity in question is left out. Where it is None, the first is raised.

    Raises:
        DataError: a file breaks the schema, or an id is given twice.
    """
    entities: list[Entity] = []
    known: dict[str, Path] = {}
    for path in paths:
        for entity in read_file(Path(path), problems):
            if entity.id in known:
                problem = f"this id is taken in {known[entity.id]}; give one of them another, or merge them"
                _report(DataError(problem, file=path, line=entity.line, entry=entity.id), problems)
                continue
            known[entity.id] = Path(path)
            entities.append(entity)
    return entities


def _report(error: DataError, problems: list[DataError] | None) -> None:
    if problems is None:
        raise error
    problems.append(error)


def read_file(path: Path, problems: list[DataError] | None = None) -> Iterator[Entity]:
    """The entities of one file; `read` says what *problems* is."""
    lines = _headers(path)
    try:
        tables = data.read_toml(path)
    except DataError as error:
        _report(error, problems)
        return
    for identity, table in tables.items():
        where = _Where(path, lines.get(identity, 0), identity)
        try:
            if not isinstance(table, dict):
                where.fail("an entity is a table: [id], and its keys below")
            entity = _entity(identity, table, where)
        except DataError as error:
            _report(error, problems)
            continue
        yield entity


def _headers(path: Path) -> dict[str, int]:
    """The line of each ``[id]``."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read: {error}", file=path) from error
    headers = (_HEADER.match(line) for line in text.split("\n"))
    return {match[2]: number for number, match in enumerate(headers, 1) if match}


class _Where:
    """A place in a file, for messages."""

    def __init__(self, path: Path, line: int, entry: str) -> None:
        self.path, self.line, self.entry = path, line, entry

    def fail(self, problem: str, needle: str = "") -> NoReturn:
        line = data.line_of(self.path, needle, self.line) if needle else 0
        raise DataError(problem, file=self.path, line=line or self.line, entry=self.entry)


def _entity(identity: str, table: dict[str, Any], where: _Where) -> Entity:
    if not _ID.fullmatch(identity):
        where.fail("an id holds ASCII letters in lower case, digits and single hyphens only")
    for key in table:
        if key not in ENTITY_KEYS and key not in FORMS:
            where.fail(choices(key, sorted(ENTITY_KEYS | set(FORMS)), "key of an entity"), key)
    kind = table.get("type")
    if kind not in TYPES:
        where.fail(choices(kind, TYPES, "type") if kind else "type is missing", "type")
    country = table.get("country", "")
    if not isinstance(country, str) or not _COUNTRY.fullmatch(country):
        where.fail(f"country is {country!r}: ISO 3166-1 alpha-2 (KZ), or INT", "country")
    if table.get("sex", "") not in ("", "m", "f"):
        where.fail(f"sex is {table['sex']!r}: m or f", "sex")
    sources = _strings(table, "sources", where)
    names = tuple(_names(table, where))
    if not any(name.form in ("full", "short", "acronym") for name in names):
        where.fail("it has no name: give full.en, or another full, short or acronym")
    for name in names:
        if not sources and not name.sources:
            where.fail(f"no source: neither the entity nor the name {name.name!r} has one", name.name)
    return Entity(
        id=identity,
        type=kind,
        country=country,
        labels=labels(names),
        names=names,
        sex=table.get("sex", ""),
        offices=tuple(_offices(table, where)),
        not_same_as=_strings(table, "not-same-as", where),
        related=tuple(table[key] for key in ("parent", "operator") if table.get(key)),
        sources=sources,
        file=where.path,
        line=where.line,
    )


def _offices(table: dict[str, Any], where: _Where) -> Iterator[str]:
    for office in table.get("offices", ()):
        if not isinstance(office, dict) or not isinstance(office.get("title"), str):
            where.fail('an office is { title = "president", of = "KZ", from = "2019-03-20" }', "offices")
        for key in ("from", "to"):
            _date(office.get(key, ""), where)
        yield office["title"].lower()


def _names(table: dict[str, Any], where: _Where) -> Iterator[ListedName]:
    for form in FORMS:
        by_language = table.get(form, {})
        if not isinstance(by_language, dict):
            where.fail(f'{form} needs a language: {form}.en = ["…"]', form)
        for language, names in by_language.items():
            if language not in LANGUAGES:
                where.fail(choices(language, LANGUAGES, "language"), f"{form}.{language}")
            if not isinstance(names, list):
                where.fail(f"{form}.{language} is a list of names", f"{form}.{language}")
            seen: set[str] = set()
            for name in names:
                listed = _name(name, form, language, where)
                if listed.name in seen:
                    where.fail(f"{listed.name!r} stands twice in {form}.{language}; take one out", listed.name)
                seen.add(listed.name)
                yield listed


def _name(value: Any, form: str, language: str, where: _Where) -> ListedName:
    table = {"name": value} if isinstance(value, str) else value
    if not isinstance(table, dict) or not isinstance(table.get("name"), str):
        where.fail(f"a name of {form}.{language} is a string, or a table with a name: {value!r}")
    name = table["name"]
    if not name.strip() or name != " ".join(name.split()):
        where.fail(f"{name!r} is empty, or has spaces at its ends or two in a row", name)
    if not name.isprintable() or RESERVED.intersection(name):
        where.fail(f"{name!r} holds a character that is no part of a name", name)
    for key in table:
        if key not in NAME_KEYS:
            where.fail(choices(key, sorted(NAME_KEYS), "key of a name") + f" (name {name!r})", name)
    tier = table.get("tier") or ("conditional" if table.get("needs") else FORMS[form])
    if tier not in TIERS:
        where.fail(choices(tier, TIERS, "tier"), name)
    needs = _strings(table, "needs", where)
    if needs and tier != "conditional":
        where.fail(f"{name!r} needs cues, so its tier is conditional, not {tier}", name)
    return ListedName(
        name=name,
        form=form,
        language=language,
        tier=tier,
        needs=needs,
        blocks=_strings(table, "blocks", where),
        period=(_date(table.get("from", ""), where), _date(table.get("to", ""), where)),
        rewrite=_bool(table, where),
        inflect=table.get("inflect"),
        sources=_strings(table, "sources", where),
    )


def _bool(table: dict[str, Any], where: _Where) -> bool | None:
    value = table.get("rewrite")
    if not isinstance(value, bool | None):
        where.fail(f"rewrite is {value!r}: true or false", table["name"])
    return value


def _strings(table: dict[str, Any], key: str, where: _Where) -> tuple[str, ...]:
    values = table.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
        where.fail(f'{key} is a list of strings: {key} = ["…"]', key)
    return tuple(values)


def _date(value: Any, where: _Where) -> str:
    text = value.isoformat() if isinstance(value, datetime.date) else str(value)
    if text and not _DATE.fullmatch(text):
        where.fail(f"{text!r} is no date: 2019-03-20, 2019-03 or 2019", text)
    return text
