"""Any sentence-transformers model, by hub name or by path."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from readout_diff.errors import UnknownComponentError

_READ = (".json", ".txt", ".model", ".safetensors", ".bin")


class SentenceTransformerEmbedder:
    """A sentence-transformers model, loaded when it is built.

    A path is read from disk. A hub name is looked up in the local cache first and, unless
    ``HF_HUB_OFFLINE`` forbids it, fetched from the hub: only names given by the user come here.
    """

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        self.model = Path(name).name if Path(name).is_dir() else name
        try:
            with _no_progress_bars():
                self._model = SentenceTransformer(name)
        except Exception as error:  # the library raises OSError, ValueError, httpx and hub errors alike
            reason = next(iter(str(error).splitlines()), type(error).__name__)
            raise UnknownComponentError(
                f"embedder {name!r} could not be loaded as a sentence-transformers model ({reason[:120]}); "
                f"right are 'bundled', 'e5', 'use', a hub name or the folder of a model"
            ) from error
        self.revision = _folder_hash(Path(name)) if Path(name).is_dir() else _commit(self._model)

    def encode(self, texts: list[str], /) -> Any:
        """Return the vectors of `texts`. *Shape:* ``(len(texts), dim)``."""
        return self._model.encode(texts, show_progress_bar=False, convert_to_numpy=True)


@contextmanager
def _no_progress_bars() -> Iterator[None]:
    """Keep the libraries below from drawing bars while weights are read from disk."""
    logging: Any = import_module("transformers.utils.logging")
    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()


def _commit(model: Any) -> str:
    """Return the commit of a hub model, "unknown" where the hub does not tell."""
    for module in model:
        config = getattr(getattr(module, "auto_model", None), "config", None)
        commit = getattr(config, "_commit_hash", None)
        if isinstance(commit, str):
            return commit[:12]
    return "unknown"


def _folder_hash(folder: Path) -> str:
    """Return a hash of what is read from a model's folder: its weights, vocabulary and settings."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in _READ:
            digest.update(path.relative_to(folder).as_posix().encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]
