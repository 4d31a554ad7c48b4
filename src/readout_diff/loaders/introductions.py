"""Introductions: what says that a statement comes next, and whose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readout_diff.loaders.apart import LONG, ends_in_colon, quotes_text
from readout_diff.loaders.cues import cues, is_absent
from readout_diff.loaders.furniture import is_attribution, is_cue
from readout_diff.loaders.headings import (
    is_country_heading,
    is_document_heading,
    is_office_heading,
    is_text_heading,
)
from readout_diff.loaders.interruptions import SENTENCES
from readout_diff.loaders.layout import ends_sentence, is_prose, word_count
from readout_diff.loaders.publishers import OfficeHit
from readout_diff.loaders.voice import bare_names, opens_report

if TYPE_CHECKING:
    from readout_diff.loaders.units import Article


def leads_in(article: Article, index: int) -> bool:
    """Tell whether a unit names an office or a publication before a statement, mostly with a colon."""
    text = article.text(index)
    source = cues().sources.match(text) is not None  # may be worded in the language of what it names
    foreign = article.is_foreign(index) and not source
    if not text or foreign or (article.units[index].bullet and not ends_in_colon(text)):
        return False
    if article.signs(index):
        return False  # it says whose the text above is
    if cues().begins.match(text):
        return True
    last = article.introduction(index)
    if article.is_tail(index) and not ends_in_colon(text) and last == text:
        return False  # it says whose the quotation above is
    office = article.table.best(last)
    if source:
        return article.sources_lead() and office is not None and article.reads_on(article.below(index))
    # a label such as "Press service:" is furniture elsewhere
    label = office is not None and office.weight >= 2 and text.endswith((":", "："))
    if ends_in_colon(text) or (label and (article.is_set_apart(index + 1) or article.reads_on(index + 1))):
        return _introduces(article, index, last, office)
    if text.endswith(",") and office is not None and office.weight != 0.5 and article.is_set_apart(index + 1):
        return quotes_text(last)  # "..., which read,"
    if (office is not None and _promises(article, index, last)) or _presents(article, index):
        return True
    if _stands_above(article, index, last, office):
        return True
    if office is None or office.weight < 2:
        return (
            is_text_heading(article, index)
            or is_country_heading(article, index, office)
            or is_document_heading(article, index)
        )
    return (
        _announces(article, index, last)
        or is_office_heading(article, index, office)
        or is_document_heading(article, index)
    )


def _introduces(article: Article, index: int, last: str, office: OfficeHit | None) -> bool:
    text = article.text(index)
    announced = cues().announces.search(last) is not None
    reads_on = opens_report(article.text(index + 1)) and (
        announced
        or word_count(last) <= 8
        or article.table.best(text) is not None
        or cues().nouns.search(last) is not None
        or (
            cues().verbs.search(text) is not None
            and not bare_names(article.text(index + 1), article.surnames)
        )
    )
    named = office is not None and (announced or office.weight >= 2)
    if cues().summary.search(last) and not article.is_set_apart(index + 1) and not (reads_on and named):
        return False  # the author's own list follows
    if cues().nouns.search(last) and not cues().joint.search(last):
        worded = cues().announces.search(last) or cues().verbs.search(last)
        if office is not None or worded or article.is_set_apart(index + 1):
            return True
    published = announced and office is not None and office.weight >= 2
    if cues().spoken.search(last) and not published:  # a person speaks, no office publishes
        return False
    person = office is None or (office.weight < 2 and office.role is None)
    if cues().posts.search(last) and person:
        return False
    if _translates(article, index, last):
        return True
    if is_attribution(last) or reads_on:
        return True
    if office is not None and office.weight >= 2:
        return True
    if _original_follows(article, index):
        return True
    # a country or a capital alone may be what a sentence of a statement is about
    if index + 1 < len(article) and article.units[index + 1].bullet:
        return False
    if (
        office is not None
        and office.weight == 1
        and (word_count(last) <= 6 or article.is_set_apart(index + 1))
    ):
        return True
    named = office is not None and office.weight in (0, 1)
    return (named or article.is_set_apart(index + 1)) and bool(cues().verbs.search(last))


def _translates(article: Article, index: int, last: str) -> bool:
    """Tell whether a line such as "In English, as literally as I can:" leads on to a translation."""
    if article.is_foreign(index - 1) and cues().translates.search(last) and word_count(last) <= LONG:
        return article.reads_on(index + 1)
    return article.is_set_apart(index + 1) and bool(cues().again.match(re.split(r"[,;(–—:]", last)[0]))


def _original_follows(article: Article, index: int) -> bool:
    """Tell whether more than a phrase follows in a language not that of the article."""
    below = article.text(index + 1)
    return (
        article.is_foreign(index + 1)
        and is_prose(below)
        and word_count(below) >= LONG
        and not cues().first_person.search(below)
    )


def _announces(article: Article, index: int, last: str) -> bool:
    """Tell whether a sentence with no colon says that a statement comes next."""
    if not cues().nouns.search(last):
        return False
    if article.is_set_apart(index + 1):
        return True
    begun = next((i for i in range(index + 1, index + 4) if is_prose(article.text(i))), index + 1)
    own = article.is_narration(begun) or bare_names(article.text(begun), article.surnames)
    return bool(cues().announces.search(last)) and not (own or article.is_narration(index + 1))


def _promises(article: Article, index: int, last: str) -> bool:
    """Tell whether a short sentence with no colon promises the text of a state or office below it."""
    text = article.text(index)
    if word_count(last) > 12 or not ends_sentence(last) or not cues().announces.search(last):
        return False
    # "And here is how, in Moscow."
    worded = cues().nouns.search(last) or cues().verbs.search(last) or word_count(text) <= 6
    return bool(worded) and article.reads_on(article.below(index)) and not is_absent(last)


def _presents(article: Article, index: int) -> bool:
    """Tell whether one of a paragraph's last sentences says "Here is what the ministry put out"."""
    text = article.text(index)
    if not ends_sentence(text) or not opens_report(article.text(article.below(index))):
        return False
    sentences = SENTENCES.split(text)[-2:]
    for sentence in sentences:
        office = article.table.best(sentence)
        worded = cues().nouns.search(sentence) or cues().verbs.search(sentence)
        if cues().presents.search(sentence) and worded and not is_absent(sentence):
            return office is None or office.weight >= 1
    return False


def _stands_above(article: Article, index: int, last: str, office: OfficeHit | None) -> bool:
    """Tell whether an office is said to publish something, above what begins as readouts do."""
    below = article.text(index + 1)
    if index == 0 or office is None or office.weight < 2 or is_absent(last) or is_cue(article.text(index)):
        return False
    if not (cues().nouns.search(last) and cues().verbs.search(last)) or cues().spoken.search(last):
        return False
    formal = opens_report(below) and not bare_names(below, article.surnames)
    return formal and cues().today.search(below[:250]) is not None
