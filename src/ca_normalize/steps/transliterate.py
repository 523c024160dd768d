"""The Cyrillic that is left, in Latin letters, by the language of each paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from ..context import Context
from ..edits import Deferred, Edit, changed
from ..translit.paragraphs import Part, paragraphs


def transliterate(text: str, context: Context) -> Sequence[Edit]:
    """Edits, a word each, that leave no Cyrillic letter but in addresses, handles, tags and file names.

    The rule of an edit is the language and scheme that it went by (``kk/press``).

    Raises:
        UsageError: no language has the scheme that the config names.
    """
    if not context.look(text).cyrillic:
        return ()
    parts = tuple(paragraphs(text, context.detection, context.segments, context.config.scheme))
    return Deferred("".join(one.edited(part) for one, part, _ in parts), partial(_edits, text, parts))


def _edits(text: str, parts: Iterable[Part]) -> list[Edit]:
    return changed(text, (edit for one, part, start in parts for edit in one.edits(part, start)))
