"""Signals: each tells what it says it tells, and the same with the sides swapped."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from readout_diff.alignment.signals import (
    _rival,
    _usual,
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


def test_usual_is_the_mean_of_the_two_nearest_others():
    similarity = np.array([[0.9, 0.5, 0.3, 0.1]], np.float32)
    background = np.array([[0.7, 0.6, 0.2]], np.float32)
    assert _usual(similarity, background)[0] == pytest.approx([0.4, 0.6, 0.7, 0.7])


def test_usual_of_a_short_side_is_filled_up_from_the_background():
    background = np.array([[0.2, 0.6, 0.4]], np.float32)
    assert _usual(np.array([[0.9]], np.float32), background)[0] == pytest.approx([0.5])
    assert _usual(np.array([[0.9, 0.1]], np.float32), background)[0] == pytest.approx([0.35, 0.75])


def test_rival_is_the_best_other_value_of_the_row():
    near = np.array([[3.0, 2.0, 1.0], [1.0, 1.0, 0.0]], np.float32)
    assert _rival(near).tolist() == [[2, 3, 3], [1, 1, 1]]


def test_gap_without_a_rival_is_as_wide_as_it_gets():
    assert gap_signal(np.array([[0.1]], np.float32), None)["gap"].tolist() == [[4]]


def test_only_passages_on_the_same_topic_are_rivals():
    near = np.array([[2.0, 1.0, 1.5]], np.float32)
    topics = ([{"libya": 1.0, "iran": 1.0}], [{"libya": 1.0}, {"iran": 1.0}, {}])
    assert gap_signal(near, None)["gap"].tolist() == [[0.5, -1, -0.5]]
    assert gap_signal(near, topics)["gap"].tolist() == [[4, 4, -0.5]]


def test_the_finest_subject_a_pair_shares_tells_its_rivals():
    near = np.array([[2.0, 1.0, 1.5]], np.float32)
    topics = ([{"ukraine": 1.0}], [{"ukraine": 1.0}] * 3)
    issues = ([{"grain": 1.0}], [{}, {"grain": 1.0}, {}])
    assert gap_signal(near, topics)["gap"].tolist() == [[0.5, -1, -0.5]]
    assert gap_signal(near, topics, issues)["gap"].tolist() == [[0.5, 4, -0.5]]


def test_a_rare_topic_weighs_more_than_a_common_one():
    left = [{"ukraine": 1.0}, {"ukraine": 1.0}, {"iran": 1.0}]
    right = [{"ukraine": 1.0}, {"ukraine": 1.0}, {"iran": 1.0}, {}]
    signals = topic_signals(left, right)
    assert signals["topic_shared"][0].tolist() == [0.5, 0.5, 0, 0]
    assert signals["topic_shared"][2, 2] == 1
    assert signals["topic_apart"].tolist() == [[0, 0, 1, 0], [0, 0, 1, 0], [1, 1, 0, 0]]


def test_what_everybody_names_says_little():
    left = [frozenset({"US", "2300"}), frozenset({"US"})]
    right = [frozenset({"US"}), frozenset({"US", "2300"})]
    assert mention_signals(left, right)["mentions"].tolist() == [[0.5, 1.5], [0.5, 0.5]]


def test_openings_and_closings():
    signals = formulaic_signals(["opening", None, "closing"], ["opening", "closing"])
    assert signals["opening"].tolist() == [[1, 1], [1, 0], [1, 0]]
    assert signals["closing"].tolist() == [[0, 0], [0, 0], [0, 1]]


@settings(deadline=None)
@given(similarities)
def test_gap_is_positive_only_for_the_mutual_best(near):
    gap = gap_signal(near, None)["gap"]
    best = (near == near.max(axis=1, keepdims=True)) & (near == near.max(axis=0))
    assert (best >= (gap > 0)).all()
    assert (gap == gap_signal(near.T.copy(), None)["gap"].T).all()
