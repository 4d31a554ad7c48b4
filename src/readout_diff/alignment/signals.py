"""Signals: what speaks for two passages reporting the same thing, one matrix a signal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from readout_diff.alignment.background import Background, Matrix, unit
from readout_diff.alignment.clauses import Clauses

Topics = Sequence[Mapping[str, float]]

# A passage's usual nearness is the mean of its two nearest others; see docs/accuracy.md for other numbers.
_NEIGHBOURS = 2
_WIDEST_GAP = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """Both sides in one encoder's space.

    `left` and `right` hold unit vectors, a row a passage. `background` is the background in the same
    space. `clauses` are the clauses of both sides, where the encoder is fast enough to embed them too.
    """

    model: str
    left: Matrix
    right: Matrix
    background: Background
    clauses: tuple[Clauses, Clauses] | None = None


def similarity_signals(encoded: Encoded, left_lang: str, right_lang: str) -> dict[str, Matrix]:
    """Return what one encoder says.

    Args:
        encoded: Both sides in the encoder's space; no side is empty.
        left_lang: Language code of the left side.
        right_lang: Language code of the right side.

    Returns:
        Matrices of *Shape:* ``(n_left, n_right)``: "cosine"; "even", the cosine with differences of
        wording evened out; "near", the similarity above what is usual
        for both passages, in standard deviations of unrelated sentences; "clause", the same for their
        nearest clauses; "issue", in [0, 1], how far they are near the same anchors.

    Source:
        Lample et al. 2018, "Word translation without parallel data" (CSLS; here a pair does not count
        for what is usual, and a short side is filled up from the background). The anchors follow
        Moschella et al. 2023, "Relative representations enable zero-shot latent space communication".
    """
    background = encoded.background
    anchors = [background.centered(background.anchors_in(lang), lang) for lang in (left_lang, right_lang)]
    sides = [
        background.centered(vectors, lang)
        for vectors, lang in ((encoded.left, left_lang), (encoded.right, right_lang))
    ]
    even = [unit(m @ background.wording) for m in (*sides, *anchors)]
    spread = _spread(_dot(even[2], even[3]))
    usual = _dot(even[0], even[3]) / spread, _dot(even[1], even[2]) / spread
    similarity = _dot(even[0], even[1]) / spread
    signals = {
        "cosine": _dot(encoded.left, encoded.right),
        "even": (similarity * spread).round(6),
        "near": _above_usual(similarity, *usual),
    }
    signals["clause"] = signals["near"]
    if encoded.clauses is not None:
        # A passage is a part of its own: what has no clauses can still be one of the other side's.
        owners, vectors = [], []
        for clauses, whole, lang in zip(encoded.clauses, even[:2], (left_lang, right_lang), strict=True):
            owners.append(np.concatenate([np.arange(len(whole)), clauses.owner]))
            if len(clauses.owner):
                parts = unit(background.centered(clauses.vectors, lang) @ background.wording)
                vectors.append(np.concatenate([whole, parts]))
            else:
                vectors.append(whole)
        nearest = similarity.copy()
        np.maximum.at(nearest, np.ix_(*owners), _dot(*vectors) / spread)
        signals["clause"] = _above_usual(nearest, *usual)
    profiles = [
        _profile(_dot(unit(side @ background.issues), unit(anchor @ background.issues)))
        for side, anchor in zip(sides, anchors, strict=True)
    ]
    signals["issue"] = _dot(*profiles)
    return signals


def evened(encoded: Encoded, left_lang: str, right_lang: str) -> tuple[Matrix, Matrix]:
    """Return both sides as unit vectors in which differences of wording are evened out."""
    background = encoded.background
    left, right = (
        unit(background.centered(vectors, lang) @ background.wording)
        for vectors, lang in ((encoded.left, left_lang), (encoded.right, right_lang))
    )
    return left, right


def gap_signal(near: Matrix, *subjects: tuple[Topics, Topics] | None) -> dict[str, Matrix]:
    """Return "gap": by how much a pair is nearer than its nearest rival, cut off at ±4.

    A rival is a pair with the same left or the same right passage. Where a pair shares subjects, only
    passages that carry one of these are rivals: a passage on Libya and Iran may well have two partners.

    Args:
        near: How near each pair is. *Shape:* ``(n_left, n_right)``.
        subjects: Subjects of the passages of both sides, from coarse to fine; the finest a pair shares
            decides who its rivals are.
    """
    rows, columns = _rival(near), _rival(near.T).T
    for sides in subjects:
        if sides is None:
            continue
        shared = np.zeros(near.shape, dtype=bool)
        best = [np.full(near.shape, -np.inf, np.float32) for _ in range(2)]
        for subject in sorted(_ids(sides[0]) & _ids(sides[1])):
            block = np.ix_(*[[k for k, passage in enumerate(side) if subject in passage] for side in sides])
            part = near[block]
            shared[block] = True
            best[0][block] = np.maximum(best[0][block], _rival(part))
            best[1][block] = np.maximum(best[1][block], _rival(part.T).T)
        rows, columns = np.where(shared, best[0], rows), np.where(shared, best[1], columns)
    gap = near - np.maximum(rows, columns)
    return {"gap": np.clip(gap, -_WIDEST_GAP, _WIDEST_GAP).astype(np.float32)}


def topic_signals(left: Topics, right: Topics) -> dict[str, Matrix]:
    """Return "topic_overlap", "topic_shared" and "topic_apart" from the topics of each passage.

    A topic that many passages of both sides carry says less: it weighs the inverse of the geometric
    mean of its counts.

    Args:
        left: For each left passage, topic ids with a score in (0, 1].
        right: The same for the right side.
    """
    shared = np.zeros((len(left), len(right)), np.float32)
    union = np.zeros_like(shared)
    for topic in sorted(_ids(left) | _ids(right)):
        a, b = (np.array([passage.get(topic, 0.0) for passage in side], np.float32) for side in (left, right))
        carriers = max(int((a > 0).sum()), 1) * max(int((b > 0).sum()), 1)
        weight = 1 / np.sqrt(carriers)
        shared += (weight * np.minimum(a[:, None], b[None, :])).astype(np.float32)
        union += (weight * np.maximum(a[:, None], b[None, :])).astype(np.float32)
    overlap = np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
    any_left, any_right = (np.array([bool(passage) for passage in side]) for side in (left, right))
    apart = np.outer(any_left, any_right) & (shared == 0)
    return {"topic_overlap": overlap, "topic_shared": shared, "topic_apart": apart.astype(np.float32)}


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
    """Return "closing" (both are closings) and "opening" (one or both are openings), 0 or 1."""
    kinds = [np.array([kind or "" for kind in side]) for side in (left, right)]
    closing = np.outer(kinds[0] == "closing", kinds[1] == "closing")
    opening = (kinds[0] == "opening")[:, None] | (kinds[1] == "opening")[None, :]
    return {"closing": closing.astype(np.float32), "opening": opening.astype(np.float32)}


def _ids(side: Topics) -> set[str]:
    return {topic for passage in side for topic in passage}


def _dot(left: Matrix, right: Matrix) -> Matrix:
    # BLAS sums in another order when the sides are swapped or the number of threads changes; float64
    # rounded to six places hides that from the results.
    return (left.astype(np.float64) @ right.T.astype(np.float64)).round(6).astype(np.float32)


def _spread(similarity: Matrix) -> float:
    unrelated = similarity[~np.eye(len(similarity), dtype=bool)].astype(np.float64)
    return max(round(float(unrelated.std()), 6), 1e-6)


def _profile(nearness: Matrix) -> Matrix:
    # Exponents lift the nearest anchors, so that a profile in which none stands out says little.
    spread = np.maximum(nearness.std(axis=1, keepdims=True), 1e-6)
    lifted = np.exp((nearness - nearness.mean(axis=1, keepdims=True)) / spread)
    return unit(lifted.astype(np.float32))


def _above_usual(similarity: Matrix, left_usual: Matrix, right_usual: Matrix) -> Matrix:
    usual = (_usual(similarity, left_usual) + _usual(similarity.T, right_usual).T) / 2
    return np.asarray(similarity - usual, np.float32)


def _usual(similarity: Matrix, background: Matrix) -> Matrix:
    """Return for each pair the mean of its row's nearest others, filled up from the background."""
    count, k = similarity.shape[1], _NEIGHBOURS
    filler = np.sort(background, axis=1)[:, ::-1][:, : max(k - count + 1, 0)]
    others = np.concatenate([np.sort(similarity, axis=1)[:, ::-1][:, : k + 1], filler], axis=1)
    # Of k + 1 values the pair itself is left out, or the last where the pair is not among them.
    own = similarity if count <= k else np.maximum(similarity, others[:, -1:])
    return np.asarray((others.sum(axis=1, keepdims=True) - own) / k, np.float32)


def _rival(near: Matrix) -> Matrix:
    """Return for each pair the best other value in its row; minus infinity where there is none."""
    padded = np.concatenate([near, np.full((len(near), 1), -np.inf, np.float32)], axis=1)
    best = np.sort(padded, axis=1)[:, -2:]
    return np.asarray(np.where(near >= best[:, 1:], best[:, :1], best[:, 1:]), np.float32)
