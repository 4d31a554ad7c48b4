"""What an embedder is, and the vectors it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from readout_diff.errors import ReadoutDiffError


@runtime_checkable
class Embedder(Protocol):
    """Anything that turns texts into vectors; a ``SentenceTransformer`` is one.

    It may say more of itself: `model` and `revision` (strings) name it in the signature, and
    `batch_invariant` (a bool) promises that the vector of a text is the same, bit for bit, whatever other
    texts are encoded with it; `lock_free` that it works without the interpreter lock, in any thread.
    """

    def encode(self, texts: list[str], /) -> Any:
        """Return an array of *Shape:* ``(len(texts), dim)``."""


@dataclass(frozen=True, slots=True, eq=False)
class PassageVectors:
    """The vectors of one readout's passages.

    `matrix` has *Shape:* ``(n, dim)``: unit-norm float32, read-only. `model` and `revision` say what
    made it.
    """

    readout_id: str
    matrix: NDArray[np.float32]
    model: str
    revision: str

    @property
    def encoder(self) -> str:
        """What made the vectors, as "model@revision"."""
        return f"{self.model}@{self.revision}"


def model_name(embedder: Embedder) -> str:
    """Return the name that stands for `embedder` in a signature."""
    name = getattr(embedder, "model", None)
    return name if isinstance(name, str) else type(embedder).__name__


def model_revision(embedder: Embedder) -> str:
    """Return the revision of `embedder`, "unknown" where it does not tell."""
    revision = getattr(embedder, "revision", None)
    return revision if isinstance(revision, str) else "unknown"


def is_batch_invariant(embedder: Embedder) -> bool:
    """Whether `embedder` promises that a text's vector does not depend on the texts beside it."""
    return getattr(embedder, "batch_invariant", False) is True


def printable(text: str, longest: int) -> str:
    """Return the first `longest` characters of `text` in a form every engine can read.

    C strings end at the first NUL, and a lone surrogate has no UTF-8 form.

    Example:
        >>> printable("a\\0b\\ud800c", 4)
        'a b?'
    """
    return text[:longest].replace("\0", " ").encode("utf-8", "replace").decode()


def encode(texts: Sequence[str], embedder: Embedder) -> NDArray[np.float32]:
    """Encode `texts` into unit vectors.

    Args:
        texts: The texts, in order. Equal texts are encoded once.
        embedder: The model to use.

    Returns:
        Unit-norm vectors. *Shape:* ``(len(texts), dim)``; ``(0, 0)`` for no texts. A text in which
        the model sees nothing has the null vector.

    Raises:
        ReadoutDiffError: If the model returns another number of rows, or values that are not finite.

    Example:
        >>> from readout_diff.testing import HashEmbedder
        >>> encode(["one", "two", "one"], HashEmbedder()).shape
        (3, 64)
    """
    if not texts:
        return np.zeros((0, 0), dtype=np.float32)
    order = {text: index for index, text in enumerate(dict.fromkeys(texts))}
    matrix = np.array(embedder.encode(list(order)), dtype=np.float32)
    if matrix.ndim != 2 or len(matrix) != len(order):
        raise ReadoutDiffError(
            f"embedder {model_name(embedder)!r} returned shape {matrix.shape}; "
            f"right is ({len(order)}, dim), a row a text"
        )
    if not np.isfinite(matrix).all():
        raise ReadoutDiffError(
            f"embedder {model_name(embedder)!r} returned values that are not finite; right are real numbers"
        )
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    matrix /= np.where(norms > 0, norms, np.float32(1))
    return matrix[[order[text] for text in texts]]


def embed(readout_id: str, texts: Sequence[str], embedder: Embedder) -> PassageVectors:
    """Embed the passages of one readout.

    Args:
        readout_id: The readout the texts come from.
        texts: Its passages, in order.
        embedder: The model to use.

    Returns:
        The vectors, with the name and the revision of the model.

    Raises:
        ReadoutDiffError: If the model returns something else than a finite row a text.

    Example:
        >>> from readout_diff.testing import HashEmbedder
        >>> embed("a", ["one", "two"], HashEmbedder()).model
        'hash'
    """
    matrix = encode(texts, embedder)
    matrix.flags.writeable = False
    return PassageVectors(readout_id, matrix, model_name(embedder), model_revision(embedder))
