"""The command that compares many pairs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from readout_diff.cli.options import (
    CacheOption,
    DeviceOption,
    EmbedderBackendOption,
    EmbedderOption,
    Engine,
    LinkOrderOption,
    OrderOption,
    PairReaderOption,
    ReaderOption,
    SchemeOption,
    ThreadsOption,
)
from readout_diff.cli.output import progress
from readout_diff.cli.plugins import embedder_of
from readout_diff.errors import LoadError


def batch(
    pairs: Annotated[
        Path, typer.Argument(help="CSV with columns a and b, if wanted id, party_a, lang_a, ...")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder of the results, new or to take up.")],
    scheme: SchemeOption = "diplomacy",
    embedder: EmbedderOption = "bundled",
    backend: EmbedderBackendOption = None,
    device: DeviceOption = None,
    reader: PairReaderOption = ReaderOption.bundled,
    order: LinkOrderOption = OrderOption.auto,
    reports: Annotated[bool, typer.Option("--reports", help="Also write an HTML report a pair.")] = False,
    workers: Annotated[int | None, typer.Option(help="Processes; as many as cores if left out.")] = None,
    threads: ThreadsOption = None,
    engine: Annotated[Engine, typer.Option(help="Where the work is done.")] = Engine.local,
    scheduler: Annotated[str | None, typer.Option(help="Address of the Dask scheduler.")] = None,
    cache: CacheOption = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Keep no vectors between runs.")] = False,
) -> None:
    """Compare many pairs; run it again to take up a run that was stopped. Exit 1 if pairs failed."""
    from readout_diff.batch.running import run_batch
    from readout_diff.threads import usable_cores

    if (engine is Engine.dask) != (scheduler is not None):
        raise LoadError("Dask needs an engine and an address; right is --engine dask --scheduler ADDRESS")
    if cache is not None and no_cache:
        raise LoadError("--cache and --no-cache exclude each other; right is one of them")
    with progress("pairs") as advance:
        done = run_batch(
            pairs,
            output,
            scheme=scheme,
            embedder=embedder_of(embedder, backend.value if backend else None, device),
            reader=reader.value,
            order=order.value,
            workers=usable_cores() if workers is None else workers,
            threads=threads,
            scheduler=scheduler,
            cache=cache or not no_cache,
            reports=reports,
            progress=advance,
        )
    before = f", {done.already} of them before" if done.already else ""
    failed = (
        f"{done.failed} failed, listed in {output / 'failures.parquet'}" if done.failed else "none failed"
    )
    print(f"{done.pairs} pairs{before}; {failed}")
    if done.failed:
        raise typer.Exit(1)
