"""Matching: from signals to links."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readout_diff.alignment.background import Matrix
from readout_diff.alignment.links import Alignment, Link
from readout_diff.alignment.parameters import LinkModel, Parameters, shipped_parameters
from readout_diff.alignment.signals import (
    Encoded,
    Topics,
    formulaic_signals,
    gap_signal,
    mention_signals,
    similarity_signals,
    topic_signals,
)
from readout_diff.passages import Passage

Kinds = Sequence[str | None]
Mentions = Sequence[frozenset[Hashable]]

# What is letter for letter the same reports the same, whatever the signals say.
_IDENTICAL = 0.999
# Accounts of one event have a partner for a good part of the shorter side; between accounts of different
# events chance leaves next to none. See docs/accuracy.md for how well the two part.
_COMMON_GROUND, _COMMON_GROUND_WIDTH = 0.18, 0.02


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

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of evidence beside the encoders that link models tell apart."""
        given = {"mentions": self.mentions, "topics": self.topics}
        return tuple(name for name, value in given.items() if value is not None)


def align_passages(
    left: Sequence[Passage],
    right: Sequence[Passage],
    *,
    encoded: Sequence[Encoded],
    topics: tuple[Topics, Topics] | None = None,
    formulaic: tuple[Kinds, Kinds] | None = None,
    mentions: tuple[Mentions, Mentions] | None = None,
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
        order: "free", "monotone" (both sides tell the same in the same order, as translations do), or
            "auto": monotone only where the passages plainly are in order and nearly all have a partner.
        parameters: Fitted weights; those shipped where None.

    Returns:
        All links, then each passage without one, exactly once, with an empty other side.
    """
    evidence = Evidence((left, right), encoded, topics, formulaic, mentions)
    if not left or not right:
        return _alignment(evidence, np.zeros((len(left), len(right)), np.float32), 1.0, {}, 0.0)
    signals = pair_signals(evidence)
    _, model = choose_model(encoded, topics, mentions, parameters)
    probability, one_event = link_probability(signals, model)
    same_text = np.array([[_plain(a) == _plain(b) for b in right] for a in left])
    probability[same_text] = np.maximum(probability[same_text], np.float32(_IDENTICAL))
    return _alignment(evidence, probability, model.threshold, signals, one_event)


def choose_model(
    encoded: Sequence[Encoded],
    topics: object,
    mentions: object,
    parameters: Parameters | None = None,
) -> tuple[str, LinkModel]:
    """Return key and link model for the evidence at hand; a key that starts with "any" is uncalibrated."""
    given = {"mentions": mentions, "topics": topics}
    return (parameters or shipped_parameters()).choose(
        [e.model for e in encoded], [name for name, value in given.items() if value is not None]
    )


def pair_signals(evidence: Evidence) -> dict[str, Matrix]:
    """Return every signal for two sides that are not empty.

    Signals of an encoder are named "model:signal"; "any:signal" is their mean over the encoders.
    """
    left, right = evidence.passages
    each = {e.model: similarity_signals(e, left[0].lang, right[0].lang) for e in evidence.encoded}
    signals = {f"{model}:{name}": matrix for model, values in each.items() for name, matrix in values.items()}
    for name in ("cosine", "near", "clause", "issue"):
        signals[f"any:{name}"] = np.mean([values[name] for values in each.values()], axis=0, dtype=np.float32)
    # Sums of float32 depend on their order, and the sides may be swapped: compare rounded values.
    signals |= gap_signal(signals["any:clause"].round(5), evidence.topics)
    signals |= formulaic_signals(*(evidence.formulaic or ([None] * len(left), [None] * len(right))))
    if evidence.topics is not None:
        signals |= topic_signals(*evidence.topics)
    if evidence.mentions is not None:
        signals |= mention_signals(*evidence.mentions)
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


def _one_event(probability: Matrix) -> float:
    """Return how sure it is that both sides report one event: by the partners the shorter side finds."""
    by_row, by_column = probability.max(axis=1).mean(), probability.max(axis=0).mean()
    rows, columns = probability.shape
    ground = (by_row + by_column) / 2 if rows == columns else by_row if rows < columns else by_column
    return round(1 / (1 + float(np.exp((_COMMON_GROUND - ground) / _COMMON_GROUND_WIDTH))), 4)


def _alignment(
    evidence: Evidence,
    probability: Matrix,
    threshold: float,
    signals: Mapping[str, Matrix],
    one_event: float,
) -> Alignment:
    linked = probability >= threshold
    opening = _both_open(evidence, linked.shape) & (linked | (one_event >= 0.5))
    links = []
    for i, j in np.argwhere(linked | opening):
        alone = linked[i].sum() == 1 and linked[:, j].sum() == 1
        relation = "formulaic" if opening[i, j] else "same" if alone else "partial"
        score = float(probability[i, j])
        links.append(Link((int(i),), (int(j),), score, score, relation, _reasons(evidence, signals, i, j)))
    used = linked | opening
    for i in np.flatnonzero(~used.any(axis=1)):
        best = float(probability[i].max(initial=0))
        links.append(Link((int(i),), (), best, 1 - best, "none"))
    for j in np.flatnonzero(~used.any(axis=0)):
        best = float(probability[:, j].max(initial=0))
        links.append(Link((), (int(j),), best, 1 - best, "none"))
    probability.flags.writeable = False
    return Alignment(tuple(links), probability, probability, threshold)


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


def _plain(passage: Passage) -> str:
    return " ".join(passage.text.casefold().split())
