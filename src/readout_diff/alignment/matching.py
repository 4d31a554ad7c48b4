"""Matching: from signals to links."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readout_diff.alignment.candidates import (
    ALL_PAIRS,
    NEAREST,
    NEAREST_ON_SUBJECT,
    USUAL,
    candidate_pairs,
    sharing_most,
)
from readout_diff.alignment.keys import SharedKeys
from readout_diff.alignment.links import Alignment, Link
from readout_diff.alignment.monotone import band_along, monotone_beads, share_in_order
from readout_diff.alignment.pairs import Indices, Pairs, PairValues, Values
from readout_diff.alignment.parameters import (
    LinkModel,
    Parameters,
    Reading,
    confidence_of,
    shipped_parameters,
)
from readout_diff.alignment.parts import Encoded, evened, evened_parts
from readout_diff.alignment.signals import (
    Topics,
    formulaic_signals,
    gap_signal,
    mention_signals,
    similarity_signals,
    term_signals,
    topic_signals,
)
from readout_diff.errors import UnknownComponentError
from readout_diff.glossary import telling_keys
from readout_diff.passages import Passage

_EVEN_ODDS = 0.5
ORDERS = ("auto", "free", "monotone")
Kinds = Sequence[str | None]
Mentions = Sequence[frozenset[Hashable]]
Terms = Sequence[frozenset[str]]

MONOTONE_NEEDS_VECTORS = "order 'monotone' needs vectors; right is an embedder, or order 'free' or 'auto'"
"""What is said where an order is asked for that cannot be told without an encoder."""

# What is letter for letter the same reports the same, whatever the signals say.
_IDENTICAL = 0.999
# Accounts of one event have a partner for a good part of the shorter side; between accounts of different
# events chance leaves next to none. See docs/accuracy.md for how well the two part.
_COMMON_GROUND, _COMMON_GROUND_WIDTH = 0.23, 0.02
# Openings of accounts of one event name the same persons or states; where they do not, it takes more. Where
# both name two persons, or a person and a state, it takes little: opposed accounts share little
# beside that.
_COMMON_GROUND_OF_STRANGERS = 0.48
_COMMON_GROUND_OF_ACQUAINTED = 0.05
_PERSON, _PARTIES = "name:", ("country", "name", "org")
# Sure partners in accounts are alike by about 0.3 (at most 0.55 in the gold pairs), in translations by 0.7.
_SURE, _TRANSLATION = 0.9, 0.58
# Where the partner of a passage is its translation, what is merely on the same subject is no partner.
_TRANSLATED_CLAUSE, _STEEPNESS = 1.5, 2.0
# A reader is slow: it is asked only of pairs that the signals leave in doubt, one for fifteen passages or so.
_IN_QUESTION = 0.3, 0.6
# Of the content words that both passages of a link hold, the evidence names the rarest.
_WORDS = 5
# Translations that keep the order have hardly a crossing, and a plain partner for most passages; of a few
# partners no order can be told.
_IN_ORDER, _COVERED, _FEWEST, _LIKELY = 0.98, 0.5, 8, 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What is known of two sides; each attribute holds (left, right), None where it is not known.

    Attributes:
        passages: The passages of both sides.
        encoded: Both sides in the space of each encoder; where there is none, `terms` must be known.
        topics: For each passage, topic ids with a score in (0, 1].
        formulaic: For each passage "opening", "closing", "atmosphere" or None.
        mentions: For each passage, comparable keys of what it names (countries, persons, numbers, dates).
        issues: As `topics`, for the finer subjects of the scheme "issues".
        terms: For each passage, the keys of its content words; see `readout_diff.glossary`.
        read: Gives for pairs what a reader of both passages at once makes of them: the logit that both
            report the same. *Shape:* ``(n,)``.
    """

    passages: tuple[Sequence[Passage], Sequence[Passage]]
    encoded: Sequence[Encoded]
    topics: tuple[Topics, Topics] | None = None
    formulaic: tuple[Kinds, Kinds] | None = None
    mentions: tuple[Mentions, Mentions] | None = None
    issues: tuple[Topics, Topics] | None = None
    terms: tuple[Terms, Terms] | None = None
    read: Callable[[Pairs], Values] | None = None

    @property
    def langs(self) -> tuple[str, str]:
        """The language of each side, of two that are not empty."""
        left, right = self.passages
        return left[0].lang, right[0].lang

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of evidence beside the encoders that link models tell apart."""
        given = {
            "issues": self.issues,
            "mentions": self.mentions,
            "terms": self.terms,
            "topics": self.topics,
        }
        return tuple(name for name, value in given.items() if value is not None)


def align_passages(
    evidence: Evidence, *, order: str = "auto", parameters: Parameters | None = None
) -> Alignment:
    """Link the passages of two sides that report the same thing.

    Args:
        evidence: The passages of both sides, and what is known of them.
        order: "free", "monotone" (both sides tell the same in the same order, as translations do), or
            "auto": monotone only where the passages plainly are in order and nearly all have a partner.
        parameters: Fitted weights; those shipped where None.

    Returns:
        All links, then each passage without one, exactly once, with an empty other side.

    Raises:
        UnknownComponentError: If `order` is not known, or is "monotone" without an encoder.
    """
    if order not in ORDERS:
        raise UnknownComponentError.of("order", order, ORDERS)
    if order == "monotone" and not evidence.encoded:
        raise UnknownComponentError(MONOTONE_NEEDS_VECTORS)
    left, right = evidence.passages
    if not left or not right:
        nothing = np.zeros(0, np.float32)
        return _alignment(evidence, _Found(considered_pairs(evidence), nothing, nothing, 1.0, 0.0), {})
    pairs = considered_pairs(evidence)
    signals = pair_signals(evidence, pairs)
    _, model = choose_model(evidence.encoded, evidence.kinds, parameters)
    probability, one_event = link_probability(signals, pairs, model, line=common_ground(evidence))
    threshold, certainty = model.threshold, model.certainty
    near = None
    translated = is_translation(signals, pairs, probability)
    if (
        evidence.read
        and model.reading is not None
        and pairs.complete
        and not translated
        and order != "monotone"
    ):
        near = probability
        probability = read_again(probability, pairs, model.reading, evidence.read)
        threshold, certainty = model.reading.threshold, model.reading.certainty
    confidence = confidence_of(probability, certainty)
    if translated or order == "monotone":
        probability, threshold = translation_probability(signals["any:clause"]), _EVEN_ODDS
        if order == "monotone" or (order == "auto" and is_monotone(pairs, probability)):
            beads = _bead_pairs(evidence, pairs, probability)
            if (pairs.where(*beads) < 0).any():  # of long texts, a bead may join what were no candidates
                pairs = Pairs.union(pairs.shape, [(pairs.left, pairs.right), beads])
                del signals
                signals = pair_signals(evidence, pairs)
                probability = translation_probability(signals["any:clause"])
            inside = np.zeros(len(pairs), dtype=bool)
            inside[pairs.where(*beads)] = True
            # The cut decides; the likeness of the pair itself only says how surely.
            probability = np.where(inside, (1 + probability) / 2, probability / 4).round(4).astype(np.float32)
        confidence = probability
    plain = [np.array(_plain_texts(side), object) for side in (left, right)]
    same_text = (plain[0][pairs.left] == plain[1][pairs.right]).astype(bool)
    probability, confidence = (
        np.where(same_text, np.maximum(values, np.float32(_IDENTICAL)), values)
        for values in (probability, confidence)
    )
    found = _Found(pairs, probability, confidence, threshold, one_event, near)
    return _alignment(evidence, found, signals)


def choose_model(
    encoded: Sequence[Encoded],
    kinds: Iterable[str],
    parameters: Parameters | None = None,
) -> tuple[str, LinkModel]:
    """Return key and link model for the evidence at hand; a key that starts with "any" is uncalibrated."""
    return (parameters or shipped_parameters()).choose([e.model for e in encoded], kinds)


def considered_pairs(evidence: Evidence) -> Pairs:
    """Return the pairs of passages to consider: all of short texts, candidates of long ones."""
    left, right = evidence.passages
    shape = (len(left), len(right))
    if shape[0] * shape[1] <= ALL_PAIRS:
        return Pairs.all_of(shape)
    spaces = (evened_parts(encoded, evidence.langs) for encoded in evidence.encoded)
    known = [sides for sides in (evidence.topics, evidence.issues) if sides is not None]
    pairs = candidate_pairs(shape, spaces, known)
    parts = [(pairs.left, pairs.right), _openings(evidence)]
    if evidence.terms is not None:
        shared = SharedKeys.of(*evidence.terms)
        telling = telling_keys()
        most = USUAL if evidence.encoded else NEAREST
        sharing = sharing_most(shared, np.array([telling[key] for key in shared.keys]), most)
        parts.append((sharing.left, sharing.right))
    if not evidence.encoded:
        parts += _sharing_else(evidence)
    return Pairs.union(shape, parts)


def _sharing_else(evidence: Evidence) -> Iterator[tuple[Indices, Indices]]:
    """Yield the pairs that share most of what is no content word, and those of the same text."""
    subjects = (sides for sides in (evidence.topics, evidence.issues) if sides is not None)
    kinds: list[tuple[Mentions, Mentions]] = [
        ([frozenset(row) for row in left], [frozenset(row) for row in right]) for left, right in subjects
    ]
    for left, right in [*kinds, *([evidence.mentions] if evidence.mentions is not None else [])]:
        shared = SharedKeys.of(left, right)
        rarity = 1 / np.sqrt(shared.counts(0) * shared.counts(1))
        sharing = sharing_most(shared, rarity, NEAREST_ON_SUBJECT)
        yield sharing.left, sharing.right
    texts = [_plain_texts(passages) for passages in evidence.passages]
    where: dict[str, list[int]] = {}
    for index, text in enumerate(texts[1]):
        where.setdefault(text, []).append(index)
    # What comes again and again has as many partners as it comes, not the square of that.
    same = [(i, where[text].pop(0)) for i, text in enumerate(texts[0]) if where.get(text)]
    cells = np.array(same, np.intp).reshape(-1, 2)
    yield cells[:, 0], cells[:, 1]


def _plain_texts(passages: Sequence[Passage]) -> list[str]:
    return [" ".join(passage.text.casefold().split()) for passage in passages]


def encoder_signals(evidence: Evidence, pairs: Pairs) -> dict[str, dict[str, Values]]:
    """Return the signals of each encoder by its name, for two sides that are not empty."""
    return {e.model: similarity_signals(e, pairs, evidence.langs) for e in evidence.encoded}


def pair_signals(
    evidence: Evidence, pairs: Pairs, each: Mapping[str, Mapping[str, Values]] | None = None
) -> dict[str, Values]:
    """Return every signal for two sides that are not empty, a value a pair.

    Signals of an encoder are named "model:signal"; "any:signal" is their mean over the encoders. Without
    an encoder there is none of these, and no "gap".

    Args:
        evidence: What is known of the sides.
        pairs: The pairs to tell it of.
        each: What `encoder_signals` gives for them, where that is known already.
    """
    left, right = evidence.passages
    each = encoder_signals(evidence, pairs) if each is None else each
    signals = {f"{model}:{name}": vector for model, values in each.items() for name, vector in values.items()}
    if each:
        for name in ("cosine", "even", "plain", "clause", "context", "issue"):
            of_all = [values[name] for values in each.values()]
            signals[f"any:{name}"] = np.mean(of_all, axis=0, dtype=np.float32)
        # Sums of float32 depend on their order, and the sides may be swapped: compare rounded values.
        signals |= gap_signal(signals["any:clause"].round(5), pairs, evidence.topics, evidence.issues)
    signals |= formulaic_signals(*(evidence.formulaic or ([None] * len(left), [None] * len(right))), pairs)
    if evidence.topics is not None:
        signals |= topic_signals(*evidence.topics, pairs)
    if evidence.mentions is not None:
        signals |= mention_signals(*evidence.mentions, pairs)
    if evidence.terms is not None:
        signals |= term_signals(*evidence.terms, pairs, telling_keys())
    if evidence.issues is not None:
        shared = topic_signals(*evidence.issues, pairs)
        signals |= {name.replace("topic", "issue"): vector for name, vector in shared.items()}
    return signals


def link_probability(
    signals: Mapping[str, Values], pairs: Pairs, model: LinkModel, *, line: float = _COMMON_GROUND
) -> tuple[Values, float]:
    """Return the probability of each pair of passages, and that both sides report one event.

    Args:
        signals: What `pair_signals` gives.
        pairs: The pairs it tells of.
        model: The link model.
        line: How much common ground two accounts of one event have, as `common_ground` says. *Range:* [0, 1].
    """
    probability = model.probability(signals)
    content = np.where((signals["opening"] > 0) | (signals["closing"] > 0), 0, probability)
    one_event = _one_event(pairs, content, line)
    probability = probability * np.float32(one_event)
    # Who called whom opens every account: an opening reports nothing that another sentence could share.
    probability = np.where(signals["opening"] > 0, probability * np.float32(0.01), probability)
    return probability.round(4).astype(np.float32), one_event


def read_again(
    probability: Values, pairs: Pairs, reading: Reading, read: Callable[[Pairs], Values]
) -> Values:
    """Return the probability of each pair after a reader has read those in question."""
    asked = np.flatnonzero(in_question(probability))
    after = probability.copy()
    if len(asked):
        after[asked] = reading.probability(probability[asked], read(pairs.only(asked)))
    return after.round(4).astype(np.float32)


def in_question(probability: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Return which pairs the signals leave in doubt: it is worth reading both passages at once."""
    lowest, highest = _IN_QUESTION
    return np.asarray((probability >= lowest) & (probability <= highest))


