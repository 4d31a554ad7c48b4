"""Signals: each tells what it says it tells, and the same with the sides swapped."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from readout_diff.alignment.pairs import Pairs
from readout_diff.alignment.signals import (
    above_usual,
    formulaic_signals,
    gap_signal,
    mention_signals,
    term_signals,
    topic_signals,
)
from readout_diff.glossary import Rarity

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
    sides = np.array([background], np.float32), np.zeros((rows.shape[1], 2), np.float32)
    pairs = Pairs.all_of(rows.shape)
    above = above_usual(rows.ravel(), pairs, lambda axis: sides[axis])
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


TELLING = Rarity({"grain": 4.0, "trade": 3.0, "meet": 0.5})
sides = st.lists(st.frozensets(st.sampled_from([*TELLING, "zorblax"])), min_size=1, max_size=5)


def _terms(left, right, pairs):
    return term_signals(left, right, pairs, TELLING)["terms"]


def _terms_one_by_one(left, right):
    """What the signal is by its definition, in two loops over the passages."""
    weigh = lambda keys: sum(TELLING.get(key, 4.0) for key in keys)  # noqa: E731
    typical = float(np.median([weigh(keys) for keys in [*left, *right]])) or 1.0
    shared = np.array([[min(weigh(a & b) / typical, 2) for b in right] for a in left])
    above = np.empty_like(shared)
    for i in range(len(left)):
        for j in range(len(right)):
            others = [
                sorted([*np.delete(line, at), 0, 0])[-2:] for line, at in ((shared[i], j), (shared[:, j], i))
            ]
            above[i, j] = shared[i, j] - np.mean(others)
    return above.ravel()


def test_two_passages_that_share_what_others_do_not():
    left, right = [frozenset({"grain", "meet"}), frozenset({"meet"})], [frozenset({"grain"}), frozenset()]
    # A typical passage holds (0.5 + 4) / 2; nothing but grain is shared.
    assert _terms(left, right, _all(left, right)) == pytest.approx(np.array([1, -0.25, -0.25, 0]) * 4 / 2.25)


def test_an_unknown_word_tells_as_much_as_the_rarest():
    rare, unknown = ([frozenset({key}), frozenset({"meet"})] for key in ("grain", "zorblax"))
    pairs = _all(rare, rare)
    assert (_terms(rare, rare, pairs) == _terms(unknown, unknown, pairs)).all()


@settings(deadline=None)
@given(sides, sides)
@example([frozenset()], [frozenset()])
@example([frozenset({"grain"})], [frozenset({"grain"})])
@example([frozenset()], [frozenset({"grain"}), frozenset({"grain"})])
def test_terms_are_what_two_loops_find(left, right):
    assert _terms(left, right, _all(left, right)) == pytest.approx(_terms_one_by_one(left, right), abs=1e-5)


@settings(deadline=None)
@given(sides, sides)
def test_terms_are_mirrored_with_the_sides(left, right):
    every = _all(left, right)
    mirrored = _terms(right, left, every.transposed).reshape(len(right), len(left)).T
    assert (_terms(left, right, every) == mirrored.ravel()).all()


@settings(deadline=None)
@given(st.permutations(range(5)), st.permutations(range(5)), st.data())
def test_terms_of_candidates_are_those_of_all_pairs(rows, columns, data):
    """Where the pairs that are left out share nothing, they are no neighbours that count."""
    few = st.lists(st.frozensets(st.sampled_from([*TELLING, "zorblax"])), min_size=5, max_size=5)
    left, right = data.draw(few), data.draw(few)
    every = _all(left, right)
    kept = np.array([bool(left[i] & right[j]) for i, j in every])
    for i, j in zip(
        [*rows] * 3, [*columns, *columns[1:], columns[0], *columns[2:], *columns[:2]], strict=True
    ):
        kept[i * 5 + j] = True  # each passage has three candidates at least, as `candidate_pairs` sees to
    assert (_terms(left, right, every.only(kept)) == _terms(left, right, every)[kept]).all()


@pytest.mark.parametrize("others", [1, 30])
def test_a_passage_of_very_many_words_is_quick(others):
    left = [frozenset(f"w{n}" for n in range(100_000))]
    right = [frozenset({f"w{n}", "grain"}) for n in range(others - 1)] + left
    pairs = _all(left, right)
    start = time.process_time()
    found = _terms(left, right, pairs), _terms(right, left, pairs.transposed)
    assert time.process_time() - start < 4  # of processor time, with room for a run that coverage measures
    assert (found[0] == found[1]).all()
    assert found[0].argmax() == others - 1


def test_many_passages_that_share_one_word_are_quick():
    side = [frozenset({"grain", f"w{n}"}) for n in range(600)]
    start = time.process_time()
    found = _terms(side, side, _all(side, side)).reshape(600, 600)
    assert time.process_time() - start < 4
    assert (found.argmax(axis=1) == np.arange(600)).all()
