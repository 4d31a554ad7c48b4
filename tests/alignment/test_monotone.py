"""Monotone alignment: beads in order, merges found, gaps left alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from readout_diff.alignment.background import unit
from readout_diff.alignment.monotone import monotone_beads


def _vectors(rows):
    return unit(np.asarray(rows, np.float32))


def test_one_to_one():
    eye = _vectors(np.eye(4))
    assert monotone_beads([eye], [eye]) == [((i,), (i,)) for i in range(4)]


def test_a_passage_that_stands_for_two():
    parts = _vectors(np.eye(4))
    merged = _vectors([[1, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 1]])
    assert monotone_beads([parts], [merged]) == [((0,), (0,)), ((1, 2), (1,)), ((3,), (2,))]


def test_a_passage_without_a_partner_is_left_alone():
    eye = _vectors(np.eye(4))
    assert monotone_beads([eye], [eye[[0, 1, 3]]]) == [((0,), (0,)), ((1,), (1,)), ((3,), (2,))]


def test_nothing_corresponds():
    left, right = _vectors(np.eye(4)[:2]), _vectors(np.eye(4)[2:])
    assert monotone_beads([left], [right]) == []


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 7), st.integers(1, 7), st.integers(0, 1000))
def test_beads_never_cross_and_mirror(n, m, seed):
    generator = np.random.default_rng(seed)
    left, right = (_vectors(generator.standard_normal((size, 4))) for size in (n, m))
    beads = monotone_beads([left], [right])
    for side in (0, 1):
        flat = [index for bead in beads for index in bead[side]]
        assert flat == sorted(set(flat))
    mirrored = monotone_beads([right], [left])
    assert {(b, a) for a, b in mirrored} == set(beads)
