"""Which subjects only one side mentions, stresses, puts first, denies or contradicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from readout_diff.alignment.links import Alignment
from readout_diff.alignment.pairs import PairValues
from readout_diff.findings.finding import PLAUSIBLE, Evidence, Finding, SideKey, mention_of
from readout_diff.passages import Passage
from readout_diff.topics.scheme import TopicHit
from readout_diff.topics.tagging import LIKELY

TopicSide: TypeAlias = Literal["both", "a", "b", "neither", "unknown"]

# A subject is stressed where its share of the words is both this much and this many times larger.
_EMPHASIS_DIFFERENCE = 0.15
_EMPHASIS_RATIO = 2.0

# Two subjects count as put in another order where they change places by this share of the account.
_ORDER_SHIFT = 0.5


@dataclass(frozen=True, slots=True)
class AccountView:
    """What findings need to know of one account.

    `judged` are the topics of which absence can be judged in the account's languages; `complete` is false
    where the text looks cut; `likeliest` maps a topic to the passage that is worded most like it, with the
    likelihood that it carries the topic.
    """

    passages: tuple[Passage, ...]
    hits: tuple[TopicHit, ...]
    judged: frozenset[str]
    complete: bool = True
    likeliest: Mapping[str, tuple[int, float]] = field(default_factory=dict)
    _mentions: Mapping[str, tuple[TopicHit, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        found: dict[str, list[TopicHit]] = {}
        for hit in self.hits:
            if not hit.denied:
                found.setdefault(hit.topic_id, []).append(hit)
        object.__setattr__(self, "_mentions", {topic: tuple(hits) for topic, hits in found.items()})

    def mentions(self, topic_id: str) -> tuple[TopicHit, ...]:
        """Return the hits that mention a topic."""
        return self._mentions.get(topic_id, ())

    def denials(self, topic_id: str) -> tuple[TopicHit, ...]:
        """Return the hits that say a topic was not discussed."""
        return tuple(hit for hit in self.hits if hit.denied and hit.topic_id == topic_id)

    def share(self, topic_id: str) -> float:
        """Return the share of the account's characters in passages with the topic, in [0, 1]."""
        total = sum(len(passage.text) for passage in self.passages)
        indices = {hit.passage_index for hit in self.mentions(topic_id)}
        return sum(len(self.passages[i].text) for i in indices) / total if total else 0.0

    def position(self, topic_id: str) -> float:
        """Return where the topic first comes up, from 0 (first passage) to 1 (last)."""
        first = min(hit.passage_index for hit in self.mentions(topic_id))
        return first / max(1, len(self.passages) - 1)


def topic_side(a: AccountView, b: AccountView, topic_id: str) -> TopicSide:
    """Tell which sides mention a topic.

    Returns:
        "unknown" where a side does not mention it and its absence cannot be judged in that language, or where
        the other side's mention rests on likeness alone.
    """
    in_a, in_b = bool(a.mentions(topic_id)), bool(b.mentions(topic_id))
    if in_a and in_b:
        return "both"
    silent = [view for view, found in ((a, in_a), (b, in_b)) if not found and view.passages]
    mentions = (*a.mentions(topic_id), *b.mentions(topic_id))
    likeness = bool(mentions) and all(hit.method == "embedding" for hit in mentions)
    if likeness or any(topic_id not in view.judged for view in silent):
        return "unknown"
    if in_a:
        return "a"
    return "b" if in_b else "neither"


def find_differences(
    a: AccountView, b: AccountView, alignment: Alignment, topics: Sequence[str]
) -> tuple[Finding, ...]:
    """Find what the two accounts differ in.

    Args:
        a: The left account.
        b: The right account.
        alignment: The links between their passages.
        topics: Ids of the topics to judge, in the order of the scheme.

    Returns:
        One-sided topics first, then denials, conflicts, emphasis and order; each with its evidence.
    """
    seen: Sequence[tuple[SideKey, AccountView, AccountView, PairValues]] = (
        ("a", a, b, alignment.probabilities),
        ("b", b, a, alignment.probabilities.T),
    )
    sides = {topic: topic_side(a, b, topic) for topic in topics}
    both = [topic for topic in topics if sides[topic] == "both"]
    return (
        *(
            _one_sided(topic, key, speaking, silent, probabilities, alignment)
            for key, speaking, silent, probabilities in seen
            for topic in topics
            if sides[topic] == key
        ),
        *(
            _denied(topic, key, view, other)
            for key, view, other, _ in seen
            for topic in topics
            if view.denials(topic) and not view.mentions(topic)
        ),
        *_conflicts(topics, alignment, a, b),
        *_emphasis(both, a, b),
        *_order(both, a, b),
    )


