"""Which rules hold for which lines and spans of a page.

The order of look-up is what makes it fast: the whole line in a dict; then an automaton for all literals over the
whole text; then a rule's own regex, only where its literal stands and only over a bounded stretch.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from .page import Page
from .rules import LONG_LINE, MARGIN, RuleSet
from .schema import Rule


class Span(NamedTuple):
    """A stretch inside a line that a rule holds for: what goes, and what of it stays (start == end: nothing)."""

    start: int
    end: int
    kept: tuple[int, int]
    rule: Rule


class Matches(NamedTuple):
    """What the rules found.

    Attributes:
        lines: the rule that a line goes by (or is flagged by), by line number.
        spans: sorted, not overlapping.
    """

    lines: dict[int, Rule]
    spans: list[Span]
    flags: list[tuple[int, Rule]]


def match(page: Page, rules: RuleSet) -> Matches:
    """All that *rules* say of *page*."""
    found = Matches({}, [], [])
    whole, first = rules.whole, rules.first
    for number, word in enumerate(page.keys):
        if not word:
            continue
        named = whole.get(word)
        called = first.get(word.partition(" ")[0].rstrip(",:|/•·"))
        if named or called:
            for rule in [*(named or ()), *(called or ())]:
                if _line_holds(page, number, rule, rules):
                    _take(found, number, rule)
    _literals(page, rules, found)
    return found._replace(spans=_disjoint(found.spans))


def _take(found: Matches, number: int, rule: Rule) -> None:
    if rule.action == "flag":
        found.flags.append((number, rule))
    elif number not in found.lines:
        found.lines[number] = rule


def _literals(page: Page, rules: RuleSet, found: Matches) -> None:
    literals, starts, ends = rules.literals, page.starts, page.ends
    tried: set[tuple[int, str]] = set()
    for which, start in _hits(page, rules):
        _, called, reach = literals[which]
        number = bisect_right(starts, start) - 1
        if ends[number] - starts[number] > reach:
            continue
        for rule in called:
            if rule.scope == "span":
                span = _span(page, start, number, rule, rules)
                if span:
                    found.spans.append(span)
            elif number not in found.lines and (number, rule.id) not in tried:
                tried.add((number, rule.id))
                if _line_holds(page, number, rule, rules):
                    _take(found, number, rule)


def _hits(page: Page, rules: RuleSet) -> Iterator[tuple[int, int]]:
    """The literals in *page*, long lines and others each for itself: places in ``rules.literals``, and starts."""
    for start, end, long in page.runs(LONG_LINE):
        for which, at in rules.hits(page.folded[start:end], long):
            yield which, start + at


def _line_holds(page: Page, number: int, rule: Rule, rules: RuleSet) -> bool:
    if page.ends[number] - page.starts[number] > rule.max_chars + MARGIN:
        return False
    line = page.line(number) if rule.case else page.low(number)
    if len(line) > rule.max_chars or (rule.zone != "any" and not page.in_zone(number, rule.zone)):
        return False
    if not rule.regex:
        return rule.scope == "prefix" and _begins(line, rule.keys) if rule.keys else bool(rule.lines)
    pattern = rules.regex(rule)
    return (pattern.match(line) if rule.scope == "prefix" else pattern.fullmatch(line)) is not None


_OPENING = re.compile(r"[^\w(\[{<@#]{0,12}")


def _begins(line: str, keys: tuple[str, ...]) -> bool:
    opening = _OPENING.match(line)
    return line.startswith(keys, opening.end() if opening else 0)


def _span(page: Page, start: int, number: int, rule: Rule, rules: RuleSet) -> Span | None:
    if rule.zone != "any" and not page.in_zone(number, rule.zone):
        return None
    source = page.text if rule.case else page.folded
    end = min(page.ends[number], start + rule.max_chars)
    if not rule.regex:
        length = next(len(word) for word in rule.keys if page.folded.startswith(word, start))
        return Span(start, start + length, (start, start), rule)
    pattern = rules.regex(rule)
    holds = pattern.match(source, start, end)
    if holds is None or (holds.end() == end < page.ends[number] and rule.regex.endswith("$")):
        return None
    kept = holds.span("keep") if "keep" in pattern.groupindex else (holds.end(), holds.end())
    return Span(holds.start(), holds.end(), kept if kept[0] >= 0 else (holds.end(), holds.end()), rule)


def _disjoint(spans: list[Span]) -> list[Span]:
    """The spans in order; where two overlap, the one that begins first, and of those the longer."""
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not chosen or span.start >= chosen[-1].end:
            chosen.append(span)
    return chosen
