"""Bytes in an unknown encoding.

A byte order mark decides; then UTF-16 by its zero bytes, and UTF-8 where all of it is valid. What is left is in a
single-byte set: the one whose words cost least as text (see `bigrams`), or, where none of ours looks like text, what
charset-normalizer finds.
"""

from __future__ import annotations

import codecs
import logging
import re
from typing import NamedTuple

from .. import data as files

MARKS = (  # UTF-32's begins as UTF-16's does: it comes first
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 4_000  # words that are looked at
HIGH = 0.6  # share of zero (Latin) or 04 (Cyrillic) bytes in one half of UTF-16, and in no other text
STRAY = 0.1  # share of characters beyond ASCII that may be broken in what is still taken for UTF-8
TEXT = 5.0  # nats a sign: what costs more is no text in a language that we know
_WORD = re.compile(rb"[^\x00-\x20]+")
_log = logging.getLogger("ca_normalize")


class Decoded(NamedTuple):
    """A text, and the encoding that its bytes were read in, by the name that Python's codecs know."""

    text: str
    encoding: str


def decode(data: bytes) -> str:
    """The text of *data*, in whatever encoding it is; see `decoded`, which also names the encoding.

    >>> decode("Қазақстан".encode("kz1048"))
    'Қазақстан'
    """
    return decoded(data).text


def decoded(data: bytes) -> Decoded:
    """The text of *data*, and the encoding that was chosen; what was chosen is logged at level INFO.

    Never raises: a byte that stands for nothing in the encoding chosen becomes U+FFFD. A mark at the start (BOM) is
    not part of the text.

    Args:
        data: a whole document, of any length: no more is guessed at than its first few thousand words.
    """
    encoding, why = _choose(bytes(data))
    _log.info("%s: %s", encoding, why)
    return Decoded(bytes(data).decode(encoding, "replace"), encoding)


def _choose(data: bytes) -> tuple[str, str]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding, "it begins with a byte order mark"
    if encoding := _utf_16(data):
        return encoding, "every other byte is zero, or the same"
    if _is_utf_8(data):
        return "utf-8", "it is valid UTF-8, or nearly all of it"
    return _single_byte(data)


def _utf_16(data: bytes) -> str:
    """UTF-16 without a mark: its high bytes are 00 or 04, as hardly a byte of any other text is."""
    head = data[:20_000]
    shares = [sum(map(half.count, (b"\x00", b"\x04"))) / max(1, len(half)) for half in (head[1::2], head[::2])]
    if len(data) % 2 or max(shares) < HIGH or min(shares) > max(shares) / 2:
        return ""
    return "utf-16-le" if shares[0] > shares[1] else "utf-16-be"


def _is_utf_8(data: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)  # the last letter may be cut
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        return text.count("\ufffd") <= STRAY * sum(not char.isascii() for char in text)
    return True


def _single_byte(data: bytes) -> tuple[str, str]:
    from .bigrams import costs

    words = []
    for match in _WORD.finditer(data):
        if not match.group().isascii():
            words.append(match.group())
            if len(words) == SAMPLE:
                break
    best, least = "", float("inf")
    for encoding in files.table(files.root() / "repair" / "encodings.toml")["decode"]:
        read = [word.decode(encoding, "replace") for word in words]
        cost = float(costs(read).sum(axis=0).min())
        if cost < least:
            best, least = encoding, cost
    if least <= TEXT * sum(len(word) + 1 for word in words):
        return best, "its words look most like text in it"
    return _any_other(data) or (best, "no encoding makes text of it; this one comes nearest")


def _any_other(data: bytes) -> tuple[str, str] | None:
    from charset_normalizer import from_bytes

    found = from_bytes(data[:100_000]).best()
    return (found.encoding, "charset-normalizer found it") if found else None
