"""Signals: what speaks for two passages reporting the same thing, a value a pair and signal."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

import numpy as np

from readout_diff.alignment.background import Matrix, unit
from readout_diff.alignment.candidates import carriers
from readout_diff.alignment.keys import SharedKeys
from readout_diff.alignment.pairs import Pairs, Values
from readout_diff.alignment.parts import Encoded, Parts, evened_parts
from readout_diff.glossary import Rarity

Topics = Sequence[Mapping[str, float]]

# A passage's usual nearness is the mean of its two nearest others; see docs/accuracy.md for other numbers.
_NEIGHBOURS = 2
_WIDEST_GAP = 4.0


def similarity_signals(encoded: Encoded, pairs: Pairs, langs: tuple[str, str]) -> dict[str, Values]:
    """Return what one encoder says.

    Args:
        encoded: Both sides in the encoder's space; no side is empty.
        pairs: The pairs to tell it of; among them the three nearest of each passage.
        langs: The language code of each side.

    Returns:
        Vectors, a value a pair: "cosine"; "even", the cosine with differences of wording evened out;
        "plain", the cosine above what is usual for both passages, in standard deviations of unrelated
        sentences; "clause", the same for the evened vectors of their nearest clauses; "context", the same for
        the evened passages together with the ones before and after; "issue", in [0, 1], how far they are
        near the same anchors.

    Source:
        Lample et al. 2018, "Word translation without parallel data" (CSLS; here a pair does not count
        for what is usual, and a short side is filled up from the background). The anchors follow
        Moschella et al. 2023, "Relative representations enable zero-shot latent space communication".
    """
    background = encoded.background
    anchors = [background.anchors_in(lang) for lang in langs]
    centered = [background.centered(m, lang) for m, lang in zip(anchors, langs, strict=True)]
    even_anchors = [unit(m @ background.wording) for m in centered]
    even, nearest, wholes = _part_similarity(evened_parts(encoded, langs), pairs)
    cosine = pair_dots(encoded.left, encoded.right, pairs)
    signals = {
        "cosine": cosine,
        "even": even,
        "plain": _standing_out(cosine, pairs, encoded.sides, anchors),
        "clause": _standing_out(nearest, pairs, wholes, even_anchors),
    }
    wholes = with_neighbours(wholes[0]), with_neighbours(wholes[1])
    signals["context"] = _standing_out(pair_dots(*wholes, pairs), pairs, wholes, even_anchors)
    del wholes
    profiles = [
        _profile(_dot(*(unit(m @ background.issues) for m in (background.centered(vectors, lang), anchor))))
        for vectors, lang, anchor in zip(encoded.sides, langs, centered, strict=True)
    ]
    signals["issue"] = pair_dots(profiles[0], profiles[1], pairs)
    return signals


def with_neighbours(vectors: Matrix) -> Matrix:
    """Return unit vectors of passages together with the ones before and after, which count half.

    Args:
        vectors: Unit vectors of the passages of one side, in their order. *Shape:* ``(n, dim)``.
    """
    around = vectors.copy()
    around[1:] += vectors[:-1] / 2
    around[:-1] += vectors[1:] / 2
    return unit(around)


def _standing_out(
    similarity: Values, pairs: Pairs, sides: tuple[Matrix, Matrix], anchors: Sequence[Matrix]
) -> Values:
    """Return `above_usual` in standard deviations of unrelated sentences, which the anchors are."""
    spread = _spread(_dot(anchors[0], anchors[1]))
    return above_usual(similarity / spread, pairs, lambda axis: _dot(sides[axis], anchors[1 - axis]) / spread)


def pair_dots(left: Matrix, right: Matrix, pairs: Pairs) -> Values:
    """Return the product of the rows of each pair."""
    dots = np.empty(len(pairs), np.float32)
    for piece, rows, columns in pairs.grids():
        dots[piece] = _dot(left[rows], right[columns]).ravel()
    return dots


def _part_similarity(
    parts: tuple[Parts, Parts], pairs: Pairs
) -> tuple[Values, Values, tuple[Matrix, Matrix]]:
    """Return the similarity of passages as wholes and that of their nearest parts, and the wholes."""
    even, nearest = np.empty(len(pairs), np.float32), np.empty(len(pairs), np.float32)
    for piece, rows, columns in pairs.grids():
        (a, a_begins), (b, b_begins) = (
            side.of(own) for side, own in zip(parts, (rows, columns), strict=True)
        )
        similarity = _dot(a, b)
        even[piece] = similarity[np.ix_(a_begins, b_begins)].ravel()
        best = np.maximum.reduceat(np.maximum.reduceat(similarity, b_begins, axis=1), a_begins, axis=0)
        nearest[piece] = best.ravel()
    left, right = (side.vectors[side.start[:-1]] for side in parts)
    return even, nearest, (left, right)


def gap_signal(near: Values, pairs: Pairs, *subjects: tuple[Topics, Topics] | None) -> dict[str, Values]:
    """Return "gap": by how much a pair is nearer than its nearest rival, cut off at ±4.

    A rival is a pair with the same left or the same right passage. Where a pair shares subjects, only
    passages that carry one of these are rivals: a passage on Libya and Iran may well have two partners.

    Args:
        near: How near each pair is.
        pairs: The pairs.
        subjects: Subjects of the passages of both sides, from coarse to fine; the finest a pair shares
            decides who its rivals are.
    """
    rivals = np.maximum(pairs.rivals(near, 0), pairs.rivals(near, 1))
    for sides in subjects:
        if sides is None:
            continue
        best = np.full(len(pairs), np.nan, np.float32)
        for a, b in _subject_scores(*sides):
            both = np.flatnonzero((a > 0)[pairs.left] & (b > 0)[pairs.right])
            part, part_near = pairs.only(both), near[both]
            found = np.maximum(part.rivals(part_near, 0), part.rivals(part_near, 1))
            best[both] = np.fmax(best[both], found)
        rivals = np.where(np.isnan(best), rivals, best)
    gap = near - rivals
    return {"gap": np.clip(gap, -_WIDEST_GAP, _WIDEST_GAP).astype(np.float32)}


def topic_signals(left: Topics, right: Topics, pairs: Pairs) -> dict[str, Values]:
    """Return "topic_overlap", "topic_shared" and "topic_apart" from the topics of each passage.

    A topic that many passages of both sides carry says less: it weighs the inverse of the geometric
    mean of its counts.

    Args:
        left: For each left passage, topic ids with a score in (0, 1].
        right: The same for the right side.
        pairs: The pairs to tell it of.
    """
    shared, union = (np.zeros(len(pairs), np.float32) for _ in range(2))
    for a, b in _subject_scores(left, right):
        weight = 1 / np.sqrt(max(int((a > 0).sum()), 1) * max(int((b > 0).sum()), 1))
        some = np.flatnonzero((a > 0)[pairs.left] | (b > 0)[pairs.right])
        ours, theirs = a[pairs.left[some]], b[pairs.right[some]]
        shared[some] += (weight * np.minimum(ours, theirs)).astype(np.float32)
        union[some] += (weight * np.maximum(ours, theirs)).astype(np.float32)
    overlap = np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)
    any_left, any_right = (np.array([bool(passage) for passage in side]) for side in (left, right))
    apart = any_left[pairs.left] & any_right[pairs.right] & (shared == 0)
    return {"topic_overlap": overlap, "topic_shared": shared, "topic_apart": apart.astype(np.float32)}


def mention_signals(
    left: Sequence[frozenset[Hashable]], right: Sequence[frozenset[Hashable]], pairs: Pairs
) -> dict[str, Values]:
    """Return "mentions": the weight of the countries, persons, numbers, ... both passages name.

    What many passages name (the parties themselves) says little; weights as for topics.
    """
    shared = SharedKeys.of(left, right)
    rarity = 1 / np.sqrt(shared.counts(0) * shared.counts(1))
    return {"mentions": np.minimum(shared.weight(pairs, rarity), 2)}


def term_signals(
    left: Sequence[frozenset[str]],
    right: Sequence[frozenset[str]],
    pairs: Pairs,
    telling: Rarity,
) -> dict[str, Values]:
    """Return "terms": how much two passages share in content words, above what is usual for both.

    The unit is what a typical passage of the two sides holds.

    Args:
        left: For each left passage, the keys of its content words.
        right: The same for the right side.
        pairs: The pairs to tell it of; among them the three of each passage that share most with it.
        telling: How much each key tells.
    """
    held = [sum(telling[key] for key in sorted(keys)) for side in (left, right) for keys in side]
    shared = SharedKeys.of(left, right)
    weight = shared.weight(pairs, np.array([telling[key] for key in shared.keys]))
    weight = np.minimum(weight / np.float32(float(np.median(held)) or 1.0), 2)
    # Unrelated sentences share next to nothing.
    return {"terms": above_usual(weight, pairs, lambda axis: np.zeros((pairs.shape[axis], 3), np.float32))}


def formulaic_signals(
    left: Sequence[str | None], right: Sequence[str | None], pairs: Pairs
) -> dict[str, Values]:
    """Return "closing" (both are closings) and "opening" (one or both are openings), 0 or 1."""
    (a, b), (c, d) = (
        [np.array([kind == name for kind in side], bool) for side in (left, right)]
        for name in ("closing", "opening")
    )
    closing, opening = a[pairs.left] & b[pairs.right], c[pairs.left] | d[pairs.right]
    return {"closing": closing.astype(np.float32), "opening": opening.astype(np.float32)}


def above_usual(similarity: Values, pairs: Pairs, background: Callable[[int], Matrix]) -> Values:
    """Return by how much each pair is nearer than is usual for its two passages, on average.

    Usual for a passage is the mean of its two nearest others, filled up from the background.

    Args:
        similarity: The similarity of each pair.
        pairs: The pairs; among them the three nearest of each passage.
        background: Gives the similarity of the left (0) or right (1) passages to the background, of
            *Shape:* ``(n, m)``; asked for only where the other side has one or two passages.
    """
    usual = [_usual(similarity, pairs, axis, background) for axis in (0, 1)]
    return np.asarray(similarity - (usual[0] + usual[1]) / 2, np.float32)


def _subject_scores(left: Topics, right: Topics) -> Iterator[tuple[Values, Values]]:
    """Yield for each subject, in their order, the scores of all passages of both sides."""
    held = [carriers(side) for side in (left, right)]
    for subject in sorted(held[0].keys() | held[1].keys()):
        scores = [np.zeros(len(side), np.float32) for side in (left, right)]
        for side, found, row in zip((left, right), held, scores, strict=True):
            for index in found.get(subject, ()):
                row[index] = side[index][subject]
        yield scores[0], scores[1]


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


def _usual(similarity: Values, pairs: Pairs, axis: int, background: Callable[[int], Matrix]) -> Values:
    count, k = pairs.shape[1 - axis], _NEIGHBOURS
    others = pairs.top(similarity, axis, k + 1)
    if count <= k:
        others[:, count:] = np.sort(background(axis), axis=1)[:, ::-1][:, : k + 1 - count]
    # Of k + 1 values the pair itself is left out, or the last where the pair is not among them.
    last = others[:, -1][pairs.side(axis)]
    own = similarity if count <= k else np.maximum(similarity, last)
    return np.asarray((others.sum(axis=1)[pairs.side(axis)] - own) / k, np.float32)
