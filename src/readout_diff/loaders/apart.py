"""Paragraphs that hold an introduction, a statement or an attribution, cut apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from readout_diff.loaders.cues import cues, find_credit
from readout_diff.loaders.furniture import is_cue
from readout_diff.loaders.layout import Line, ends_sentence, is_prose, word_count
from readout_diff.loaders.pieces import cut_pieces
from readout_diff.loaders.publishers import PublisherTable
from readout_diff.loaders.quotes import OPENING, closed_at, enclosed
from readout_diff.loaders.voice import opens_report, report_score

LONG = 25  # words from which a quotation may be a statement rather than a phrase
_TAIL = re.compile(r"[\s,.]*(?:[–—-]\s*)?[\w’'«»“”„\"()., -]{3,160}?(?=[.!?…:;]|$)")
_CREDIT = re.compile(r"(?<=[.!?…”“»\"])\s+(?=[(\[][^()\[\]]{5,80}[)\]]\.?$)")
_INSIDE = re.compile(r"(?<=[\w,)]) (?=[“„«\"])")
_ARROWS = ("👇", "⬇", "⤵", "🔽", "👇🏻", "👇🏼", "👇🏽")  # what a colon is in posts
_REACH = 400  # characters into a paragraph in which a sentence may lead to a quotation
_QUOTED = re.compile(r"(?:[:：]\s*|(?<=[.!?]) +)(?=[“„«»‘\"「『])")
_QUOTES = 10  # quotations in a paragraph that are looked at for the next statement
_FAR = 12  # paragraphs a quotation begun within a sentence may have
_RUN_IN = re.compile(r"(?P<label>[A-ZÀ-ÞА-ЯЁ][\w’'-]*(?: [\w’'-]+){0,3})[.] (?=[A-ZÀ-ÞА-ЯЁ„“«\"])")
# "NEW DELHI: The Prime Minister spoke ..." says where the article's own report is from
_PLACED = re.compile(r"[A-ZÀ-ÞА-ЯЁ][A-ZÀ-ÞА-ЯЁ /.'’-]{2,30}[:：]")


def ends_in_colon(text: str) -> bool:
    """Tell whether a line ends in a colon, or an arrow down, and is no label of a menu."""
    return text.rstrip("*_ \ufe0f").endswith((":", "：", *_ARROWS)) and not is_cue(text)


def last_sentence(text: str) -> str:
    """Return the last sentence of a paragraph, roughly, with the one before if it is only a few words."""
    sentences = re.split(r"(?<=[.!?…»”“])\s+(?=[A-ZÀ-ÞА-ЯЁ„“«])", text.strip())
    return " ".join(sentences[-2:]) if word_count(sentences[-1]) < 5 else sentences[-1]


def opens_statement(text: str) -> bool:
    """Tell whether a paragraph begins with a quotation long enough for a statement."""
    if text[:1] not in OPENING:
        return False
    closed = closed_at(text, text[0], OPENING[text[0]])
    return word_count(text if closed is None else text[: closed + 1]) >= LONG // 2


def cut_apart(lines: Sequence[Line], table: PublisherTable) -> list[Line]:
    """Cut paragraphs so that what introduces a statement, the statement and what follows it stand apart.

    Args:
        lines: The paragraphs of an article.
        table: Known offices.

    Returns:
        The lines in order; a line cut off after a quotation is marked as its `tail`.
    """
    lines = cut_pieces(_without_run_in(lines, table), table)
    out: list[Line] = []
    opened = ""
    begun = False  # whether prose or an introduction came before
    for index, line in enumerate(lines):
        if line.part or line.tail or line.names:
            out.append(line)
            opened, begun = "", True
            continue
        below = lines[index + 1 : index + _FAR]
        pieces = _closing(line, opened) if opened else None
        if pieces is None and not opened and out and out[-1].tail:
            pieces = _continued(line)
        if pieces is None and not opened:
            pieces = _opened_inside(line, below, table)
        if pieces is None:
            pieces = _apart_one(line, below, table, first=not begun)
        out.extend(part for piece in pieces for part in _without_credit(piece))
        opened = _left_open(out[-1].text, opened)
        begun = begun or is_prose(line.text) or ends_in_colon(line.text)
    return out


def _without_run_in(lines: Sequence[Line], table: PublisherTable) -> list[Line]:
    """Cut off headings that run in, "Oslo. The Prime Minister spoke", where several paragraphs have one."""
    heads = [_RUN_IN.match(line.text) for line in lines]
    named = [
        head is not None and _is_place(head["label"], table) and opens_report(line.text[head.end() :])
        for line, head in zip(lines, heads, strict=True)
    ]
    if sum(named[1:]) < 2:
        return list(lines)
    out: list[Line] = []
    for index, (line, head) in enumerate(zip(lines, heads, strict=True)):
        if head is None or index < named.index(True, 1) or (not named[index] and report_score(head[0])):
            out.append(line)
        else:
            out += [_piece(line, 0, head.end("label")), _piece(line, head.end(), len(line.text))]
    return out


def _is_place(label: str, table: PublisherTable) -> bool:
    """Tell whether a label holds nothing but a state, a capital or an office."""
    hit = table.best(label)
    return hit is not None and hit.weight >= 1 and len(label) - (hit.end - hit.start) <= 4


def _opened_inside(line: Line, after: Sequence[Line], table: PublisherTable) -> list[Line] | None:
    """Cut a sentence such as "As the Chancellery put it, “The President ..." where its quotation begins.

    The quotation closes in a paragraph below, or is a whole statement.
    """
    for match in islice(_INSIDE.finditer(line.text[:_REACH]), 4):
        before, quote = line.text[: match.end()], line.text[match.end() :]
        if word_count(quote) < 8 or not re.match(r"\W{1,2}[A-ZÀ-ÞА-ЯЁ]", quote):
            continue
        closed = closed_at(quote, quote[0], OPENING[quote[0]])
        if closed is None:
            whole = _closes_below(quote[0], after)
        else:
            whole = (
                is_whole(quote[: closed + 1])
                and (opens_report(quote) or quotes_text(before))
                and not quote[closed + 1 :].strip(" .")
            )
        office = table.best(before) if whole else None
        said = any(form.search(before) for form in (cues().verbs, cues().nouns, cues().tail))
        if office is not None and office.weight != 0.5 and said and not cues().spoken.search(before):
            return [_piece(line, 0, match.end()), _piece(line, match.end(), len(line.text))]
    return None


def quotes_text(before: str) -> bool:
    """Tell whether the words before a quotation say that it is of a text: "The Office noted,".

    Example:
        >>> quotes_text("In a statement the Ministry said,"), quotes_text("He, who is new here, then said,")
        (True, False)
    """
    if cues().nouns.search(before) and cues().verbs.search(before):
        return True
    return word_count(before) <= 5 and bool(cues().verbs.search(before) or cues().tail.search(before))


def _closes_below(opener: str, after: Sequence[Line]) -> bool:
    """Tell whether one of the next paragraphs closes a quotation."""
    for line in after:
        text = line.text if line.text[:1] == opener else opener + line.text
        closed = closed_at(text, opener, OPENING[opener])
        if closed is not None:
            return not text[closed + 1 :].strip(" .,;") or is_tail(text[closed + 1 :])
        if ends_in_colon(text):
            return False
    return False


def _left_open(text: str, opened: str) -> str:
    """Return the mark of a quotation that goes on in the next paragraph, if one does."""
    opener = text[:1] if text[:1] in OPENING else opened
    if not opener:
        return ""
    whole = text if text[:1] == opener else opener + text
    return opener if closed_at(whole, opener, OPENING[opener]) is None else ""


def _closing(line: Line, opened: str) -> list[Line] | None:
    """Cut a paragraph where a quotation begun before it ends and its attribution follows."""
    shift = 0 if line.text[:1] == opened else 1
    closed = closed_at(opened * shift + line.text, opened, OPENING[opened])
    if closed is None:
        return None
    end = closed + 1 - shift
    if not line.text[end:].strip(" .,;") or not is_tail(line.text[end:]):
        return None
    return [_piece(line, 0, end), _piece(line, end, len(line.text), tail=True)]


def is_tail(text: str) -> bool:
    """Tell whether the words after a quotation say whose it is.

    Example:
        >>> is_tail(" the statement said."), is_tail(" was not repeated.")
        (True, False)
    """
    head = _TAIL.match(text)
    if head is None or word_count(head[0]) > 25:
        return False
    return any(form.search(head[0]) for form in (cues().verbs, cues().tail, cues().spoken))


def _continued(line: Line) -> list[Line] | None:
    """Cut a paragraph with which a quotation goes on that an attribution has interrupted.

    The quotation begins the paragraph, or "It further added," stands before it; an attribution may follow.
    """
    lead = cues().continues.match(line.text)
    start = lead.end() if lead else 0
    quote = line.text[start:]
    closed = closed_at(quote, quote[0], OPENING[quote[0]]) if quote[:1] in OPENING else None
    if closed is None or word_count(quote[: closed + 1]) < 5:
        return None
    rest = quote[closed + 1 :].strip(" .")
    if rest and not is_tail(quote[closed + 1 :]):
        return None
    pieces = [_piece(line, 0, start, tail=True)] if lead else []
    pieces.append(_piece(line, start, start + closed + 1))
    if rest:
        pieces.append(_piece(line, start + closed + 1, len(line.text), tail=True))
    return pieces


def _without_credit(line: Line) -> list[Line]:
    """Cut off a translator's credit in brackets at the end of a paragraph."""
    match = _CREDIT.search(line.text)
    if match is None or find_credit(line.text[match.end() :]) is None:
        return [line]
    return [
        replace(line, traced=line.traced.cut(0, match.start())),
        _piece(line, match.end(), len(line.text)),
    ]


