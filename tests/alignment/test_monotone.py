"""Monotone alignment: beads in order, merges found, gaps left alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from readout_diff.alignment import monotone
from readout_diff.alignment.background import unit
from readout_diff.alignment.monotone import band_along, monotone_beads, share_in_order


def _vectors(rows):
    return unit(np.asarray(rows, np.float32))


def _beads(left, right, partners=None):
    band = None
    if partners is not None:
        rows, columns = (np.array([pair[side] for pair in partners], np.intp) for side in (0, 1))
        band = band_along(rows, columns, (len(left), len(right)))
    return monotone_beads([left], [right], band)


def test_one_to_one():
    eye = _vectors(np.eye(4))
    assert _beads(eye, eye) == [((i,), (i,)) for i in range(4)]


def test_a_passage_that_stands_for_two():
    parts = _vectors(np.eye(4))
    merged = _vectors([[1, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 1]])
    assert _beads(parts, merged) == [((0,), (0,)), ((1, 2), (1,)), ((3,), (2,))]


def test_a_passage_without_a_partner_is_left_alone():
    eye = _vectors(np.eye(4))
    assert monotone_beads([eye], [eye[[0, 1, 3]]]) == [((0,), (0,)), ((1,), (1,)), ((3,), (2,))]


def test_nothing_corresponds():
    left, right = _vectors(np.eye(4)[:2]), _vectors(np.eye(4)[2:])
    assert _beads(left, right) == []


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 7), st.integers(1, 7), st.integers(0, 1000))
def test_beads_never_cross_and_mirror(n, m, seed):
    generator = np.random.default_rng(seed)
    left, right = (_vectors(generator.standard_normal((size, 4))) for size in (n, m))
    beads = _beads(left, right)
    for side in (0, 1):
        flat = [index for bead in beads for index in bead[side]]
        assert flat == sorted(set(flat))
    mirrored = _beads(right, left)
    assert {(b, a) for a, b in mirrored} == set(beads)


@settings(deadline=None, max_examples=40)
@example(1, 30, 762)  # the first passage has its partner far down
@example(4, 30, 440)  # a long gap before the next partner
@given(st.integers(1, 30), st.integers(1, 30), st.integers(0, 1000))
def test_a_band_that_is_wide_enough_finds_what_the_whole_finds(n, m, seed):
    generator = np.random.default_rng(seed)
    left, right = (_vectors(generator.standard_normal((size, 4))) for size in (n, m))
    whole = _beads(left, right)
    partners = [(rows[0], columns[0]) for rows, columns in whole]
    reach = monotone._REACH
    try:
        monotone._REACH = 12
        assert _beads(left, right, partners) == whole
    finally:
        monotone._REACH = reach


@pytest.mark.parametrize("mirrored", [False, True])
def test_what_one_text_puts_in_is_passed_over_however_long_it_is(monkeypatch, mirrored):
    monkeypatch.setattr(monotone, "_REACH", 5)
    every = _vectors(np.eye(140))
    text, other = every[:40], every[40:]
    longer = np.concatenate([text[:20], other, text[20:]])
    partners = [(i, i if i < 20 else i + 100) for i in range(0, 40, 3)]
    if mirrored:
        found = _beads(longer, text, [(j, i) for i, j in partners])
        found = [(b, a) for a, b in found]
    else:
        found = _beads(text, longer, partners)
    assert found == [((i,), (i if i < 20 else i + 100,)) for i in range(40)]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, unique=True).map(sorted))
def test_share_in_order_counts_the_pairs_of_partners_that_do_not_cross(partners):
    rows, columns = (np.array([pair[side] for pair in partners]) for side in (0, 1))
    order = np.sign(rows[:, None] - rows) * np.sign(columns[:, None] - columns) > 0
    expected = order.sum() / (len(partners) * (len(partners) - 1))
    assert share_in_order(rows, columns) == pytest.approx(expected)


def test_partners_out_of_order_do_not_bend_the_band(monkeypatch):
    monkeypatch.setattr(monotone, "_REACH", 5)
    band = band_along(np.array([0, 5, 10, 15]), np.array([0, 90, 10, 15]), (20, 100))
    assert (band.low[5], band.high[5]) == (0, 15)
    assert (np.diff(band.low) >= 0).all()
    assert (np.diff(band.high) >= 0).all()
    assert (band.low[0], band.high[-1]) == (0, 100)
