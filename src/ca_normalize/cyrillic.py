"""Which code points are Cyrillic.

Source: Unicode 15.0, Blocks.txt (Cyrillic, its supplement and extensions A to D, half marks), and the two Cyrillic
letters among the phonetic extensions.
"""

from __future__ import annotations

import re
from functools import cache

CYRILLIC = "\u0400-\u052f\u1c80-\u1c8f\u1d2b\u1d78\u2de0-\u2dff\ua640-\ua69f\ufe2e\ufe2f\U0001e030-\U0001e08f"
"""Ranges for a character class: letters, marks and signs of the Cyrillic script."""

HEAD = 100  # code points that are looked at as they are: what is Cyrillic mostly shows it there


@cache
def _any() -> re.Pattern[str]:
    return re.compile(f"[{CYRILLIC}]")


def beyond_ascii(text: str, plain: bytes = bytes(range(128))) -> str:
    """*text* without signs of ASCII, or those of them that are in *plain*.

    Of text in Latin letters little is left, and what is looked for in that is found five times as quickly.
    """
    return text.encode("utf-8", "surrogatepass").translate(None, plain).decode("utf-8", "surrogatepass")


def has_cyrillic(text: str) -> bool:
    """True where *text* holds a letter, mark or sign of the Cyrillic script."""
    if text.isascii():
        return False
    cyrillic = _any()
    return cyrillic.search(text, 0, HEAD) is not None or (
        len(text) > HEAD and cyrillic.search(beyond_ascii(text[HEAD:])) is not None
    )
