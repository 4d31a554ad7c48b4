"""A store of vectors on disk, by content of the text, model and revision."""

from __future__ import annotations

import hashlib
import platform
import sqlite3
import time
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readout_diff.embedders.base import Embedder, is_batch_invariant, model_name, model_revision
from readout_diff.errors import LoadError, ReadoutDiffError, ReadoutWarning

DEFAULT_LIMIT = 1 << 30
"""How large a cache may grow, in bytes, unless told otherwise: some 300,000 passages."""

_FILE = "embeddings.sqlite3"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS models (
    id INTEGER PRIMARY KEY, model TEXT, revision TEXT, UNIQUE (model, revision)
);
CREATE TABLE IF NOT EXISTS vectors (
    model INTEGER, key BLOB, dim INTEGER, data BLOB, used INTEGER, PRIMARY KEY (model, key)
);
CREATE INDEX IF NOT EXISTS by_use ON vectors (used);
"""
_DAY = 86_400
_KEYS_AT_ONCE = 500
_EVICTED_AT_ONCE = 1_000
_WAIT = 60.0  # seconds to wait for another process that writes

Matrix = NDArray[np.float32]


def default_folder() -> Path:
    """Return the folder of the user's cache, which differs by operating system."""
    from platformdirs import user_cache_path

    return user_cache_path("readout-diff", appauthor=False)


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """What a cache holds: its file, its size in bytes, its limit, and the entries of each model."""

    path: Path
    bytes: int
    limit: int
    entries: Mapping[str, int]


