"""Data frames of a comparison: tidy, with the same columns and types when empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from readout_diff.render.absence import absences
from readout_diff.render.evidence import evidence_phrases
from readout_diff.render.rows import TopicRow, hits_of, topic_rows
from readout_diff.render.sides import Side, SideKey, sides_of

if TYPE_CHECKING:
    import pandas as pd

    from readout_diff.comparison import Comparison

# Columns are added, never renamed: what a script reads today it reads in every later version.
TOPIC_COLUMNS = {
    "topic": "str", "label": "str", "passages_a": "int64", "passages_b": "int64", "share_a": "float64",
    "share_b": "float64", "side": "str", "first_a": "Int64", "first_b": "Int64", "denied_a": "bool",
    "denied_b": "bool",
}  # fmt: skip
PAIR_COLUMNS = {
    "a_index": "int64", "b_index": "int64", "a_start": "int64", "a_end": "int64", "b_start": "int64",
    "b_end": "int64", "a_text": "str", "b_text": "str", "score": "float64", "confidence": "float64",
    "relation": "str", "topics": "object", "evidence": "object",
}  # fmt: skip
PASSAGE_COLUMNS = {
    "side": "str", "index": "int64", "start": "int64", "end": "int64", "text": "str", "topics": "object",
    "lang": "str", "counterparts": "object",
}  # fmt: skip
FINDING_COLUMNS = {
    "kind": "str", "topic": "str", "side": "str", "strength": "float64", "robust": "bool",
    "evidence": "object",
}  # fmt: skip
ONLY_COLUMNS = {
    "topic": "str", "label": "str", "passages": "object", "share": "float64", "text": "str",
    "nearest_index": "Int64", "nearest_text": "str", "probability": "float64", "threshold": "float64",
    "robust": "bool", "searched": "int64", "cues": "int64",
    "likeliest_index": "Int64", "likelihood": "float64",
}  # fmt: skip


def topics_frame(comparison: Comparison, lang: str = "en") -> pd.DataFrame:
    """Return a row per topic of the scheme.

    Args:
        comparison: What to show.
        lang: Language code of the labels.

    Returns:
        `passages_*` count passages, `share_*` is the share of the account's words, in [0, 1], in
        passages with the topic, `first_*` the rank by first mention (missing where not mentioned),
        `denied_*` whether the account says the topic was not discussed. `side` is "both", "a", "b",
        "neither", or "unknown" where the scheme has no cues in the language of an account.
    """
    return _frame(TOPIC_COLUMNS, (_topic_record(row) for row in topic_rows(comparison, lang)))


def pairs_frame(comparison: Comparison) -> pd.DataFrame:
    """Return a row per pair of linked passages.

    Offsets are half-open code points into the text of each readout; `score` ranks pairs (higher is
    closer), `confidence` is the probability in [0, 1] that both report the same, `topics` are those
    of both passages. Passages without a counterpart stand in `passages_frame`.
    """
    topics_a, topics_b = (_topics_by_passage(comparison, side) for side in sides_of(comparison))

    def records() -> Iterable[Mapping[str, Any]]:
        for link in comparison.alignment.links:
            for i in link.left:
                for j in link.right:
                    a, b = comparison.left_passages[i], comparison.right_passages[j]
                    yield {
                        "a_index": i, "b_index": j,
                        "a_start": a.span.start, "a_end": a.span.end,
                        "b_start": b.span.start, "b_end": b.span.end,
                        "a_text": a.text, "b_text": b.text,
                        "score": link.score, "confidence": link.confidence, "relation": link.relation,
                        "topics": tuple(t for t in topics_a.get(i, ()) if t in topics_b.get(j, ())),
                        "evidence": tuple(link.evidence),
                    }  # fmt: skip

    return _frame(PAIR_COLUMNS, sorted(records(), key=lambda r: (r["a_index"], r["b_index"])))


def passages_frame(comparison: Comparison) -> pd.DataFrame:
    """Return a row per passage: first those of side a, then those of side b.

    `topics` and `counterparts` (indices of linked passages of the other side) are tuples; a passage
    without a counterpart has an empty one.
    """
    linked: dict[tuple[str, int], set[int]] = {}
    for link in comparison.alignment.links:
        for i in link.left:
            linked.setdefault(("a", i), set()).update(link.right)
        for j in link.right:
            linked.setdefault(("b", j), set()).update(link.left)

    def records() -> Iterable[Mapping[str, Any]]:
        for side in sides_of(comparison):
            topics = _topics_by_passage(comparison, side)
            for passage in side.passages:
                yield {
                    "side": side.key, "index": passage.index,
                    "start": passage.span.start, "end": passage.span.end, "text": passage.text,
                    "topics": topics.get(passage.index, ()), "lang": passage.lang,
                    "counterparts": tuple(sorted(linked.get((side.key, passage.index), ()))),
                }  # fmt: skip

    return _frame(PASSAGE_COLUMNS, records())


def findings_frame(comparison: Comparison) -> pd.DataFrame:
    """Return a row per finding; `evidence` is a tuple of phrases, never empty."""
    sides = sides_of(comparison)
    return _frame(
        FINDING_COLUMNS,
        (
            {
                "kind": finding.kind, "topic": finding.topic_id, "side": finding.side,
                "strength": finding.strength, "robust": finding.robust,
                "evidence": evidence_phrases(finding, sides),
            }
            for finding in comparison.differences
        ),
    )  # fmt: skip


def only_frame(comparison: Comparison, side: SideKey, lang: str = "en") -> pd.DataFrame:
    """Return a row per topic that only one side mentions, with what speaks for its absence.

    `passages` are the indices of the passages with the topic, `text` the one that comes nearest to
    the other account; `nearest_text` is the passage of the other side nearest to it and `probability`
    how likely both report the same, which `threshold` decides; `robust` is False where it is a close
    call or the mention is not sure. `cues` cues were looked for in `searched` passages;
    `likeliest_index` is the passage of the other side worded most like the topic, `likelihood` how
    likely it carries it.
    """
    left, right = sides_of(comparison)
    speaks, silent = (left, right) if side == "a" else (right, left)

    def records() -> Iterable[Mapping[str, Any]]:
        for absence in absences(comparison, side, lang):
            cell, near, likeliest = absence.row.cell(side), absence.nearest, absence.likeliest
            yield {
                "topic": absence.row.topic.id, "label": absence.row.label, "passages": cell.passages,
                "share": cell.share,
                "text": speaks.passages[near.source if near else cell.passages[0]].text,
                "nearest_index": near.index if near else None,
                "nearest_text": silent.passages[near.index].text if near else None,
                "probability": near.probability if near else float("nan"),
                "threshold": absence.threshold, "robust": absence.robust,
                "searched": absence.searched, "cues": absence.cues,
                "likeliest_index": likeliest.index if likeliest else None,
                "likelihood": likeliest.likelihood if likeliest else float("nan"),
            }  # fmt: skip

    return _frame(ONLY_COLUMNS, records())


def _topic_record(row: TopicRow) -> dict[str, Any]:
    return {
        "topic": row.topic.id, "label": row.label,
        "passages_a": len(row.a.passages), "passages_b": len(row.b.passages),
        "share_a": row.a.share, "share_b": row.b.share, "side": row.side,
        "first_a": row.a.first, "first_b": row.b.first,
        "denied_a": bool(row.a.denied), "denied_b": bool(row.b.denied),
    }  # fmt: skip


def _topics_by_passage(comparison: Comparison, side: Side) -> dict[int, tuple[str, ...]]:
    topics: dict[int, dict[str, None]] = {}
    for hit in hits_of(comparison, side):
        if not hit.denied:
            topics.setdefault(hit.passage_index, {})[hit.topic_id] = None
    return {index: tuple(ids) for index, ids in topics.items()}


def _frame(columns: Mapping[str, str], records: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    # Texts may hold what has no UTF-8 form, and types should not change with whether pyarrow is installed.
    types = {"str": pd.StringDtype("python", na_value=float("nan"))}
    rows = list(records)
    return pd.DataFrame(
        {
            name: pd.Series([row[name] for row in rows], dtype=types.get(dtype, dtype))
            for name, dtype in columns.items()
        }
    )
