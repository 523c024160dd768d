"""Puts what is slow to build (the index of names, the compiled rules) into the wheel, beside its data."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Loads each kind of data once with an empty cache, and ships what the cache then holds."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        folder = Path(tempfile.mkdtemp())
        os.environ["CA_NORMALIZE_CACHE"] = str(folder)
        sys.path.insert(0, str(Path(self.root) / "src"))
        from ca_normalize.data import build_everything

        build_everything()
        for path in sorted(folder.glob("*.json")):
            name = path.stem.rsplit("-", 1)[0]
            build_data["force_include"][str(path)] = f"ca_normalize/built/{name}.json"
