from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout_diff.evaluation import Counts
from readout_diff.evaluation.metrics import (
    average_precision,
    bootstrap,
    calibration,
    calibration_by_chance,
    count,
    f1_figure,
    mean_figure,
    ratio_figure,
)

items = st.frozensets(st.integers(0, 8), max_size=6)


@given(items, items, items)
def test_counts_add_up(said: frozenset[int], gold: frozenset[int], neutral: frozenset[int]) -> None:
    counts = count(said, gold, neutral)
    assert counts.tp + counts.fp == len(said - neutral)
    assert counts.tp + counts.fn == len(gold - neutral)


@given(items, items)
def test_f1_is_the_harmonic_mean(said: frozenset[int], gold: frozenset[int]) -> None:
    counts = count(said, gold)
    if counts.tp:
        assert counts.f1 == pytest.approx(2 / (1 / counts.precision + 1 / counts.recall))
    elif said or gold:
        assert counts.f1 == 0
    else:
        assert math.isnan(counts.f1)


def test_nothing_said_has_no_precision() -> None:
    assert math.isnan(Counts(0, 0, 3).precision)
    assert Counts(0, 0, 3).recall == 0
    assert Counts(0, 0, 3).f1 == 0


@pytest.mark.parametrize(
    ("scores", "relevant", "expected"),
    [
        ([3, 2, 1], [True, False, True], (1 + 2 / 3) / 2),
        ([3, 2, 1], [False, False, True], 1 / 3),
        ([3, 2, 1], [True, True, True], 1.0),
    ],
)
def test_average_precision_by_hand(scores: list[float], relevant: list[bool], expected: float) -> None:
    assert average_precision(scores, relevant) == pytest.approx(expected)


def test_average_precision_of_nothing_relevant() -> None:
    assert math.isnan(average_precision([1.0, 2.0], [False, False]))


def test_figures_are_micro_averages_with_an_interval() -> None:
    rows = [Counts(8, 2, 0), Counts(0, 0, 10), Counts(5, 0, 5)]
    figure = f1_figure("x", rows)
    assert figure.value == pytest.approx(Counts(13, 2, 15).f1)
    assert figure.low <= figure.value <= figure.high
    assert figure.n == 28
    assert dict(figure.detail) == pytest.approx({"precision": 13 / 15, "recall": 13 / 28})


def test_the_mean_leaves_out_what_is_not_a_number() -> None:
    assert mean_figure("x", [0.5, float("nan"), 1.0], 2).value == pytest.approx(0.75)


def test_ratios_are_sums_over_sums() -> None:
    assert ratio_figure("x", [(1, 2), (3, 8)], 10).value == pytest.approx(0.4)
    assert ratio_figure("x", [(1, 2), (3, 8)], 10, scale=100).value == pytest.approx(40)


def test_the_interval_is_the_same_in_every_run() -> None:
    def mean(chosen: object) -> float:
        return float(np.mean(chosen))  # type: ignore[arg-type]

    assert bootstrap(7, mean) == bootstrap(7, mean)


def test_perfect_confidences_have_no_calibration_error() -> None:
    said = [1.0] * 20 + [0.0] * 20
    assert calibration(said, [True] * 20 + [False] * 20) == pytest.approx((0, 0))


def test_confidences_that_are_always_wrong_are_as_bad_as_can_be() -> None:
    assert calibration([1.0] * 10 + [0.0] * 10, [False] * 10 + [True] * 10) == pytest.approx((1, 1))


def test_confidences_that_hold_on_average_are_calibrated_but_not_sharp() -> None:
    error, brier = calibration([0.5] * 40, [True, False] * 20, bins=1)
    assert error == pytest.approx(0)
    assert brier == pytest.approx(0.25)


def test_the_error_by_chance_of_certainties_is_nothing() -> None:
    assert calibration_by_chance([0.0, 1.0, 1.0]) == 0
    assert math.isnan(calibration_by_chance([]))


def test_the_error_by_chance_by_hand() -> None:
    # One confidence of 0.8 is off by 0.2 in eight draws of ten, by 0.8 in two: 0.32 on average.
    assert calibration_by_chance([0.8]) == pytest.approx(0.32, abs=0.03)
    # Two in one bin: 0.5 off in half of the draws, 0 in the other half.
    assert calibration_by_chance([0.5, 0.5], bins=1) == pytest.approx(0.25, abs=0.03)


def test_the_error_by_chance_falls_with_more_values() -> None:
    few, many = (calibration_by_chance([0.1, 0.5, 0.9] * n) for n in (5, 200))
    assert many < few / 4  # with forty times as many, as 1 to the root of 40


def test_confidences_that_hold_are_off_by_chance_and_others_by_more() -> None:
    generator = np.random.default_rng(3)
    said = generator.random(400)
    holding, too_sure = (generator.random(400) < share for share in (said, said**3))
    chance = calibration_by_chance(said.tolist())
    assert calibration(said.tolist(), holding.tolist())[0] < 2 * chance
    assert calibration(said.tolist(), too_sure.tolist())[0] > 3 * chance


@settings(deadline=None, max_examples=20)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.integers(1, 12))
def test_the_error_by_chance_is_the_same_in_every_run_and_no_larger_than_one(
    said: list[float], bins: int
) -> None:
    error = calibration_by_chance(said, bins)
    assert 0 <= error <= 1
    assert error == calibration_by_chance(said, bins)
