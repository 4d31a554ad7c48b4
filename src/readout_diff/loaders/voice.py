"""Whether the author of an article speaks, or the office he quotes."""

from __future__ import annotations

import re
from functools import lru_cache

from readout_diff.limits import ARTICLE_LINES
from readout_diff.loaders.cues import cues
from readout_diff.loaders.layout import LONGEST_PARAGRAPH

# What stands beside a name is looked for this far: a text may be one line of any length.
_LONGEST_WORD = 100
_CAPITAL = r"[A-ZÀ-ÞА-ЯЁ][\w’'-]{2,}"
_GIVEN = r"[A-ZÀ-ÞА-ЯЁ][\w’'-]+"  # a given name may have two letters: "Wang Yi"
_TITLE = (
    r"(?i:presidents?|chancellor|minister|secretary|präsident(?:en|in)?|kanzler(?:s|in)?|minister(?:s|in)?|présidente?s?"
    r"|chancelière?|ministre|президент\w*|канцлер\w*|министр\w*|премьер\w*|герр|herrn?|frau|monsieur|madame"
    r"|docteur|doktor|dr|mrs?|ms|sir|sheikh|scheich|cheikh|king|könig(?:in)?|roi|reine|premier|taoiseach|emir|amir|émir"
    r"|commissioner|kommissar(?:in)?|commissaire|ambassador|botschafter(?:in)?|ambassadeur|general|général"
    r"|доктор\w*|шейх\w*|корол\w+|посол|господин\w*|генерал\w*)"
)
_TITLED = re.compile(rf"{_TITLE} (?P<first>(?:{_CAPITAL} |[A-ZА-Я]\. ?){{0,3}})(?P<name>{_CAPITAL})")


_KEPT = ARTICLE_LINES.most  # paragraphs of which it is kept what they are like: those of one article


@lru_cache(maxsize=_KEPT)  # a paragraph is asked about again and again while cuts are tried
def narration_score(text: str) -> int:
    """Count signs that the author speaks, not the office."""
    text = text[:LONGEST_PARAGRAPH]
    found = {match[0].lower() for match in cues().narration.finditer(text)}
    weak = sum(1 for form in cues().narration_weak if form.search(text))
    question = any(mark in text for mark in "?？")
    return len(found) + weak // 2 + question + bool(cues().story.match(text))


@lru_cache(maxsize=_KEPT)
def comment_score(text: str) -> int:
    """Count signs of comment and background, which authors word like readouts; of an office hardly one.

    Example:
        >>> comment_score("It was their third call this year."), comment_score("They agreed to meet in May.")
        (2, 0)
    """
    text = text[:LONGEST_PARAGRAPH]
    signs = sum(1 for form in cues().comment if form.search(text))
    return signs + 2 * bool(cues().capitals.search(text))


@lru_cache(maxsize=_KEPT)
def report_score(text: str) -> int:
    """Count what readouts are made of: an act of reporting (1), by an office-holder or in the passive (1)."""
    acts = bool(cues().acts.search(text))
    who = cues().principals.search(text) or (acts and cues().agentless.search(text))
    return acts + bool(who)


def is_report(text: str) -> bool:
    """Tell whether a paragraph reports what somebody in office did, as readouts do."""
    return report_score(text) == 2


def names_office_holder(text: str) -> bool:
    """Tell whether a paragraph names somebody by an office, not by a pronoun alone."""
    return any(not cues().pronouns.fullmatch(match[0]) for match in cues().principals.finditer(text))


def opens_report(text: str) -> bool:
    """Tell whether a paragraph begins a readout: somebody in office spoke to somebody.

    Example:
        >>> opens_report("President Ames spoke today with Chancellor Berg.")
        True
        >>> opens_report("The two presidents are old friends.")
        False
    """
    first = text[:250]
    return (
        bool(cues().opening.search(first) and cues().principals.search(first)) and narration_score(text) == 0
    )


def surnames(text: str) -> frozenset[str]:
    """Return the names of persons that a text gives with a title."""
    # in Russian a country follows the title as a name does: "Президент Торвании"
    found = [
        match for match in _TITLED.finditer(text) if match["first"] or not re.match("[А-ЯЁ]", match["name"])
    ]
    return frozenset(match["name"] for match in found)


def bare_names(text: str, names: frozenset[str]) -> frozenset[str]:
    """Return names a paragraph uses with neither title nor first name, as authors do and offices rarely.

    Example:
        >>> bare_names("President Ames spoke to Berg.", frozenset({"Ames", "Berg"}))
        frozenset({'Berg'})
    """
    found = set()
    for match in re.finditer(_CAPITAL, text):
        if match[0] not in names:
            continue
        before = text[max(match.start() - _LONGEST_WORD, 0) : match.start()].rstrip(" ")
        word = before.split(" ")[-1] if before else ""
        titled = (word[:1].isupper() and word[-1:] not in ",;:!?") or re.search(rf"{_TITLE}$", word)
        after = text[match.end() : match.end() + _LONGEST_WORD]
        followed = re.match(rf" {_GIVEN}", after)  # the family name may come first
        if not titled and not followed:
            found.add(match[0])
    return frozenset(found)


def names_in_full(text: str, names: frozenset[str]) -> bool:
    """Tell whether a paragraph gives a person's name with the first name, as offices do throughout.

    Example:
        >>> names_in_full("At Ann Berg’s request, a view was given.", frozenset({"Berg"}))
        True
    """
    return any(
        match["name"] in names
        for match in re.finditer(rf"(?<!^)(?<![.!?] ){_CAPITAL} (?P<name>{_CAPITAL}?)(?=['’]s|\W|$)", text)
    )
