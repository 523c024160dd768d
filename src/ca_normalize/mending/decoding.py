"""Bytes in an unknown encoding."""

from __future__ import annotations

import codecs
import logging
from typing import NamedTuple

_log = logging.getLogger("ca_normalize")


class Decoded(NamedTuple):
    """A text, and the encoding that its bytes were read in (a name that Python's codecs know)."""

    text: str
    encoding: str


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> str:
    """The text of *data*, in whatever encoding it is; never raises."""
    return decoded(data).text


def decoded(data: bytes) -> Decoded:
    """The text of *data*, and the encoding."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(encoding, "replace"), encoding)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return Decoded(data.decode("cp1251", "replace"), "cp1251")
