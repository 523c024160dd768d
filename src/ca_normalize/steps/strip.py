"""Strip: what was scraped with an article and is not of it goes; what it tells of the article is noted.

The rules are data (data/noise); `ca_normalize.noise` matches them. docs/noise.md is the manual of both.
"""

from __future__ import annotations

from ..config import Config
from ..context import Context
from ..edits import Edit, apply
from ..noise.engine import clean
from ..noise.rules import load


def strip(text: str, context: Context) -> list[Edit]:
    """Delete noise; note stamps, credits, bylines, captions and cut teasers.

    Args:
        text: any text.
        context: its config gives the level and the rules of the user; ``recurring`` the lines that recur across the
            collection; gets ``notes`` and ``machine_translated``.

    Returns:
        Edits of *text* with step ``strip``; the rule of each is the id of a rule in data/noise.

    Raises:
        DataError: a file of rules of the user breaks the schema.
    """
    rules = load(context.config.level, context.config.rules)
    cleaned = clean(text, rules, context.recurring, at_once=True)  # numpy is there since languages were looked for
    context.notes += cleaned.notes
    context.machine_translated |= any(note.kind == "translated_by" for note in cleaned.notes)
    return cleaned.edits


def alone(text: str, config: Config, passes: int) -> str:
    """What this step by itself makes of *text* in that many passes."""
    rules = load(config.level, config.rules)
    for _ in range(passes):
        edits = clean(text, rules).edits
        if not edits:
            break
        text = apply(text, edits)
    return text
