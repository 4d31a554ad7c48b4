"""The topic scheme: which topics there are and which cues speak for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from readout_diff.readout import Span


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject: labels, descriptions and cues, each by language code."""

    id: str
    labels: Mapping[str, str]
    descriptions: Mapping[str, tuple[str, ...]]
    cues: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class TopicScheme:
    """An ordered set of topics with a version and a checksum of its content."""

    id: str
    version: str
    topics: tuple[Topic, ...]
    checksum: str


@dataclass(frozen=True, slots=True)
class TopicHit:
    """Why a passage carries a topic.

    `score` lies in (0, 1]; `span` are offsets into the readout's text (the whole passage where no
    cue word is the reason); `cue` is the cue as the scheme writes it; `method` is "cue" (words of the
    passage), "context" (an anaphor that takes up the passage before) or "embedding" (the passage
    resembles the topic's descriptions). A `denied` hit says that the subject was *not* discussed: it
    is no mention.
    """

    topic_id: str
    readout_id: str
    passage_index: int
    score: float
    span: Span
    cue: str
    method: str
    denied: bool = False
