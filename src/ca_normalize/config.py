"""One frozen `Config`: what to do with a text, a field for each choice."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import UsageError, choices

if TYPE_CHECKING:
    from .gazetteer import Gazetteer

STEPS = ("repair", "strip", "canonicalize", "transliterate")
LEVELS = ("safe", "default", "aggressive")
LANGUAGES = (
    *("en", "ru", "kk", "ky", "uz", "tg", "tk", "kaa"),
    *("uk", "be", "bg", "mn", "tt", "ba", "az", "tr", "fa", "ug", "und"),
)


_OF_COUNTRIES = {"kz": "kk", "kg": "ky", "tj": "tg", "tm": "tk", "ua": "uk", "by": "be"}


def _no_language(code: str) -> str:
    if code in _OF_COUNTRIES:
        return f"{code!r} is the code of a country: did you mean {_OF_COUNTRIES[code]!r}, its language?"
    return choices(code, LANGUAGES, "language that this package knows")


@dataclass(frozen=True)
class Config:
    """Options of `Normalizer`.

    Attributes:
        steps: any subset of ``STEPS``; they always run in that order.
        language: BCP 47 code of every text, or None to detect it by paragraph.
        scheme: of transliteration (see `ca_normalize.schemes`); None is press, or national for uz, tk and kaa.
        level: how much ``strip`` takes: safe, default or aggressive.
        gazetteer: the names to look for; None is the one that comes with the package.
        rewrite_dated: also rewrite names that are no longer in use (Nur-Sultan), which are only found otherwise.
        rules: files with noise rules of your own, beside those that come with the package.
        ignore_rules: rules or steps whose edits are never made.
        ignore_names: ids of entities whose names are never rewritten.
        all_names: also find the names that stay as they are; False takes less time.
        comments: heed ``ca-normalize: ignore`` comments in the text (see `protect`).
    """

    steps: tuple[str, ...] = STEPS
    language: str | None = None
    scheme: str | None = None
    level: str = "default"
    gazetteer: Gazetteer | None = None
    rewrite_dated: bool = False
    rules: tuple[Path, ...] = ()
    ignore_rules: tuple[str, ...] = ()
    ignore_names: tuple[str, ...] = ()
    all_names: bool = True
    comments: bool = False

    def __post_init__(self) -> None:
        steps = (self.steps,) if isinstance(self.steps, str) else tuple(self.steps)
        for step in steps:
            if step not in STEPS:
                raise UsageError(choices(step, STEPS, "step"))
        if self.level not in LEVELS:
            raise UsageError(choices(self.level, LEVELS, "level"))
        if self.language is not None and self.language not in LANGUAGES:
            raise UsageError(_no_language(self.language))
        object.__setattr__(self, "steps", tuple(step for step in STEPS if step in steps))
        if self.scheme is not None:
            from .translit import registry  # only where it is needed: it reads a table

            registry.check(self.scheme)
            if self.language not in (None, "und"):
                registry.find(str(self.language), self.scheme)
        rules = (self.rules,) if isinstance(self.rules, (str, Path)) else self.rules
        object.__setattr__(self, "rules", tuple(Path(path) for path in rules))
