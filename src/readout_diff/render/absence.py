"""What speaks for a topic being absent from one account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
class Absence:
    """A topic only one side mentions, with the evidence that the other does not.

    `side` mentions the topic in `row`; `searched` passages of the other side were searched for
    `cues` cues in its language. A pair counts as linked from `threshold` on.
    """

    row: TopicRow
    side: SideKey
    searched: int
    cues: int
    nearest: Nearest | None
    threshold: float

    @property
    def linked(self) -> bool:
        """Whether the nearest passage is linked all the same, over another topic."""
        return self.nearest is not None and self.nearest.probability >= self.threshold


def absences(comparison: Comparison, side: SideKey, lang: str = "en") -> tuple[Absence, ...]:
    """Return the topics only `side` mentions, the one with the largest share first."""
    left, right = sides_of(comparison)
    silent = right if side == "a" else left
    # Seen from the side that speaks: a row per passage of it.
    matrix = comparison.alignment.probabilities
    seen = matrix if side == "a" else matrix.T
    found = []
    for row in topic_rows(comparison, lang):
        if row.side != side:
            continue
        nearest = None
        if len(silent.passages):
            nearest = max(
                (
                    Nearest(source, int(seen[source].argmax()), float(seen[source].max()))
                    for source in row.cell(side).passages
                ),
                key=lambda n: n.probability,
            )
        langs = {passage.lang for passage in silent.passages}
        found.append(
            Absence(
                row=row,
                side=side,
                searched=len(silent.passages),
                cues=sum(len(row.topic.cues.get(code, ())) for code in langs),
                nearest=nearest,
                threshold=float(comparison.alignment.threshold),
            )
        )
    return tuple(sorted(found, key=lambda a: -a.row.cell(side).share))
