"""The form in which lines are compared: lower case, one apostrophe, one space, no decoration, every number a 0.

Folding keeps the length of a text, so that an offset in the folded text is one in the text itself.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

DECORATION = " \t\r\ufeff\u200b\xa0•●◦▪■□·*‣⁃|»«›‹>→←↑↓▶►▼▲…:.,;!#~_=+–—-✓✔✅📌📍👉➡⬇🔴❗⚡📲📷📸📹🔗"
"""What stands around a line that says nothing of what it is: bullets, arrows, stops."""

KEY_CHARS = 120  # longer lines are paragraphs: no list of whole lines looks at them

LONG = 500  # code points from which on a table is quicker
TOP = 0x20000  # code points from here on have no case

_SURROGATES = re.compile("[\ud800-\udfff]")
_NUMBER = re.compile(r"[0-9]+(?:[.,'][0-9]+)*(?: [0-9]{3}(?![0-9]))*")
_SAME = (
    ("İ", "i"),  # the one letter that str.lower() makes longer
    ("Σ", "σ"),  # the one that it makes another at the end of a word
    ("‘", "'"), ("’", "'"), ("ʻ", "'"), ("ʼ", "'"), ("`", "'"), ("´", "'"),
    ("\xa0", " "), ("\u202f", " "), ("\t", " "), ("ё", "е"), ("–", "-"), ("—", "-"),
)  # fmt: skip


def fold(text: str) -> str:
    """*text* in lower case with one kind of apostrophe, dash and space; as long as *text*.

    >>> fold("So‘nggi YANGILIKLAR")
    "so'nggi yangiliklar"
    """
    if text.isascii():
        return text.lower().replace("`", "'").replace("\t", " ")
    text = text.replace("Ё", "е")
    for letter, same in _SAME:
        if letter in text:
            text = text.replace(letter, same)
    text = text.lower()
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text)
    return text


def fold_at_once(text: str) -> str:
    """What `fold` says of *text*, in half the time where it is long; but it needs numpy."""
    if len(text) < LONG or text.isascii():
        return fold(text)
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if codes.max() >= TOP:
        return fold(text)
    return str(_table().take(codes, mode="clip").tobytes(), "utf-32-le")


@cache
def _table() -> Any:
    """What each code point up to `TOP` becomes: a numpy array."""
    import numpy as np

    return np.frombuffer(fold("".join(map(chr, range(TOP)))).encode("utf-32-le"), np.uint32)


def key(folded: str) -> str:
    """The whole line that a rule is looked up by: no decoration, single spaces, every number a 0.

    >>> key("• комментарии (12):")
    'комментарии (0)'
    """
    bare = folded.strip().strip(DECORATION)
    if "  " in bare:
        bare = " ".join(bare.split())
    return _NUMBER.sub("0", bare)