def _apart_one(
    line: Line, below: Sequence[Line], table: PublisherTable, *, first: bool = False
) -> list[Line]:
    out: list[Line] = []
    rest: Line | None = line
    while rest is not None:
        parts, left = _first_apart(rest, below, table)
        if not parts:
            placed = first and not out and _is_placed(rest.text, table)
            return [*out, *([rest] if placed else _after_label(rest, table))]
        out += parts
        rest = left
    return out


def _first_apart(line: Line, below: Sequence[Line], table: PublisherTable) -> tuple[list[Line], Line | None]:
    """Return what stands apart at the beginning of a paragraph, if anything does, with what is left of it."""
    text = line.text
    following = below[0].text if below else ""
    # an attribution of the statement above, then what introduces the next one
    above = re.match(r".{12,160}?[.!]\s+(?=[A-ZÀ-ÞА-ЯЁ])", text)
    if above and ends_in_colon(text) and cues().after.match(text) and table.best(above[0]) is not None:
        return [_piece(line, 0, above.end())], _piece(line, above.end(), len(text))
    if text[:1] in OPENING and not enclosed(text):
        closed = closed_at(text, text[0], OPENING[text[0]])
        if closed is not None and (is_whole(text[: closed + 1]) or _goes_on(text, closed + 1, following)):
            after = _piece(line, closed + 1, len(text), tail=is_tail(text[closed + 1 :]))
            return [_piece(line, 0, closed + 1)], after
    for match in islice(_QUOTED.finditer(text), _QUOTES):
        opener, quote = text[match.end()], text[match.end() :]
        closed = closed_at(quote, opener, OPENING[opener])
        if text[match.start()] == " " and not (closed is not None and _stands_out(line, quote, closed + 1)):
            continue
        if closed is None:
            goes_on = following[:1] in OPENING or (opens_report(quote[1:]) and _closes_below(opener, below))
            if goes_on and word_count(quote) >= 8:  # in the next paragraph
                return [_before(line, match.end()), _piece(line, match.end(), len(text))], None
            continue
        if is_whole(quote[: closed + 1]) or text[match.start()] == " ":
            end = match.end() + closed + 1
            parts = [_before(line, match.end()), _piece(line, match.end(), end)]
            if not text[end:].strip(" .,"):
                return parts, None
            return parts, _piece(line, end, len(text), tail=is_tail(text[end:]))
    return [], None


