"""The only door to data files.

The tables, rules, names and the model live in the top-level ``data`` folder of a checkout, and in
``ca_normalize/data`` of an installed package; a checkout's own folder is preferred, so that an edited table counts at
once. Sources are TOML, written for people. What takes long to parse or build is built once and kept as JSON: in the
wheel where it was packaged with it, and otherwise in the user's cache folder, keyed by the content of its sources.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from .errors import DataError

LARGE = 1_000_000  # code points of an artefact, from which on the time that it takes to decode counts
KEPT = 4  # artefacts of one name in the cache
_PACKAGE = Path(__file__).parent
_log = logging.getLogger("ca_normalize")


@cache
def root() -> Path:
    """The folder with the data files."""
    for folder in (_PACKAGE.parents[1] / "data", _PACKAGE / "data"):
        if (folder / "gazetteer").is_dir():
            return folder
    raise DataError("the data files are missing; install ca_normalize again", file=_PACKAGE / "data")


def files(kind: str, pattern: str = "**/*.toml") -> list[Path]:
    """The data files of one kind (gazetteer, translit, noise, language, repair), sorted by path."""
    return sorted((root() / kind).glob(pattern))


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file as a dict.

    Raises:
        DataError: the file cannot be read, or is not TOML; with its name, and the line in the message.
    """
    import tomllib

    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"not valid TOML: {error}", file=path) from error
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", file=path) from error


def table(path: Path) -> dict[str, Any]:
    """A TOML file of the package's own, by way of the cache of `built`: JSON is read ten times as fast.

    For tables without dates, which JSON does not know. A file elsewhere is read as it is.

    Raises:
        DataError: the file cannot be read, or is not TOML.
    """
    if root() not in path.parents:
        return read_toml(path)
    name = "-".join(path.relative_to(root()).with_suffix("").parts)
    value: dict[str, Any] = built(f"table-{name}", [path], lambda: read_toml(path))
    return value


def line_of(path: Path, needle: str, start: int = 1) -> int:
    """The first line of *path*, from line *start* on, that holds *needle*; 0 where there is none."""
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if number >= start and needle in line:
            return number
    return 0


def built(name: str, sources: Sequence[Path], build: Callable[[], Any], version: int = 1) -> Any:
    """What *build* makes of *sources*, from the package or the cache where it is there already.

    Args:
        name: of the artefact, a file name without its suffix.
        sources: the files that it is made of; a change in any makes it be built again.
        build: returns something that JSON can hold.
        version: of the builder: raise it when the code of *build* changes what it returns.
    """
    packaged = _PACKAGE / "built" / f"{name}.json"
    if root() == _PACKAGE / "data" and packaged.is_file():
        return json.loads(packaged.read_bytes())
    cached = cache_folder() / f"{name}-{_key(sources, version)}.json"
    try:
        return json.loads(cached.read_bytes())
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as error:
        _log.warning("%s: cannot be used (%s); building it again", cached, error)
    value = build()
    content = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # json.loads knows either encoding by itself; UTF-16 takes more room, and a third of the time to decode
    _write(cached, content.encode("utf-8" if len(content) < LARGE else "utf-16-le"))
    _forget(name, cached)
    return json.loads(content)  # the same whether it was there already or not


def unpacked(name: str, stream: bytes, size: int) -> bytes:
    """The content of an LZMA stream, from the cache where it is there already: unpacking takes a hundred times as long.

    Args:
        name: of the stream.
        stream: compressed.
        size: bytes of the content; a cached file of another size is not used.
    """
    import hashlib

    path = cache_folder() / f"{name}-{hashlib.sha256(stream).hexdigest()[:24]}.bin"
    try:
        content = path.read_bytes()
    except OSError:
        content = b""
    if len(content) != size:
        import lzma

        content = lzma.decompress(stream)
        _write(path, content)
        _forget(name, path)
    return content


def build_everything() -> None:
    """Load each kind of data once, so that the cache holds all that `built` makes; for packaging."""
    from .gazetteer import Gazetteer
    from .gazetteer.inflection import suffixes
    from .pipeline import Normalizer

    normalizer = Normalizer()
    for text in ("Қазақстан", "Oʻzbekiston", "Тоҷикистон", "Кыргызстанда", "Türkmenistanda", "Mr’s Кaz oʻ", "Ð¿Ñ\x80"):
        normalizer.normalize(text)
    for language in suffixes.LANGUAGES:
        suffixes.table(language)
    _ = Gazetteer.default().index


def _key(sources: Sequence[Path], version: int) -> str:
    import hashlib

    digest = hashlib.sha256(f"{version}\n".encode())
    for path in sources:
        digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:24]


def cache_folder() -> Path:
    """Where built artefacts are kept: CA_NORMALIZE_CACHE, or the platform's folder for caches."""
    base = os.environ.get("CA_NORMALIZE_CACHE")
    if base:
        return Path(base)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "ca_normalize"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ca_normalize"


def _write(path: Path, content: bytes) -> None:
    """Write whole or not at all: another process may read, or write, the same file."""
    import tempfile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, suffix=".tmp", delete=False) as out:
            out.write(content)
        Path(out.name).replace(path)
    except OSError as error:
        _log.info("%s: not cached (%s); it will be built again next time", path, error)


def _forget(name: str, newest: Path) -> None:
    """Delete what older sources were built into, but for the last `KEPT`: several checkouts may share the cache."""
    same = (path for path in newest.parent.glob(f"{name}-*{newest.suffix}") if len(path.stem) == len(newest.stem))
    try:
        for path in sorted(same, key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
            path.unlink(missing_ok=True)
    except OSError as error:
        _log.info("%s: old files stay (%s)", newest.parent, error)
