"""Wording about the talks themselves: openings, closings, denials and references back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from readout_diff.topics.lexicon import Cue, Lexicon, Match
from readout_diff.topics.schemefile import read_cue_lists

if TYPE_CHECKING:
    from readout_diff.passages import Passage

# A passage longer than this reports something besides the formula it contains.
_FORMULA_SHARE = 0.5


def discourse_languages() -> tuple[str, ...]:
    """Return the languages for which formulas, denials and references back are known, sorted."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


def discourse_cues(lang: str) -> tuple[Cue, ...]:
    """Return the cues of a language about the talks themselves; none where the language has no file.

    The group of each cue is the table (``denials``, ``formulaic``, ``anaphora``, ``breaks``), the role its key.
    """
    return _cues(lang)


@lru_cache(maxsize=64)
def _cues(lang: str) -> tuple[Cue, ...]:
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


def formulaic_kinds(passages: Sequence[Passage]) -> tuple[str | None, ...]:
    """Tell openings, closings and remarks on atmosphere from passages with content.

    Args:
        passages: the passages of one readout, in order.

    Returns:
        For each passage "opening" (who called whom, on whose initiative), "closing" ("they agreed to
        stay in contact"), "atmosphere" ("the talks were frank"), or None.

    Example:
        >>> from readout_diff.passages import Passage
        >>> from readout_diff.readout import Span
        >>> text = "They agreed to stay in touch."
        >>> formulaic_kinds([Passage("a", 0, Span(0, len(text)), text, "en")])
        ('closing',)
    """
    kinds: list[str | None] = []
    for passage in passages:
        matches = _lexicon(passage.lang).match([passage.text])[0]
        kinds.append(formulaic_kind(matches, passage.text, passage.index))
    return tuple(kinds)


def formulaic_kind(matches: Sequence[Match], text: str, index: int) -> str | None:
    """Return which formula a passage is, from the matches in it; None where it has content of its own."""
    found = {m.cue.role: m for m in matches if m.cue.group == "discourse:formulaic"}
    if "opening" in found and index <= 2:
        return "opening"
    for role in ("closing", "atmosphere"):
        if role in found:
            return role
    return None


def _folder() -> Path:
    return Path(__file__).resolve().parents[1] / "data" / "discourse"
