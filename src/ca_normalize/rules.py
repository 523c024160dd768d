"""The ids that edits carry as their rules, of all steps."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path

from .config import STEPS
from .errors import UsageError

_OF_NAMES = ("strong", "anchor")
_OF_NAMES_IN_CONTEXT = ("conditional:", "key:")  # and what was found: a cue, the listed name


def check(ids: Iterable[str], own: tuple[Path, ...] = ()) -> None:
    """Hold *ids* against the rules of all steps, the steps themselves, and the noise rules of the files *own*.

    Raises:
        UsageError: there is no such rule; with the nearest.
        DataError: one of the files breaks the schema.
    """
    known = frozenset((*STEPS, *_all(own)))
    for identity in ids:
        if identity not in known and not identity.startswith(_OF_NAMES_IN_CONTEXT):
            near = difflib.get_close_matches(identity, sorted(known), n=1)
            hint = f": did you mean {near[0]!r}?" if near else "; --explain shows the rule of each edit"
            raise UsageError(f"no rule, and no step, has the id {identity!r}{hint}")


def _all(own: tuple[Path, ...]) -> Iterator[str]:
    from .mending import breaks, letters, mojibake, signs
    from .mending.apostrophes import RULE
    from .noise.rules import reasons
    from .translit import schemes

    yield from (RULE, mojibake.RULE, *letters.RULES, *signs.rules(), *breaks.rules())
    yield from reasons(own)
    yield from _OF_NAMES
    for scheme in schemes():
        yield f"{scheme.language}/{scheme.name}"
