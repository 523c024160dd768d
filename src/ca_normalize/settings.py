"""Settings from files: ``[tool.ca-normalize]`` in pyproject.toml, or ca-normalize.toml, the nearest upwards."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .config import Config
from .errors import ConfigError, UsageError, choices

if TYPE_CHECKING:
    from .gazetteer import Gazetteer

OWN_FILE = "ca-normalize.toml"
SHARED_FILE = "pyproject.toml"
TABLE = "ca-normalize"


@dataclass(frozen=True)
class Settings:
    """What a settings file may say. Relative paths in it count from the folder that it is in.

    Attributes:
        steps, language, scheme, level, rewrite_dated, rules: as in `Config`.
        ignore_rules, ignore_names: rules (or steps) and entity ids whose edits are never made.
        gazetteer: files with names of your own.
        include, exclude: globs of the batch normalizer; they hold for files that are named, too.
        field: of JSONL files: the field with the text.
        file: where these settings came from; None where there is no such file.
    """

    steps: tuple[str, ...] | None = None
    language: str | None = None
    scheme: str | None = None
    level: str | None = None
    rewrite_dated: bool = False
    rules: tuple[Path, ...] = ()
    ignore_rules: tuple[str, ...] = ()
    ignore_names: tuple[str, ...] = ()
    gazetteer: tuple[Path, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    field: str | None = None
    file: Path | None = None


_KEYS = {field.name.replace("_", "-"): field for field in dataclasses.fields(Settings) if field.name != "file"}
_PATHS = {"rules", "gazetteer"}


def find(start: Path) -> Path | None:
    """The nearest file with settings, from the folder *start* upwards."""
    for folder in (start, *start.parents):
        own = folder / OWN_FILE
        if own.is_file():
            return own
        shared = folder / SHARED_FILE
        if shared.is_file() and TABLE in _read(shared).get("tool", {}):
            return shared
    return None


def load(path: Path) -> Settings:
    """The settings in *path*.

    Raises:
        ConfigError: it cannot be read, is not TOML, or has a key or value that it cannot have; with the nearest key.
    """
    table = _read(path)
    if path.name == SHARED_FILE:
        table = table.get("tool", {}).get(TABLE, {})
    values: dict[str, Any] = {"file": path}
    for key, value in table.items():
        if key not in _KEYS:
            raise ConfigError(f"{path}: {choices(key, _KEYS, 'setting')}")
        values[_KEYS[key].name] = _value(path, key, value)
    settings = Settings(**values)
    try:
        config(settings)
    except UsageError as error:
        raise ConfigError(f"{path}: {error}") from error
    return settings


def config(settings: Settings, **overrides: Any) -> Config:
    """A `Config` of *settings*, less what *overrides* say otherwise (None: nothing).

    Raises:
        UsageError: a value that an option cannot have.
    """
    options: dict[str, Any] = {}
    for field in dataclasses.fields(Config):
        chosen = overrides.get(field.name)
        if chosen is None and field.name != "gazetteer":
            chosen = getattr(settings, field.name, None)
        if chosen is not None:
            options[field.name] = chosen
    return Config(**options)


def check_ids(settings: Settings, known: Gazetteer | None) -> None:
    """Hold ``ignore-names`` against the ids of the gazetteer *known*, and ``ignore-rules`` against all rules.

    Args:
        settings: as they were loaded.
        known: None for the gazetteer of the package.

    Raises:
        ConfigError: an entity, or a rule, that there is not; with the nearest id.
    """
    if settings.ignore_rules:
        from .rules import check

        try:
            check(settings.ignore_rules, settings.rules)
        except UsageError as error:
            raise ConfigError(f"{settings.file}: ignore-rules: {error}") from error
    if not settings.ignore_names:
        return
    from .gazetteer import Gazetteer

    ids = (known or Gazetteer.default()).index.numbers
    for identity in settings.ignore_names:
        if identity not in ids:
            near = difflib.get_close_matches(identity, ids, n=1)
            hint = f": did you mean {near[0]!r}?" if near else "; ca-gazetteer find TEXT shows ids"
            raise ConfigError(f"{settings.file}: ignore-names: no entity has the id {identity!r}{hint}")


def gazetteer(paths: Iterable[Path]) -> Gazetteer | None:
    """The names that come with the package, with those of *paths* beside them; None where there are none."""
    from .gazetteer import Gazetteer

    known = None
    for path in paths:
        known = (known or Gazetteer.default()).extend(path)
    return known


def _read(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error


def _value(path: Path, key: str, value: Any) -> Any:
    """The value of a setting, of the type that its field has."""
    kind = str(_KEYS[key].type)
    if kind.startswith("tuple"):
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ConfigError(f'{path}: {key} must be a list of strings, such as {key} = ["..."]')
        return tuple(path.parent / item for item in value) if key in _PATHS else tuple(value)
    if kind == "bool" and not isinstance(value, bool):
        raise ConfigError(f"{path}: {key} must be true or false")
    if kind != "bool" and not isinstance(value, str):
        raise ConfigError(f'{path}: {key} must be a string, such as {key} = "..."')
    return value
