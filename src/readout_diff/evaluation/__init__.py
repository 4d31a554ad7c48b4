"""Evaluation: how far the results can be trusted, measured against gold annotation."""

from __future__ import annotations

from readout_diff.evaluation.metrics import Counts, Figure
from readout_diff.evaluation.run import Evaluation, Mistake, evaluate

__all__ = ["Counts", "Evaluation", "Figure", "Mistake", "evaluate"]
