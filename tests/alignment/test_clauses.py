"""Clauses: what reports something of its own is taken apart, what does not is kept together."""

from __future__ import annotations

import numpy as np
import pytest

from readout_diff.alignment.clauses import embed_clauses, split_clauses, split_sentences
from readout_diff.embedders.base import encode
from readout_diff.passages import Passage
from readout_diff.readout import Span
from readout_diff.testing import HashEmbedder


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        (
            "The presidents discussed strategic stability, ransomware attacks, as well as issues such as Iran.",
            (
                "The presidents discussed strategic stability,",
                "ransomware attacks,",
                "as well as issues such as Iran.",
            ),
        ),
        ("He said, yes.", ("He said, yes.",)),
        (
            "双方就朝鲜半岛局势和乌克兰危机交换看法，同意两军恢复各级别沟通。",
            ("双方就朝鲜半岛局势和乌克兰危机交换看法，", "同意两军恢复各级别沟通。"),
        ),
        (
            "Обсуждены ситуация в Ливии и иранская ядерная программа.",
            ("Обсуждены ситуация в Ливии", "и иранская ядерная программа."),
        ),
        ("", ("",)),
    ],
)
def test_clauses(text, clauses):
    assert split_clauses(text) == clauses


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("They met. They agreed.", ("They met.", "They agreed.")),
        ("President Joseph R. Biden, Jr. spoke on 7. April.", ("President Joseph R. Biden, Jr. spoke on 7. April.",)),
        ("Встреча прошла с Г.С.Струниным. Условились о контактах.", None),
    ],
)  # fmt: skip
def test_sentences(text, sentences):
    assert split_sentences(text) == (
        sentences or tuple(part for part in text.replace(". У", ".|У").split("|"))
    )


def test_only_passages_with_parts_are_embedded_anew():
    texts = ["They met.", "They spoke of Libya. They spoke of Iran."]
    passages = [Passage("a", i, Span(0, len(t)), t, "en") for i, t in enumerate(texts)]
    clauses = embed_clauses(passages, lambda parts: encode(parts, HashEmbedder()))
    assert clauses.owner.tolist() == [1, 1]
    assert np.allclose(
        clauses.vectors, encode(["They spoke of Libya.", "They spoke of Iran."], HashEmbedder())
    )
    assert len(embed_clauses(passages[:1], lambda parts: encode(parts, HashEmbedder())).owner) == 0
