"""Passages: the units of text that carry topics and are linked."""

from __future__ import annotations

from dataclasses import dataclass

from readout_diff.readout import Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a readout; ``readout.text[span.start:span.end] == text``."""

    readout_id: str
    index: int
    span: Span
    text: str
    lang: str
