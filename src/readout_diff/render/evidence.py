"""The evidence of a finding in a reader's words."""

from __future__ import annotations

from readout_diff.findings.finding import Evidence, Finding
from readout_diff.render.sides import Side

_NOTES = {"mention": "names it ({})", "denial": "says that it was not discussed ({})"}


def evidence_phrases(finding: Finding, sides: tuple[Side, Side]) -> tuple[str, ...]:
    """Return a phrase per piece of evidence; passages go by their number, from 1 ("B7")."""
    return tuple(_phrase(evidence, sides) for evidence in finding.evidence)


def _phrase(evidence: Evidence, sides: tuple[Side, Side]) -> str:
    side, other = sides if evidence.side == "a" else sides[::-1]
    where = side.letter if evidence.passage_index is None else side.ref(evidence.passage_index)
    if evidence.other_index is not None:
        where = f"{where} and {other.ref(evidence.other_index)}"
    value = ""
    if evidence.value is not None and evidence.threshold is not None:
        decides = "a mention" if evidence.role == "likeliest" else "linked"
        value = f" ({evidence.value:.2f}, {decides} from {evidence.threshold:.2f})"
    note = _NOTES.get(evidence.role, "{}").format(evidence.note)
    return f"{where}: {note}{value}"
