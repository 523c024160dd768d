"""Bytes in, bytes out: what is a record, and how it is read and written.

A record is a document, a line, a NUL-ended string, or one field of a JSON line. Reading is lazy and keeps, beside the
text of each record, what is needed to write everything around the text back to the byte.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO, NamedTuple

from .errors import FileError

MARK = "\ufeff"  # of byte order
UNDECODABLE = "\udc80", "\udcff"  # what Python's surrogateescape makes of bytes that are no UTF-8 (PEP 383)
_BREAK = re.compile(r" *\n[ \n]*")


class Record(NamedTuple):
    """One text of an input.

    Attributes:
        text: what to normalize.
        wrap: makes the bytes to write from the bytes of the new text.
        source: name of the file; `number` of the record in it, from 1.
    """

    text: str
    wrap: Callable[[str], bytes]
    source: str
    number: int


@dataclass(frozen=True)
class Decoder:
    """How bytes become text.

    Attributes:
        encoding: a codec of Python's, or ``auto`` to guess where the bytes are not UTF-8.
        strict: refuse bytes that cannot be decoded, instead of passing them through.
    """

    encoding: str = "utf-8"
    strict: bool = False

    def decode(self, data: bytes, source: str, number: int) -> str:
        """The text of one record.

        Raises:
            FileError: strict, and a byte cannot be decoded; with file, record and byte offset.
        """
        encoding = self.encoding
        if encoding == "auto":
            try:
                return data.decode("utf-8")
            except UnicodeDecodeError:
                from .mending import decoded

                guess = decoded(data)
                if not guess.encoding.startswith("utf-8"):
                    return guess.text
                encoding = "utf-8"  # but for some bytes, which are passed through below
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            if self.strict:
                where = f"{source}: record {number}, byte {error.start}"
                mend = "name the encoding with --encoding, or leave out --errors strict"
                raise FileError(f"{where}: not {encoding}; {mend}") from error
            return data.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """UTF-8; bytes that could not be decoded come out as they came in."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a lone surrogate that came from an escape in JSON
        return text.encode("utf-8", "surrogatepass")


def _ended(ending: bytes, text: str) -> bytes:
    return encode(text) + ending


def undecodable(text: str) -> int:
    """How many bytes of *text* could not be decoded, and are passed through."""
    try:
        text.encode()  # a thousand times quicker than to look at each
    except UnicodeEncodeError:
        low, high = UNDECODABLE
        return sum(low <= character <= high for character in text)
    return 0


def documents(stream: BinaryIO, source: str, decoder: Decoder, max_size: int) -> Iterator[Record]:
    """The whole of *stream* as one record.

    Raises:
        FileError: it is larger than *max_size* bytes.
    """
    data = stream.read(max_size + 1)
    if len(data) > max_size:
        raise FileError(
            f"{source}: larger than {max_size} bytes, which one document is held to; "
            "use --lines for a record a line, or raise --max-size"
        )
    yield Record(decoder.decode(data, source, 1), encode, source, 1)


def lines(stream: BinaryIO, source: str, decoder: Decoder, max_size: int) -> Iterator[Record]:
    """Each line as a record; its ending (LF, CRLF or none) is kept."""
    number = 0
    while data := stream.readline(max_size + 1):
        number += 1
        if len(data) > max_size:
            raise FileError(f"{source}: line {number} is longer than {max_size} bytes; raise --max-size")
        body = data.rstrip(b"\r\n") if data.endswith(b"\n") else data
        ending = data[len(body) :]
        yield Record(decoder.decode(body, source, number), partial(_line, ending), source, number)


def _line(ending: bytes, text: str) -> bytes:
    """*text* as one line: where a step has put a break, there is a space."""
    return _ended(ending, _BREAK.sub(" ", text) if "\n" in text else text)


