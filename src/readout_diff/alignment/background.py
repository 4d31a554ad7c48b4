"""The background: sentences of readouts in general, against which the nearness of two passages is judged."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Matrix: TypeAlias = NDArray[np.float32]

_TEXTS = "data/background.toml"
_VECTORS = "data/background.npz"
# How strongly the spread of wording is drawn towards a sphere: with five wordings an issue it is known
# only roughly.
_SHRINKAGE = 1.0
_ISSUE_DIMENSIONS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """The background sentences in one model's space, and what they teach about that space.

    `anchors` holds, by language code, unit vectors of *Shape:* ``(n_issues, dim)``; row k is the same
    issue in every language. Because the languages word each issue in their own way, they show which
    directions of the space tell wording and which tell the issue: `wording` (*Shape:* ``(dim, dim)``)
    evens out the former, `issues` (*Shape:* ``(dim, 60)``) keeps the directions that part the issues best.

    Source:
        Hatch et al. 2006, "Within-class covariance normalization"; Fisher's linear discriminants.
    """

    model: str
    anchors: Mapping[str, Matrix]
    wording: Matrix
    issues: Matrix

    @classmethod
    def of(cls, model: str, anchors: Mapping[str, Matrix]) -> Background:
        """Learn the space from the anchors; see `load_background` for the anchors of this package."""
        centered = np.stack([unit(anchors[lang] - anchors[lang].mean(axis=0)) for lang in sorted(anchors)])
        centered = centered.astype(np.float64)
        issue = centered.mean(axis=0)
        within = (centered - issue).reshape(-1, centered.shape[2])
        wording = within.T @ within / len(within)
        floor = np.trace(wording) / len(wording)
        values, vectors = np.linalg.eigh(wording + _SHRINKAGE * max(floor, 1e-9) * np.eye(len(wording)))
        whiten = vectors / np.sqrt(values)
        between = whiten.T @ (issue.T @ issue / len(issue)) @ whiten
        _, directions = np.linalg.eigh(between)
        # Back to the axes of the model: an eigenvector's sign, and so the whitened axes, are arbitrary.
        return cls(
            model,
            dict(anchors),
            (whiten @ vectors.T).astype(np.float32),
            (whiten @ directions[:, -_ISSUE_DIMENSIONS:]).astype(np.float32),
        )

    def anchors_in(self, lang: str) -> Matrix:
        """Return the anchors in `lang`, or the mean of all languages where it has none of its own."""
        if lang in self.anchors:
            return self.anchors[lang]
        return unit(np.mean([self.anchors[code] for code in sorted(self.anchors)], axis=0, dtype=np.float32))

    def centered(self, vectors: Matrix, lang: str) -> Matrix:
        """Return unit vectors with what all sentences of the language share taken away."""
        return unit(vectors - self.anchors_in(lang).mean(axis=0))


@cache
def background_sentences() -> Mapping[str, tuple[str, ...]]:
    """Return the background sentences by language; the issues stand in the same order in each.

    Example:
        >>> sorted(background_sentences())
        ['de', 'en', 'fr', 'ru', 'zh']
    """
    data = tomllib.loads(files("readout_diff").joinpath(_TEXTS).read_text("utf-8"))
    issues = [value for value in data.values() if isinstance(value, dict)]
    return {lang: tuple(issue[lang] for issue in issues) for lang in sorted(issues[0])}


def background_checksum() -> str:
    """Return a short checksum of the background sentences, by which shipped vectors are recognised."""
    return hashlib.sha256("\n".join(_all_sentences()).encode()).hexdigest()[:16]


_MADE: dict[tuple[str, str], Background] = {}


def load_background(
    model: str, revision: str, encode: Callable[[Sequence[str]], NDArray[np.float32]]
) -> Background:
    """Return the background in the space of a model.

    The vectors of the bundled models are shipped; those of any other model are made once a process.

    Args:
        model: The model's name.
        revision: Its revision; shipped vectors of another revision are not used.
        encode: Turns texts into unit vectors, a row a text; called only where nothing is shipped.

    Returns:
        The background of that model.
    """
    key = (model, revision)
    if key not in _MADE:
        shipped = _shipped().get(_name(model, revision))
        flat = encode(_all_sentences()) if shipped is None else unit(shipped.astype(np.float32))
        languages = sorted(background_sentences())
        parts = np.split(flat, len(languages))
        _MADE[key] = Background.of(model, dict(zip(languages, parts, strict=True)))
    return _MADE[key]


def pack_background(
    models: Mapping[tuple[str, str], Callable[[Sequence[str]], NDArray[np.float32]]],
) -> dict[str, NDArray[np.int8]]:
    """Return the arrays to ship: the background in each model's space, a byte a dimension.

    Args:
        models: By (model, revision), what encodes texts into unit vectors.

    Returns:
        Arrays by the name under which `load_background` looks for them.
    """
    packed = {}
    for (model, revision), encode in models.items():
        matrix = encode(_all_sentences())
        scaled = matrix / np.abs(matrix).max(axis=1, keepdims=True) * 127
        packed[_name(model, revision)] = np.round(scaled).astype(np.int8)
    return packed


def unit(matrix: Matrix) -> Matrix:
    """Return the rows of `matrix` at length one; a null row stays null."""
    return np.asarray(matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9), np.float32)


def _name(model: str, revision: str) -> str:
    return f"{model}|{revision}|{background_checksum()}"


def _all_sentences() -> list[str]:
    sentences = background_sentences()
    return [text for lang in sorted(sentences) for text in sentences[lang]]


@cache
def _shipped() -> Mapping[str, NDArray[Any]]:
    path = files("readout_diff").joinpath(_VECTORS)
    if not path.is_file():
        return {}
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}
