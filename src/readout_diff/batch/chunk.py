"""The work of one process: a chunk of pairs, compared with models that are loaded once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from readout_diff.account import read_accounts
from readout_diff.alignment.matching import MONOTONE_NEEDS_VECTORS
from readout_diff.batch.pairs import Pair, PairResult
from readout_diff.comparison import ORDERS, Comparison, Order, compare_accounts
from readout_diff.embedders import BUNDLED, NO_EMBEDDER, Embedder, resolve_embedders
from readout_diff.embedders.reader import resolve_reader
from readout_diff.errors import ReadoutDiffError, UnknownComponentError
from readout_diff.passages import Passage, split_passages
from readout_diff.readout import Readout
from readout_diff.topics.scheme import TopicScheme, load_scheme

if TYPE_CHECKING:
    from readout_diff.embedders.cache import CachedEmbedder, EmbeddingCache

T = TypeVar("T")

# Vectors of so many passages are held at once, about 35 MB; longer texts are encoded pair by pair.
_MOST_HELD = 10_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What the comparisons of a run have in common; `cache` is a folder, None for no cache."""

    scheme: str | Path | TopicScheme = "diplomacy"
    embedder: str | Path | Embedder = "bundled"
    reader: str | Embedder = "bundled"
    order: Order = "auto"
    cache: Path | None = None

    def check(self) -> None:
        """Refuse, before any work is done, what would make every pair fail.

        Raises:
            UnknownComponentError: If a name is not known.
            SchemeError: If the scheme is malformed.
            LoadError: If the cache cannot be used.
        """
        if self.order not in ORDERS:
            raise UnknownComponentError.of("order", str(self.order), ORDERS)
        if self.order == "monotone" and self.embedder == NO_EMBEDDER:
            raise UnknownComponentError(MONOTONE_NEEDS_VECTORS)
        self.topics()
        if self.embedder != "bundled" and self.embedder not in BUNDLED:
            resolve_embedders(self.embedder)
        if self.reader != "bundled":
            resolve_reader(self.reader)
        if self.cache is not None:
            _open(self.cache)

    def store(self) -> EmbeddingCache | None:
        """Return the cache; opened once a process."""
        return None if self.cache is None else _open(self.cache)

    def topics(self) -> TopicScheme:
        """Return the topic scheme; read once a process."""
        return self.scheme if isinstance(self.scheme, TopicScheme) else _scheme(self.scheme)


def compare_chunk(pairs: Sequence[Pair], settings: Settings) -> list[PairResult]:
    """Compare a chunk of pairs; the passages of all are encoded in one call.

    Args:
        pairs: What to compare.
        settings: What the comparisons have in common.

    Returns:
        A result a pair, in order. Each comparison is the one `compare` returns.
    """
    cached: dict[int, CachedEmbedder] = {}
    loaded = [_attempt(partial(_load, pair, settings, cached)) for pair in pairs]
    _hold_vectors([found for found, _ in loaded if found is not None])
    results = []
    for pair, (found, error) in zip(pairs, loaded, strict=True):
        comparison = None
        if found is not None:
            comparison, error = _attempt(partial(_compare, found, settings))
        results.append(PairResult(pair.id, comparison, error))
    return results


@dataclass(frozen=True, slots=True)
class _Loaded:
    """The accounts of a pair before they are read, and who encodes them."""

    readouts: tuple[Readout, Readout]
    passages: tuple[tuple[Passage, ...], tuple[Passage, ...]]
    embedders: tuple[CachedEmbedder, ...]
    reader: CachedEmbedder | None


def _load(pair: Pair, settings: Settings, cached: dict[int, CachedEmbedder]) -> _Loaded:
    """Load a pair; `cached` holds the embedders of the chunk by identity."""
    from readout_diff.embedders.cache import CachedEmbedder

    left, right = pair.readouts()
    embedders = resolve_embedders(settings.embedder, [r.lang for r in (left, right) if r.lang])
    reader = resolve_reader(settings.reader)
    for embedder in (*embedders, *([reader] if reader else [])):
        if id(embedder) not in cached:
            cached[id(embedder)] = CachedEmbedder(embedder, settings.store())
    return _Loaded(
        (left, right),
        (split_passages(left), split_passages(right)),
        tuple(cached[id(embedder)] for embedder in embedders),
        cached[id(reader)] if reader else None,
    )


def _hold_vectors(loaded: Sequence[_Loaded]) -> None:
    """Encode the passages of all pairs, one call an embedder."""
    texts: dict[CachedEmbedder, dict[str, None]] = {}
    for pair in loaded:
        for embedder in pair.embedders:
            mine = texts.setdefault(embedder, {})
            mine.update((passage.text, None) for side in pair.passages for passage in side)
    for embedder, wanted in texts.items():
        # What cannot be encoded here fails again with the pair it belongs to, and only that one.
        with suppress(Exception):
            embedder.hold(list(wanted)[:_MOST_HELD])


def _compare(loaded: _Loaded, settings: Settings) -> Comparison:
    topics = settings.topics()
    split = {readout.id: own for readout, own in zip(loaded.readouts, loaded.passages, strict=True)}
    a, b = read_accounts(
        loaded.readouts, topics, loaded.embedders, segmenter=lambda readout: split[readout.id]
    )
    return compare_accounts(a, b, topics, loaded.embedders, reader=loaded.reader, order=settings.order)


def _attempt(work: Callable[[], T]) -> tuple[T | None, str | None]:
    """Return what `work` returns, or why it does not: one pair must not stop the others."""
    try:
        return work(), None
    except ReadoutDiffError as error:
        return None, " ".join(str(error).split())
    except Exception as error:  # whatever a file of others can provoke
        return None, " ".join(f"{type(error).__name__}: {error}".split())[:300]


@cache
def _scheme(name: str | Path) -> TopicScheme:
    return load_scheme(name)


@cache
def _open(folder: Path) -> EmbeddingCache:
    """Open a cache once a process."""
    from readout_diff.embedders.cache import EmbeddingCache

    return EmbeddingCache(folder)
