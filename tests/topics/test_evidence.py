"""Embedding evidence for topics."""

from __future__ import annotations

import numpy as np

from readout_diff.topics.evidence import description_texts, topic_evidence
from readout_diff.topics.scheme import Topic, TopicScheme, load_scheme

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
    scheme = load_scheme()
    assert len(description_texts(scheme)) == sum(
        len(texts) for topic in scheme.topics for texts in topic.descriptions.values()
    )
