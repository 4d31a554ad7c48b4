"""Monotone alignment: two texts that tell the same in the same order, as translations do."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from readout_diff.alignment.background import Matrix, unit
from readout_diff.alignment.pairs import Indices

# How many passages of each side may form one bead, beside those without a partner.
SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (2, 3), (3, 2), (1, 4), (4, 1))
_LONGEST = 4
# Likeness that is worth nothing, and what each passage beyond the first pair costs: a sum of vectors is
# nearer to anything than its parts are.
_WORTHLESS, _COST = 0.1, 0.12
# In long texts beads are looked for between the plain partners before and after, and so many passages beyond.
_REACH = 200
# Where so many pairs of passages lie between them, only so far from the straight line between these.
_STRETCH, _FARTHEST = 1 << 26, 4000
# How many pairs of passages are weighed at once.
_BLOCK = 1 << 17

Bead = tuple[tuple[int, ...], tuple[int, ...]]
_SKIP_LEFT, _SKIP_RIGHT = -2, -1  # steps that are no bead; a bead has the index of its shape


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """Where beads may end: before the left passage k, before the right ones from ``low[k]`` to ``high[k]``.

    Neither ever falls. *Shape:* ``(n_left + 1,)``.
    """

    low: Indices
    high: Indices


def monotone_beads(left: Sequence[Matrix], right: Sequence[Matrix], band: Band | None = None) -> list[Bead]:
    """Cut two texts into beads that correspond, without crossing.

    Every passage of a bead earns the likeness of the bead's two sides; the cut that earns most is found
    by dynamic programming, row by row.

    Args:
        left: Unit vectors of the left passages in each encoder's space, a matrix an encoder.
        right: The same for the right passages.
        band: Where to look in long texts; everywhere where None.

    Returns:
        Beads with passages on both sides, in order; passages in none have no counterpart.

    Source:
        Gale and Church 1993, "A program for aligning sentences in bilingual corpora" (the programme);
        Thompson and Koehn 2019, "Vecalign" (joint vectors in place of lengths; the band).
    """
    n, m = len(left[0]), len(right[0])
    if band is None:
        band = Band(np.zeros(n + 1, np.intp), np.full(n + 1, m))
    low, width = band.low, band.high - band.low + 1
    steps = [np.full(width[0], _SKIP_RIGHT, np.int8)]
    # What the best cut up to each place earns, for the rows that beads can still begin in.
    best = {0: np.zeros(width[0])}
    start = 1
    while start <= n:
        end = start + 1
        while end <= n and (end + 1 - start) * (band.high[end] - low[start]) <= _BLOCK:
            end += 1
        gains = _gains(left, right, (start, end), (int(low[start]), int(band.high[end - 1]) + 1))
        for row in range(start, end):
            inside = slice(int(low[row] - low[start]), int(low[row] - low[start] + width[row]))
            value = _reached(best[row - 1], low[row] - low[row - 1], width[row])
            taken = np.full(width[row], _SKIP_LEFT, np.int8)
            for number, ((p, q), gain) in enumerate(zip(SHAPES, gains, strict=True)):
                if p <= row:
                    # Rounded, so that equal cuts stay equal whatever the order of the sums. Beads win over
                    # leaving alone where both are worth the same.
                    reached = _reached(best[row - p], low[row] - q - low[row - p], width[row])
                    earned = np.round(reached + gain[row - start, inside], 9)
                    better = earned >= value
                    value[better], taken[better] = earned[better], number
            best[row] = np.maximum.accumulate(value)
            # Leaving a right passage alone is free, and wins over leaving a left one.
            skipped = np.concatenate([[-np.inf], best[row][:-1]])
            taken[(skipped > value) | ((skipped == value) & (taken == _SKIP_LEFT))] = _SKIP_RIGHT
            steps.append(taken)
            best.pop(row - _LONGEST, None)
        start = end
    return _trace(steps, band, n, m)


def band_along(left: Indices, right: Indices, shape: tuple[int, int]) -> Band:
    """Return where beads may end, by the longest chain of partners in order.

    Args:
        left: Left passages of the partners, rising.
        right: Their right passages.
        shape: How many passages both sides have.
    """
    ends: list[int] = []  # the last right passage of the best chain of each length
    chosen: list[int] = []
    before = np.full(len(left), -1, np.intp)
    for k, column in enumerate(right.tolist()):
        place = bisect_left(ends, column)
        before[k] = chosen[place - 1] if place else -1
        ends[place : place + 1], chosen[place : place + 1] = [column], [k]
    chain, k = [], chosen[-1] if chosen else -1
    while k >= 0:
        chain.append(k)
        k = int(before[k])
    n, m = shape
    # Before the first passage, which may have a partner itself.
    rows = np.concatenate([[-1], left[chain[::-1]], [n]])
    columns = np.concatenate([[0], right[chain[::-1]], [m]])
    cuts = np.arange(n + 1)
    # A passage before a partner's may end a bead anywhere after the partner before that.
    following = np.searchsorted(rows, cuts)
    last = following - 1
    low, high = columns[last] - _REACH, columns[following] + _REACH
    # Where nothing is known over a long stretch, what stands in one order stands near the diagonal.
    line = np.rint(np.interp(cuts, rows, columns)).astype(np.intp)
    wide = (rows[following] - rows[last]) * (columns[following] - columns[last]) > _STRETCH
    low = np.where(wide, np.maximum(low, line - _FARTHEST), low)
    high = np.where(wide, np.minimum(high, line + _FARTHEST), high)
    return Band(np.clip(low, 0, m), np.clip(high, 0, m))


def share_in_order(left: Indices, right: Indices) -> float:
    """Return the share of pairs of partners that stand in the same order on both sides.

    Args:
        left: Left passages of the partners, rising.
        right: Their right passages.

    Example:
        >>> share_in_order(np.array([0, 1, 2]), np.array([0, 2, 1]))
        0.6666666666666666
    """
    seen: list[int] = []
    in_order = 0
    for _, group in groupby(zip(left.tolist(), right.tolist(), strict=True), key=lambda pair: pair[0]):
        columns = [column for _, column in group]
        in_order += sum(bisect_left(seen, column) for column in columns)
        for column in columns:
            insort(seen, column)
    return in_order / (len(left) * (len(left) - 1) / 2)


def _reached(best: NDArray[np.float64], begin: int, width: int) -> NDArray[np.float64]:
    """Return `width` values of `best` from `begin` on: what lies before its own beginning is out of reach.

    Behind its end it stays the same: leaving right passages alone is free.
    """
    places = np.arange(begin, begin + width)
    return np.where(places < 0, -np.inf, best[np.clip(places, 0, len(best) - 1)])


def _gains(
    left: Sequence[Matrix], right: Sequence[Matrix], rows: tuple[int, int], columns: tuple[int, int]
) -> list[NDArray[np.float64]]:
    """Return for each shape what the bead earns that ends before a left and a right passage.

    Args:
        left: Unit vectors of the left passages in each encoder's space.
        right: The same for the right passages.
        rows: The ends before which left passages to look at, half-open.
        columns: The same of the right ones.

    Returns:
        Arrays of *Shape:* ``(rows[1] - rows[0], columns[1] - columns[0])``; ends that leave no room for a
        bead's passages are worth nothing that is looked at.
    """
    joint = [
        {size: [_joint(vectors, *ends, size) for vectors in side] for size in range(1, _LONGEST + 1)}
        for side, ends in ((left, rows), (right, columns))
    ]
    gains = []
    for p, q in SHAPES:
        both = zip(joint[0][p], joint[1][q], strict=True)
        likeness = np.mean([a.astype(np.float64) @ b.T.astype(np.float64) for a, b in both], axis=0)
        gains.append((p + q) / 2 * (likeness.round(6) - _WORTHLESS) - _COST * (p + q - 2))
    return gains


def _joint(vectors: Matrix, start: int, end: int, size: int) -> Matrix:
    """Return the vector of the `size` passages before each place from `start` to `end`; null without room."""
    joint = np.zeros((end - start, vectors.shape[1]), np.float32)
    first = min(max(start, size), end)
    if first < end:
        parts = [vectors[first - back : end - back] for back in range(size, 0, -1)]
        joint[first - start :] = unit(np.sum(parts, axis=0, dtype=np.float32))
    return joint


def _trace(steps: Sequence[NDArray[np.int8]], band: Band, n: int, m: int) -> list[Bead]:
    beads: list[Bead] = []
    i, j = n, m
    while i > 0 and j > 0:
        j = min(j, int(band.high[i]))  # behind the band, right passages are left alone
        taken = int(steps[i][j - int(band.low[i])])
        if taken >= 0:
            p, q = SHAPES[taken]
            beads.append((tuple(range(i - p, i)), tuple(range(j - q, j))))
            i, j = i - p, j - q
        elif taken == _SKIP_LEFT:
            i -= 1
        else:
            j -= 1
    return beads[::-1]
