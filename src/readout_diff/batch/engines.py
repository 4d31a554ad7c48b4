"""Engines: where chunks of pairs are worked on, with what becomes of a chunk whose worker dies."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

from readout_diff.batch.pairs import Pair
from readout_diff.errors import LoadError, MissingExtraError
from readout_diff.threads import set_threads

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

T = TypeVar("T")
Work: TypeAlias = Callable[[Sequence[Pair]], list[T]]
Chunks: TypeAlias = Iterable[Sequence[Pair]]
Lost: TypeAlias = Callable[[Pair, str], T]

_DIED = "the process that compared this pair died; right may be more memory, or a shorter text"
_PATIENCE = "30s"  # how long a Dask scheduler may take to answer


class Engine(Protocol):
    """Where work is done: chunks go in, a future comes out of each."""

    @property
    def width(self) -> int:
        """How many chunks are worked on at once."""

    def submit(self, work: Work[T], chunk: Sequence[Pair]) -> Any:
        """Start the work on a chunk; the future's `result` gives what came of it."""

    def died(self, error: BaseException) -> bool:
        """Whether `error` says that a worker died, rather than that the work failed."""

    def renew(self) -> None:
        """Make the engine whole again after a worker died."""

    def close(self) -> None:
        """End the workers."""


def run(engine: Engine, work: Work[T], chunks: Chunks, lost: Lost[T]) -> Iterator[list[T]]:
    """Work on chunks in parallel, and yield what comes of each in order.

    So many chunks are on their way as keep the workers busy, so memory does not grow with their number.
    Where a worker dies, its chunk is worked on again, pair by pair: only the pair that kills its worker
    again is lost.

    Args:
        engine: Where to work; closed at the end.
        work: What to do with a chunk; returns a value a pair.
        chunks: The chunks; taken one at a time.
        lost: Makes the value of a pair whose worker dies, from the pair and the reason.

    Returns:
        The values of each chunk.
    """
    waiting: deque[tuple[Sequence[Pair], Any]] = deque()

    def first() -> list[T]:
        chunk, future = waiting.popleft()
        try:
            return list(future.result())
        except Exception as error:
            if not engine.died(error):
                raise
        values = _one_by_one(engine, work, chunk, lost)
        again = [(later, future) for later, future in waiting]
        waiting.clear()
        for later, old in again:
            waiting.append((later, old if _succeeded(old) else engine.submit(work, later)))
        return values

    try:
        for chunk in chunks:
            waiting.append((chunk, engine.submit(work, chunk)))
            if len(waiting) >= 2 * engine.width:
                yield first()
        while waiting:
            yield first()
    finally:
        engine.close()


def _one_by_one(engine: Engine, work: Work[T], chunk: Sequence[Pair], lost: Lost[T]) -> list[T]:
    values: list[T] = []
    engine.renew()
    for pair in chunk:
        try:
            values.extend(engine.submit(work, [pair]).result())
        except Exception as error:
            if not engine.died(error):
                raise
            values.append(lost(pair, _DIED))
            engine.renew()
    return values


def _succeeded(future: Any) -> bool:
    return bool(future.done()) and future.exception() is None


class InProcess:
    """Works in the calling process."""

    width = 0  # what is asked for is done at once

    def submit(self, work: Work[T], chunk: Sequence[Pair]) -> Future[list[T]]:
        """Do the work at once."""
        from concurrent.futures import Future

        future: Future[list[T]] = Future()
        try:
            future.set_result(work(chunk))
        except Exception as error:
            future.set_exception(error)
        return future

    def died(self, error: BaseException) -> bool:
        """Nobody dies but the caller."""
        return False

    def renew(self) -> None:
        """There is nothing to renew."""

    def close(self) -> None:
        """There is nothing to end."""


class LocalPool:
    """Works in processes of this machine, started anew ("spawn"), so alike on every system.

    Args:
        workers: How many processes.
        threads: How many threads the numeric libraries of each may use.
    """

    def __init__(self, workers: int, threads: int) -> None:
        self.width, self._threads = workers, threads
        self._pool = self._started()

    def _started(self) -> ProcessPoolExecutor:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        return ProcessPoolExecutor(
            self.width, get_context("spawn"), initializer=start_worker, initargs=(self._threads,)
        )

    def submit(self, work: Work[T], chunk: Sequence[Pair]) -> Future[list[T]]:
        """Hand the chunk to a process."""
        from concurrent.futures import Future
        from concurrent.futures.process import BrokenProcessPool

        try:
            return self._pool.submit(work, chunk)
        except BrokenProcessPool as error:  # found out between two chunks
            future: Future[list[T]] = Future()
            future.set_exception(error)
            return future

    def died(self, error: BaseException) -> bool:
        """Whether a process of the pool died; then the pool is of no more use."""
        from concurrent.futures.process import BrokenProcessPool

        return isinstance(error, BrokenProcessPool)

    def renew(self) -> None:
        """Start new processes."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = self._started()

    def close(self) -> None:
        """End the processes, when they have finished what they are at."""
        self._pool.shutdown(wait=True, cancel_futures=True)


class DaskCluster:
    """Works on a Dask cluster; its workers need this package, and must see files under the same paths.

    Args:
        scheduler: The address of its scheduler, such as "tcp://10.0.0.1:8786".

    Raises:
        MissingExtraError: If distributed is not installed.
        LoadError: If no scheduler answers.
    """

    def __init__(self, scheduler: str) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise MissingExtraError(
                "Dask needs distributed; right is pip install 'readout-diff[dask]'"
            ) from error
        connect: Any = Client  # published with types for a part only
        try:
            self._client: Any = connect(scheduler, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise LoadError(
                f"no Dask scheduler answers at {scheduler!r}; right is the address of one that runs"
            ) from error

    @property
    def width(self) -> int:
        """How many chunks the cluster works on at once; it may change on the way."""
        return max(1, sum(int(threads) for threads in self._client.nthreads().values()))

    def submit(self, work: Work[T], chunk: Sequence[Pair]) -> Any:
        """Hand the chunk to the scheduler, which gives it to another worker if one dies."""
        return self._client.submit(work, chunk, pure=False)

    def died(self, error: BaseException) -> bool:
        """Whether the scheduler gave the chunk up because several workers died of it."""
        from distributed import KilledWorker

        return isinstance(error, KilledWorker)

    def renew(self) -> None:
        """The cluster starts its own workers anew."""

    def close(self) -> None:
        """Leave the cluster; it goes on without us."""
        self._client.close()


def start_worker(threads: int) -> None:
    """Set up a process of the pool: its threads, and that it ends with the one that started it."""
    import os
    import signal
    from multiprocessing import parent_process
    from multiprocessing.connection import wait
    from threading import Thread

    set_threads(threads)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted too, and ends the pool
    parent = parent_process()
    if parent is not None:

        def end_with_parent() -> None:
            wait([parent.sentinel])
            os._exit(1)

        Thread(target=end_with_parent, daemon=True).start()
