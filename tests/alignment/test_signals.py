"""Signals: each tells what it says it tells, and the same with the sides swapped."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from readout_diff.alignment.pairs import Pairs
from readout_diff.alignment.signals import (
    above_usual,
    formulaic_signals,
    gap_signal,
    mention_signals,
    topic_signals,
)

similarities = arrays(
    np.float32,
    st.tuples(st.integers(1, 6), st.integers(1, 6)),
    elements=st.floats(-1, 1, width=32).map(lambda x: float(np.float32(round(x, 3)))),
)


def _all(left, right):
    return Pairs.all_of((len(left), len(right)))


def _usual(similarity, background):
    """What is usual for the left passage of each pair; nothing is for the right ones."""
    rows = np.array(similarity, np.float32)
    nothing = np.zeros((rows.shape[1], 2), np.float32)
    pairs = Pairs.all_of(rows.shape)
    above = above_usual(rows.ravel(), pairs, np.array([background], np.float32), nothing)
    return (rows.ravel() - above) * 2


def test_usual_is_the_mean_of_the_two_nearest_others():
    assert _usual([[0.9, 0.5, 0.3, 0.1]], [0.7, 0.6, 0.2]) == pytest.approx([0.4, 0.6, 0.7, 0.7])


def test_usual_of_a_short_side_is_filled_up_from_the_background():
    assert _usual([[0.9]], [0.2, 0.6, 0.4]) == pytest.approx([0.5])
    assert _usual([[0.9, 0.1]], [0.2, 0.6, 0.4]) == pytest.approx([0.35, 0.75])


def _gap(near, *subjects):
    values = np.array(near, np.float32)
    return gap_signal(values.ravel(), Pairs.all_of(values.shape), *subjects)["gap"].reshape(values.shape)


def test_gap_without_a_rival_is_as_wide_as_it_gets():
    assert _gap([[0.1]], None).tolist() == [[4]]


def test_only_passages_on_the_same_topic_are_rivals():
    near = [[2.0, 1.0, 1.5]]
    topics = ([{"libya": 1.0, "iran": 1.0}], [{"libya": 1.0}, {"iran": 1.0}, {}])
    assert _gap(near, None).tolist() == [[0.5, -1, -0.5]]
    assert _gap(near, topics).tolist() == [[4, 4, -0.5]]


def test_the_finest_subject_a_pair_shares_tells_its_rivals():
    near = [[2.0, 1.0, 1.5]]
    topics = ([{"ukraine": 1.0}], [{"ukraine": 1.0}] * 3)
    issues = ([{"grain": 1.0}], [{}, {"grain": 1.0}, {}])
    assert _gap(near, topics).tolist() == [[0.5, -1, -0.5]]
    assert _gap(near, topics, issues).tolist() == [[0.5, 4, -0.5]]


def test_a_rare_topic_weighs_more_than_a_common_one():
    left = [{"ukraine": 1.0}, {"ukraine": 1.0}, {"iran": 1.0}]
    right = [{"ukraine": 1.0}, {"ukraine": 1.0}, {"iran": 1.0}, {}]
    signals = {k: v.reshape(3, 4) for k, v in topic_signals(left, right, _all(left, right)).items()}
    assert signals["topic_shared"][0].tolist() == [0.5, 0.5, 0, 0]
    assert signals["topic_shared"][2, 2] == 1
    assert signals["topic_apart"].tolist() == [[0, 0, 1, 0], [0, 0, 1, 0], [1, 1, 0, 0]]


def test_what_everybody_names_says_little():
    left = [frozenset({"US", "2300"}), frozenset({"US"})]
    right = [frozenset({"US"}), frozenset({"US", "2300"})]
    assert mention_signals(left, right, _all(left, right))["mentions"].tolist() == [0.5, 1.5, 0.5, 0.5]


def test_openings_and_closings():
    signals = formulaic_signals(["opening", None, "closing"], ["opening", "closing"], Pairs.all_of((3, 2)))
    assert signals["opening"].tolist() == [1, 1, 1, 0, 1, 0]
    assert signals["closing"].tolist() == [0, 0, 0, 0, 0, 1]


@settings(deadline=None)
@given(similarities)
def test_gap_is_positive_only_for_the_mutual_best(near):
    gap = _gap(near, None)
    best = (near == near.max(axis=1, keepdims=True)) & (near == near.max(axis=0))
    assert (best >= (gap > 0)).all()
    assert (gap == _gap(near.T, None).T).all()
