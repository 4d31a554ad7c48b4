"""Pairs of passages that are considered for a link, with a value each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Values: TypeAlias = NDArray[np.float32]
Indices: TypeAlias = NDArray[np.intp]


def runs(start: Indices, owners: Indices) -> tuple[Indices, Indices]:
    """Return where the items of some owners stand, one owner after the other, and how many each has.

    Args:
        start: Where the items of each owner begin, and at last where they end.
        owners: The owners.
    """
    counts = start[owners + 1] - start[owners]
    before = np.cumsum(counts) - counts
    return np.arange(counts.sum()) + np.repeat(start[owners] - before, counts), counts


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of a left and a right passage, sorted by the left one, then the right one.

    `shape` counts the passages of both sides. Of short texts all pairs are considered, of long ones only
    candidates: so everything that is said of pairs is a vector along `left` and `right`, their indices,
    and no table of all pairs is ever needed.
    """

    shape: tuple[int, int]
    left: Indices
    right: Indices

    @classmethod
    def all_of(cls, shape: tuple[int, int]) -> Pairs:
        """Return all pairs."""
        left, right = np.divmod(np.arange(shape[0] * shape[1], dtype=np.intp), max(shape[1], 1))
        return cls(shape, left, right)

    @classmethod
    def union(cls, shape: tuple[int, int], parts: Iterable[tuple[Indices, Indices]]) -> Pairs:
        """Return the pairs given as indices of both sides, each once."""
        codes = [np.zeros(0, np.intp), *(left * np.intp(shape[1]) + right for left, right in parts)]
        found = np.sort(np.concatenate(codes))
        return cls(shape, *np.divmod(found[np.diff(found, prepend=-1) > 0], max(shape[1], 1)))

    def __len__(self) -> int:
        return len(self.left)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self.left.tolist(), self.right.tolist(), strict=True)

    @property
    def complete(self) -> bool:
        """Whether every pair is considered."""
        return len(self) == self.shape[0] * self.shape[1]

    @property
    def transposed(self) -> Pairs:
        """The same pairs with the sides swapped."""
        order = np.lexsort((self.left, self.right))
        return Pairs(self.shape[::-1], self.right[order], self.left[order])

    def side(self, axis: int) -> Indices:
        """Return the index of the left (0) or right (1) passage of each pair."""
        return self.right if axis else self.left

    def only(self, which: NDArray[Any]) -> Pairs:
        """Return some of the pairs, by mask or by place."""
        return Pairs(self.shape, self.left[which], self.right[which])

    def where(self, left: Indices, right: Indices) -> Indices:
        """Return the place of each pair among the pairs considered, -1 where it is not."""
        if not len(self):
            return np.full(len(left), -1, np.intp)
        own, asked = self.left * self.shape[1] + self.right, left * self.shape[1] + right
        place = np.minimum(np.searchsorted(own, asked), len(own) - 1)
        return np.where(own[place] == asked, place, -1)

    def grids(self) -> Iterator[tuple[slice, Indices, Indices]]:
        """Yield the pairs in pieces that hold every pair of some left with some right passages.

        Yields:
            Where the piece lies, its left passages, its right passages: all of them where the pairs are
            complete, else one left passage with its candidates.
        """
        if self.complete:
            yield slice(0, len(self)), np.arange(self.shape[0]), np.arange(self.shape[1])
            return
        borders = [0, *(np.flatnonzero(np.diff(self.left)) + 1), len(self)]
        for start, end in pairwise(borders if len(self) else ()):
            yield slice(start, end), self.left[start : start + 1], self.right[start:end]

    def top(self, values: Values, axis: int, count: int) -> Values:
        """Return the largest values of each passage, the largest first; minus infinity where it has fewer.

        Args:
            values: A value a pair.
            axis: The passages to look at: left (0) or right (1).
            count: How many values.

        Returns:
            *Shape:* ``(shape[axis], count)``.
        """
        best = np.full((self.shape[axis], count), -np.inf, np.float32)
        order, place = self._ranked(values, axis)
        kept = place < count
        best[self.side(axis)[order[kept]], place[kept]] = values[order[kept]]
        return best

    def rivals(self, values: Values, axis: int) -> Values:
        """Return for each pair the best other value of its left (0) or right (1) passage."""
        best = self.top(values, axis, 2)[self.side(axis)]
        return np.where(values >= best[:, 0], best[:, 1], best[:, 0])

    def ranks(self, values: Values, axis: int) -> Indices:
        """Return for each pair how many pairs of its left (0) or right (1) passage have larger values."""
        order, place = self._ranked(values, axis)
        owner, ranked = self.side(axis)[order], values[order]
        new = np.ones(len(order), bool)
        new[1:] = (owner[1:] != owner[:-1]) | (ranked[1:] != ranked[:-1])
        # Equal values share the place of the first of them.
        first = np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))
        ranks = np.empty(len(order), np.intp)
        ranks[order] = place[first]
        return ranks

    def mutual_best(self, values: Values, least: float) -> Indices:
        """Return the places of pairs in which each is the other's best, with values of at least `least`."""
        best = values >= least
        for axis in (0, 1):
            best &= values == self.top(values, axis, 1)[self.side(axis), 0]
        return np.flatnonzero(best)

    def _ranked(self, values: Values, axis: int) -> tuple[Indices, Indices]:
        """Return the pairs by passage and falling value, and the place of each within its passage."""
        owner = self.side(axis)
        # The bits of a float32 as one integer behind the passage: a sort by one key is several times as fast
        # as a sort by two.
        bits = (np.float32(0) - values).view(np.int32)
        order = np.argsort((owner << 32) + (bits ^ ((bits >> 31) & 0x7FFFFFFF)))
        counts = np.bincount(owner, minlength=self.shape[axis])
        starts = np.cumsum(counts) - counts
        return order, np.arange(len(order)) - starts[owner[order]]


