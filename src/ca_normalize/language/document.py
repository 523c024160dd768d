"""Languages of a document and its paragraphs."""
from __future__ import annotations

from ..result import Detection, Segment
from .detector import default


def detect_document(text: str) -> tuple[Detection, list[Segment]]:
    found = default().detect_many([text])[0]
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    return found, [Segment(start, end, found)] if start < end else []