def is_translation(signals: Mapping[str, Values], pairs: Pairs, probability: Values) -> bool:
    """Return whether the sides hold translations of each other's passages rather than two accounts."""
    if "any:even" not in signals:
        return False
    sure = pairs.mutual_best(probability, _SURE)
    return len(sure) > 1 and float(np.median(signals["any:even"][sure])) >= _TRANSLATION


def translation_probability(clause: Values) -> Values:
    """Return the probability that a passage, or a part of it, translates the other."""
    probability = 1 / (1 + np.exp(_STEEPNESS * (_TRANSLATED_CLAUSE - clause.astype(np.float64))))
    return probability.round(4).astype(np.float32)


def is_monotone(pairs: Pairs, probability: Values) -> bool:
    """Return whether most passages have a partner, and the partners stand in the same order."""
    partners = pairs.only(pairs.mutual_best(probability, _LIKELY))
    if len(partners) < _FEWEST:
        return False
    linked = pairs.only(probability >= _EVEN_ODDS)
    covered = min(len(np.unique(linked.side(axis))) / pairs.shape[axis] for axis in (0, 1))
    return covered >= _COVERED and share_in_order(partners.left, partners.right) >= _IN_ORDER


def _bead_pairs(evidence: Evidence, pairs: Pairs, probability: Values) -> tuple[Indices, Indices]:
    """Return the pairs within beads; in long texts the plain partners tell where to look for these."""
    sides = [evened(encoded, evidence.langs) for encoded in evidence.encoded]
    band = None
    if not pairs.complete:
        partners = pairs.only(pairs.mutual_best(probability, _LIKELY))
        band = band_along(partners.left, partners.right, pairs.shape)
    beads = monotone_beads([a for a, _ in sides], [b for _, b in sides], band)
    cells = np.array([(i, j) for rows, columns in beads for i in rows for j in columns], np.intp)
    return cells.reshape(-1, 2)[:, 0], cells.reshape(-1, 2)[:, 1]


