"""Quotations of one text that attributions interrupt, found as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from readout_diff.loaders.cues import cues
from readout_diff.loaders.interruptions import (
    ATTRIBUTION,
    BAD,
    SENTENCES,
    WORD,
    Said,
    acting_office,
    is_again,
    names_text,
    of_kind,
    read_attribution,
    resumes,
)
from readout_diff.loaders.layout import LONGEST_PARAGRAPH, Line, ends_sentence, is_prose, word_count
from readout_diff.loaders.publishers import OfficeHit, PublisherTable
from readout_diff.loaders.quotes import OPENING, closed_at

_LONG = 25  # words of a statement
_PIECE = 5  # words of a quotation that is more than a phrase
_QUOTATIONS = 12  # in a paragraph; one with more is none of a text's
_PIECES = 30  # of one text
_FAR = 12  # paragraphs a quotation may have, and between a text and more of it
_OPENERS = re.compile(r"(?<![^\s(\[])(?:[“„»\"](?=\S)|«)")
# what an office does that answers in a text of its own
_ANSWERS = re.compile(
    r"\b(?:react(?:s|ed)|responded|responds|answer(?:s|ed)|repli(?:es|ed)|reject(?:s|ed)|protest(?:s|ed)|condemn(?:s|ed)"
    r"|reagier(?:t|te)|antwortete?|widerspr(?:ach|icht)|protestiert(?:e)?|verurteilt(?:e)?|wies|weist|äußert(?:e)?"
    r"|réagi(?:t)?|répond(?:u)?|rejet(?:te|é)|protest(?:e|é)|condamn(?:e|é)"
    r"|отреагировал[аио]?|ответил[аио]?|прокомментировал[аио]?|осудил[аио]?|отверг(?:л[аио])?|выразил[аио]?)\b",
    re.I,
)
# "With these words the chairman closed the meeting" tells of the quotation above
_BACK = re.compile(
    r"(?:with|th(?:is|at|ese|ose)|so|such|mit|dies\w*|das|damit|c['’]est|ainsi|cette|ces?|telle?s?"
    r"|так\w*|эт\w+|с этими)\b",
    re.I,
)
_LEFT = re.compile(r"[\s.,;–—-]*")
_MARKS = ' “”„«»"'


@dataclass(frozen=True, slots=True)
class _Quote:
    """A quotation: its paragraphs, where it begins in the first and ends in the last, what is said of it."""

    first: int
    start: int
    last: int
    end: int
    text: str
    lead: Said | None = None
    lead_start: int = 0
    after: Said | None = None
    after_end: int = 0  # where the attribution behind it ends

    @property
    def said(self) -> list[Said]:
        return [said for said in (self.lead, self.after) if said is not None]


@dataclass(frozen=True, slots=True)
class _Chain:
    """Quotations of one text; where in which line their office is named; whether that is thin."""

    quotes: tuple[_Quote, ...]
    names: tuple[int, int, int]
    thin: bool


def cut_pieces(lines: Sequence[Line], table: PublisherTable) -> list[Line]:
    """Cut paragraphs where attributions interrupt the quotation of one text.

    Args:
        lines: The paragraphs of an article.
        table: Known offices.

    Returns:
        The lines in order; `part` numbers the text whose quotation a line is a piece of, `names`
        the one whose office it names, negative where that is the only evidence.
    """
    quotes = _quotations(lines)
    told = [_with_said(lines, quotes, index, table) for index in range(len(quotes))]
    chains = list(_chains(lines, told, table))
    if not chains:
        return list(lines)
    cuts: dict[int, list[tuple[int, int, int]]] = {}  # line: from, to, number of the text
    names: dict[int, list[tuple[int, int, int]]] = {}
    tails: dict[int, list[tuple[int, int]]] = {}
    for number, chain in enumerate(chains, 1):
        for quote in chain.quotes:
            for at in range(quote.first, quote.last + 1):
                start = quote.start if at == quote.first else 0
                end = quote.end if at == quote.last else len(lines[at].text)
                cuts.setdefault(at, []).append((start, end, number))
            if quote.after_end > quote.end:
                tails.setdefault(quote.last, []).append((quote.end, quote.after_end))
        for one, other in pairwise(chain.quotes):
            if one.last == other.first:
                tails.setdefault(one.last, []).append((one.end, other.start))
            elif one.last + 1 == other.first:
                tails.setdefault(other.first, []).append((0, other.start))
        at, start, end = chain.names
        names.setdefault(at, []).append((start, end, -number if chain.thin else number))
    out: list[Line] = []
    for index, line in enumerate(lines):
        if index in cuts or index in names:
            out += _cut(line, cuts.get(index, []), names.get(index, []), tails.get(index, []))
        else:
            out.append(line)
    return out


def _cut(
    line: Line,
    cuts: Sequence[tuple[int, int, int]],
    names: Sequence[tuple[int, int, int]],
    tails: Sequence[tuple[int, int]],
) -> list[Line]:
    """Cut a paragraph into the quotations in it, attributions behind them, and the rest."""
    edges = sorted({0, len(line.text), *(edge for cut in (*cuts, *names, *tails) for edge in cut[:2])})
    out: list[Line] = []
    for start, end in pairwise(edges):
        part = next((number for left, right, number in cuts if left <= start and end <= right), 0)
        named = next((number for left, right, number in names if left <= start and end <= right), 0)
        traced = line.traced.cut(start, end).strip()
        if part or named or re.search(r"\w", traced.text):
            tail = any(left <= start and end <= right for left, right in tails)
            gap = line.gap if not start else True
            out.append(replace(line, traced=traced, gap=gap, tail=tail, part=part, names=named))
    return out


def _quotations(lines: Sequence[Line]) -> list[_Quote]:
    """Find the quotations of an article, those that go on in the next paragraph included."""
    found: list[_Quote] = []
    index, start = 0, 0
    while index < len(lines):
        text = lines[index].text
        opener = (
            _OPENERS.search(text, start)
            if len(text) <= LONGEST_PARAGRAPH and not lines[index].quoted
            else None
        )
        if opener is None:
            index, start = index + 1, 0
            continue
        closed = closed_at(text[opener.start() :], opener[0], OPENING[opener[0]])
        last = index
        end = opener.start() + closed + 1 if closed is not None else None
        if end is None:
            last, end = _closed_below(lines, index, opener[0])
        if end is None or sum(quote.first == index for quote in found[-_QUOTATIONS:]) == _QUOTATIONS:
            index, start = index + 1, 0
            continue
        wording = text[opener.start() : end] if last == index else text[opener.start() :]
        wording = " ".join((wording, *(lines[i].text for i in range(index + 1, last))))
        wording += " " + lines[last].text[:end] if last > index else ""
        found.append(_Quote(index, opener.start(), last, end, wording))
        index, start = last, end
    return found


def _closed_below(lines: Sequence[Line], index: int, opener: str) -> tuple[int, int | None]:
    """Find where a quotation is closed that every paragraph opens anew."""
    for below in range(index + 1, min(len(lines), index + _FAR)):
        text = lines[below].text
        if text[:1] != opener or lines[below].quoted or len(text) > LONGEST_PARAGRAPH:
            break
        closed = closed_at(text, opener, OPENING[opener])
        if closed is not None:
            return below, closed + 1
    return index, None


def _with_said(lines: Sequence[Line], quotes: Sequence[_Quote], index: int, table: PublisherTable) -> _Quote:
    """Read what stands before and behind a quotation and may say whose it is."""
    quote = quotes[index]
    start = quotes[index - 1].end if index and quotes[index - 1].last == quote.first else 0
    before = SENTENCES.split(lines[quote.first].text[start : quote.start].strip())[-1]
    lead = None if not _has_words(before) or ends_sentence(before) else read_attribution(before, table)
    quote = replace(quote, lead=lead, lead_start=lines[quote.first].text.rfind(before, 0, quote.start))
    line = lines[quote.last].text
    following = quotes[index + 1] if index + 1 < len(quotes) else None
    inside = following is not None and following.first == quote.last
    end = following.start if inside and following is not None else len(line)
    behind = line[quote.end : end]
    if not _has_words(behind) and not inside and quote.last + 1 < len(lines):
        below = lines[quote.last + 1].text
        dashed = _BACK.match(below) or re.match(r"[–—-] ?\w|[a-zà-þа-яё]", below)
        told = read_attribution(SENTENCES.split(below)[0], table) if dashed else None
        return replace(quote, after=told, after_end=quote.end)
    head = _LEFT.match(behind)
    skipped = head.end() if head is not None else 0
    sentence = SENTENCES.split(behind[skipped:])[0]
    whole = skipped + len(sentence)
    if not _has_words(sentence):
        return quote
    attached = re.match(r"\s*[,–—-]|\s*[a-zà-þа-яё]", behind) or not ends_sentence(quote.text.rstrip(_MARKS))
    attached = attached and not re.match(r"\s*[.(\[]", behind)
    after: Said | None = read_attribution(sentence, table)
    if after is BAD and not attached:
        leads = inside and whole == len(behind)
        short = word_count(sentence) <= 8 and sentence[:1] not in "([" and not leads
        return replace(quote, after=BAD if short or _BACK.match(sentence) else None)
    return replace(quote, after=after, after_end=quote.end + whole)


def _has_words(text: str) -> bool:
    return WORD.search(text) is not None


def _chains(lines: Sequence[Line], quotes: Sequence[_Quote], table: PublisherTable) -> Iterator[_Chain]:
    """Put quotations together that are of one text, and go on with it further below."""
    index = 0
    while index < len(quotes):
        chain, owner = [quotes[index]], _owner(quotes[index])
        if not _may_begin(quotes[index]) or any(not said.good for said in quotes[index].said):
            index += 1
            continue
        while index + len(chain) < len(quotes) and len(chain) < _PIECES:
            following = quotes[index + len(chain)]
            theirs = _owner(following)
            if not _linked(lines, chain[-1], following) or not _same(owner, theirs):
                break
            if _is_another(chain, following):
                break
            owner = owner if owner is not None and (theirs is None or owner.weight >= 2) else theirs
            chain.append(following)
        found = _accepted(lines, quotes, index, chain, owner, table)
        index += len(chain)
        if found is not None:
            while index < len(quotes) and quotes[index].first <= found.quotes[-1].last:
                index += 1
            yield found


def _owner(quote: _Quote) -> OfficeHit | None:
    return next((said.office for said in quote.said if said.office is not None), None)


def _same(one: OfficeHit | None, other: OfficeHit | None) -> bool:
    """Tell whether two attributions name the same office, as far as they name any."""
    if one is None or other is None:
        return True
    if one.office.party != other.office.party:
        return False
    return one.weight < 2 or other.weight < 2 or one.office.name == other.office.name


def _may_begin(quote: _Quote) -> bool:
    """Tell whether a quotation may be the first piece: more than a phrase, with an attribution."""
    return bool(quote.said) and _is_piece(quote, first=True)


def _is_piece(quote: _Quote, *, first: bool = False) -> bool:
    words = word_count(quote.text)
    begins = re.match(r"\W*(\w)", quote.text)
    if begins is None or words < _PIECE or cues().first_person.search(quote.text):
        return False
    small = begins[1].islower()
    return not small or (_sentences(quote.text) >= 2 if first else words >= _PIECE + 3)


def _sentences(text: str) -> int:
    return len(SENTENCES.findall(text)) + 1


def _linked(lines: Sequence[Line], one: _Quote, other: _Quote) -> bool:
    """Tell whether nothing but attributions of one text stands between two quotations."""
    if any(not said.good for quote in (one, other) for said in quote.said) or not _is_piece(other):
        return False
    if not _same(_owner(one), _owner(other)):
        return False
    if other.first == one.last:
        between = lines[one.last].text[max(one.end, one.after_end) : other.start]
        return (one.after is not None or other.lead is not None) and _only_lead(between, other)
    if other.first != one.last + 1:
        return False
    rest = lines[one.last].text[max(one.end, one.after_end) :]
    before = lines[other.first].text[: other.start]
    if _has_words(rest) or not _only_lead(before, other):
        return False
    closing = not _has_words(lines[other.last].text[other.end :])
    return bool(other.said) or (one.after is not None and one.after_end > one.end and closing)


def _is_another(chain: Sequence[_Quote], other: _Quote) -> bool:
    """Tell whether a quotation is "in a statement" below others that are of one."""
    shared = chain[-1].last == other.first and chain[-1].after_end > other.lead_start
    said = (other.after, None if shared else other.lead)
    unnamed = any(one is not None and one.new and one.office is None for one in said)
    told = any(one.of_text for quote in chain for one in quote.said)
    return unnamed or (told and any(one is not None and one.new for one in said))


def _only_lead(between: str, quote: _Quote) -> bool:
    """Tell whether nothing but the attribution that leads to a quotation stands before it."""
    if not _has_words(between):
        return True
    return quote.lead is not None and len(SENTENCES.split(between.strip(" .,–—-"))) == 1


def _accepted(
    lines: Sequence[Line],
    quotes: Sequence[_Quote],
    index: int,
    pieces: Sequence[_Quote],
    owner: OfficeHit | None,
    table: PublisherTable,
) -> _Chain | None:
    """Return the quotations of one text if they are a statement of an office that is named."""
    said = [one for quote in pieces for one in quote.said]
    first = pieces[0]
    plain = any(one.of_text or one.of_office or one.office is not None for one in said)
    thin = False
    if owner is not None:
        names = _where(lines, pieces, owner)
    else:
        before = _named_before(lines, quotes, index, table)
        if before is None:
            return None
        names, owner, tied = before
        plain = plain or tied
        again = any(one.kind is not None and is_again(one.kind, owner) for one in said)
        thin = not (tied or again)
        placed = any(one.place == owner.office.party for one in said)
        if thin and not placed and not _ANSWERS.search(lines[names[0]].text[names[1] : names[2]]):
            return None
    if not plain:
        return None
    for one in said:
        if one.place not in (None, owner.office.party) or not of_kind(one.kind, owner):
            return None
    below = _resumed(lines, quotes, index + len(pieces), pieces[-1], owner, table)
    every = (*pieces, *below)
    wording = " ".join(quote.text for quote in every)
    sentences = sum(_sentences(quote.text) for quote in every)
    if sentences < 2 or word_count(wording) < _LONG:
        return None
    if len(every) == 1 and not (first.lead is not None and first.lead.of_text and _begins_small(first)):
        return None  # one quotation is for the rules of whole ones
    return _Chain(every, names, thin)


def _begins_small(quote: _Quote) -> bool:
    return re.match(r"\W*[a-zà-þа-яё]", quote.text) is not None


def _where(lines: Sequence[Line], pieces: Sequence[_Quote], owner: OfficeHit) -> tuple[int, int, int]:
    """Return the line, from where to where, that names the office."""
    for quote in pieces:
        if quote.lead is not None and quote.lead.office == owner:
            return quote.first, quote.lead_start, quote.start
        if quote.after is not None and quote.after.office == owner and quote.after_end > quote.end:
            return quote.last, quote.end, quote.after_end
    below = pieces[-1].last + 1  # an attribution in a line of its own
    return below, 0, len(lines[below].text)


def _named_before(
    lines: Sequence[Line], quotes: Sequence[_Quote], index: int, table: PublisherTable
) -> tuple[tuple[int, int, int], OfficeHit, bool] | None:
    """Return where the sentence before a quotation names an office; whether it tells of a text."""
    quote = quotes[index]
    start = quotes[index - 1].end if index and quotes[index - 1].last == quote.first else 0
    before = lines[quote.first].text[start : quote.start].strip()
    sentences = [part for part in SENTENCES.split(before) if _has_words(part)]
    if sentences and not ends_sentence(sentences[-1]):
        sentences.pop()
    if sentences:
        index, sentence = quote.first, sentences[-1]
    elif start or not quote.first or not is_prose(lines[quote.first - 1].text):
        return None
    else:
        index, sentence = quote.first - 1, SENTENCES.split(lines[quote.first - 1].text)[-1]
    if any(mark in sentence for mark in '“”„«»"') or len(sentence) > ATTRIBUTION:
        return None
    acting = acting_office(sentence, table)
    if acting is None:
        return None
    end = quote.start if index == quote.first else len(lines[index].text)
    at = lines[index].text.rfind(sentence, 0, end)
    return (index, at, at + len(sentence)), *acting


def _resumed(
    lines: Sequence[Line],
    quotes: Sequence[_Quote],
    index: int,
    last: _Quote,
    owner: OfficeHit,
    table: PublisherTable,
) -> list[_Quote]:
    """Return what an article gives further below of a text, behind "The statement concludes:"."""
    limit = last.last + _FAR
    for quote in islice(quotes, index, index + _QUOTATIONS):
        if quote.first > limit:
            return []
        line = lines[quote.first]
        lead, rest = line.text[: quote.start], lines[quote.last].text[quote.end :]
        if not resumes(lead, owner, table) or _has_words(rest) or not _is_piece(quote):
            continue
        between = [one.text for one in lines[last.last + 1 : quote.first]]
        between.append(
            lines[last.last].text[max(last.end, last.after_end) :] if last.last != quote.first else ""
        )
        others = (
            hit
            for text in between
            for hit in table.find(text)
            if hit.weight >= 2 and hit.office.party != owner.office.party
        )
        other_text = any(names_text(text) for text in between)
        if other_text or next(others, None) is not None:
            return []
        return [replace(quote, after=None, after_end=0)]
    return []
