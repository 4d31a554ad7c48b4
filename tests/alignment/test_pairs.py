"""Pairs: what is said of some pairs is what a table of all pairs says of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_diff.alignment.pairs import Pairs, PairValues


@st.composite
def tables(draw):
    """Pairs with a value each, and the table of them, in which minus infinity stands for what is missing."""
    shape = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    cells = st.one_of(st.none(), st.sampled_from([-1.5, 0.0, 0.25, 0.5, 1.0]))
    rows = draw(
        st.lists(st.lists(cells, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0])
    )
    table = np.array([[-np.inf if cell is None else cell for cell in row] for row in rows], np.float32)
    left, right = np.nonzero(table > -np.inf)
    return Pairs(shape, left, right), table[left, right], table


@given(tables(), st.sampled_from([0, 1]), st.integers(1, 4))
def test_top_holds_the_largest_values_of_each_passage(drawn, axis, count):
    pairs, values, table = drawn
    rows = table.T if axis else table
    padded = np.concatenate([rows, np.full((len(rows), count), -np.inf)], axis=1)
    assert np.array_equal(pairs.top(values, axis, count), np.sort(padded, axis=1)[:, ::-1][:, :count])


@given(tables(), st.sampled_from([0, 1]))
def test_a_rival_is_the_best_other_value_of_the_passage(drawn, axis):
    pairs, values, table = drawn
    for (i, j), rival in zip(pairs, pairs.rivals(values, axis), strict=True):
        others = np.delete(table[:, j], i) if axis else np.delete(table[i], j)
        assert rival == others.max(initial=-np.inf)


@given(tables(), st.sampled_from([0, 1]))
def test_the_rank_counts_what_is_larger(drawn, axis):
    pairs, values, table = drawn
    for (i, j), rank in zip(pairs, pairs.ranks(values, axis), strict=True):
        assert rank == ((table[:, j] if axis else table[i]) > table[i, j]).sum()


@given(tables())
def test_the_mutual_best_are_the_largest_of_both_passages(drawn):
    pairs, values, table = drawn
    found = {pair for k, pair in enumerate(pairs) if k in pairs.mutual_best(values, 0.25)}
    best = (table == table.max(axis=1, keepdims=True)) & (table == table.max(axis=0)) & (table >= 0.25)
    assert found == {(int(i), int(j)) for i, j in np.argwhere(best)}


@given(tables())
def test_grids_hold_every_pair_once(drawn):
    pairs, _, _ = drawn
    found = [(int(i), int(j)) for _, rows, columns in pairs.grids() for i in rows for j in columns]
    assert found == list(pairs)
    assert pairs.complete == (len(found) == pairs.shape[0] * pairs.shape[1])


@given(tables())
def test_values_read_like_an_array(drawn):
    pairs, values, table = drawn
    dense = np.where(table > -np.inf, table, 0)
    found = PairValues(pairs, values)
    assert found.shape == dense.shape
    assert np.array_equal(np.asarray(found), dense)
    assert np.array_equal(np.asarray(found.T), dense.T)
    assert all(found[i, j] == dense[i, j] for i in range(dense.shape[0]) for j in range(dense.shape[1]))
    assert np.array_equal(np.asarray(PairValues.of(dense)), dense)


def test_the_largest_value_of_some_passages():
    values = PairValues.of(np.array([[0.1, 0.9], [0.7, 0.7], [0.0, 0.2]], np.float32))
    assert values.largest([1, 2]) == (1, 0, pytest.approx(0.7))
    assert values.largest([0, 1]) == (0, 1, pytest.approx(0.9))


def test_a_union_holds_each_pair_once():
    parts = [(np.array([1, 0]), np.array([2, 1])), (np.array([1, 1]), np.array([2, 0]))]
    assert list(Pairs.union((2, 3), parts)) == [(0, 1), (1, 0), (1, 2)]
    assert list(Pairs.union((2, 3), [])) == []
    assert list(Pairs.all_of((0, 3))) == []
