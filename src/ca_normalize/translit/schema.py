"""Reads scheme files and holds them to their schema; docs/transliteration.md says how such a file is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from .. import data
from ..cyrillic import has_cyrillic
from ..errors import DataError, choices
from .script import SCRIPTS

STATUS = ("in force", "in use", "draft", "superseded")
REVERSIBLE = ("exact", "lossy", "no")
_SIDES = ("after", "before", "not_after", "not_before")
_KEYS = {
    "title": str, "source": str, "status": str, "reversible": str, "why": str, "default": bool, "base": str,
    "script": str, "harmony": dict,
    "letters": str, "capitals": str, "case": str, "rules": list, "vowels": str, "drop_marks": bool, "forms": bool,
    "samples": list, "back": dict,
}  # fmt: skip
_BACK_KEYS = {key: kind for key, kind in _KEYS.items() if key in ("letters", "capitals", "case", "rules", "vowels")}
_BACK_KEYS |= {"samples": list, "apostrophe": dict}
_PAIRS = ("letters", "capitals", "case")
_REQUIRED = ("title", "source", "status", "reversible", "why", "samples")


class Scheme(NamedTuple):
    """A way to write a language in another script.

    Attributes:
        language: BCP 47 code.
        name: press, national, iso-9 ... (see `ca_normalize.schemes`).
        title: the full name of the standard.
        status: in force, in use (by custom), draft or superseded.
        source: where its letters and rules are from.
        reversible: exact (the way back gives the source again), lossy (it gives a text that reads the same, with the
            losses that `why` names) or no.
        why: what is lost, and why.
        default: used where no scheme is asked for.
        samples: pairs of source and result, which are tests.
    """

    language: str
    name: str
    title: str
    status: str
    source: str
    reversible: str
    why: str
    default: bool
    samples: tuple[tuple[str, str], ...]


class _Place(NamedTuple):
    """Where in a file something stands, for messages."""

    file: Path
    entry: str

    def error(self, problem: str, needle: str = "") -> DataError:
        line = data.line_of(self.file, f"[{self.entry.partition('.')[0]}]") or 1
        found = data.line_of(self.file, needle, line) if needle else 0
        return DataError(problem, file=self.file, line=found or line, entry=self.entry)


def read(path: Path) -> dict[str, dict[str, Any]]:
    """The schemes of one file, by language and name: ``{"ru": {"press": {...}}}``.

    Raises:
        DataError: the file breaks the schema; with file, line and entry.
    """
    content = data.read_toml(path)
    languages = content.pop("languages", None)
    if not (isinstance(languages, list) and languages and all(isinstance(code, str) for code in languages)):
        raise DataError('must begin with languages = ["xx"], a list of BCP 47 codes', file=path, line=1)
    schemes: dict[str, Any] = {}
    for name, raw in content.items():
        if not isinstance(raw, dict):
            raise DataError("every key but languages must be a table: [name-of-scheme]", file=path, line=1, entry=name)
        schemes[name] = _scheme(raw, _Place(path, name), schemes)
    if not schemes:
        raise DataError("holds no scheme; write one as a table: [press]", file=path, line=1)
    return dict.fromkeys(languages, schemes)


def _scheme(raw: Mapping[str, Any], place: _Place, known: Mapping[str, Any]) -> dict[str, Any]:
    _check_keys(raw, _KEYS, place)
    base: dict[str, Any] = {}
    if "base" in raw:
        if raw["base"] not in known:
            raise place.error(choices(raw["base"], known, "scheme that stands above this one"), "base")
        base = {key: value for key, value in known[raw["base"]].items() if key not in ("default", "samples", "back")}
    scheme = {**base, **{key: value for key, value in raw.items() if key not in (*_PAIRS, "base")}}
    for key in _REQUIRED:
        if key not in scheme:
            raise place.error(f"lacks {key}")
    _one_of(scheme["status"], STATUS, "status", place)
    _one_of(scheme["reversible"], REVERSIBLE, "value of reversible", place)
    _one_of(scheme.setdefault("script", "Cyrl"), SCRIPTS, "script that this package reads", place)
    to_latin = scheme["script"] == "Cyrl"
    scheme |= _table(raw, base, place, to_latin)
    if "harmony" in raw:
        scheme["harmony"] = _harmony(raw["harmony"], place)
    scheme["samples"] = list(_samples(scheme["samples"], place))
    if scheme["reversible"] != "no":
        back = scheme.get("back")
        scheme["back"] = inverse(scheme, place) if back is None else _back(back, place)
    return scheme


def _harmony(raw: Mapping[str, Any], place: _Place) -> dict[str, Any]:
    for key in ("signs", "marker", "back", "neutral", "letters"):
        if not (isinstance(raw.get(key), str) and raw[key]):
            raise place.error(f'harmony needs {key} = "..."', "harmony")
    return {**raw, "letters": _pairs(raw["letters"], place, to_latin=False)}


def _back(raw: Mapping[str, Any], place: _Place) -> dict[str, Any]:
    place = _Place(place.file, f"{place.entry}.back")
    _check_keys(raw, _BACK_KEYS, place)
    back = {**raw, **_table(raw, {}, place, to_latin=False)}
    back["samples"] = list(_samples(raw.get("samples", []), place))
    return back


def _check_keys(raw: Mapping[str, Any], keys: Mapping[str, type], place: _Place) -> None:
    for key, value in raw.items():
        if key not in keys:
            raise place.error(choices(key, keys, "key of a scheme"), key)
        if not isinstance(value, keys[key]):
            raise place.error(f"{key} must be a {keys[key].__name__}, not {value!r}", key)


def _one_of(value: str, allowed: tuple[str, ...], what: str, place: _Place) -> None:
    if value not in allowed:
        raise place.error(choices(value, allowed, what), value)


def _table(raw: Mapping[str, Any], base: Mapping[str, Any], place: _Place, to_latin: bool) -> dict[str, Any]:
    """Letters, capitals and rules, as dicts."""
    letters = {**base.get("letters", {}), **_pairs(raw.get("letters", ""), place, to_latin)}
    if not letters:
        raise place.error("lacks letters", "letters")
    for letter in letters:
        if letter != letter.lower():
            raise place.error(f"write letters in lower case; {letter!r} belongs into capitals", letter)
    table: dict[str, Any] = {"letters": letters}
    for key in ("capitals", "case"):
        table[key] = {**base.get(key, {}), **_pairs(raw.get(key, ""), place, to_latin)}
    if "rules" in raw:
        table["rules"] = [_rule(rule, {**base, **raw}, place, to_latin) for rule in raw["rules"]]
    return table


def _rule(raw: Any, scheme: Mapping[str, Any], place: _Place, to_latin: bool) -> dict[str, Any]:
    if not isinstance(raw, dict) or not isinstance(raw.get("letters"), str):
        raise place.error(f'a rule is a table with letters = "x=y": {raw!r}', "rules")
    rule = dict(raw)
    for key, value in raw.items():
        if key not in (*_SIDES, "letters", "syllables"):
            raise place.error(choices(key, (*_SIDES, "letters", "syllables"), "key of a rule"), key)
        if key in _SIDES and not (isinstance(value, str) and value):
            raise place.error(f"{key} of a rule must be a string of letters, ^ (start), $ (end) or * (any)", key)
    if "syllables" in raw and not scheme.get("vowels"):
        raise place.error('a rule with syllables needs vowels = "..." in its scheme', "syllables")
    rule["letters"] = _pairs(raw["letters"], place, to_latin)
    return rule


def _pairs(text: str, place: _Place, to_latin: bool) -> dict[str, str]:
    """``а=a б=b ъ=`` as a dict."""
    pairs: dict[str, str] = {}
    for word in unicodedata.normalize("NFC", text).split():
        key, sign, value = word.partition("=")
        if not sign or not key:
            raise place.error(f"{word!r} is no pair: write letter=replacement, or letter= where it is dropped", word)
        if key in pairs:
            raise place.error(f"{key!r} is there twice", word)
        if to_latin and has_cyrillic(value):
            raise place.error(f"{word!r}: the replacement is Cyrillic itself", word)
        pairs[key] = value
    return pairs


def _samples(raw: list[Any], place: _Place) -> Iterator[tuple[str, str]]:
    for sample in raw:
        if not (isinstance(sample, list) and len(sample) == 2 and all(isinstance(text, str) for text in sample)):
            raise place.error(f"a sample is a pair of strings, [source, result]: {sample!r}", "samples")
        yield sample[0], sample[1]


def inverse(scheme: Mapping[str, Any], place: _Place) -> dict[str, Any]:
    """The way back of a scheme in which every letter has a value of its own."""
    letters: dict[str, str] = {}
    rules = [rule["letters"] for rule in scheme.get("rules", ())]
    for pairs in (scheme["letters"], *rules):
        for letter, value in pairs.items():
            if not value or letters.get(value, letter) != letter:
                other = letters.get(value, "nothing")
                raise place.error(f'"exact" cannot be: {letter!r} and {other!r} both become {value!r}', f"{letter}=")
            letters[value] = letter
    capitals = {value: letter for letter, value in scheme.get("capitals", {}).items()}
    letters = {key: value for key, value in letters.items() if re.search(r"\S", key)}
    samples = [(result, source) for source, result in scheme["samples"]]
    return {"letters": letters, "capitals": capitals, "case": scheme.get("case", {}), "samples": samples}
