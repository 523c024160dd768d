"""Takes the ending off a word, and puts one on a label, by the table of its language."""

from __future__ import annotations

from collections.abc import Iterator

from ..parted import Set
from .suffixes import END, Table

_HYPHENS = frozenset("-‐‑")
_JOINTS = _HYPHENS | frozenset("'’ʼ‘ʻ`")
_CLOSING = frozenset('»”"“')


def splits(word: str, made: Table, begun: Set | None = None) -> list[tuple[str, str, str]]:
    """Each (stem, ending, tag) that *word* may be made of; the shortest ending first.

    The ending is the text after the stem without a hyphen or apostrophe between them. A word that was folded to small
    letters may be given too; then a hyphen may stand after any stem, and only listed acronyms are known as such.

    Args:
        begun: stems less their last letter: those of other stems are mostly left out, without a look at their sound.
    """
    lower, found = word.lower(), list[tuple[str, str, str]]()
    if len(lower) != len(word):
        return found
    if made.contract[0]:
        found += _contracted(word, lower, made)
    node = made.trie
    for index in range(len(word) - 1, 0, -1):
        node = node.get(lower[index])  # type: ignore[assignment]
        if node is None:
            break
        if END in node and (begun is None or word[: index - 1] in begun or word[: index - 2] in begun):
            found += _stems(word, lower, index, node[END], made)
    return found


def _contracted(word: str, lower: str, made: Table) -> Iterator[tuple[str, str, str]]:
    """Stems whose last vowel merged with the ending (Türkiýä: Türkiýe)."""
    tag, letters = made.contract
    for alone, merged in letters.items():
        if lower[-1:] == merged != alone and len(word) > 2:
            yield word[:-1] + (alone.upper() if word[-1].isupper() else alone), word[-1], tag


def _stems(word: str, lower: str, index: int, tags: dict[str, int], made: Table) -> Iterator[tuple[str, str, str]]:
    stem, ending = word[:index], word[index:]
    last = stem[-1]
    if last in _JOINTS:
        stem = stem[:-1]
        if stem and (word == lower or _joined(stem, last, made)):
            yield from ((stem, ending, tag) for tag in tags)
        return
    states = made.every if _acronym(stem, ending, made) else made.states(lower[:index])
    if word == lower and made.cluster and made.vowels.isdisjoint(stem[-2:]):
        states |= made.states(made.cluster)  # it may be an acronym: акшнын
    fits = [tag for tag, mask in tags.items() if mask & states]
    if len(stem) < 2:
        return
    yield from ((stem, ending, tag) for tag in fits)
    if made.restore_always or ending[0].lower() in made.vowels:
        yield from _restored(stem, ending, tags, made)
    for alone, widened in made.widen[1].items():
        if stem[-1].lower() == widened:
            whole = stem[:-1] + (alone.upper() if stem[-1].isupper() else alone)
            yield from ((whole, ending, tag) for tag in fits if tag in made.widen[0])


def _restored(stem: str, ending: str, tags: dict[str, int], made: Table) -> Iterator[tuple[str, str, str]]:
    """The stem with the last letter that it has when it stands alone (Лебаба: Лебап)."""
    for size in (1, 2):
        found = made.restore.get(stem[-size:].lower())
        if found is None:
            continue
        whole = stem[:-size] + (found.upper() if stem[-1].isupper() else found)
        states = made.states(whole.lower())
        yield from ((whole, ending, tag) for tag, mask in tags.items() if mask & states)


def _acronym(stem: str, ending: str, made: Table) -> bool:
    """Whether *stem* is read by its letters, so that nothing can be told of its sound.

    Capitals or a figure before the ending show it; in a word without capitals, the list, or that it has no vowel.
    """
    last = stem[-1]
    if last.isdigit() or (last.isupper() and ending[0].islower() and len(stem) > 1):
        return True
    return stem.upper() in made.acronyms or made.vowels.isdisjoint(stem.lower())


def _joined(stem: str, joint: str, made: Table) -> bool:
    """Whether a joint may stand between stem and ending.

    A hyphen only after an acronym, a figure, a quotation mark or a word of another script (Kaspi-дің); an apostrophe
    after any word.
    """
    last = stem[-1]
    if joint in _HYPHENS:
        return last.isupper() or last.isdigit() or last in _CLOSING or last.lower() not in made.group
    return len(stem) > 1 and (last.isalnum() or last in _CLOSING)


def attach(label: str, tag: str, made: Table) -> str | None:
    """*label* with the ending that *tag* names; None where its shape cannot be told."""
    last = label.rsplit(" ", 1)[-1]
    if last[-1:].isupper() or last[-1:].isdigit():
        return _attach_to_acronym(label, last, tag, made)
    if not last[-1:].isalpha():
        return None
    possessed = _is_possessed(label, last, made)
    if tag == made.contract[0] and last[-1] in made.contract[1] and not possessed:
        return label[:-1] + made.contract[1][last[-1]]
    state = _only(made.written_states(last.lower()))
    if state is None:
        return None
    written = made.pronominal if possessed and tag in made.pronominal else made.written
    shape = written.get(tag, {}).get(state)
    if shape is None:
        return None
    if tag in made.widen[0] and label[-1] in made.widen[1]:
        return label[:-1] + made.widen[1][label[-1]] + shape
    if made.restore_always or last.lower() in made.soft:
        soft = {alone: joined for joined, alone in made.restore.items()}
        softens = made.restore_always or shape[0] in made.vowels
        return (label[:-1] + soft.get(label[-1], label[-1]) if softens else label) + shape
    if shape[0] in made.vowels and last[-1].lower() in made.restore.values():
        return None  # it softens in some words (Lebap, Lebaby) and not in others: only a dictionary knows
    return label + shape


def _attach_to_acronym(label: str, last: str, tag: str, made: Table) -> str | None:
    if tag not in ("gen", "acc", "dat", "loc", "abl", "ins"):
        return None
    read = made.acronyms.get(last)
    if read is None:
        apart = made.vowels.isdisjoint(last[-2:].lower())
        read = made.cluster if apart else last.lower()
    state = _only(made.written_states(read)) if read else None
    shape = made.written.get(tag, {}).get(state) if state is not None else None
    return None if shape is None else label + made.join + shape


def _is_possessed(label: str, last: str, made: Table) -> bool:
    endings, words = made.possessed
    return last.lower() in words or (last != label and last.endswith(endings))


def _only(states: int) -> int | None:
    """The state that a set of one state holds."""
    return states.bit_length() - 1 if states and not states & (states - 1) else None
