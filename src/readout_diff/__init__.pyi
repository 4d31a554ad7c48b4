from .alignment.links import Alignment, Link
from .batch import Pair, PairResult, compare_many
from .comparison import Comparison, compare
from .embedders.base import Embedder, PassageVectors
from .errors import (
    LoadError,
    MissingExtraError,
    ReadoutDiffError,
    ReadoutWarning,
    SchemeError,
    UnknownComponentError,
    UnsupportedLanguageError,
)
from .findings.finding import Evidence, Finding
from .loaders import load, load_readouts
from .passages import Passage, split_passages
from .readout import Readout, Span
from .signature import Signature
from .threads import set_threads
from .topics.scheme import Topic, TopicHit, TopicScheme, load_scheme
from .topics.tagging import tag_topics

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
