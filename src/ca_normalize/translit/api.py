"""Text from one script into another: `transliterate`, and what the pipeline's step uses of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, partial
from itertools import accumulate, repeat

from ..edits import Edit
from ..errors import UsageError
from . import fallback, forms, registry, special
from .engine import Converter
from .script import APOSTROPHES, CYRILLIC, MARKS, has_cyrillic, pattern

_RUN = f"[{CYRILLIC}][{CYRILLIC}{MARKS}]*"
_WORD = f"({_RUN}(?:[-{APOSTROPHES}]{_RUN})*)"
STEP = "transliterate"
_edit = partial(tuple.__new__, Edit)  # Edit(*fields), without a Python call for each of many thousand words
_REMEMBERED = 20_000  # words, about 3 MB
_SEPARATORS = "\0\1\2\3\4\5\6\7"


def transliterate(text: str, language: str | None = None, scheme: str | None = None, reverse: bool = False) -> str:
    """Write Cyrillic text in Latin letters; or Latin text in Cyrillic ones, where the scheme knows the way back.

    Args:
        text: any text. What is not in the script that the scheme reads stays as it is, and so do addresses, handles,
            tags, file names and Roman numerals.
        language: BCP 47 code, or None to detect that of each paragraph.
        scheme: a name among `schemes`; None is press, or national for uz, tk, kaa, uk, be and mn.
        reverse: from Latin to Cyrillic.

    Raises:
        UsageError: no such language, or no such scheme for it, with the choices; or no way back, with the reason.

    >>> transliterate("Қасым-Жомарт Тоқаев", language="kk")
    'Kassym-Jomart Tokayev'
    >>> transliterate("O‘zbekiston", language="uz", reverse=True)
    'Ўзбекистон'
    """
    if not isinstance(text, str):
        raise UsageError(f"text must be a str, not {type(text).__name__}")
    if language is not None:
        return transcriber(language, scheme, reverse)(text)
    registry.check(scheme)
    if not reverse and not has_cyrillic(text):
        return text if scheme != registry.ASCII else forms.ascii_only(text)
    from ..language import detect_document
    from .paragraphs import paragraphs

    document, segments = detect_document(text)
    return "".join(one(part) for one, part, _ in paragraphs(text, document, segments, scheme, reverse))


class Transcriber:
    """One scheme of one language, ready for use."""

    def __init__(self, language: str, scheme: str, raw: registry.Raw, reverse: bool) -> None:
        self._reverse = reverse
        self._reads_cyrillic = not reverse and raw["script"] == "Cyrl"
        self.rule = f"{language}/{scheme}"
        if reverse:
            single = {key: value for key, value in raw["back"]["letters"].items() if len(key) == 1}
            self._convert = Converter(raw["back"], fallback.make_back(single), "Latn")
            self._before = forms.apostrophes(raw["back"].get("apostrophe"))
        elif raw["script"] != "Cyrl":
            self._convert, self._before = Converter(raw, str, raw["script"]), None
        else:
            self._convert = Converter(raw, fallback.make(language, raw["letters"], registry.union()))
            self._before = forms.replacer(language, self._convert) if raw.get("forms") else None
        self._known: dict[str, str] = {}
        self._ascii = scheme == registry.ASCII

    def __call__(self, text: str) -> str:
        """*text*, transliterated."""
        if self._reads_cyrillic and not has_cyrillic(text):
            return forms.ascii_only(text) if self._ascii else text
        if self._reverse:
            text = unicodedata.normalize("NFC", text)
        apart = special.spans(text, self._reverse)
        if not apart:
            return self._plain(text)
        parts: list[str] = []
        at = 0
        for start, end, replacement in apart:
            parts += (self._plain(text[at:start]), replacement)
            at = end
        parts.append(self._plain(text[at:]))
        return "".join(parts)

    def _plain(self, text: str) -> str:
        if self._before:
            text = self._before(text)
        text = self._convert(text)
        return forms.ascii_only(text) if self._ascii else text

    def edits(self, text: str, offset: int = 0) -> Iterator[Edit]:
        """An edit for each Cyrillic word of *text*, and each special span that changes.

        Args:
            text: a paragraph.
            offset: what to add to starts and ends, in code points.
        """
        at = 0
        for start, end, replacement in special.spans(text):
            yield from self._words(text[at:start], offset + at)
            if text[start:end] != replacement:
                yield Edit(offset + start, offset + end, replacement, STEP, self.rule)
            at = end
        yield from self._words(text[at:] if at else text, offset + at)

    def _words(self, text: str, offset: int) -> Iterator[Edit]:
        parts = pattern(_WORD).split(text)
        if len(parts) == 1 or not self._reads_cyrillic:
            return iter(())
        results = self._in_context(text, parts) if self._convert.looks_around(text) else self._one_by_one(parts[1::2])
        ends = list(accumulate(map(len, parts), initial=offset))
        return map(_edit, zip(ends[1::2], ends[2::2], results, repeat(STEP), repeat(self.rule), strict=False))

    def _one_by_one(self, words: list[str]) -> Iterable[str]:
        """Each word by itself; words are remembered, for most of a text are words that were seen before."""
        known = self._known
        if len(known) > _REMEMBERED:
            known = self._known = {}  # a new one, for another thread may be reading the old
        new = list(set(words).difference(known))
        if new:
            known.update(zip(new, self._plain("\0".join(new)).split("\0"), strict=True))
        return map(known.__getitem__, words)

    def _in_context(self, text: str, parts: list[str]) -> Iterable[str]:
        """Each word as it reads among the others."""
        separator = next((char for char in _SEPARATORS if char not in text), "")
        if separator:
            return self._plain(separator.join(parts)).split(separator)[1::2]
        return map(self._plain, parts[1::2])  # every separator is in the text: a page of binary data


@cache
def transcriber(language: str, scheme: str | None = None, reverse: bool = False) -> Transcriber:
    """The transcriber of a scheme.

    Raises:
        UsageError: as `transliterate` does.
    """
    name, raw = registry.find(language, scheme)
    if reverse and raw["reversible"] == "no":
        ways = [other for other, table in registry.names(language).items() if table["reversible"] != "no"]
        others = ", ".join(ways) or "none"
        raise UsageError(f"{name} for {language} has no way back: {raw['why']}; use one of: {others}")
    return Transcriber(language if registry.has(language) else registry.NEUTRAL, name, raw, reverse)


@cache
def nearest(language: str, scheme: str | None, reverse: bool = False) -> Transcriber:
    """The transcriber of a scheme, or of the language's default where the language has no such scheme.

    Raises:
        UsageError: no language has a scheme of that name; or there is no way back.
    """
    registry.check(scheme)
    if scheme is not None and scheme != registry.ASCII and scheme not in registry.names(language):
        scheme = None
    return transcriber(language, scheme, reverse)


def clear() -> None:
    """Forget all transcribers."""
    transcriber.cache_clear()
    nearest.cache_clear()
    registry.union.cache_clear()