@dataclass(frozen=True, slots=True, eq=False)
class PairValues:
    """A value for each pair of passages; 0 for the pairs that are not considered.

    It reads like an array of *Shape:* ``(n_left, n_right)``: ``values[i, j]``, `shape`, `T`. NumPy makes
    such an array of it where it is asked to, which takes room for every pair.

    Example:
        >>> scores = PairValues.of(np.array([[0.1, 0.9]], np.float32))
        >>> scores.shape, round(scores[0, 1], 2), np.asarray(scores.T).shape
        ((1, 2), 0.9, (2, 1))
    """

    pairs: Pairs
    values: Values

    @classmethod
    def of(cls, values: PairValues | NDArray[np.float32]) -> PairValues:
        """Return `values`, an array of *Shape:* ``(n_left, n_right)``, in this form."""
        if isinstance(values, cls):
            return values
        matrix = np.asarray(values, np.float32)
        return cls(Pairs.all_of(matrix.shape), matrix.ravel())

    def __post_init__(self) -> None:
        self.values.flags.writeable = False

    @property
    def shape(self) -> tuple[int, int]:
        """How many passages both sides have."""
        return self.pairs.shape

    @property
    def T(self) -> PairValues:  # noqa: N802 (the name arrays have for it)
        """The same values with the sides swapped."""
        order = np.lexsort((self.pairs.left, self.pairs.right))
        return PairValues(self.pairs.transposed, self.values[order])

    def __getitem__(self, pair: tuple[int, int]) -> float:
        place = self.pairs.where(*(np.array([index], np.intp) for index in pair))[0]
        return 0.0 if place < 0 else float(self.values[place])

    def largest(self, left: Iterable[int]) -> tuple[int, int, float]:
        """Return the first pair with the largest value among those of some left passages, and that value."""
        own = np.flatnonzero(np.isin(self.pairs.left, list(left)))
        if not len(own):
            return min(left), 0, 0.0
        best = own[self.values[own].argmax()]
        return int(self.pairs.left[best]), int(self.pairs.right[best]), float(self.values[best])

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        matrix = np.zeros(self.shape, np.float32)
        matrix[self.pairs.left, self.pairs.right] = self.values
        matrix.flags.writeable = False
        return matrix if dtype is None else matrix.astype(dtype)
