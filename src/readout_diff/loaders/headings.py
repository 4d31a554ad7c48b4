"""Headings of an article that tell whose statement stands below them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readout_diff.loaders.cues import cues, is_absent
from readout_diff.loaders.dates import is_date_line
from readout_diff.loaders.furniture import is_cue
from readout_diff.loaders.layout import ends_sentence, is_prose, word_count
from readout_diff.loaders.publishers import OfficeHit, PublisherTable
from readout_diff.loaders.quotes import OPENING, longest_quotations
from readout_diff.loaders.voice import bare_names, opens_report

if TYPE_CHECKING:
    from readout_diff.loaders.units import Article

BYLINE = re.compile(r"(von|by|par|text|foto|photo|image|bild|автор|фото)\b", re.I)
# "What the White House said": a heading of what it said
_WHAT = re.compile(r"\W{0,3}(what|how|was|wie|so|ce qu(?:e|i|[’'])|comment|что|как|о чём)\b", re.I)
# "“No date”, says Rome": an author quotes in his headings, an office is named in them
_HEADLINE = re.compile(r"[“„«\"][^“”„«»\"]{2,80}[”“»\"],? (?!\()\w")
_QUOTED = 80  # characters of a quotation that is more than a phrase
# ", 14 May 2021", " – 17.30 Uhr": when it was published
_DATED = re.compile(
    r"[,(|·–—-]?\s*(\w+,? )?\d{1,2}([./:-]\d{1,2}){0,2}[.:]?(\s\w{3,10}\.?)?([ ,./-]+\d{2,4})?"
    r"( (uhr|h|г))?\W*$",
    re.I,
)


def is_text_heading(article: Article, index: int) -> bool:
    """Tell whether a unit is a heading such as "The statement in full", below a line that says whose."""
    text = article.text(index)
    if index == 0 or ends_sentence(text) or word_count(text) > 8 or is_cue(text):
        return False
    if not (cues().nouns.search(text) and cues().announces.search(text)):
        return False
    above = article.table.best(article.text(index - 1))
    return above is not None and above.weight >= 2 and article.reads_on(article.below(index))


def is_document_heading(article: Article, index: int) -> bool:
    """Tell whether a unit is a heading such as "Press release of the Secretariat", over a readout."""
    text = article.text(index)
    if index == 0 or is_absent(text):
        return False
    hit = article.table.best(text)  # "Ministry of the Environment, press release 201"
    kind = hit is not None and hit.role is not None and hit.start <= 4 and bool(cues().nouns.search(text))
    # "Office of the President, statement of 9 May 2025, excerpt. Translated from Arabic."
    office = hit is not None and hit.weight >= 2 and hit.start <= 4 and bool(cues().nouns.search(text))
    noted = (
        office and word_count(text) <= 25 and bool(re.search(r"\d", text)) and not cues().verbs.search(text)
    )
    bare = cues().documents.match(text) is not None
    if not (noted or bare) and (ends_sentence(text) or word_count(text) > 14 or is_cue(text)):
        return False
    following = article.below(index)
    below = article.text(following)
    formal = not bare_names(below, article.surnames)
    if formal and bare:
        return article.reads_on(following) and not article.is_set_apart(following)
    known = hit is not None and hit.weight >= 2 and cues().document.match(text) is not None
    reads = opens_report(below) or (known and is_prose(below) and not article.is_narration(following))
    return formal and reads and (noted or kind or cues().document.match(text) is not None)


def is_office_heading(article: Article, index: int, office: OfficeHit) -> bool:
    """Tell whether a unit is a heading that names an office, over what reads like its statement."""
    text = article.text(index)
    named = bool(cues().nouns.search(text))
    bare = is_bare(text, office, article.table) and not BYLINE.match(text)
    if _HEADLINE.search(text):
        return False
    if index == 0 or ends_sentence(text) or word_count(text) > (20 if named else 14 if bare else 9):
        return False
    # "White House, 3 May", "Press release 112 of the Federal Government", "MFA | Ministry of ..."
    known = office.weight >= 3 and (named or is_date_line(text))
    if is_cue(text) and not (known or bare):
        return False
    told = _WHAT.match(text) is not None and cues().verbs.search(text) is not None
    worded = named or told or bare
    promised = cues().announces.search(text) is not None and cues().verbs.search(text) is not None
    below = article.below(index)
    return (worded or promised) and article.reads_on(below) and not _is_told(article, below)


def is_country_heading(article: Article, index: int, office: OfficeHit | None) -> bool:
    """Tell whether a unit is a heading such as "Ankara" or "The Turkish side", over a readout."""
    text = article.text(index)
    if index == 0 or office is None or office.weight < 1 or ends_sentence(text) or _HEADLINE.search(text):
        return False
    if text.endswith(","):
        return False  # "Good morning from Wellington,"
    if word_count(without_brackets(text)) > 6:
        return False
    below = article.text(article.below(index))
    if is_bare(text, office) and len(article.headed) > 1:
        return article.reads_on(article.below(index))  # an article in sections, one a state
    if BYLINE.match(text):
        return False
    if _is_told(article, article.below(index)):
        return False
    worded = cues().nouns.search(text) or cues().sides.search(text) or cues().verbs.search(text)
    if worded and article.reads_on(article.below(index)) and not bare_names(below, article.surnames):
        return True
    return (word_count(text) <= 4 or bool(worded)) and opens_report(below)


def _is_told(article: Article, index: int) -> bool:
    """Tell whether the author reports in a paragraph, and quotes in it or right below it."""
    if article.is_set_apart(index):
        return False
    below = article.text(index + 1)[:1] in OPENING and article.is_set_apart(index + 1)
    return below or bool(longest_quotations(article.text(index), most=1, shortest=_QUOTED))


def without_brackets(text: str) -> str:
    """Return a heading without what it says in brackets, such as "(in French)"."""
    return re.sub(r"\([^()]*\)", "", text).strip()


def is_bare(text: str, office: OfficeHit, table: PublisherTable | None = None) -> bool:
    """Tell whether a line holds nothing but the name of an office, or of it and one it belongs to."""
    left = list(text)
    for hit in (office, *(table.find(text) if table is not None else ())):
        if hit == office or (hit.office.party in (None, office.office.party) and hit.weight != 0.5):
            left[hit.start : hit.end] = " " * (hit.end - hit.start)
    beside = " ".join(without_brackets("".join(left)).split())  # a name blanked out leaves many spaces
    if not without_brackets(text):
        return False  # a caption in brackets
    return len(re.sub(r"\W+", "", _DATED.sub("", beside))) <= 4
