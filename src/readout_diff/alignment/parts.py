"""Parts: the vectors of passages together with those of their clauses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from readout_diff.alignment.background import Background, Matrix, unit
from readout_diff.alignment.clauses import Clauses
from readout_diff.alignment.pairs import Indices, runs


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

    @property
    def sides(self) -> tuple[Matrix, Matrix]:
        """The vectors of the passages, left and right."""
        return self.left, self.right


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The vectors of one side's passages and clauses: of passage k, the rows from ``start[k]`` on.

    A passage as a whole is the first of its parts: what has no clauses can still be a clause of the other
    side's.
    """

    vectors: Matrix
    start: Indices

    def __len__(self) -> int:
        return len(self.start) - 1

    @property
    def counts(self) -> Indices:
        """How many parts each passage has."""
        return np.diff(self.start)

    def of(self, passages: Indices) -> tuple[Matrix, Indices]:
        """Return the parts of some passages one after the other, and where those of each begin."""
        rows, counts = runs(self.start, passages)
        return self.vectors[rows], np.cumsum(counts) - counts

    def only(self, passages: Indices) -> Parts:
        """Return the parts of some passages."""
        vectors, begins = self.of(passages)
        return Parts(vectors, np.append(begins, len(vectors)))

    def layers(self, passages: Indices) -> Iterator[Matrix]:
        """Yield the first parts of passages, then the second ones of those that have two, and so on.

        Args:
            passages: The passages, those with the most parts first.
        """
        counts = self.counts[passages]
        for number in range(int(counts.max(initial=0))):
            yield self.vectors[self.start[passages[counts > number]] + number]


def evened(encoded: Encoded, langs: tuple[str, str]) -> tuple[Matrix, Matrix]:
    """Return the passages of both sides as unit vectors in which differences of wording are evened out.

    Args:
        encoded: Both sides in an encoder's space.
        langs: The language code of each side.
    """
    left, right = (
        _even(encoded.background, vectors, lang) for vectors, lang in zip(encoded.sides, langs, strict=True)
    )
    return left, right


def evened_parts(encoded: Encoded, langs: tuple[str, str]) -> tuple[Parts, Parts]:
    """Return the parts of both sides, with differences of wording evened out; see `evened`."""
    clauses = encoded.clauses or (None, None)
    left, right = (
        _joined(vectors, own, encoded.background, lang)
        for vectors, own, lang in zip(encoded.sides, clauses, langs, strict=True)
    )
    return left, right


def _joined(vectors: Matrix, clauses: Clauses | None, background: Background, lang: str) -> Parts:
    whole = _even(background, vectors, lang)
    if clauses is None or not len(clauses.owner):
        return Parts(whole, np.arange(len(whole) + 1))
    even = _even(background, clauses.vectors, lang)
    start = np.concatenate([[0], np.cumsum(1 + np.bincount(clauses.owner, minlength=len(whole)))])
    places = np.empty(len(even), np.intp)
    places[np.argsort(clauses.owner, kind="stable")] = np.delete(np.arange(start[-1]), start[:-1])
    joined = np.empty((start[-1], whole.shape[1]), np.float32)
    joined[start[:-1]], joined[places] = whole, even
    return Parts(joined, start)


def _even(background: Background, vectors: Matrix, lang: str) -> Matrix:
    return unit(background.centered(vectors, lang) @ background.wording)
