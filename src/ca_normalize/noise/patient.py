"""Regexes of the user's own: with Unicode properties, and with a limit of time.

Our own rules are held to regexes that cannot run away; a user's are not. The ``regex`` package knows ``\\p{Cyrillic}``,
and stops a match that takes too long, which the standard library's ``re`` cannot.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from .schema import Rule

SECONDS = 0.2  # for one match; the rule is not asked again for that place

_log = logging.getLogger("ca_normalize")


class PatientPattern:
    """Stands for a compiled pattern, as far as rules use one.

    Raises:
        regex.error: the rule's regex is not valid.
    """

    def __init__(self, rule: Rule) -> None:
        import regex

        self.rule = rule
        self._pattern = regex.compile(rule.regex, regex.V0)
        self.groupindex: dict[str, int] = self._pattern.groupindex

    def match(self, text: str, start: int = 0, end: int | None = None) -> Any:
        return self._within(lambda: self._pattern.match(text, start, end, timeout=SECONDS))

    def fullmatch(self, text: str) -> Any:
        return self._within(lambda: self._pattern.fullmatch(text, timeout=SECONDS))

    def _within(self, attempt: Callable[[], Any]) -> Any:
        try:
            return attempt()
        except TimeoutError:
            _log.warning("rule %s: its regex took over %s s on a line, which stays; simplify it", self.rule.id, SECONDS)
            return None
