"""The algebra of edits holds for any edits of any text."""

from __future__ import annotations

import pickle
from functools import partial

from hypothesis import given

from ca_normalize.edits import Deferred, Edit, Mapper, apply, compose, flatten, invert, restore
from strategies import layers


@given(layers())
def test_flattened_edits_do_what_the_layers_do(case):
    source, stack = case
    text = source
    for layer in stack:
        text = apply(text, layer)
    edits = flatten(source, stack)
    assert apply(source, edits) == text
    assert apply(text, invert(source, edits)) == source


@given(layers())
def test_flattened_edits_are_sorted_and_never_overlap(case):
    source, stack = case
    at = 0
    for edit in flatten(source, stack):
        assert at <= edit.start <= edit.end <= len(source)
        assert source[edit.start : edit.end] != edit.replacement
        at = edit.end


@given(layers())
def test_restore_keeps_the_first_steps(case):
    source, stack = case
    text, kept = source, set()
    assert restore(source, stack, lambda edit: False) == source
    for number, layer in enumerate(stack):
        text = apply(text, layer)
        kept.add(f"step{number}")
        assert restore(source, stack, lambda edit: edit.step in kept) == text


@given(layers())
def test_spans_outside_edits_map_to_the_same_text(case):
    source, stack = case
    edits = flatten(source, stack)
    text, mapper = apply(source, edits), Mapper(edits)
    for start in range(len(source) + 1):
        for end in range(start, len(source) + 1):
            low, high = mapper.forward(start, end)
            assert 0 <= low <= high <= len(text)
            if not any(edit.start <= end and start <= edit.end for edit in edits):
                assert text[low:high] == source[start:end]
                assert mapper.back(low, high) == (start, end)


@given(layers())
def test_edits_made_later_are_edits_like_others(case):
    text, stack = case
    for layer in stack:
        after = apply(text, layer)
        later = Deferred(after, partial(tuple, layer))
        assert apply(text, later) == after
        assert later == layer
        assert len(later) == len(layer)
        assert pickle.loads(pickle.dumps(later)) == later
        assert list(later) == list(layer)
        assert later[:1] == tuple(layer[:1])
        text = after
    assert flatten(case[0], [Deferred("", lambda layer=layer: layer) for layer in stack]) == flatten(*case)


def test_one_rule_can_be_undone_among_others():
    stack = [[Edit(0, 1, "K", "repair", "look-alike"), Edit(4, 4, " ", "repair", "space")]]
    assert restore("Кazахs", stack, lambda edit: edit.rule == "look-alike") == "Kazахs"


def test_an_edit_keeps_what_it_was_built_on():
    first = [Edit(0, 1, "abc", "repair", "mojibake")]
    second = [Edit(1, 2, "B", "transliterate", "x")]
    assert restore("!z", [first, second], lambda edit: edit.step == "transliterate") == "aBcz"


def test_edits_that_touch_become_one_with_the_later_rule():
    composed = compose("Стaфт", [Edit(2, 3, "а", "repair", "r")], [Edit(0, 5, "Stufft", "canonicalize", "c")])
    assert composed == [Edit(0, 5, "Stufft", "canonicalize", "c")]
