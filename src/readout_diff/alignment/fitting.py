"""Fitting: link parameters from annotated pairs."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readout_diff.alignment.matching import Evidence, encoder_signals, in_question, pair_signals
from readout_diff.alignment.pairs import Indices, Pairs, Values
from readout_diff.alignment.parameters import (
    WITHOUT_ENCODER,
    LinkModel,
    Parameters,
    Reading,
    logit_of,
    standardised,
)
from readout_diff.alignment.signals import Topics
from readout_diff.errors import ReadoutDiffError

# Penalty on half the squared weights of standardised signals.
_PENALTY = 8.0
_READING_PENALTY = 1.0
# Cues fitted to the annotated pairs find more in them than they will elsewhere: a second pass over the
# examples with this share of the topics forgotten keeps the fit from trusting topics too much.
_FORGOTTEN_PERCENT = 15
# From this probability on, a pair counts for how far probabilities can be trusted.
_LIKELY = 0.05
# The logit of the surest probability that is told from 1.
_SUREST = 9.21
_PRECISION = 1e-7
ENCODER_SIGNALS = ("plain", "clause", "context", "issue")
PAIR_SIGNALS = ("closing",)
EVIDENCE_SIGNALS = {
    "issues": ("issue_apart", "issue_overlap", "issue_shared"),
    "mentions": ("mentions",),
    "terms": ("terms",),
    "topics": ("topic_apart", "topic_shared"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """An annotated pair with everything `align_passages` is given.

    `strength` holds (left, right): 1 or 2; `ignored` the pairs that count neither way, as opening with
    opening. Examples of the same `group` (variants of one pair) are left out together. All examples
    need the same encoders and the same kinds of evidence.
    """

    evidence: Evidence
    strength: Mapping[tuple[int, int], int]
    ignored: frozenset[tuple[int, int]] = frozenset()
    group: str = ""


def fit(examples: Sequence[Example], provenance: str) -> Parameters:
    """Fit a link model for each encoder, for all and for none, and for every subset of the other evidence.

    Links of strength 2 are links, those of strength 1 are left out. The threshold of each model is half
    the best F1 it reaches on groups it was not fitted on: the best decision line of a calibrated
    probability.

    Args:
        examples: Annotated pairs of at least two groups.
        provenance: What the examples are, for the record.

    Returns:
        The parameters; the encoder part "any" is fitted on each encoder alone. Without an encoder there
        are models of the subsets with content words only: the rest alone links next to nothing.

    Raises:
        ReadoutDiffError: If there are fewer than two groups, no link of strength 2, or a reader for some of
            the pairs only.

    Source:
        Lipton, Elkan, Naryanaswamy 2014, "Optimal thresholding of classifiers to maximize F1 measure".
    """
    if len({e.group for e in examples}) < 2 or not any(2 in e.strength.values() for e in examples):
        raise ReadoutDiffError("fitting needs two or more annotated pairs, and links of strength 2 in them")
    if len({example.evidence.read is None for example in examples}) > 1:
        raise ReadoutDiffError("some annotated pairs have a reader and some have none; right is all, or none")
    models = sorted(encoded.model for encoded in examples[0].evidence.encoded)
    subsets: list[tuple[str, ...]] = [(model,) for model in models]
    subsets += [tuple(models)] if len(models) > 1 else []
    # The encoders' signals are what costs, and are the same for every subset of the evidence.
    similar = [encoder_signals(example.evidence, _all_pairs(example.evidence)) for example in examples]
    examples = [_remembering(example) for example in examples]
    fitted = {}
    for kinds in _power_set(examples[0].evidence.kinds):
        alone: list[Table] = []
        for members in [*subsets, ()] if "terms" in kinds else subsets:
            tables = []
            for example, each in zip(examples, similar, strict=True):
                part = _restricted(example, members, kinds)
                tables += tables_of(part, {member: each[member] for member in members})
            head = "+".join(members) or WITHOUT_ENCODER
            fitted["|".join([head, *kinds])] = fit_model(tables, signal_names(members, kinds))
            alone += tables if len(members) == 1 else []
        if alone:
            fitted["|".join(["any", *kinds])] = fit_model(alone, signal_names(["any"], kinds))
    return Parameters(fitted, provenance)


def signal_names(encoders: Sequence[str], kinds: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the signals of a model, in their fixed order."""
    near = [f"{encoder}:{signal}" for encoder in encoders for signal in ENCODER_SIGNALS]
    gap = ["gap"] if encoders else []
    return (*near, *gap, *PAIR_SIGNALS, *(s for kind in kinds for s in EVIDENCE_SIGNALS[kind]))


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The judged pairs of passages of one example: signals by name, and whether they are linked.

    `weak` pairs are on the same point only (strength 1): neither linked nor unlinked. A `trial` table is
    fitted on, but not asked where to draw the line. `read` gives for places in the table what a reader makes
    of these pairs, *Shape:* ``(n,)``; None where there is no reader.
    """

    signals: Mapping[str, NDArray[np.float32]]
    linked: NDArray[np.bool_]
    weak: NDArray[np.bool_]
    group: str
    trial: bool = False
    read: Callable[[Indices], Values] | None = None


def tables_of(example: Example, each: Mapping[str, Mapping[str, Values]] | None = None) -> list[Table]:
    """Return the judged pairs of an example, and again with some topics forgotten where it has topics.

    Args:
        example: The annotated pair.
        each: What `encoder_signals` gives for its evidence, where that is known already.
    """
    evidence = example.evidence
    pairs = _all_pairs(evidence)
    strength = np.array([example.strength.get(pair, 0) for pair in pairs], int)
    judged = np.array([pair not in example.ignored for pair in pairs], bool)
    variants = [(evidence, False)]
    if evidence.topics is not None or evidence.issues is not None:
        less = replace(
            evidence,
            topics=_both_forgetful(evidence.topics, example.group),
            issues=_both_forgetful(evidence.issues, example.group),
        )
        variants.append((less, True))
    tables = []
    for variant, trial in variants:
        signals = pair_signals(variant, pairs, each)
        kept = judged & (signals["opening"] == 0)
        values = {name: vector[kept] for name, vector in signals.items()}
        linked, weak = (strength[kept] == value for value in (2, 1))
        read = partial(_read_at, evidence.read, pairs.only(kept)) if evidence.read else None
        tables.append(Table(values, linked, weak, example.group, trial, read))
    return tables


def fit_model(tables: Sequence[Table], names: Sequence[str]) -> LinkModel:
    """Fit one link model; threshold and certainty come from leaving each group out in turn."""
    values = np.concatenate([np.stack([t.signals[n] for n in names], axis=1) for t in tables]).astype(
        np.float64
    )
    linked = np.concatenate([t.linked for t in tables])
    judged = ~np.concatenate([t.weak for t in tables])
    trial = np.repeat([t.trial for t in tables], [len(t.linked) for t in tables])
    group = np.repeat([t.group for t in tables], [len(t.linked) for t in tables])
    center, scale = values[judged].mean(axis=0), np.maximum(values[judged].std(axis=0), 1e-3)
    rows, target = standardised(values, center, scale), linked.astype(np.float64)
    weights = logistic_regression(rows[judged], target[judged], _PENALTY)
    logit = _left_out(rows, target, judged, group, _PENALTY, weights)
    probability = 1 / (1 + np.exp(-logit))
    known = ~trial & judged
    best = _best_f1(probability[known], linked[known])
    likely = ~trial & (probability >= _LIKELY)
    ends = np.cumsum([len(t.linked) for t in tables])[:-1]
    return LinkModel(
        signals=tuple(names),
        center=_floats(center),
        scale=_floats(scale),
        weight=_floats(weights[1:]),
        intercept=float(weights[0]),
        threshold=best / 2,
        certainty=_certainty(logit[likely], target[likely]),
        reading=fit_reading(tables, np.split(probability, ends)) if all(t.read for t in tables) else None,
    )


def fit_reading(tables: Sequence[Table], probability: Sequence[NDArray[np.float64]]) -> Reading:
    """Fit what the reader adds, to pairs whose probability comes from models they were not fitted with.

    Args:
        tables: The judged pairs; those of trials are left out.
        probability: For each table, the probability of its pairs before reading.
    """
    own = [(table, before) for table, before in zip(tables, probability, strict=True) if not table.trial]
    linked, weak = (np.concatenate([getattr(table, name) for table, _ in own]) for name in ("linked", "weak"))
    group = np.repeat([table.group for table, _ in own], [len(before) for _, before in own])
    after = np.concatenate([before for _, before in own])
    asked = in_question(after)
    read = [table.read(np.flatnonzero(in_question(before))) for table, before in own if table.read]
    rows, target = np.column_stack([logit_of(after[asked]), np.concatenate(read)]), linked.astype(np.float64)
    judged = ~weak[asked]
    weights = logistic_regression(rows[judged], target[asked][judged], _READING_PENALTY)
    logit = _left_out(rows, target[asked], judged, group[asked], _READING_PENALTY, weights)
    after[asked] = 1 / (1 + np.exp(-logit))
    best = _best_f1(after[~weak], linked[~weak])
    likely = after >= _LIKELY
    return Reading(
        intercept=float(weights[0]),
        weight=(float(weights[1]), float(weights[2])),
        threshold=best / 2,
        certainty=_certainty(logit_of(after[likely]), target[likely]),
    )


def logistic_regression(
    rows: NDArray[np.float64],
    target: NDArray[np.float64],
    penalty: float,
    start: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """Return intercept and weights of an L2-penalised logistic regression.

    Args:
        rows: Standardised signals. *Shape:* ``(n, k)``.
        target: 0 or 1 a row. *Shape:* ``(n,)``.
        penalty: Factor of half the squared weights; the intercept is free.
        start: Where to start from; what is near the result saves time.

    Returns:
        *Shape:* ``(k + 1,)``, the intercept first.

    Source:
        Newton's method (iteratively reweighted least squares), Hastie et al. 2009, section 4.4.1.
    """
    design = np.column_stack([np.ones(len(rows)), rows])
    ridge = np.diag([1e-6, *[penalty] * rows.shape[1]])
    weights = np.zeros(design.shape[1]) if start is None else start.copy()
    for _ in range(50):
        probability = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        gradient = design.T @ (target - probability) - ridge @ weights
        curvature = (design * (probability * (1 - probability))[:, None]).T @ design + ridge
        step = np.linalg.solve(curvature, gradient)
        # Newton's full step can overshoot far from the optimum.
        weights += step * min(1.0, 5 / max(float(np.abs(step).max()), 1e-12))
        if np.abs(step).max() < _PRECISION:
            break
    return weights


def _left_out(
    rows: NDArray[np.float64],
    target: NDArray[np.float64],
    judged: NDArray[np.bool_],
    group: NDArray[np.str_],
    penalty: float,
    start: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the logit of each row by a regression over the judged rows of all other groups."""
    logit = np.zeros(len(rows))
    for left_out in sorted(set(group)):
        others, own = judged & (group != left_out), group == left_out
        fitted = logistic_regression(rows[others], target[others], penalty, start)
        logit[own] = fitted[0] + rows[own] @ fitted[1:]
    return logit


