"""Broken text mended: characters before the language is known, spelling after."""

from __future__ import annotations

from ..context import Context
from ..edits import Edit, apply, compose
from ..mending import apostrophes, breaks, letters
from ..mending.look import Look
from ..mending.mojibake import mojibake
from ..mending.signs import nfc, signs

SURE = 0.7  # confidence of the language from which on its letters count


def _depends(look: Look) -> bool:
    """Whether what there may be to mend depends on the language."""
    return look.mixed or apostrophes.suspicious(look.text)


def alone(text: str, passes: int) -> str | None:
    """What the two stages make of *text* in that many passes; None where they need its language for it."""
    for _ in range(passes):
        before, look = text, Look(text)
        if _depends(look):
            return None
        if _unclean(look) and (edits := _characters(look)):
            text = apply(text, edits)
            if _depends(Look(text)):
                return None
        text = apply(text, breaks.breaks(text))
        if text == before:
            break
    return text


def _unclean(look: Look) -> bool:
    return look.odd or not look.composed


def characters(text: str, context: Context) -> list[Edit]:
    """What can be mended in any language: mojibake, odd and invisible characters, normalization."""
    look = context.look(text)
    return _characters(look) if _unclean(look) else []


def _characters(look: Look) -> list[Edit]:
    source, edits = look.text, list[Edit]()
    for mend in (mojibake, signs, nfc):
        if more := list(mend(look)):
            edits = compose(source, edits, more)
            look = look.at(apply(look.text, more))
    return edits


def spelling(text: str, context: Context) -> list[Edit]:
    """What can be mended only in a known language: look-alikes, stand-ins, apostrophes; and lost spaces and lines."""
    edits: list[Edit] = []
    if context.look(text).mixed:
        for start, end, detection in context.segments:
            language = detection.language if detection.confidence >= SURE else "und"
            edits += letters.look_alikes(text, start, end, language)
    uzbek = [each for each in context.segments if each.detection.tag == "uz-Latn" and each.detection.confidence >= SURE]
    if uzbek and apostrophes.suspicious(text):
        for start, end, _ in uzbek:
            edits += apostrophes.apostrophes(text, start, end)
    edits += breaks.breaks(text)
    return sorted(edits)
