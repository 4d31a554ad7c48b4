from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from readout_diff import Readout, compare
from readout_diff.batch import compare_many
from readout_diff.batch import many as module
from readout_diff.embedders.cache import EmbeddingCache
from readout_diff.errors import LoadError, ReadoutDiffError, SchemeError, UnknownComponentError
from readout_diff.testing import HashEmbedder

from .conftest import texts

PAIRS = [(f"p{n}", *texts(n)) for n in range(20)]


class Sociable(HashEmbedder):
    """The vector of a text depends on the texts beside it."""

    model = "sociable"
    batch_invariant = False

    def encode(self, texts: list[str], /) -> Any:
        return super().encode(texts) + len(texts)


class Deadly(HashEmbedder):
    """Kills its process over a certain text, as a lack of memory would."""

    def encode(self, texts: list[str], /) -> Any:
        if any("POISON" in text for text in texts):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().encode(texts)


def as_json(pairs: Any, **options: Any) -> list[str]:
    return [r.comparison.to_json() for r in compare_many(pairs, **options) if r.comparison is not None]


@pytest.mark.parametrize("kind", [HashEmbedder, Sociable])
def test_results_are_those_of_a_plain_loop(kind: type[HashEmbedder], tmp_path: Path) -> None:
    loop = [compare(a, b, embedder=kind()).to_json() for _, a, b in PAIRS[:10]]
    assert as_json(PAIRS[:10], embedder=kind()) == loop
    for _ in range(2):  # an empty cache, and a full one
        assert as_json(PAIRS[:10], embedder=kind(), cache=tmp_path) == loop


def test_without_an_embedder_results_are_those_of_a_plain_loop(tmp_path: Path) -> None:
    options: dict[str, Any] = {"embedder": "none", "reader": "none"}
    texts = [(Readout.from_text(a, lang="en"), Readout.from_text(b, lang="en")) for _, a, b in PAIRS[:10]]
    loop = [compare(a, b, **options).to_json() for a, b in texts]
    for more in ({}, {"cache": tmp_path}, {"workers": 2}):
        assert as_json(texts, **options, **more) == loop
    assert EmbeddingCache(tmp_path).info().entries == {}  # there is nothing to keep


def test_without_an_embedder_a_language_without_a_glossary_fails_its_pair_only() -> None:
    known, unknown = Readout.from_text("They met.", lang="en"), Readout("x", "Walikutana.", lang="sw")
    first, second = compare_many([(known, unknown), (known, known)], embedder="none", reader="none")
    assert first.comparison is None
    assert "by a glossary, and there is none of 'sw'" in str(first.error)
    assert second.comparison is not None


def test_results_are_those_of_a_plain_loop_where_clauses_are_encoded_too(tmp_path: Path) -> None:
    a = "They spoke of strategic stability, ransomware attacks and the situation in Libya. He thanked her."
    b = "The talks were about attacks by hackers. They also considered arms control, and Libya after the vote."
    plain = compare(a, b, embedder="use").to_json()
    for cache in (False, tmp_path, tmp_path):
        assert as_json([(a, b)], embedder="use", cache=cache) == [plain]


def test_several_processes_give_the_same_in_the_same_order() -> None:
    results = list(compare_many(PAIRS, embedder=HashEmbedder(), workers=2))
    assert [result.id for result in results] == [pair[0] for pair in PAIRS]
    mine = as_json(PAIRS, embedder=HashEmbedder())
    assert [r.comparison.to_json() for r in results if r.comparison] == mine


def test_a_pair_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    pairs = [
        PAIRS[0],
        ("empty", "", "They spoke."),
        ("gone", tmp_path / "gone.txt", "They spoke."),
        ("binary", tmp_path / "binary.txt", "They spoke."),
        ("number", 5, "They spoke."),
        PAIRS[1],
    ]
    results = list(compare_many(pairs, embedder=HashEmbedder()))  # type: ignore[arg-type]
    assert [r.comparison is None for r in results] == [False, True, True, True, True, False]
    for result in results[1:5]:
        assert result.error
        assert "\n" not in result.error
    assert "gone.txt" in (results[2].error or "")


