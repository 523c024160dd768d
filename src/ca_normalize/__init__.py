"""Clean text, one script, one spelling a name: the text normalizer for Central-Asian news.

    >>> import ca_normalize as ca
    >>> ca.transliterate("Верхне-Кайрактинское", language="ru")
    'Verkhne-Kairaktinskoye'

Everything public is here; what it needs is imported when it is first used.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in typing, which is not imported before it is needed

__version__ = "0.1.0"

_HOME = {
    "Config": "config",
    "Detection": "result",
    "Edit": "edits",
    "Entity": "gazetteer",
    "Gazetteer": "gazetteer",
    "Name": "result",
    "Normalized": "result",
    "Normalizer": "pipeline",
    "Note": "result",
    "Scheme": "translit",
    "Segment": "result",
    "CaNormalizeError": "errors",
    "ConfigError": "errors",
    "DataError": "errors",
    "FileError": "errors",
    "UsageError": "errors",
    "canonicalize": "api",
    "decode": "mending",
    "detect": "language",
    "detect_many": "language",
    "find_names": "api",
    "lookup": "api",
    "normalize": "api",
    "repair": "api",
    "schemes": "translit",
    "strip_noise": "api",
    "transliterate": "translit",
}

__all__ = [
    "CaNormalizeError",
    "Config",
    "ConfigError",
    "DataError",
    "Detection",
    "Edit",
    "Entity",
    "FileError",
    "Gazetteer",
    "Name",
    "Normalized",
    "Normalizer",
    "Note",
    "Scheme",
    "Segment",
    "UsageError",
    "__version__",
    "canonicalize",
    "decode",
    "detect",
    "detect_many",
    "find_names",
    "lookup",
    "normalize",
    "repair",
    "schemes",
    "strip_noise",
    "transliterate",
]

if TYPE_CHECKING:
    from typing import Any

    from .api import canonicalize, find_names, lookup, normalize, repair, strip_noise
    from .config import Config
    from .edits import Edit
    from .errors import CaNormalizeError, ConfigError, DataError, FileError, UsageError
    from .gazetteer import Entity, Gazetteer
    from .language import detect, detect_many
    from .mending import decode
    from .pipeline import Normalizer
    from .result import Detection, Name, Normalized, Note, Segment
    from .translit import Scheme, schemes, transliterate


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(f".{_HOME[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
