"""Broken text mended: characters before the language is known, spelling after."""

from __future__ import annotations

from unicodedata import is_normalized

from ..context import Context
from ..edits import Edit, apply, compose
from ..mending import apostrophes, breaks, letters
from ..mending.mojibake import mojibake, odd
from ..mending.signs import nfc, signs

SURE = 0.7  # confidence of the language from which on its letters count


def needed(text: str) -> bool:
    """Whether there may be anything to mend in *text*: one quick scan, which most clean text passes."""
    return _unclean(text) or _depends(text) or breaks.suspicious(text)


def _depends(text: str) -> bool:
    """Whether what there may be to mend depends on the language."""
    return letters.suspicious(text) or apostrophes.suspicious(text)


def alone(text: str, passes: int) -> str | None:
    """What the two stages make of *text* in that many passes; None where they need its language for it."""
    for _ in range(passes):
        before = text
        if _depends(text):
            return None
        if _unclean(text) and (edits := _characters(text)):
            text = apply(text, edits)
            if _depends(text):
                return None
        text = apply(text, breaks.breaks(text))
        if text == before:
            break
    return text


def _unclean(text: str) -> bool:
    return odd(text) or not (text.isascii() or is_normalized("NFC", text))


def characters(text: str, context: Context) -> list[Edit]:
    """What can be mended in any language: mojibake, odd and invisible characters, normalization."""
    cyrillic = context.has_cyrillic(text)
    return _characters(text) if odd(text, cyrillic) or not is_normalized("NFC", text) else []


def _characters(text: str) -> list[Edit]:
    source, edits = text, list[Edit]()
    for mend in (mojibake, signs, nfc):
        if more := list(mend(text)):
            edits = compose(source, edits, more)
            text = apply(text, more)
    return edits


def spelling(text: str, context: Context) -> list[Edit]:
    """What can be mended only in a known language: look-alikes, stand-ins, apostrophes; and lost spaces and lines."""
    edits: list[Edit] = []
    if context.has_cyrillic(text) and letters.suspicious(text):
        for start, end, detection in context.segments:
            language = detection.language if detection.confidence >= SURE else "und"
            edits += letters.look_alikes(text, start, end, language)
    uzbek = [each for each in context.segments if each.detection.tag == "uz-Latn" and each.detection.confidence >= SURE]
    if uzbek and apostrophes.suspicious(text):
        for start, end, _ in uzbek:
            edits += apostrophes.apostrophes(text, start, end)
    edits += breaks.breaks(text)
    return sorted(edits)
