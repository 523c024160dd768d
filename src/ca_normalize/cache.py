"""Remembers which contents needed no change, so that a second run over an unchanged tree only reads it.

One file a set of settings: the 16-byte digests of clean contents, sorted by nothing, written whole.
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
from pathlib import Path

from . import __version__, data
from .config import Config

DIGEST = 16
LIMIT = 1_000_000  # digests; a cache that grows beyond is begun anew

_log = logging.getLogger("ca_normalize")


class CleanCache:
    """The cache for one config and the data as they are now."""

    def __init__(self, config: Config, extra: str = "", folder: Path | None = None) -> None:
        self.salt = _salt(config, extra)
        self.path = (folder or data.cache_folder()) / f"clean-{self.salt.hex()[:32]}"
        self.known = self._load()

    def _load(self) -> frozenset[bytes]:
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return frozenset()
        except OSError as error:
            _log.warning("%s: cannot be read (%s); every file is looked at", self.path, error)
            return frozenset()
        return frozenset(content[i : i + DIGEST] for i in range(0, len(content) - DIGEST + 1, DIGEST))

    def add(self, digests: set[bytes]) -> None:
        """Remember more; a cache that cannot be written is only slower the next time."""
        new = digests - self.known
        if not new:
            return
        kept = self._load() if len(self.known) + len(new) <= LIMIT else frozenset()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("wb", dir=self.path.parent, suffix=".tmp", delete=False) as out:
                out.write(b"".join(sorted(kept | new)))
            Path(out.name).replace(self.path)
        except OSError as error:
            _log.warning("%s: cannot be written (%s); the next run looks at every file", self.path, error)


def _salt(config: Config, extra: str) -> bytes:
    """A key for the version, the settings, the data files and the user's own files."""
    digest = hashlib.blake2b(f"{__version__}\n{extra}\n".encode(), digest_size=32)
    for name in ("steps", "language", "scheme", "level", "rewrite_dated", "ignore_rules", "ignore_names", "comments"):
        digest.update(f"{name}={getattr(config, name)!r}\n".encode())
    for path in [*data.files("", "**/*"), *config.rules]:
        if path.is_file():
            digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.digest()
