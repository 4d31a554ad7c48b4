"""The statement in a plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from readout_diff.errors import LoadError, UnsupportedLanguageError
from readout_diff.language import identify, normalise_code
from readout_diff.loaders.dates import find_date, is_date_line
from readout_diff.loaders.document import Document
from readout_diff.loaders.furniture import (
    Sorted,
    cut_mark,
    is_attribution,
    is_cue,
    is_office,
    is_stopped_title,
    looks_cut,
    sort_lines,
)
from readout_diff.loaders.layout import Line, ends_sentence, is_prose, read_lines, word_count
from readout_diff.loaders.quotes import without_quotes
from readout_diff.loaders.traced import Traced, concat
from readout_diff.readout import Readout, content_id

# "Harnau, 21. September 2021 –", "BANDAR NOUR, February 9 (QPA) –", "MOSCOW, July 5. /TASS/."
_PLACE = r"[^\W\d_][\w.'’ -]{1,30}?(?:/[\w.'’ -]{2,25})?"
_AGENCY = r"[(/\[]\s*[\w .&-]{2,20}\s*[)/\]]"
_AFTER_DATE = rf"\s*(?:{_AGENCY}\s*[.:]?\s*[–—-]*|[–—]|--|-(?=\s))\s*(?=\S)"
_DATELINES = (
    re.compile(rf"(?P<place>)(?P<date>[\w., ]{{3,40}}?){_AFTER_DATE}"),
    re.compile(rf"(?P<place>{_PLACE}),\s*(?P<date>[\w.,/ ]{{3,40}}?){_AFTER_DATE}"),
)
_PLACE_ONLY = re.compile(
    rf"(?P<place>[A-ZÀ-ÞА-ЯЁ][A-ZÀ-ÞА-ЯЁ .'’-]{{2,30}}|{_PLACE}),?\s*(?:{_AGENCY}\s*[–—-]+|[–—]|--)\s+(?=\S)"
)
_HAN_DATELINE = re.compile(
    r"[\u4e00-\u9fff]{2,14}\d{1,2}月\d{1,2}日(?:电|讯)\s*(?:[（(][^）)]{2,20}[）)])?\s*"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What was found in a text: the kept text with its origins, and what the page says about it."""

    traced: Traced
    title: str | None
    issued: str | None
    header: tuple[str, ...]
    complete: bool


def read_text(text: str, *, clean: bool = True, source: str | None = None, **given: str | None) -> Readout:
    """Read one statement; `Readout.from_text` documents the arguments."""
    if not text.strip():
        raise LoadError(f"{f'{source}: ' if source else ''}the text is empty; give the text of one statement")
    return read_statement(Document.of(text), clean=clean, source=source, **given)


def read_statement(
    document: Document,
    *,
    party: str | None = None,
    publisher: str | None = None,
    lang: str | None = None,
    title: str | None = None,
    issued: str | None = None,
    id: str | None = None,
    source: str | None = None,
    clean: bool = True,
) -> Readout:
    """Read one statement from a document; what the caller says goes before what the page says."""
    from readout_diff.loaders.publishers import find_office

    as_it_stands = document.verbatim or not clean
    if document.verbatim:
        lang = lang or document.lang
    code = normalise_code(lang) if lang is not None else None
    found = _as_it_stands(document.traced) if as_it_stands else find_statement(document.traced)
    kept = found.traced.text
    if not any(char.isalnum() for char in kept):
        where = f"{source}: " if source else ""
        raise LoadError(f"{where}no running text found; give the text of one statement, in whole sentences")
    office = next((hit for line in found.header if (hit := find_office(line, whole=True))), None)
    publisher = publisher or document.publisher or (office.name if office else None)
    party = party or document.party or (office.party if office else None)
    return Readout(
        id=id if id is not None else content_id(kept, party, publisher),
        text=kept,
        party=party,
        publisher=publisher,
        lang=code or _stated(document.lang, kept),
        title=title if title is not None else document.title or found.title,
        issued=issued or document.issued or found.issued,
        source=source,
        translated_from=document.translated_from,
        translation_credit=document.translation_credit,
        complete=found.complete if document.complete is None else document.complete,
        segments=found.traced.segments(),
        lang_identified=code is None,
    )


def _stated(stated: str | None, text: str) -> str | None:
    """Return the language of a text: as identified, and as the page states it where that is unclear.

    Pages state the language of their frame, which is not always that of the statement.
    """
    lang, confidence = identify(text)
    if stated is None or confidence >= 0.9:
        return lang
    try:
        return normalise_code(stated)
    except UnsupportedLanguageError:
        return lang


def find_statement(traced: Traced) -> Statement:
    """Find the statement on a page given as plain text.

    Args:
        traced: The page, normalised.

    Returns:
        The statement without titles, datelines, menus, captions and the like.
    """
    return statement_from_lines(read_lines(traced))


