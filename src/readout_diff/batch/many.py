"""Comparing many pairs, streamed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from readout_diff.batch.chunk import Settings, compare_chunk
from readout_diff.batch.engines import DaskCluster, Engine, InProcess, LocalPool, run
from readout_diff.batch.pairs import AnyPair, Pair, PairResult, as_pairs
from readout_diff.comparison import Order
from readout_diff.embedders import Embedder
from readout_diff.errors import LoadError
from readout_diff.threads import threads_allowed, usable_cores
from readout_diff.topics.scheme import TopicScheme, load_scheme

CHUNK_SIZE = 8
"""How many pairs are read, encoded and handed over together."""

T = TypeVar("T")


def compare_many(
    pairs: Iterable[AnyPair],
    *,
    scheme: str | Path | TopicScheme = "diplomacy",
    embedder: str | Path | Embedder = "bundled",
    reader: str | Embedder = "bundled",
    order: Order = "auto",
    workers: int = 1,
    threads: int | None = None,
    scheduler: str | None = None,
    cache: bool | str | Path = False,
) -> Iterator[PairResult]:
    """Compare many pairs, one result at a time, in memory that does not grow with their number.

    With several workers the pairs are compared in processes that import the calling script anew, so a
    script needs the usual ``if __name__ == "__main__":``; embedder objects must be picklable.

    Args:
        pairs: Pairs of sources as `compare` takes them: ``(a, b)``, ``(id, a, b)`` or `Pair` values. They
            are taken from the iterable as they are needed.
        scheme: As for `compare`.
        embedder: As for `compare`.
        reader: As for `compare`.
        order: As for `compare`.
        workers: Processes to use; with 1 the calling process does the work.
        threads: Threads of each process; the cores divided by the workers if left out, or what
            ``OMP_NUM_THREADS`` says. The calling process itself goes by ``OMP_NUM_THREADS`` alone.
        scheduler: Address of a Dask scheduler; the work is done on its cluster, whatever `workers` says.
        cache: Where vectors are kept between runs: True for the user's cache folder, or a folder. Off by
            default: a function that compares should not write files nobody asked for.

    Returns:
        A result a pair, in order: the comparison `compare` would return, or the reason why there is none.
        A pair that fails does not stop the others.

    Raises:
        UnknownComponentError: If a name (scheme, embedder, reader, order) is not known.
        SchemeError: If the scheme is malformed.
        LoadError: If the cache cannot be used, no scheduler answers, or something in `pairs` is no pair.
        MissingExtraError: If Dask is asked for and not installed.

    Example:
        >>> pairs = [("first", "They discussed Iran.", "Thema war Iran."), ("second", "They spoke.", "")]
        >>> for result in compare_many(pairs):
        ...     print(result.id, len(result.comparison.pairs) if result.comparison else result.error)
        first 1
        second the text is empty; give the text of one statement
    """
    settings = make_settings(scheme, embedder, reader, order, cache)
    engine = make_engine(workers, threads, scheduler)
    chunks = chunked(as_pairs(pairs), CHUNK_SIZE)
    return _flat(run(engine, partial(compare_chunk, settings=settings), chunks, _lost))


def make_settings(
    scheme: str | Path | TopicScheme,
    embedder: str | Path | Embedder,
    reader: str | Embedder,
    order: Order,
    cache: bool | str | Path,
) -> Settings:
    """Return the settings of a run, checked. A scheme from a file is read now, and only now."""
    if not isinstance(scheme, TopicScheme) and Path(scheme).is_file():
        scheme = load_scheme(scheme)
    folder: Path | None = None
    if cache:
        from readout_diff.embedders.cache import default_folder

        folder = default_folder() if cache is True else Path(cache).resolve()
    settings = Settings(scheme, embedder, reader, order, folder)
    settings.check()
    return settings


def make_engine(workers: int, threads: int | None, scheduler: str | None) -> Engine:
    """Return the engine that is asked for."""
    if workers < 1 or (threads is not None and threads < 1):
        raise LoadError(f"{workers} workers of {threads} threads cannot work; right are 1 or more of each")
    if scheduler is not None:
        return DaskCluster(scheduler)
    if workers == 1 and threads is None:
        return InProcess()
    return LocalPool(workers, threads or threads_of_each(workers))


def threads_of_each(workers: int) -> int:
    """Return how many threads each worker may use, so that all together use each core once.

    ``OMP_NUM_THREADS`` decides where it is set.
    """
    return threads_allowed(usable_cores() // workers)


def chunked(items: Iterable[T], size: int) -> Iterator[Sequence[T]]:
    """Return runs of `size` items; the last may be shorter.

    Example:
        >>> list(chunked("abcde", 2))
        [('a', 'b'), ('c', 'd'), ('e',)]
    """
    iterator = iter(items)
    while chunk := tuple(islice(iterator, size)):
        yield chunk


def _flat(chunks: Iterator[list[T]]) -> Iterator[T]:
    for chunk in chunks:
        yield from chunk


def _lost(pair: Pair, reason: str) -> PairResult:
    return PairResult(pair.id, None, reason)
