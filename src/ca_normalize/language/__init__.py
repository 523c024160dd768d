"""Which language a text, and each of its paragraphs, is in. See docs/language.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..result import Detection, Segment

__all__ = ["detect", "detect_document", "detect_documents", "detect_many"]


def detect(text: str) -> Detection:
    """The language of *text*.

    At most some 1,200 code points of it are read, from its beginning, middle and end.

    Args:
        text: any string, lone surrogates and all.

    Returns:
        `und` where there are no letters, or nothing can be said.

    >>> detect("Президент қаулыға қол қойды.").tag
    'kk-Cyrl'
    >>> detect("123").tag
    'und'
    """
    return detect_many([text])[0]


def detect_many(texts: Iterable[str]) -> list[Detection]:
    """The language of each text, in order: what `detect` says of each, at many times its speed."""
    from .detector import default

    return default().detect_many(list(texts))


def detect_document(text: str) -> tuple[Detection, list[Segment]]:
    """The language of a document, and of its paragraphs.

    A paragraph is a line with letters. Neighbours in one language are one segment; lines that are too short to tell
    (headings, names, dates) go with what they stand beside.

    Returns:
        The language that most of the text is in; and segments, sorted, that do not overlap, and hold all of the text
        but white space between and around them.
    """
    from .document import detect_document

    return detect_document(text)


def detect_documents(texts: Sequence[str]) -> list[tuple[Detection, list[Segment]]]:
    """What `detect_document` says of each text, in order, in less time."""
    from .document import detect_documents

    return detect_documents(texts)
