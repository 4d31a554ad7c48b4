"""Wording about the talks themselves: openings, closings, denials and references back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from readout_diff.topics.lexicon import Cue, Lexicon, Match
from readout_diff.topics.schemefile import read_cue_lists

if TYPE_CHECKING:
    from readout_diff.passages import Passage
    from readout_diff.topics.scheme import TopicHit

# Who called whom is told in the first sentences; later ones with the same words report something.
OPENING_PASSAGES = 2


def discourse_languages() -> tuple[str, ...]:
    """Return the languages for which formulas, denials and references back are known, sorted."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


@lru_cache(maxsize=64)
def discourse_cues(lang: str) -> tuple[Cue, ...]:
    """Return the cues of a language about the talks themselves; none where the language has no file.

    The group of a cue is its table (``denials``, ``formulaic``, ``anaphora``, ``breaks``), the role its key.
    """
    path = _folder() / f"{lang}.toml"
    if not path.is_file():
        return ()
    return tuple(
        Cue(f"discourse:{group}", role, cue)
        for group, lists in read_cue_lists(path).items()
        for role, cues in lists.items()
        for cue in cues
    )


@lru_cache(maxsize=64)
def _lexicon(lang: str) -> Lexicon:
    return Lexicon(discourse_cues(lang), lang)


def formulaic_kinds(passages: Sequence[Passage], hits: Iterable[TopicHit] = ()) -> tuple[str | None, ...]:
    """Tell openings, closings and remarks on atmosphere from passages with content.

    Args:
        passages: the passages of one readout, in order.
        hits: the topics found in them; a passage with a topic is no closing and no such remark, and an
            opening only where it is the first.

    Returns:
        For each passage "opening" (who called whom, on whose initiative; only among the first two),
        "closing" ("they agreed to stay in contact"), "atmosphere" ("the talks were frank"), or None.

    Example:
        >>> from readout_diff.passages import Passage
        >>> from readout_diff.readout import Span
        >>> text = "They agreed to stay in touch."
        >>> formulaic_kinds([Passage("a", 0, Span(0, len(text)), text, "en")])
        ('closing',)
    """
    with_topic = {hit.passage_index for hit in hits}
    kinds: list[str | None] = []
    for lang, group in groupby(passages, key=lambda passage: passage.lang):
        own = list(group)
        matched = _lexicon(lang).match([passage.text for passage in own])
        kinds += [
            _formulaic_kind(passage, passage.index in with_topic, matches)
            for passage, matches in zip(own, matched, strict=True)
        ]
    return tuple(kinds)


def _formulaic_kind(passage: Passage, has_topic: bool, matches: Sequence[Match]) -> str | None:
    roles = {m.cue.role for m in matches if m.cue.group == "discourse:formulaic"}
    if "opening" in roles and (passage.index == 0 or (passage.index < OPENING_PASSAGES and not has_topic)):
        return "opening"
    return None if has_topic else next((kind for kind in ("closing", "atmosphere") if kind in roles), None)


def _folder() -> Path:
    return Path(__file__).resolve().parents[1] / "data" / "discourse"
