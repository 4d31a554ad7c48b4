"""Findings: what the two accounts differ in."""

from __future__ import annotations

from readout_diff.findings.differences import AccountView, find_differences
from readout_diff.findings.finding import Evidence, Finding

__all__ = ["AccountView", "Evidence", "Finding", "find_differences"]
