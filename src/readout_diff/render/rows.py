"""Topics side by side: how much of each account a topic fills, and where it comes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readout_diff.render.sides import Side, SideKey, count_words, sides_of
from readout_diff.topics.scheme import Topic, TopicHit
from readout_diff.topics.tagging import supported_topics

if TYPE_CHECKING:
    from readout_diff.comparison import Comparison


@dataclass(frozen=True, slots=True)
class TopicCell:
    """A topic in one account.

    `share` is the share of the account's words, in [0, 1], that stand in passages with the topic;
    `first` the rank of the topic by first mention, from 1, or None. `denied` are the passages that
    say the topic was not discussed: they are no mention. `known` is False where the scheme has no
    cues in the language of the account, so that absence means nothing.
    """

    passages: tuple[int, ...]
    share: float
    first: int | None
    denied: tuple[int, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic in both accounts; `side` is "both", "a", "b", "neither" or "unknown"."""

    topic: Topic
    label: str
    a: TopicCell
    b: TopicCell
    side: str

    def cell(self, key: SideKey) -> TopicCell:
        """The cell of one side."""
        return self.a if key == "a" else self.b


def topic_rows(comparison: Comparison, lang: str = "en") -> tuple[TopicRow, ...]:
    """Return a row per topic of the scheme, in the order of the scheme."""
    left, right = sides_of(comparison)
    cells_a, cells_b = _cells(comparison, left), _cells(comparison, right)
    only = {f.topic_id: f.side for f in comparison.differences if f.kind == "one_sided"}
    return tuple(
        TopicRow(
            topic, topic.label(lang), cells_a[topic.id], cells_b[topic.id],
            only.get(topic.id) or _side(cells_a[topic.id], cells_b[topic.id]),
        )
        for topic in comparison.scheme.topics
    )  # fmt: skip


def in_groups(rows: tuple[TopicRow, ...]) -> tuple[TopicRow, ...]:
    """Return the rows there is something to say about: in both, only a, only b, denied, unknown.

    Within a group the topic that fills most of an account comes first.
    """
    groups = {side: rank for rank, side in enumerate(("both", "a", "b", "neither", "unknown"))}
    shown = [row for row in rows if row.a.passages or row.b.passages or row.a.denied or row.b.denied]
    return tuple(sorted(shown, key=lambda row: (groups[row.side], -max(row.a.share, row.b.share))))


def rest_phrases(rows: tuple[TopicRow, ...]) -> tuple[str, ...]:
    """Return a sentence each on the topics found nowhere, and on those that could not be judged."""
    shown = in_groups(rows)
    rest = [row for row in rows if row not in shown]
    neither = [row.label for row in rest if row.side == "neither"]
    unknown = [row.label for row in rest if row.side != "neither"]
    return tuple(
        f"{start}: {', '.join(labels)}."
        for start, labels in (
            ("Looked for and found in neither account", neither),
            ("Unknown, because a word list is missing in one of the languages", unknown),
        )
        if labels
    )


def hits_of(comparison: Comparison, side: Side) -> tuple[TopicHit, ...]:
    """Return the hits in one side's account, denied ones included, in the order of the text."""
    hits = comparison.left_hits if side.key == "a" else comparison.right_hits
    return tuple(sorted(hits, key=lambda hit: (hit.passage_index, hit.span.start)))


def _cells(comparison: Comparison, side: Side) -> dict[str, TopicCell]:
    mentions: dict[str, dict[int, None]] = {}  # in the order of the text, each passage once
    denials: dict[str, dict[int, None]] = {}
    for hit in hits_of(comparison, side):
        found = denials if hit.denied else mentions
        found.setdefault(hit.topic_id, {})[hit.passage_index] = None
    words = [count_words(passage.text) for passage in side.passages]
    total = sum(words)
    rank = {topic_id: position for position, topic_id in enumerate(mentions, start=1)}
    langs = {passage.lang for passage in side.passages}
    judged = [set(supported_topics(comparison.scheme, lang)) for lang in langs]
    return {
        topic.id: TopicCell(
            passages=tuple(mentions.get(topic.id, ())),
            share=sum(words[i] for i in mentions.get(topic.id, ())) / total if total else 0.0,
            first=rank.get(topic.id),
            denied=tuple(denials.get(topic.id, ())),
            known=all(topic.id in supported for supported in judged),
        )
        for topic in comparison.scheme.topics
    }


def _side(a: TopicCell, b: TopicCell) -> str:
    if a.passages and b.passages:
        return "both"
    # A topic of one side alone is a finding; without one, its absence cannot be judged.
    if a.passages or b.passages or not (a.known and b.known):
        return "unknown"
    return "neither"
