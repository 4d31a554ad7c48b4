"""Conflicts marked on an alignment: which links contradict each other, with the words that show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from readout_diff.alignment.links import Alignment, Link
from readout_diff.alignment.pairs import PairValues
from readout_diff.findings.claims import Claim, read_claims
from readout_diff.findings.conflicts import Reason, Relation, names_undiscussed, relate
from readout_diff.glossary import glossary_languages, telling_keys, terms_of
from readout_diff.mentions import mentions_of
from readout_diff.passages import Passage
from readout_diff.topics.scheme import TopicHit

# A pair that is not linked is a conflict from this strength and this share of the linking threshold on, if
# each passage is among the nearest few of the other.
STRONG = 0.6
NEAR = 0.24
AMONG = 2
# Two passages without a topic in common are on one matter if the content words they share weigh this much.
SHARED = 10.0
SHORT = 3

_NOTED = frozenset({"distanced"})
_WORDING = {
    "undiscussed": "one says that this was not discussed",
    "rejected": "one rejects it",
    "refused": "one does not agree or promise",
    "answered": "one answers the other",
    "justified": "one justifies it",
    "complied": "one says that it does as it should",
    "blamed": "the blame lies elsewhere",
    "negated": "one says that it is not so",
    "opposed": "one opposes it",
    "opposite": "the opposite is said",
    "term": "another name for the same",
    "distanced": "one distances itself from the word",
    "number": "another number",
    "date": "another date",
    "place": "another place",
    "roles": "another speaker",
    "initiative": "another side is said to have called",
}


def mark_conflicts(
    alignment: Alignment,
    passages: tuple[Sequence[Passage], Sequence[Passage]],
    formulaic: tuple[Sequence[str | None], Sequence[str | None]],
    hits: tuple[Sequence[TopicHit], Sequence[TopicHit]],
) -> Alignment:
    """Return the alignment with the relation of links that contradict each other set to "conflict".

    Args:
        alignment: links between the passages of two accounts.
        passages: the passages of the left and of the right account.
        formulaic: for each passage of either account the formula it is, or None.
        hits: the topic hits of either account; a pair that is not linked needs a topic in common, be it one
            that a side says was not discussed, or rare words.

    Returns:
        The alignment; a link that is a conflict says why in its evidence, before what else speaks for it.
        Conflicts just below the linking threshold are links too.
    """
    mentions = mentions_of(*passages)
    left, right = (read_claims(*side) for side in zip(passages, mentions, formulaic, strict=True))
    topics = tuple(_topics(len(p), h) for p, h in zip(passages, hits, strict=True))
    found = relations(left, right, alignment, (topics[0], topics[1]))
    pairs = [_marked(link, found) for link in alignment.links if link.left and link.right]
    linked = {(i, j) for link in pairs for i in link.left for j in link.right}
    for (i, j), relation in found.items():
        if (i, j) not in linked:
            score, confidence = alignment.scores[i, j], alignment.probabilities[i, j]
            pairs.append(Link((i,), (j,), score, confidence, "conflict", _phrases(relation)))
    used = [{i for link in pairs for i in side(link)} for side in (_left, _right)]
    alone = [
        link
        for link in alignment.links
        if not (link.left and link.right) and not set(link.left) & used[0] and not set(link.right) & used[1]
    ]
    return replace(alignment, links=(*sorted(pairs, key=lambda link: (link.left, link.right)), *alone))


def relations(
    left: Sequence[Claim],
    right: Sequence[Claim],
    alignment: Alignment,
    topics: tuple[Sequence[frozenset[str]], Sequence[frozenset[str]]],
) -> dict[tuple[int, int], Relation]:
    """Relate every linked pair of passages, with the pairs just below the line that contradict each other.

    A passage and its contrary are less alike than two that agree, so a contradiction is often not
    linked. Two passages with a topic or rare words in common, each among the nearest of the other, are
    taken as one matter from a lower probability on, if the signs of a conflict are strong.

    Args:
        left: the claims of one account.
        right: the claims of the other.
        alignment: the links between their passages, and the probability of every pair.
        topics: for each passage of either account the topics it has or denies.

    Returns:
        The relation of each linked pair, and of each conflict that is not linked, by passage indices.
    """
    linked = {(i, j) for link in alignment.links for i in link.left for j in link.right}
    probabilities = alignment.probabilities
    found = {(i, j): relate(left[i], right[j], probabilities[i, j]) for i, j in sorted(linked)}
    below: dict[tuple[int, int], Relation] = {}
    # Where nothing is linked, the accounts may not be of one event: then nothing is one matter either. An
    # account of one or two passages is too short to show.
    one_event = min(len(left), len(right)) < SHORT or any(
        link.relation in ("same", "partial") for link in alignment.links
    )
    for i, j in _near(alignment) if one_event else ():
        if (i, j) not in linked and (topics[0][i] & topics[1][j] or _share_words(left[i], right[j])):
            relation = relate(left[i], right[j], probabilities[i, j])
            # Two dates are more often those of two events than two versions of one.
            dated = relation.reasons and relation.reasons[0].kind in ("date", "place")
            if relation.kind == "conflict" and relation.strength >= STRONG and not dated:
                below[i, j] = relation
    # "There was no discussion of X" is so short that it is near to nothing, but it repeats the name of X.
    for i, j in _named(left, right) if one_event else ():
        if (i, j) not in linked:
            below[i, j] = relate(left[i], right[j], probabilities[i, j])
    # A passage contradicts the nearest of those it seems to contradict.
    rows, columns = _best(below, alignment.near, 0), _best(below, alignment.near, 1)
    return found | {pair: below[pair] for pair in below if rows[pair[0]] == columns[pair[1]] == pair}


def _near(alignment: Alignment) -> Iterator[tuple[int, int]]:
    """Yield the pairs below the line that may be one matter: each among the nearest few of the other.

    A reader is right not to take a claim and its contrary for the same: the signals alone tell what is near.
    """
    pairs, values = alignment.near.pairs, alignment.near.values
    near = values >= NEAR * alignment.threshold
    for axis in (0, 1):
        near &= values >= pairs.top(values, axis, AMONG)[pairs.side(axis), -1]
    yield from pairs.only(near)


def _share_words(left: Claim, right: Claim) -> bool:
    """Return whether two passages share content words rare enough to be on one matter."""
    sides = [claim.passage for claim in (left, right)]
    if any(passage.lang not in glossary_languages() for passage in sides):
        return False
    ours, theirs = (terms_of(passage.text, passage.lang) for passage in sides)
    telling = telling_keys()
    return sum(telling[key] for key in ours & theirs) >= SHARED


def _named(left: Sequence[Claim], right: Sequence[Claim]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of which one passage says that what the other names was not discussed."""
    denying = [[k for k, claim in enumerate(side) if "undiscussed" in claim.stance] for side in (left, right)]
    yield from ((i, j) for i in denying[0] for j in range(len(right)) if names_undiscussed(left[i], right[j]))
    yield from ((i, j) for j in denying[1] for i in range(len(left)) if names_undiscussed(right[j], left[i]))


