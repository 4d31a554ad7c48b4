"""The topic models: what they are fitted on, that a new fit gives what ships, and what tagging makes of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from readout_diff.embedders import resolve_embedders
from readout_diff.embedders.base import encode
from readout_diff.errors import SchemeError
from readout_diff.evaluation.gold import read_pairs
from readout_diff.passages import Passage
from readout_diff.readout import Span
from readout_diff.topics.fitting import TopicExamples, fit_topic_model, read_topic_examples
from readout_diff.topics.likelihood import TopicModel, shipped_topic_model
from readout_diff.topics.scheme import load_scheme
from readout_diff.topics.tagging import LIKELY, UNLIKELY, tag_topics

DATA = Path(__file__).parents[1] / "data"
SCHEME = load_scheme()


@pytest.fixture(scope="module")
def examples() -> TopicExamples:
    return read_topic_examples(DATA / "topic_examples.npz")


def passage(text: str, lang: str = "en") -> Passage:
    return Passage("a", 0, Span(0, len(text)), text, lang)


def likelihoods(**given: float) -> np.ndarray:
    return np.array([[given.get(topic, 0.2) for topic in SCHEME.ids]], dtype=np.float32)


def test_examples_hold_labels_of_the_scheme_and_no_text(examples: TopicExamples) -> None:
    assert examples.topics == SCHEME.ids
    assert {matrix.dtype for matrix in examples.vectors.values()} == {np.dtype("float32")}
    assert not examples.neutral[~examples.labels].any()
    with np.load(DATA / "topic_examples.npz", allow_pickle=False) as arrays:
        assert max(len(str(word)) for word in np.unique(arrays["sources"])) < 20


@pytest.mark.models
def test_vectors_of_the_examples_are_those_of_the_encoders(examples: TopicExamples) -> None:
    (pair,) = read_pairs(DATA / "gold" / "seed")
    texts = [*pair.a.sentences, *pair.b.sentences]
    for embedder, name in zip(resolve_embedders("bundled", ["en"]), examples.vectors, strict=True):
        kept = examples.vectors[name][examples.sources == "seed"]
        assert (np.einsum("ij,ij->i", kept, encode(texts, embedder)) > 0.99).all()


@pytest.mark.parametrize("count", [1, 2])
def test_a_new_fit_gives_the_model_that_ships(examples: TopicExamples, count: int) -> None:
    names = tuple(examples.vectors)[:count]
    shipped, new = shipped_topic_model(SCHEME, names), fit_topic_model(examples, names)
    assert shipped is not None
    vectors = {name: examples.vectors[name] for name in names}
    # The optimum is reached a little differently on another processor.
    np.testing.assert_allclose(
        shipped.likelihoods(vectors, SCHEME.ids), new.likelihoods(vectors, SCHEME.ids), atol=0.02
    )


def test_documents_left_out_of_the_fit_are_told_as_well(examples: TopicExamples) -> None:
    names = tuple(examples.vectors)
    out = examples.groups % 5 == 0
    model = fit_topic_model(examples, names, rows=~out)
    likely = model.likelihoods({name: examples.vectors[name][out] for name in names}, SCHEME.ids) > 0.4
    labels, judged = examples.labels[out], ~examples.neutral[out]
    hits = (likely & labels & judged).sum()
    f1 = 2 * hits / ((likely & judged).sum() + (labels & judged).sum())
    assert f1 > 0.7


def test_only_built_in_topics_and_known_encoders_have_a_model() -> None:
    assert shipped_topic_model(SCHEME, ["e5@0.0.0"]) is None
    assert shipped_topic_model(replace(SCHEME, id="own"), ["e5@0.3.0"]) is None


def test_likelihoods_are_probabilities_of_every_topic_also_without_passages() -> None:
    model = TopicModel(("x@1",), SCHEME.ids, np.ones((3, 20), np.float32), np.zeros(20, np.float32))
    assert model.likelihoods({"x@1": np.zeros((0, 3), np.float32)}, SCHEME.ids).shape == (0, 20)
    found = model.likelihoods({"x@1": np.array([[1, 0, 0], [-1, 0, 0]], np.float32)}, SCHEME.ids)
    assert ((found > 0) & (found < 1)).all()
    assert len(model.checksum) == 8


def test_a_topic_the_model_does_not_know_is_left_to_its_cues() -> None:
    model = TopicModel(("x@1",), ("nato",), np.ones((1, 1), np.float32), np.zeros(1, np.float32))
    found = model.likelihoods({"x@1": np.array([[9]], np.float32)}, ("fishing", "nato"))
    assert UNLIKELY < found[0, 0] == 0.5 < LIKELY < found[0, 1]


def test_a_cue_does_not_count_where_the_wording_speaks_against_it() -> None:
    text = passage("They discussed Iran.")
    kept = tag_topics([text], SCHEME, likelihoods=likelihoods(iran=UNLIKELY + 0.01))
    assert [hit.topic_id for hit in kept] == ["iran"]
    assert tag_topics([text], SCHEME, likelihoods=likelihoods(iran=UNLIKELY)) == ()


def test_a_likely_topic_needs_no_cue() -> None:
    text = passage("Both spoke at length.")
    (hit,) = tag_topics([text], SCHEME, likelihoods=likelihoods(energy=0.93))
    assert (hit.topic_id, hit.method, hit.cue, hit.span) == ("energy", "likelihood", "", text.span)
    assert hit.score == pytest.approx(0.93)
    assert tag_topics([text], SCHEME, likelihoods=likelihoods(energy=LIKELY - 0.01)) == ()


def test_a_denial_stays_a_denial_however_likely_the_topic() -> None:
    text = passage("NATO was not discussed.")
    for likelihood in (0.01, 0.99):
        (hit,) = tag_topics([text], SCHEME, likelihoods=likelihoods(nato=likelihood))
        assert hit.denied


def test_a_language_without_cues_is_judged_by_likelihood() -> None:
    text = passage("Eles discutiram o Irão.", "pt")
    (hit,) = tag_topics([text], SCHEME, likelihoods=likelihoods(iran=0.9))
    assert hit.method == "likelihood"


def test_examples_that_are_not_there_are_named() -> None:
    with pytest.raises(SchemeError, match=r"no topic examples at 'nowhere\.npz'"):
        read_topic_examples("nowhere.npz")