def common_ground(evidence: Evidence) -> float:
    """Return how much common ground it takes for one event, by whom the openings of both sides name."""
    if evidence.formulaic is None or evidence.mentions is None:
        return _COMMON_GROUND
    named = [
        {key for kind, row in zip(kinds, rows, strict=True) if kind == "opening" for key in map(str, row)}
        for kinds, rows in zip(evidence.formulaic, evidence.mentions, strict=True)
    ]
    # Where a name is not recognised, as some are not in Chinese, nothing follows.
    if not all(any(key.startswith(_PERSON) for key in side) for side in named):
        return _COMMON_GROUND
    shared = [key for key in named[0] & named[1] if key.partition(":")[0] in _PARTIES]
    if not shared:
        return _COMMON_GROUND_OF_STRANGERS
    acquainted = len(shared) > 1 and any(key.startswith(_PERSON) for key in shared)
    return _COMMON_GROUND_OF_ACQUAINTED if acquainted else _COMMON_GROUND


def _one_event(pairs: Pairs, probability: Values, line: float) -> float:
    """Return how sure it is that both sides report one event: by the partners the shorter side finds."""
    by_row, by_column = (np.maximum(pairs.top(probability, axis, 1)[:, 0], 0).mean() for axis in (0, 1))
    rows, columns = pairs.shape
    ground = (by_row + by_column) / 2 if rows == columns else by_row if rows < columns else by_column
    return round(1 / (1 + float(np.exp((line - ground) / _COMMON_GROUND_WIDTH))), 4)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """What was found for each pair of passages, and for the two accounts as a whole (`one_event`).

    `near` is the probability before reading, None where no pair was read again.
    """

    pairs: Pairs
    probability: Values
    confidence: Values
    threshold: float
    one_event: float
    near: Values | None = None


