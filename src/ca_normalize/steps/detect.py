"""The languages of the document and of its paragraphs; changes nothing."""

from __future__ import annotations

from ..context import Context
from ..edits import Edit
from ..language import detect_document
from ..result import Detection, Segment

SURE = 0.5  # below, it is likelier to be another language: what depends on the language is left alone


def detect(text: str, context: Context) -> list[Edit]:
    """Find the languages of *text*, and `settle` them; no edits."""
    settle(text, context, detect_document(text))
    return []


def settle(text: str, context: Context, languages: tuple[Detection, list[Segment]]) -> None:
    """Fill ``context.detection`` and ``context.segments`` from the *languages* that were found in *text*.

    Where the language is too unsure, it is given as `und`, with the confidence that the best guess has.
    """
    found, segments = languages
    if context.config.language:
        context.detection = Detection(context.config.language, found.script, 1.0)
        context.segments = [Segment(0, len(text), context.detection)] if text else []
    else:
        context.detection = _sure(found)
        context.segments = [
            segment if segment.detection.confidence >= SURE else segment._replace(detection=_sure(segment.detection))
            for segment in segments
        ]


def _sure(found: Detection) -> Detection:
    return found if found.confidence >= SURE else found._replace(language="und")
