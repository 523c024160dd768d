"""Single-byte character sets, and text that was written in one and read in another."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from .. import data
from ..errors import DataError

_UTF_8 = re.compile(
    "(?:[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    "|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})+"
)
_HOLE = "\ufffd"


class Chain(NamedTuple):
    """*written* in one encoding, *read* in another.

    `table` maps what is read to what was written, or, where that was UTF-8, to the byte as a character.
    """

    written: str
    read: str
    table: dict[int, str]

    def undo(self, word: str) -> str:
        """What *word* was before; the same where this chain cannot have made it."""
        if self.written != "utf-8":
            mended = word.translate(self.table)
            return word if _HOLE in mended else mended
        if not _UTF_8.search(as_bytes := word.translate(self.table)):
            return word
        at, parts = 0, []
        for match in _UTF_8.finditer(as_bytes):
            parts += (word[at : match.start()], match.group().encode("latin-1").decode("utf-8"))
            at = match.end()
        return "".join(parts) + word[at:]


def path() -> Any:
    """The file with the sets and chains."""
    return data.root() / "repair" / "mojibake.toml"


@cache
def source() -> dict[str, Any]:
    """The file, parsed."""
    return data.read_toml(path())


@cache
def chains() -> tuple[Chain, ...]:
    """Every chain, those that are likelier first."""
    return tuple(
        Chain(entry["written"], read, _table(entry["written"], read))
        for entry in source()["chains"]
        for read in entry["read"]
    )


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


def _seen(read: str) -> dict[str, int]:
    """The byte that each sign was; a byte that stands for nothing shows as the control character."""
    entry = source()["sets"].get(read, {"base": [read]})
    seen: dict[str, int] = {}
    for base in reversed(entry["base"]):
        for byte in range(0x80, 0x100):
            sign = _decoded(byte, base, read)
            seen[chr(byte) if sign == _HOLE else sign] = byte
    return seen
