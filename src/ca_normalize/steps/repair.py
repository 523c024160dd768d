"""Broken text mended: characters before the language is known, spelling after."""

from __future__ import annotations

from unicodedata import is_normalized

from ..context import Context
from ..edits import Edit, apply, compose
from ..mending.mojibake import mojibake, odd
from ..mending.signs import nfc, signs


def characters(text: str, context: Context) -> list[Edit]:
    """What can be mended in any language: mojibake, odd and invisible characters, normalization."""
    source, edits = text, list[Edit]()
    if not odd(text) and (text.isascii() or is_normalized("NFC", text)):
        return edits
    for mend in (mojibake, signs, nfc):
        if more := list(mend(text)):
            edits = compose(source, edits, more)
            text = apply(text, more)
    return edits




def spelling(text: str, context: Context) -> list[Edit]:
    """What can be mended only in a known language: look-alikes, stand-ins, apostrophes, lost spaces."""
    return []
