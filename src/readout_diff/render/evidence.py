"""Evidence of a finding in the words of a reader."""
from __future__ import annotations
from readout_diff.render.sides import Side
from typing import Any

def evidence_phrases(finding: Any, sides: tuple[Side, Side]) -> tuple[str, ...]:
    """TODO adapt to findings"""
    return tuple(str(getattr(e, "note", e)) for e in finding.evidence)
