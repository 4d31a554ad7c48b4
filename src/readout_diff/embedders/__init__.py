"""Embedders: passages as vectors that can be compared across languages.

Two encoders come with their weights inside their packages, so they need no download: ``e5``
(multilingual-e5-small, 4 bit) and ``use`` (universal sentence encoder, multilingual). Any
sentence-transformers model, or any object with ``encode(list[str]) -> array``, can take their place;
`SentenceTransformerEmbedder` also takes the backend (torch, onnx, openvino) and the device. The name "none"
stands for no embedder.
"""

from __future__ import annotations

from readout_diff.embedders.base import Embedder, PassageVectors, embed
from readout_diff.embedders.registry import BUNDLED, NO_EMBEDDER, resolve_embedders
from readout_diff.embedders.sentence_transformer import SentenceTransformerEmbedder

__all__ = [
    "BUNDLED",
    "NO_EMBEDDER",
    "Embedder",
    "PassageVectors",
    "SentenceTransformerEmbedder",
    "embed",
    "resolve_embedders",
]
