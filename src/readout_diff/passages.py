"""Passages: the sentences of a readout, which carry topics and are linked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from readout_diff.language import identify, identify_parts
from readout_diff.limits import READOUT_PASSAGES
from readout_diff.readout import Readout, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a readout; ``readout.text[span.start:span.end] == text``."""

    readout_id: str
    index: int
    span: Span
    text: str
    lang: str


_PARAGRAPH = re.compile(r"[^\n]+")

# A sentence does not end after an initial ("J. Smith", "Г.С.Струнин"), nor where the next piece goes on in
# lower case, nor after these abbreviations, which the splitter does not know in every language.
_INITIAL_END = re.compile(r"(?:^|[\s.(«„“\"'’-])([^\W\d_])\.\s*$")
_ABBREVIATION_END = re.compile(
    r"(?:^|[\s(«„“\"])(?:"
    r"Jr|Sr|St|Dr|Mr|Mrs|Ms|Prof|Gen|Col|Lt|Sen|Rep|Gov|Hon|No|Nos|vs|approx"
    r"|bzw|ca|Nr|Abs|Art|Hr|Fr|Mio|Mrd|einschl|insb|z\. ?B|d\. ?h|u\. ?a"
    r"|г|гг|в|вв|млн|млрд|тыс|руб|долл|им|ул|пр|см|др|стр|т\. ?е|т\. ?д|т\. ?п"
    r"|MM|Mme|Mlle|Mgr|env"
    r")\.\s*$"
)
# After these the full stop may do both: shorten and end ("2015 г. Отмечено ..." but "г. Москва").
_MAY_END = re.compile(r"(?:млн|млрд|тыс|руб|долл|\d\s?г|гг|вв|др|Jr|Sr|Mio|Mrd)\.\s*$")
# The splitter takes every "г." for "город"; after a year it is "год", and a capital begins a sentence.
_YEAR_END = re.compile(r"\d{4}\s?г\.\s+(?=[«„]?[А-ЯЁ])")
# The splitter takes an ideographic full stop before a digit for a decimal point.
_HAN_END = re.compile(r"。(?=\d)")
_ENUMERATOR = re.compile(r"\s*(?:\d{1,3}|[^\W\d_])[.)]\s*")
_GERMAN_ORDINAL_END = re.compile(r"(?:^|\s)\d{1,2}\.\s*$")
_CLOSING = "”’»“\"')]）」』"
# The splitter gets twice this at once: what is full of quotation marks takes it the square of its length.
_PART = 4_000


def split_passages(readout: Readout) -> tuple[Passage, ...]:
    """Split a readout into its sentences.

    Sentences are cut by Wikimedia's sentencex within paragraphs, in every language alike, so that the
    result does not depend on which trained pipelines are installed.

    Args:
        readout: The readout; its language chooses the rules. Where that was identified, a passage that is
            clearly in another language is split by the rules of its own.

    Returns:
        The passages in text order. Together they hold every character that is not white space.

    Raises:
        LoadError: They are more than the limit ``readout_passages``.

    Example:
        >>> r = Readout.from_text("Mr. Adams met her. They agreed to meet again.", lang="en")
        >>> [p.text for p in split_passages(r)]
        ['Mr. Adams met her.', 'They agreed to meet again.']
    """
    lang = readout.lang or "und"
    spans = [(span, lang) for span in sentence_spans(readout.text, lang)]
    READOUT_PASSAGES.check(len(spans), f"readout {readout.id!r:.60}")
    if readout.lang_identified and readout.lang:
        spans = list(_by_language(readout.text, readout.lang, spans))
    return tuple(
        Passage(readout.id, index, span, span.of(readout.text), code)
        for index, (span, code) in enumerate(spans)
    )


def split_lines(readout: Readout) -> tuple[Passage, ...]:
    """Take each line of a readout that holds a text as one passage: for texts that are divided already.

    Example:
        >>> readout = Readout("a", "They spoke. They agreed.\\nThey will meet.", lang="en")
        >>> [passage.text for passage in split_lines(readout)]
        ['They spoke. They agreed.', 'They will meet.']
    """
    lines = [found for found in re.finditer(r"[^\n]+", readout.text) if found.group().strip()]
    return tuple(
        Passage(readout.id, index, Span(*found.span()), found.group(), readout.lang or "und")
        for index, found in enumerate(lines)
    )


