"""Embedding evidence for topics."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from readout_diff.topics.evidence import description_texts, description_vectors, topic_evidence
from readout_diff.topics.scheme import Topic, TopicScheme

SCHEME = TopicScheme(
    "s",
    "1",
    (Topic("a", {}, {"en": ("a1", "a2")}), Topic("b", {}, {"en": ("b1", "b2")}), Topic("c", {})),
    "x",
)
DESCRIPTIONS = np.array([[1, 0.1, 0], [1, -0.1, 0], [-0.1, 0, 1], [0.1, 0, 1]], dtype=np.float32)


def test_a_passage_resembles_the_topic_it_points_to() -> None:
    passages = np.array([[1, 0, 0], [0, 0, 1], [0, 0, 0]], dtype=np.float32)
    evidence = topic_evidence([passages], [DESCRIPTIONS], SCHEME)
    assert evidence.shape == (3, 3)
    assert evidence[0, 0] > 0 > evidence[0, 1]
    assert evidence[1, 1] > 0 > evidence[1, 0]
    assert np.allclose(evidence[:, 2], 0)


def test_encoders_of_other_range_weigh_the_same() -> None:
    passages = np.array([[1, 0, 0]], dtype=np.float32)
    one = topic_evidence([passages], [DESCRIPTIONS], SCHEME)
    two = topic_evidence([passages, passages * 7], [DESCRIPTIONS, DESCRIPTIONS * 7], SCHEME)
    assert np.allclose(one, two, atol=1e-5)


def test_a_scheme_without_descriptions_gives_no_evidence() -> None:
    scheme = TopicScheme("s", "1", (Topic("a", {}),), "x")
    empty = np.zeros((0, 3), dtype=np.float32)
    assert topic_evidence([np.ones((2, 3), dtype=np.float32)], [empty], scheme).tolist() == [[0.0], [0.0]]


def test_descriptions_stand_in_the_order_of_the_scheme() -> None:
    assert description_texts(SCHEME) == ("a1", "a2", "b1", "b2")


def test_descriptions_are_english_where_there_are_english_ones() -> None:
    topics = (Topic("a", {}, {"de": ("a1",), "en": ("a2",)}), Topic("b", {}, {"de": ("b1",), "fr": ("b2",)}))
    assert description_texts(TopicScheme("s", "1", topics, "x")) == ("a2", "b1", "b2")


def test_descriptions_are_encoded_once_for_each_encoder() -> None:
    asked: list[object] = []

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        asked.append(texts)
        return np.ones((len(texts), 2), np.float32)

    scheme = TopicScheme("s", "1", SCHEME.topics, "of this test alone")
    for encoder in ("one@1", "one@1", "two@1"):
        assert description_vectors(scheme, encoder, encode).shape == (4, 2)
    assert asked == [description_texts(scheme)] * 2