class EmbeddingCache:
    """Vectors in an SQLite file that several processes may use at once.

    The file is kept below `limit` bytes: the entries that were not used for longest go first. A cache that
    fails while it is in use warns once and is left out from then on: it never changes a result.

    Args:
        folder: Where the file lies; made if it does not exist. It must be on a local disk.
        limit: Size of the file in bytes.

    Raises:
        LoadError: If the folder cannot be written, or its file is damaged.
    """

    def __init__(self, folder: str | Path, limit: int = DEFAULT_LIMIT) -> None:
        self.path, self.limit = Path(folder) / _FILE, limit
        self._usable = True
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")  # a lost entry is made again
            self._db.executescript(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise LoadError(
                f"the cache {str(self.path)!r} cannot be used ({error}); "
                f"right is another folder, 'readout-diff cache clear', or no cache"
            ) from error

    def get(self, model: str, revision: str, keys: Sequence[bytes]) -> dict[bytes, Matrix]:
        """Return the matrices kept under `keys`; what is not kept is left out."""
        found: dict[bytes, Matrix] = {}
        if not self._usable:
            return found
        try:
            self._read(self._model(model, revision), keys, found)
        except sqlite3.Error as error:
            self._leave_out(error)
        return found

    def _read(self, number: int, keys: Sequence[bytes], found: dict[bytes, Matrix]) -> None:
        stale: list[tuple[int, int, bytes]] = []
        today = int(time.time()) // _DAY
        for start in range(0, len(keys), _KEYS_AT_ONCE):
            part = keys[start : start + _KEYS_AT_ONCE]
            marks = ",".join("?" * len(part))
            rows = self._db.execute(
                f"SELECT key, dim, data, used FROM vectors WHERE model = ? AND key IN ({marks})",
                (number, *part),
            )
            for key, dim, data, used in rows:
                found[key] = np.frombuffer(data, dtype="<f4").reshape(-1, dim)
                if used < today:  # once a day is enough to know what is in use
                    stale.append((today, number, key))
        if stale:
            self._write("UPDATE vectors SET used = ? WHERE model = ? AND key = ?", stale)

    def put(self, model: str, revision: str, matrices: Mapping[bytes, Matrix]) -> None:
        """Keep matrices (*Shape:* ``(n, dim)``) under their keys, and drop old entries beyond the limit."""
        if not self._usable:
            return
        try:
            self._insert(self._model(model, revision), matrices)
            self._evict()
        except sqlite3.Error as error:
            self._leave_out(error)

    def _insert(self, number: int, matrices: Mapping[bytes, Matrix]) -> None:
        today = int(time.time()) // _DAY
        self._write(
            "INSERT OR IGNORE INTO vectors VALUES (?, ?, ?, ?, ?)",
            [
                (number, key, matrix.shape[1], np.ascontiguousarray(matrix, "<f4").tobytes(), today)
                for key, matrix in matrices.items()
            ],
        )

    def info(self) -> CacheInfo:
        """Say what the cache holds."""
        rows = self._db.execute(
            "SELECT models.model, models.revision, count(*) FROM vectors "
            "JOIN models ON models.id = vectors.model GROUP BY models.id ORDER BY 1, 2"
        )
        entries = {f"{model}@{revision}": count for model, revision, count in rows}
        return CacheInfo(self.path, self._bytes(), self.limit, entries)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _model(self, model: str, revision: str) -> int:
        """Return the number of a model; what it was run with is part of its revision."""
        name = (model, f"{revision}+{_environment()}")
        query = "SELECT id FROM models WHERE model = ? AND revision = ?"
        row = self._db.execute(query, name).fetchone()
        if row is None:
            self._write("INSERT OR IGNORE INTO models (model, revision) VALUES (?, ?)", [name])
            row = self._db.execute(query, name).fetchone()
        return int(row[0])

    def _write(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._db.executemany(statement, rows)
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def _leave_out(self, error: sqlite3.Error) -> None:
        self._usable = False
        message = f"the cache {str(self.path)!r} is no longer used ({error})"
        warnings.warn(message, ReadoutWarning, stacklevel=3)

    def _bytes(self) -> int:
        """Return the size of what is kept; pages that are free again do not count."""
        pages, free, size = (
            self._db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
        return int((pages - free) * size)

    def _evict(self) -> None:
        while self._bytes() > self.limit:
            before = self._db.total_changes
            self._write(
                "DELETE FROM vectors WHERE rowid IN (SELECT rowid FROM vectors ORDER BY used, rowid LIMIT ?)",
                [(_EVICTED_AT_ONCE,)],
            )
            if self._db.total_changes == before:
                return  # nothing is left to drop


def clear_cache(folder: str | Path) -> int:
    """Delete the cache in `folder`, and return how many bytes that freed.

    Raises:
        LoadError: If the file cannot be deleted.
    """
    freed = 0
    for ending in ("", "-wal", "-shm"):
        path = Path(folder) / (_FILE + ending)
        try:
            if path.is_file():
                freed += path.stat().st_size
                path.unlink()
        except OSError as error:
            raise LoadError(
                f"cannot delete {str(path)!r} ({error.strerror}); right is to end who uses it"
            ) from error
    return freed


class CachedEmbedder:
    """An embedder that looks up what was encoded before, in memory and on disk.

    The vectors are bit for bit those of the embedder itself. Where the vector of a text does not depend on
    the texts beside it (`batch_invariant`), each text is kept by itself; for any other embedder a whole call
    is kept, since the same texts in other company would have other vectors. An embedder that does not tell
    its revision is kept in memory only.

    Args:
        embedder: Who encodes what is not kept.
        cache: Where vectors are kept; in memory only if None.

    Example:
        >>> from readout_diff.testing import HashEmbedder
        >>> CachedEmbedder(HashEmbedder(), None).encode(["one", "two"]).shape
        (2, 64)
    """

    def __init__(self, embedder: Embedder, cache: EmbeddingCache | None) -> None:
        self.model, self.revision = model_name(embedder), model_revision(embedder)
        self.batch_invariant = is_batch_invariant(embedder)
        self.fast = getattr(embedder, "fast", False) is True
        self._embedder = embedder
        self._cache = cache if self.revision != "unknown" else None
        self._held: dict[bytes, Matrix] = {}

    def hold(self, texts: Sequence[str]) -> None:
        """Encode `texts` in one call and keep their vectors in memory, where that changes no vector."""
        if self.batch_invariant:
            units = {content_key([text]): [text] for text in texts}
            self._held.update(self._found(units))

    def encode(self, texts: list[str], /) -> Any:
        """Return the vectors of `texts`. *Shape:* ``(len(texts), dim)``."""
        units = [[text] for text in texts] if self.batch_invariant else [texts]
        keyed = {content_key(unit): unit for unit in units}
        held = {key: self._held[key] for key in keyed if key in self._held}
        found = held | self._found({key: unit for key, unit in keyed.items() if key not in held})
        return np.concatenate([found[content_key(unit)] for unit in units])

    def _found(self, units: Mapping[bytes, list[str]]) -> dict[bytes, Matrix]:
        """Return the vectors of each unit, from disk or from the embedder."""
        if not units:
            return {}
        found = self._cache.get(self.model, self.revision, list(units)) if self._cache else {}
        missing = {key: unit for key, unit in units.items() if key not in found}
        if missing:
            made = self._made(missing)
            if self._cache:
                self._cache.put(self.model, self.revision, made)
            found.update(made)
        return found

    def _made(self, units: Mapping[bytes, list[str]]) -> dict[bytes, Matrix]:
        texts = [text for unit in units.values() for text in unit]
        matrix = np.array(self._embedder.encode(texts), dtype=np.float32)
        if matrix.ndim != 2 or len(matrix) != len(texts) or not np.isfinite(matrix).all():
            raise ReadoutDiffError(
                f"embedder {self.model!r} returned shape {matrix.shape}, or values that are not finite; "
                f"right is ({len(texts)}, dim), a finite row a text"
            )
        ends = np.cumsum([len(unit) for unit in units.values()])[:-1]
        return dict(zip(units, np.split(matrix, ends), strict=True))


def content_key(texts: Sequence[str]) -> bytes:
    """Return a key that only the same texts in the same order have."""
    digest = hashlib.sha256()
    for text in texts:
        content = text.encode("utf-8", "surrogatepass")
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.digest()


@cache
def _environment() -> str:
    """Name what else the last bits of a vector depend on: the processor and the numeric libraries."""
    parts = [platform.machine(), f"numpy-{version('numpy')}"]
    try:
        parts.append(f"torch-{version('torch')}")
    except PackageNotFoundError:
        parts.append("no-torch")
    return "+".join(parts)