def _by_language(text: str, lang: str, spans: Sequence[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
    """Yield the sentences with the language of each; a paragraph in another language is split anew."""
    paragraphs = [Span(*match.span()) for match in _PARAGRAPH.finditer(text)]
    found = identify_parts([paragraph.of(text) for paragraph in paragraphs], lang)
    known = {lang, *(code for code in found if code is not None)}
    for paragraph, code in zip(paragraphs, found, strict=True):
        own = code or lang
        if own == lang:
            inside = [span for span, _ in spans if paragraph.start <= span.start < paragraph.end]
        else:
            inside = list(_paragraph_spans(paragraph.of(text), paragraph.start, own))
        if len(inside) == 1:
            yield inside[0], own
            continue
        yield from ((span, _sentence_language(span.of(text), own, known)) for span in inside)


def _sentence_language(sentence: str, own: str, known: Collection[str]) -> str:
    """Return the language of a sentence in a paragraph in `own`; a `known` one needs less proof."""
    code, confidence = identify(sentence)
    if code is None or confidence < (0.5 if code in known else 0.9):
        return own
    return code


def sentence_spans(text: str, lang: str) -> tuple[Span, ...]:
    """Return the spans of the sentences in `text`, without the white space around them.

    Args:
        text: Any text; a line break ends a sentence.
        lang: Language code; an unknown one is split by the general rules.

    Returns:
        Spans in text order that do not overlap and leave out nothing but white space.

    Example:
        >>> text = "Am 7. April kam sie. Er ging."
        >>> [span.of(text) for span in sentence_spans(text, "de")]
        ['Am 7. April kam sie.', 'Er ging.']
    """
    return tuple(
        span
        for paragraph in _PARAGRAPH.finditer(text)
        for span in _paragraph_spans(paragraph.group(), paragraph.start(), lang)
    )


def _paragraph_spans(paragraph: str, offset: int, lang: str) -> Iterator[Span]:
    """Yield the sentence spans of one paragraph that begins at `offset`."""
    start = 0
    for piece_end in [*_cuts(paragraph, lang), len(paragraph)]:
        piece = paragraph[start:piece_end]
        stripped = piece.strip()
        if stripped:
            begin = offset + start + len(piece) - len(piece.lstrip())
            yield Span(begin, begin + len(stripped))
        start = piece_end


def _cuts(paragraph: str, lang: str) -> list[int]:
    """Return the positions inside `paragraph` at which a sentence ends."""
    cuts = [match.end() for rule in (_YEAR_END, _HAN_END) for match in rule.finditer(paragraph)]
    start = 0
    for position, following_end in pairwise([*_piece_ends(paragraph, lang), len(paragraph)]):
        if _ends_sentence(paragraph, start, position, paragraph[position:following_end], lang):
            cuts.append(position)
            start = position
    return sorted(set(cuts))


def _piece_ends(paragraph: str, lang: str) -> Iterator[int]:
    """Yield where the splitter ends a piece of a paragraph, but for the last; a long one it gets in parts."""
    from sentencex import segment

    start = 0
    while start < len(paragraph):
        part = paragraph[start : start + 2 * _PART]
        pieces = list(segment(lang if lang != "und" else "en", part))
        if "".join(pieces) != part:  # it normalises rare characters: then only the whole is safe
            pieces = [part]
        goes_on = start + len(part) < len(paragraph)
        position = start
        for piece in pieces[:-1]:
            if goes_on and position >= start + _PART:  # what it makes of the rest is for the next part
                break
            position += len(piece)
            yield position
        start = position if goes_on and position > start else start + len(part)


def _ends_sentence(paragraph: str, start: int, end: int, following: str, lang: str) -> bool:
    """Decide whether a cut of the splitter stands: `following` begins the next sentence."""
    head = following.lstrip("„“”\"'«»‘’([（「『—–- \t")[:1]
    tail = paragraph[max(start, end - 24) : end]
    if (
        _ENUMERATOR.fullmatch(paragraph, start, end)
        or head.islower()
        or (not head and following.strip(_CLOSING + " \t") == "")
    ):
        return False
    initial = _INITIAL_END.search(tail)
    if (initial and initial[1].isupper()) or (lang == "de" and _GERMAN_ORDINAL_END.search(tail)):
        return False
    return not _ABBREVIATION_END.search(tail) or bool(_MAY_END.search(tail) and head.isupper())
