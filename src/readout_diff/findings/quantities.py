"""Numbers, dates or venues of two passages that cannot both be true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readout_diff.mentions import Mention

_DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0}
_CURRENCIES = frozenset({"USD", "EUR", "GBP", "RUB", "CNY", "money"})
# Things counted by a noun one of the sides may leave unnamed, or name by another word.
_OBJECTS = frozenset({"", "people", "dose", "ship", "vehicle"})
_NO_FACT = frozenset({"party", "ordinal", "degree"})
# Places that stand for a meeting there, seldom for a government or a region.
_VENUES = frozenset({"geneva", "vienna", "helsinki", "istanbul", "astana", "alaska", "rome", "bali"})
_SAME = 0.02  # relative difference up to which two numbers are the same
_COMPARABLE = 3.0  # factor up to which two numbers may be versions of one
_BOUND_REACH = 1.3  # "more than 2,000" covers numbers up to 1.3 times as large
_SEASONS = {
    "spring": {3, 4, 5},
    "summer": {6, 7, 8},
    "autumn": {9, 10, 11},
    "winter": {12, 1, 2},
    "year_end": {12},
    "q1": {1, 2, 3},
    "q2": {4, 5, 6},
    "q3": {7, 8, 9},
    "q4": {10, 11, 12},
}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Two mentions of one thing with other values; `weight` in (0, 1] says how telling they are."""

    left: Mention
    right: Mention
    weight: float


def mismatches(left: Sequence[Mention], right: Sequence[Mention]) -> tuple[Mismatch, ...]:
    """Return the numbers, dates and venues in which two passages differ that report the same thing.

    Args:
        left: mentions of the left passage.
        right: mentions of the right passage.

    Returns:
        The mismatches; none where one value of a kind is shared, or where it is open which values belong
        together.

    Example:
        >>> from readout_diff.mentions import find_mentions
        >>> a = find_mentions("more than 2,300 people", "en")
        >>> b = find_mentions("rund 2.100 Schutzbedürftige", "de")
        >>> [(m.left.value, m.right.value) for m in mismatches(a, b)]
        [(2300.0, 2100.0)]
    """
    return (*_numbers(left, right), *_dates(left, right), *_venues(left, right))


def _numbers(left: Sequence[Mention], right: Sequence[Mention]) -> Iterator[Mismatch]:
    """Yield the numbers that differ, by kind of thing counted."""
    sides = [
        [m for m in side if m.kind == "number" and m.unit not in _NO_FACT and m.bound != "!"]
        for side in (left, right)
    ]
    if not all(sides) or any(_agree(a, b) for a in sides[0] for b in sides[1]):
        return
    for kind in sorted({_kind(m.unit) for m in sides[0]} & {_kind(m.unit) for m in sides[1]}):
        ours, theirs = ([m for m in side if _kind(m.unit) == kind] for side in sides)
        if min(len(ours), len(theirs)) == 1 and max(len(ours), len(theirs)) <= 2:
            for a, b in ((a, b) for a in ours for b in theirs):
                if _comparable(a, b):
                    small = kind == "object" and max(a.value or 0, b.value or 0) <= 12
                    yield Mismatch(a, b, 0.6 if small else 0.9)
                    break


def _kind(unit: str) -> str:
    """Return the kind of a unit; numbers of one kind can contradict each other."""
    if unit in _OBJECTS:
        return "object"
    if unit in _DAYS:
        return "duration"
    return "money" if unit in _CURRENCIES else unit


def _size(mention: Mention) -> float:
    """Return the value in a common unit of its kind."""
    return (mention.value or 0.0) * _DAYS.get(mention.unit, 1.0)


def _agree(a: Mention, b: Mention) -> bool:
    """Return whether two numbers may be one, rounded or bounded."""
    if _kind(a.unit) != _kind(b.unit) and "" not in (a.unit, b.unit):
        return False
    x, y = _size(a), _size(b)
    if abs(x - y) <= _SAME * max(x, y):
        return True
    for bound, other, limited in ((x, y, a), (y, x, b)):
        if limited.bound == ">" and bound <= other <= bound * _BOUND_REACH:
            return True
        if limited.bound == "<" and bound / _BOUND_REACH <= other <= bound:
            return True
    return False


def _comparable(a: Mention, b: Mention) -> bool:
    """Return whether two numbers may be two versions of one."""
    if {a.unit, b.unit} <= _CURRENCIES and a.unit != b.unit:
        return False
    if a.unit and b.unit and a.unit in _OBJECTS and a.unit != b.unit:
        return False
    low, high = sorted((_size(a), _size(b)))
    return low > 0 and high / low <= _COMPARABLE


def _dates(left: Sequence[Mention], right: Sequence[Mention]) -> Iterator[Mismatch]:
    """Yield the dates that differ: one on a side, against one or two on the other."""
    ours, theirs = ([m for m in side if m.kind == "date"] for side in (left, right))
    if not ours or not theirs or min(len(ours), len(theirs)) > 1 or max(len(ours), len(theirs)) > 2:
        return
    compared = [(a, b, _clash(a, b)) for a in ours for b in theirs]
    if all(clash is not False for _, _, clash in compared):
        found = [(a, b) for a, b, clash in compared if clash]
        if found:
            yield Mismatch(*found[-1], weight=0.5 if found[-1][0].unit == "year" else 0.8)


def _venues(left: Sequence[Mention], right: Sequence[Mention]) -> Iterator[Mismatch]:
    """Yield the venue of each side, where each names one and they differ."""
    ours, theirs = ([m for m in side if m.kind == "place" and m.key in _VENUES] for side in (left, right))
    if len(ours) == len(theirs) == 1 and ours[0].key != theirs[0].key:
        yield Mismatch(ours[0], theirs[0], 0.6)


def _clash(a: Mention, b: Mention) -> bool | None:
    """Return whether two dates exclude each other, None where they say nothing about each other."""
    if a.unit == b.unit == "year":
        return a.key != b.key
    months = [_months(m) for m in (a, b)]
    if not all(months):
        return None
    if not months[0] & months[1]:
        return True
    return a.unit == b.unit == "day" and a.key[-5:] != b.key[-5:]


def _months(date: Mention) -> set[int]:
    """Return the months a date may lie in; none where that is open."""
    if date.unit == "period":
        return _SEASONS.get(date.key, set())
    if date.unit == "day":
        return {int(date.key[-5:-3])}
    return {int(date.key[-2:])} if date.unit == "month" else set()
