"""The spaCy component."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

import readout_diff.components  # noqa: F401  registers the factory also where no entry point is installed
from readout_diff.errors import UnknownComponentError

TEXT = "They discussed Ukraine and the Nord Stream pipeline. NATO was not on the agenda."


def labelled(nlp: spacy.language.Language, text: str, key: str = "topics") -> list[tuple[str, str]]:
    doc = nlp(text)
    return [(span.text, span.label_) for span in doc.spans[key]]


def test_it_fills_the_spans_of_a_document() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("readout_topics")
    assert labelled(nlp, TEXT) == [("Ukraine", "ukraine"), ("Nord Stream", "energy")]
    assert labelled(nlp, TEXT, "topics_denied") == [("NATO", "nato")]
    assert labelled(nlp, "") == []


def test_it_takes_the_sentences_of_the_pipeline() -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("readout_topics")
    text = "Über Sanktionen wurde nicht gesprochen. Das Erdgas fließt."
    assert labelled(nlp, text) == [("Erdgas", "energy")]


def test_a_hit_inside_a_token_takes_the_token() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("readout_topics")
    ((text, label),) = labelled(nlp, "They met the pro-Ukraine/anti-war crowd.")
    assert "Ukraine" in text
    assert label == "ukraine"


def test_the_scheme_is_a_setting(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("[topics.football.cues]\nen = ['football']\n")
    nlp = spacy.blank("en")
    nlp.add_pipe("readout_topics", config={"scheme": str(path)})
    assert labelled(nlp, "Football!") == [("Football", "football")]
    with pytest.raises(UnknownComponentError, match="unknown topic scheme 'x'"):
        spacy.blank("en").add_pipe("readout_topics", config={"scheme": "x"})
