"""Evaluation of the splitting of composite articles."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path

from readout_diff.errors import LoadError
from readout_diff.evaluation.gold import GoldArticle, GoldStatement
from readout_diff.evaluation.metrics import Figure, ratio_figure
from readout_diff.loaders import load_readouts
from readout_diff.readout import Readout, Span


def article_figures(articles: Sequence[GoldArticle], publishers: Path | None = None) -> tuple[Figure, ...]:
    """Return what share of the statements is right, in each respect, and how many were invented."""
    exact: list[tuple[float, float]] = []
    overlap: list[tuple[float, float]] = []
    publisher: list[tuple[float, float]] = []
    language: list[tuple[float, float]] = []
    invented: list[tuple[float, float]] = []
    for article in articles:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a doubtful cut is scored, not reported
            try:
                said = load_readouts(article.path, publishers=publishers)
            except LoadError:
                said = []
        taken = {statement: _best(statement, said) for statement in article.statements}
        total = float(len(article.statements))
        bounds = [_bounds(readout) if readout else None for readout in taken.values()]
        exact.append((sum(b == (s.start, s.end) for s, b in zip(taken, bounds, strict=True)), total))
        overlap.append((sum(_overlap(s, r) for s, r in taken.items()), total))
        publisher.append(
            (sum(r is not None and _same(r.publisher, s.publisher) for s, r in taken.items()), total)
        )
        language.append((sum(r is not None and r.lang == s.lang for s, r in taken.items()), total))
        used = {id(readout) for readout in taken.values() if readout}
        invented.append((float(sum(id(readout) not in used for readout in said)), 1.0))
    n = sum(len(article.statements) for article in articles)
    return (
        ratio_figure("article_exact", exact, n),
        ratio_figure("article_overlap", overlap, n),
        ratio_figure("article_publisher", publisher, n),
        ratio_figure("article_language", language, n),
        Figure("article_invented", sum(count for count, _ in invented), float("nan"), float("nan"), n),
    )


def _bounds(readout: Readout) -> tuple[int, int]:
    span = readout.to_source(Span(0, len(readout.text)))
    return span.start, span.end


def characters_of(readout: Readout) -> set[int]:
    """Return where in its source the characters of a statement stand."""
    return {
        position
        for segment in readout.segments
        for position in range(segment.source_start, segment.source_start + segment.length)
    }


def _overlap(statement: GoldStatement, readout: Readout | None) -> float:
    """Return the intersection over union of the characters of the statement's segments."""
    if readout is None:
        return 0.0
    gold = {position for start, end in statement.segments for position in range(start, end)}
    said = characters_of(readout)
    return len(gold & said) / len(gold | said)


def _best(statement: GoldStatement, said: Sequence[Readout]) -> Readout | None:
    """Return the readout that covers most of a statement, None where none touches it."""
    scored = [(_overlap(statement, readout), -index, readout) for index, readout in enumerate(said)]
    best = max(scored, key=lambda row: row[:2], default=None)
    return best[2] if best and best[0] > 0 else None


def _same(said: str | None, gold: str | None) -> bool:
    """Whether two names mean the same office: one may be longer ("Presseamt der Staatskanzlei, Harnau")."""
    if said is None or gold is None:
        return said == gold
    a, b = said.casefold().strip(), gold.casefold().strip()
    return a == b or a in b or b in a
