"""Any sentence-transformers model, by hub name or by path."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, TypeAlias

from readout_diff.errors import MissingExtraError, UnknownComponentError

Backend: TypeAlias = Literal["torch", "onnx", "openvino"]
# By backend, the modules it needs beside sentence-transformers.
_NEEDED = {"torch": (), "onnx": ("optimum", "onnxruntime"), "openvino": ("optimum", "openvino")}
_READ = (".json", ".txt", ".model", ".safetensors", ".bin")


class SentenceTransformerEmbedder:
    """A sentence-transformers model, loaded when it is built.

    A path is read from disk. A hub name is looked up in the local cache first and, unless
    ``HF_HUB_OFFLINE`` forbids it, fetched from the hub: only names given by the user come here.

    Weights are read as safetensors only, and no code that comes with a model is run.

    Args:
        name: The name of a model on the hub, or its folder.
        backend: What runs it: "torch", "onnx" or "openvino".
        device: Where it runs, as torch names it: "cpu", "cuda", "cuda:1", "mps". No other than the processor
            is used without being asked for.

    Raises:
        UnknownComponentError: If backend or device are not known or not there, or the model cannot be loaded.
        MissingExtraError: If packages of the backend are not installed.
    """

    def __init__(self, name: str, *, backend: Backend = "torch", device: str = "cpu") -> None:
        _check_backend(backend)
        _check_device(device)
        from sentence_transformers import SentenceTransformer

        self._made_of = (name, backend, device)
        self.model = Path(name).name if Path(name).is_dir() else name
        try:
            with _no_progress_bars():
                # pickled weights run what they like when they are read
                safe = {"use_safetensors": True} if backend == "torch" else None
                self._model = SentenceTransformer(
                    name, backend=backend, device=device, model_kwargs=safe, trust_remote_code=False
                )
        except Exception as error:  # the library raises OSError, ValueError, httpx and hub errors alike
            reason = next(iter(str(error).splitlines()), type(error).__name__)
            raise UnknownComponentError(
                f"embedder {name!r} could not be loaded as a sentence-transformers model ({reason[:120]}); "
                f"right are 'bundled', 'e5', 'use', a hub name or the folder of a model"
            ) from error
        self.revision = _folder_hash(Path(name)) if Path(name).is_dir() else _commit(self._model)
        if self.revision != "unknown" and backend != "torch":
            self.revision += f"-{backend}"  # its last bits are others

    def __reduce__(self) -> tuple[Any, tuple[str, str, str]]:
        # A worker is told which model to load, once; the weights stay where they are.
        return load_sentence_transformer, self._made_of

    def encode(self, texts: list[str], /) -> Any:
        """Return the vectors of `texts`. *Shape:* ``(len(texts), dim)``."""
        return self._model.encode(texts, show_progress_bar=False, convert_to_numpy=True)


@cache
def load_sentence_transformer(name: str, backend: Backend, device: str) -> SentenceTransformerEmbedder:
    """Return the model on a backend and device, loaded once a process."""
    return SentenceTransformerEmbedder(name, backend=backend, device=device)


def _check_backend(backend: str) -> None:
    if backend not in _NEEDED:
        raise UnknownComponentError.of("backend", backend, _NEEDED)
    missing = [module for module in _NEEDED[backend] if find_spec(module) is None]
    if missing:
        raise MissingExtraError(
            f"the backend {backend!r} needs {' and '.join(missing)}; "
            f"install it with: pip install 'sentence-transformers[{backend}]'"
        )


def _check_device(device: str) -> None:
    import torch

    try:
        torch.empty(0, device=device)
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise UnknownComponentError(
            f"the device {device!r} cannot be used ({reason[:120]}); right is one that torch has here: "
            f"{', '.join(['cpu', *(['cuda'] if torch.cuda.is_available() else [])])}"
        ) from error


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
