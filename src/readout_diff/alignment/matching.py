"""Matching: from signals to links."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readout_diff.alignment.background import Matrix
from readout_diff.alignment.links import Alignment, Link
from readout_diff.alignment.monotone import monotone_beads
from readout_diff.alignment.parameters import LinkModel, Parameters, shipped_parameters
from readout_diff.alignment.signals import (
    Encoded,
    Topics,
    evened,
    formulaic_signals,
    gap_signal,
    mention_signals,
    similarity_signals,
    topic_signals,
)
from readout_diff.errors import UnknownComponentError
from readout_diff.passages import Passage

_EVEN_ODDS = 0.5
ORDERS = ("auto", "free", "monotone")
Kinds = Sequence[str | None]
Mentions = Sequence[frozenset[Hashable]]

# What is letter for letter the same reports the same, whatever the signals say.
_IDENTICAL = 0.999
# Accounts of one event have a partner for a good part of the shorter side; between accounts of different
# events chance leaves next to none. See docs/accuracy.md for how well the two part.
_COMMON_GROUND, _COMMON_GROUND_WIDTH = 0.18, 0.02
# Sure partners in accounts are alike by about 0.3 (at most 0.55 in the gold pairs), in translations by 0.7.
_SURE, _TRANSLATION = 0.9, 0.58
# Where the partner of a passage is its translation, what is merely on the same subject is no partner.
_TRANSLATED_CLAUSE, _STEEPNESS = 1.5, 2.0
# Translations that keep the order have hardly a crossing, and a plain partner for most passages; of a few
# partners no order can be told.
_IN_ORDER, _COVERED, _FEWEST, _LIKELY = 0.98, 0.5, 8, 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What is known of two sides; each attribute holds (left, right).

    `topics` are, for each passage, topic ids with a score in (0, 1]; `formulaic` tells "opening",
    "closing" and "atmosphere" from None; `mentions` are comparable keys of what a passage names. None
    stands for "not known".
    """

    passages: tuple[Sequence[Passage], Sequence[Passage]]
    encoded: Sequence[Encoded]
    topics: tuple[Topics, Topics] | None = None
    formulaic: tuple[Kinds, Kinds] | None = None
    mentions: tuple[Mentions, Mentions] | None = None
    issues: tuple[Topics, Topics] | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of evidence beside the encoders that link models tell apart."""
        given = {"issues": self.issues, "mentions": self.mentions, "topics": self.topics}
        return tuple(name for name, value in given.items() if value is not None)


def align_passages(
    left: Sequence[Passage],
    right: Sequence[Passage],
    *,
    encoded: Sequence[Encoded],
    topics: tuple[Topics, Topics] | None = None,
    formulaic: tuple[Kinds, Kinds] | None = None,
    mentions: tuple[Mentions, Mentions] | None = None,
    issues: tuple[Topics, Topics] | None = None,
    order: str = "auto",
    parameters: Parameters | None = None,
) -> Alignment:
    """Link the passages of two sides that report the same thing.

    Args:
        left: Passages of the left side.
        right: Passages of the right side.
        encoded: Both sides in the space of each encoder, at least one.
        topics: For each side and passage, topic ids with a score in (0, 1]. None: not known.
        formulaic: For each side and passage "opening", "closing", "atmosphere" or None. None: not known.
        mentions: For each side and passage, comparable keys of what it names (countries, persons,
            numbers, dates). None: not known.
        issues: As `topics`, for the finer subjects of the scheme "issues". None: not known.
        order: "free", "monotone" (both sides tell the same in the same order, as translations do), or
            "auto": monotone only where the passages plainly are in order and nearly all have a partner.
        parameters: Fitted weights; those shipped where None.

    Returns:
        All links, then each passage without one, exactly once, with an empty other side.

    Raises:
        UnknownComponentError: If `order` is not known.
    """
    if order not in ORDERS:
        raise UnknownComponentError.of("order", order, ORDERS)
    evidence = Evidence((left, right), encoded, topics, formulaic, mentions, issues)
    if not left or not right:
        nothing = np.zeros((len(left), len(right)), np.float32)
        return _alignment(evidence, _Found(nothing, nothing, 1.0, 0.0), {})
    signals = pair_signals(evidence)
    _, model = choose_model(encoded, evidence.kinds, parameters)
    probability, one_event = link_probability(signals, model)
    threshold, confidence = model.threshold, model.confidence(probability)
    translated = is_translation(signals, probability)
    if translated or order == "monotone":
        probability, threshold = translation_probability(signals["any:clause"]), _EVEN_ODDS
        if order == "monotone" or (order == "auto" and is_monotone(probability)):
            probability = _along_beads(evidence, probability)
        confidence = probability
    plain = [np.array([" ".join(p.text.casefold().split()) for p in side], object) for side in (left, right)]
    same_text = (plain[0][:, None] == plain[1][None, :]).astype(bool)
    probability, confidence = (
        np.where(same_text, np.maximum(values, np.float32(_IDENTICAL)), values)
        for values in (probability, confidence)
    )
    found = _Found(probability, confidence, threshold, one_event)
    return _alignment(evidence, found, signals)


def choose_model(
    encoded: Sequence[Encoded],
    kinds: Iterable[str],
    parameters: Parameters | None = None,
) -> tuple[str, LinkModel]:
    """Return key and link model for the evidence at hand; a key that starts with "any" is uncalibrated."""
    return (parameters or shipped_parameters()).choose([e.model for e in encoded], kinds)


def encoder_signals(evidence: Evidence) -> dict[str, dict[str, Matrix]]:
    """Return the signals of each encoder by its name, for two sides that are not empty."""
    left, right = evidence.passages
    return {e.model: similarity_signals(e, left[0].lang, right[0].lang) for e in evidence.encoded}


def pair_signals(
    evidence: Evidence, each: Mapping[str, Mapping[str, Matrix]] | None = None
) -> dict[str, Matrix]:
    """Return every signal for two sides that are not empty.

    Signals of an encoder are named "model:signal"; "any:signal" is their mean over the encoders.

    Args:
        evidence: What is known of the sides.
        each: What `encoder_signals` gives for it, where that is known already.
    """
    left, right = evidence.passages
    each = encoder_signals(evidence) if each is None else each
    signals = {f"{model}:{name}": matrix for model, values in each.items() for name, matrix in values.items()}
    for name in ("cosine", "even", "near", "clause", "issue"):
        signals[f"any:{name}"] = np.mean([values[name] for values in each.values()], axis=0, dtype=np.float32)
    # Sums of float32 depend on their order, and the sides may be swapped: compare rounded values.
    signals |= gap_signal(signals["any:clause"].round(5), evidence.topics, evidence.issues)
    signals |= formulaic_signals(*(evidence.formulaic or ([None] * len(left), [None] * len(right))))
    if evidence.topics is not None:
        signals |= topic_signals(*evidence.topics)
    if evidence.mentions is not None:
        signals |= mention_signals(*evidence.mentions)
    if evidence.issues is not None:
        shared = topic_signals(*evidence.issues)
        signals |= {name.replace("topic", "issue"): matrix for name, matrix in shared.items()}
    return signals


def link_probability(signals: Mapping[str, Matrix], model: LinkModel) -> tuple[Matrix, float]:
    """Return the probability of each pair of passages, and that both sides report one event."""
    probability = model.probability(signals)
    content = np.where((signals["opening"] > 0) | (signals["closing"] > 0), 0, probability)
    one_event = _one_event(content)
    probability = probability * np.float32(one_event)
    # Who called whom opens every account: an opening reports nothing that another sentence could share.
    probability = np.where(signals["opening"] > 0, probability * np.float32(0.01), probability)
    return probability.round(4).astype(np.float32), one_event


def is_translation(signals: Mapping[str, Matrix], probability: Matrix) -> bool:
    """Return whether the sides hold translations of each other's passages rather than two accounts."""
    rows, columns = _mutual_best(probability, _SURE)
    return len(rows) > 1 and float(np.median(signals["any:even"][rows, columns])) >= _TRANSLATION


