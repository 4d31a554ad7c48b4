from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from readout_diff.batch import compare_many
from readout_diff.batch.running import run_batch
from readout_diff.errors import LoadError, MissingExtraError
from readout_diff.testing import HashEmbedder

from .conftest import texts

distributed = pytest.importorskip("distributed", reason="needs the extra 'dask'")
# Of the cluster, not of this package: ports in use, workers that take long to end.
pytestmark = pytest.mark.filterwarnings("ignore::Warning:distributed", "ignore::ResourceWarning")

PAIRS = [(f"p{n}", *texts(n)) for n in range(48)]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A real scheduler and two workers, in processes of their own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster:
            yield cluster


def test_one_of_two_workers_is_killed_midway(cluster: Any) -> None:
    results = compare_many(PAIRS, embedder=HashEmbedder(), scheduler=cluster.scheduler_address)
    first = next(results)
    with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
        workers = client.scheduler_info(n_workers=-1)["workers"]
        assert len(workers) == 2
        victim = next(iter(workers))
        with suppress(Exception):  # the connection ends with the worker
            client.run(os._exit, 1, workers=[victim], on_error="ignore")
        everything = [first, *results]
        assert victim not in client.scheduler_info(n_workers=-1)["workers"]
    assert [r.id for r in everything] == [pair[0] for pair in PAIRS]
    mine = list(compare_many(PAIRS, embedder=HashEmbedder()))
    for theirs, ours in zip(everything, mine, strict=True):
        assert theirs.comparison is not None, theirs.error
        assert ours.comparison is not None
        assert theirs.comparison.to_json() == ours.comparison.to_json()


def test_a_batch_is_the_same_as_on_this_machine(cluster: Any, listing: Path, tmp_path: Path) -> None:
    options: dict[str, Any] = {"embedder": HashEmbedder(), "cache": False}
    run_batch(listing, tmp_path / "dask", scheduler=cluster.scheduler_address, **options)
    run_batch(listing, tmp_path / "local", **options)
    for path in (tmp_path / "local").glob("*.*"):
        assert path.read_bytes() == (tmp_path / "dask" / path.name).read_bytes()


def test_an_address_where_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readout_diff.batch.engines._PATIENCE", "200ms")
    with pytest.raises(LoadError, match=r"no Dask scheduler answers at 'tcp://127.0.0.1:1'") as caught:
        compare_many(PAIRS, scheduler="tcp://127.0.0.1:1")
    assert "\n" not in str(caught.value)


def test_without_distributed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'readout-diff\[dask\]'"):
        compare_many(PAIRS, scheduler="tcp://127.0.0.1:1")