def _best(
    pairs: Iterable[tuple[int, int]], probabilities: PairValues, axis: int
) -> dict[int, tuple[int, int]]:
    """Return for each passage of one side the most probable of its pairs."""
    best: dict[int, tuple[int, int]] = {}
    for pair in pairs:
        other = best.get(pair[axis])
        if other is None or probabilities[pair] > probabilities[other]:
            best[pair[axis]] = pair
    return best


def _topics(number: int, hits: Sequence[TopicHit]) -> tuple[frozenset[str], ...]:
    """Return the topics of each of `number` passages, those it denies included."""
    found: list[set[str]] = [set() for _ in range(number)]
    for hit in hits:
        found[hit.passage_index].add(hit.topic_id)
    return tuple(map(frozenset, found))


def _left(link: Link) -> tuple[int, ...]:
    return link.left


def _right(link: Link) -> tuple[int, ...]:
    return link.right


def _marked(link: Link, found: dict[tuple[int, int], Relation]) -> Link:
    """Return a link with its relation, where passages of it contradict each other."""
    conflicts = [found[i, j] for i in link.left for j in link.right if found[i, j].kind == "conflict"]
    if not conflicts:
        # A word held at a distance is no contradiction by itself, but the reader should see it.
        notes = [
            reason_phrase(r)
            for i in link.left
            for j in link.right
            for r in found[i, j].reasons
            if r.kind in _NOTED
        ]
        return replace(link, evidence=(*link.evidence, *dict.fromkeys(notes))) if notes else link
    strongest = max(conflicts, key=lambda relation: relation.strength)
    return replace(link, relation="conflict", evidence=(*_phrases(strongest), *link.evidence))


def _phrases(relation: Relation) -> tuple[str, ...]:
    """Return the reasons of a conflict, one of a kind, in words that hold with the sides swapped."""
    strongest: dict[str, Reason] = {}
    for reason in relation.reasons:
        strongest.setdefault(reason.kind, reason)
    return tuple(reason_phrase(reason) for reason in strongest.values())


def reason_phrase(reason: Reason) -> str:
    """Return a reason as a phrase.

    Example:
        >>> reason_phrase(Reason("number", "2,300", "2.100", 0.9))
        'another number: “2,300” against “2.100”'
    """
    quotes = " against ".join(f"“{words}”" for words in sorted(filter(None, (reason.left, reason.right))))
    return f"{_WORDING[reason.kind]}: {quotes}" if quotes else _WORDING[reason.kind]
