"""Where each statement in an article begins, where it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from readout_diff.language import identify, main_script
from readout_diff.loaders.apart import LONG, ends_in_colon, is_tail, is_whole, last_sentence
from readout_diff.loaders.attributed import attributes, cites, is_dashed, of_another, of_spokesperson
from readout_diff.loaders.cues import cues, is_update
from readout_diff.loaders.endings import block_end, is_promised, is_signature, signed_end, voice_end
from readout_diff.loaders.furniture import is_cue
from readout_diff.loaders.headings import is_bare
from readout_diff.loaders.layout import is_prose, word_count
from readout_diff.loaders.quotes import OPENING, closed_at, enclosed
from readout_diff.loaders.units import Article
from readout_diff.loaders.voice import (
    bare_names,
    comment_score,
    is_report,
    narration_score,
    opens_report,
    report_score,
)

_TITLES = 12  # lines at most that are no running text at the head of a statement
_LEFT = 3  # paragraphs at most that may be either's at the end of a section
_FOLLOWED = 200  # paragraphs that quotation marks are followed through
_RULE = re.compile(r"(?:[#*_=~⁂–—-] ?){3,}|\W*(end|ende|fin|конец)\W*", re.I)


@dataclass(frozen=True, slots=True)
class Cut:
    """A statement as a range of units, with the unit that introduces it, how sure it is, what is doubtful."""

    start: int
    end: int
    lead: int | None
    confidence: float
    doubt: str | None = None
    skip: tuple[int, ...] = ()  # attributions and boxes that interrupt it
    thin: bool = False  # only the sentence before says whose its quotations are
    whole: bool = False  # nothing introduces it, the page holds nothing else
    early: bool = False  # it may begin further below


def find_cuts(article: Article) -> list[Cut]:
    """Find every statement of an article, in order."""
    found: list[Cut] = []
    index = 0
    while index < len(article):
        if article.part(index):
            cut: Cut | None = _pieces_cut(article, index)
        else:
            led = article.part(index + 1) > 0 and article.is_lead_in(index)
            cut = None if led else _cut_at(article, index)
        if cut is not None and _words(article, cut) >= 8:
            found.append(cut)
            index = cut.end
        else:
            index += 1
    whole = None if found else _whole_page(article)
    return _join_parts(article, found) if whole is None else [whole]


def _whole_page(article: Article) -> Cut | None:
    """Cut a page that holds one statement and little else: a credit, a source or a signature ends it."""
    prose = [i for i in range(len(article)) if is_prose(article.text(i)) and not is_cue(article.text(i))]
    first = prose[0] if prose else len(article)
    ends = (i for i in range(first + 1, len(article)) if is_signature(article, i) or _closes_page(article, i))
    end = next(ends, None)
    if end is None or word_count(" ".join(article.text(i) for i in range(first, end))) < LONG:
        return None
    for index in (i for i in prose if i < end):
        text = article.text(index)
        own = article.is_narration(index) or comment_score(text) > 1 or cues().first_person.search(text)
        if own or article.is_stop(index):
            return None
    beside = [article.text(i) for i in (*range(first), *range(end, end + 3))]
    hits = [hit for text in beside if (hit := article.table.best(text)) is not None and hit.weight >= 2]
    titled = any(cues().nouns.search(text) or cues().verbs.search(text) for text in beside)
    return Cut(first, end, None, 0.5, whole=True) if hits and titled else None


def _closes_page(article: Article, index: int) -> bool:
    """Tell whether a unit is a translator's credit or names a source."""
    return article.credit(index) is not None or cues().sources.match(article.text(index)) is not None


def _pieces_cut(article: Article, first: int) -> Cut:
    """Return the pieces of one text that stand together."""
    part, end = article.part(first), first
    skip: list[int] = []
    for index in range(first, len(article)):
        if article.part(index) == part:
            skip += range(end, index)
            end = index + 1
        elif not article.is_tail(index):
            break
    lead = article.naming.get(part)
    thin = lead is not None and article.units[lead].names < 0
    return Cut(first, end, lead, 0.8, skip=tuple(skip), thin=thin)


