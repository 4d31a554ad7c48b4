"""Metrics: figures computed from counts, with bootstrap intervals over pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, false positives and false negatives."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float:
        """Share of what was said that is right; NaN where nothing was said."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else float("nan")

    @property
    def recall(self) -> float:
        """Share of what is right that was said; NaN where there is nothing to say."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else float("nan")

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; NaN where there is nothing to say and nothing was said."""
        total = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / total if total else float("nan")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95 % bootstrap interval over pairs, and what it rests on.

    `n` is the number of gold items (of sentence pairs, links or statements, as the figure has it); `detail`
    holds parts such as precision and recall.
    """

    name: str
    value: float
    low: float
    high: float
    n: int
    detail: tuple[tuple[str, float], ...] = ()


def count(said: Iterable[object], gold: Iterable[object], neutral: Iterable[object] = ()) -> Counts:
    """Compare what was said with the gold; what is neutral counts neither way.

    Example:
        >>> count({1, 2, 3}, {1, 4}, neutral={3})
        Counts(tp=1, fp=1, fn=1)
    """
    ignored = set(neutral)
    said_set, gold_set = set(said) - ignored, set(gold) - ignored
    return Counts(len(said_set & gold_set), len(said_set - gold_set), len(gold_set - said_set))


def f1_figure(name: str, rows: Sequence[Counts]) -> Figure:
    """Return the micro F1 over `rows`, one row a pair."""
    total = sum(rows, Counts())
    low, high = bootstrap(len(rows), lambda chosen: sum((rows[i] for i in chosen), Counts()).f1)
    detail = (("precision", total.precision), ("recall", total.recall))
    return Figure(name, total.f1, low, high, total.tp + total.fn, detail)


def mean_figure(name: str, values: Sequence[float], n: int) -> Figure:
    """Return the mean of `values`, one value a pair; NaN values are left out."""
    array = np.asarray(values, dtype=float)
    low, high = bootstrap(len(array), lambda chosen: _mean(array[list(chosen)]))
    return Figure(name, _mean(array), low, high, n)


def ratio_figure(name: str, parts: Sequence[tuple[float, float]], n: int, scale: float = 1.0) -> Figure:
    """Return the sum of the first parts over the sum of the second, times `scale`, one row a pair."""
    array = np.asarray(parts, dtype=float).reshape(-1, 2)

    def value(chosen: Sequence[int]) -> float:
        top, bottom = array[list(chosen)].sum(axis=0)
        return float(scale * top / bottom) if bottom else float("nan")

    low, high = bootstrap(len(array), value)
    return Figure(name, value(range(len(array))), low, high, n)


def bootstrap(n: int, value: Callable[[Sequence[int]], float]) -> tuple[float, float]:
    """Return the 95 % percentile interval of `value` over resampled pairs; NaN for fewer than two."""
    if n < 2:
        return float("nan"), float("nan")
    generator = np.random.default_rng(20211207)
    values = np.asarray([value(generator.integers(0, n, n).tolist()) for _ in range(_RESAMPLES)])
    values = values[np.isfinite(values)]
    if not len(values):
        return float("nan"), float("nan")
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def average_precision(scores: Sequence[float], relevant: Sequence[bool]) -> float:
    """Return the average precision of a ranking; ties are broken against it. NaN without a relevant item.

    Example:
        >>> average_precision([0.9, 0.8, 0.1], [True, False, True])
        0.8333333333333333
    """
    if not any(relevant):
        return float("nan")
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], relevant[i]))
    found = 0
    total = 0.0
    for rank, index in enumerate(order, start=1):
        if relevant[index]:
            found += 1
            total += found / rank
    return total / found


def calibration(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> tuple[float, float]:
    """Return the expected calibration error over equal-mass bins and the Brier score.

    Source: Naeini, Cooper and Hauskrecht 2015 (ECE), with equal-mass instead of equal-width bins.

    Example:
        >>> calibration([0.0, 1.0], [False, True])
        (0.0, 0.0)
    """
    if not confidences:
        return float("nan"), float("nan")
    said: NDArray[np.float64] = np.asarray(confidences, dtype=float)
    truth = np.asarray(right, dtype=float)
    order = np.argsort(said, kind="stable")
    error = sum(
        len(part) * abs(float(said[part].mean()) - float(truth[part].mean()))
        for part in np.array_split(order, min(bins, len(order)))
        if len(part)
    )
    return error / len(said), float(((said - truth) ** 2).mean())


def calibration_by_chance(confidences: Sequence[float], bins: int = 10) -> float:
    """Return the calibration error that is to be expected of confidences that hold exactly.

    With few values a bin holds few: chance alone moves its share of right ones away from what was said. An
    error that is no larger than this says nothing against the confidences.

    Args:
        confidences: In [0, 1].
        bins: As for `calibration`.

    Returns:
        The mean error over 1,000 draws; NaN without confidences.

    Source: Bröcker and Smith 2007 (consistency resampling).

    Example:
        >>> calibration_by_chance([0.0, 1.0])
        0.0
    """
    if not confidences:
        return float("nan")
    said = np.asarray(confidences, dtype=float)
    draws = np.random.default_rng(0).random((_RESAMPLES, len(said))) < said
    return float(np.mean([calibration(confidences, draw.tolist(), bins)[0] for draw in draws]))


def _mean(values: NDArray[np.float64]) -> float:
    finite = values[np.isfinite(values)]
    return float(finite.mean()) if len(finite) else float("nan")
