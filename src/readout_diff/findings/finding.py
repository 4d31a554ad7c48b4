"""Findings: a difference between two accounts with the evidence for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from readout_diff.readout import Span

SideKey: TypeAlias = Literal["a", "b"]
FindingKind: TypeAlias = Literal["one_sided", "denied", "emphasis", "order", "conflict"]


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
    is; `robust` whether it holds over the plausible range of the threshold that decided it. `evidence` is
    never empty.
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
