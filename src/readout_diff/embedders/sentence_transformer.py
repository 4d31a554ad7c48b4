"""Any sentence-transformers model, by hub name or by path."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from readout_diff.errors import UnknownComponentError


class SentenceTransformerEmbedder:
    """A sentence-transformers model, loaded when it is built.

    A path is read from disk. A hub name is looked up in the local cache first and, unless
    ``HF_HUB_OFFLINE`` forbids it, fetched from the hub: only names given by the user come here.
    """

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        self.model = Path(name).name if Path(name).is_dir() else name
        try:
            self._model = SentenceTransformer(name)
        except Exception as error:  # the library raises OSError, ValueError, httpx and hub errors alike
            reason = next(iter(str(error).splitlines()), type(error).__name__)
            raise UnknownComponentError(
                f"embedder {name!r} could not be loaded as a sentence-transformers model ({reason[:120]}); "
                f"right are 'bundled', 'e5', 'use', a hub name or the folder of a model"
            ) from error
        self.revision = _revision(self._model)

    def encode(self, texts: list[str], /) -> Any:
        """Return the vectors of `texts`. *Shape:* ``(len(texts), dim)``."""
        return self._model.encode(texts, show_progress_bar=False, convert_to_numpy=True)


def _revision(model: Any) -> str:
    """Return the commit of a hub model, or the hash of its configuration."""
    for module in model:
        config = getattr(getattr(module, "auto_model", None), "config", None)
        commit = getattr(config, "_commit_hash", None)
        if isinstance(commit, str):
            return commit[:12]
    return "local"
