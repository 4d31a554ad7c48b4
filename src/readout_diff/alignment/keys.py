"""Keys: what passages name or speak of, numbered alike on both sides."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from readout_diff.alignment.pairs import Indices, Pairs, Values, runs

Weights = NDArray[np.float64]
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """The keys of one side by their numbers: of passage k, those from ``start[k]`` on, in rising order."""

    numbers: Indices
    start: Indices


@dataclass(frozen=True, slots=True, eq=False)
class SharedKeys(Generic[Key]):
    """The keys that passages of both sides hold.

    `keys` gives them in the order of their numbers, `left` and `right` say which passages hold them.
    """

    keys: tuple[Key, ...]
    left: Held
    right: Held

    @classmethod
    def of(cls, left: Sequence[frozenset[Key]], right: Sequence[frozenset[Key]]) -> SharedKeys[Key]:
        """Return the keys that both sides hold; a key of one side alone is left out.

        Args:
            left: For each left passage, its keys.
            right: The same for the right side.
        """
        ours, theirs = ({key for keys in side for key in keys} for side in (left, right))
        # In one order: sums of floats depend on it.
        number = {key: place for place, key in enumerate(sorted(ours & theirs, key=repr))}
        return cls(tuple(number), *(_held(side, number) for side in (left, right)))

    @property
    def mirrored(self) -> SharedKeys[Key]:
        """The same with the sides swapped."""
        return SharedKeys(self.keys, self.right, self.left)

    def counts(self, axis: int) -> Indices:
        """Return how many passages of the left (0) or right (1) side hold each key."""
        return np.bincount((self.left, self.right)[axis].numbers, minlength=len(self.keys))

    def weight(self, pairs: Pairs, weights: Weights) -> Values:
        """Return the weight of the keys that both passages of a pair hold.

        Args:
            pairs: The pairs to tell it of.
            weights: The weight of each key.
        """
        shared = np.zeros(len(pairs), np.float32)
        here = np.zeros(len(self.keys))
        for piece, rows, columns in pairs.grids():
            places, counts = runs(self.right.start, columns)
            owner, theirs = np.repeat(np.arange(len(columns)), counts), self.right.numbers[places]
            for begin, row in enumerate(rows):
                ours = self.left.numbers[self.left.start[row] : self.left.start[row + 1]]
                here[ours] = weights[ours]
                first = piece.start + begin * len(columns)
                sums = np.bincount(owner, here[theirs], minlength=len(columns))
                shared[first : first + len(columns)] = sums
                here[ours] = 0
        return shared


def _held(side: Sequence[frozenset[Key]], number: Mapping[Key, int]) -> Held:
    rows = [sorted(number[key] for key in keys & number.keys()) for keys in side]
    start = np.cumsum([0, *map(len, rows)])
    return Held(np.fromiter((place for row in rows for place in row), np.intp, start[-1]), start)
