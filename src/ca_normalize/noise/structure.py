"""Noise by its shape and place: what no list of strings can name. Each kind takes its parameters from data/noise.

A function of a kind looks at a page, and at the lines that the rules have already found there, and yields the
numbers of further lines that are noise. All of them leave paragraphs (`Page.long`) alone, and are linear in the lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from ..errors import DataError, choices
from .page import Page
from .schema import Rule, Structure

Params = Mapping[str, Any]
Found = Mapping[int, "Rule | Structure"]
Finder = Callable[[Page, Found, Params], Iterator[int]]


class Kind(NamedTuple):
    """A kind of structure: its function, and its parameters with their defaults."""

    find: Finder
    defaults: dict[str, Any]


def find(page: Page, found: Found, rule: Structure) -> Iterator[int]:
    """The lines of *page* that *rule* takes, given those *found* so far."""
    kind = KINDS[rule.kind]
    return kind.find(page, found, {**kind.defaults, **rule.params})


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
    for number in range(len(page) + 1):
        if number < len(page) and page.keys[number] == "":
            continue
        word = page.keys[number] if number < len(page) else None
        quoted = _instrument(page.low(number)) if word and len(word) <= params["max_chars"] else None
        if quoted:
            run.append((number, *quoted))
            continue
        if len(run) >= params["min_lines"]:
            names = [name for _, name, _ in run]
            periodic = len(names) >= 2 * len(set(names))
            told = all(change for _, _, change in run) and page.in_zone(run[0][0], "edge")
            if periodic or told:
                yield from (n for n, _, _ in run)
        run = []


# --- lists of links under a header -----------------------------------------------------------------------------------

_BULLET = re.compile(r"\s*(?:[-•*·▪●‣|>»]|\d{1,2}[.)])\s")


def _tail_lists(page: Page, found: Found, params: Params) -> Iterator[int]:
    """Short lines, three or more in a row, after a header of one of the classes; they end at the first paragraph."""
    number = 0
    while number < len(page):
        rule = found.get(number)
        if rule is None or rule.cls not in params["classes"] or rule.cls == "":
            number += 1
            continue
        items, end = _items(page, found, number + 1, params)
        if len(items) >= params["min_lines"]:
            yield from items
        number = end


def _items(page: Page, found: Found, start: int, params: Params) -> tuple[list[int], int]:
    """The lines of the list that begins at *start*, and the number of the line behind them."""
    items, end, bulleted = [], start, None
    while end < len(page) and not page.long[end] and page.words[end] <= params["max_words"]:
        if page.keys[end] != "":
            bullet = _BULLET.match(page.text, page.starts[end], page.ends[end]) is not None
            if bulleted and not bullet and end not in found:
                break
            bulleted = bullet if bulleted is None and end not in found else bulleted
            items.append(end)
        end += 1
    if end < len(page) and not bulleted:
        if params["to_end"]:
            return [], end
        items = items[:-1]  # the last short line before a paragraph may be the heading of what follows
    return items, end


# --- times -----------------------------------------------------------------------------------------------------------

_TIME = re.compile(r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?[-–]\s?(?:[01]?\d|2[0-3])[:.][0-5]\d)?")


def _time_grids(page: Page, found: Found, params: Params) -> Iterator[int]:
    """Programme grids and prayer times: short lines of which most of every few are bare times."""
    times = [n for n, word in enumerate(page.keys) if word is not None and _TIME.fullmatch(page.low(n))]
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
    alternate = all(page.keys[n - 1] != "" and n - 1 not in run for n in run[1:])
    return int(alternate and run[0] > 0 and page.keys[run[0] - 1] != "" and page.words[run[0] - 1] == 1)


# --- what stands twice -----------------------------------------------------------------------------------------------


def _repeats(page: Page, found: Found, params: Params) -> Iterator[int]:
    """Later copies of a line; the first stays. Short ones only near the head or right behind the first."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    rank = 0
    for number, word in enumerate(page.keys):
        if word == "":
            continue
        rank += 1
        text = page.low(number)
        if text not in first or number in found:
            if number not in found:
                first[text] = last[text] = rank
            continue
        near = rank - last[text] == 1 or (first[text] <= params["head"] and rank <= 2 * params["head"])
        last[text] = rank
        least = params["near_chars"] if near else params["min_chars"]
        if len(text) >= least and page.words[number] >= params["min_words"] and not _refrain(page, number, params):
            yield number


def _refrain(page: Page, number: int, params: Params) -> bool:
    """Verse, and what has a label before it, repeats on purpose: a line that ends in a comma or the like."""
    return page.text[page.starts[number] : page.ends[number]].rstrip().endswith(tuple(params["not_after"]))


# --- menus -----------------------------------------------------------------------------------------------------------


def _menus(page: Page, found: Found, params: Params) -> Iterator[int]:
    """Runs of very short lines at the head or the tail of which a good part are known words of menus."""
    run: list[int] = []
    for number in range(len(page) + 1):
        if number < len(page) and page.keys[number] == "":
            continue
        if number < len(page) and _menu_item(page, number, params) and page.in_zone(number, "edge"):
            run.append(number)
            continue
        known = sum(1 for n in run if n in found and found[n].cls in params["classes"])
        if len(run) >= params["min_lines"] and known >= params["share"] * len(run):
            yield from run
        run = []


def _menu_item(page: Page, number: int, params: Params) -> bool:
    word = page.keys[number]
    return bool(word) and page.words[number] <= params["max_words"] + 1 and page.line(number)[-1:] not in ".!?:;,"


def _sandwiched(page: Page, found: Found, params: Params) -> Iterator[int]:
    """A label of a word or two between lines of a widget: the city of the weather, the section of a template."""
    real = [n for n, word in enumerate(page.keys) if word != ""]
    for at, number in enumerate(real):
        if number in found or page.words[number] > params["max_words"] or not page.in_zone(number, params["zone"]):
            continue
        around = [found.get(real[at + step]) if 0 <= at + step < len(real) else None for step in (-1, 1)]
        edge = at == 0 and around[1] is not None
        widget = any(rule is not None and rule.cls in params["classes"] for rule in around)
        if widget and (edge or None not in around) and page.line(number)[-1:] not in ".!?:;,":
            yield number


KINDS: dict[str, Kind] = {
    "tickers": Kind(_tickers, {"min_lines": 3, "max_chars": 60}),
    "tail-list": Kind(_tail_lists, {"classes": [], "min_lines": 3, "max_words": 25, "to_end": False}),
    "time-grid": Kind(_time_grids, {"min_times": 4, "max_between": 2, "max_words": 6, "zone": "edge"}),
    "repeats": Kind(_repeats, {"min_chars": 30, "near_chars": 12, "min_words": 2, "head": 8, "not_after": [","]}),
    "menu": Kind(_menus, {"classes": [], "min_lines": 5, "max_words": 3, "share": 0.4}),
    "sandwich": Kind(_sandwiched, {"classes": [], "max_words": 2, "zone": "head"}),
}
