"""Clauses: the parts of a passage that may each report something of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from readout_diff.passages import Passage

# Two small letters before a full stop: no initial, no "Jr.", no ordinal.
_SENTENCE_END = r"(?<=[^\W\d_A-ZÀ-ÖØ-ÞА-ЯЁ]{2}[.!?…])[\"'”“»]?\s+(?=[\"'„“«A-ZÀ-ÖØ-ÞА-ЯЁ])|(?<=[。！？])"
# Punctuation, and "and", "as well as", "or", "but" in the languages of the background.
_BREAK = re.compile(
    rf"{_SENTENCE_END}"
    r"|(?<=[,;:，；：、—–])\s*"
    r"|\s+(?=(?:and|as well as|or|but|while|und|sowie|oder|aber|et|ainsi que|ou|mais|и|а также|или|но|а)\s)"
)
_SENTENCE_BREAK = re.compile(_SENTENCE_END)
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
    for piece in _pieces(_BREAK, text):
        if clauses and min(len(piece), len(clauses[-1])) < shortest:
            clauses[-1] += glue + piece
        else:
            clauses.append(piece)
    return tuple(clauses)


def split_sentences(text: str) -> tuple[str, ...]:
    """Split a passage that may hold several sentences.

    Example:
        >>> split_sentences("Joseph R. Biden, Jr. called. They agreed to meet on 7. April.")
        ('Joseph R. Biden, Jr. called.', 'They agreed to meet on 7. April.')
    """
    return tuple(_pieces(_SENTENCE_BREAK, text))


def embed_clauses(
    passages: Sequence[Passage],
    encode: Callable[[Sequence[str]], NDArray[np.float32]],
    *,
    fast: bool = False,
) -> Clauses:
    """Embed the parts of passages.

    Args:
        passages: The passages of one side.
        encode: Turns texts into unit vectors, a row a text.
        fast: Whether the encoder is fast enough for every clause. Otherwise only passages that hold
            several sentences are split, into these.

    Returns:
        The parts of every passage that has more than one.
    """
    split = split_clauses if fast else split_sentences
    parts = [split(passage.text) for passage in passages]
    parts = [part if len(part) > 1 else () for part in parts]
    texts = [text for part in parts for text in part]
    owner = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    return Clauses(owner, encode(texts) if texts else np.zeros((0, 0), np.float32))


def _pieces(pattern: re.Pattern[str], text: str) -> list[str]:
    return [piece.strip() for piece in pattern.split(text) if piece and piece.strip()] or [text]
