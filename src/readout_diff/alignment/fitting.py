"""Fitting: link parameters from annotated pairs."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from readout_diff.alignment.matching import pair_signals
from readout_diff.alignment.parameters import LinkModel, Parameters
from readout_diff.alignment.signals import Encoded
from readout_diff.errors import ReadoutDiffError
from readout_diff.passages import Passage

# Penalty on the squared weights of standardised signals.
_PENALTY = 3.0
# The signals of each encoder, then those of the pair; those of a kind of evidence only where it is given.
ENCODER_SIGNALS = ("near", "issue")
PAIR_SIGNALS = ("rank", "gap", "position", "closing", "formula")
EVIDENCE_SIGNALS = {
    "mentions": ("mentions",),
    "topics": ("topic_apart", "topic_overlap", "topic_shared"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """An annotated pair with everything `align_passages` is given.

    `strength` holds (left, right): 1 or 2; `ignored` the pairs that count neither way, as opening with
    opening. All examples need the same encoders and the same kinds of evidence.
    """

    left: Sequence[Passage]
    right: Sequence[Passage]
    encoded: Sequence[Encoded]
    strength: Mapping[tuple[int, int], int]
    ignored: frozenset[tuple[int, int]] = frozenset()
    topics: tuple[Sequence[Mapping[str, float]], Sequence[Mapping[str, float]]] | None = None
    formulaic: tuple[Sequence[str | None], Sequence[str | None]] | None = None
    mentions: tuple[Sequence[frozenset[Hashable]], Sequence[frozenset[Hashable]]] | None = None


def fit(examples: Sequence[Example], provenance: str) -> Parameters:
    """Fit a link model for every subset of encoders and evidence the examples hold.

    Links of strength 2 are links, those of strength 1 are left out. The threshold of each model is half
    the best F1 it reaches on pairs it was not fitted on: the optimal decision line of a calibrated
    probability.

    Args:
        examples: Annotated pairs, at least two.
        provenance: What the examples are, for the record.

    Returns:
        The parameters, with the encoder part "any" fitted on each encoder alone.

    Raises:
        ReadoutDiffError: If there are fewer than two examples, or none holds a link.

    Source:
        Lipton, Elkan, Naryanaswamy 2014, "Optimal thresholding of classifiers to maximize F1 measure".
    """
    if len(examples) < 2 or not any(2 in e.strength.values() for e in examples):
        raise ReadoutDiffError("fitting needs two or more annotated pairs, and links of strength 2 in them")
    models = [encoded.model for encoded in examples[0].encoded]
    kinds = [kind for kind in sorted(EVIDENCE_SIGNALS) if getattr(examples[0], kind) is not None]
    subsets: list[tuple[str, tuple[str, ...]]] = [(model, (model,)) for model in models]
    if len(models) > 1:
        subsets.append(("+".join(sorted(models)), tuple(models)))
    fitted = {}
    for wanted in _power_set(kinds):
        chosen = {}
        for name, members in subsets:
            chosen[name] = [table(_restricted(example, members, wanted)) for example in examples]
            names = [f"{m}:{s}" for m in sorted(members) for s in ENCODER_SIGNALS]
            fitted["|".join([name, *wanted])] = fit_model(chosen[name], signal_names(names, wanted))
        alone = [rows for model in models for rows in chosen[model]]
        names = [f"any:{s}" for s in ENCODER_SIGNALS]
        fitted["|".join(["any", *wanted])] = fit_model(alone, signal_names(names, wanted))
    return Parameters(fitted, provenance)


def signal_names(encoder_signals: Sequence[str], kinds: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the signals of a model, in their fixed order."""
    return (*encoder_signals, *PAIR_SIGNALS, *(s for kind in kinds for s in EVIDENCE_SIGNALS[kind]))


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The judged pairs of passages of one example: signals by name, and whether they are linked."""

    signals: Mapping[str, NDArray[np.float32]]
    linked: NDArray[np.bool_]


def table(example: Example) -> Table:
    """Return the judged pairs of an example; strength 1 and ignored pairs are left out."""
    signals = pair_signals(
        example.left, example.right, encoded=example.encoded, topics=example.topics,
        formulaic=example.formulaic, mentions=example.mentions,
    )  # fmt: skip
    shape = (len(example.left), len(example.right))
    linked, judged = np.zeros(shape, dtype=bool), np.ones(shape, dtype=bool)
    for (i, j), strength in example.strength.items():
        linked[i, j], judged[i, j] = strength == 2, strength != 1
    for i, j in example.ignored:
        judged[i, j] = False
    return Table({name: matrix[judged] for name, matrix in signals.items()}, linked[judged])


def fit_model(tables: Sequence[Table], names: Sequence[str]) -> LinkModel:
    """Fit one link model; the threshold comes from leaving each table out in turn."""
    held_out = [
        _fit_weights([t for k, t in enumerate(tables) if k != left_out], names).probability(
            tables[left_out].signals
        )
        for left_out in range(len(tables))
    ]
    best = _best_f1(np.concatenate(held_out), np.concatenate([t.linked for t in tables]))
    return replace(_fit_weights(tables, names), threshold=best / 2)


def _fit_weights(tables: Sequence[Table], names: Sequence[str]) -> LinkModel:
    rows = np.concatenate([np.stack([t.signals[n] for n in names], axis=1) for t in tables]).astype(
        np.float64
    )
    linked = np.concatenate([t.linked for t in tables]).astype(np.float64)
    center, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-3)
    weights = logistic_regression((rows - center) / scale, linked, _PENALTY)
    return LinkModel(
        tuple(names), _floats(center), _floats(scale), _floats(weights[1:]), float(weights[0]), 0.5
    )


def logistic_regression(
    rows: NDArray[np.float64], target: NDArray[np.float64], penalty: float
) -> NDArray[np.float64]:
    """Return intercept and weights of an L2-penalised logistic regression.

    Args:
        rows: Standardised signals. *Shape:* ``(n, k)``.
        target: 0 or 1 a row. *Shape:* ``(n,)``.
        penalty: Factor of half the squared weights; the intercept is free.

    Returns:
        *Shape:* ``(k + 1,)``, the intercept first.

    Source:
        Newton's method (iteratively reweighted least squares), Hastie et al. 2009, section 4.4.1.
    """
    design = np.column_stack([np.ones(len(rows)), rows])
    ridge = np.diag([1e-6, *[penalty] * rows.shape[1]])
    weights = np.zeros(design.shape[1])
    for _ in range(50):
        probability = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        gradient = design.T @ (target - probability) - ridge @ weights
        curvature = (design * (probability * (1 - probability))[:, None]).T @ design + ridge
        step = np.linalg.solve(curvature, gradient)
        # Newton's full step can overshoot far from the optimum.
        weights += step * min(1.0, 5 / max(float(np.abs(step).max()), 1e-12))
        if np.abs(step).max() < 1e-8:
            break
    return weights


def _best_f1(probability: NDArray[np.float32], linked: NDArray[np.bool_]) -> float:
    order = np.argsort(-probability, kind="stable")
    hits = np.cumsum(linked[order])
    return float((2 * hits / (np.arange(1, len(hits) + 1) + linked.sum())).max())


def _restricted(example: Example, models: Sequence[str], kinds: Sequence[str]) -> Example:
    return replace(
        example,
        encoded=tuple(e for e in example.encoded if e.model in models),
        topics=example.topics if "topics" in kinds else None,
        mentions=example.mentions if "mentions" in kinds else None,
    )


def _power_set(items: Sequence[str]) -> list[tuple[str, ...]]:
    subsets: list[tuple[str, ...]] = [()]
    for item in items:
        subsets += [(*subset, item) for subset in subsets]
    return subsets


def _floats(values: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(float(v) for v in values)
