"""Findings: a difference between two accounts with the evidence for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from readout_diff.readout import Span

SideKey: TypeAlias = Literal["a", "b"]
Mention: TypeAlias = Literal["sure", "in passing", "uncertain"]
FindingKind: TypeAlias = Literal["one_sided", "denied", "emphasis", "order", "conflict"]

# Thresholds are uncertain themselves: what stays below half of one is plainly below it.
PLAUSIBLE = 0.5


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence: a passage of one side, and why it counts.

    `role` is "mention" (a cue of the topic stands at `span`), "denial" (the passage says the topic was not
    discussed), "nearest" (the passage of the silent side that comes nearest; `other_index` is the passage
    it is near to), "likeliest" (the passage of `side` worded most like the topic), "linked" or
    "account" (a property of the whole account, such as a cut text; then `passage_index` is None). `value`
    is a probability in [0, 1] or a share in [0, 1], `threshold` the value
    that decided.
    """

    role: str
    side: SideKey
    note: str
    passage_index: int | None = None
    span: Span | None = None
    other_index: int | None = None
    value: float | None = None
    threshold: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A difference between the two accounts.

    `kind` is "one_sided" (only `side` mentions the topic), "denied" (`side` says the topic was not
    discussed), "emphasis" (`side` gives the topic more room), "order" (`side` has it earlier) or "conflict"
    (linked passages contradict each other; `side` is "both"). `strength` in [0, 1] says how clear the finding
    is; `robust` whether it holds over the plausible range of the thresholds that decided it, and of a
    one-sided topic also whether the mention itself is sure. `evidence` is never empty.
    """

    kind: FindingKind
    topic_id: str | None
    side: Literal["a", "b", "both"]
    strength: float
    evidence: tuple[Evidence, ...]
    robust: bool = True

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"a finding of kind {self.kind!r} needs evidence; an empty one proves nothing")


def mention_of(evidence: Iterable[Evidence], side: str) -> Mention:
    """Tell how sure a mention is.

    Args:
        evidence: The evidence of a one-sided topic.
        side: The side that mentions it.

    Returns:
        "sure" where two passages name the topic, or one does and a passage of the account is worded like
        it (or no topic model says how they are worded); "in passing" where none is; "uncertain" where
        nothing but weak cues, or likeness, speaks for it.

    Example:
        >>> mention_of([Evidence("mention", "a", "NATO", 3, value=1.0)], "a")
        'sure'
    """
    own = [piece for piece in evidence if piece.side == side]
    named = [piece for piece in own if piece.role == "mention"]
    if max((piece.value or 0.0 for piece in named), default=0.0) < 1:
        return "uncertain"
    likeliest = [piece for piece in own if piece.role == "likeliest"]
    worded = all((piece.value or 0.0) >= PLAUSIBLE * (piece.threshold or 1.0) for piece in likeliest)
    twice = len({piece.passage_index for piece in named}) > 1
    return "sure" if twice or worded else "in passing"
