"""Embedding evidence: how much a passage resembles the descriptions of each topic."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from readout_diff.topics.scheme import Topic, TopicScheme

# The closest descriptions of a topic speak for it, in whatever languages they are.
_CLOSEST = 3


_MADE: dict[tuple[str, str], NDArray[np.float32]] = {}


def description_texts(scheme: TopicScheme) -> tuple[str, ...]:
    """Return the descriptions of a scheme, topic by topic: in English where a topic has them in English."""
    return tuple(text for topic in scheme.topics for text in _texts(topic))


def description_vectors(
    scheme: TopicScheme, encoder: str, encode: Callable[[Sequence[str]], NDArray[np.float32]]
) -> NDArray[np.float32]:
    """Return the vectors of `description_texts`, made once a process.

    Args:
        scheme: The topics.
        encoder: What encodes, as "model@revision".
        encode: Turns texts into unit vectors, a row a text.

    Returns:
        What `topic_evidence` wants. *Shape:* ``(m, dim)``.
    """
    key = (scheme.checksum, encoder)
    if key not in _MADE:
        _MADE[key] = encode(description_texts(scheme))
    return _MADE[key]


def topic_evidence(
    passages: Sequence[NDArray[np.float32]], descriptions: Sequence[NDArray[np.float32]], scheme: TopicScheme
) -> NDArray[np.float32]:
    """Measure how much each passage resembles each topic.

    Similarities are taken about the mean description, so that what all readouts share drops out, and
    counted in standard deviations of the descriptions' own similarities to topics, so that encoders
    with other ranges compare.

    Args:
        passages: for each encoder the vectors of the passages. *Shape:* ``(n, dim)`` each.
        descriptions: for each encoder what `description_vectors` gives. *Shape:* ``(m, dim)`` each.
        scheme: the topics.

    Returns:
        Evidence above that for the passage's average topic; 0 for a topic without descriptions.
        *Shape:* ``(n, topics)``.
    """
    owner = np.array([i for i, topic in enumerate(scheme.topics) for _ in _texts(topic)])
    pairs = list(zip(passages, descriptions, strict=True))
    total = np.zeros((len(passages[0]) if pairs else 0, len(scheme.topics)), dtype=np.float32)
    if not owner.size:
        return total
    for matrix, examples in pairs:
        mean = examples.mean(axis=0)
        centred = _unit(examples - mean)
        among = centred @ centred.T
        np.fill_diagonal(among, -np.inf)
        scale = float(_margins(among, owner, len(scheme.topics)).std()) or 1.0
        total += _margins(_unit(matrix - mean) @ centred.T, owner, len(scheme.topics)) / scale
    return np.asarray(total / max(len(pairs), 1), dtype=np.float32)


def _texts(topic: Topic) -> tuple[str, ...]:
    """Return the descriptions to compare with: encoding those of all languages would take long."""
    english = topic.descriptions.get("en")
    return english or tuple(text for texts in topic.descriptions.values() for text in texts)


def _margins(similarity: NDArray[np.float32], owner: NDArray[np.int64], topics: int) -> NDArray[np.float32]:
    """Return the mean of the closest descriptions of each topic, less the mean over topics."""
    scores = np.full((len(similarity), topics), np.nan, dtype=np.float32)
    for topic in np.unique(owner):
        own = np.sort(similarity[:, owner == topic], axis=1)[:, -_CLOSEST:]
        finite = np.where(np.isfinite(own), own, np.nan)
        known = np.isfinite(own).any(axis=1)
        scores[known, topic] = np.nanmean(finite[known], axis=1)
    margins = scores - np.nanmean(scores, axis=1, keepdims=True)
    return np.asarray(np.nan_to_num(margins, nan=0.0), dtype=np.float32)


def _unit(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    unit: NDArray[np.float32] = np.divide(matrix, norms, out=np.zeros_like(matrix), where=norms > 0)
    return unit
