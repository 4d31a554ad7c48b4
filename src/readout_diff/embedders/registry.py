"""From the name a user gives to the embedders it stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias

from readout_diff.embedders.base import Embedder
from readout_diff.errors import UnknownComponentError


def _e5() -> Embedder:
    from readout_diff.embedders.e5 import E5Embedder

    return E5Embedder()


def _use() -> Embedder:
    from readout_diff.embedders.use import USEEmbedder

    return USEEmbedder()


BUNDLED: dict[str, Callable[[], Embedder]] = {"e5": _e5, "use": _use}
"""Embedders whose weights come with the installation, by name."""
NO_EMBEDDER = "none"
"""The name that stands for no embedder: words, names and subjects alone link passages."""

EmbedderSpec: TypeAlias = str | Path | Embedder


@cache
def _load(name: str) -> Embedder:
    """Load a model once a process: weights take longer to read than a readout to encode."""
    if name in BUNDLED:
        return BUNDLED[name]()
    from readout_diff.embedders.sentence_transformer import load_sentence_transformer

    return load_sentence_transformer(name, "torch", "cpu")


def resolve_embedders(spec: EmbedderSpec, languages: Sequence[str] = ()) -> tuple[Embedder, ...]:
    """Return the embedders `spec` stands for.

    Args:
        spec: "bundled" (all bundled embedders that know the languages, joined), "e5", "use", the name
            or the folder of a sentence-transformers model, an object with ``encode``, or "none".
        languages: The language codes of the texts. "bundled" leaves out an encoder that does not know
            them; an encoder asked for by name is used whatever the language.

    Returns:
        One or more embedders, in a fixed order; of "none" no embedder.

    Raises:
        UnknownComponentError: If `spec` is no known name, folder or embedder.

    Example:
        >>> [e.model for e in resolve_embedders("bundled", ["en", "de"])]
        ['e5', 'use']
        >>> [e.model for e in resolve_embedders("bundled", ["en", "uk"])]
        ['e5']
        >>> resolve_embedders("none")
        ()
    """
    if not isinstance(spec, str | Path):
        if not isinstance(spec, Embedder):
            raise UnknownComponentError(
                f"an embedder of type {type(spec).__name__!r} has no method encode; "
                f"right is a name, a folder or an object with encode(list[str]) -> array"
            )
        return (spec,)
    if spec == NO_EMBEDDER:
        return ()
    if spec == "bundled":
        from readout_diff.embedders.use import USEEmbedder

        joined = set(languages) <= USEEmbedder.languages
        return (_load("e5"), _load("use")) if joined else (_load("e5"),)
    name = str(spec)
    is_folder = bool(name) and Path(name).is_dir()
    if name not in BUNDLED and not is_folder and name.strip("/").count("/") != 1:
        known = ["bundled", NO_EMBEDDER, *BUNDLED, "a folder", "owner/model"]
        raise UnknownComponentError.of("embedder", name, known)
    return (_load(name),)
