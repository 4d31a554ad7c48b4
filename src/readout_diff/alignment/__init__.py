"""Alignment: which passages of two accounts report the same thing."""

from __future__ import annotations

from readout_diff.alignment.background import Background, load_background
from readout_diff.alignment.clauses import Clauses, embed_clauses
from readout_diff.alignment.links import Alignment, Link
from readout_diff.alignment.matching import Evidence, align_passages, choose_model
from readout_diff.alignment.parts import Encoded

__all__ = [
    "Alignment",
    "Background",
    "Clauses",
    "Encoded",
    "Evidence",
    "Link",
    "align_passages",
    "choose_model",
    "embed_clauses",
    "load_background",
]