def _certainty(logit: NDArray[np.float64], target: NDArray[np.float64]) -> tuple[float, float]:
    """Return by which intercept and slope these logits hold."""
    intercept, slope = logistic_regression(np.clip(logit, -_SUREST, _SUREST)[:, None], target, 1.0)
    return float(intercept), float(slope)


def _all_pairs(evidence: Evidence) -> Pairs:
    return Pairs.all_of((len(evidence.passages[0]), len(evidence.passages[1])))


def _best_f1(probability: NDArray[np.float64], linked: NDArray[np.bool_]) -> float:
    order = np.argsort(-probability, kind="stable")
    hits = np.cumsum(linked[order])
    return float((2 * hits / (np.arange(1, len(hits) + 1) + linked.sum())).max())


def _read_at(read: Callable[[Pairs], Values], pairs: Pairs, places: Indices) -> Values:
    return read(pairs.only(places))


def _remembering(example: Example) -> Example:
    """Return an example that reads each pair once, however many models ask for it."""
    read = example.evidence.read
    if read is None:
        return example
    shape = _all_pairs(example.evidence).shape
    kept = np.full(shape, np.nan, np.float32)

    def remembered(pairs: Pairs) -> Values:
        new = pairs.only(np.isnan(kept[pairs.left, pairs.right]))
        if len(new):
            kept[new.left, new.right] = read(new)
        return np.asarray(kept[pairs.left, pairs.right])

    return replace(example, evidence=replace(example.evidence, read=remembered))


def _restricted(example: Example, models: Sequence[str], kinds: Sequence[str]) -> Example:
    given = example.evidence
    left_out: dict[str, Any] = {kind: None for kind in EVIDENCE_SIGNALS if kind not in kinds}
    encoded = tuple(e for e in given.encoded if e.model in models)
    evidence = replace(given, encoded=encoded, **left_out)
    return replace(example, evidence=evidence)


def _both_forgetful(topics: tuple[Topics, Topics] | None, seed: str) -> tuple[Topics, Topics] | None:
    return None if topics is None else (_forgetful(topics[0], seed), _forgetful(topics[1], seed))


def _forgetful(topics: Topics, seed: str) -> Topics:
    return [
        {
            topic: score
            for topic, score in passage.items()
            if zlib.crc32(f"{seed} {index} {topic}".encode()) % 100 >= _FORGOTTEN_PERCENT
        }
        for index, passage in enumerate(topics)
    ]


def _power_set(items: Sequence[str]) -> list[tuple[str, ...]]:
    subsets: list[tuple[str, ...]] = [()]
    for item in items:
        subsets += [(*subset, item) for subset in subsets]
    return subsets


def _floats(values: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(float(v) for v in values)
