"""Which schemes there are, and the converters made of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from .. import data
from ..config import LANGUAGES
from ..errors import DataError, UsageError, choices
from .schema import Scheme, read

ASCII = "ascii"  # the scheme that is made of another
_VERSION = 4  # of what `schema.read` returns; raise it when that changes
NEUTRAL = "ru"  # whose schemes serve text in a language that has none
_OTHER = ("forms.toml", "common.toml")  # not schemes

Raw = Mapping[str, Any]
_added: dict[tuple[str, str], Raw] = {}


def load(path: str | Path) -> tuple[Scheme, ...]:
    """Add the schemes of a file of your own; docs/transliteration.md says how it is written.

    Args:
        path: a TOML file. A language may be one that this package has no schemes for.

    Returns:
        the schemes that it added, for this process.

    Raises:
        DataError: the file breaks the schema, or names a scheme that is there already; with file, line and entry.
    """
    path = Path(path)
    new = {(language, name): raw for language, schemes in read(path).items() for name, raw in schemes.items()}
    for language, name in new:
        if (language, name) in _all():
            line = data.line_of(path, f"[{name}]")
            raise DataError(f"there is a scheme {name} for {language} already; choose a name", file=path, line=line)
    _added.update(new)
    _forget()
    return tuple(_scheme(language, name, raw) for (language, name), raw in new.items())


def unload(path: str | Path) -> None:
    """Take away the schemes that `load` added from the same file.

    Raises:
        DataError: the file breaks the schema.
    """
    for language, found in read(Path(path)).items():
        for name in found:
            _added.pop((language, name), None)
    _forget()


def _forget() -> None:
    """Forget what was made of the schemes; after one was added or taken away."""
    from . import api

    _all.cache_clear()
    _languages.cache_clear()
    api.clear()


def schemes() -> tuple[Scheme, ...]:
    """All schemes, by language and name; those of `load` too, and ascii, which every language has."""
    from .special import common

    text = common()["ascii"]
    folded = {
        (language, ASCII): {**text, "status": "in use", "reversible": "no", "samples": []} for language, _ in _all()
    }
    return tuple(_scheme(language, name, raw) for (language, name), raw in sorted({**_all(), **folded}.items()))


def _scheme(language: str, name: str, raw: Raw) -> Scheme:
    return Scheme(
        language,
        name,
        raw["title"],
        raw["status"],
        raw["source"],
        raw["reversible"],
        raw["why"],
        bool(raw.get("default")),
        tuple((source, result) for source, result in raw["samples"]),
    )


@cache
def _all() -> dict[tuple[str, str], Raw]:
    paths = [path for path in data.files("translit") if path.name not in _OTHER]
    built = data.built("translit", paths, lambda: _build(paths), _VERSION)
    shipped = {(language, name): raw for language, names in built.items() for name, raw in names.items()}
    return {**shipped, **_added}


def _build(paths: list[Path]) -> dict[str, dict[str, Raw]]:
    result: dict[str, dict[str, Raw]] = {}
    for path in paths:
        for language, found in read(path).items():
            for name, raw in found.items():
                if name in result.setdefault(language, {}):
                    raise DataError(f"{language} has this scheme in another file too", file=path, entry=name)
                result[language][name] = raw
    return result


def has(language: str) -> bool:
    """True where there are schemes for *language*."""
    return language in _languages()


@cache
def _languages() -> frozenset[str]:
    return frozenset(language for language, _ in _all())


def names(language: str) -> dict[str, Raw]:
    """The schemes of one language, by name; those of the neutral language where it has none."""
    found = {name: raw for (code, name), raw in _all().items() if code == language}
    if found:
        return found
    if language not in LANGUAGES:
        known = {*LANGUAGES, *(code for code, _ in _all())}
        raise UsageError(choices(language, sorted(known), "language that this package knows"))
    return names(NEUTRAL)


def find(language: str, scheme: str | None) -> tuple[str, Raw]:
    """A scheme's name and content.

    Args:
        language: BCP 47 code.
        scheme: its name, or None for the default of the language.

    Raises:
        UsageError: there is no such language, or no such scheme for it; with the choices.
    """
    found = names(language)
    if scheme is None:
        return next(((name, raw) for name, raw in found.items() if raw.get("default")), next(iter(found.items())))
    if scheme == ASCII:
        return scheme, find(language, None)[1]
    if scheme not in found:
        raise UsageError(choices(scheme, sorted([*found, ASCII]), f"scheme for {language}"))
    return scheme, found[scheme]


def _plainest(language: str) -> Raw:
    found = names(language)
    return found.get("press") or find(language, None)[1]


def check(scheme: str | None) -> None:
    """Hold the name of a scheme against those of all languages.

    Raises:
        UsageError: no language has it; with the choices.
    """
    known = sorted({name for _, name in _all()} | {ASCII})
    if scheme is not None and scheme not in known:
        raise UsageError(choices(scheme, known, "scheme of any language"))


@cache
def union() -> dict[str, str]:
    """Letters of press, or else the default scheme, of every language; common.toml says which language goes first."""
    from .special import common

    letters: dict[str, str] = {}
    languages = [*common()["union"]["languages"], *sorted({language for language, _ in _all()})]
    for language in reversed(languages):
        letters.update(_plainest(language)["letters"])
    letters.update(pair.split("=") for pair in common()["union"]["rare"].split())
    return {key: value for key, value in letters.items() if len(key) == 1}
