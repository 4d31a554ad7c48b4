"""Statements read from files, pages and articles."""

from __future__ import annotations

from readout_diff.loaders.loading import load, load_article, load_readouts, read_article

__all__ = ["load", "load_article", "load_readouts", "read_article"]