def _one_sided(
    topic: str,
    key: SideKey,
    speaking: AccountView,
    silent: AccountView,
    probabilities: PairValues,
    alignment: Alignment,
) -> Finding:
    """Gather what speaks for a topic on one side, and against it on the other."""
    other: SideKey = "b" if key == "a" else "a"
    hits = speaking.mentions(topic)
    evidence = [_mention(key, hit) for hit in hits]
    nearest = 0.0
    if silent.passages:
        source, index, nearest = probabilities.largest([hit.passage_index for hit in hits])
        evidence.append(
            Evidence(
                role="nearest",
                side=other,
                note="nearest passage of the other account, which has no cue of the topic",
                passage_index=index,
                other_index=source,
                value=nearest,
                threshold=alignment.threshold,
            )
        )
    worded = {}
    for side, view in ((other, silent), (key, speaking)):
        if topic in view.likeliest:
            index, worded[side] = view.likeliest[topic]
            whose = "the other" if view is silent else "this"
            note = f"passage of {whose} account worded most like the topic"
            evidence.append(Evidence("likeliest", side, note, index, value=worded[side], threshold=LIKELY))
    evidence += [_denial(other, hit) for hit in silent.denials(topic)]
    if not silent.complete:
        evidence.append(
            Evidence("account", other, "the text looks cut: the topic may stand in what is missing")
        )
    certainty = max(hit.score for hit in hits)
    return Finding(
        kind="one_sided",
        topic_id=topic,
        side=key,
        strength=round(certainty * (1.0 - nearest), 6),
        evidence=tuple(evidence),
        robust=nearest < PLAUSIBLE * alignment.threshold
        and worded.get(other, 0.0) < PLAUSIBLE * LIKELY
        and silent.complete
        and mention_of(evidence, key) == "sure",
    )


def _denied(topic: str, key: SideKey, view: AccountView, other: AccountView) -> Finding:
    """Report that a side says a topic was not discussed."""
    other_key: SideKey = "b" if key == "a" else "a"
    denials = [_denial(key, hit) for hit in view.denials(topic)]
    mentions = [_mention(other_key, hit) for hit in other.mentions(topic)]
    strength = 1.0 if mentions else 0.5  # a denial of what the other side reports weighs more
    return Finding("denied", topic, key, strength, (*denials, *mentions))


def _conflicts(
    topics: Sequence[str], alignment: Alignment, a: AccountView, b: AccountView
) -> Iterable[Finding]:
    """Report the links whose passages contradict each other."""
    for link in alignment.links:
        if link.relation != "conflict" or not (link.left and link.right):
            continue
        # A denial is about its topic as much as a mention.
        left = {hit.topic_id for hit in a.hits if hit.passage_index in link.left}
        right = {hit.topic_id for hit in b.hits if hit.passage_index in link.right}
        about = (left & right) or (left | right)
        yield Finding(
            kind="conflict",
            topic_id=next((topic for topic in topics if topic in about), None),
            side="both",
            strength=round(link.confidence, 6),
            evidence=(
                Evidence(
                    role="linked",
                    side="a",
                    note="; ".join(link.evidence) or "the two accounts contradict each other",
                    passage_index=link.left[0],
                    other_index=link.right[0],
                    value=link.confidence,
                    threshold=alignment.threshold,
                ),
            ),
        )


def _emphasis(topics: Iterable[str], a: AccountView, b: AccountView) -> Iterable[Finding]:
    """Report the topics to which one side gives much more room."""
    for topic in topics:
        share_a, share_b = a.share(topic), b.share(topic)
        low, high = sorted((share_a, share_b))
        if high - low >= _EMPHASIS_DIFFERENCE and high >= _EMPHASIS_RATIO * low:
            evidence = (
                Evidence("account", "a", f"{share_a:.0%} of the text", value=share_a),
                Evidence("account", "b", f"{share_b:.0%} of the text", value=share_b),
            )
            yield Finding(
                "emphasis", topic, "a" if share_a > share_b else "b", round(high - low, 6), evidence
            )


def _order(topics: Sequence[str], a: AccountView, b: AccountView) -> Iterable[Finding]:
    """Report the topics that come much earlier on one side, among those of both."""
    if len(topics) < 2:
        return
    for topic in topics:
        early, late = a.position(topic), b.position(topic)
        if abs(early - late) >= _ORDER_SHIFT:
            evidence = (
                Evidence("account", "a", f"first after {early:.0%} of the account", value=early),
                Evidence("account", "b", f"first after {late:.0%} of the account", value=late),
            )
            yield Finding("order", topic, "a" if early < late else "b", round(abs(early - late), 6), evidence)


def _mention(side: SideKey, hit: TopicHit) -> Evidence:
    return Evidence(
        "mention", side, hit.cue or "by its wording", hit.passage_index, hit.span, value=hit.score
    )


def _denial(side: SideKey, hit: TopicHit) -> Evidence:
    return Evidence("denial", side, hit.cue, hit.passage_index, hit.span)
