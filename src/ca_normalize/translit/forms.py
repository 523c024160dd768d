"""Words that have a set form; the fold to ASCII; the signs that Latin text uses for one apostrophe."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from .. import data
from ..cyrillic import CYRILLIC
from ..errors import DataError
from .script import APOSTROPHES, pattern
from .special import common

_NON_ASCII = r"(?![\x00-\x7f])(?:[^\W\d_][\u0300-\u036f]*|(?<=\w)’|”(?=\w))"


def replacer(language: str, convert: Callable[[str], str]) -> Callable[[str], str] | None:
    """A function that puts set forms for the words of a text that have one; None where the language has none.

    Args:
        language: BCP 47 code.
        convert: gives a case ending in Latin letters.
    """
    known = _expanded(language, convert)
    if not known:
        return None
    firsts = "".join(sorted({word[0] for word in known} | {word[0].upper() for word in known}))
    words = re.compile(f"[{re.escape(firsts)}](?<![{CYRILLIC}].)[{CYRILLIC}]+(?:-[{CYRILLIC}]+)*")

    def one(word: str) -> str:
        form = known.get(word)
        if form is None and word.isupper() and len(word) > 1:
            form = known.get(word.title())
            form = form and form.upper()
        return form or word

    def replace(match: re.Match[str]) -> str:
        word = match[0]
        form = one(word)
        return "-".join(map(one, word.split("-"))) if form is word and "-" in word else form

    return lambda text: words.sub(replace, text)


def path() -> Path:
    """The file with the set forms."""
    return data.root() / "translit" / "forms.toml"


@cache
def table() -> dict[str, Any]:
    """Set forms by language, and the case endings that they may take.

    Raises:
        DataError: the file breaks its schema.
    """
    return data.built("translit-forms", [path()], lambda: read(path()))  # type: ignore[no-any-return]


def read(file: Path) -> dict[str, Any]:
    """The content of a file of set forms: ``{"forms": {"kk": {...}}, "endings": {...}}``.

    Raises:
        DataError: the file breaks its schema; with file, line and entry.
    """
    content = data.read_toml(file)
    by_language: dict[str, dict[str, str]] = {}
    for form in content.get("form", []):
        press = form.get("press", "")
        line = data.line_of(file, f'press = "{press}"')
        if not press or not form.get("source"):
            raise DataError("a form needs press = and source =", file=file, line=line, entry=press)
        for language, words in form.items():
            if language in ("press", "source"):
                continue
            for word in [words] if isinstance(words, str) else words:
                other = by_language.setdefault(language, {}).setdefault(word, press)
                if other != press:
                    problem = f"{word!r} is {other!r} already"
                    raise DataError(problem, file=file, line=line, entry=press)
    endings = content.get("endings", {})
    for language, kinds in endings.items():
        for kind in kinds:
            if not (isinstance(kind.get("after"), list) and isinstance(kind.get("endings"), list)):
                line = data.line_of(file, f"[[endings.{language}]]")
                raise DataError("needs after = [] and endings = []", file=file, line=line, entry=f"endings.{language}")
    return {"forms": by_language, "endings": endings}


def _expanded(language: str, convert: Callable[[str], str]) -> dict[str, str]:
    """The forms of a language, and each with the case endings of its kind."""
    known: dict[str, str] = dict(table()["forms"].get(language, {}))

    @cache
    def in_latin(last: str, ending: str) -> str:  # as it reads behind that letter
        return convert(last + ending)[len(convert(last)) :]

    for word, press in list(known.items()):
        for kind in table()["endings"].get(language, []):
            if not word.endswith(tuple(kind["after"])):
                continue
            cut, latin = kind.get("cut", ""), kind.get("cut_latin", "")
            if press.endswith(latin):
                stem, start = word.removesuffix(cut), press.removesuffix(latin)
                for ending in kind["endings"]:
                    known.setdefault(stem + ending, start + in_latin(stem[-1], ending))
            break
    return known


def ascii_only(text: str) -> str:
    """*text* with its Latin letters, and the apostrophes of words, in ASCII; other scripts and signs stay."""
    return text if text.isascii() else pattern(_NON_ASCII).sub(_folded, text)


def _folded(match: re.Match[str]) -> str:
    return match[0].translate(_Folding())


class _Folding(dict[int, str]):
    """A table for `str.translate`: Latin letters by Unidecode, apostrophes and signs by common.toml."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        if point < 0x80 or not (point < 0x370 or 0x1E00 <= point < 0x1F00 or 0xA720 <= point < 0xA800):
            return char
        signs: dict[str, str] = common()["ascii"]["signs"]
        if char in signs:
            return signs[char]
        from unidecode import unidecode

        return unidecode(char, errors="ignore")


def apostrophes(rule: Mapping[str, str] | None) -> Callable[[str], str] | None:
    """A function that makes one sign of the many that are typed for an apostrophe; None where there is no rule.

    Args:
        rule: letters that take the first sign, `sign`; and `other`, that which stands elsewhere inside a word.
    """
    if rule is None:
        return None
    signs = f"[{APOSTROPHES}]"
    taking = f"[{rule['letters']}{rule['letters'].upper()}]"
    inner = re.compile(rf"(?<={taking}){signs}(?=[^\W_])")
    final = re.compile(rf"(?<={taking}){signs}(?![^\W_])")
    other = re.compile(rf"(?<=[^\W\d_]){signs}(?=[^\W\d_])")
    opening = re.compile(rf"(?<![^\W_]){signs}(?=[^\W_])")

    def replace(match: re.Match[str]) -> str:
        """A sign at the end of a word closes a quotation where one was opened on the line before it."""
        before = match.string[max(0, match.start() - 200) : match.start()].rpartition("\n")[2]
        opened = [found.end() for found in opening.finditer(before)]
        closed = bool(opened) and not final.search(before, opened[-1])
        return match[0] if closed else rule["sign"]

    def unify(text: str) -> str:
        text = inner.sub(rule["sign"], text)
        text = final.sub(replace, text)
        return other.sub(lambda match: match[0] if match[0] == rule["sign"] else rule["other"], text)

    return unify