def _join_parts(article: Article, cuts: list[Cut]) -> list[Cut]:
    """Put what an article gives of a text further below to the rest of it; no other statement is between."""
    out: list[Cut] = []
    for cut in cuts:
        above = out[-1] if out else None
        if (
            above is not None
            and article.part(cut.start)
            and article.part(cut.start) == article.part(above.start)
        ):
            skip = (*above.skip, *range(above.end, cut.start), *cut.skip)
            out[-1] = replace(above, end=cut.end, skip=skip)
        else:
            out.append(cut)
    return out


def set_aside(article: Article, cuts: list[Cut]) -> list[str]:
    """Return the passages that are set apart and report something, and are taken for no statement."""
    taken = {index for cut in cuts for index in range(cut.start, cut.end)}
    return [
        article.text(index)
        for index in range(len(article))
        if index not in taken
        and article.is_set_apart(index)
        and word_count(article.text(index)) >= LONG
        and opens_report(article.text(index))
        and not cues().first_person.search(article.text(index))
    ]


def unused(article: Article, cuts: list[Cut]) -> list[str]:
    """Return introductions below which a statement may begin, and none was taken."""
    taken = {index for cut in cuts for index in range(cut.start - 1, cut.end)} | {cut.lead for cut in cuts}
    return [
        article.text(index)
        for index in range(len(article))
        if index not in taken
        and ends_in_colon(article.text(index))
        and article.is_lead_in(index)
        and is_report(article.text(index + 1))
        and cues().opening.search(article.text(index + 1)[:250])
    ]


def _words(article: Article, cut: Cut) -> int:
    return word_count(_wording(article, cut))


def _wording(article: Article, cut: Cut) -> str:
    return " ".join(article.text(index) for index in range(cut.start, cut.end) if index not in cut.skip)


def _cut_at(article: Article, index: int) -> Cut | None:
    if article.is_lead_in(index):
        first = index + 1
        while first < len(article) and _is_between(article, first):
            first += 1
        # a heading right below an introduction is the statement's title, not another introduction
        heading = article.is_title(first) or (
            not article.text(first).endswith((":", "：")) and not is_prose(article.text(first))
        )
        if first >= len(article) or article.is_tweet(first) or (article.is_stop(first) and not heading):
            return None
        cut = _extent(article, first, index)
        return cut if cut is None or ends_in_colon(article.text(index)) else _attributed(article, cut)
    if article.is_title(index):
        extent = _foreign_extent if article.is_foreign(index) else _plain_extent
        titled = extent(article, index, None)
        if _words(article, titled) < LONG and article.is_lead_in(titled.end):
            return None  # the article's own title and first sentence
        return replace(titled, confidence=min(titled.confidence, 0.75))
    if not article.is_set_apart(index):
        return Cut(index, index + 1, None, 0.75) if is_dashed(article, index) else _sourced(article, index)
    if is_cue(article.text(index)) or article.is_tweet(index):
        return None
    cut = _extent(article, index, None)
    wording = _wording(article, cut) if cut is not None else ""
    long = word_count(wording) >= LONG
    if cut is None or not (is_whole(wording) or (long and (cut.skip or opens_report(wording)))):
        return None
    # with no introduction there must be an attribution beside it; a colon that introduces none is a person's
    if _tails(article, cut):
        cut = _attributed(article, cut)
        return cut if cut is None else replace(cut, confidence=min(cut.confidence, 0.8))
    above = article.heading_above(index)
    begun = next((text for i in range(index, cut.end) if is_prose(text := article.text(i))), "")
    if above is not None and opens_report(begun) and is_whole(_wording(article, cut)):
        return replace(cut, lead=above, confidence=min(cut.confidence, 0.8))
    before = article.text(cut.start - 1)
    after = "" if article.is_lead_in(cut.end) else article.text(cut.end)
    beside = (after, "" if ends_in_colon(before) else before)
    if any(attributes(article, text) for text in beside):
        return replace(cut, confidence=min(cut.confidence, 0.8))
    return None


