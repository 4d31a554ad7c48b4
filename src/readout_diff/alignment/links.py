"""Links between passages, and the alignment they make up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readout_diff.alignment.pairs import PairValues


@dataclass(frozen=True, slots=True)
class Link:
    """Passages of the two sides that report the same thing, or one passage without a counterpart.

    `left` and `right` hold passage indices; an empty side means "no counterpart". `score` ranks
    pairs (higher is closer, any range), `confidence` is the calibrated probability in [0, 1] that the
    two report the same; for an unlinked passage it is the probability that it has no counterpart.
    `relation` is "same", "partial", "conflict", "formulaic" or "none"; `evidence` says why, a phrase
    an item.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    score: float
    confidence: float
    relation: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, init=False)
class Alignment:
    """All links of a comparison and the score of every pair of passages that was considered.

    `scores` and `probabilities` read like arrays of *Shape:* ``(n_left, n_right)``, with 0 for the pairs of
    long texts that were not considered; arrays may be given for them. `threshold` is the probability from
    which a pair is linked. `near` are the probabilities by the signals alone, before a reader saw any pair.
    """

    links: tuple[Link, ...]
    scores: PairValues
    probabilities: PairValues
    threshold: float
    near: PairValues

    def __init__(
        self,
        links: tuple[Link, ...],
        scores: PairValues | NDArray[np.float32],
        probabilities: PairValues | NDArray[np.float32],
        threshold: float,
        near: PairValues | None = None,
    ) -> None:
        known = PairValues.of(probabilities)
        given = {
            "links": links,
            "scores": PairValues.of(scores),
            "probabilities": known,
            "threshold": threshold,
            "near": known if near is None else near,
        }
        for name, value in given.items():
            object.__setattr__(self, name, value)
