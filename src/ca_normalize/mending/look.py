"""A quick look at a text, which most clean text passes: what kinds of signs it holds, and which stand side by side.

Long text is looked at as an array, all of it at once, which takes a half (Latin) to a fifth (Cyrillic) of the time that
patterns take; but only where numpy is needed anyway. Short text, and text with signs that are in no array, is looked at
by patterns.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import Any, NamedTuple
from unicodedata import is_normalized

from ..cyrillic import CYRILLIC as ALL_CYRILLIC
from ..cyrillic import HEAD, beyond_ascii, has_cyrillic
from .encodings import source
from .letters import CYRILLIC_LETTERS, LATIN_LETTERS, MIXED

LONG = 500  # code points from which on a text is looked at as an array
TOP = 0x2E80  # code points from here on, ideographs and what is above them, are in no array
SIGN, SMALL, CAPITAL, LATIN, CYRILLIC, LOOSE, LONE, BEYOND = (1 << bit for bit in range(8))
"""Kinds of signs: not ordinary; letters with case (see `Scans.turn`); letters that may stand for each other, by script;
what normalization might change; what tells of a chain of encodings by itself; what patterns are to be asked of. The bit
of `CAPITAL` comes after that of `SMALL`, that of `CYRILLIC` after that of `LATIN`: so a shift tells of neighbours."""
FIRM = "\x00-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2116"
"""Signs that normalization form C leaves as they are, whatever they stand beside."""


class Scans(NamedTuple):
    """Patterns that are quick to look for; each looks at one sign first, and only then at what is beside it.

    Attributes:
        sign: one that is not ordinary.
        turn: a capital behind a small letter.
        either: one or the other.
        telling: a sign that may tell of a chain of encodings (see data/repair/mojibake.toml).
    """

    sign: re.Pattern[str]
    turn: re.Pattern[str]
    either: re.Pattern[str]
    telling: re.Pattern[str]


@cache
def scans() -> Scans:
    """The patterns, from data/repair/mojibake.toml."""
    gate = source()["gate"]
    ordinary, capitals, small, high = "".join(gate["ordinary"]), gate["capitals"], gate["small"], "[^\x00-\x7f]"
    sign, behind = f"[^{ordinary}{capitals}]", f"(?<=[{small}].)"
    either = f"[^{ordinary}](?:(?<![{capitals}])|{behind})"
    telling = f"{sign}(?:(?={high})|(?<={high}.)|(?<=[{gate['lone']}]))"
    return Scans(*map(re.compile, (sign, f"[{capitals}]{behind}", either, telling)))


@cache
def _plain_ascii() -> bytes:
    """The signs of ASCII that are ordinary."""
    sign, ascii_signs = scans().sign, map(chr, range(128))
    return "".join(char for char in ascii_signs if not sign.match(char)).encode()


@cache
def _table() -> Any:
    """The kinds of each code point up to `TOP`: a numpy array."""
    import numpy as np

    gate, signs = source()["gate"], "".join(map(chr, range(TOP)))
    classes = {
        SIGN: scans().sign.pattern,
        SMALL: f"[{gate['small']}]",
        CAPITAL: f"[{gate['capitals']}]",
        LATIN: f"[{LATIN_LETTERS}]",
        CYRILLIC: f"[{CYRILLIC_LETTERS}]",
        LOOSE: f"[^{FIRM}]",
        LONE: f"[{gate['lone']}]",
        BEYOND: f"(?![{CYRILLIC_LETTERS}])[{ALL_CYRILLIC}]",
    }
    kinds = np.zeros(TOP + 1, np.uint8)
    kinds[TOP] = BEYOND
    for kind, pattern in classes.items():
        for run in re.finditer(f"(?:{pattern})+", signs):
            kinds[run.start() : run.end()] |= kind
    return kinds


class Look:
    """What a quick look at *text* says; each attribute is found out when it is asked for.

    Args:
        text: what is looked at.
        at_once: long text as an array: quicker, once numpy is loaded.
    """

    def __init__(self, text: str, at_once: bool = False) -> None:
        self.text, self.at_once = text, at_once

    def at(self, text: str) -> Look:
        """A look of the same kind at another text."""
        return Look(text, self.at_once)

    @cached_property
    def cyrillic(self) -> bool:
        """It holds Cyrillic."""
        if has_cyrillic(self.text[:HEAD]):
            return True
        return has_cyrillic(self.text) if self._kinds is None else bool(self._held & CYRILLIC)

    @cached_property
    def odd(self) -> bool:
        """It holds a sign that clean text seldom has, or a capital after a small letter."""
        if self._kinds is not None:
            return bool(self._held & SIGN or (self.cyrillic and self._after & CAPITAL))
        if self.cyrillic:
            return scans().either.search(self.text) is not None
        return self.signs

    @cached_property
    def signs(self) -> bool:
        """It holds a sign that clean text seldom has."""
        if self._kinds is not None:
            return bool(self._held & SIGN)
        return scans().sign.search(beyond_ascii(self.text, _plain_ascii())) is not None

    @cached_property
    def mixed(self) -> bool:
        """A Latin letter stands beside a Cyrillic one."""
        if self._kinds is not None:
            both = self.cyrillic and self._held & LATIN
            return bool(both and (self._after & CYRILLIC or self._before & CYRILLIC))
        # A line with Cyrillic mostly has not much Latin in it, which is quick to look through.
        lines = self.text.split("\n") if self.cyrillic else ()
        return any(MIXED.search(line) for line in lines if has_cyrillic(line))

    @cached_property
    def composed(self) -> bool:
        """It is in normalization form C."""
        return (self._kinds is not None and not self._held & LOOSE) or is_normalized("NFC", self.text)

    def places(self) -> list[int]:
        """Where a sign stands that clean text seldom has, sorted."""
        if self._kinds is not None:
            places: list[int] = (self._kinds & SIGN).nonzero()[0].tolist()
            return places
        return [found.start() for found in scans().sign.finditer(self.text)]

    def telling(self) -> list[int]:
        """Where something stands that may tell of a chain of encodings (see `Scans`), sorted."""
        if self._kinds is not None:
            return self._telling()
        patterns = (scans().telling, scans().turn) if self.cyrillic else (scans().telling,)
        return sorted(found.start() for pattern in patterns for found in pattern.finditer(self.text))

    def _telling(self) -> list[int]:
        import numpy as np

        kinds = self._kinds
        signs = (kinds & SIGN).nonzero()[0]
        # Whether a sign is beyond ASCII: that before a place is found at its number, that behind it at two more.
        high = np.zeros(len(kinds) + 2, bool)
        high[1:-1] = self._codes() > 0x7F
        signs = signs[high[signs] | high[signs + 2] | ((kinds[signs] & LONE) > 0)]
        turns = ((kinds[:-1] << 1) & kinds[1:] & CAPITAL).nonzero()[0] + 1
        places: list[int] = np.sort(np.concatenate([signs, turns])).tolist()
        return places

    def _codes(self) -> Any:
        import numpy as np

        return np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), np.uint32)

    @cached_property
    def _kinds(self) -> Any:
        """The kinds of its signs, an array; None where patterns are asked."""
        if not self.at_once or len(self.text) < LONG or self.text.isascii():
            return None
        kinds = _table().take(self._codes(), mode="clip")
        return None if _all(kinds) & BEYOND else kinds

    @cached_property
    def _held(self) -> int:
        """All kinds of signs that it holds."""
        return _all(self._kinds)

    @cached_property
    def _after(self) -> int:
        """The kinds that stand behind one with the bit before."""
        return _all((self._kinds[:-1] << 1) & self._kinds[1:])

    @cached_property
    def _before(self) -> int:
        """The kinds that stand in front of one with the bit before."""
        return _all(self._kinds[:-1] & (self._kinds[1:] << 1))


def _all(kinds: Any) -> int:
    import numpy as np

    return int(np.bitwise_or.reduce(kinds))