def translation_probability(clause: Matrix) -> Matrix:
    """Return the probability that a passage, or a part of it, translates the other."""
    probability = 1 / (1 + np.exp(_STEEPNESS * (_TRANSLATED_CLAUSE - clause.astype(np.float64))))
    return probability.round(4).astype(np.float32)


def is_monotone(probability: Matrix) -> bool:
    """Return whether most passages have a partner, and the partners stand in the same order."""
    rows, columns = _mutual_best(probability, _LIKELY)
    if len(rows) < _FEWEST:
        return False
    same_order = np.sign(rows[:, None] - rows[None, :]) * np.sign(columns[:, None] - columns[None, :]) > 0
    linked = probability >= _EVEN_ODDS
    covered = min(linked.any(axis=1).mean(), linked.any(axis=0).mean())
    return bool(covered >= _COVERED and same_order.sum() / (same_order.size - len(rows)) >= _IN_ORDER)


def _along_beads(evidence: Evidence, probability: Matrix) -> Matrix:
    left, right = evidence.passages
    sides = [evened(encoded, left[0].lang, right[0].lang) for encoded in evidence.encoded]
    inside = np.zeros(probability.shape, dtype=bool)
    for rows, columns in monotone_beads([a for a, _ in sides], [b for _, b in sides]):
        inside[np.ix_(rows, columns)] = True
    # The cut decides; the likeness of the pair itself only says how surely.
    return np.where(inside, (1 + probability) / 2, probability / 4).round(4).astype(np.float32)


