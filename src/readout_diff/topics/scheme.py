"""The topic scheme: which topics there are and which cues speak for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from readout_diff.errors import SchemeError, UnknownComponentError
from readout_diff.readout import Span


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject: labels, descriptions and cues, each by language code.

    One of `cues` in a passage is enough; of `weak` it takes two different ones, or one where the
    passage before carries the topic. Nothing inside a match of `excluded` counts for this topic. `party`
    names a country and its leaders: enough as a subject of the talks, nothing where that country is
    itself a party to them.
    """

    id: str
    labels: Mapping[str, str]
    descriptions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weak: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    party: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def label(self, lang: str = "en") -> str:
        """Return the label in `lang`, else in English, else the id."""
        return self.labels.get(lang) or self.labels.get("en") or self.id


@dataclass(frozen=True, slots=True, eq=False)
class TopicScheme:
    """An ordered set of topics with a version and a checksum of its content.

    `masks` hold, by language, wording that contains cue words of any topic without meaning it;
    `elsewhere` names subjects outside the scheme, beside which weak cues ("ceasefire") do not count.
    Two schemes with the same checksum are equal.
    """

    id: str
    version: str
    topics: tuple[Topic, ...]
    checksum: str
    masks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    elsewhere: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TopicScheme) and other.checksum == self.checksum

    def __hash__(self) -> int:
        return hash(self.checksum)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the topics, in the order of the scheme."""
        return tuple(topic.id for topic in self.topics)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which at least one topic has cues, sorted."""
        return tuple(sorted({lang for topic in self.topics for lang in topic.cues}))

    def topic(self, topic_id: str) -> Topic:
        """Return the topic with this id.

        Raises:
            UnknownComponentError: the scheme has no such topic.
        """
        for topic in self.topics:
            if topic.id == topic_id:
                return topic
        raise UnknownComponentError.of("topic", topic_id, self.ids)


@dataclass(frozen=True, slots=True)
class TopicHit:
    """Why a passage carries a topic.

    `score` lies in (0, 1]; `span` are offsets into the readout's text (the whole passage where no
    cue word is the reason); `cue` is the cue as the scheme writes it; `method` is "cue" (words of the
    passage), "context" (an anaphor that takes up the passage before), "likelihood" (the passage is worded
    as those on the topic are; `score` is the probability) or "embedding" (the passage resembles the topic's
    descriptions). A `denied` hit says that the subject was *not* discussed: it
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


def load_scheme(name_or_path: str | Path = "diplomacy") -> TopicScheme:
    """Load a topic scheme.

    Args:
        name_or_path: the name of a built-in scheme, or the path of a scheme file (``.toml``). Cues
            stand in the file itself or in siblings named ``<scheme>.<lang>.toml``.

    Returns:
        The scheme. Every cue of a scheme of one's own is checked at once.

    Raises:
        UnknownComponentError: no built-in scheme has this name.
        SchemeError: a file is missing or malformed; the message names the file, the topic and the cue.

    Example:
        >>> load_scheme().ids[:3]
        ('ukraine', 'nato', 'cyber')
    """
    from readout_diff.topics.schemefile import read_scheme

    if isinstance(name_or_path, str) and not name_or_path.endswith(".toml"):
        return _built_in(name_or_path)
    path = Path(name_or_path)
    if not path.is_file():
        raise SchemeError(f"no topic scheme at {str(path)!r}; give a .toml file or one of: {_listing()}")
    return read_scheme(path)


def scheme_names() -> tuple[str, ...]:
    """Return the names of the built-in schemes, sorted."""
    folder = _schemes_folder()
    return tuple(sorted(p.stem for p in folder.glob("*.toml") if "." not in p.stem))


@lru_cache(maxsize=8)
def _built_in(name: str) -> TopicScheme:
    from readout_diff.topics.schemefile import read_scheme

    if name not in scheme_names():
        raise UnknownComponentError.of("topic scheme", name, scheme_names())
    return read_scheme(_schemes_folder() / f"{name}.toml", check=False)


def _schemes_folder() -> Path:
    return Path(__file__).resolve().parents[1] / "data" / "schemes"


def _listing() -> str:
    return ", ".join(scheme_names())
