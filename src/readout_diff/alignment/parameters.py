"""Parameters: the fitted weights by which signals become the probability of a link."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readout_diff.alignment.background import Matrix
from readout_diff.errors import LoadError

_SHIPPED = "data/alignment.json"
_FARTHEST = 4.0
WITHOUT_ENCODER = "none"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader of both passages at once adds to the probability of a link.

    The probability becomes ``sigmoid(intercept + weight[0] * logit + weight[1] * read)``, where `logit` is
    that of the probability before, and `read` the reader's logit. `threshold` and `certainty` are those of
    the link model, after reading.
    """

    intercept: float
    weight: tuple[float, float]
    threshold: float
    certainty: tuple[float, float]

    def probability(self, before: NDArray[Any], read: NDArray[Any]) -> Matrix:
        """Return the probability of pairs that had the probability `before`."""
        logit = self.intercept + self.weight[0] * logit_of(before) + self.weight[1] * read
        return np.asarray(1 / (1 + np.exp(-logit)), np.float32)


@dataclass(frozen=True, slots=True)
class LinkModel:
    """A logistic regression over standardised signals.

    The probability of a link is ``sigmoid(intercept + sum(weight * (signal - center) / scale))``; a pair
    is linked from `threshold` on. Standardised signals are cut off at ±4: far out, nothing was fitted.
    The probability is that of reporting the same rather than nothing in common. Passages may also make
    different statements on the same point: `certainty`, intercept and slope on the logit, turns the
    probability into that of reporting the same among all. `reading` is None where no reader was fitted.
    """

    signals: tuple[str, ...]
    center: tuple[float, ...]
    scale: tuple[float, ...]
    weight: tuple[float, ...]
    intercept: float
    threshold: float
    certainty: tuple[float, float] = (0.0, 1.0)
    reading: Reading | None = None

    def probability(self, signals: Mapping[str, Matrix]) -> Matrix:
        """Return the probability of each pair; every one of `signals` named by the model is needed."""
        shape = next(iter(signals.values())).shape
        logit = np.full(shape, self.intercept, dtype=np.float64)
        for name, center, scale, weight in zip(
            self.signals, self.center, self.scale, self.weight, strict=True
        ):
            logit += weight * standardised(signals[name].astype(np.float64), center, scale)
        return np.asarray(1 / (1 + np.exp(-logit)), np.float32)


def confidence_of(probability: Matrix, certainty: tuple[float, float]) -> Matrix:
    """Return how likely passages report the same, not only make statements on the same point."""
    logit = certainty[0] + certainty[1] * logit_of(probability)
    return (1 / (1 + np.exp(-logit))).round(4).astype(np.float32)


def logit_of(probability: NDArray[Any]) -> NDArray[np.float64]:
    """Return the logit of probabilities, of those next to 0 and 1 that of 0.0001 and 0.9999."""
    sure = np.clip(probability.astype(np.float64), 1e-4, 1 - 1e-4)
    return np.asarray(np.log(sure / (1 - sure)))


def standardised(values: NDArray[Any], center: Any, scale: Any) -> NDArray[Any]:
    """Return `values` in units of `scale` around `center`, cut off at ±4."""
    return np.asarray(np.clip((values - center) / scale, -_FARTHEST, _FARTHEST))


@dataclass(frozen=True, slots=True)
class Parameters:
    """Link models by what they need: encoders, then the other kinds of evidence.

    A key is written ``"e5+use|mentions|topics"``; the encoder part "any" stands for encoders the
    parameters were not fitted for, "none" for no encoder. `provenance` says on what they were fitted;
    `checksum` are the first eight digits of their SHA-256.
    """

    models: Mapping[str, LinkModel]
    provenance: str
    checksum: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        digits = hashlib.sha256(self.to_json().encode()).hexdigest()[:8]
        object.__setattr__(self, "checksum", digits)

    def choose(self, encoders: Iterable[str], evidence: Iterable[str]) -> tuple[str, LinkModel]:
        """Return key and model for these encoders and kinds of evidence ("issues", "mentions", "topics").

        Evidence that no model of these encoders was fitted with is left out; the key says what is used.

        Raises:
            LoadError: If nothing was fitted for these encoders, nor for "any".
        """
        given = set(evidence)
        named = "+".join(sorted(encoders))
        for head in (named, "any") if named else (WITHOUT_ENCODER,):
            fitting = [
                key for key in self.models if key.split("|")[0] == head and set(key.split("|")[1:]) <= given
            ]
            if fitting:
                key = max(sorted(fitting), key=lambda key: key.count("|"))
                return key, self.models[key]
        known = ", ".join(sorted({key.split("|")[0] for key in self.models}))
        if not named and WITHOUT_ENCODER in known.split(", "):
            raise LoadError(
                "without an embedder passages are linked by content words, and none are known of them; "
                "right is an embedder, or texts in languages with a glossary"
            )
        raise LoadError(
            f"no alignment parameters for embedder {named or WITHOUT_ENCODER!r}, only for {known}; "
            "right is one of these, or readout-diff calibrate"
        )

    def to_json(self) -> str:
        """Return the parameters as JSON, the same text for the same values."""
        models = {key: _rounded(asdict(model)) for key, model in sorted(self.models.items())}
        return json.dumps({"version": 1, "provenance": self.provenance, "models": models}, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Parameters:
        """Read what `to_json` wrote."""
        try:
            data = json.loads(text)
            models = {key: _link_model(values) for key, values in data["models"].items()}
            return cls(models, data["provenance"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise LoadError(
                f"not alignment parameters ({error}); right is what Parameters.to_json writes"
            ) from error


def read_parameters(path: Path) -> Parameters:
    """Read parameters from a file that ``readout-diff calibrate`` wrote.

    Raises:
        LoadError: If there is no such file, or it holds something else.
    """
    try:
        return Parameters.from_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise LoadError(
            f"no alignment parameters in {str(path)!r} ({error}); right is a file of readout-diff calibrate"
        ) from error


@cache
def shipped_parameters() -> Parameters:
    """Return the parameters that come with the package."""
    return Parameters.from_json(files("readout_diff").joinpath(_SHIPPED).read_text("utf-8"))


def _link_model(values: dict[str, Any]) -> LinkModel:
    given = values.get("reading")
    reading = None if given is None else Reading(**_tuples(given))
    return LinkModel(**{**_tuples(values), "reading": reading})


def _tuples(values: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(v) if isinstance(v, list) else v for name, v in values.items()}


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _rounded(part) for name, part in value.items() if part is not None}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return round(value, 5) if isinstance(value, float) else value
