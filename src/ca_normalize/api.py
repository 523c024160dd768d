"""The functions for one call: each a step, or all of them, on one text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from .config import Config
from .cyrillic import has_cyrillic
from .pipeline import Normalizer, make_config
from .result import Detection, Name, Normalized, Segment

if TYPE_CHECKING:
    from .gazetteer import Entity


def normalize(text: str, **options: Any) -> Normalized:
    """Clean text, one script, one spelling a name; see `Normalizer` for the options."""
    return Normalizer(make_config(options)).normalize(text)


def repair(text: str) -> str:
    """Mend broken characters: mojibake, invisible characters, look-alikes, apostrophes, lost spaces."""
    from .pipeline import PASSES
    from .steps.repair import alone

    if isinstance(text, str) and (mended := alone(text, PASSES)) is not None:
        return mended  # nothing in it depends on the language, which would take longer to find
    return Normalizer(Config(steps=("repair",))).normalize(text).text


def strip_noise(text: str, level: str = "default") -> str:
    """Delete scraped noise.

    Args:
        text: a page as it was scraped.
        level: ``safe`` (exact strings and tickers), ``default`` (and structure) or ``aggressive``.
    """
    from .pipeline import PASSES, checked
    from .steps.strip import alone

    return alone(checked(text), Config(level=level), PASSES)  # without its languages, which take longer to find


def canonicalize(text: str, language: str | None = None) -> str:
    """One spelling a name, in the language and script of the text.

    Args:
        text: any text.
        language: BCP 47 code, or None to detect it.
    """
    return Normalizer(Config(steps=("canonicalize",), language=language)).normalize(text).text


def find_names(text: str, language: str | None = None) -> list[Name]:
    """The names in *text*, in order, with the entity that each stands for.

    Args:
        text: any text.
        language: BCP 47 code, or None to detect it.
    """
    from .gazetteer import Gazetteer

    return Gazetteer.default().find(text, _segments(text, language))


def _segments(text: str, language: str | None) -> list[Segment]:
    config = _finding(language)  # which refuses an unknown one
    if language:
        script = "Cyrl" if has_cyrillic(text[:500]) else "Latn"  # enough to tell the two spellings of one language
        return [Segment(0, len(text), Detection(language, script, 1.0))]
    from .context import Context
    from .steps.detect import detect

    context = Context(config)
    detect(text, context)
    return context.segments


@cache
def _finding(language: str | None) -> Config:
    return Config(steps=("canonicalize",), language=language)


def lookup(surface: str) -> tuple[Entity, ...]:
    """Every entity that *surface*, in any listed or inflected form, may be."""
    from .gazetteer import Gazetteer

    return Gazetteer.default().lookup(surface)
