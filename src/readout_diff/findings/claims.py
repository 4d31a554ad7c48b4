"""A claim: a passage with what was read in it, the unit that contradicts another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from readout_diff.findings.stance import Stance, read_stances
from readout_diff.mentions import Mention
from readout_diff.passages import Passage


@dataclass(frozen=True, slots=True)
class Claim:
    """A passage with its stance and mentions; `formula` is "opening", "closing", "atmosphere" or None."""

    passage: Passage
    stance: Stance
    mentions: tuple[Mention, ...]
    formula: str | None = None

    @property
    def text(self) -> str:
        """The text of the passage, to which offsets of stance and mentions refer."""
        return self.passage.text


def read_claims(
    passages: Sequence[Passage],
    mentions: Sequence[tuple[Mention, ...]],
    formulaic: Sequence[str | None],
) -> tuple[Claim, ...]:
    """Join what was read in the passages of one account.

    Args:
        passages: its passages.
        mentions: for each passage its mentions.
        formulaic: for each passage the formula it is, or None.

    Returns:
        One claim a passage.
    """
    rows = zip(passages, read_stances(passages), mentions, formulaic, strict=True)
    return tuple(Claim(*row) for row in rows)
