"""The Cyrillic that is left, in Latin letters, by the language of each paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from ..context import Context
from ..edits import Edit
from ..translit.api import Transcriber, nearest
from ..translit.script import has_cyrillic


def transliterate(text: str, context: Context) -> list[Edit]:
    """Edits, a word each, that leave no Cyrillic letter but in addresses, handles, tags and file names.

    The rule of an edit is the language and scheme that it went by (``kk/press``).
    """
    if not has_cyrillic(text):
        return []
    return [edit for one, part, start in _paragraphs(text, context) for edit in one.edits(part, start)]


def _paragraphs(text: str, context: Context) -> Iterator[tuple[Transcriber, str, int]]:
    """Each paragraph, and what stands between them, with its transcriber and its start."""
    scheme, at = context.config.scheme, 0
    document = context.detection.language
    for start, end, detection in context.segments:
        if at < start:
            yield nearest(document, scheme), text[at:start], at
        language = document if detection.language == "und" else detection.language
        yield nearest(language, scheme), text[start:end], start
        at = end
    if at < len(text):
        yield nearest(document, scheme), text[at:], at
