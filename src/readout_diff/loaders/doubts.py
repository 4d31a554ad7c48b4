"""Signs that a statement may be cut or attributed wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from readout_diff.loaders.apart import LONG
from readout_diff.loaders.cues import cues
from readout_diff.loaders.cutting import Cut
from readout_diff.loaders.furniture import is_cue
from readout_diff.loaders.layout import is_prose, word_count
from readout_diff.loaders.quotes import OPENING, closes_unopened
from readout_diff.loaders.units import Article
from readout_diff.loaders.voice import bare_names, opens_report
from readout_diff.readout import Readout

_BELOW = 6  # paragraphs in which a quotation that was cut off may be closed
_NEXT = re.compile(r"\b(with|mit|avec|с|со)\b", re.I)


def doubts(article: Article, cut: Cut, readout: Readout) -> Iterator[str]:
    """Say what is doubtful of a statement, each a clause for a warning.

    Args:
        article: The article.
        cut: Where the statement was cut out.
        readout: The statement.
    """
    if cut.doubt and cut.confidence < 0.7:
        yield f"its end is doubtful before {brief(cut.doubt)!r}"
    if cut.early:
        yield f"it may begin only after {brief(article.text(cut.start))!r}"
    if cut.thin:
        yield "only the sentence before its quotations says whose they are"
    if cut.whole:
        yield "nothing introduces it, it is all the page holds; if it is one statement, load() reads it, too"
    closes = _closes_later(article, cut)
    if closes is not None:
        yield f"the quotation may go on until {brief(closes)!r}"
    again = _begins_again(article, cut)
    if again is not None:
        yield f"another may begin in it at {brief(again)!r}"
    if readout.publisher is None:
        yield "no publisher found"
    elif _is_counterpart(article, readout):
        yield f"it begins as those of another party than {readout.party} do"


def _closes_later(article: Article, cut: Cut) -> str | None:
    """Find a paragraph below a quotation that ends with the mark which closes one, and opens none."""
    opener = article.text(cut.start)[:1]
    for index in range(cut.end, min(cut.end + _BELOW, len(article))) if opener in OPENING else ():
        text = article.text(index)
        if article.is_lead_in(index) or article.is_set_apart(index):
            return None
        if closes_unopened(text, opener):
            return text
    return None


def _begins_again(article: Article, cut: Cut) -> str | None:
    """Find a later paragraph of a statement with no marks around it that begins as readouts do."""
    prose = [index for index in range(cut.start, cut.end) if is_prose(article.text(index))]
    if any(article.is_set_apart(index) for index in prose):
        return None
    later = (article.text(index) for index in prose[1:])
    return next((text for text in later if opens_report(text) and cues().today.search(text[:250])), None)


def _is_counterpart(article: Article, readout: Readout) -> bool:
    """Tell whether a statement begins "President A spoke with President B of X", and X is its party."""
    first = re.split(r"(?<=[.!?])\s", readout.text, maxsplit=1)[0][:250]
    link = _NEXT.search(first)
    if link is None or readout.party is None:
        return False
    before = {hit.office.party for hit in article.table.find(first[: link.start()])}
    after = [hit.office.party for hit in article.table.find(first[link.end() :]) if hit.office.party]
    return bool(after) and after[0] == readout.party and readout.party not in before


def unclaimed(article: Article, cuts: Sequence[Cut]) -> list[str]:
    """Return the beginnings of what reads like a statement and was taken for none.

    Args:
        article: The article.
        cuts: The statements found.
    """
    taken = {index for cut in cuts for index in range(cut.start, cut.end)}
    prose = [index for index in range(len(article)) if is_prose(article.text(index))]
    return [
        article.text(index)
        for index in prose[2:]  # the article begins with its own report
        if index not in taken and _reads_like_one(article, index)
    ]


def _reads_like_one(article: Article, index: int) -> bool:
    text = article.text(index)
    if is_cue(text) or article.is_narration(index) or cues().verbs.search(text[:120]) is not None:
        return False
    if article.is_foreign(index) and not article.is_foreign(index - 1):
        return word_count(text) >= LONG and not cues().first_person.search(text)
    formal = opens_report(text) and not bare_names(text, article.surnames)
    return formal and cues().today.search(text[:250]) is not None


def fewer_than_announced(article: Article, cuts: Sequence[Cut], absent: int) -> str | None:
    """Return where an article speaks of two statements, if fewer were found or said to be absent."""
    if len(cuts) + absent > 1:
        return None
    taken = {index for cut in cuts for index in range(cut.start, cut.end)}
    own = (article.text(index) for index in range(len(article)) if index not in taken)
    return next((match[0] for text in own if (match := cues().two_texts.search(text))), None)


def brief(text: str) -> str:
    """Return the beginning of a text, to name it in a message."""
    return text if len(text) <= 50 else text[:47].rstrip() + "..."
