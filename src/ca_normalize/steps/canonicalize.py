"""One spelling a name: finds names by the gazetteer and rewrites them to the labels of their entities."""

from __future__ import annotations

from ..context import Context
from ..edits import Edit


def canonicalize(text: str, context: Context) -> list[Edit]:
    """Edits for the names that are rewritten; ``context.names`` receives those that were found."""
    from ..gazetteer import Gazetteer

    config = context.config
    names = (config.gazetteer or Gazetteer.default()).spot(
        text,
        context.segments,
        latin="transliterate" in config.steps,
        dated=config.rewrite_dated,
        translated=context.machine_translated,
        changes_only=context.again or not config.all_names,
    )
    context.names = names
    return [Edit(each.start, each.end, each.replacement or "", "canonicalize", each.rule) for each in names.rewritten()]
