"""The stance a passage takes, read off its wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path

from readout_diff.passages import Passage
from readout_diff.readout import Span
from readout_diff.topics.discourse import discourse_cues
from readout_diff.topics.lexicon import Cue, Lexicon, Match
from readout_diff.topics.schemefile import read_cue_lists

_FOLDER = Path(__file__).resolve().parents[1] / "data" / "stance"
# Words that distance the writer, or a single quoted word, turn a report into a denial of it.
_QUOTES = (("„", "“"), ("“", "”"), ("«", "»"), ('"', '"'), ("‘", "’"), ("‚", "‘"))


@dataclass(frozen=True, slots=True)
class Stance:
    """What the wording of a passage says about it.

    `marks` maps each stance found ("reject", "refuse", "commit", "demand", "blame", "justify", "reply",
    "negation", "undiscussed", ...) to the first words that show it; `terms` are loaded names ("war",
    "operation"), `acts` maps an act ("thank", "warn") to where its words begin, `actors` are the office
    holders named, by where they stand; `initiative` is where the words stand that name the caller
    ("after", "before" or "self" says where the caller stands). A language without a file has no stance.
    """

    marks: dict[str, str] = field(default_factory=dict)
    terms: dict[str, str] = field(default_factory=dict)
    acts: dict[str, int] = field(default_factory=dict)
    actors: tuple[tuple[int, str], ...] = ()
    initiative: dict[str, Span] = field(default_factory=dict)

    def __contains__(self, mark: str) -> bool:
        return mark in self.marks


def stance_languages() -> tuple[str, ...]:
    """Return the languages in which stance can be read, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def read_stances(passages: Sequence[Passage]) -> tuple[Stance, ...]:
    """Read the stance of each passage.

    Args:
        passages: passages in order; neighbours in one language are read together.

    Returns:
        One stance a passage; offsets in it refer to the passage's text.

    Example:
        >>> text = "A ceasefire was not discussed."
        >>> read_stances([Passage("a", 0, Span(0, len(text)), text, "en")])[0].marks["undiscussed"]
        'was not discussed'
    """
    stances: list[Stance] = []
    for lang, group in groupby(passages, key=lambda p: p.lang):
        texts = [passage.text for passage in group]
        found = _lexicon(lang).match(texts)
        stances += [_stance(matches, text) for matches, text in zip(found, texts, strict=True)]
    return tuple(stances)


@cache
def _lexicon(lang: str) -> Lexicon:
    """Return the stance cues of a language, with its ways to say that something was not discussed."""
    path = _FOLDER / f"{lang}.toml"
    lists = read_cue_lists(path) if path.is_file() else {}
    cues = [
        Cue(group, role, c) for group, roles in lists.items() for role, found in roles.items() for c in found
    ]
    denials = [
        Cue("stance", "undiscussed", c.text) for c in discourse_cues(lang) if c.group == "discourse:denials"
    ]
    return Lexicon([*cues, *denials], lang)


def _stance(matches: Sequence[Match], text: str) -> Stance:
    """Sort the cues found in a passage into a stance."""
    marks: dict[str, str] = {}
    terms: dict[str, str] = {}
    acts: dict[str, int] = {}
    actors: dict[int, str] = {}
    initiative: dict[str, Span] = {}
    masks = [m for m in matches if m.cue.group == "masks"]
    # The "no" of "poses no threat to anyone" or "will not tolerate" says nothing beyond it.
    claimed = [m for m in matches if m.cue.role in ("justify", "comply", "condemn")]
    for match in matches:
        if match.cue.group == "stance" and any(
            mask.start <= match.start and match.end <= mask.end for mask in masks
        ):
            continue
        if match.cue.role == "negation" and any(match.overlaps(other) for other in claimed):
            continue
        words = text[match.start : match.end]
        role = match.cue.role
        if match.cue.group in ("stance", "opposites"):
            marks.setdefault(role, words)
        elif match.cue.group == "terms":
            terms.setdefault(role, words)
        elif match.cue.group == "roles":
            acts.setdefault(role, match.start)
        elif match.cue.group == "actors":
            actors.setdefault(match.start, role)
        elif match.cue.group == "initiative":
            initiative.setdefault(role, Span(match.start, match.end))
    quoted = scare_quote(text)
    if quoted:
        marks.setdefault("quoted", quoted.of(text))
    return Stance(marks, terms, acts, tuple(sorted(actors.items())), initiative)


def scare_quote(text: str) -> Span | None:
    """Return where a single quoted word in small letters stands, or None.

    Example:
        >>> scare_quote("the allegedly “threatening” movements").of("the allegedly “threatening” movements")
        '“threatening”'
    """
    for opening, closing in _QUOTES:
        start = text.find(opening)
        end = text.find(closing, start + 1)
        if 0 <= start < end and text[start + 1 : end].isalpha() and text[start + 1 : end].islower():
            return Span(start, end + 1)
    return None
