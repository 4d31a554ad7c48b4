"""How many threads the numeric libraries of this process use."""

from __future__ import annotations

import os

from readout_diff.errors import ReadoutDiffError

_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


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
    from threadpoolctl import threadpool_limits

    if threads < 1:
        raise ReadoutDiffError(f"{threads} threads cannot work; right is 1 or more")
    for name in _VARIABLES:
        os.environ[name] = str(threads)  # for the libraries that are loaded later
    threadpool_limits(threads)  # for those that are loaded
