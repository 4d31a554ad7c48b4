"""Conflicts marked on an alignment: which links contradict each other, with the words that show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from readout_diff.alignment.links import Alignment, Link
from readout_diff.findings.claims import Claim, read_claims
from readout_diff.findings.conflicts import Reason, Relation, relate
from readout_diff.mentions import mentions_of
from readout_diff.passages import Passage

# A pair that is not linked is a conflict from this strength, and this share of the linking threshold on.
STRONG = 0.6
NEAR = 0.25

_WORDING = {
    "undiscussed": "one says that this was not discussed",
    "rejected": "one rejects it",
    "refused": "one does not agree or promise",
    "answered": "one answers the other",
    "justified": "one justifies it",
    "blamed": "the blame lies elsewhere",
    "negated": "one says that it is not so",
    "opposed": "one opposes it",
    "opposite": "the opposite is said",
    "term": "another name for the same",
    "distanced": "one distances itself from the word",
    "number": "another number",
    "date": "another date",
    "roles": "another speaker",
    "initiative": "another side is said to have called",
}


def mark_conflicts(
    alignment: Alignment,
    passages: tuple[Sequence[Passage], Sequence[Passage]],
    formulaic: tuple[Sequence[str | None], Sequence[str | None]],
) -> Alignment:
    """Return the alignment with the relation of links that contradict each other set to "conflict".

    Args:
        alignment: links between the passages of two accounts.
        passages: the passages of the left and of the right account.
        formulaic: for each passage of either account the formula it is, or None.

    Returns:
        The alignment; a link that is a conflict says why in its evidence, before what else speaks for it.
        Conflicts just below the linking threshold are links too.
    """
    mentions = mentions_of(*passages)
    left, right = (read_claims(*side) for side in zip(passages, mentions, formulaic, strict=True))
    found = relations(left, right, alignment)
    pairs = [_marked(link, found) for link in alignment.links if link.left and link.right]
    linked = {(i, j) for link in pairs for i in link.left for j in link.right}
    for (i, j), relation in found.items():
        if (i, j) not in linked:
            score, confidence = float(alignment.scores[i, j]), float(alignment.probabilities[i, j])
            pairs.append(Link((i,), (j,), score, confidence, "conflict", _phrases(relation)))
    used = [{i for link in pairs for i in side(link)} for side in (_left, _right)]
    alone = [
        link
        for link in alignment.links
        if not (link.left and link.right) and not set(link.left) & used[0] and not set(link.right) & used[1]
    ]
    return replace(alignment, links=(*sorted(pairs, key=lambda link: (link.left, link.right)), *alone))


def relations(
    left: Sequence[Claim], right: Sequence[Claim], alignment: Alignment
) -> dict[tuple[int, int], Relation]:
    """Relate every linked pair of passages, with the pairs just below the line that contradict each other.

    A passage and its contrary are less alike than two that agree, so a contradiction is often not
    linked. Two passages that are each other's nearest are taken as one matter from a lower probability
    on, if the signs of a conflict are strong.

    Args:
        left: the claims of one account.
        right: the claims of the other.
        alignment: the links between their passages, and the probability of every pair.

    Returns:
        The relation of each linked pair, and of each conflict that is not linked, by passage indices.
    """
    linked = {(i, j) for link in alignment.links for i in link.left for j in link.right}
    probabilities = alignment.probabilities
    found = {(i, j): relate(left[i], right[j], float(probabilities[i, j])) for i, j in sorted(linked)}
    for i, j in _nearest(alignment):
        probability = float(probabilities[i, j])
        if (i, j) not in linked and probability >= NEAR * alignment.threshold:
            relation = relate(left[i], right[j], probability)
            if relation.kind == "conflict" and relation.strength >= STRONG:
                found[i, j] = relation
    return found


def _nearest(alignment: Alignment) -> Iterator[tuple[int, int]]:
    """Yield the pairs of passages that are each other's most probable counterpart, and no other as much."""
    probabilities = alignment.probabilities
    if not probabilities.size:
        return
    for i, j in enumerate(probabilities.argmax(axis=1)):
        best = probabilities[i, j]
        if (probabilities[i] >= best).sum() == 1 and (probabilities[:, j] >= best).sum() == 1:
            yield i, int(j)


def _left(link: Link) -> tuple[int, ...]:
    return link.left


def _right(link: Link) -> tuple[int, ...]:
    return link.right


def _marked(link: Link, found: dict[tuple[int, int], Relation]) -> Link:
    """Return a link with its relation, where passages of it contradict each other."""
    conflicts = [found[i, j] for i in link.left for j in link.right if found[i, j].kind == "conflict"]
    if not conflicts:
        return link
    strongest = max(conflicts, key=lambda relation: relation.strength)
    return replace(link, relation="conflict", evidence=(*_phrases(strongest), *link.evidence))


def _phrases(relation: Relation) -> tuple[str, ...]:
    """Return the reasons of a conflict in words that hold with the sides swapped."""
    return tuple(dict.fromkeys(reason_phrase(reason) for reason in relation.reasons))


def reason_phrase(reason: Reason) -> str:
    """Return a reason as a phrase.

    Example:
        >>> reason_phrase(Reason("number", "2,300", "2.100", 0.9))
        'another number: “2,300” against “2.100”'
    """
    quotes = " against ".join(f"“{words}”" for words in sorted(filter(None, (reason.left, reason.right))))
    return f"{_WORDING[reason.kind]}: {quotes}" if quotes else _WORDING[reason.kind]
