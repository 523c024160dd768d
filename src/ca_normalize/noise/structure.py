"""Noise by its shape and place: what no list of strings can name. Each kind takes its parameters from data/noise.

A function of a kind looks at a page, and at the lines that the rules have already found there, and yields the
numbers of further lines that are noise. All of them leave paragraphs (`Page.long`) alone, and are linear in the lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from ..errors import DataError, choices
from .copies import repeats
from .page import BULLET, Page
from .schema import Rule, Structure

Params = Mapping[str, Any]
Found = Mapping[int, "Rule | Structure"]
Finder = Callable[[Page, Found, Params], Iterator[int]]


class Kind(NamedTuple):
    """A kind of structure: its function, and its parameters with their defaults."""

    find: Finder
    defaults: dict[str, Any]


def find(page: Page, found: Found, rule: Structure) -> Iterator[int]:
    """The lines of *page* that *rule* takes, given those *found* so far; its parameters are `complete`."""
    return KINDS[rule.kind].find(page, found, rule.params)


def complete(rule: Structure) -> Structure:
    """*rule* with all parameters that its kind has; lists as sets, which are quicker to look things up in.

    Raises:
        DataError: as `check` does.
    """
    check(rule)
    params = {**KINDS[rule.kind].defaults, **rule.params}
    sets = {name: frozenset(value) if isinstance(value, list) else value for name, value in params.items()}
    return replace(rule, params=sets)


def check(rule: Structure) -> None:
    """Refuse an unknown kind or parameter.

    Raises:
        DataError: with the names that there are.
    """
    if rule.kind not in KINDS:
        raise DataError(choices(rule.kind, KINDS, "kind of structure"), entry=rule.id)
    for name in rule.params:
        if name not in KINDS[rule.kind].defaults:
            raise DataError(choices(name, KINDS[rule.kind].defaults, f"parameter of {rule.kind}"), entry=rule.id)


# --- tickers ---------------------------------------------------------------------------------------------------------

_VALUE = re.compile(r"[-+−±▲▼↑↓(]{0,2}[$€£¥₽₸₴₺]?\d[\d.,]*\s?%?[$€£¥₽₸₴₺сc]?\)?")
_CHANGE = re.compile(r"[-+−±▲▼↑↓]\s?\d|\d%")
_INSTRUMENT = re.compile(r"[^\W\d_][\w/&.-]{0,14}|[$€£¥₽₸₴₺=:|/•*·-]{1,2}")


@lru_cache(maxsize=4096)  # tickers say the same again and again
def _instrument(line: str) -> tuple[str, bool] | None:
    """What a line of a ticker quotes, and whether it tells the change; None where it is no such line."""
    fields = line.split()
    if not 2 <= len(fields) <= 8:
        return None
    names = [field for field in fields if not _VALUE.fullmatch(field)]
    words = [name for name in names if any(letter.isalpha() for letter in name)]
    values = len(fields) - len(names)
    if not 1 <= len(words) <= 3 or not values or not all(_INSTRUMENT.fullmatch(name) for name in names):
        return None
    decimal = any("." in field or "," in field for field in fields if field not in names)
    return (" ".join(words), values > 1 and _CHANGE.search(line) is not None) if decimal else None


def _tickers(page: Page, found: Found, params: Params) -> Iterator[int]:
    """Runs of quotes that repeat, or that each tell value and change."""
    run: list[tuple[int, str, bool]] = []
    for number in [*page.real, -1]:
        word = page.keys[number] if number >= 0 else None
        quoted = _instrument(page.low(number)) if word and "0" in word and len(word) <= params["max_chars"] else None
        if quoted:
            run.append((number, *quoted))
            continue
        if len(run) >= params["min_lines"]:
            names = [name for _, name, _ in run]
            period = len(set(names))
            periodic = 2 <= period <= len(names) // 2 and all(n == names[i % period] for i, n in enumerate(names))
            told = all(change for _, _, change in run) and page.in_zone(run[0][0], "edge")
            if periodic or told:
                yield from (n for n, _, _ in run)
        run = []


# --- lists of links under a header -----------------------------------------------------------------------------------


def _tail_lists(page: Page, found: Found, params: Params) -> Iterator[int]:
    """Short lines in a row after a header of one of the classes; they end at the first paragraph.

    A header above all paragraphs stands over the key points of the article, or over a page that is itself a list.
    """
    if not page.has_long:
        return
    behind = 0
    for number in sorted(number for number, rule in found.items() if rule.cls in params["classes"]):
        if number >= behind and number > page.first_long:
            items, behind = _items(page, found, number + 1, params)
            if len(items) >= params["min_lines"]:
                yield from items


def _items(page: Page, found: Found, start: int, params: Params) -> tuple[list[int], int]:
    """The lines of the list that begins at *start*, and the number of the line behind them.

    A list that is followed by more text counts only where all its lines are bulleted: without bullets, nothing tells
    its last line from the title of what follows.
    """
    items: list[int] = []
    end, bulleted, size = start, None, len(page)
    while end < size and (end in found or _is_item(page, end, params)):
        if page.keys[end] != "" and end not in found:
            bullet = BULLET.match(page.text, page.starts[end], page.ends[end]) is not None
            if bulleted and not bullet:
                break
            bulleted = bullet if bulleted is None else bulleted and bullet
        if page.keys[end] != "":
            items.append(end)
        end += 1
    return (items, end) if bulleted or end == size else ([], end)


def _is_item(page: Page, number: int, params: Params) -> bool:
    """A headline: not a paragraph, not a sentence with its full stop."""
    if page.long[number] or page.words[number] > params["max_words"]:
        return False
    line = page.line(number)
    return not (line.endswith(".") and page.words[number] >= params["sentence_words"] and not line.endswith(".."))


# --- times -----------------------------------------------------------------------------------------------------------

_TIME_KEYS = ("0:0", "0", "0:0-0:0", "0:0 - 0:0", "0-0", "0 - 0")
_TIME = re.compile(r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?[-–]\s?(?:[01]?\d|2[0-3])[:.][0-5]\d)?")


def _time_grids(page: Page, found: Found, params: Params) -> Iterator[int]:
    """Programme grids and prayer times: short lines of which most of every few are bare times."""
    times = [n for n in page.real if page.keys[n] in _TIME_KEYS and _TIME.fullmatch(page.low(n))]
    run: list[int] = []
    for number in [*times, -1]:
        if run and (number < 0 or not _joined(page, run[-1], number, params)):
            if len(run) >= params["min_times"] and page.in_zone(run[0], params["zone"]):
                first = run[0] - (_labels_first(page, run))
                yield from range(first, run[-1] + 1)
            run = []
        run.append(number)


def _joined(page: Page, before: int, after: int, params: Params) -> bool:
    between = [n for n in range(before + 1, after) if page.keys[n] != ""]
    return len(between) <= params["max_between"] and all(page.words[n] <= params["max_words"] for n in between)


def _labels_first(page: Page, run: list[int]) -> int:
    """1 where each time is followed, or preceded, by a label and the first label is the line before the run."""
    times = set(run)
    alternate = all(page.keys[n - 1] != "" and n - 1 not in times for n in run[1:])
    return int(alternate and run[0] > 0 and page.keys[run[0] - 1] != "" and page.words[run[0] - 1] == 1)


# --- menus -----------------------------------------------------------------------------------------------------------


def _menus(page: Page, found: Found, params: Params) -> Iterator[int]:
    """Runs of very short lines at the head or the tail of which a good part are known words of menus."""
    if not _any(found, params):
        return
    run: list[int] = []
    for number in [*page.real, -1]:
        if number >= 0 and page.in_zone(number, "edge") and _menu_item(page, number, params):
            run.append(number)
            continue
        known = sum(1 for n in run if n in found and found[n].cls in params["classes"])
        if len(run) >= params["min_lines"] and known >= params["share"] * len(run):
            yield from run
        run = []


def _any(found: Found, params: Params) -> bool:
    """Whether a line of one of the classes was found at all: the quick way out for most texts."""
    return any(rule.cls in params["classes"] for rule in found.values())


def _menu_item(page: Page, number: int, params: Params) -> bool:
    word = page.keys[number]
    return bool(word) and page.words[number] <= params["max_words"] + 1 and page.line(number)[-1:] not in ".!?:;,"


def _sandwiched(page: Page, found: Found, params: Params) -> Iterator[int]:
    """A label of a word or two between lines of a widget: the city of the weather, the section of a template."""
    if not _any(found, params):
        return
    real = page.real
    for at, number in enumerate(real):
        if number in found or page.words[number] > params["max_words"] or not page.in_zone(number, params["zone"]):
            continue
        around = [found.get(real[at + step]) if 0 <= at + step < len(real) else None for step in (-1, 1)]
        edge = at == 0 and around[1] is not None
        widget = any(rule is not None and rule.cls in params["classes"] for rule in around)
        if widget and (edge or None not in around) and page.line(number)[-1:] not in ".!?:;,":
            yield number


def _beside(page: Page, found: Found, params: Params) -> Iterator[int]:
    """The name of a section next to a stamp or the like, anywhere: pages that run on carry one over each article."""
    if not _any(found, params):
        return
    real = page.real
    for at, number in enumerate(real):
        if page.keys[number] in params["words"] and number not in found:
            around = (found.get(real[at + step]) for step in (-1, 1) if 0 <= at + step < len(real))
            if any(rule is not None and rule.cls in params["classes"] for rule in around):
                yield number


_BETWEEN = re.compile(r"[\s|/•·,>»]+")


def _rows(page: Page, found: Found, params: Params) -> Iterator[int]:
    """A menu on one line: nearly every word of it is the name of a section, or a known word of menus."""
    for number in page.real:
        word = page.keys[number]
        opening = _BETWEEN.split(word, 1)[0] if word else ""
        if number in found or (opening not in params["words"] and opening not in params["more"]):
            continue
        words = _BETWEEN.split(word or "")
        known = sum(1 for one in words if one in params["words"] or one in params["more"])
        enough = len(words) >= params["min_words"] and known >= params["share"] * len(words)
        if enough and page.line(number)[-1:] not in ".!?:;," and page.in_zone(number, "edge"):
            yield number


# --- what is only noted ----------------------------------------------------------------------------------------------


def _cut_teasers(page: Page, found: Found, params: Params) -> Iterator[int]:
    """Paragraphs that break off with three dots."""
    return (number for number in page.broken_off if page.words[number] >= params["min_words"])


def _boundaries(page: Page, found: Found, params: Params) -> Iterator[int]:
    """Titles of further articles: short lines behind a stamp, a 'more' link or a cut teaser in mid-text."""
    real = page.real
    cut = set(_cut_teasers(page, found, params))
    if not cut and not _any(found, params):
        return
    begun = False  # behind the first paragraph
    for at, number in enumerate(real):
        before = real[at - 1] if at else -1
        rule = found.get(before)
        ends = before in cut or (rule is not None and rule.cls in params["classes"])
        title = not page.long[number] and number not in found and page.words[number] >= params["title_words"]
        if begun and ends and title and at + 1 < len(real):
            yield number
        begun = begun or page.long[number]


KINDS: dict[str, Kind] = {
    "tickers": Kind(_tickers, {"min_lines": 3, "max_chars": 60}),
    "tail-list": Kind(_tail_lists, {"classes": [], "min_lines": 3, "max_words": 25, "sentence_words": 5}),
    "time-grid": Kind(_time_grids, {"min_times": 4, "max_between": 2, "max_words": 6, "zone": "edge"}),
    "repeats": Kind(
        repeats,
        {
            "near_chars": 4,
            "head": 3,
            "head_words": 3,
            "title_words": 5,
            "far_words": 8,
            "block_lines": 5,
            "block_words": 20,
            "block_prose": False,
            "not_after": ",;:",
        },
    ),
    "menu": Kind(_menus, {"classes": [], "min_lines": 5, "max_words": 3, "share": 0.4}),
    "sandwich": Kind(_sandwiched, {"classes": [], "max_words": 2, "zone": "head"}),
    "row": Kind(_rows, {"words": frozenset(), "more": frozenset(), "min_words": 3, "share": 0.8}),
    "beside": Kind(_beside, {"words": [], "classes": []}),
    "cut-teaser": Kind(_cut_teasers, {"min_words": 8}),
    "boundary": Kind(_boundaries, {"classes": [], "min_words": 8, "title_words": 3}),
}
