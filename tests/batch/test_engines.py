from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool

import pytest

from readout_diff.batch.engines import Engine, InProcess, LocalPool, run
from readout_diff.batch.many import usable_cores
from readout_diff.batch.pairs import Pair


def pairs(*names: str) -> list[Pair]:
    return [Pair(name, "", "") for name in names]


def work(chunk: Sequence[Pair]) -> list[str]:
    """Kill the process at a certain pair, as a lack of memory would."""
    for pair in chunk:
        if pair.id == "poison":
            os.kill(os.getpid(), signal.SIGKILL)
        if pair.id == "broken":
            raise ZeroDivisionError
    return [pair.id.upper() for pair in chunk]


def threads(chunk: Sequence[Pair]) -> list[tuple[str, set[int]]]:
    import numpy as np
    from threadpoolctl import threadpool_info

    np.ones((2, 2)) @ np.ones((2, 2))
    return [(os.environ["OMP_NUM_THREADS"], {i["num_threads"] for i in threadpool_info()}) for _ in chunk]


def lost(pair: Pair, reason: str) -> str:
    assert "died" in reason
    return f"lost {pair.id}"


def engines() -> Iterator[Engine]:
    yield InProcess()
    yield LocalPool(2, 1)


def test_results_come_in_order_and_chunks_are_taken_as_they_are_needed() -> None:
    for engine in engines():
        taken = 0

        def endless() -> Iterator[list[Pair]]:
            nonlocal taken
            while True:
                taken += 1
                yield pairs(f"a{taken}", "b")

        results = run(engine, work, endless(), lost)
        assert [next(results) for _ in range(5)] == [[f"A{n}", "B"] for n in range(1, 6)]
        assert taken <= 5 + 2 * engine.width
        results.close()  # type: ignore[attr-defined]


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_only_the_pair_that_kills_its_worker_is_lost() -> None:
    chunks = [pairs("a", "b"), pairs("c", "poison", "d"), pairs("e"), pairs("f"), pairs("g")]
    results = list(run(LocalPool(2, 1), work, chunks, lost))
    assert results == [["A", "B"], ["C", "lost poison", "D"], ["E"], ["F"], ["G"]]


def test_a_fault_of_the_work_itself_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        list(run(InProcess(), work, [pairs("broken")], lost))


def test_the_threads_of_a_worker_are_set() -> None:
    ((found,),) = run(LocalPool(1, 1), threads, [pairs("a")], lambda *_: ("", set()))
    assert found == ("1", {1})


def test_a_fault_of_the_work_stays_one_where_pairs_are_tried_alone() -> None:
    """A worker dies of the first pair of a chunk; the second raises when it is tried by itself."""
    with pytest.raises(ZeroDivisionError):
        list(run(LocalPool(1, 1), work, [pairs("poison", "broken")], lost))


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_a_pool_that_broke_between_two_chunks_says_so_when_asked() -> None:
    pool = LocalPool(1, 1)
    with pytest.raises(BrokenProcessPool):
        pool.submit(work, pairs("poison")).result()
    late = pool.submit(work, pairs("a"))
    assert pool.died(late.exception() or AssertionError())
    pool.close()


def test_the_cores_are_those_this_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    assert usable_cores() == len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else True
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert usable_cores() == 1