def _alignment(evidence: Evidence, found: _Found, signals: Mapping[str, Values]) -> Alignment:
    pairs, probability = found.pairs, found.probability
    linked = probability >= found.threshold
    opening = np.zeros(len(pairs), dtype=bool)
    opening[pairs.where(*_openings(evidence))] = True
    opening &= linked | (found.one_event >= _EVEN_ODDS)
    used = np.flatnonzero(linked | opening)
    partners = [np.bincount(pairs.side(axis)[linked], minlength=pairs.shape[axis]) for axis in (0, 1)]
    reasons = _reasons(evidence, pairs, signals, used)
    links = []
    for k, why in zip(used.tolist(), reasons, strict=True):
        i, j = int(pairs.left[k]), int(pairs.right[k])
        alone = partners[0][i] == partners[1][j] == 1
        relation = "formulaic" if opening[k] else "same" if alone else "partial"
        confidence = found.one_event if opening[k] else float(found.confidence[k])
        links.append(Link((i,), (j,), float(probability[k]), confidence, relation, why))
    for axis in (0, 1):
        best = np.maximum(pairs.top(probability, axis, 1)[:, 0], 0)
        without = np.ones(pairs.shape[axis], dtype=bool)
        without[pairs.side(axis)[used]] = False
        for index in np.flatnonzero(without).tolist():
            score = float(best[index])
            left, right = ((), (index,)) if axis else ((index,), ())
            links.append(Link(left, right, score, 1 - score, "none"))
    values = PairValues(pairs, probability)
    near = None if found.near is None else PairValues(pairs, found.near)
    return Alignment(tuple(links), values, values, found.threshold, near)


