"""Who called whom: the party that an opening line names as the caller."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from readout_diff.findings.claims import Claim
from readout_diff.mentions import Mention, sound_key

# How far from the wording the caller is named, in characters, and how much of a sound tells a party's name.
_REACH = 70
_TELLING = 3
_WORD = re.compile(r"[^\W\d_]{4,}")


def callers(left: Claim, right: Claim) -> tuple[str, str] | None:
    """Return whom the opening lines of two accounts name as the caller.

    Args:
        left: an opening of one account.
        right: an opening of the other.

    Returns:
        The sound keys of the two callers, or None where an account names none, or it is open who is meant.
    """
    found = [_caller(claim, (claim, other)) for claim, other in ((left, right), (right, left))]
    return (found[0], found[1]) if found[0] and found[1] else None


def _caller(claim: Claim, openings: Sequence[Claim]) -> str | None:
    """Return the sound key of the person whom `claim` names as the caller."""
    stance = claim.stance
    if "latter" in stance.initiative:
        named = [p for p in _people(claim) if p.span.end <= stance.initiative["latter"].start]
        return named[-1].key if named else None
    if "self" in stance.initiative:
        people = _people(claim)
        return people[0].key if people else None
    if "after" in stance.initiative:
        start = stance.initiative["after"].end
        return _person(claim, start, start + _REACH, openings, forward=True)
    if "before" in stance.initiative:
        end = stance.initiative["before"].start
        return _person(claim, max(0, end - _REACH), end, openings, forward=False)
    return None


def _person(claim: Claim, start: int, end: int, openings: Sequence[Claim], *, forward: bool) -> str | None:
    """Return the person named between two offsets, or the one whose office or country is."""
    clues: list[tuple[int, str, str]] = []
    for mention in claim.mentions:
        if mention.kind in ("name", "country") and start <= mention.span.start < end:
            clues.append((mention.span.start, mention.kind, mention.key))
    clues += [(at, "office", role) for at, role in claim.stance.actors if start <= at < end]
    clues += [(m.start(), "sound", m[0]) for m in _WORD.finditer(claim.text, start, end)]
    for _, kind, key in sorted(clues, reverse=not forward):
        if kind == "name" and key in {m.key for o in openings for m in _people(o)}:
            return key
        if kind != "name":
            found = {p for o in openings for p in _holders(o, kind, key, claim, (start, end))}
            if len(found) == 1:
                return found.pop()
    return None


def _people(claim: Claim) -> list[Mention]:
    """Return the persons an opening names: those with a given name or a title."""
    return [m for m in claim.mentions if m.kind == "name" and " " in m.span.of(claim.text)]


def _holders(claim: Claim, kind: str, key: str, source: Claim, window: tuple[int, int]) -> Iterator[str]:
    """Yield the person next to each place where an opening has an office, a country, a like-sounding name."""
    if kind == "country":
        places = [m.span.start for m in claim.mentions if m.kind == kind and m.key == key]
    elif kind == "office":
        places = [at for at, role in claim.stance.actors if role == key]
    else:
        sound = sound_key(key, source.passage.lang)[:_TELLING]
        words = [m for m in _WORD.finditer(claim.text) if m[0][0].isupper() and len(sound) == _TELLING]
        places = [m.start() for m in words if sound_key(m[0], claim.passage.lang)[:_TELLING] == sound]
    for place in places:
        if claim is source and window[0] <= place < window[1]:
            continue
        people = _people(claim)
        if people:
            yield min(people, key=lambda p: min(abs(p.span.start - place), abs(p.span.end - place))).key
