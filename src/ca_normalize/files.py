"""Which files of a tree to work on: git's ignore rules, globs, and what is no plain text."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .errors import FileError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

MARKUP = frozenset((".md", ".markdown", ".rst", ".html", ".htm", ".xhtml", ".xml", ".json", ".toml", ".yaml", ".yml"))
"""Suffixes of text that has a syntax, which deletions and rewrites could break."""
RECORDS = frozenset((".jsonl", ".ndjson"))


class Skipped(NamedTuple):
    """A file that is left out, and why."""

    path: Path
    reason: str


@dataclass(frozen=True)
class Selection:
    """Which files are wanted.

    Attributes:
        include, exclude: globs in gitignore's syntax; with include, only what matches one of them is taken.
        markup: take files whose suffix is in ``MARKUP`` too.
        field: of JSONL files: without it they are left out.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    markup: bool = False
    field: str | None = None

    @cached_property
    def _specs(self) -> tuple[GitIgnoreSpec, GitIgnoreSpec]:
        from pathspec import GitIgnoreSpec

        return GitIgnoreSpec.from_lines(self.include), GitIgnoreSpec.from_lines(self.exclude)

    def reason_against(self, path: Path) -> str:
        """Why *path* is left out; empty where it is taken, and ``-`` where that goes without saying."""
        if self.exclude and self._specs[1].match_file(_relative(path)):
            return "-"
        if self.include and not self._specs[0].match_file(_relative(path)):
            return "-"
        suffix = path.suffix.lower()
        if suffix in RECORDS and not self.field:
            return "JSONL needs --field: the name of the field with the text"
        if suffix in MARKUP and not self.markup:
            return f"{suffix[1:]} is not plain text; --markup takes it all the same"
        return ""


def _relative(path: Path) -> str:
    """*path* as globs see it: from the working folder where it lies in it."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100  links stay as they are named
    try:
        return absolute.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return absolute.as_posix().lstrip("/")


def select(paths: Iterable[Path], selection: Selection, seen: set[Path] | None = None) -> Iterator[Path | Skipped]:
    """The files to work on, each once; folders are walked, links met on the way are not followed.

    Args:
        seen: files that were met before, without links: they are passed over, and those met now are added.

    Raises:
        FileError: a path that does not exist, or a folder that cannot be read; what can be comes before.
    """
    try:
        yield from _selected(paths, selection, set() if seen is None else seen)
    except FileError:
        raise
    except OSError as error:
        raise FileError(f"{error.filename}: {error.strerror}") from error


def _selected(paths: Iterable[Path], selection: Selection, seen: set[Path]) -> Iterator[Path | Skipped]:
    for path in paths:
        named = not path.is_dir()
        if named and not path.exists():  # nor does a link to nothing, or to itself
            raise FileError(f"{path}: no such file or folder")
        for file, target in [(path, path.resolve())] if named else _below(path):
            if target in seen:
                continue
            seen.add(target)
            reason = selection.reason_against(file) if not named or target.is_file() else "no regular file"
            if not reason:
                yield target if named and file.is_symlink() else file
            elif reason != "-":
                yield Skipped(file, reason)


def _below(folder: Path) -> Iterator[tuple[Path, Path]]:
    """The files in *folder*: as they are named, and without links on the way."""
    place = folder.resolve()
    return ((file, place / file.relative_to(folder)) for file in _walk(folder))


def _walk(folder: Path) -> Iterator[Path]:
    """The files in *folder*, sorted, less what git ignores."""
    listed = _listed_by_git(folder)
    unread: list[OSError] = []
    files = _not_ignored(folder, unread.append) if listed is None else listed
    for file in sorted(files):
        if _is_regular(file):
            yield file
    if unread:
        raise FileError("; ".join(f"{error.filename}: {error.strerror}" for error in unread))


def _is_regular(path: Path) -> bool:
    """Whether there is a file at *path*, and no link to one."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (FileNotFoundError, NotADirectoryError):  # git lists what was deleted too
        return False


def _listed_by_git(folder: Path) -> list[Path] | None:
    """What git knows, or would not ignore, in *folder*; None where it is in no repository, or there is no git."""
    command = ["git", "-C", str(folder), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        return None
    if done.returncode:
        return None
    return [folder / os.fsdecode(name) for name in done.stdout.split(b"\0") if name]


def _not_ignored(folder: Path, failed: Callable[[OSError], None]) -> Iterator[Path]:
    """Outside a repository: the files below *folder*, by the .gitignore files on the way."""
    from pathspec import GitIgnoreSpec

    specs: dict[Path, GitIgnoreSpec] = {}
    for here, folders, names in os.walk(folder, onerror=failed):
        place = Path(here)
        if ".gitignore" in names:
            specs[place] = GitIgnoreSpec.from_lines((place / ".gitignore").read_text("utf-8", "replace").splitlines())
        above = [(base, spec) for base, spec in specs.items() if place.is_relative_to(base)]
        folders[:] = [name for name in folders if name != ".git" and not _ignored(place / name, above, "/")]
        for name in names:
            if not _ignored(place / name, above, ""):
                yield place / name


def _ignored(path: Path, specs: Sequence[tuple[Path, GitIgnoreSpec]], ending: str) -> bool:
    return any(spec.match_file(path.relative_to(base).as_posix() + ending) for base, spec in specs)
