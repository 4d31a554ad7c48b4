"""Where a statement in the article's own language ends, with no mark around it."""

from __future__ import annotations

import re

from readout_diff.loaders.apart import ends_in_colon
from readout_diff.loaders.cues import cues
from readout_diff.loaders.dates import is_date_line
from readout_diff.loaders.furniture import is_cue
from readout_diff.loaders.layout import is_prose, word_count
from readout_diff.loaders.units import Article
from readout_diff.loaders.voice import (
    bare_names,
    comment_score,
    names_in_full,
    names_office_holder,
    opens_report,
    report_score,
)

_ARTICLE = re.compile(r"((the|die|das|der|la|le|les) |l[’'])?", re.I)

# "the two sides", "he and the Turkish president": no stranger is among them
_TOGETHER = re.compile(
    r"\b(they|he|she|er|sie|ils?|elles?|on[аи]?|он[аи]?|man|both|two|sides|leaders|beiden?|seiten|deux|parties|обе|стороны)\b",
    re.I,
)


def is_promised(article: Article, lead: int) -> bool:
    """Tell whether an introduction says that the text of a statement follows."""
    last = article.introduction(lead)
    return bool(cues().nouns.search(last) and cues().announces.search(last)) and ends_in_colon(last)


def block_end(article: Article, first: int, stop: int) -> int | None:
    """Find the blank line after a statement written one sentence a line."""
    end = first + 1
    while end < stop and not article.units[end].gap:
        end += 1
    lines = [article.text(index) for index in range(first, end)]
    sentences = sum(map(_stops, lines))
    closed = end < len(article) and article.units[end].gap
    wrapped = sum(map(is_prose, lines)) > len(lines) / 2  # titles and dates may stand above a paragraph
    return end if closed and wrapped and len(lines) >= 3 and sentences <= 1.3 * len(lines) else None


def _stops(line: str) -> int:
    """Count the marks that end a sentence of a line, or stand behind its last word."""
    last = max((word.end() for word in re.finditer(r"\w+", line)), default=0)
    stops = re.finditer(r"[.!?](?=(\s+[A-ZÀ-ÞА-ЯЁ])?)", line)
    return sum(1 for stop in stops if stop[1] or stop.start() >= last)


def signed_end(article: Article, first: int, stop: int) -> int | None:
    """Find the line with which an office signs a statement: its press office, a place with a date."""
    for index in range(first + 1, stop):
        text = article.text(index)
        if is_prose(text):
            if article.is_narration(index) or comment_score(text) > 1:
                return None
        elif is_prose(article.text(index - 1)) and is_signature(article, index):
            return index
    return None


def is_signature(article: Article, index: int) -> bool:
    """Tell whether a line says who signs the text above it, or where and when it was signed."""
    text = article.text(index)
    if word_count(text) > 12 or text.endswith((":", "：")):
        return False
    placed = (
        word_count(text) <= 3
        and article.table.best(text) is not None
        and is_date_line(article.text(index + 1))
    )
    office = article.table.best(text)
    whole = office is not None and office.weight >= 2 and office.end - office.start > 0.8 * len(text)
    placed = placed or (whole and is_date_line(article.text(index + 1)))
    return placed or bool(cues().signed.match(text) or cues().place_and_date.match(text))


def _trails(article: Article, index: int, stop: int) -> bool:
    """Tell whether a unit that hardly reports anything is the last, and of nobody in office."""
    text = article.text(index)
    own = any(hit.weight >= 1 and _ARTICLE.fullmatch(text[: hit.start]) for hit in article.table.find(text))
    if own or names_office_holder(text):
        return False
    return all(report_score(article.text(i)) < 2 for i in range(stop - 1, index, -1))


def _reports_again(article: Article, start: int, stop: int) -> bool:
    """Tell whether paragraphs that are plainly the office's follow."""
    return any(
        report_score(article.text(i)) == 2 and not comment_score(article.text(i)) for i in range(start, stop)
    )


def _goes_straight_on(article: Article, index: int, stop: int) -> bool:
    """Tell whether the very next paragraph is plainly the office's again."""
    following = next((i for i in range(index + 1, stop) if is_prose(article.text(i))), stop)
    plain = following < stop and _reports_again(article, following, following + 1)
    text = article.text(following)
    return plain and not (article.is_narration(following) or bare_names(text, article.surnames))


def _acts_first(article: Article, index: int, first: int) -> bool:
    """Tell whether a paragraph begins with somebody in office, of a state the statement has named."""
    text = article.text(index)
    if not cues().principals.search(text[:60]):
        return False
    named = next((hit.office.party for hit in article.table.find(text[:80]) if hit.start < 40), None)
    begun = {hit.office.party for i in range(first, index) for hit in article.table.find(article.text(i))}
    return named is None or named in begun


def _stranger_acts(article: Article, index: int, first: int, lead: int | None) -> bool:
    """Tell whether a paragraph begins with an office or its holder of a state that takes no part."""
    text = article.text(index)[:80]
    hit = next((hit for hit in article.table.find(text) if hit.office.party), None)
    if hit is None or hit.start > 24:
        return False
    before = re.split(r"[,;:.]", text[: hit.start])[-1][-25:]
    after = re.split(r"[,;:.]", text[hit.end :])[0][:25]
    holder = cues().principals.search(before) or cues().principals.search(after)
    if hit.weight < 2 and (holder is None or _TOGETHER.search(before + after)):
        return False
    partners = {other.office.party for other in article.table.find(article.text(first))}
    if lead is not None:
        partners |= {other.office.party for other in article.table.find(article.text(lead))}
    return hit.office.party not in partners


def voice_end(article: Article, first: int, stop: int, lead: int | None) -> tuple[int, str | None]:
    """Find where the author takes over, by wording; with the first unit that could be either's."""
    end, doubt = first, None
    while end < stop and not is_prose(article.text(end)):  # titles, dates
        end += 1
    office = article.table.best(article.text(lead)) if lead is not None else None
    # news agencies name without titles, as authors do
    named = bool(bare_names(article.text(end), article.surnames)) or (
        office is not None and office.office.news
    )
    # a declaration says what its office thinks, where a readout says who did what
    speaks = end < stop and not opens_report(article.text(end))
    declares = speaks and lead is not None and is_promised(article, lead)
    end = min(end + 1, stop)
    while end < stop:
        text = article.text(end)
        if not is_cue(text) and not article.in_list(end) and is_prose(text):
            if article.is_narration(end) or (not named and bare_names(text, article.surnames)):
                break
            signs = comment_score(text) + _stranger_acts(article, end, first, lead)
            if signs > 1 or (signs and not _reports_again(article, end + 1, stop)):
                if signs > 1 or not _acts_first(article, end, first):
                    break
                doubt = doubt or text
            score = report_score(text)
            if score == 2 and not signs:
                doubt = None  # what may be either's above is the office's, if this is
            if score < 2:
                doubt = doubt or text
                formal = (
                    (speaks and cues().office_speaks.search(text) is not None)
                    or names_in_full(text, article.surnames)
                    or (named and bool(bare_names(text, article.surnames)))
                )
                above = is_prose(article.text(end - 1)) or article.in_list(end - 1)
                same = article.in_spaced and above and not article.units[end].gap  # he begins a paragraph
                plain = declares or formal or same or _goes_straight_on(article, end, stop)
                if not plain and (score == 0 or _trails(article, end, stop)):
                    break
        end += 1
    while end - 1 > first and not is_prose(article.text(end - 1)) and not article.in_list(end - 1):
        end -= 1
    return end, doubt
