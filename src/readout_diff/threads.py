"""How many threads the numeric libraries of this process use."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from readout_diff.errors import ReadoutDiffError

_T = TypeVar("_T")
_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_set = False  # whether set_threads() was called


def set_threads(threads: int) -> None:
    """Set how many threads encoders and linear algebra use from now on in this process.

    Without it the environment variable ``OMP_NUM_THREADS`` decides, and where that is not set, the number of
    processors. The vectors and results are the same, whatever the number.

    Args:
        threads: How many; one or more.

    Raises:
        ReadoutDiffError: If there would be none.

    Example:
        >>> set_threads(0)
        Traceback (most recent call last):
        readout_diff.errors.ReadoutDiffError: 0 threads cannot work; right is 1 or more
    """
    global _set
    from threadpoolctl import threadpool_limits

    if threads < 1:
        raise ReadoutDiffError(f"{threads} threads cannot work; right is 1 or more")
    for name in _VARIABLES:
        os.environ[name] = str(threads)  # for the libraries that are loaded later
    threadpool_limits(threads)  # for those that are loaded
    _set = True


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def threads_allowed(cores: int | None = None) -> int:
    """Return how many threads ``OMP_NUM_THREADS`` allows, else one for each of `cores` (all if left out)."""
    given = os.environ.get("OMP_NUM_THREADS", "").split(",")[0]
    if given.isdigit() and int(given):
        return int(given)
    return max(1, usable_cores() if cores is None else cores)


@contextmanager
def beside(work: Callable[[], _T], *, sparing: bool = False) -> Iterator[Future[_T]]:
    """Do `work` in a second thread while the body runs; it pays for work that holds no interpreter lock.

    Where only one thread is allowed, `work` is done before the body. An error of `work` is raised by
    ``result()`` of what the body gets.

    Args:
        work: What to do.
        sparing: The body takes long as well: `work` leaves it a thread, rather than that both wait in turns.
    """
    if threads_allowed() == 1:
        done: Future[_T] = Future()
        done.set_result(work())
        yield done
        return
    with ThreadPoolExecutor(1, "readout-diff", initializer=_limit_this_thread, initargs=(sparing,)) as pool:
        yield pool.submit(work)


def _limit_this_thread(sparing: bool) -> None:
    """Set in a new thread what was set in the first: OpenMP goes by the thread it is called from."""
    if _set or sparing:
        from threadpoolctl import threadpool_limits

        threadpool_limits(threads_allowed() - sparing, user_api="openmp")