def test_a_text_that_cannot_be_encoded_fails_alone() -> None:
    class Choosy(HashEmbedder):
        def encode(self, texts: list[str], /) -> Any:
            if any("poison" in text for text in texts):
                raise RuntimeError("it does not\ntaste")
            return super().encode(texts)

    pairs = [PAIRS[0], ("bad", "A poisonous remark.", "They spoke."), PAIRS[1]]
    results = list(compare_many(pairs, embedder=Choosy()))
    assert [r.error for r in results] == [None, "RuntimeError: it does not taste", None]


def test_pairs_are_taken_as_they_are_needed() -> None:
    taken = 0

    def endless() -> Iterator[tuple[str, str]]:
        nonlocal taken
        while True:
            taken += 1
            yield texts(taken)

    results = compare_many(endless(), embedder=HashEmbedder())
    assert [next(results).id for _ in range(3)] == ["1", "2", "3"]
    assert taken == module.CHUNK_SIZE


def test_long_texts_are_encoded_pair_by_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readout_diff.batch.chunk._MOST_HELD", 3)
    pairs = PAIRS[:4]
    assert as_json(pairs, embedder=HashEmbedder()) == [
        compare(a, b, embedder=HashEmbedder()).to_json() for _, a, b in pairs
    ]


def test_without_a_cache_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readout_diff.embedders.cache.default_folder", lambda: tmp_path / "user")
    list(compare_many(PAIRS[:1], embedder=HashEmbedder()))
    assert list(tmp_path.iterdir()) == []
    list(compare_many(PAIRS[:1], embedder=HashEmbedder(), cache=True))
    cache = EmbeddingCache(tmp_path / "user")
    assert list(cache.info().entries)
    cache.close()


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"order": "sideways"}, UnknownComponentError),
        ({"scheme": "no-such"}, ReadoutDiffError),
        ({"embedder": "e6"}, UnknownComponentError),
        ({"embedder": "none", "order": "monotone"}, UnknownComponentError),
        ({"workers": 0}, LoadError),
        ({"workers": 2, "threads": 0}, LoadError),
    ],
)
def test_what_would_make_every_pair_fail_is_refused_at_once(
    options: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error) as caught:
        compare_many(PAIRS, **options)
    assert "\n" not in str(caught.value)


def test_a_scheme_file_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("nonsense", "utf-8")
    with pytest.raises(SchemeError):
        compare_many(PAIRS, scheme=path)


def test_the_workers_share_the_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setattr(module, "usable_cores", lambda: 8)
    assert [module.threads_of_each(n) for n in (1, 2, 3, 100)] == [8, 4, 2, 1]
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    assert module.threads_of_each(2) == 3


def test_a_readout_may_be_given() -> None:
    a, b = (Readout.from_text(text, lang="en") for text in texts(1))
    (result,) = compare_many([(a, b)], embedder=HashEmbedder())
    assert result.comparison is not None
    assert result.comparison.left.text == a.text


@pytest.mark.models
def test_the_bundled_encoders_give_what_compare_gives() -> None:
    pairs = [("de", texts(1)[0], "Thema war die Ukraine. Auch über Energie wurde gesprochen."), PAIRS[2]]
    assert as_json(pairs) == [compare(a, b).to_json() for _, a, b in pairs]


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_a_pair_that_kills_its_worker_has_a_result_that_says_so() -> None:
    pairs = [("good", "They discussed Iran.", "They discussed Iran."), ("bad", "POISON them.", "They spoke.")]
    good, bad = compare_many(pairs, embedder=Deadly(), workers=1, threads=1)
    assert (good.id, good.error) == ("good", None)
    assert bad.comparison is None
    assert "died" in (bad.error or "")
