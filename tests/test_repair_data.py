"""Every rule of data/repair does what its examples say, and no more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ca_normalize import data
from ca_normalize.edits import Edit, apply
from ca_normalize.mending import apostrophes, breaks, encodings, letters, signs
from ca_normalize.mending.look import Look


def entries(name: str) -> dict[str, dict]:
    return data.read_toml(data.root() / "repair" / name)


def examples(name: str, only: tuple[str, ...] = ()) -> list[tuple]:
    """Each example of a file, with the name of its rule."""
    chosen = [(rule, entry) for rule, entry in entries(name).items() if not only or rule in only]
    return [(rule, *pair) for rule, entry in chosen for pair in entry["examples"]]


def kept(name: str, only: tuple[str, ...] = ()) -> list[tuple]:
    chosen = [(rule, entry) for rule, entry in entries(name).items() if not only or rule in only]
    return [(rule, *(text if isinstance(text, list) else [text])) for rule, entry in chosen for text in entry["kept"]]


@pytest.mark.parametrize(("rule", "broken", "mended"), examples("signs.toml"))
def test_signs_are_mended(rule: str, broken: str, mended: str) -> None:
    edits = list(signs.signs(Look(broken)))
    assert apply(broken, edits) == mended
    assert {edit.rule for edit in edits} == {rule}


@pytest.mark.parametrize(("rule", "text"), kept("signs.toml"))
def test_signs_are_kept(rule: str, text: str) -> None:
    assert list(signs.signs(Look(text))) == []


LETTERS = ("look-alike", "stand-in")


@pytest.mark.parametrize(("rule", "broken", "mended", "language"), examples("letters.toml", LETTERS))
def test_letters_are_mended(rule: str, broken: str, mended: str, language: str) -> None:
    edits = list(letters.look_alikes(broken, 0, len(broken), language))
    assert apply(broken, edits) == mended
    assert {edit.rule for edit in edits} == {rule}


@pytest.mark.parametrize(("rule", "text", "language"), kept("letters.toml", LETTERS))
def test_letters_are_kept(rule: str, text: str, language: str) -> None:
    assert list(letters.look_alikes(text, 0, len(text), language)) == []


@pytest.mark.parametrize(("rule", "broken", "mended"), examples("breaks.toml"))
def test_breaks_are_mended(rule: str, broken: str, mended: str) -> None:
    edits = list(breaks.breaks(broken))
    assert apply(broken, edits) == mended
    assert {edit.rule for edit in edits} == {rule}


@pytest.mark.parametrize(("rule", "text"), kept("breaks.toml"))
def test_breaks_are_kept(rule: str, text: str) -> None:
    assert list(breaks.breaks(text)) == []


def uzbek(text: str) -> Iterator[Edit]:
    return apostrophes.apostrophes(text, 0, len(text))


@pytest.mark.parametrize(("broken", "mended"), entries("apostrophes.toml")["examples"])
def test_apostrophes_are_mended(broken: str, mended: str) -> None:
    assert apply(broken, uzbek(broken)) == mended


@pytest.mark.parametrize("text", entries("apostrophes.toml")["kept"])
def test_apostrophes_are_kept(text: str) -> None:
    assert list(uzbek(text)) == []


def test_each_chain_undoes_what_it_describes() -> None:
    """Every chain gives back the letters of its alphabet, as far as they survive it."""
    for chain in encodings.chains():
        if chain.first is not None or chain.read == "mixed":
            continue
        if chain.written == "utf-8":
            written = {letter: letter.encode() for letter in "аяғқңөұүһіҳўӣşňýoʻ’—"}
        else:
            written = {letter: bytes([byte]) for byte, letter in enumerate(encodings.signs(chain.written), 0x80)}
        read = dict(enumerate(encodings.signs(chain.read), 0x80))
        for letter, octets in written.items():
            broken = "".join(read[octet] if octet in read else chr(octet) for octet in octets)
            if letter.isalpha() and "\ufffd" not in broken and not "\u2500" <= letter <= "\u25a0":
                assert chain.undo(broken) == letter, (chain.written, chain.read)
