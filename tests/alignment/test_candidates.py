"""Candidates: exactly the nearest, and the links of long texts are those that all pairs give."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout_diff.alignment import Clauses, Encoded, candidates, load_background, matching
from readout_diff.alignment.background import unit
from readout_diff.alignment.candidates import candidate_pairs, sharing_most
from readout_diff.alignment.keys import SharedKeys
from readout_diff.alignment.parts import Parts
from readout_diff.embedders.base import encode
from readout_diff.testing import HashEmbedder

GOLD = Path(__file__).parents[1] / "data" / "gold"
# Everything is a candidate; nothing but the nearest is.
ALL = {"all_up_to": 0, "nearest": 10**6, "nearest_on_subject": 1}


def _parts(generator, count, *, divided):
    """Random passages with up to four parts each."""
    counts = generator.integers(1, 5, count) if divided else np.ones(count, int)
    vectors = unit(generator.standard_normal((counts.sum(), 8)).astype(np.float32))
    return Parts(vectors, np.concatenate([[0], np.cumsum(counts)]))


def _likeness(left, right):
    """The likeness of the nearest parts of each pair, and that of the wholes."""
    product = left.vectors @ right.vectors.T
    rows = np.maximum.reduceat(product, left.start[:-1], axis=0)
    wholes = product[np.ix_(left.start[:-1], right.start[:-1])]
    return np.maximum.reduceat(rows, right.start[:-1], axis=1), wholes


@settings(deadline=None, max_examples=30)
@given(
    st.integers(2, 40), st.integers(2, 40), st.integers(0, 99), st.booleans(), st.sampled_from([30, 10**6])
)
def test_candidates_are_the_nearest_by_parts_and_the_three_nearest_as_wholes(n, m, seed, divided, block):
    generator = np.random.default_rng(seed)
    left, right = (_parts(generator, count, divided=divided) for count in (n, m))
    whole_block, candidates._BLOCK = candidates._BLOCK, block
    try:
        found = set(candidate_pairs((n, m), [(left, right)], all_up_to=0, nearest=5))
    finally:
        candidates._BLOCK = whole_block
    expected = set()
    for values, count in zip(_likeness(left, right), (5, candidates.USUAL), strict=True):
        rows, columns = np.argsort(-values, axis=1)[:, :count], np.argsort(-values, axis=0)[:count]
        expected |= {(i, int(j)) for i in range(n) for j in rows[i]}
        expected |= {(int(i), j) for j in range(m) for i in columns[:, j]}
    assert found == expected


def test_passages_on_the_same_subject_are_candidates_however_far_they_are():
    generator = np.random.default_rng(3)
    left, right = (_parts(generator, 60, divided=False) for _ in range(2))
    subjects = [{"iran": 1.0} if k in (7, 8) else {} for k in range(60)]
    found = candidate_pairs((60, 60), [(left, right)], [(subjects, subjects)], all_up_to=0, nearest=3)
    assert {(7, 7), (7, 8), (8, 7), (8, 8)} <= set(found)


@pytest.mark.parametrize("divided", [False, True])
def test_swapping_the_sides_mirrors_the_candidates(divided):
    generator = np.random.default_rng(5)
    left, right = (_parts(generator, count, divided=divided) for count in (50, 50))
    # Equal passages: which of them are taken must not depend on the side they stand on.
    left.vectors[: len(left.vectors) // 2] = left.vectors[0]
    there = candidate_pairs((50, 50), [(left, right)], all_up_to=0, nearest=4)
    back = candidate_pairs((50, 50), [(right, left)], all_up_to=0, nearest=4)
    assert set(there) == {(j, i) for i, j in back}


def test_short_texts_have_all_pairs():
    generator = np.random.default_rng(0)
    left, right = (_parts(generator, count, divided=True) for count in (30, 20))
    assert candidate_pairs((30, 20), [(left, right)]).complete


def _only_candidates(monkeypatch, **options):
    """Let even short texts be treated as long ones are."""
    monkeypatch.setattr(matching, "ALL_PAIRS", 0)
    monkeypatch.setattr(
        matching, "candidate_pairs", lambda *args: candidate_pairs(*args, **({"all_up_to": 0} | options))
    )


def _joined(evidences):
    """Texts set one behind the other, as if they were one."""

    def side(values, axis):
        return [item for value in values for item in value[axis]]

    passages = tuple(
        [replace(p, index=k, lang="en") for k, p in enumerate(side([e.passages for e in evidences], axis))]
        for axis in (0, 1)
    )
    lengths = [[len(e.passages[axis]) for e in evidences] for axis in (0, 1)]
    encoded = []
    for k, first in enumerate(evidences[0].encoded):
        vectors = [np.concatenate([e.encoded[k].sides[axis] for e in evidences]) for axis in (0, 1)]
        clauses = []
        for axis in (0, 1):
            before = np.cumsum([0, *lengths[axis]])
            own = [e.encoded[k].clauses[axis] for e in evidences]
            owner = np.concatenate([c.owner + start for c, start in zip(own, before[:-1], strict=True)])
            clauses.append(Clauses(owner, np.concatenate([c.vectors for c in own if len(c.owner)])))
        encoded.append(replace(first, left=vectors[0], right=vectors[1], clauses=tuple(clauses)))
    known = {
        name: tuple(side([getattr(e, name) for e in evidences], axis) for axis in (0, 1))
        for name in ("topics", "mentions", "issues", "terms")
    }
    return matching.Evidence(passages, tuple(encoded), formulaic=None, **known)


@pytest.fixture(scope="module")
def long_text():
    from readout_diff.calibration import example_of
    from readout_diff.evaluation.gold import read_pairs

    return _joined([example_of(pair, "use").evidence for pair in read_pairs(GOLD / "style")])


WEIGHTS = {"grain": 4.0, "meet": 0.5, "trade": 3.0, "zorblax": 0.25}
keyed = st.lists(st.frozensets(st.sampled_from([*WEIGHTS])), min_size=1, max_size=9)


def _sharing_most(left, right):
    shared = SharedKeys.of(left, right)
    return sharing_most(shared, np.array([WEIGHTS[key] for key in shared.keys]))


@settings(deadline=None)
@given(keyed, keyed, st.sampled_from([10, 10**6]))
def test_those_that_share_most_are_found_from_either_side(left, right, block):
    whole_block, candidates._BLOCK = candidates._BLOCK, block
    try:
        found, mirrored = _sharing_most(left, right), _sharing_most(right, left)
    finally:
        candidates._BLOCK = whole_block
    if left != right:
        assert set(found) == {(i, j) for j, i in mirrored}
    shared = np.array([[sum(WEIGHTS[key] for key in a & b) for b in right] for a in left])
    kept = np.full(shared.shape, -1.0)
    kept[found.left, found.right] = shared[found.left, found.right]
    for every, some in ((shared, kept), (shared.T, kept.T)):
        largest = [np.sort(rows, axis=1)[:, ::-1][:, : candidates.USUAL] for rows in (every, some)]
        assert np.array_equal(*largest)  # of several that share the same, any will do


def test_nobody_shares_a_word():
    nothing = [frozenset()] * 4
    assert len(_sharing_most(nothing, nothing)) >= 12


@pytest.mark.models
def test_what_is_usual_of_words_is_the_same_with_few_candidates(monkeypatch, long_text):
    every = matching.considered_pairs(long_text)
    whole = matching.pair_signals(long_text, every)["terms"]
    _only_candidates(monkeypatch)
    some = matching.considered_pairs(long_text)
    assert np.array_equal(
        matching.pair_signals(long_text, some)["terms"], whole[every.where(some.left, some.right)]
    )


@pytest.mark.models
@pytest.mark.parametrize("order", ["auto", "monotone"])
def test_with_all_pairs_as_candidates_nothing_changes(monkeypatch, long_text, order):
    whole = matching.align_passages(long_text, order=order)
    _only_candidates(monkeypatch, **ALL)
    again = matching.align_passages(long_text, order=order)
    assert again.links == whole.links
    assert np.array_equal(again.probabilities.values, whole.probabilities.values)


@pytest.mark.models
def test_with_few_candidates_the_links_are_the_same_but_for_close_calls(monkeypatch, long_text):
    whole = matching.align_passages(long_text)
    _only_candidates(monkeypatch)
    few = matching.align_passages(long_text)
    linked = [{(k.left, k.right) for k in a.links if k.left and k.right} for a in (whole, few)]
    assert len(linked[0]) > 50
    # What is usual for a passage is told from the candidates; in the plain space they need not be its nearest.
    assert len(linked[0] ^ linked[1]) <= 0.05 * len(linked[0])
    considered = few.probabilities.pairs
    assert len(considered) < 0.3 * considered.shape[0] * considered.shape[1]


@pytest.mark.models
def test_without_an_encoder_candidates_of_long_texts_share_words(monkeypatch, long_text):
    evidence = replace(long_text, encoded=())
    whole = matching.align_passages(evidence)
    _only_candidates(monkeypatch)
    few = matching.align_passages(evidence)
    linked = [{(k.left, k.right) for k in a.links if k.left and k.right} for a in (whole, few)]
    assert len(linked[0]) > 30
    assert len(linked[0] ^ linked[1]) <= 0.05 * len(linked[0])
    considered = few.probabilities.pairs
    assert len(considered) < 0.3 * considered.shape[0] * considered.shape[1]
    mirrored = matching.Evidence(
        evidence.passages[::-1],
        (),
        **{name: getattr(evidence, name)[::-1] for name in ("topics", "mentions", "issues", "terms")},
    )
    again = matching.align_passages(mirrored)
    assert {(k.right, k.left) for k in again.links if k.left and k.right} == linked[1]


@pytest.mark.models
def test_long_texts_are_not_read(monkeypatch, long_text):
    asked = []

    def read(pairs):
        asked.extend(pairs)
        return np.zeros(len(pairs), np.float32)

    evidence = replace(long_text, read=read)
    matching.align_passages(evidence, order="free")
    assert asked
    asked.clear()
    _only_candidates(monkeypatch)
    matching.align_passages(evidence, order="free")
    assert asked == []


def test_beads_may_join_passages_that_were_no_candidates(monkeypatch):
    generator = np.random.default_rng(2)
    sentences = [" ".join(f"w{n}" for n in generator.integers(0, 12, 5)) + f" {k}" for k in range(40)]
    merged = [" ".join(sentences[k : k + 4]) for k in range(0, 40, 4)]
    left, right = (encode(texts, HashEmbedder()) for texts in (sentences, merged))
    encoded = Encoded("hash", left, right, load_background("hash", "1", lambda t: encode(t, HashEmbedder())))
    from readout_diff.passages import Passage
    from readout_diff.readout import Span

    sides = [
        [Passage(side, k, Span(0, len(t)), t, "en") for k, t in enumerate(texts)]
        for side, texts in (("a", sentences), ("b", merged))
    ]
    whole = matching.align_passages(matching.Evidence(sides, [encoded]), order="monotone")
    _only_candidates(monkeypatch, nearest=3)
    few = matching.align_passages(matching.Evidence(sides, [encoded]), order="monotone")
    linked = [{(k.left, k.right) for k in a.links if k.left and k.right} for a in (whole, few)]
    assert linked[0] == linked[1]
