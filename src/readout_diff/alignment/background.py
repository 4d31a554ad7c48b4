"""The background: sentences of readouts in general, against which the nearness of two passages is judged."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

_TEXTS = "data/background.toml"
_VECTORS = "data/background.npz"


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """Vectors of the background sentences in one model's space.

    `anchors` holds, by language code, a matrix of *Shape:* ``(n_issues, dim)``; row k is the same issue
    in every language. The languages stand in for each
    other where the text is in none of them.
    """

    model: str
    anchors: Mapping[str, NDArray[np.float32]]

    def of(self, lang: str) -> NDArray[np.float32]:
        """Return the anchors in `lang`, or the mean of all languages where it has none of its own."""
        if lang in self.anchors:
            return self.anchors[lang]
        mean = np.mean([self.anchors[code] for code in sorted(self.anchors)], axis=0, dtype=np.float32)
        return np.asarray(mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9), np.float32)


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
    joined = "\n".join(
        text for lang in sorted(background_sentences()) for text in background_sentences()[lang]
    )
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


@cache
def _shipped() -> Mapping[str, NDArray[Any]]:
    path = files("readout_diff").joinpath(_VECTORS)
    if not path.is_file():
        return {}
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}


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
        sentences = background_sentences()
        name = f"{model}|{revision}|{background_checksum()}"
        if name in _shipped():
            flat = _unit(_shipped()[name].astype(np.float32))
        else:
            flat = encode([text for lang in sorted(sentences) for text in sentences[lang]])
        size = len(next(iter(sentences.values())))
        parts = {lang: flat[k * size : (k + 1) * size] for k, lang in enumerate(sorted(sentences))}
        _MADE[key] = Background(model, parts)
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
    sentences = background_sentences()
    texts = [text for lang in sorted(sentences) for text in sentences[lang]]
    packed = {}
    for (model, revision), encode in models.items():
        matrix = encode(texts)
        scaled = matrix / np.abs(matrix).max(axis=1, keepdims=True) * 127
        packed[f"{model}|{revision}|{background_checksum()}"] = np.round(scaled).astype(np.int8)
    return packed


def _unit(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9), np.float32)
