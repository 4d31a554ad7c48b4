"""Candidates: the pairs of passages of long texts that are worth a closer look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from readout_diff.alignment.background import Matrix
from readout_diff.alignment.keys import Held, Key, SharedKeys, Weights
from readout_diff.alignment.pairs import Indices, Pairs
from readout_diff.alignment.parts import Parts

Subjects = Sequence[Mapping[str, float]]

# Up to so many pairs (500 passages a side) all are considered.
ALL_PAIRS = 1 << 18
# Candidates of a passage: its nearest in each encoder's space, and its nearest among those that share a
# subject with it. See docs/performance.md for what other numbers lose.
NEAREST, NEAREST_ON_SUBJECT = 16, 4
# How many others tell what is usual for a passage, itself included; see `signals`.
USUAL = 3
# Similarities held at once (16 MB).
_BLOCK = 1 << 22


def candidate_pairs(
    shape: tuple[int, int],
    spaces: Iterable[tuple[Parts, Parts]],
    subjects: Sequence[tuple[Subjects, Subjects]] = (),
    *,
    all_up_to: int = ALL_PAIRS,
    nearest: int = NEAREST,
    nearest_on_subject: int = NEAREST_ON_SUBJECT,
) -> Pairs:
    """Return the pairs to consider: all pairs of short texts, the nearest ones of long texts.

    The nearest are found by blocked matrix products, so they are exact, and room is needed for a block only.

    Args:
        shape: How many passages both sides have.
        spaces: The unit vectors of both sides in the space of each encoder; asked for one after the other.
        subjects: Subjects of the passages of both sides, of each kind; each is searched by itself.
        all_up_to: The number of pairs up to which all are considered.
        nearest: How many of the other side to take for each passage, of either side and in each space.
        nearest_on_subject: The same among the passages that share a subject with it.

    Returns:
        The pairs. Swapping the sides mirrors them.
    """
    if shape[0] * shape[1] <= all_up_to:
        return Pairs.all_of(shape)

    holders = [(carriers(left), carriers(right)) for left, right in subjects]

    def found() -> Iterator[tuple[Indices, Indices]]:
        for left, right in spaces:
            yield from _nearest(left, right, nearest)
            for ours, theirs in holders:
                for subject in sorted(ours.keys() & theirs.keys()):
                    rows, columns = ours[subject], theirs[subject]
                    for i, j in _nearest(left.only(rows), right.only(columns), nearest_on_subject):
                        yield rows[i], columns[j]
            del left, right  # the next space is made then, and takes as much room

    return Pairs.union(shape, found())


def sharing_most(shared: SharedKeys[Key], weights: Weights, most: int = USUAL) -> Pairs:
    """Return each passage, of either side, with others that share the heaviest keys with it.

    Args:
        shared: The keys that passages of both sides hold.
        weights: The weight of each key.
        most: How many others to take for each passage.
    """
    from scipy.sparse import csr_array

    # Which of several that share the same are taken must not depend on the side they stand on.
    if _order(shared.right) < _order(shared.left):
        return sharing_most(shared.mirrored, weights, most).transposed
    ours, theirs = (
        csr_array((values, side.numbers, side.start), shape=(len(side.start) - 1, len(shared.keys)))
        for side, values in (
            (shared.left, weights[shared.left.numbers]),
            (shared.right, np.ones(len(shared.right.numbers))),
        )
    )
    rows, columns = ours.shape[0], theirs.shape[0]
    largest = _Largest(np.arange(columns), most)
    # A sparse product takes several times the room of its dense result before it is spread out.
    step = max(_BLOCK // 8 // max(columns, 1), 1)
    found = []
    for start in range(0, rows, step):
        block = np.arange(start, min(start + step, rows))
        found.append(largest.of_rows((ours[block] @ theirs.T).toarray().astype(np.float32), block))
    return Pairs.union((rows, columns), [*found, largest.of_columns()])


def _order(side: Held) -> tuple[int, list[int], list[int]]:
    return len(side.start), side.start.tolist(), side.numbers.tolist()


def carriers(side: Subjects) -> dict[str, Indices]:
    """Return for each subject the passages that carry it."""
    found: dict[str, list[int]] = {}
    for index, passage in enumerate(side):
        for subject in passage:
            found.setdefault(subject, []).append(index)
    return {subject: np.array(indices, np.intp) for subject, indices in found.items()}


def _nearest(left: Parts, right: Parts, count: int) -> Iterator[tuple[Indices, Indices]]:
    """Yield the nearest right passages of each left one, and the nearest left ones of each right one.

    Near are passages as wholes, and by their nearest parts.
    """
    # Sums of float32 depend on the order of the factors, so it is that of the texts, not that of the sides.
    if _key(right) < _key(left):
        yield from ((i, j) for j, i in _nearest(right, left, count))
        return
    rows, columns = (np.argsort(-side.counts, kind="stable") for side in (left, right))
    layers = list(right.layers(columns))
    divided = len(layers) > 1 or left.counts.max() > 1
    wholes = _Largest(columns, USUAL if divided else count)
    parts = _Largest(columns, count)
    step = max(_BLOCK // len(columns), 1)
    for start in range(0, len(rows), step):
        block = rows[start : start + step]
        nearest: Matrix | None = None
        for ours in left.layers(block):
            for theirs in layers:
                likeness = ours @ theirs.T
                if nearest is None:
                    nearest = likeness
                    yield wholes.of_rows(nearest, block)
                else:
                    part = nearest[: len(ours), : len(theirs)]
                    np.maximum(part, likeness, out=part)
        if nearest is not None and divided:
            yield parts.of_rows(nearest, block)
    yield wholes.of_columns()
    if divided:
        yield parts.of_columns()


def _key(side: Parts) -> tuple[int, float]:
    return len(side), float(side.vectors.sum(dtype=np.float64))


class _Largest:
    """The largest values of each row and column of a matrix of which some rows are seen at a time.

    Args:
        columns: What the columns stand for.
        count: How many values of each row and column are wanted.
    """

    def __init__(self, columns: Indices, count: int) -> None:
        self._columns, self._count = columns, count
        self._values = np.zeros((len(columns), 0), np.float32)
        self._rows = np.zeros((len(columns), 0), np.intp)

    def of_rows(self, values: Matrix, rows: Indices) -> tuple[Indices, Indices]:
        """Return the rows with the columns of their largest values, and note those of the columns."""
        chosen = _places(values, self._count)
        best = _places(values.T, self._count)
        merged = np.concatenate([self._values, np.take_along_axis(values.T, best, axis=1)], axis=1)
        kept = _places(merged, self._count)
        self._values = np.take_along_axis(merged, kept, axis=1)
        self._rows = np.take_along_axis(np.concatenate([self._rows, rows[best]], axis=1), kept, axis=1)
        return np.repeat(rows, chosen.shape[1]), self._columns[chosen.ravel()]

    def of_columns(self) -> tuple[Indices, Indices]:
        """Return the rows of the largest values of each column seen so far, with the columns."""
        return self._rows.ravel(), np.repeat(self._columns, self._rows.shape[1])


def _places(values: Matrix, count: int) -> Indices:
    """Return where the largest values of each row stand."""
    count = min(count, values.shape[1])
    return np.argpartition(values, -count, axis=1)[:, -count:]
