"""What speaks for a topic being absent from one account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readout_diff.findings.finding import PLAUSIBLE, Finding, Mention, mention_of
from readout_diff.render.rows import TopicRow, topic_rows
from readout_diff.render.sides import SideKey, sides_of

if TYPE_CHECKING:
    from readout_diff.comparison import Comparison


@dataclass(frozen=True, slots=True)
class Nearest:
    """The pair of passages that comes closest to a counterpart.

    `source` is a passage with the topic, `index` the passage of the silent side nearest to it, and
    `probability`, in [0, 1], how likely the two report the same.
    """

    source: int
    index: int
    probability: float


@dataclass(frozen=True, slots=True)
class Likeliest:
    """The passage of the silent side worded most like the topic.

    `likelihood`, in [0, 1], is how likely it carries the topic; from `threshold` on it would count.
    """

    index: int
    likelihood: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Absence:
    """A topic only one side mentions, with the evidence that the other does not.

    `side` mentions the topic in `row`; `searched` passages of the other side were searched for
    `cues` cues in its language. A pair counts as linked from `threshold` on. `robust` says whether
    the finding can be relied on, see `Finding`; `complete` whether the silent text is all there; `mention`
    how sure the mention is, see `mention_of`.
    """

    row: TopicRow
    side: SideKey
    searched: int
    cues: int
    nearest: Nearest | None
    likeliest: Likeliest | None
    threshold: float
    robust: bool
    complete: bool
    mention: Mention

    @property
    def linked(self) -> bool:
        """Whether the nearest passage is linked all the same, over another topic."""
        return self.nearest is not None and self.nearest.probability >= self.threshold

    @property
    def close(self) -> bool:
        """Whether a passage of the other side comes half way to a counterpart or a mention."""
        near, worded = self.nearest, self.likeliest
        return (near is not None and near.probability >= PLAUSIBLE * self.threshold) or (
            worded is not None and worded.likelihood >= PLAUSIBLE * worded.threshold
        )


def absences(comparison: Comparison, side: SideKey, lang: str = "en") -> tuple[Absence, ...]:
    """Return the topics only `side` mentions, the one with the largest share first."""
    left, right = sides_of(comparison)
    silent = right if side == "a" else left
    rows = {row.topic.id: row for row in topic_rows(comparison, lang)}
    langs = {passage.lang for passage in silent.passages}
    found = []
    for finding in comparison.differences:
        if finding.kind == "one_sided" and finding.side == side and finding.topic_id in rows:
            row = rows[finding.topic_id]
            topic = row.topic
            found.append(
                Absence(
                    row=row,
                    side=side,
                    searched=len(silent.passages),
                    cues=sum(len(topic.cues.get(code, ())) + len(topic.weak.get(code, ())) for code in langs),
                    nearest=_nearest(finding),
                    likeliest=_likeliest(finding, silent.key),
                    threshold=float(comparison.alignment.threshold),
                    robust=finding.robust,
                    complete=silent.readout.complete,
                    mention=mention_of(finding.evidence, side),
                )
            )
    return tuple(sorted(found, key=lambda a: -a.row.cell(side).share))


def _nearest(finding: Finding) -> Nearest | None:
    for evidence in finding.evidence:
        if evidence.role == "nearest" and evidence.passage_index is not None:
            return Nearest(evidence.other_index or 0, evidence.passage_index, float(evidence.value or 0))
    return None


def _likeliest(finding: Finding, side: SideKey) -> Likeliest | None:
    for evidence in finding.evidence:
        likeliest = evidence.role == "likeliest" and evidence.side == side
        if likeliest and evidence.passage_index is not None:
            return Likeliest(
                evidence.passage_index, float(evidence.value or 0), float(evidence.threshold or 1)
            )
    return None
