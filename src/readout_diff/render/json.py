"""JSON of a comparison, under a versioned schema."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from readout_diff.render.frames import (
    only_frame,
    pairs_frame,
    passages_frame,
    topics_frame,
)
from readout_diff.render.headline import headline
from readout_diff.render.wording import source_name

if TYPE_CHECKING:
    import pandas as pd

    from readout_diff.comparison import Comparison
    from readout_diff.findings.finding import Finding
    from readout_diff.readout import Readout

SCHEMA = "readout-diff/1"

# Enough digits to reproduce every decision, few enough to be the same on every machine.
_DIGITS = 5
_MARKUP = re.compile("[<>&'\u2028\u2029]")


def to_dict(comparison: Comparison) -> dict[str, Any]:
    """Return the comparison as JSON types: dicts, lists, strings, numbers, booleans and None.

    Texts of passages stand once, in "passages"; "pairs" and "only" refer to them by index. Offsets
    are half-open code points into "text" of the readout.
    """
    return {
        "schema": SCHEMA,
        "headline": headline(comparison),
        "signature": str(comparison.signature),
        "scheme": {
            "id": comparison.scheme.id,
            "version": comparison.scheme.version,
            "checksum": comparison.scheme.checksum,
        },
        "threshold": _plain(float(comparison.alignment.threshold)),
        "a": readout_to_dict(comparison.left),
        "b": readout_to_dict(comparison.right),
        "topics": _records(topics_frame(comparison)),
        "pairs": _records(pairs_frame(comparison).drop(columns=["a_text", "b_text"])),
        "passages": _records(passages_frame(comparison)),
        "findings": [_finding(finding) for finding in comparison.differences],
        "only": {
            "a": _records(only_frame(comparison, "a").drop(columns=["text", "nearest_text"])),
            "b": _records(only_frame(comparison, "b").drop(columns=["text", "nearest_text"])),
        },
    }


def to_json(comparison: Comparison, *, indent: int | None = 2) -> str:
    """Return `to_dict` as JSON: the same comparison gives the same text, byte for byte."""
    return json.dumps(to_dict(comparison), ensure_ascii=False, indent=indent, allow_nan=False)


def for_script(value: Any) -> str:
    """Return `value` as JSON in ASCII that cannot end or open an HTML element.

    Example:
        >>> for_script({"text": "</script>é"})
        '{"text":"\\\\u003c/script\\\\u003e\\\\u00e9"}'
    """
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return _MARKUP.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def readout_to_dict(readout: Readout) -> dict[str, Any]:
    """Return a readout as JSON types.

    A result is handed on: the folders of a local file stay out of it, as does the map to its text.
    """
    values = asdict(readout)
    if values["source"]:
        values["source"] = source_name(values["source"])
    values.pop("segments")  # where the text stood in its source is no part of the result
    return {name: _plain(value) for name, value in values.items()}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "topic": finding.topic_id,
        "side": finding.side,
        "strength": _plain(finding.strength),
        "robust": finding.robust,
        "evidence": [{k: _plain(v) for k, v in asdict(evidence).items()} for evidence in finding.evidence],
    }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(k): _plain(v) for k, v in row.items()} for row in frame.to_dict("records")]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, bool | str):
        return value
    if value is None or value != value or repr(value) == "<NA>":
        return None
    if hasattr(value, "item"):  # a NumPy scalar
        value = value.item()
    return round(value, _DIGITS) if isinstance(value, float) else value
