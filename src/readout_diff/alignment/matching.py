"""Matching: from signals to links."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import numpy as np

from readout_diff.alignment.links import Alignment, Link
from readout_diff.alignment.parameters import LinkModel, Parameters, shipped_parameters
from readout_diff.alignment.signals import (
    Encoded,
    Matrix,
    formulaic_signals,
    mention_signals,
    position_signal,
    rank_signals,
    similarity_signals,
    topic_signals,
)
from readout_diff.passages import Passage

# What is letter for letter the same reports the same, whatever the signals say.
_IDENTICAL = 0.999


def align_passages(
    left: Sequence[Passage],
    right: Sequence[Passage],
    *,
    encoded: Sequence[Encoded],
    topics: tuple[Sequence[Mapping[str, float]], Sequence[Mapping[str, float]]] | None = None,
    formulaic: tuple[Sequence[str | None], Sequence[str | None]] | None = None,
    mentions: tuple[Sequence[frozenset[Hashable]], Sequence[frozenset[Hashable]]] | None = None,
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
    if not left or not right:
        empty = np.zeros((len(left), len(right)), np.float32)
        return _alignment(left, right, empty, empty, 1.0, {}, formulaic)
    signals = pair_signals(
        left, right, encoded=encoded, topics=topics, formulaic=formulaic, mentions=mentions
    )
    _, model = choose_model(encoded, topics, mentions, parameters)
    probability = model.probability(signals)
    same_text = np.array([[_plain(a) == _plain(b) for b in right] for a in left])
    probability = np.where(same_text, np.maximum(probability, np.float32(_IDENTICAL)), probability)
    scores = probability
    return _alignment(left, right, scores, probability, model.threshold, signals, formulaic)


def choose_model(
    encoded: Sequence[Encoded],
    topics: object,
    mentions: object,
    parameters: Parameters | None = None,
) -> tuple[str, LinkModel]:
    """Return key and link model for the evidence at hand; a key that starts with "any" is uncalibrated."""
    given = {"topics": topics, "mentions": mentions}
    return (parameters or shipped_parameters()).choose(
        [e.model for e in encoded], [name for name, value in given.items() if value is not None]
    )


def pair_signals(
    left: Sequence[Passage],
    right: Sequence[Passage],
    *,
    encoded: Sequence[Encoded],
    topics: tuple[Sequence[Mapping[str, float]], Sequence[Mapping[str, float]]] | None = None,
    formulaic: tuple[Sequence[str | None], Sequence[str | None]] | None = None,
    mentions: tuple[Sequence[frozenset[Hashable]], Sequence[frozenset[Hashable]]] | None = None,
) -> dict[str, Matrix]:
    """Return every signal for two sides that are not empty; arguments as for `align_passages`.

    Signals of an encoder are named "model:signal"; "any:signal" is their mean over the encoders.
    """
    each = {e.model: similarity_signals(e, left[0].lang, right[0].lang) for e in encoded}
    names = set.intersection(*(set(values) for values in each.values()))
    signals = {f"{model}:{name}": matrix for model, values in each.items() for name, matrix in values.items()}
    for name in sorted(names):
        signals[f"any:{name}"] = np.mean([values[name] for values in each.values()], axis=0, dtype=np.float32)
    signals |= rank_signals(signals["any:near"])
    signals |= position_signal(len(left), len(right))
    nothing: tuple[list[None], list[None]] = ([None] * len(left), [None] * len(right))
    signals |= formulaic_signals(*(formulaic or nothing))
    if topics is not None:
        signals |= topic_signals(*topics)
    if mentions is not None:
        signals |= mention_signals(*mentions)
    return signals


def _alignment(
    left: Sequence[Passage],
    right: Sequence[Passage],
    scores: Matrix,
    probability: Matrix,
    threshold: float,
    signals: Mapping[str, Matrix],
    formulaic: tuple[Sequence[str | None], Sequence[str | None]] | None,
) -> Alignment:
    linked = probability >= threshold
    opening = np.zeros_like(linked)
    if formulaic is not None:
        opening = np.array([[a == b == "opening" for b in formulaic[1]] for a in formulaic[0]], dtype=bool)
        opening = opening.reshape(linked.shape)
    links = []
    for i, j in np.argwhere(linked | opening):
        alone = linked[i].sum() == 1 and linked[:, j].sum() == 1
        relation = "formulaic" if opening[i, j] else "same" if alone else "partial"
        links.append(
            Link(
                (int(i),), (int(j),), float(scores[i, j]), float(probability[i, j]), relation,
                _evidence(signals, int(i), int(j)),
            )
        )  # fmt: skip
    used = linked | opening
    for i in np.flatnonzero(~used.any(axis=1)):
        best = float(probability[i].max(initial=0))
        links.append(Link((int(i),), (), best, 1 - best, "none"))
    for j in np.flatnonzero(~used.any(axis=0)):
        best = float(probability[:, j].max(initial=0))
        links.append(Link((), (int(j),), best, 1 - best, "none"))
    for matrix in (scores, probability):
        matrix.flags.writeable = False
    return Alignment(tuple(links), scores, probability, threshold)


def _evidence(signals: Mapping[str, Matrix], i: int, j: int) -> tuple[str, ...]:
    cosine = signals["any:cosine"]
    places = (int((cosine[i] > cosine[i, j]).sum()), int((cosine[:, j] > cosine[i, j]).sum()))
    # Worded without "left" and "right", so that it holds with the sides swapped.
    nearest = "nearest to each other" if max(places) == 0 else f"number {min(places) + 1} in nearness"
    return (f"similarity {cosine[i, j]:.2f}, {nearest}",)


def _plain(passage: Passage) -> str:
    return " ".join(passage.text.casefold().split())
