"""Statements read from files, pages and articles."""

from __future__ import annotations

from readout_diff.loaders.article import Absent, ArticleSplit, split_article
from readout_diff.loaders.loading import load, load_readouts

__all__ = ["Absent", "ArticleSplit", "load", "load_readouts", "split_article"]