def _openings(evidence: Evidence) -> tuple[Indices, Indices]:
    """Return the pairs of which both passages are openings."""
    kinds = evidence.formulaic or ((), ())
    left, right = (
        np.array([k for k, kind in enumerate(side) if kind == "opening"], np.intp) for side in kinds
    )
    return np.repeat(left, len(right)), np.tile(right, len(left))


def _reasons(
    evidence: Evidence, pairs: Pairs, signals: Mapping[str, Values], links: Indices
) -> Iterator[tuple[str, ...]]:
    """Yield what speaks for each link."""
    if not len(links):
        return
    near, rarity = signals["any:cosine" if evidence.encoded else "terms"], telling_keys()
    places = [pairs.ranks(near, axis) for axis in (0, 1)]
    for k, i, j in zip(links, pairs.left[links], pairs.right[links], strict=True):
        ranks = (places[0][k], places[1][k])
        # Worded without "left" and "right", so that it holds with the sides swapped.
        nearest = "nearest to each other" if max(ranks) == 0 else f"number {min(ranks) + 1} in nearness"
        common = evidence.terms[0][i] & evidence.terms[1][j] if evidence.terms is not None else frozenset()
        by = f"{near[k]:.2f}" if evidence.encoded else "by words in common"
        # Without an encoder, passages that share no word are not alike, but linked by what they name.
        phrases = [f"similarity {by}, {nearest}"] if evidence.encoded or common else []
        if evidence.topics is not None:
            shared = sorted(evidence.topics[0][i].keys() & evidence.topics[1][j].keys())
            phrases += [f"topics: {', '.join(shared)}"] if shared else []
        if evidence.mentions is not None:
            named = sorted(str(key) for key in evidence.mentions[0][i] & evidence.mentions[1][j])
            phrases += [f"both name: {', '.join(named)}"] if named else []
        rarest = sorted(common & rarity.keys(), key=lambda word: (-rarity[word], word))[:_WORDS]
        phrases += [f"both speak of: {', '.join(rarest)}"] if rarest else []
        yield tuple(phrases)
