"""Compare official statements: what both report, what only one mentions, and on what evidence.

Example:
    >>> from readout_diff import compare
    >>> c = compare("They discussed Ukraine. They discussed Iran.", "Thema war die Ukraine.")
    >>> c.only("a").topic.tolist()
    ['iran']
"""

from __future__ import annotations

from readout_diff.alignment.links import Alignment, Link
from readout_diff.batch import Pair, PairResult, compare_many
from readout_diff.comparison import Comparison, compare
from readout_diff.embedders.base import Embedder, PassageVectors
from readout_diff.errors import (
    LoadError,
    MissingExtraError,
    ReadoutDiffError,
    ReadoutWarning,
    SchemeError,
    UnknownComponentError,
    UnsupportedLanguageError,
)
from readout_diff.findings.finding import Evidence, Finding
from readout_diff.loaders import load, load_readouts
from readout_diff.passages import Passage, split_passages
from readout_diff.readout import Readout, Span
from readout_diff.signature import Signature
from readout_diff.threads import set_threads
from readout_diff.topics.scheme import Topic, TopicHit, TopicScheme, load_scheme
from readout_diff.topics.tagging import tag_topics

__all__ = [
    "Alignment",
    "Comparison",
    "Embedder",
    "Evidence",
    "Finding",
    "Link",
    "LoadError",
    "MissingExtraError",
    "Pair",
    "PairResult",
    "Passage",
    "PassageVectors",
    "Readout",
    "ReadoutDiffError",
    "ReadoutWarning",
    "SchemeError",
    "Signature",
    "Span",
    "Topic",
    "TopicHit",
    "TopicScheme",
    "UnknownComponentError",
    "UnsupportedLanguageError",
    "compare",
    "compare_many",
    "load",
    "load_readouts",
    "load_scheme",
    "set_threads",
    "split_passages",
    "tag_topics",
]
