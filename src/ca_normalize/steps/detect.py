"""The languages of the document and of its paragraphs; changes nothing."""

from __future__ import annotations

from ..context import Context
from ..edits import Edit
from ..language import detect_document
from ..result import Detection, Segment


def detect(text: str, context: Context) -> list[Edit]:
    """Fill ``context.detection`` and ``context.segments``; no edits."""
    if context.config.language:
        found = detect_document(text)[0]
        context.detection = Detection(context.config.language, found.script, 1.0)
        context.segments = [Segment(0, len(text), context.detection)] if text else []
    else:
        context.detection, context.segments = detect_document(text)
    return []
