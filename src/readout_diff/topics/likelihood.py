"""Likelihood: how likely a passage carries a topic, judged by its vectors."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readout_diff.topics.scheme import TopicScheme

_FILE = "data/topic_models.npz"


@dataclass(frozen=True, slots=True, eq=False)
class TopicModel:
    """A logistic regression a topic, over the vectors of one or more encoders side by side.

    `encoders` are "model@revision" in the order of the columns; `weights` has *Shape:*
    ``(dimensions of all encoders, topics)``, `bias` *Shape:* ``(topics,)``; `checksum` names the weights.
    """

    encoders: tuple[str, ...]
    topics: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def likelihoods(
        self, vectors: Mapping[str, NDArray[np.float32]], topics: Sequence[str]
    ) -> NDArray[np.float32]:
        """Return how likely each passage carries each topic.

        Args:
            vectors: Unit vectors of the passages by encoder ("model@revision"). *Shape:* ``(n, dim)`` each.
            topics: Ids of the topics to tell of, in order.

        Returns:
            Probabilities in (0, 1), rounded to four digits; 0.5, which decides nothing, for a topic the model
            was not fitted on. *Shape:* ``(n, len(topics))``.
        """
        joined = np.concatenate([vectors[name] for name in self.encoders], axis=1).astype(np.float64)
        logits = joined @ self.weights.astype(np.float64) + self.bias
        known = (1 / (1 + np.exp(-logits))).round(4).astype(np.float32)
        told = np.full((len(known), len(topics)), 0.5, np.float32)
        for column, topic in enumerate(topics):
            if topic in self.topics:
                told[:, column] = known[:, self.topics.index(topic)]
        return told

    @property
    def checksum(self) -> str:
        """A short name of the weights, for the signature."""
        import hashlib

        return hashlib.sha256(self.weights.tobytes() + self.bias.tobytes()).hexdigest()[:8]


def shipped_topic_model(scheme: TopicScheme, encoders: Sequence[str]) -> TopicModel | None:
    """Return the topic model that ships for a scheme and encoders; None where there is none.

    Args:
        scheme: The topics; only those of a built-in scheme have a model.
        encoders: "model@revision" of each encoder in use, in order.

    Example:
        >>> from readout_diff.topics.scheme import load_scheme
        >>> shipped_topic_model(load_scheme("issues"), ["e5@0.3.0"]) is None
        True
    """
    return _shipped().get((f"{scheme.id}@{scheme.version}", tuple(encoders)))


def pack_topic_models(models: Mapping[str, Sequence[TopicModel]]) -> bytes:
    """Return topic models as the file that ships: what `shipped_topic_model` reads.

    Args:
        models: The models of each scheme, by "id@version".
    """
    arrays: dict[str, Any] = {}
    for scheme, fitted in models.items():
        for model in fitted:
            key = f"{scheme} {'+'.join(model.encoders)}"
            arrays |= {f"{key} weights": model.weights, f"{key} bias": model.bias}
        arrays[f"{scheme} topics"] = np.array(fitted[0].topics)
    packed = io.BytesIO()
    np.savez_compressed(packed, **arrays)
    return packed.getvalue()


@cache
def _shipped() -> Mapping[tuple[str, tuple[str, ...]], TopicModel]:
    """Read the models that ship, by scheme and encoders."""
    with (
        files("readout_diff").joinpath(_FILE).open("rb") as file,
        np.load(io.BytesIO(file.read()), allow_pickle=False) as arrays,
    ):
        models = {}
        for name in arrays.files:
            key, _, part = name.rpartition(" ")
            if part == "weights":
                scheme, _, encoders = key.partition(" ")
                model = TopicModel(
                    tuple(encoders.split("+")),
                    tuple(str(topic) for topic in arrays[f"{scheme} topics"]),
                    arrays[name],
                    arrays[f"{key} bias"],
                )
                models[scheme, model.encoders] = model
        return models
