"""The tables of a batch: what is kept of each pair, as Arrow tables and Parquet files."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readout_diff.account import Source
from readout_diff.batch.chunk import Settings, compare_chunk
from readout_diff.batch.pairs import Pair, PairResult
from readout_diff.comparison import Comparison
from readout_diff.errors import MissingExtraError

if TYPE_CHECKING:
    import pyarrow as pa

TABLES = ("pairs", "topics", "links", "passages", "findings", "failures")
"""The tables, each in a Parquet file of its name; all but `pairs` and `failures` have several rows a pair."""

# Rows written together: the files do not depend on how the pairs were cut into chunks.
_ROWS = 50_000

_PAIR = {
    "pair": "str", "a": "str", "b": "str", "party_a": "str", "party_b": "str", "lang_a": "str",
    "lang_b": "str", "passages_a": "int64", "passages_b": "int64", "links": "int64", "headline": "str",
    "signature": "str",
}  # fmt: skip
_FAILURE = {"pair": "str", "a": "str", "b": "str", "reason": "str"}
# What a column of Python values holds.
_LISTS = {"topics": "str", "evidence": "str", "counterparts": "int64"}


@dataclass(frozen=True, slots=True)
class PairTables:
    """The rows of one pair by table, and its report if there is to be one."""

    id: str
    rows: Mapping[str, pa.Table]
    report: str | None = None

    @property
    def failed(self) -> bool:
        """Whether the pair could not be compared."""
        return "failures" in self.rows


def require_pyarrow() -> None:
    """Refuse to start where the tables could not be written.

    Raises:
        MissingExtraError: If pyarrow is not installed.
    """
    from importlib.util import find_spec

    if find_spec("pyarrow") is None:
        raise MissingExtraError("Parquet needs pyarrow; right is pip install 'readout-diff[batch]'")


def tabulate_chunk(pairs: Sequence[Pair], settings: Settings, base: Path, reports: bool) -> list[PairTables]:
    """Compare a chunk of pairs and return the rows of each; see `compare_chunk`.

    Paths are shown relative to `base`, so that the tables do not depend on where they were made.
    """
    results = compare_chunk(pairs, settings)
    return [_tabulate(pair, result, base, reports) for pair, result in zip(pairs, results, strict=True)]


def failure(pair: Pair, reason: str, base: Path) -> PairTables:
    """Return the row of a pair that could not be compared."""
    shown = reason.replace(f"{base}{os.sep}", "")
    record = {"pair": pair.id, "a": _name(pair.a, base), "b": _name(pair.b, base), "reason": shown}
    return PairTables(pair.id, {"failures": _table(_FAILURE, [record])})


def chunk_files(parts: Sequence[PairTables]) -> dict[str, bytes]:
    """Return the rows of a chunk as Parquet files, by table."""
    files = {}
    for name in TABLES:
        buffer = io.BytesIO()
        _write([part.rows[name] for part in parts if name in part.rows], name, buffer)
        files[name] = buffer.getvalue()
    return files


def merge_files(parts: Iterable[Path], name: str, target: Path) -> None:
    """Join the files of one table, in order, without holding them all in memory."""
    import pyarrow.parquet as pq

    with target.open("wb") as stream:
        _write((pq.read_table(part, use_threads=False) for part in parts), name, stream)


def count_rows(path: Path) -> int:
    """Return how many rows a Parquet file has."""
    import pyarrow.parquet as pq

    return int(pq.read_metadata(path).num_rows)


def _tabulate(pair: Pair, result: PairResult, base: Path, reports: bool) -> PairTables:
    if result.comparison is None:
        return failure(pair, result.error or "unknown", base)
    try:
        return _rows(pair, result.comparison, base, reports)
    except Exception as error:  # as in a comparison: one pair must not stop the others
        return failure(pair, " ".join(f"{type(error).__name__}: {error}".split())[:300], base)


def _rows(pair: Pair, comparison: Comparison, base: Path, reports: bool) -> PairTables:
    import pyarrow as pa

    from readout_diff.render.headline import headline

    left, right = comparison.left, comparison.right
    record = {
        "pair": pair.id, "a": _name(pair.a, base), "b": _name(pair.b, base), "party_a": left.party,
        "party_b": right.party, "lang_a": left.lang, "lang_b": right.lang,
        "passages_a": len(comparison.left_passages), "passages_b": len(comparison.right_passages),
        "links": len(comparison.pairs), "headline": headline(comparison),
        "signature": str(comparison.signature),
    }  # fmt: skip
    rows = {"pairs": _table(_PAIR, [record])}
    frames = {
        "topics": comparison.topics,
        "links": comparison.pairs,
        "passages": comparison.passages,
        "findings": comparison.findings,
    }
    for name, frame in frames.items():
        table = pa.Table.from_pandas(
            frame.assign(pair=pair.id), schema=_schema(name), preserve_index=False, nthreads=1
        )
        rows[name] = table.replace_schema_metadata(None)
    return PairTables(pair.id, rows, comparison.to_html() if reports else None)


def _name(source: Source, base: Path) -> str:
    return Path(os.path.relpath(source, base)).as_posix() if isinstance(source, Path) else ""


def _schema(name: str) -> pa.Schema:
    from readout_diff.render import frames

    columns = {
        "pairs": _PAIR,
        "topics": frames.TOPIC_COLUMNS,
        "links": frames.PAIR_COLUMNS,
        "passages": frames.PASSAGE_COLUMNS,
        "findings": frames.FINDING_COLUMNS,
        "failures": _FAILURE,
    }[name]
    return _arrow({"pair": "str"} | columns)


def _arrow(columns: Mapping[str, str]) -> pa.Schema:
    """Return the Arrow types of columns that are described as in the data frames."""
    import pyarrow as pa

    types = {
        "str": pa.string(), "int64": pa.int64(), "Int64": pa.int64(), "float64": pa.float64(),
        "bool": pa.bool_(),
    }  # fmt: skip
    return pa.schema(
        (name, pa.list_(types[_LISTS[name]]) if kind == "object" else types[kind])
        for name, kind in columns.items()
    )


def _table(columns: Mapping[str, str], records: list[dict[str, Any]]) -> pa.Table:
    import pyarrow as pa

    return pa.Table.from_pylist(records, schema=_arrow(columns))


def _write(tables: Iterable[pa.Table], name: str, stream: Any) -> None:
    """Write tables one after the other, in groups of `_ROWS` rows whatever their own sizes."""
    import pyarrow.parquet as pq

    with pq.ParquetWriter(stream, _schema(name), compression="zstd") as writer:
        for group in _regrouped(tables):
            writer.write_table(group, row_group_size=_ROWS)


def _regrouped(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    import pyarrow as pa

    held: list[pa.Table] = []
    rows = 0
    for table in tables:
        held.append(table)
        rows += len(table)
        while rows >= _ROWS:
            joined = pa.concat_tables(held).combine_chunks()
            yield joined.slice(0, _ROWS)
            held, rows = [joined.slice(_ROWS)], rows - _ROWS
    if rows:
        yield pa.concat_tables(held).combine_chunks()
