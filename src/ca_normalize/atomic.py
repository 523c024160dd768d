"""Write a file whole or not at all, as it was in all but its content."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import NamedTuple

from .errors import FileError


class Snapshot(NamedTuple):
    """The bytes of a file, and what tells whether it has changed since."""

    data: bytes
    identity: tuple[int, int, int, int]


def read(path: Path) -> Snapshot:
    """The content of *path*.

    Raises:
        FileError: it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            identity = _identity(os.fstat(stream.fileno()))
            return Snapshot(stream.read(), identity)
    except OSError as error:
        raise FileError(f"{path}: {error.strerror}") from error


def _identity(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def write(path: Path, data: bytes, before: Snapshot) -> None:
    """Put *data* in the place of what *before* read from *path*: a temporary file beside it, flushed, then renamed.

    Mode and owner are kept. Whenever the process dies, the old file is there, or the new one.

    Raises:
        FileError: the file is read-only, has changed since it was read, or cannot be written; it is left as it was.
    """
    try:
        status = path.stat()
        if not status.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            raise FileError(f"{path}: is read-only; make it writable, or leave it out")
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                _keep_owner(out.fileno(), status)
                os.fsync(out.fileno())
            shutil.copymode(path, name)
            if _identity(path.stat()) != before.identity:
                raise FileError(f"{path}: changed while it was worked on; left as it is, run again")
            Path(name).replace(path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                Path(name).unlink()
            raise
    except FileError:
        raise
    except OSError as error:
        raise FileError(f"{path}: {error.strerror}; left as it was") from error


def _keep_owner(descriptor: int, status: os.stat_result) -> None:
    if not hasattr(os, "fchown"):
        return
    mine = os.fstat(descriptor)
    if (mine.st_uid, mine.st_gid) != (status.st_uid, status.st_gid):
        os.fchown(descriptor, status.st_uid, status.st_gid)
