"""Monotone alignment: two texts that tell the same in the same order, as translations do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from readout_diff.alignment.background import Matrix, unit

# How many passages of each side may form one bead, beside those without a partner.
SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (2, 3), (3, 2), (1, 4), (4, 1))
# Likeness that is worth nothing, and what each passage beyond the first pair costs: a sum of vectors is
# nearer to anything than its parts are.
_WORTHLESS, _COST = 0.1, 0.12

Bead = tuple[tuple[int, ...], tuple[int, ...]]


def monotone_beads(left: Sequence[Matrix], right: Sequence[Matrix]) -> list[Bead]:
    """Cut two texts into beads that correspond, without crossing.

    Every passage of a bead earns the likeness of the bead's two sides; the cut that earns most is found
    by dynamic programming along the antidiagonals.

    Args:
        left: Unit vectors of the left passages in each encoder's space, a matrix an encoder.
        right: The same for the right passages.

    Returns:
        Beads with passages on both sides, in order; passages in none have no counterpart.

    Source:
        Gale and Church 1993, "A program for aligning sentences in bilingual corpora" (the programme);
        Thompson and Koehn 2019, "Vecalign" (joint vectors in place of lengths).
    """
    n, m = len(left[0]), len(right[0])
    gains = [_gains(left, right, shape) for shape in SHAPES]
    best = np.zeros((n + 1, m + 1))
    step = np.zeros((n + 1, m + 1), dtype=np.int8)  # 0: none, 1: leave left, 2: leave right, 3...: SHAPES
    for diagonal in range(1, n + m + 1):
        rows = np.arange(max(0, diagonal - m), min(n, diagonal) + 1)
        columns = diagonal - rows
        # Two ways to leave a passage alone, then one a shape.
        options = [_reached(best, rows, columns, 1, 0), _reached(best, rows, columns, 0, 1)]
        for (p, q), gain in zip(SHAPES, gains, strict=True):
            value = _reached(best, rows, columns, p, q)
            inside = np.isfinite(value)
            value[inside] += gain[rows[inside] - p, columns[inside] - q]
            options.append(value)
        # Rounded, so that equal cuts stay equal whatever the order of the sums.
        stacked = np.round(np.stack(options), 9)
        # Beads win over leaving alone where both are worth the same.
        choice = len(options) - 1 - stacked[::-1].argmax(axis=0)
        best[rows, columns] = stacked[choice, np.arange(len(rows))]
        step[rows, columns] = choice + 1
    return _trace(step, n, m)


def _reached(
    best: NDArray[np.float64], rows: NDArray[np.intp], columns: NDArray[np.intp], p: int, q: int
) -> NDArray[np.float64]:
    value = np.full(len(rows), -np.inf)
    inside = (rows >= p) & (columns >= q)
    value[inside] = best[rows[inside] - p, columns[inside] - q]
    return value


def _gains(left: Sequence[Matrix], right: Sequence[Matrix], shape: tuple[int, int]) -> NDArray[np.float64]:
    """Return what the bead that starts at each pair of passages earns. *Shape:* ``(n-p+1, m-q+1)``."""
    p, q = shape
    joint = [(_joint(a, p), _joint(b, q)) for a, b in zip(left, right, strict=True)]
    likeness = np.mean([a.astype(np.float64) @ b.T.astype(np.float64) for a, b in joint], axis=0)
    return np.asarray((p + q) / 2 * (likeness.round(6) - _WORTHLESS) - _COST * (p + q - 2))


def _joint(vectors: Matrix, size: int) -> Matrix:
    count = max(len(vectors) - size + 1, 0)
    return unit(np.sum([vectors[k : k + count] for k in range(size)], axis=0, dtype=np.float32))


def _trace(step: NDArray[np.int8], n: int, m: int) -> list[Bead]:
    beads: list[Bead] = []
    i, j = n, m
    while i or j:
        taken = step[i, j]
        p, q = ((1, 0), (0, 1), *SHAPES)[taken - 1]
        if p and q:
            beads.append((tuple(range(i - p, i)), tuple(range(j - q, j))))
        i, j = i - p, j - q
    return beads[::-1]
