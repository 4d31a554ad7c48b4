"""Signals: what speaks for two passages reporting the same thing, one matrix a signal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readout_diff.alignment.background import Background

Matrix = NDArray[np.float32]

_NEIGHBOURS = 3
# A profile in which no anchor stands out should say nothing: the exponent lifts the nearest ones.
_SHARPNESS = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """Both sides in one encoder's space.

    `left` and `right` hold unit vectors, a row a passage. Without a `background` the encoder's
    similarities are judged within the pair only.
    """

    model: str
    left: Matrix
    right: Matrix
    background: Background | None = None


def similarity_signals(encoded: Encoded, left_lang: str, right_lang: str) -> dict[str, Matrix]:
    """Return "cosine", "near" (hub-corrected) and, given a background, "issue" (same anchors near).

    Args:
        encoded: Both sides in one encoder's space; no side is empty.
        left_lang: Language code of the left side.
        right_lang: Language code of the right side.

    Returns:
        Matrices of *Shape:* ``(n_left, n_right)``; "near" in standard deviations of unrelated pairs.

    Source:
        Lample et al. 2018, "Word translation without parallel data" (CSLS); the anchors follow Moschella
        et al. 2023, "Relative representations enable zero-shot latent space communication".
    """
    cosine = _dot(encoded.left, encoded.right)
    if encoded.background is None:
        spread = _spread(cosine)
        return {"cosine": cosine, "near": _csls(cosine / spread)}
    left_anchors, right_anchors = encoded.background.of(left_lang), encoded.background.of(right_lang)
    left_mean, right_mean = left_anchors.mean(axis=0), right_anchors.mean(axis=0)
    left, right = _unit(encoded.left - left_mean), _unit(encoded.right - right_mean)
    unrelated = _dot(_unit(left_anchors - left_mean), _unit(right_anchors - right_mean))
    off_diagonal = unrelated[~np.eye(len(unrelated), dtype=bool)]
    spread = _spread(off_diagonal)
    issue = _dot(_profile(encoded.left, left_anchors), _profile(encoded.right, right_anchors))
    return {"cosine": cosine, "near": _csls(_dot(left, right) / spread), "issue": issue}


def rank_signals(near: Matrix) -> dict[str, Matrix]:
    """Return "rank" (0 for the mutual best, else negative) and "gap" to the best rival, in `near` units."""
    row, column = _rank(near), _rank(near.T).T
    gap = np.minimum(_gap(near), _gap(near.T).T)
    return {
        "rank": -(np.log1p(row) + np.log1p(column)).astype(np.float32),
        "gap": np.clip(gap, -4, 4).astype(np.float32),
    }


def topic_signals(
    left: Sequence[Mapping[str, float]], right: Sequence[Mapping[str, float]]
) -> dict[str, Matrix]:
    """Return "topic_overlap", "topic_shared" and "topic_apart" from the topics of each passage.

    A topic that many passages of both sides carry says less: it weighs the inverse of the geometric
    mean of its counts.

    Args:
        left: For each left passage, topic ids with a score in (0, 1].
        right: The same for the right side.
    """
    topics = sorted({topic for side in (left, right) for passage in side for topic in passage})
    index = {topic: k for k, topic in enumerate(topics)}
    a, b = _incidence(left, index), _incidence(right, index)
    counts = [np.maximum(np.count_nonzero(side, axis=0), 1) for side in (a, b)]
    weight = 1 / np.sqrt(counts[0] * counts[1])
    shared = np.zeros((len(left), len(right)), np.float32)
    union = np.zeros_like(shared)
    for k in range(len(topics)):
        shared += weight[k] * np.minimum(a[:, k, None], b[None, :, k])
        union += weight[k] * np.maximum(a[:, k, None], b[None, :, k])
    overlap = np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
    both = np.outer(a.any(axis=1), b.any(axis=1))
    return {
        "topic_overlap": overlap,
        "topic_shared": shared,
        "topic_apart": (both & (shared == 0)).astype(np.float32),
    }


def mention_signals(
    left: Sequence[frozenset[Hashable]], right: Sequence[frozenset[Hashable]]
) -> dict[str, Matrix]:
    """Return "mentions": the weight of the countries, persons, numbers, ... both passages name.

    What many passages name (the parties themselves) says little; weights as for topics.
    """
    count_left = Counter(key for keys in left for key in keys)
    count_right = Counter(key for keys in right for key in keys)
    shared = np.zeros((len(left), len(right)), np.float32)
    for key in sorted(count_left.keys() & count_right.keys(), key=repr):
        rows = [i for i, keys in enumerate(left) if key in keys]
        columns = [j for j, keys in enumerate(right) if key in keys]
        shared[np.ix_(rows, columns)] += 1 / np.sqrt(count_left[key] * count_right[key])
    return {"mentions": np.minimum(shared, 2)}


def formulaic_signals(left: Sequence[str | None], right: Sequence[str | None]) -> dict[str, Matrix]:
    """Return "closing" (both are closings, or remarks on the atmosphere) and "formula" (only one is)."""
    closing = np.zeros((len(left), len(right)), np.float32)
    formula = np.zeros_like(closing)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            closing[i, j] = a is not None and a == b and a != "opening"
            formula[i, j] = a != b
    return {"closing": closing, "formula": formula}


def position_signal(n_left: int, n_right: int) -> dict[str, Matrix]:
    """Return "position": minus the distance of the relative places in the texts, in [-1, 0]."""
    a, b = (np.arange(n_left) + 0.5) / n_left, (np.arange(n_right) + 0.5) / n_right
    return {"position": -np.abs(a[:, None] - b[None, :]).astype(np.float32)}


def _dot(left: Matrix, right: Matrix) -> Matrix:
    # Not `left @ right.T`: BLAS sums in another order when the sides are swapped, and the last bit
    # would differ; float64 rounded to float32 hides that.
    return (left.astype(np.float64) @ right.T.astype(np.float64)).round(6).astype(np.float32)


def _spread(matrix: Matrix) -> float:
    # Rounded for the same reason: a mirrored matrix is summed in another order.
    return max(round(float(matrix.astype(np.float64).std()), 6), 1e-6)


def _unit(matrix: Matrix) -> Matrix:
    return np.asarray(matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9), np.float32)


def _profile(matrix: Matrix, anchors: Matrix) -> Matrix:
    nearness = _dot(matrix, anchors)
    spread = np.maximum(nearness.std(axis=1, keepdims=True), 1e-6)
    return _unit(np.exp(_SHARPNESS * (nearness - nearness.mean(axis=1, keepdims=True)) / spread))


def _csls(similarity: Matrix) -> Matrix:
    def hubness(matrix: Matrix) -> Matrix:
        k = min(_NEIGHBOURS, matrix.shape[1])
        return np.asarray(np.sort(matrix, axis=1)[:, -k:].mean(axis=1), np.float32)

    return similarity - (hubness(similarity)[:, None] + hubness(similarity.T)[None, :]) / 2


def _rank(matrix: Matrix) -> Matrix:
    # Equal values share the better rank, so that no rank depends on the order of the passages.
    ordered = np.sort(-matrix, axis=1)
    ranks = np.stack([np.searchsorted(row, -values) for row, values in zip(ordered, matrix, strict=True)])
    return ranks.astype(np.float32)


def _gap(matrix: Matrix) -> Matrix:
    if matrix.shape[1] == 1:
        return np.zeros_like(matrix)
    top = np.sort(matrix, axis=1)
    best, second = top[:, -1:], top[:, -2:-1]
    return np.asarray(np.where(matrix >= best, matrix - second, matrix - best), np.float32)


def _incidence(side: Sequence[Mapping[str, float]], index: Mapping[str, int]) -> Matrix:
    matrix = np.zeros((len(side), len(index)), np.float32)
    for i, topics in enumerate(side):
        for topic, score in topics.items():
            matrix[i, index[topic]] = score
    return matrix
