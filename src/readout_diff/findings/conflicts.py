"""Whether two linked passages agree, or contradict each other, with the reason why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from readout_diff.findings.claims import Claim
from readout_diff.findings.initiative import callers
from readout_diff.findings.quantities import Mismatch, mismatches
from readout_diff.findings.roles import swaps
from readout_diff.findings.stance import Stance

# From this strength a pair of passages is a conflict.
THRESHOLD = 0.5

# Marks by which a passage says that something is not so, the strongest first, and how much it tells where
# the other passage says it without any of them.
_DENIALS = (
    ("undiscussed", "undiscussed", 0.9),
    ("reject", "rejected", 0.55),
    ("refuse", "refused", 0.45),
    ("negation", "negated", 0.3),
)
# How much of that remains where the other passage is negative too.
_BOTH_NEGATIVE = 0.5
# How much remains of a difference in stance where each passage speaks for both sides.
_JOINT = 0.5
# Other marks that only one of two passages about one thing carries, and how much they tell.
_ONE_SIDED = (
    ("reply", "answered", 0.45),
    ("justify", "justified", 0.45),
    ("mistake", "rejected", 0.4),
    ("shift", "blamed", 0.3),
    ("oppose", "opposed", 0.2),
    ("distance", "distanced", 0.25),
    ("quoted", "distanced", 0.1),
)
# What one says of that which the other says: a claim and its contrary.
_MET = (
    ("blame", ("blame", "condemn", "concern", "demand"), "blamed", 0.35),
    ("concern", ("reply", "justify", "reject", "negation"), "answered", 0.3),
    ("condemn", ("reply", "justify", "reject"), "answered", 0.3),
    ("commit", ("refuse", "reject"), "refused", 0.3),
    ("demand", ("refuse", "reject", "justify"), "refused", 0.25),
    ("shift", ("condemn", "concern", "demand", "justify"), "blamed", 0.35),
    ("admonish", ("concern", "condemn", "blame"), "blamed", 0.5),
    ("blame", ("internal",), "blamed", 0.5),
    ("comply", ("blame", "condemn", "demand"), "complied", 0.5),
    ("press", ("calm",), "opposite", 0.6),
    ("up", ("down",), "opposite", 0.6),
    ("premise", ("apart",), "opposite", 0.6),
    ("unready", ("ready",), "opposite", 0.6),
    ("futile", ("benefit",), "opposite", 0.6),
)

# How much remains of a rejection where the other passage only says that the matter was discussed: nothing
# in it can be rejected.
_BARE = 0.5
# Marks of a passage that takes no position.
_NO_POSITION = frozenset({"discuss", "joint", "quoted"})

# How many words, and which share of them, name what a denial and a report have in common.
_NAMED = 3
_SHARE = 0.7
_WORD = re.compile(r"[^\W\d_]{4,}")

# A name of the matter that takes no side ("the Ukraine crisis").
_NEUTRAL = "crisis"


@dataclass(frozen=True, slots=True)
class Reason:
    """One sign that two passages contradict each other.

    `kind` is "undiscussed", "rejected", "refused", "answered", "justified", "complied", "blamed", "negated",
    "opposed", "opposite", "term", "distanced", "number", "date", "place", "roles" or "initiative"; `left`
    and `right` quote the words; `weight` in (0, 1] is how much it tells alone.
    """

    kind: str
    left: str
    right: str
    weight: float


@dataclass(frozen=True, slots=True)
class Relation:
    """How two linked passages stand to each other.

    `kind` is "same", "partial" or "conflict"; `strength` in [0, 1] is how sure a conflict is; `reasons`
    are its signs, the strongest first.
    """

    kind: Literal["same", "partial", "conflict"]
    strength: float
    reasons: tuple[Reason, ...] = ()


def relate(left: Claim, right: Claim, probability: float) -> Relation:
    """Decide how two passages about one thing stand to each other.

    Args:
        left: a passage of one side.
        right: a passage of the other side.
        probability: the probability in [0, 1] that the two report the same.

    Returns:
        The relation; swapping the passages mirrors it. A pair without signs of conflict is "same" where
        `probability` is at least a half, else "partial".
    """
    reasons = tuple(sorted(_reasons(left, right), key=lambda r: (-r.weight, r.kind)))
    doubt = 1.0
    for reason in reasons:
        doubt *= 1.0 - reason.weight
    strength = round(1.0 - doubt, 4)
    if strength >= THRESHOLD:
        return Relation("conflict", strength, reasons)
    return Relation("same" if probability >= 0.5 else "partial", strength, reasons)


def _reasons(left: Claim, right: Claim) -> Iterator[Reason]:
    """Yield the signs that two passages contradict each other."""
    joint = "joint" in left.stance and "joint" in right.stance
    told = (_JOINT if joint else 1.0) * (_BARE if _bare(left.stance) or _bare(right.stance) else 1.0)
    for reason in _stances(left.stance, right.stance):
        yield reason if reason.kind == "undiscussed" else replace(reason, weight=reason.weight * told)
    openings = left.formula == right.formula == "opening"
    for found in mismatches(left.mentions, right.mentions):
        # A bare number of an opening is a day or an hour.
        if not openings or found.left.kind != "number" or (found.left.unit and found.right.unit):
            yield _quantity(found, left.text, right.text)
    yield from _terms(left.stance, right.stance)
    yield from _mutual(left, right)
    for swap in swaps(left, right):
        yield Reason("roles", swap.left, swap.right, 0.7 if swap.complete else 0.3)
    if openings:
        named = callers(left, right)
        if named and named[0] != named[1]:
            yield Reason("initiative", _initiative(left), _initiative(right), 0.9)


def _bare(stance: Stance) -> bool:
    """Return whether a passage says that a matter was discussed without a position on it."""
    return "discuss" in stance and stance.marks.keys() <= _NO_POSITION


def names_undiscussed(denial: Claim, report: Claim) -> bool:
    """Return whether one passage says of what another reports, by the same name, that it was not discussed.

    Args:
        denial: a passage that may say so.
        report: a passage of the other side in the same language.

    Returns:
        True if nearly all words of the denial beside "not discussed" stand in the report, some at least.
    """
    words = denial.stance.marks.get("undiscussed")
    if not words or "undiscussed" in report.stance or denial.passage.lang != report.passage.lang:
        return False
    named = set(_WORD.findall(denial.text.replace(words, " ").casefold()))
    shared = named & set(_WORD.findall(report.text.casefold()))
    return len(shared) >= _NAMED and len(shared) >= _SHARE * len(named)


def _initiative(claim: Claim) -> str:
    """Return the words by which a passage names the caller."""
    return next(iter(claim.stance.initiative.values())).of(claim.text)


def _stances(left: Stance, right: Stance) -> Iterator[Reason]:
    """Yield the signs of a contradiction in what two passages say they hold."""
    yield from _denials(left, right)
    yield from _one_sided_marks(left, right)
    yield from _met_marks(left, right)


def _denials(left: Stance, right: Stance) -> Iterator[Reason]:
    """Yield the strongest denial of each passage, where the other has none as strong."""
    for mark, kind, weight in _DENIALS:
        if (mark in left) != (mark in right):
            other = right if mark in left else left
            negative = "mistake" in other or any(m in other for m, _, _ in _DENIALS)
            told = weight * _BOTH_NEGATIVE if negative else weight
            yield Reason(kind, left.marks.get(mark, ""), right.marks.get(mark, ""), told)


def _one_sided_marks(left: Stance, right: Stance) -> Iterator[Reason]:
    """Yield the other marks that only one of the two carries."""
    for mark, kind, weight in _ONE_SIDED:
        if (mark in left) != (mark in right):
            yield Reason(kind, left.marks.get(mark, ""), right.marks.get(mark, ""), weight)


def _met_marks(left: Stance, right: Stance) -> Iterator[Reason]:
    """Yield the marks of one that stand against a mark of the other."""
    for mark, others, kind, weight in _MET:
        for other in others:
            forth = mark in left and other in right
            back = mark in right and other in left
            # Two that both demand and both refuse may well demand and refuse the same.
            if forth != back or (forth and mark == other):
                words = (
                    (left.marks[mark], right.marks[other])
                    if forth
                    else (left.marks[other], right.marks[mark])
                )
                yield Reason(kind, *words, weight)
                break


def _mutual(left: Claim, right: Claim) -> Iterator[Reason]:
    """Yield the sign that each passage asks something of another country."""
    ours, theirs = _addressed(left), _addressed(right)
    if ours and theirs and not ours & theirs:
        yield Reason("blamed", left.stance.marks["address"], right.stance.marks["address"], 0.5)


def _addressed(claim: Claim) -> set[str]:
    """Return the countries named in, or right before, the words by which a passage asks something."""
    words = claim.stance.marks.get("address")
    if not words:
        return set()
    start = claim.text.index(words)
    return {
        m.key
        for m in claim.mentions
        if m.kind == "country" and start - 1 <= m.span.end and m.span.start < start + len(words)
    }


def _quantity(found: Mismatch, left: str, right: str) -> Reason:
    """Return a mismatch of numbers, dates or venues as a reason."""
    return Reason(found.left.kind, found.left.span.of(left), found.right.span.of(right), found.weight)


def _terms(left: Stance, right: Stance) -> Iterator[Reason]:
    """Yield loaded names of one thing that differ, such as "war" and "special operation"."""
    ours, theirs = ([term for term in stance.terms if term != _NEUTRAL] for stance in (left, right))
    if ours and theirs and not set(ours) & set(theirs):
        yield Reason("term", left.terms[ours[0]], right.terms[theirs[0]], 0.6)
