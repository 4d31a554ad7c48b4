"""Page furniture: which lines of a page are no part of the statement on it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from readout_diff.loaders.dates import is_date_line
from readout_diff.loaders.layout import Line, ends_sentence, is_prose, word_count
from readout_diff.loaders.quotes import closes_unopened, enclosed
from readout_diff.loaders.voice import is_report

_LONGEST = 600  # characters a line of furniture may have


@dataclass(frozen=True, slots=True)
class _Cues:
    whole: re.Pattern[str]
    start: re.Pattern[str]
    anywhere: re.Pattern[str]
    related: re.Pattern[str]
    attribution: re.Pattern[str]
    cut: re.Pattern[str]
    boilerplate: re.Pattern[str]
    title: re.Pattern[str]
    finite: re.Pattern[str]
    office: re.Pattern[str]
    sentence_start: re.Pattern[str]
    continuation: frozenset[str]


@cache
def _cues() -> _Cues:
    table = tomllib.loads((files("readout_diff") / "data" / "furniture.toml").read_text("utf-8"))

    def any_of(key: str, before: str = "", after: str = "") -> re.Pattern[str]:
        return re.compile(f"{before}(?:{'|'.join(f'(?:{form})' for form in table[key])}){after}", re.I)

    return _Cues(
        whole=any_of("whole", "^", r"\s*[:：]?$"),
        start=any_of("start", "^"),
        anywhere=any_of("anywhere"),
        related=any_of("related", "^", r"\s*(?:[:：].*|\W*)$"),
        attribution=any_of("attribution"),
        cut=any_of("cut", r"\s*", r"\s*$"),
        boilerplate=any_of("boilerplate"),
        title=any_of("title", "^"),
        finite=any_of("finite"),
        office=any_of("office", "^"),
        sentence_start=re.compile(table["sentence_start"], re.I),
        continuation=frozenset(table["continuation"]),
    )


@lru_cache(maxsize=1024)
def is_cue(text: str) -> bool:
    """Tell whether the wording alone shows a line to be furniture.

    Example:
        >>> is_cue("Share this page"), is_cue("Share this burden, he said.")
        (True, False)
    """
    if len(text) > _LONGEST:
        return False
    cues = _cues()
    if cues.whole.match(text) or cues.boilerplate.search(text):
        return True
    if is_prose(text) or (word_count(text) >= 25 and len(re.findall(r"\w{3}[.!?] ", text)) >= 2):
        return False
    return bool(
        cues.start.match(text) or cues.anywhere.search(text) or cues.cut.fullmatch(text)
    ) or is_date_line(text)


def is_related(text: str) -> bool:
    """Tell whether a line opens a list of links to other pages."""
    return len(text) <= _LONGEST and not is_prose(text) and bool(_cues().related.match(text))


def is_office(text: str) -> bool:
    """Tell whether a line names an office rather than a subject."""
    return (
        len(text) <= _LONGEST
        and not ends_sentence(text)
        and bool(_cues().office.match(text))
        and word_count(text) <= 16
    )


def is_stopped_title(text: str) -> bool:
    """Tell whether a line is a title though it ends in a full stop, as those of some pages do.

    Example:
        >>> is_stopped_title("Entretien avec la Chancelière."), is_stopped_title("Un entretien a eu lieu.")
        (True, False)
    """
    if not _cues().title.match(text) or _cues().finite.search(text) or word_count(text) > 25:
        return False
    return re.search(r"[^\W\d_]{3}[.!?]\s", text.rstrip(". ")) is None


def is_attribution(text: str) -> bool:
    """Tell whether a line says who speaks, and ends in a colon."""
    return text.rstrip().endswith((":", "：")) and bool(_cues().attribution.search(text))


def cut_mark(text: str) -> int | None:
    """Find where a trailing "read more" or "[...]" begins, if there is one."""
    match = re.search(r"[\[(]\s*(\.\.\.|…)\s*[\])]\s*$", text)
    if (
        match is None
        and (match := _cues().cut.search(text))
        and not re.match(r"\s*[\[(]|.*(…|\.\.\.|[»>›→])\s*$", match[0])
    ):
        match = None
    return match.start() if match else None


def looks_cut(text: str) -> bool:
    """Tell whether a text breaks off before its end.

    Example:
        >>> looks_cut("They agreed to"), looks_cut("They agreed.")
        (True, False)
    """
    return text.rstrip().endswith(("...", "…")) or not ends_sentence(text)


@dataclass(frozen=True, slots=True)
class Sorted:
    """The lines of a page: above the statement, the statement, below it; `cut`: it goes on elsewhere."""

    head: tuple[Line, ...]
    body: tuple[Line, ...]
    tail: tuple[Line, ...]
    cut: bool


def sort_lines(lines: Sequence[Line], *, bounded: bool = False) -> Sorted:
    """Sort the lines of a page into statement and furniture.

    Above the first and below the last line of running text, everything that is no running text is
    furniture. Between them only what is plainly furniture is: a date line, a menu, a heading, a caption.
    In doubt a line inside stays.

    Args:
        lines: All lines of the page.
        bounded: Whether it is known where the statement ends: links to other pages are a box inside it.

    Returns:
        Head, body and tail; furniture inside the body is left out.
    """
    prose = [index for index, line in enumerate(lines) if _is_content(line)]
    if not prose:
        return _without_sentences(lines)
    if len(prose) > 1 and (is_stopped_title(lines[prose[0]].text) or _is_summary(lines, prose)):
        prose = prose[1:]
    first, last = prose[0], prose[-1]
    cut = any(_cues().cut.fullmatch(line.text) for line in lines[first:])
    last = last if bounded else _before_related(lines, prose)
    while first > 0 and _opens_list(lines, first):
        first -= 1
    end = last + 1
    while end < len(lines) and _goes_on(lines, end):
        end += 1
    body = tuple(
        line
        for index, line in enumerate(lines[first:end], first)
        if not _is_furniture_inside(lines, index, first, end)
    )
    return Sorted(tuple(lines[:first]), body, tuple(lines[end:]), cut)


def _is_summary(lines: Sequence[Line], prose: Sequence[int]) -> bool:
    """Tell whether the first sentence is the page's own summary: in the header, and said again below."""
    first, second = lines[prose[0]], lines[prose[1]]
    apart = second.gap or prose[1] > prose[0] + 1
    if prose[0] == 0 or first.gap or not apart or re.search(r"[^\W\d_]{3}[.!?。]\s", first.text):
        return False
    said = set(re.findall(r"\w+", first.text.lower()))
    again = set(re.findall(r"\w+", re.split(r"(?<=\w{3}[.!?])\s", second.text)[0].lower()))
    return len(said & again) >= 0.55 * len(said)


