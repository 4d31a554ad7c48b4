"""The headline: what the comparison found, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from readout_diff.render.absence import absences
from readout_diff.render.rows import TopicRow, topic_rows
from readout_diff.render.sides import Side, sides_of

if TYPE_CHECKING:
    from readout_diff.comparison import Comparison

# A headline that names more subjects than this on a side is a list.
_NAMED = 3


def headline(comparison: Comparison) -> str:
    """Return one English sentence: the subjects in both accounts, and those in one alone.

    It says what the texts given hold; a language without cues makes it say "could not be compared"
    rather than "not mentioned".
    """
    left, right = sides_of(comparison)
    rows = topic_rows(comparison)
    both = [row for row in rows if row.side == "both"]
    parts = [_both(both)]
    only = [_only(comparison, side) for side in (left, right)]
    parts += [part for part in only if part]
    if both and not any(only) and not any(row.side == "unknown" for row in rows):
        parts[0] = f"Both accounts mention the same {_count(len(both), 'subject')}"
    parts += _denied(rows, (left, right))
    unknown = _unknown(rows, (left, right))
    if unknown:
        parts = [unknown] if not both and not any(only) else [*parts, unknown]
    text = "; ".join(part for part in parts if part)
    return f"{text[0].upper()}{text[1:]}."


def join_words(words: Sequence[str], last: str = "and") -> str:
    """Return words as a sentence lists them.

    Example:
        >>> join_words(["NATO", "Iran", "energy"])
        'NATO, Iran and energy'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _both(rows: Sequence[TopicRow]) -> str:
    if not rows:
        return "No subject found in both accounts"
    return f"{_count(len(rows), 'subject')} in both accounts"


def _only(comparison: Comparison, side: Side) -> str:
    found = absences(comparison, side.key)
    if not found:
        return ""
    labels = [absence.row.label for absence in found]
    return f"only in {side.account}: {_listed(labels)}"


def _denied(rows: Sequence[TopicRow], sides: Sequence[Side]) -> list[str]:
    parts = []
    for side in sides:
        cells = [(row.label, row.cell(side.key)) for row in rows]
        labels = [label for label, cell in cells if cell.denied and not cell.passages]
        if labels:
            parts.append(f"not discussed, according to {side.account}: {_listed(labels)}")
    return parts


def _unknown(rows: Sequence[TopicRow], sides: Sequence[Side]) -> str:
    if not any(row.side == "unknown" for row in rows):
        return ""
    mute = [side.account for side in sides if not any(row.cell(side.key).known for row in rows)]
    if mute:
        found = any(row.cell(side.key).passages for row in rows for side in sides if side.account in mute)
        what = "other subjects" if found else "subjects"
        return f"{what} in {join_words(mute)} are unknown, because there is no word list in that language"
    labels = [row.label for row in rows if row.side == "unknown"]
    return f"unknown, because a word list is missing in one of the languages: {_listed(labels)}"


def _listed(labels: Sequence[str]) -> str:
    # A label may hold a comma of its own ("Embassies, visas"); quotes keep it in one piece.
    quoted = [f"“{label}”" if "," in label else label for label in labels]
    if len(quoted) > _NAMED + 1:
        quoted = [*quoted[:_NAMED], f"and {len(quoted) - _NAMED} more"]
    return ", ".join(quoted)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
