"""What is never edited: lines that a comment protects, and edits of rules and names that are on an allow-list.

Comments may stand behind any comment sign (``#``, ``//``, ``<!--``), or bare:

    ca-normalize: ignore            this line
    ca-normalize: ignore-next-line  this line and the next
    ca-normalize: off ... on        these lines, and all between (to the end where there is no on)
    ca-normalize: ignore-file       the whole file
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .config import Config
from .context import Context
from .edits import Edit
from .result import Name

_MARK = "ca-normalize:"
_COMMENT = re.compile(r"ca-normalize: (ignore-next-line|ignore-file|ignore|off|on)\b(?!-)")


def spans(text: str) -> list[tuple[int, int]]:
    """The spans that comments protect, in order; the comments' own lines among them."""
    if _MARK not in text:
        return []
    found: list[tuple[int, int]] = []
    at, off_since, next_too = 0, -1, False
    for line in text.split("\n"):
        end = min(at + len(line) + 1, len(text))
        match = _COMMENT.search(line)
        word = match[1] if match else ""
        if word == "ignore-file":
            return [(0, len(text))]
        if word == "off" and off_since < 0:
            off_since = at
        elif word == "on" and off_since >= 0:
            found.append((off_since, end))
            off_since = -1
        elif off_since < 0 and (word or next_too):
            found.append((at, end))
        next_too = word == "ignore-next-line"
        at = end
    if off_since >= 0:
        found.append((off_since, at))
    return found


def allowed(text: str, edits: Sequence[Edit], context: Context) -> Sequence[Edit]:
    """Those of *edits* that nothing forbids."""
    config = context.config
    if config.ignore_rules:
        ignored = frozenset(config.ignore_rules)
        edits = [edit for edit in edits if edit.rule not in ignored and edit.step not in ignored]
    if config.ignore_names and edits and edits[0].step == "canonicalize":
        edits = _less(edits, _names(context, config))
    if config.comments:
        edits = _less(edits, spans(text))
    made = {(edit.start, edit.end) for edit in edits}
    context.names = [_left(name) if (name.start, name.end) not in made else name for name in context.names]
    return edits


def _left(name: Name) -> Name:
    """*name* as one that stays: its edit is not made."""
    return name if name.replacement is None else name._replace(replacement=None, rule=f"{name.rule}; protected")


def _names(context: Context, config: Config) -> list[tuple[int, int]]:
    ids = frozenset(config.ignore_names)
    return [(name.start, name.end) for name in context.names if name.id in ids]


def _less(edits: Iterable[Edit], protected: Sequence[tuple[int, int]]) -> list[Edit]:
    """*edits* without those that touch a protected span; both are sorted."""
    kept, at = [], 0
    for edit in edits:
        while at < len(protected) and protected[at][1] <= edit.start:
            at += 1
        if at == len(protected) or max(edit.end, edit.start + 1) <= protected[at][0]:
            kept.append(edit)
    return kept
