"""Clauses: the parts of a passage that may each report something of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readout_diff.passages import Passage

# Punctuation, and "and", "as well as", "or", "but" in the languages of the background.
_BREAK = re.compile(
    r"(?<=[,;:，；：、—–])\s*"
    r"|\s+(?=(?:and|as well as|or|but|while|und|sowie|oder|aber|et|ainsi que|ou|mais|и|а также|или|но|а)\s)"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
# Shorter pieces ("he said,") report nothing by themselves and stay with their neighbour.
_SHORTEST, _SHORTEST_HAN = 18, 6


@dataclass(frozen=True, slots=True, eq=False)
class Clauses:
    """The vectors of the clauses of one side.

    `owner` says for each row of `vectors` (unit length) the index of its passage.
    """

    owner: NDArray[np.intp]
    vectors: NDArray[np.float32]


def split_clauses(text: str) -> tuple[str, ...]:
    """Split a passage into clauses at punctuation and conjunctions; no analysis is needed.

    Example:
        >>> split_clauses("They spoke of strategic stability, ransomware attacks and the situation in Libya.")
        ('They spoke of strategic stability,', 'ransomware attacks', 'and the situation in Libya.')
    """
    han = bool(_HAN.search(text))
    shortest, glue = (_SHORTEST_HAN, "") if han else (_SHORTEST, " ")
    clauses: list[str] = []
    for part in _BREAK.split(text):
        piece = (part or "").strip()
        if not piece:
            continue
        if clauses and min(len(piece), len(clauses[-1])) < shortest:
            clauses[-1] += glue + piece
        else:
            clauses.append(piece)
    return tuple(clauses) or (text,)


def embed_clauses(
    passages: Sequence[Passage], encode: Callable[[Sequence[str]], NDArray[np.float32]]
) -> Clauses:
    """Embed the clauses of passages; only worth its time with a fast encoder.

    Args:
        passages: The passages of one side.
        encode: Turns texts into unit vectors, a row a text.
    """
    parts = [split_clauses(passage.text) for passage in passages]
    owner = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    return Clauses(owner, encode([text for part in parts for text in part]))