def null_ended(stream: BinaryIO, source: str, decoder: Decoder, max_size: int) -> Iterator[Record]:
    """Each NUL-ended string as a record."""
    number, rest = 0, b""
    while block := _read_some(stream):
        *whole, rest = (rest + block).split(b"\0")
        for data in whole:
            number += 1
            yield Record(decoder.decode(data, source, number), partial(_ended, b"\0"), source, number)
        if len(rest) > max_size:
            raise FileError(f"{source}: record {number + 1} is longer than {max_size} bytes; raise --max-size")
    if rest:
        yield Record(decoder.decode(rest, source, number + 1), encode, source, number + 1)


def _read_some(stream: BinaryIO) -> bytes:
    read1 = getattr(stream, "read1", stream.read)
    block: bytes = read1(1 << 16)
    return block


class BadLine(NamedTuple):
    """A line that is not what it should be; `data` is the line itself."""

    problem: str
    data: bytes
    source: str
    number: int


def json_lines(
    stream: BinaryIO, source: str, decoder: Decoder, max_size: int, field: str, out_field: str | None
) -> Iterator[Record | BadLine]:
    """One field of each JSON line as a record; the other fields are written as they were, to the byte.

    Args:
        field: the name of the field with the text.
        out_field: where to write the result; None: over the text.
    """
    for record in lines(stream, source, decoder, max_size):
        ending = record.wrap("")
        mark = MARK if record.number == 1 and record.text.startswith(MARK) else ""
        text = record.text[len(mark) :]
        try:
            if not text.strip():
                raise ValueError("empty line")
            place = _Member(text, field, out_field)
        except (ValueError, RecursionError) as error:  # an array in an array in an array ...
            yield BadLine(str(error), encode(record.text) + ending, source, record.number)
            continue
        yield Record(place.value, partial(_wrapped, place, mark, ending), source, record.number)


def _wrapped(place: _Member, mark: str, ending: bytes, text: str) -> bytes:
    return _ended(ending, mark + place.put(text))


class _Member:
    """The place of a member's value in the text of a JSON object, so that the rest can stay as it was written."""

    def __init__(self, text: str, field: str, out_field: str | None) -> None:
        spans, self.close = _members(text)
        if field not in spans:
            raise ValueError(f"no field {field!r}; there are: {', '.join(spans) or 'none'}")
        start, end = spans[field]
        value = json.loads(text[start:end])
        if not isinstance(value, str):
            raise ValueError(f"field {field!r} holds {type(value).__name__}, not a string")  # noqa: TRY004
        self.text, self.value = text, value
        self.target = out_field or field
        self.span = spans.get(self.target)
        self.some = bool(spans)

    def put(self, new: str) -> str:
        if self.target and self.span and new == self.value and json.loads(self.text[slice(*self.span)]) == new:
            return self.text
        value = json.dumps(new, ensure_ascii=False)
        if self.span:
            return self.text[: self.span[0]] + value + self.text[self.span[1] :]
        member = f"{', ' if self.some else ''}{json.dumps(self.target, ensure_ascii=False)}: {value}"
        return self.text[: self.close] + member + self.text[self.close :]


def _members(text: str) -> tuple[dict[str, tuple[int, int]], int]:
    """The span of each member's value in a JSON object, and the place of its closing brace.

    Raises:
        ValueError: the text is no JSON object.
    """
    decoder = json.JSONDecoder(parse_int=str)  # int() refuses numbers of very many digits
    if not isinstance(decoder.decode(text), dict):
        raise ValueError("not a JSON object")  # noqa: TRY004
    spans: dict[str, tuple[int, int]] = {}
    at = _skip(text, text.index("{") + 1)
    while text[at] != "}":
        key, at = _scan(decoder, text, at)
        at = _skip(text, _skip(text, at) + 1)
        _, end = _scan(decoder, text, at)
        spans[str(key)] = (at, end)
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return spans, at


def _scan(decoder: json.JSONDecoder, text: str, at: int) -> tuple[Any, int]:
    return decoder.raw_decode(text, at)


def _skip(text: str, at: int) -> int:
    while text[at] in " \t\r\n":
        at += 1
    return at
