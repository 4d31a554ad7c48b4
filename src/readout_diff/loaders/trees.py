"""Decision trees that were boosted, as arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_NAMES = ("roots", "feature", "threshold", "left", "right", "value", "base")


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """The nodes of all trees one after the other; `roots` says where each begins.

    At a node a row goes `left` where its `feature` is at most `threshold`, else `right`; at a leaf, which
    both lead back to, `value` is added to `base`: the logit.

    Source: Friedman 2001, "Greedy Function Approximation: A Gradient Boosting Machine".
    """

    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]
    base: float

    def probability(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the probability of each row.

        Args:
            rows: *Shape:* ``(n, k)``.
        """
        return np.asarray(1 / (1 + np.exp(-self.logit(rows))))

    def logit(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the logit of each row's probability.

        Args:
            rows: *Shape:* ``(n, k)``.
        """
        each = np.arange(len(rows))[:, None]
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        while True:
            goes_left = rows[each, self.feature[at]] <= self.threshold[at]
            below = np.where(goes_left, self.left[at], self.right[at])
            if np.array_equal(below, at):
                break
            at = below
        return np.asarray(self.base + self.value[at].sum(axis=1, dtype=np.float64))

    def pack(self, name: str) -> dict[str, Any]:
        """Return the arrays to ship, under a name."""
        return {f"{name} {part}": getattr(self, part) for part in _NAMES}

    @classmethod
    def unpack(cls, arrays: Mapping[str, Any], name: str) -> Trees:
        """Read what `pack` returned."""
        parts = {part: arrays[f"{name} {part}"] for part in _NAMES}
        return cls(**parts | {"base": float(parts["base"])})
