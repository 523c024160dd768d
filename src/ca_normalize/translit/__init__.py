"""Transliteration: schemes as data, and the engine that runs them.

    >>> from ca_normalize.translit import transliterate
    >>> transliterate("Щука", language="ru", scheme="iso-9")
    'Ŝuka'

docs/transliteration.md says which scheme is for what, and how to write one.
"""

from .api import Transcriber, nearest, transcriber, transliterate
from .packs import register_packs
from .registry import load, schemes, unload
from .schema import Scheme

__all__ = [
    "Scheme",
    "Transcriber",
    "load",
    "nearest",
    "register_packs",
    "schemes",
    "transcriber",
    "transliterate",
    "unload",
]
