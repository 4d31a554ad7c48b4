"""Keys that passages share: their weight is what two loops find, from either side and for any pairs."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from readout_diff.alignment.keys import SharedKeys
from readout_diff.alignment.pairs import Pairs

WEIGHTS = {"grain": 0.1, "trade": 0.7, "meet": 1 / 3, "zorblax": 1e-3}  # whose sum depends on the order
sides = st.lists(st.frozensets(st.sampled_from([*WEIGHTS])), min_size=1, max_size=5)


@st.composite
def two_sides(draw):
    """Keys of both sides, and some of their pairs."""
    left, right = draw(sides), draw(sides)
    chosen = draw(st.lists(st.booleans(), min_size=len(left) * len(right), max_size=len(left) * len(right)))
    return left, right, Pairs.all_of((len(left), len(right))).only(np.array(chosen, bool))


def _weight(left, right, pairs):
    shared = SharedKeys.of(left, right)
    return shared.weight(pairs, np.array([WEIGHTS[key] for key in shared.keys]))


@settings(deadline=None)
@given(two_sides())
def test_the_weight_is_what_two_loops_find(drawn):
    left, right, pairs = drawn
    found = _weight(left, right, pairs)
    assert found.dtype == np.float32
    assert found.tolist() == [
        np.float32(sum(WEIGHTS[key] for key in sorted(left[i] & right[j]))) for i, j in pairs
    ]


@settings(deadline=None)
@given(two_sides())
def test_the_weight_is_mirrored_with_the_sides(drawn):
    left, right, pairs = drawn
    order = np.lexsort((pairs.left, pairs.right))
    assert (_weight(left, right, pairs)[order] == _weight(right, left, pairs.transposed)).all()


@settings(deadline=None)
@given(two_sides())
def test_some_pairs_share_what_they_do_among_all(drawn):
    left, right, some = drawn
    every = Pairs.all_of(some.shape)
    found = _weight(left, right, every)[every.where(some.left, some.right)]
    assert (_weight(left, right, some) == found).all()


def test_a_key_of_one_side_alone_is_left_out():
    shared = SharedKeys.of(
        [frozenset({"grain", "meet"}), frozenset({"meet"})], [frozenset({"meet", "trade"})]
    )
    assert shared.keys == ("meet",)
    assert [shared.counts(axis).tolist() for axis in (0, 1)] == [[2], [1]]


def test_nobody_holds_a_key():
    assert _weight([frozenset()], [], Pairs.all_of((1, 0))).tolist() == []
    assert _weight([frozenset()], [frozenset({"meet"})], Pairs.all_of((1, 1))).tolist() == [0]
