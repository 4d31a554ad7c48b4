"""Many pairs at once: compared in parallel, resumable, failures set aside."""

from __future__ import annotations

from readout_diff.batch.many import compare_many
from readout_diff.batch.pairs import Pair, PairResult, read_pairs

__all__ = ["Pair", "PairResult", "compare_many", "read_pairs"]
