"""How much like text a word looks: the cost of its pairs of letters, in the language where it costs least.

The figures stand in data/repair/bigrams.toml (see `ca_normalize.mending.learn`); they are loaded only where a text may
be broken.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from .. import data

CLASSES = " 0,«»–'$█^a?"
"""Signs that count as one: a word's edge, digits, punctuation, opening and closing quotes, dashes, apostrophes (and
what nobody sees), symbols, box drawing, control characters, Latin letters, letters of other alphabets."""
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-"
STEPS_A_NAT = 4
TURN = 6.0  # nats: a capital after a small letter of the same word
FOREIGN = 13.0  # nats: the least that a letter of another alphabet, or a control character, costs
LETTER = 3.0  # nats: which of the Latin letters it is, where a Cyrillic table counts them as one
_TOP = 0x2600  # code points from here on count as one
_KINDS = {"N": "0", "P": ",", "S": "$", "Z": " ", "C": "^", "L": "?", "M": "?"}
_MEMBERS = {"«": "«“„‹", "»": "»”›", "–": "–—", "'": "'’‘ʼʻ`\u00ad\u200b\ufeff"}
_SIGNS = {member: sign for sign, members in _MEMBERS.items() for member in members}


def sign_class(char: str, script: str = "") -> str:
    """The class of *char* (of `CLASSES`); empty for a letter of *script*, as the Unicode name begins."""
    if char in _SIGNS:
        return _SIGNS[char]
    if "\u2500" <= char <= "\u25a0":
        return "█"
    kind = unicodedata.category(char)[0]
    if kind == "L" and script and unicodedata.name(char, "").startswith(script):
        return ""
    if "a" <= char.lower() <= "z":
        return "a"
    return _KINDS[kind]


class _Model(NamedTuple):
    ids: Any  # code point -> sign
    turns: Any  # code point -> 1 small letter, 2 capital
    costs: Any  # sign before, sign after, language -> nats
    size: int


@cache
def _model() -> _Model:
    import numpy as np

    tables = data.table(data.root() / "repair" / "bigrams.toml")
    signs = CLASSES + "".join(sorted({letter for table in tables.values() for letter in table["letters"]}))
    place = {sign: number for number, sign in enumerate(signs)}
    costs = np.full((len(signs), len(signs), len(tables)), (len(DIGITS) - 1) / STEPS_A_NAT, np.float32)
    value = np.zeros(128, np.float32)
    value[[ord(digit) for digit in DIGITS]] = np.arange(len(DIGITS)) / STEPS_A_NAT
    for number, table in enumerate(tables.values()):
        alphabet = CLASSES + table["letters"]
        known = np.array([place[sign] for sign in alphabet])
        rows = value[np.frombuffer("".join(table["rows"]).encode(), np.uint8)].reshape(len(alphabet), -1)
        # A letter that the language does not have costs what a foreign letter costs.
        where = np.full(len(signs), alphabet.index("?"))
        where[known] = np.arange(len(alphabet))
        if "b" not in table["letters"]:  # a Cyrillic language: Latin letters count as one
            where[[place[chr(code)] for code in range(ord("a"), ord("z") + 1)]] = alphabet.index("a")
        costs[:, :, number] = rows[np.ix_(where, where)]
        if "b" not in table["letters"]:
            costs[:, where == alphabet.index("a"), number] += LETTER
        odd = np.isin(where, [alphabet.index(sign) for sign in "?^█"])
        costs[:, odd, number] = np.maximum(costs[:, odd, number], FOREIGN)  # one makes the next no likelier
    ids = np.zeros(_TOP + 1, np.int64)
    turns = np.zeros(_TOP + 1, np.int8)
    for code in range(_TOP):
        char = chr(code)
        low = char.lower()
        ids[code] = place[low] if (low in place and low not in CLASSES[1:]) or low == "a" else place[sign_class(char)]
        turns[code] = char.islower() + 2 * char.isupper()
    ids[_TOP] = place["?"]
    return _Model(ids, turns, costs.reshape(-1, len(tables)), len(signs))


def costs(words: Sequence[str]) -> Any:
    """The cost of each word in each language, in nats: a numpy array, words by languages."""
    import numpy as np

    model = _model()
    if not words:
        return np.zeros((0, model.costs.shape[1]), np.float32)
    joined = " " + " ".join(words) + " "
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = np.minimum(codes, _TOP)
    ids, turns = model.ids[codes], model.turns[codes]
    pairs = model.costs[ids[:-1] * model.size + ids[1:]]
    pairs += (TURN * ((turns[:-1] == 1) & (turns[1:] == 2)))[:, None]
    lengths = np.array([len(word) + 1 for word in words])
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    return np.add.reduceat(pairs[: starts[-1] + lengths[-1]], starts, axis=0)