def _before(line: Line, end: int) -> Line:
    return replace(line, traced=line.traced.cut(0, end).strip())


def _is_placed(text: str, table: PublisherTable) -> bool:
    """Tell whether a report begins with where it is from: "NEW DELHI: The", "New Delhi: The"."""
    label = re.match(r"[^\s.!?:：]+( [^\s.!?:：]+){0,2}(?=[:：])", text)
    hit = table.best(label[0]) if label else None
    bare = hit is not None and hit.weight == 1 and hit.end - hit.start == len(label[0] if label else "")
    return bare or _PLACED.match(text) is not None


def _after_label(line: Line, table: PublisherTable) -> list[Line]:
    """Cut off what introduces a statement, such as "White House:", at the beginning of its paragraph."""
    label = re.match(r"[^.!?:：]{3,110}[:：]\s+(?=[^\W_a-zäöüéèàâêçа-яё]|[“„«])", line.text)
    if (
        label is None
        or word_count(label[0]) > 14
        or not _introduces(label[0], line.text[label.end() :], table)
    ):
        return [line]
    return [_before(line, label.end()), _piece(line, label.end(), len(line.text))]


def _introduces(label: str, below: str, table: PublisherTable) -> bool:
    """Tell whether what stands before a colon says whose statement follows it in the same paragraph."""
    office = table.best(label) or table.side(label)
    if office is None or office.weight < 1:
        return False
    # "Mali: the President speaks" is a headline
    stopped = ends_sentence(below) or below.endswith((":", "：", "”", "“", "»", '"'))
    if stopped and opens_report(below) and word_count(below) >= 6:
        return True
    rest = re.sub(r"\W+", "", label[: office.start] + label[office.end :])
    bare = len(rest) <= 6 or bool(cues().nouns.search(label))
    return office.weight >= 2 and word_count(label) <= 7 and word_count(below) >= 12 and bare


def is_whole(quote: str) -> bool:
    """Tell whether a quotation within a paragraph is long enough for a statement: sentences, not a phrase."""
    sentences = len(re.findall(r"[.!?。](?=\s)", quote)) + 1  # the last may have left its full stop outside
    words = word_count(quote)
    return sentences >= 2 and (words >= LONG or (words >= LONG // 2 and opens_report(quote)))


def _stands_out(line: Line, quote: str, end: int) -> bool:
    """Tell whether a quotation that begins a sentence within a paragraph is, or goes on with, a statement."""
    rest = quote[end:]
    if line.tail and word_count(quote[:end]) >= 5:
        return not rest.strip(" .,") or is_tail(rest)
    return is_whole(quote[:end]) and is_tail(rest)


def _goes_on(text: str, end: int, following: str) -> bool:
    """Tell whether a quotation is interrupted by an attribution and goes on in the next paragraph."""
    goes_on = following[:1] == text[0] or cues().continues.match(following) is not None
    return goes_on and word_count(text[:end]) >= LONG // 2 and is_tail(text[end:])


def _piece(line: Line, start: int, end: int, *, tail: bool = False) -> Line:
    return Line(line.traced.cut(start, end).strip(), gap=True, quoted=line.quoted, tail=tail)