def _is_content(line: Line) -> bool:
    text = line.text
    if is_cue(text) or is_attribution(text):
        return False
    if is_prose(text) or (text.endswith((";", "；")) and word_count(text) >= 4):
        return True
    if word_count(text) >= 8 and re.search(r"[\w,]\s?[”\"»“]$", text) and enclosed(text):
        return True  # a quotation whose last comma or full stop belongs to the attribution that followed
    if (
        word_count(text) >= 4
        and re.search(r"\w[”»“]$", text)
        and any(closes_unopened(text, m) for m in "“«„")
    ):
        return True  # the end of a quotation whose full stop stood after the attribution
    # a long line with sentences in it that breaks off, or a list item
    return word_count(text) >= 40 or (
        word_count(text) >= 15
        and re.search(r"[^\W\d_]{2}[.!?]\W?\s+\S|[。！？]", text) is not None
        and "|" not in text
    )


def _without_sentences(lines: Sequence[Line]) -> Sorted:
    """Sort the lines of a text that marks no sentence ends, as Thai does: only plain furniture goes."""
    body = tuple(line for line in lines if not is_cue(line.text))
    return Sorted((), body, (), any(_cues().cut.fullmatch(line.text) for line in lines))


def _before_related(lines: Sequence[Line], prose: Sequence[int]) -> int:
    """Return the last line of running text, one in a closing list of teasers not counted."""
    total = sum(len(lines[index].text) for index in prose)
    seen = 0
    for position, index in enumerate(prose[:-1]):
        seen += len(lines[index].text)
        between = lines[index + 1 : prose[position + 1]]
        if any(is_related(line.text) for line in between) and seen >= 0.6 * total:
            return index
    return prose[-1]


def _opens_list(lines: Sequence[Line], first: int) -> bool:
    """Tell whether the line above the first running text belongs to a list that it is in."""
    above = lines[first - 1]
    if is_cue(above.text) or is_attribution(above.text) or is_office(above.text):
        return False
    return (above.bullet and lines[first].bullet) or (
        above.text.endswith((":", ";", "：", "；")) and lines[first].bullet and word_count(above.text) >= 4
    )


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line below the last running text is still content: a list item, or the text cut off."""
    line, before = lines[index], lines[index - 1]
    if is_cue(line.text) or is_related(line.text) or is_office(line.text):
        return False
    if line.bullet and (before.bullet or before.text.endswith((":", "："))):
        return True
    if any(not is_cue(after.text) for after in lines[index + 1 :]):
        introduces = line.text.endswith((":", "：")) and not is_attribution(line.text)
        return introduces and lines[index + 1].bullet and word_count(line.text) >= 3
    if "|" in line.text or word_count(line.text) < 3:
        return False
    if is_report(line.text) and (not line.gap or _cues().sentence_start.match(line.text)):
        return True
    last_word = line.text.split()[-1].lower()
    return last_word in _cues().continuation or line.text.endswith((",", "—", "–"))


def _is_furniture_inside(lines: Sequence[Line], index: int, first: int, end: int) -> bool:
    line = lines[index]
    text = line.text
    if is_cue(text):
        return True
    if is_prose(text) or line.bullet or index == first:
        return False
    if text.endswith((",", ";", "—", "–", "，", "；", "、")) or text[:1].islower():
        return False
    if is_attribution(text) or is_related(text):
        return True
    if text.endswith((":", "：")):
        return False
    if is_office(text):
        return True
    # a heading: short, no sentence, and running text follows
    follows = index + 1 < end and not lines[index + 1].bullet
    return follows and not ends_sentence(text) and word_count(text) <= 9
