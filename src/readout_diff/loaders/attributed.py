"""Attributions below a quotation, told from what else may stand there."""

from __future__ import annotations

import re

from readout_diff.loaders.apart import is_whole
from readout_diff.loaders.cues import cues, is_absent
from readout_diff.loaders.layout import is_prose, word_count
from readout_diff.loaders.units import Article
from readout_diff.loaders.voice import is_report

_NAME = re.compile(r"(?<!^)\b[A-ZÀ-ÞА-ЯЁ][\w’-]{2,}")
_MUCH = 20_000  # characters of an article in which a spokesperson may be named
_NEAR = 60  # characters after the title


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s", text)[0]


def attributes(article: Article, text: str) -> bool:
    """Tell whether a paragraph beside a quotation says whose text it is."""
    sentence = _first_sentence(text) if cues().after.match(text) else text
    hit = article.table.best(sentence)
    if is_absent(text):
        return False
    named = hit is not None and hit.weight != 0.5
    # "- the Kremlin said": behind a dash, somebody has to be named
    if cues().after.match(sentence) and (named or not re.match(r"[—–-]", sentence)):
        return True
    if hit is not None and hit.weight >= 2 and word_count(text) <= 8 and not is_prose(text):
        return True  # a line with nothing but the name of an office
    if hit is None or (cues().spoken.search(text) and not cues().nouns.search(text)):
        return False
    return (hit.weight >= 1 and bool(cues().nouns.search(text) or cues().verbs.search(text))) or bool(
        hit.weight < 1 and cues().nouns.search(text)
    )


def cites(article: Article, index: int) -> bool:
    """Tell whether an attribution cut off from a quotation is that of a text or office, not of a person."""
    tail = _first_sentence(article.text(index))
    if cues().spoken.search(tail):
        return False
    if cues().continues.match(article.text(index) + ' "'):
        return True
    hit = article.table.best(tail)
    # "the chancellery reports": an office, even if not whose; a person is none
    return bool(cues().nouns.search(tail)) or (hit is not None and hit.weight != 0.5)


def of_spokesperson(article: Article, index: int) -> bool:
    """Tell whether an attribution is that of somebody who speaks for an office, as the article says."""
    tail = _first_sentence(article.text(index))
    if cues().spoken.search(tail):
        return False
    if cues().spokespersons.search(tail):
        return True
    names = set(_NAME.findall(tail))
    text = article.source[:_MUCH]
    titles = cues().spokespersons.finditer(text)
    return any(names & set(_NAME.findall(text[title.end() : title.end() + _NEAR])) for title in titles)


def of_another(article: Article, tail: int, after: int) -> bool:
    """Tell whether the attribution below a quotation names another party than the one that interrupts it."""
    parties = [
        hit.office.party
        for index in (tail, after)
        if article.is_tail(index) and (hit := article.table.best(article.text(index))) is not None
    ]
    return len(parties) == 2 and None not in parties and parties[0] != parties[1]


def is_dashed(article: Article, index: int) -> bool:
    """Tell whether a paragraph ends in a comma above a line such as "- the Kremlin said"."""
    text, below = article.text(index), article.text(index + 1)
    if not text.endswith(",") or not (is_whole(text) and is_report(text)) or article.is_narration(index):
        return False
    dash = index + 1 < len(article) and (article.units[index + 1].bullet or below[:1] in "–—-")
    if not dash or word_count(below) > 14 or cues().spoken.search(below):
        return False
    office = article.table.best(below)
    named = office is not None and office.weight >= 1
    worded = cues().verbs.search(below) or cues().tail.search(below)
    return named or bool(worded and cues().nouns.search(below))
