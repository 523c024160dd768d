"""Single-byte character sets, and text that was written in one and read in another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from .. import data
from ..errors import DataError

_UTF_8 = re.compile(
    "(?:[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    "|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})+"
)
ALIKE = 64  # two sets that differ in fewer signs are variants of one
_HOLE = "\ufffd"
_NEVER = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")  # private use: nobody wrote that
_BOX = re.compile("[\u2500-\u25a0]")


class Chain(NamedTuple):
    """*written* in one encoding, *read* in another.

    `table` maps what is read to what was written, or, where that was UTF-8, to the byte as a character. `foreign`
    finds letters that the set that was read does not have, `own` those that it has. `first` undoes the mistake that
    was made last, where two were made.
    """

    written: str
    read: str
    table: dict[int, str]
    foreign: re.Pattern[str]
    own: re.Pattern[str]
    first: Chain | None = None

    def possible(self, words: str) -> bool:
        """Whether any of *words*, in one string, may come from this chain: a quick look."""
        last = self.first or self
        return self.written != "utf-8" or _UTF_8.search(words.translate(last.table)) is not None

    def undo(self, word: str) -> str:
        """What *word* was before; the same where this chain cannot have made it."""
        if self.first is not None:
            half = self.first._utf_8(word)
            mended = self._utf_8(half) if half != word else word
            if mended == half:
                return word
        else:
            mended = self._utf_8(word) if self.written == "utf-8" else self._single(word)
        if mended == word or _NEVER.search(mended) or (_BOX.search(mended) and not _BOX.search(word)):
            return word
        return mended

    def undo_all(self, words: Sequence[str]) -> list[str]:
        """What each of *words*, which have no space in them, was before; in less time than one by one."""
        if self.first is None and self.written != "utf-8":
            joined = " ".join(words)
            mended = joined.translate(self.table)
            if not (_HOLE in mended or self.foreign.search(joined) or _NEVER.search(mended) or _BOX.search(mended)):
                return mended.split(" ")
        return [self.undo(word) for word in words]

    def _single(self, word: str) -> str:
        mended = word.translate(self.table)
        return word if _HOLE in mended or self.foreign.search(word) else mended

    def _utf_8(self, word: str) -> str:
        at, parts = 0, list[str]()
        for match in _UTF_8.finditer(word.translate(self.table)):
            between = word[at : match.start()]
            if self.own.search(between):  # it cannot have been UTF-8 that had this letter alone
                return word
            parts += (between, match.group().encode("latin-1").decode("utf-8"))
            at = match.end()
        return word if self.own.search(word, at) else "".join(parts) + word[at:]


def path() -> Any:
    """The file with the sets and chains."""
    return data.root() / "repair" / "mojibake.toml"


@cache
def source() -> dict[str, Any]:
    """The file, parsed."""
    return data.table(path())


@cache
def chains() -> tuple[Chain, ...]:
    """Every chain, those that are likelier first."""
    single = [_chain(entry["written"], read) for entry in source()["chains"] for read in entry["read"]]
    double = [
        last._replace(read=f"{last.read}, {first.read}", first=first)
        for first in single
        for last in single
        if first.written == last.written == "utf-8"
    ]
    return (*single, *double)


def _chain(written: str, read: str) -> Chain:
    seen = re.escape("".join(_seen(read)))
    table = _table(written, read)
    alike = written != "utf-8" and len(table) < ALIKE
    meant = re.escape("".join(signs(written))) if alike else ""  # some letters may have come through
    foreign = re.compile(f"[^\\W\\d_\x00-\x7f{seen}{meant}]")
    return Chain(written, read, table, foreign, re.compile(f"(?=[{seen}])[^\\W\\d_ªº]|[\u2500-\u25a0]"))


def signs(name: str) -> list[str]:
    """What the bytes 80 to FF stand for in the set *name*; U+FFFD where they stand for nothing.

    Raises:
        DataError: neither Python nor the file knows the set.
    """
    entry = source()["sets"].get(name, {"base": [name]})
    result = []
    for byte in range(0x80, 0x100):
        sign = entry.get("signs", {}).get(f"{byte:02X}", _HOLE)
        for base in entry["base"]:
            if sign == _HOLE:
                sign = _decoded(byte, base, name)
        result.append(sign)
    return result


def _decoded(byte: int, base: str, name: str) -> str:
    try:
        return bytes([byte]).decode(base, "replace")
    except LookupError:
        raise DataError(f"Python knows no encoding {base!r}", file=path(), entry=name) from None


def _table(written: str, read: str) -> dict[int, str]:
    seen = _seen(read)
    if written == "utf-8":
        table = {code: chr(0xE000 + code) for code in range(0x80, 0x100)}  # not a byte, unless the set has it
        return table | {ord(sign): chr(byte) for sign, byte in seen.items()}
    meant = signs(written)
    only = source()["sets"].get(read, {}).get("read-as")
    pairs = {sign: meant[byte - 0x80] for sign, byte in seen.items() if only is None or sign in only}
    return {ord(sign): letter for sign, letter in pairs.items() if sign != letter}


@cache
def _seen(read: str) -> dict[str, int]:
    """The byte that each sign was; a byte that stands for nothing shows as the control character."""
    entry = source()["sets"].get(read, {"base": [read]})
    seen: dict[str, int] = {}
    for base in reversed(entry["base"]):
        for byte in range(0x80, 0x100):
            sign = _decoded(byte, base, read)
            seen[chr(byte) if sign == _HOLE else sign] = byte
    return seen
