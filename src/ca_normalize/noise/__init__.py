"""Noise of scraped pages: the rules, how lines are matched with them, and the structure that gives noise away.

docs/noise.md is the manual; the rules themselves are in data/noise. Modules, in the order in which a text meets them:

    schema     what a rule is; a file of rules is checked entry by entry
    rules      all files, compiled once: whole lines, literals, regexes
    page       a text as lines, with what the rules ask of a line
    match      which rules hold for which lines and spans
    structure  tail lists, grids, menus, repeated blocks: noise by its place and shape
    removal    from lines and spans to edits
    recurring  lines that recur across the documents of a collection
"""

from __future__ import annotations

from typing import Any

__all__ = ["RecurringLines", "Rule", "RuleSet", "check_rules", "load"]

_HOME = {"RecurringLines": "recurring", "Rule": "schema", "RuleSet": "rules", "check_rules": "check", "load": "rules"}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        import importlib

        return getattr(importlib.import_module(f".{_HOME[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