def statement_from_lines(lines: Sequence[Line], *, bounded: bool = False) -> Statement:
    """Find the statement in the lines of a page, or of a piece of it that ends where the statement does."""
    page = sort_lines(lines, bounded=bounded)
    body = list(page.body)
    dateline = ""
    if body:
        bare = _without_attribution(_without_dateline(body[0].traced))
        dateline = body[0].text[: len(body[0].text) - len(bare.text)]
        body[0] = replace(body[0], traced=bare)
        body[-1] = replace(body[-1], traced=_without_end_mark(body[-1].traced))
    cut = page.cut
    if body and (mark := cut_mark(body[-1].text)):
        body[-1] = replace(body[-1], traced=body[-1].traced.cut(0, mark).strip())
        cut = True
    traced = join_lines([line for line in body if line.text])
    header = tuple(line.text for line in page.head)
    return Statement(
        traced=traced,
        title=_title(page.head),
        issued=_issued(
            [text for text in (dateline, *header) if text],
            [line.text for line in (*_left_out(lines, page), *page.tail)],
        ),
        header=header,
        complete=not cut
        and not (bool(traced.text) and _marks_sentences(traced.text) and looks_cut(traced.text)),
    )


def statement_from_pieces(lines: Sequence[Line]) -> Statement:
    """Put pieces of a text together that are known to be nothing else, however short."""
    return Statement(traced=join_lines(lines), title=None, issued=None, header=(), complete=True)


def join_lines(lines: Sequence[Line]) -> Traced:
    """Join lines to a text; a blank line between paragraphs, quotation marks around the whole taken off."""
    pieces: list[Traced] = []
    for line, piece in zip(lines, without_quotes([line.traced for line in lines]), strict=True):
        if pieces and piece.text:
            pieces.append(Traced("\n\n" if line.gap else "\n", (-1,) * (2 if line.gap else 1)))
        if piece.text:
            pieces.append(piece)
    return concat(pieces)


def _without_dateline(traced: Traced) -> Traced:
    text = traced.text
    match = _HAN_DATELINE.match(text)
    for form in _DATELINES:
        dated = form.match(text) if match is None else None
        if (
            dated is not None
            and is_date_line(dated["date"])
            and (dated["place"] or not text[dated.end()].islower())
        ):
            match = dated
    if (
        match is None
        and (placed := _PLACE_ONLY.match(text))
        and (placed["place"].isupper() or "(" in placed[0] or "/" in placed[0])
    ):
        match = placed
    if match is None or word_count(text[match.end() :]) < 3:
        return traced
    return traced.cut(match.end(), len(text)).strip()


def _without_attribution(traced: Traced) -> Traced:
    """Take off a "The following is attributable to ...:" that stands before the first sentence."""
    match = re.match(
        r"[^.!?。:：]{5,110}(?:\b[A-Z]\.[^.!?。:：]{0,60})?[:：]\s+(?=[A-ZÀ-ÞА-ЯЁ])", traced.text
    )
    if match is None or not is_attribution(match[0]) or word_count(traced.text[match.end() :]) < 4:
        return traced
    return traced.cut(match.end(), len(traced.text)).strip()


_END_MARK = re.compile(r"(?:[(（]\s*(?:完|end|ende|fin|конец)\s*[)）]|#{2,}|-\s*30\s*-)\Z", re.I)


def _without_end_mark(traced: Traced) -> Traced:
    text = traced.text.rstrip()
    match = _END_MARK.search(text, max(0, len(text) - 60))  # a mark is short, a text may be all spaces
    return traced.cut(0, len(text[: match.start()].rstrip())) if match else traced


def _title(head: Sequence[Line]) -> str | None:
    """Choose the title among the lines above the statement: the longest that says more than who and when."""
    candidates = [line.text for line in head if not is_cue(line.text) and not is_office(line.text)]
    subjects = [text for text in candidates if word_count(text) >= 2 and not text.endswith((":", "："))]
    subjects = [text for text in subjects if not is_prose(text) or is_stopped_title(text)]
    pool = [text for text in subjects if word_count(text) >= 3] or [
        text for text in subjects if not text.isupper()
    ]
    return max(pool, key=len) if pool else None


def _issued(above: Sequence[str], below: Sequence[str]) -> str | None:
    """Return the date of issue: from above the statement, else from a line below that holds a date."""
    lines = [text for text in above if is_date_line(text) or is_cue(text)]
    lines += above
    lines += [text for text in below if is_date_line(text) or is_cue(text)]
    return next((dated.iso for text in lines if (dated := find_date(text)) and dated.iso), None)


def _left_out(lines: Sequence[Line], page: Sorted) -> list[Line]:
    body = set(map(id, page.body))
    return [line for line in lines[len(page.head) : len(lines) - len(page.tail)] if id(line) not in body]


def _marks_sentences(text: str) -> bool:
    return any(ends_sentence(line) for line in text.split("\n")) or word_count(text) > 8


def _as_it_stands(traced: Traced) -> Statement:
    bare = traced.strip()
    return Statement(bare, None, None, (), not looks_cut(bare.text))