def _sourced(article: Article, index: int) -> Cut | None:
    """Cut a statement with nothing above it and a line such as "Source: the Kremlin" below it."""
    another = article.closes(index - 1)  # below the source of the statement above
    end = article.reported_until(index, loosely=another)
    if end is None or end == index or not opens_report(article.text(index)) or not article.sources(end):
        return None
    return Cut(index, end, None, 0.75)


def _is_between(article: Article, index: int) -> bool:
    """Tell whether a unit between an introduction and its statement is no part of either."""
    cue = is_cue(article.text(index)) and not article.is_lead_in(index)
    return cue or _is_caption(article, index)


def _is_caption(article: Article, index: int) -> bool:
    """Tell whether a unit stands between an introduction and a statement that is set apart."""
    own = not article.is_set_apart(index) and not is_prose(article.text(index))
    return own and not ends_in_colon(article.text(index)) and article.is_set_apart(index + 1)


def _tails(article: Article, cut: Cut) -> list[int]:
    return [index for index in (*cut.skip, cut.end) if article.is_tail(index)]


def _attributed(article: Article, cut: Cut) -> Cut | None:
    """Keep a quotation unless the attribution cut off from it names a person, or it is a single sentence."""
    tails = _tails(article, cut)
    if not tails:
        return cut
    wording = _wording(article, cut)
    if cues().first_person.search(wording):
        return None
    if not all(cites(article, i) or (is_report(wording) and of_spokesperson(article, i)) for i in tails):
        return None
    return cut if cut.skip or is_whole(_wording(article, cut)) else None


def _extent(article: Article, first: int, lead: int | None) -> Cut | None:
    """Find how far the statement that begins at a unit goes."""
    if article.is_quoted(first):
        end = article.past_list(first + 1)
        skip: tuple[int, ...] = ()
        while article.is_quoted(after := article.past_box(end)) and not is_update(article.text(after)):
            if after > end and article.langs[after] not in (None, article.langs[end - 1]):
                break
            skip = (*skip, *range(end, after))
            end = article.past_list(after + 1)
        return Cut(first, end, lead, 1.0, skip=skip)
    if article.text(first)[0] in OPENING and (cut := _quoted_extent(article, first, lead)) is not None:
        return cut
    if article.is_foreign(first):
        return _foreign_extent(article, first, lead)
    if lead is None or _is_comment(article, first, lead) or _is_cited(article.text(first)):
        return None
    end = first
    while end < len(article) and _is_item(article, end):
        end += 1
    if end > first and not any(is_prose(article.text(i)) for i in range(first, end)):
        return None  # phrases in a list are the author's
    return _plain_extent(article, first, lead)


def _is_cited(text: str) -> bool:
    """Tell whether a paragraph is a sentence of the author's that begins with a quotation."""
    closed = closed_at(text, text[0], OPENING[text[0]]) if text[0] in OPENING else None
    return closed is not None and bool(text[closed + 1 :].strip(" .,")) and is_tail(text[closed + 1 :])


def _is_comment(article: Article, first: int, lead: int) -> bool:
    """Tell whether the paragraph after an introduction is the author's own, not a statement."""
    opening = next((i for i in range(first, len(article)) if _reads(article.text(i))), first)
    label = article.text(lead).rstrip(":： ")
    office = article.table.best(label)
    promised = is_promised(article, lead) or (office is not None and is_bare(label, office, article.table))
    return article.is_narration(opening) or (not promised and report_score(article.text(opening)) == 0)


