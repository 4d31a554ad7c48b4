"""Fitting: topic models from labelled sentences."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from readout_diff.errors import SchemeError
from readout_diff.topics.likelihood import TopicModel

# Vectors are kept as whole numbers: a unit vector of some hundred dimensions has hardly a value above this.
_LARGEST = 0.35
# Penalty on half the squared weights of unit vectors, scaled so that all encoders spread alike.
_PENALTY = 1.0
# The vectors of e5 lie close together, those of USE do not: both are stretched to this spread.
_SPREAD = 2.0
# A topic that fewer sentences carry is left to its cues.
_FEWEST = 5


@dataclass(frozen=True, slots=True, eq=False)
class TopicExamples:
    """Labelled sentences as vectors, without their text.

    `vectors` hold a matrix an encoder ("model@revision"), *Shape:* ``(n, dim)``; `labels` and `neutral`
    (labels that hold only with the sentence before) have *Shape:* ``(n, topics)``; `groups` (*Shape:*
    ``(n,)``) number the documents, which are left out together when a fit is measured; `sources` name where
    each sentence is from.
    """

    topics: tuple[str, ...]
    vectors: Mapping[str, NDArray[np.float32]]
    labels: NDArray[np.bool_]
    neutral: NDArray[np.bool_]
    groups: NDArray[np.int32]
    sources: NDArray[np.str_]

    def packed(self) -> bytes:
        """Return the examples as a compressed file; vectors are rounded to whole numbers."""
        step = _LARGEST / 127
        whole = {
            f"vectors {name}": np.clip(np.rint(matrix / step), -127, 127).astype(np.int8)
            for name, matrix in self.vectors.items()
        }
        file = io.BytesIO()
        np.savez_compressed(
            file,
            allow_pickle=False,
            topics=np.array(self.topics),
            labels=np.packbits(self.labels, axis=1),
            neutral=np.packbits(self.neutral, axis=1),
            groups=self.groups,
            sources=self.sources,
            **whole,
        )
        return file.getvalue()


def read_topic_examples(path: str | Path) -> TopicExamples:
    """Read the examples that `TopicExamples.packed` gives.

    Raises:
        SchemeError: If there is no such file.
    """
    if not Path(path).is_file():
        raise SchemeError(f"no topic examples at {str(path)!r}; right is a file of TopicExamples.packed()")
    with np.load(path, allow_pickle=False) as arrays:
        topics = tuple(str(topic) for topic in arrays["topics"])
        step = np.float32(_LARGEST / 127)
        return TopicExamples(
            topics,
            {
                name.removeprefix("vectors "): arrays[name].astype(np.float32) * step
                for name in arrays.files
                if name.startswith("vectors ")
            },
            np.unpackbits(arrays["labels"], axis=1, count=len(topics)).astype(bool),
            np.unpackbits(arrays["neutral"], axis=1, count=len(topics)).astype(bool),
            arrays["groups"],
            arrays["sources"],
        )


def fit_topic_model(
    examples: TopicExamples, encoders: Sequence[str], rows: NDArray[np.bool_] | None = None
) -> TopicModel:
    """Fit a logistic regression for each topic.

    Args:
        examples: Labelled sentences.
        encoders: Which of their vectors to use, in order.
        rows: Which of the sentences to use; all if left out. *Shape:* ``(n,)``.

    Returns:
        The model; a topic that fewer than five sentences carry gets the same small likelihood everywhere.

    Source:
        Hastie, Tibshirani, Friedman 2009, section 4.4, with the penalty of section 4.4.4 squared.
    """
    from scipy.optimize import minimize

    kept = np.ones(len(examples.labels), dtype=bool) if rows is None else rows
    parts, centers, factors = [], [], []
    for name in encoders:
        matrix = examples.vectors[name][kept].astype(np.float64)
        center = matrix.mean(axis=0)
        factor = _SPREAD / max(float(np.sqrt(matrix.var(axis=0).sum())), 1e-9)
        parts.append((matrix - center) * factor)
        centers.append(center)
        factors.append(np.full(len(center), factor))
    columns, center = np.concatenate(parts, axis=1), np.concatenate(centers)
    weights = np.zeros((columns.shape[1], len(examples.topics)))
    bias = np.full(len(examples.topics), -4.0)
    labels, neutral = examples.labels[kept], examples.neutral[kept]
    for topic in range(len(examples.topics)):
        judged = ~neutral[:, topic]
        target = labels[judged, topic].astype(np.float64)
        if target.sum() < _FEWEST:
            continue
        found = minimize(
            _loss,
            np.zeros(columns.shape[1] + 1),
            args=(columns[judged], target),
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": 500, "ftol": 1e-9, "gtol": 1e-2},
        ).x
        weights[:, topic] = found[1:] * np.concatenate(factors)
        bias[topic] = found[0] - center @ weights[:, topic]
    return TopicModel(tuple(encoders), examples.topics, weights.astype(np.float32), bias.astype(np.float32))


def _loss(
    parameters: NDArray[np.float64], columns: NDArray[np.float64], target: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """Return the penalised loss and its gradient; the first parameter is the intercept."""
    logits = parameters[0] + columns @ parameters[1:]
    loss = np.logaddexp(0, logits).sum() - target @ logits + _PENALTY / 2 * (parameters[1:] ** 2).sum()
    error = 1 / (1 + np.exp(-logits)) - target
    return float(loss), np.concatenate([[error.sum()], columns.T @ error + _PENALTY * parameters[1:]])
