from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readout_diff.embedders import resolve_embedders
from readout_diff.embedders.base import encode
from readout_diff.embedders.cache import CachedEmbedder, EmbeddingCache, clear_cache, content_key
from readout_diff.errors import LoadError, ReadoutDiffError, ReadoutWarning
from readout_diff.testing import HashEmbedder


class Counting(HashEmbedder):
    """Notes what it is asked for."""

    def __init__(self, revision: str = "1") -> None:
        self.revision = revision
        self.calls: list[list[str]] = []

    def encode(self, texts: list[str], /) -> Any:
        self.calls.append(texts)
        return super().encode(texts)


class Sociable(Counting):
    """The vector of a text depends on the texts beside it, as with padding in a real model."""

    model = "sociable"
    batch_invariant = False

    def encode(self, texts: list[str], /) -> Any:
        return super().encode(texts) + np.float32(len(texts))


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[EmbeddingCache]:
    cache = EmbeddingCache(tmp_path)
    yield cache
    cache.close()


TEXTS = ["They spoke.", "", "Сирия \ud800\0", "北约", "They spoke.  "]


@pytest.mark.parametrize("kind", [Counting, Sociable])
def test_vectors_are_the_same_bit_for_bit_the_first_time_and_the_second(
    kind: type[Counting], cache: EmbeddingCache
) -> None:
    plain = encode(TEXTS, kind())
    for _ in range(2):
        assert encode(TEXTS, CachedEmbedder(kind(), cache)).tobytes() == plain.tobytes()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=5), max_size=6), st.booleans())
def test_no_history_changes_a_vector(cache: EmbeddingCache, calls: list[list[str]], sociable: bool) -> None:
    kind = Sociable if sociable else Counting
    cached = CachedEmbedder(kind(), cache)
    for texts in calls:
        if len(texts) % 2:
            cached.hold(texts)
        assert encode(texts, cached).tobytes() == encode(texts, kind()).tobytes()


def test_what_is_kept_is_not_encoded_again(cache: EmbeddingCache) -> None:
    encode(["a", "b"], CachedEmbedder(Counting(), cache))
    again = Counting()
    encode(["b", "c", "a"], CachedEmbedder(again, cache))
    assert again.calls == [["c"]]


def test_a_model_that_minds_company_is_asked_again_for_other_company(cache: EmbeddingCache) -> None:
    encode(["a", "b"], CachedEmbedder(Sociable(), cache))
    again = Sociable()
    cached = CachedEmbedder(again, cache)
    encode(["a", "b"], cached)
    encode(["b", "a"], cached)
    assert again.calls == [["b", "a"]]


def test_passages_that_are_held_cost_one_call() -> None:
    counting = Counting()
    cached = CachedEmbedder(counting, None)
    cached.hold(["a", "b", "a", "c"])
    encode(["c", "a"], cached)
    encode(["b"], cached)
    assert counting.calls == [["a", "b", "c"]]


def test_another_revision_is_another_model(cache: EmbeddingCache) -> None:
    encode(["a"], CachedEmbedder(Counting("1"), cache))
    other = Counting("2")
    encode(["a"], CachedEmbedder(other, cache))
    assert other.calls == [["a"]]
    assert [name.split("+")[0] for name in cache.info().entries] == ["hash@1", "hash@2"]


def test_an_embedder_that_tells_no_revision_is_not_kept(cache: EmbeddingCache) -> None:
    encode(["a"], CachedEmbedder(Counting("unknown"), cache))
    assert cache.info().entries == {}


def test_it_stays_below_its_limit_and_drops_what_was_unused_longest(tmp_path: Path) -> None:
    cache = EmbeddingCache(tmp_path, limit=1_000_000)
    matrices = {content_key([str(n)]): np.full((1, 64), n, np.float32) for n in range(4_000)}
    cache.put("m", "1", matrices)
    cache._db.execute("UPDATE vectors SET used = used - 9")  # nine days ago
    fresh = {content_key([f"new {n}"]): np.ones((1, 64), np.float32) for n in range(500)}
    cache.put("m", "1", fresh)
    info = cache.info()
    assert info.bytes <= info.limit
    assert set(cache.get("m", "1", list(fresh))) == set(fresh)
    assert len(cache.get("m", "1", list(matrices))) < len(matrices)
    cache.close()


def test_what_was_looked_up_counts_as_used(cache: EmbeddingCache) -> None:
    key = content_key(["a"])
    cache.put("m", "1", {key: np.ones((1, 4), np.float32)})
    cache._db.execute("UPDATE vectors SET used = 1")
    cache.get("m", "1", [key])
    assert cache._db.execute("SELECT used FROM vectors").fetchone()[0] > 1