def _mutual_best(probability: Matrix, least: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    best = (probability == probability.max(axis=1, keepdims=True)) & (probability == probability.max(axis=0))
    rows, columns = np.nonzero(best & (probability >= least))
    return rows, columns


def _one_event(probability: Matrix) -> float:
    """Return how sure it is that both sides report one event: by the partners the shorter side finds."""
    by_row, by_column = probability.max(axis=1).mean(), probability.max(axis=0).mean()
    rows, columns = probability.shape
    ground = (by_row + by_column) / 2 if rows == columns else by_row if rows < columns else by_column
    return round(1 / (1 + float(np.exp((_COMMON_GROUND - ground) / _COMMON_GROUND_WIDTH))), 4)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """What was found for every pair of passages, and for the two accounts as a whole (`one_event`)."""

    probability: Matrix
    confidence: Matrix
    threshold: float
    one_event: float


def _alignment(evidence: Evidence, found: _Found, signals: Mapping[str, Matrix]) -> Alignment:
    probability = found.probability
    linked = probability >= found.threshold
    opening = _both_open(evidence, linked.shape) & (linked | (found.one_event >= _EVEN_ODDS))
    links = []
    for i, j in np.argwhere(linked | opening):
        alone = linked[i].sum() == 1 and linked[:, j].sum() == 1
        relation = "formulaic" if opening[i, j] else "same" if alone else "partial"
        score = float(probability[i, j])
        confidence = found.one_event if opening[i, j] else float(found.confidence[i, j])
        reasons = _reasons(evidence, signals, i, j)
        links.append(Link((int(i),), (int(j),), score, confidence, relation, reasons))
    used = linked | opening
    for i in np.flatnonzero(~used.any(axis=1)):
        best = float(probability[i].max(initial=0))
        links.append(Link((int(i),), (), best, 1 - best, "none"))
    for j in np.flatnonzero(~used.any(axis=0)):
        best = float(probability[:, j].max(initial=0))
        links.append(Link((), (int(j),), best, 1 - best, "none"))
    probability.flags.writeable = False
    return Alignment(tuple(links), probability, probability, found.threshold)


def _both_open(evidence: Evidence, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    if evidence.formulaic is None:
        return np.zeros(shape, dtype=bool)
    left, right = ([kind == "opening" for kind in side] for side in evidence.formulaic)
    return np.outer(left, right).astype(bool).reshape(shape)


def _reasons(evidence: Evidence, signals: Mapping[str, Matrix], i: int, j: int) -> tuple[str, ...]:
    cosine = signals["any:cosine"]
    places = (int((cosine[i] > cosine[i, j]).sum()), int((cosine[:, j] > cosine[i, j]).sum()))
    # Worded without "left" and "right", so that it holds with the sides swapped.
    nearest = "nearest to each other" if max(places) == 0 else f"number {min(places) + 1} in nearness"
    phrases = [f"similarity {cosine[i, j]:.2f}, {nearest}"]
    if evidence.topics is not None:
        shared = sorted(evidence.topics[0][i].keys() & evidence.topics[1][j].keys())
        phrases += [f"topics: {', '.join(shared)}"] if shared else []
    if evidence.mentions is not None:
        named = sorted(str(key) for key in evidence.mentions[0][i] & evidence.mentions[1][j])
        phrases += [f"both name: {', '.join(named)}"] if named else []
    return tuple(phrases)
