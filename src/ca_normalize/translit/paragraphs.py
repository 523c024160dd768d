"""Which language the Cyrillic of each paragraph is in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..cyrillic import CYRILLIC, has_cyrillic
from ..result import Detection, Segment
from . import registry
from .api import Transcriber, nearest
from .script import pattern

_SURE = 0.8  # of the language of a few words, to go against the document
_WORD = f"[{CYRILLIC}]+"

Part = tuple[Transcriber, str, int]


def paragraphs(
    text: str, document: Detection, segments: Iterable[Segment], scheme: str | None, reverse: bool = False
) -> Iterator[Part]:
    """The parts of *text*, each with its transcriber and its start; neighbours that share one are one part.

    Args:
        text: any text.
        document: its language, for what stands between the segments, and for those of no known language.
        segments: its paragraphs, in order.
        scheme: a name among `schemes`, or None for the default of each language.
        reverse: from Latin to Cyrillic.
    """
    current: Transcriber | None = None
    since = 0
    for start, end, found in _whole(text, document, segments):
        language = found.language if reverse else _language(text[start:end], found, document)
        one = nearest(language, scheme, reverse)
        if current is not None and one is not current:
            yield current, text[since:start], since
            since = start
        current = one
    if current is not None:
        yield current, text[since:], since


def _whole(text: str, document: Detection, segments: Iterable[Segment]) -> Iterator[Segment]:
    """The segments; what stands between them is part of the one before it, or of its own where it holds Cyrillic."""
    at = 0
    for segment in segments:
        if not at or has_cyrillic(text[at : segment.start]):
            yield Segment(at, segment.start, document)
        yield segment
        at = segment.end
    if not at or has_cyrillic(text[at:]):
        yield Segment(at, len(text), document)


def _language(part: str, found: Detection, document: Detection) -> str:
    """The language of the Cyrillic in *part*.

    A paragraph in Latin letters says nothing of the Cyrillic words in it: they are looked at by themselves.
    """
    if found.script == "Cyrl" and registry.has(found.language):
        return found.language
    if found.confidence < 1 and has_cyrillic(part):  # at 1, the user said so
        from ..language import detect

        alone = detect(" ".join(pattern(_WORD).findall(part)))
        if alone.confidence >= _SURE and registry.has(alone.language):
            return alone.language
    return next((one.language for one in (found, document) if registry.has(one.language)), registry.NEUTRAL)
