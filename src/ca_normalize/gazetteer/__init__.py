"""The gazetteer: the names of Central Asia, where they stand in a text, and what they are rewritten to."""

from __future__ import annotations

from .core import Gazetteer
from .schema import Entity, ListedName

__all__ = ["Entity", "Gazetteer", "ListedName"]
