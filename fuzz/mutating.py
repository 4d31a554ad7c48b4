"""Inputs made from seeds: the number of an input alone decides what it is."""

from __future__ import annotations

import random
from collections.abc import Sequence

LONGEST = 4_000  # bytes of most inputs: many small ones find more than few large ones
LARGE = 200_000  # bytes of the few that look for slow steps


def mutated(seeds: Sequence[bytes], pieces: Sequence[bytes], seed: int, number: int) -> bytes:
    """Return input `number` of a run: a seed, cut and changed in a few places.

    Args:
        seeds: Inputs that are well formed.
        pieces: What to put in: words and marks the reader looks for.
        seed: Of the run.
        number: Of the input.

    Returns:
        The input; one in two hundred is a fragment repeated to a size at which a slow step shows.
    """
    rng = random.Random(f"{seed}:{number}")
    data = bytearray(rng.choice(seeds))
    if len(data) > LONGEST and not data.startswith((b"PK", b"%PDF")):  # half an archive is only damaged
        start = rng.randrange(len(data) - LONGEST) if rng.random() < 0.5 else 0
        data = data[start : start + rng.randint(200, LONGEST)]
    for _ in range(rng.choice((0, 1, 1, 2, 4, 8, 32))):
        at = rng.randrange(len(data) + 1)
        _CHANGES[rng.randrange(len(_CHANGES))](data, at, rng, seeds, pieces)
    if rng.random() < 0.005:
        fragment = b"".join(rng.choice(pieces) for _ in range(rng.randint(1, 4))) or b"a"
        at = rng.randrange(len(data) + 1)
        data[at:at] = fragment * (rng.randint(1_000, LARGE) // len(fragment) + 1)
    return bytes(data)


def _flip(data: bytearray, at: int, rng: random.Random, *_: object) -> None:
    if at < len(data):
        data[at] ^= 1 << rng.randrange(8)


def _byte(data: bytearray, at: int, rng: random.Random, *_: object) -> None:
    data[at : at + 1] = bytes([rng.randrange(256)])


def _drop(data: bytearray, at: int, rng: random.Random, *_: object) -> None:
    del data[at : at + rng.choice((1, 2, 8, 100))]


def _piece(data: bytearray, at: int, rng: random.Random, _: Sequence[bytes], pieces: Sequence[bytes]) -> None:
    data[at:at] = rng.choice(pieces)


def _again(data: bytearray, at: int, rng: random.Random, *_: object) -> None:
    data[at:at] = bytes(data[at : at + rng.choice((1, 5, 40))]) * rng.choice((1, 2, 20))


def _splice(data: bytearray, at: int, rng: random.Random, seeds: Sequence[bytes], _: object) -> None:
    other = rng.choice(seeds)
    start = rng.randrange(len(other) + 1)
    data[at:at] = other[start : start + rng.choice((3, 30, 300))]


_CHANGES = (_flip, _byte, _drop, _piece, _piece, _again, _splice)
