"""Text from one script into another: `transliterate`, and what the pipeline's step uses of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import accumulate, repeat

from ..cyrillic import CYRILLIC, has_cyrillic
from ..edits import Edit
from ..errors import UsageError
from . import fallback, forms, registry, special
from .engine import Converter
from .script import APOSTROPHES, MARKS, pattern

_RUN = f"[{CYRILLIC}][{CYRILLIC}{MARKS}]*"
_WORD = f"({_RUN}(?:[-{APOSTROPHES}]{_RUN})*)"
STEP = "transliterate"
_edit = partial(tuple.__new__, Edit)  # Edit(*fields), without a Python call for each of many thousand words
_REMEMBERED = 40_000  # words, with the marks beside them; about 7 MB
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
        self._key = (language, scheme, reverse)
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

    def __reduce__(self) -> tuple[Callable[[str, str, bool], Transcriber], tuple[str, str, bool]]:
        return (transcriber, self._key)

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
        for part, span in self._apart(text):
            for piece, asks in self._pieces(part):
                parts = pattern(_WORD).split(piece)
                ends = list(accumulate(map(len, parts), initial=offset))
                results = self._words(piece, parts, asks)
                yield from map(_edit, zip(ends[1::2], ends[2::2], results, repeat(STEP), repeat(self.rule)))
                offset += len(piece)
            if span:
                end = offset + span.end - span.start
                yield Edit(offset, end, span.replacement, STEP, self.rule)
                offset = end

    def edited(self, text: str) -> str:
        """What `edits` make of *text*; quicker, for most of a text is words that were seen before."""
        done: list[str] = []
        for part, span in self._apart(text):
            done += [self._piece(piece, asks) for piece, asks in self._pieces(part)]
            done.append(span.replacement if span else "")
        return "".join(done)

    def _apart(self, text: str) -> Iterator[tuple[str, special.Span | None]]:
        """*text* in parts without special spans, each with the span behind it."""
        at = 0
        for span in special.spans(text):
            yield text[at : span.start], span
            at = span.end
        yield text[at:] if at else text, None

    def _pieces(self, text: str) -> list[tuple[str, bool]]:
        """The lines of *text*, where a capital in it asks the words of its line; otherwise all of it.

        Each with whether one asks in it.
        """
        asks = self._convert.looks_around
        if not asks(text):
            return [(text, False)]
        *lines, last = text.split("\n")
        return [*((line + "\n", asks(line)) for line in lines), (last, asks(last))]

    def _piece(self, text: str, asks: bool) -> str:
        if asks or "\0" in text:
            return self._written(text, asks)
        if len(self._known) > _REMEMBERED:
            self._known = {}  # a new one, for another thread may be reading the old
        known = self._known
        lines = [line.split(" ") for line in text.split("\n")]
        done = [[*map(known.get, tokens)] for tokens in lines]
        lacking = [number for number, written in enumerate(done) if None in written]
        if lacking:
            pairs = [pair for number in lacking for pair in zip(lines[number], done[number], strict=True)]
            new = {token for token, written in pairs if written is None}
            known.update(zip(new, self._written("\0".join(new), asks).split("\0"), strict=True))
            for number in lacking:
                done[number] = [*map(known.get, lines[number])]
        return "\n".join(map(" ".join, done))  # type: ignore[arg-type]  # none is None now

    def _written(self, text: str, asks: bool) -> str:
        parts = pattern(_WORD).split(text)
        parts[1::2] = self._words(text, parts, asks)
        return "".join(parts)

    def _words(self, text: str, parts: list[str], asks: bool) -> list[str]:
        """Each Cyrillic word, which are every other of the *parts* of *text*, converted.

        Args:
            asks: whether a capital in it asks the words beside its own.
        """
        if len(parts) == 1 or not self._reads_cyrillic:
            return parts[1::2]
        if not asks:
            return self._plain("\n".join(parts[1::2])).split("\n")  # no word is asked over the end of a line
        separator = next((char for char in _SEPARATORS if char not in text), "")
        if separator:
            return self._plain(separator.join(parts)).split(separator)[1::2]
        return list(map(self._plain, parts[1::2]))  # every separator is in the text: a page of binary data


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
