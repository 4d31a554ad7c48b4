"""A run over a table of pairs: written chunk by chunk, so that it can be stopped at any point."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from readout_diff.batch.chunk import Settings
from readout_diff.batch.engines import run
from readout_diff.batch.many import CHUNK_SIZE, chunked, make_engine, make_settings
from readout_diff.batch.pairs import count_pairs, read_pairs
from readout_diff.batch.tables import (
    TABLES,
    PairTables,
    chunk_files,
    count_rows,
    failure,
    merge_files,
    require_pyarrow,
    tabulate_chunk,
)
from readout_diff.comparison import Order
from readout_diff.embedders import Embedder
from readout_diff.embedders.base import model_name, model_revision
from readout_diff.errors import LoadError
from readout_diff.topics.scheme import TopicScheme
from readout_diff.writing import write_text

_RUN = "run.json"
_PARTS = ".parts"
_LOCK = ".lock"


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What a run came to: how many pairs there are, how many failed, how many were there before it."""

    pairs: int
    failed: int
    already: int


def run_batch(
    table: str | Path,
    folder: str | Path,
    *,
    scheme: str | Path | TopicScheme = "diplomacy",
    embedder: str | Path | Embedder = "bundled",
    reader: str | Embedder = "bundled",
    order: Order = "auto",
    workers: int = 1,
    threads: int | None = None,
    scheduler: str | None = None,
    cache: bool | str | Path = True,
    reports: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> BatchSummary:
    """Compare the pairs a table lists, and write what comes of them as Parquet files.

    A run that was stopped, however it was stopped, is taken up where it was: run it again with the same
    table and options. The files are the same, byte for byte, as those of a run that was never stopped.

    Args:
        table: A CSV file as `read_pairs` reads it.
        folder: Where the tables go, and what is needed to take up the run; made if it does not exist.
        scheme: As for `compare`.
        embedder: As for `compare`.
        reader: As for `compare`.
        order: As for `compare`.
        workers: As for `compare_many`.
        threads: As for `compare_many`.
        scheduler: As for `compare_many`; the files are written here, the workers only read the sources.
        cache: As for `compare_many`, but on by default: here files are what is asked for.
        reports: Also write an HTML report a pair, into the folder `reports`.
        progress: Called with the number of pairs done and their total.

    Returns:
        What the run came to.

    Raises:
        LoadError: If the table is not as it should be, or the folder holds another run.
        MissingExtraError: If pyarrow is not installed.
    """
    require_pyarrow()
    source, target = Path(table).resolve(), Path(folder)
    total = count_pairs(source)
    settings = make_settings(scheme, embedder, reader, order, cache)
    work = partial(tabulate_chunk, settings=settings, base=source.parent, reports=reports)
    with _locked(target):
        finished = _take_up(target, _description(source, settings, reports))
        parts = target / _PARTS
        numbers = range(0 if finished else -(-total // CHUNK_SIZE))
        missing = [n for n in numbers if not (parts / _name(n)).is_dir()]
        already = total - sum(min(CHUNK_SIZE, total - n * CHUNK_SIZE) for n in missing)
        if progress:
            progress(already, total)
        if missing:
            engine = make_engine(workers, threads, scheduler)
            wanted = set(missing)
            todo = (c for n, c in enumerate(chunked(read_pairs(source), CHUNK_SIZE)) if n in wanted)
            done = already
            lost = partial(failure, base=source.parent)
            for number, results in zip(missing, run(engine, work, todo, lost), strict=True):
                _keep(parts, target / "reports", number, results)
                done += len(results)
                if progress:
                    progress(done, total)
        if not finished:
            _finish(target, [parts / _name(n) for n in numbers])
        shutil.rmtree(parts, ignore_errors=True)
        return BatchSummary(total, count_rows(target / "failures.parquet"), already)


def _name(number: int) -> str:
    return f"{number:08}"


def _told(model: str | Path | Embedder) -> str:
    if isinstance(model, str | Path):
        return str(model)
    return f"{model_name(model)}@{model_revision(model)}"


def _description(source: Path, settings: Settings, reports: bool) -> dict[str, Any]:
    """Return all that the results depend on and that is known before the work."""
    topics = settings.topics()
    return {
        "readout_diff": version("readout-diff"),
        "pairs": hashlib.sha256(source.read_bytes()).hexdigest(),
        "scheme": f"{topics.id}@{topics.version}+{topics.checksum[:8]}",
        "embedder": _told(settings.embedder),
        "reader": _told(settings.reader),
        "order": settings.order,
        "chunk": CHUNK_SIZE,
        "reports": reports,
    }


def _take_up(target: Path, description: dict[str, Any]) -> bool:
    """Write down what is run here, or check that it is what was run before; return whether it is finished."""
    path = target / _RUN
    for left_behind in (*target.glob(f".{_RUN}.*"), *(target / "reports").glob(".*.html.*")):
        left_behind.unlink()  # by a run that was killed while it wrote a file
    if not path.is_file():
        others = sorted(p.name for p in target.iterdir() if not p.name.startswith(_LOCK))
        if others:
            raise LoadError(f"the folder {str(target)!r} holds {others[0]!r}; right is an empty or a new one")
        write_text(path, json.dumps(description | {"finished": False}, indent=2) + "\n")
        return False
    try:
        before = json.loads(path.read_text("utf-8"))
        finished = bool(before.pop("finished"))
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise LoadError(f"{str(path)!r} is no record of a run; right is an empty or a new folder") from error
    differs = [key for key in description if before.get(key) != description[key]]
    if differs:
        key = differs[0]
        raise LoadError(
            f"the folder {str(target)!r} holds another run (its {key} is {str(before.get(key))!r:.60}, "
            f"now {str(description[key])!r:.60}); right is a new folder"
        )
    return finished


def _keep(parts: Path, reports: Path, number: int, results: list[PairTables]) -> None:
    """Write what came of a chunk: under a name that does not count, then under the one that does."""
    first = number * CHUNK_SIZE + 1
    for position, result in enumerate(results, start=first):
        if result.report is not None:
            reports.mkdir(exist_ok=True)
            slug = re.sub(r"[^\w-]+", "-", result.id)[:60].strip("-")
            write_text(reports / f"{position:08}-{slug}.html", result.report)
    unfinished = parts / f"{_name(number)}.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for name, content in chunk_files(results).items():
        with (unfinished / f"{name}.parquet").open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # the name must not outlive the content when the power fails
    unfinished.rename(parts / _name(number))


def _finish(target: Path, parts: list[Path]) -> None:
    """Join the parts; only when every table is there does the run count as finished."""
    for name in TABLES:
        unfinished = target / f".{name}.parquet"
        merge_files((part / f"{name}.parquet" for part in parts), name, unfinished)
        unfinished.replace(target / f"{name}.parquet")
    path = target / _RUN
    write_text(path, json.dumps(json.loads(path.read_text("utf-8")) | {"finished": True}, indent=2) + "\n")


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Keep other runs out of the folder; the lock ends with this process, however it ends."""
    try:
        target.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(target / _LOCK, timeout=0, isolation_level=None)
        lock.execute("PRAGMA journal_mode = MEMORY")  # no second file
        lock.execute("BEGIN EXCLUSIVE")
    except OSError as error:
        raise LoadError(
            f"cannot make the folder {str(target)!r} ({error.strerror}); right is another one"
        ) from error
    except sqlite3.Error as error:
        raise LoadError(
            f"the folder {str(target)!r} is in use or cannot be written ({error}); "
            f"right is to wait for the other run, or another folder"
        ) from error
    try:
        yield
    finally:
        lock.close()
