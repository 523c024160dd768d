"""Which code points are Cyrillic.

Source: Unicode 15.0, Blocks.txt (Cyrillic, its supplement and extensions A to D, half marks), and the two Cyrillic
letters among the phonetic extensions.
"""

from __future__ import annotations

import re
from functools import cache

CYRILLIC = "\u0400-\u052f\u1c80-\u1c8f\u1d2b\u1d78\u2de0-\u2dff\ua640-\ua69f\ufe2e\ufe2f\U0001e030-\U0001e08f"
"""Ranges for a character class: letters, marks and signs of the Cyrillic script."""


@cache
def _any() -> re.Pattern[str]:
    return re.compile(f"[{CYRILLIC}]")


def has_cyrillic(text: str) -> bool:
    """True where *text* holds a letter, mark or sign of the Cyrillic script."""
    return not text.isascii() and _any().search(text) is not None