WRITER = """
import sys, numpy as np
from readout_diff.embedders.cache import EmbeddingCache, content_key
cache = EmbeddingCache(sys.argv[1])
for n in range(60):
    key = content_key([f"{n % 40}"])
    for found in cache.get("m", "1", [key]).values():
        assert (found == n % 40).all()
    cache.put("m", "1", {key: np.full((1, 300), n % 40, np.float32)})
"""


def test_several_processes_may_write_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", WRITER, str(tmp_path)]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(3)]
    assert [(p.communicate()[1], p.returncode) for p in running] == [(b"", 0)] * 3
    cache = EmbeddingCache(tmp_path)
    assert sum(cache.info().entries.values()) == 40
    cache.close()


def test_a_damaged_file_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "embeddings.sqlite3").write_bytes(b"no database at all" * 100)
    with pytest.raises(LoadError, match="readout-diff cache clear") as caught:
        EmbeddingCache(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LoadError, match="cannot be used"):
        EmbeddingCache(tmp_path / "file")


def test_a_cache_that_fails_warns_once_and_changes_no_result(cache: EmbeddingCache) -> None:
    cached = CachedEmbedder(HashEmbedder(), cache)
    cache._db.execute("DROP TABLE vectors")
    with pytest.warns(ReadoutWarning, match="no longer used"):
        first = encode(["a"], cached)
    second = encode(["a", "b"], cached)  # a second warning would be an error
    assert first.tobytes() == encode(["a"], HashEmbedder()).tobytes()
    assert second.tobytes() == encode(["a", "b"], HashEmbedder()).tobytes()


def test_a_wrong_answer_is_not_kept(cache: EmbeddingCache) -> None:
    class Wrong(Counting):
        def encode(self, texts: list[str], /) -> Any:
            return np.full((len(texts), 4), np.nan)

    with pytest.raises(ReadoutDiffError, match="not finite"):
        encode(["a"], CachedEmbedder(Wrong(), cache))
    assert cache.info().entries == {}


def test_clearing_frees_the_disk(cache: EmbeddingCache, tmp_path: Path) -> None:
    encode(["a"], CachedEmbedder(HashEmbedder(), cache))
    cache.close()
    assert clear_cache(tmp_path) > 0
    assert list(tmp_path.iterdir()) == []
    assert clear_cache(tmp_path) == 0


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
def test_only_the_same_texts_have_the_same_key(one: list[str], other: list[str]) -> None:
    assert (content_key(one) == content_key(other)) == (one == other)


@pytest.mark.models
def test_a_bundled_encoder_is_kept_bit_for_bit(cache: EmbeddingCache) -> None:
    texts = ["They discussed Iran.", "Thema war Iran.", "Kurz."]
    for model in resolve_embedders("bundled", ["en", "de"]):
        plain = encode(texts, model)
        encode(texts[:1], CachedEmbedder(model, cache))
        assert encode(texts, CachedEmbedder(model, cache)).tobytes() == plain.tobytes()


def test_what_cannot_be_written_is_taken_back(cache: EmbeddingCache) -> None:
    cache._db.execute("CREATE TRIGGER refuse BEFORE INSERT ON vectors BEGIN SELECT RAISE(ABORT, 'full'); END")
    with pytest.warns(ReadoutWarning, match=r"no longer used \(full\)"):
        cache.put("m", "1", {b"c": np.ones((1, 2), dtype=np.float32)})
    assert not cache._db.in_transaction
    assert sum(cache.info().entries.values()) == 0


def test_a_damaged_table_changes_no_result(cache: EmbeddingCache) -> None:
    cache._db.execute("DROP TABLE vectors")
    texts = ["one", "two"]
    with pytest.warns(ReadoutWarning, match="no longer used"):
        found = encode(texts, CachedEmbedder(HashEmbedder(), cache))
    assert found.tobytes() == encode(texts, HashEmbedder()).tobytes()


def test_a_limit_below_an_empty_file_is_no_endless_search(tmp_path: Path) -> None:
    cache = EmbeddingCache(tmp_path, limit=1)
    cache.put("m", "1", {b"a": np.ones((1, 2), dtype=np.float32)})
    assert sum(cache.info().entries.values()) == 0
    cache.close()


def test_a_cache_that_cannot_be_deleted_is_named(
    cache: EmbeddingCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(LoadError, match=r"cannot delete .* \(Permission denied\)"):
        clear_cache(cache.path.parent)


def test_the_libraries_are_part_of_a_revision(monkeypatch: pytest.MonkeyPatch) -> None:
    from readout_diff.embedders import cache as module

    def version(package: str) -> str:
        if package == "torch":
            raise PackageNotFoundError(package)
        return "1.0"

    monkeypatch.setattr(module, "version", version)
    assert module._environment.__wrapped__().endswith("+numpy-1.0+no-torch")
