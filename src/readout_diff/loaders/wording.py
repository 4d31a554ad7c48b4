"""How a paragraph is worded: as offices or as authors write, as accounts begin or as they go on."""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
PLACES = 1 << 16
"""Into so many places the words are hashed."""

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[?!…“”„«»\"()\[\];:]")
_CHARACTERS = 1500  # of a paragraph that are looked at
_LONG, _STEM = 5, 4  # a word of more letters counts by its beginning and its end, too
_LARGEST = 127  # of a byte with a sign
_STEP, _MOST = 15, 8  # lengths of paragraphs are told apart by so many words


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """A logistic regression over the words, beginnings and ends of words, and pairs of words of a paragraph.

    Source: Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask Learning".
    """

    weights: NDArray[np.float32]
    intercept: float

    def logit(self, places: Places) -> float:
        """Return how likely a paragraph is what was learnt; above 0, more likely than not.

        Args:
            places: What `hashed` gives for it.
        """
        if not len(places):
            return self.intercept
        total = float(self.weights[places].sum(dtype=np.float64))
        return self.intercept + total / math.sqrt(len(places))

    def pack(self, name: str) -> dict[str, Any]:
        """Return the arrays to ship, their names beginning with `name`: a byte a place."""
        largest = float(np.abs(self.weights).max()) or 1.0
        whole = np.rint(self.weights / largest * _LARGEST).astype(np.int8)
        return {
            f"{name}_words": whole,
            f"{name}_largest": np.float32(largest),
            f"{name}_intercept": self.intercept,
        }

    @classmethod
    def unpack(cls, arrays: Mapping[str, Any], name: str) -> Wording:
        """Read what `pack` returned."""
        scale = arrays[f"{name}_largest"] / np.float32(_LARGEST)
        return cls(arrays[f"{name}_words"].astype(np.float32) * scale, float(arrays[f"{name}_intercept"]))


def hashed(text: str) -> Places:
    """Return the places of a paragraph, each once, in rising order.

    Example:
        >>> len(hashed("They met.")), len(hashed(""))
        (7, 4)
    """
    return np.array(sorted({zlib.crc32(sign.encode()) % PLACES for sign in _signs(text)}), np.int64)


def _signs(text: str) -> Iterator[str]:
    tokens = ["#" if token.isdigit() else token.lower() for token in _TOKEN.findall(text[:_CHARACTERS])]
    yield from tokens
    yield from map(" ".join, pairwise(tokens))
    for token in tokens:
        if len(token) > _LONG:
            yield token[:_STEM] + "~"
            yield "~" + token[-_STEM:]
    yield "^" + " ".join(tokens[:1])
    yield "^^" + " ".join(tokens[:2])
    yield "$" + " ".join(tokens[-1:])
    yield f"length {min(len(tokens) // _STEP, _MOST)}"