def _reads(text: str) -> bool:
    """Tell whether a unit is running text; before a list it ends in a colon."""
    return is_prose(text) or (ends_in_colon(text) and word_count(text) >= LONG // 2)


def _quoted_extent(article: Article, first: int, lead: int | None) -> Cut | None:
    """Follow quotation marks: around each paragraph, or opened at each and closed once."""
    opener = article.text(first)[0]
    closers = OPENING[opener]
    if closed_at(article.text(first), opener, closers) is not None:
        if not enclosed(article.text(first)):
            return None
        return _quotation_chain(article, first, lead)
    for index in range(first + 1, min(len(article), first + _FOLLOWED)):
        text = article.text(index)
        if article.is_lead_in(index) and text[0] != opener:
            return None  # never closed
        whole = text if text[0] == opener else opener + text
        closed = closed_at(whole, opener, closers)
        if closed is not None and not whole[closed + 1 :].strip(" .。"):
            return Cut(first, index + 1, lead, 1.0)
    return None


def _quotation_chain(article: Article, first: int, lead: int | None) -> Cut:
    """Follow paragraphs that are quotations each, past attributions that interrupt them."""
    opener = article.text(first)[0]
    end = first + 1
    skip: tuple[int, ...] = ()
    while end - first < _FOLLOWED:
        following = end
        while article.is_tail(following) and following < end + 2 and cites(article, following):
            following += 1  # "..., it said." and "It added:" may follow each other
        if following == end and _goes_on(article, end, opener):
            following += 1
        if article.text(following)[:1] != opener or article.is_stop(following):
            break
        if enclosed(article.text(following)):
            after = following + 1
        else:
            rest = _quoted_extent(article, following, lead)
            if rest is None:
                break
            after = rest.end
        if following > end and of_another(article, end, after):
            break
        if article.is_tail(after) and not (cites(article, after) or of_spokesperson(article, after)):
            break  # what somebody else says
        skip = (*skip, *range(end, following))
        end = after
    return Cut(first, end, lead, 1.0, skip=skip)


def _goes_on(article: Article, index: int, opener: str) -> bool:
    """Tell whether a line such as "Then comes a list of guests, and finally:" leads on to more of a text."""
    text, below = article.text(index), article.text(index + 1)
    if below[:1] != opener or not ends_in_colon(text) or not article.is_set_apart(index + 1):
        return False
    plain = article.table.best(text) is None and not cues().spoken.search(text)
    return plain and word_count(text) <= LONG and cues().resumes.search(text) is not None


def _foreign_extent(article: Article, first: int, lead: int | None) -> Cut:
    """Follow the language: to the last unit in that of the statement."""
    lang = article.langs[first]
    last = first
    for index in range(first, len(article)):
        text = article.text(index)
        if article.langs[index] not in (None, lang) or (index > first and article.is_stop(index)):
            break
        if article.credit(index) is not None or (index > first and _is_end(text)):
            break
        if article.langs[index] == lang or _is_like(article, index, first):
            last = index
    return Cut(first, last + 1, lead, 0.95)


def _is_like(article: Article, index: int, first: int) -> bool:
    """Tell whether a unit too short to tell its language is in the language or script of another."""
    text = article.text(index)
    if not is_prose(text) or is_cue(text):
        return False
    script = main_script(article.text(first))
    own = next(
        (main_script(article.text(i)) for i, lang in enumerate(article.langs) if lang == article.lang), ""
    )
    return identify(text)[0] == article.langs[first] or (main_script(text) == script != own)


def _plain_extent(article: Article, first: int, lead: int | None) -> Cut:
    """Find the end of a statement in the article's own language, with no mark around it."""
    count = len(article)
    marked = _marked_end(article, first, lead)
    if marked is not None:
        return Cut(first, marked, lead, 0.95)
    stops = (i for i in range(first + 1, count) if _ends_plain(article, i, first, lead))
    stop = next(stops, count)
    credit = next((i for i in range(first + 1, stop) if article.credit(i) is not None), None)
    if credit is not None and all(narration_score(article.text(i)) <= 1 for i in range(first + 1, credit)):
        return Cut(first, credit, lead, 0.95)
    closed = stop < count and (article.sources(stop) or cues().ends.match(article.text(stop)) is not None)
    if closed and not any(map(article.is_narration, range(first + 1, stop))):
        return Cut(first, stop, lead, 0.95)
    signed = signed_end(article, first, stop)
    if signed is not None:
        return Cut(first, signed, lead, 0.95)
    block = block_end(article, first, stop)
    if block is not None:
        return Cut(first, block, lead, 0.9)
    end, doubt = voice_end(article, first, stop, lead)
    if end < stop and _fills_section(article, end, stop, lead):
        return Cut(first, stop, lead, 0.6, article.text(end))
    if all(is_cue(article.text(i)) for i in range(end, count)):
        return Cut(first, end, lead, 0.85)
    following = next((i for i in range(end, count) if is_prose(article.text(i)) or article.is_stop(i)), count)
    over = end == stop or following == count or article.is_narration(following) or article.is_stop(following)
    if doubt is None and (over or comment_score(article.text(following)) > 1):
        return Cut(first, end, lead, 0.85)
    plainly = report_score(article.text(following)) < 2  # it reads like the author's own words
    if doubt is None and plainly and bare_names(article.text(following), article.surnames):
        return Cut(first, end, lead, 0.75)
    return Cut(first, end, lead, 0.6, doubt or article.text(end))


def _fills_section(article: Article, end: int, stop: int, lead: int | None) -> bool:
    """Tell whether what may be either's is the last of a section of its own, as each side has one."""
    if lead is None or stop - end > _LEFT or not (article.is_country(stop) and article.is_country(lead - 1)):
        return False
    rest = [article.text(i) for i in range(end, stop) if is_prose(article.text(i))]
    own = any(map(article.is_narration, range(end, stop)))
    return not own and not any(bare_names(text, article.surnames) for text in rest)


def _marked_end(article: Article, first: int, lead: int | None) -> int | None:
    """Find the line "End of the translation" after one that says where it begins."""
    if lead is None or not cues().begins.match(article.text(lead)):
        return None
    for index in range(first + 1, len(article)):
        if cues().ends.match(article.text(index)):
            return index
        if cues().begins.match(article.text(index)):
            return None
    return None


def _ends_plain(article: Article, index: int, first: int, lead: int | None) -> bool:
    """Tell whether a statement begun at `first` is over at a unit for certain."""
    if _is_end(article.text(index)) or article.is_foreign(index) or article.is_quoted(index):
        return True
    if article.is_section(index) or article.closes(index):
        return True
    if lead is not None and article.is_heading(index) and article.is_level(lead, index):
        return True
    titles = range(first, index)
    if (
        len(titles) <= _TITLES
        and not _is_item(article, first)
        and all(not is_prose(article.text(i)) for i in titles)
        and not ends_in_colon(article.text(index))
    ):
        return False
    return article.is_stop(index) or _other_office_speaks(article, index, lead)


def _is_item(article: Article, index: int) -> bool:
    """Tell whether a unit is an item of a list."""
    return article.units[index].bullet or re.match(r"[–—-]\w", article.text(index)) is not None


def _is_end(text: str) -> bool:
    """Tell whether a line is a rule, or says that a quotation ends."""
    return _RULE.fullmatch(text) is not None or cues().ends.match(text) is not None


def _other_office_speaks(article: Article, index: int, lead: int | None) -> bool:
    """Tell whether a unit begins with another office that publishes in this article."""
    own = article.table.best(last_sentence(article.text(lead))) if lead is not None else None
    hits = (hit for hit in article.table.find(article.text(index)) if hit.start < 20 and hit.weight >= 3)
    return any(
        hit.office.name in article.publishing and (own is None or own.office != hit.office) for hit in hits
    )
