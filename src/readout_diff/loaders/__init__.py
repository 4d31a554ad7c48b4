"""Statements read from files, pages and articles."""

from __future__ import annotations

from readout_diff.loaders.article import Absent, ArticleSplit, split_article, split_document
from readout_diff.loaders.document import Document
from readout_diff.loaders.loading import load, load_readouts, read_article

__all__ = [
    "Absent",
    "ArticleSplit",
    "Document",
    "load",
    "load_readouts",
    "read_article",
    "split_article",
    "split_document",
]
