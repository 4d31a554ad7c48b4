"""Statements an article gives piece by piece, put together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from readout_diff.loaders.voice import opens_report
from readout_diff.readout import Readout, content_id

_GAP = "\n\n"


def join_pieces(pieces: Sequence[Readout]) -> list[Readout]:
    """Put together what an article quotes in turns, a paragraph of one side and a paragraph of the other.

    Pieces belong together where two or more parties alternate and only the first piece of each begins as
    readouts do. Statements of one party that follow each other stay apart.

    Args:
        pieces: What was cut out of an article, in source order.

    Returns:
        The statements, each where its first piece stands.
    """
    groups: dict[str, list[Readout]] = {}
    for piece in pieces:
        if piece.party is None:
            return list(pieces)
        groups.setdefault(piece.party, []).append(piece)
    turns = sum(left.party != right.party for left, right in pairwise(pieces))
    again = any(opens_report(piece.text) for group in groups.values() for piece in group[1:])
    if len(groups) < 2 or turns < len(pieces) - 1 or len(pieces) < 4 or again:
        return list(pieces)
    return [_joined(group) for group in groups.values()]


def _joined(pieces: Sequence[Readout]) -> Readout:
    first = pieces[0]
    text, segments = "", []
    for piece in pieces:
        start = len(text) + len(_GAP) if text else 0
        text = f"{text}{_GAP}{piece.text}" if text else piece.text
        segments += [replace(segment, start=segment.start + start) for segment in piece.segments]
    return replace(
        first,
        id=content_id(text, first.party, first.publisher),
        text=text,
        segments=tuple(segments),
        complete=pieces[-1].complete,
        confidence=min(0.75, *(piece.confidence for piece in pieces)),
    )
