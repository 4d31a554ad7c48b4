"""Who does what to whom: acts that two accounts give to different speakers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from readout_diff.findings.claims import Claim

# Offices that one person does not hold at once, whatever the language calls them.
_APART = (
    frozenset({"president"}),
    frozenset({"chancellor", "premier"}),
    frozenset({"minister", "secretary"}),
)
_ADJACENT = 25  # characters between an office and the name of its holder


@dataclass(frozen=True, slots=True)
class Swap:
    """An act that two passages give to different speakers.

    `complete` is true where the speaker of one is the one spoken to in the other.
    """

    act: str
    left: str
    right: str
    complete: bool


@dataclass(frozen=True, slots=True)
class _Actor:
    """Someone a passage names: offset, offices and sound keys of names."""

    start: int
    end: int
    offices: frozenset[str]
    names: frozenset[str]

    def differs(self, other: _Actor) -> bool:
        """Return whether the two are certainly not one person."""
        if self.names and other.names:
            return not self.names & other.names
        groups = [{i for i, g in enumerate(_APART) if g & actor.offices} for actor in (self, other)]
        return bool(groups[0] and groups[1] and not groups[0] & groups[1])

    def may_be(self, other: _Actor) -> bool:
        """Return whether the two share a name or an office."""
        return bool(self.names & other.names or self.offices & other.offices)


def swaps(left: Claim, right: Claim) -> Iterator[Swap]:
    """Yield the acts, such as "warn" or "thank", that two passages give to different speakers.

    Args:
        left: a passage of one side.
        right: a passage of the other side.
    """
    for act in sorted(left.stance.acts.keys() & right.stance.acts.keys()):
        sides = [(_actors(claim), claim.stance.acts[act]) for claim in (left, right)]
        speakers = [next((a for a in reversed(actors) if a.start < at), None) for actors, at in sides]
        ours, theirs = speakers
        if (
            ours is None
            or theirs is None
            or "both" in ours.offices | theirs.offices
            or not ours.differs(theirs)
        ):
            continue
        complete = any(
            speaker.may_be(other)
            for speaker, (actors, at) in ((ours, sides[1]), (theirs, sides[0]))
            for other in actors
            if other.start > at
        )
        yield Swap(act, _words(left, ours), _words(right, theirs), complete)


def _actors(claim: Claim) -> list[_Actor]:
    """Return whom a passage names, in order; an office and the name that follows it are one actor."""
    found: list[_Actor] = []
    marks = [(at, at, "office", office) for at, office in claim.stance.actors]
    marks += [(m.span.start, m.span.end, "name", m.key) for m in claim.mentions if m.kind == "name"]
    for start, end, kind, key in sorted(marks):
        last = found[-1] if found else None
        joins = last and start - last.end <= _ADJACENT and not (kind == "name" and last.names)
        if last and joins and (kind == "name" or start == last.start):
            offices, names, start = last.offices, last.names, last.start
            found.pop()
        else:
            offices, names = frozenset(), frozenset()
        more = frozenset({key})
        found.append(
            _Actor(start, end, offices | more, names)
            if kind == "office"
            else _Actor(start, end, offices, names | more)
        )
    return found


def _words(claim: Claim, actor: _Actor) -> str:
    """Return the words that name an actor."""
    end = (
        actor.end
        if actor.end > actor.start
        else next(
            (i for i in range(actor.start, len(claim.text)) if claim.text[i] in " ,.;:"), len(claim.text)
        )
    )
    return claim.text[actor.start : end]
