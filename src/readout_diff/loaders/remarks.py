"""What authors, editors and translators put inside a statement they quote: no part of it.

Of a paragraph in quotation marks, the words between or behind these that say whose they are.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from readout_diff.loaders.apart import is_tail
from readout_diff.loaders.layout import Line, is_prose, word_count
from readout_diff.loaders.quotes import OPENING, closed_at
from readout_diff.loaders.traced import Traced, concat
from readout_diff.readout import merged

_LONGEST = 400  # characters a remark has at most
_MANY = 5  # words from which on square brackets hold a remark: what offices put in them is short
_FEWEST = 8  # words a statement has at least
_GOES_ON = 4  # words a quotation has at least that goes on behind an attribution
_SIGNED_WORDS = 3  # words at least of a remark in round brackets that initials sign
_CAPTION = 30  # words at most behind the label of a picture
_SIGNATURE = 80  # characters at the end of a remark in which it is said whose it is

_SQUARE = ("[［", "]］")
_ROUND = ("(（", ")）")
_RAISED = "[⁰¹²³⁴-⁹]"
_CLOSING = ".,;:!?…)]}»”’\"'"
# [1], [12], [^2], [1, 2]: right behind what they belong to, or behind a space before a punctuation mark
_FIGURES = r"(?:\[(?:\^|(?:note|anm\.|fn\.?) ?)?\d{1,3}(?:[,–-] ?\d{1,3}){0,5}\]){1,10}+(?!\()"
_NOTE = re.compile(
    rf"(?<=[^\s\[(（])(?<!^[“„«\"]){_FIGURES}|(?<=\S )(?<![:;,] ){_FIGURES}(?=[.,;:!?…)»”“\"]|$)"
    rf"|(?<=\w » ){_FIGURES}(?= (?-i:[^\W\d_A-ZÀ-ÞА-ЯЁ]))",  # « Mines de Sado » [1] et
    re.I,
)
_RAISED_NOTE = re.compile(
    rf"(?:(?<=[^\W\d_])|(?<=[.,;:!?…)\]»”“\"'’%])|(?<=\b(?:19|20)\d\d))(?<!{_RAISED})(?<!^[“„«\"])"
    rf"{_RAISED}{{1,3}}+(?:,{_RAISED}{{1,3}}+){{0,5}}+(?![⁺⁻/⁄]|[^\W\u3040-\u9fff])"
)
_IMAGE = re.compile(
    r"(?P<link>\[)?!\[(?:[^\[\]]|\[[^\[\]]*+\])*+\]\((?:[^()\s]|\([^()\s]*+\))*+(?:\s++\"[^\"]*+\")?+\)"
    r"(?(link)\]\([^()\s]*+\))"
)
# ", said the ministry. —" between a closing and an opening mark, or behind the last
_SAID = re.compile(
    r"[\s,.;]*(?:[–—-]\s*)?[^“„«»”\"]{3,160}?(?P<stop>[.,:;]?)\s*(?:[–—-]\s*)?(?=(?P<again>[“„«\"])|$)"
)
# ", — сообщили в МИД. — " with no mark around: so it is within Russian quotations
_DASHED = re.compile(r",? [–—-] (?P<said>[а-яё][^“„«»”\"–—.]{3,160}?)(?P<stop>\.) [–—-](?= [А-ЯЁ])")
_ANOTHER = re.compile(r"[^\W\d_]{3}[.!?]\s+[^\W\d_]")  # a sentence ends, another begins
_NUMBER = re.compile(r"\[(?P<number>\d{1,3})\]\s+(?=\S)")
_CLOSERS = frozenset("".join(OPENING.values()))
_INITIALS = r"(?:[A-ZÀ-ÞА-ЯЁ][a-zа-я]?\.[ -]?){1,4}"


@dataclass(frozen=True, slots=True)
class _Cues:
    begins: re.Pattern[str]
    ends: re.Pattern[str]
    begins_square: re.Pattern[str]
    ends_square: re.Pattern[str]
    signed: re.Pattern[str]
    signed_apart: re.Pattern[str]
    picture: re.Pattern[str]
    voice: re.Pattern[str]
    power: re.Pattern[str]
    offices: re.Pattern[str]


@cache
def _cues() -> _Cues:
    table = tomllib.loads((files("readout_diff") / "data" / "remarks.toml").read_text("utf-8"))

    def any_of(key: str) -> str:
        return "|".join(f"(?:{form})" for form in table[key])

    notes, editors, whole = any_of("notes"), any_of("editors"), any_of("whole")
    glosses = any_of("glosses")
    dash = r"(?:^|[—–;]|(?<=\s)--?)\s?"
    return _Cues(
        begins=re.compile(
            rf"\W{{0,3}}(?:(?:{notes})(?!\w)|(?:{editors})\.(?:\s?[:：]|$)|(?:{whole})\W{{0,3}}$)",
            re.I,
        ),
        ends=re.compile(rf"(?:(?:^|\W)(?:{notes})\W{{0,3}}|{dash}(?:{editors})\.)$", re.I),
        begins_square=re.compile(rf"\W{{0,3}}(?:(?:{glosses})(?!\w)|(?:{editors})\s?[:：])|!$", re.I),
        ends_square=re.compile(rf"(?:(?:^|\W)(?:{glosses})\W{{0,3}}|{dash}(?:{editors}))$", re.I),
        signed=re.compile(rf"(?:\s[—–-]+|[—;,])\s?(?!(?:{any_of('places')})$){_INITIALS}$"),
        signed_apart=re.compile(rf"[.!?…»”“\"]\s[—–-]\s?(?!(?:{any_of('places')})$){_INITIALS}$"),
        picture=re.compile(rf"\[(?:{any_of('pictures')})(?!\w)[^\[\]]{{0,{_LONGEST}}}+\]\s*", re.I),
        voice=re.compile(rf"(?:{any_of('voices')})\s?[:：]\s*(?=\S)"),
        offices=re.compile(
            rf"(?:{any_of('impersonal')}) (?:во? )(?:[а-яё-]+ ){{0,2}}?(?:{any_of('offices')})", re.I
        ),
        power=re.compile(rf"(?<![^\W_])(?:{any_of('powers')})$", re.I),
    )


def without_remarks(lines: Sequence[Line]) -> list[Line]:
    """Leave out of a statement's paragraphs what is not the office's: remarks, footnote marks, captions.

    Remarks are in square brackets, signed or introduced as an editor's or a translator's, or long, as what
    offices put there hardly is; in round ones only with such a signal. A short insertion such as "[Russian]"
    or "[…]" belongs to the text as it is given. A statement of next to nothing else is left as it is.

    Args:
        lines: The paragraphs of a statement cut out of an article.

    Returns:
        Those that are left; their origins still tell where they stand in the source.

    Example:
        >>> from readout_diff.loaders.traced import Traced
        >>> text = "The [Russian] envoys [who had last met in spring – Ed.] agreed today on the ports.[1]"
        >>> [line.text for line in without_remarks([Line(Traced.of(text), gap=True)])]
        ['The [Russian] envoys agreed today on the ports.']
    """
    lines = _unnumbered(_rejoined(lines))
    marks, carried = _marks_around(lines)
    left = [
        bare
        for number, line in enumerate(lines)
        if (bare := _without(line, marks, begun=carried and number > 0)) is not None
    ]
    if sum(word_count(line.text) for line in left) < _FEWEST:
        return list(lines)
    return left


def _rejoined(lines: Sequence[Line]) -> list[Line]:
    """Put paragraphs together again that were cut where an attribution stands between two quotations."""
    found: list[Line] = []
    for line in lines:
        if found and goes_on(found[-1], line):
            found[-1] = replace(found[-1], traced=concat([found[-1].traced, line.traced], " "))
        else:
            found.append(line)
    return found


def goes_on(one: Line, other: Line) -> bool:
    """Tell whether two lines are one paragraph, cut where an attribution stands between two quotations.

    Example:
        >>> whole = Traced.of("“They met,” the ministry said. “They spoke of trade.”")
        >>> goes_on(Line(whole.cut(0, 11), gap=True), Line(whole.cut(12, 53), gap=True))
        True
    """
    # pieces of one paragraph are set apart, lines of one block are not
    if one.text[-1:] not in _CLOSERS or not other.gap or not _follows(one.traced, other.traced):
        return False
    said = _SAID.match(other.text)
    if said is None or not said["again"] or not said["stop"]:
        return False  # no stop: "A spokesman said that the tone had been “firm”."
    rest = other.text[said.end() :]
    return word_count(rest) >= _GOES_ON and is_tail(said[0])


def _unnumbered(lines: Sequence[Line]) -> list[Line]:
    """Take off the numbers in square brackets that an editor put before each paragraph."""
    found = [_NUMBER.match(line.text) for line in lines]
    numbers = [int(match["number"]) for match in found if match]
    each = all(match for line, match in zip(lines, found, strict=True) if is_prose(line.text))
    if not each or len(numbers) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return list(lines)
    return [
        replace(line, traced=line.traced.cut(match.end(), len(line.text))) if match else line
        for line, match in zip(lines, found, strict=True)
    ]


def _follows(one: Traced, other: Traced) -> bool:
    """Tell whether a text stands right behind another in the source, with at most a space between."""
    end, start = one.origins[-1], other.origins[0]
    return end >= 0 and 0 < start - end <= 2


def _marks_around(lines: Sequence[Line]) -> tuple[str | None, bool]:
    """Return the mark that opens each paragraph, or the first and is closed in the last; `None`: none.

    Marks are the article's only if all of the statement stands in them. With whether it is the first only.
    """
    prose = [line for line in lines if is_prose(line.text)]
    if not prose or any(line.quoted for line in prose):
        return None, False
    if all(line.text[:1] in OPENING for line in prose):
        return prose[0].text[:1], False
    first, end = lines[0].text, lines[-1].text.rstrip(".")[-1:]
    opener = first[:1]
    # a straight mark opens and closes, a single one may be an apostrophe
    if opener not in OPENING or end not in OPENING[opener] or opener in '"‘':
        return None, False
    return (opener, True) if _stays_open(first) else (None, False)


def _stays_open(text: str) -> bool:
    """Tell whether the quotation a paragraph begins with is not closed in it, but for attributions."""
    start = 0
    while (opener := text[start : start + 1]) in OPENING:
        closed = closed_at(text[start:], opener, OPENING[opener])
        if closed is None:
            return True
        said = _SAID.match(text, start + closed + 1)
        if said is None or not said["again"] or not is_tail(said[0]):
            return False
        start = said.end()
    return False


def _without(line: Line, marks: str | None, *, begun: bool) -> Line | None:
    """Take off one paragraph what is no part of the statement; `None`: it is no part at all."""
    traced = line.traced
    text = traced.text
    if _IMAGE.fullmatch(text):
        return None
    label = _cues().picture.match(text) or _cues().voice.match(text)
    if label is not None:
        if label[0][0] == "[" and word_count(text[label.end() :]) <= _CAPTION:
            return None
        traced = traced.cut(label.end(), len(text))
    said: Iterable[tuple[int, int]] = ()
    if marks is not None:
        said = [*_attributions(traced.text, marks if begun else ""), *_between_dashes(traced.text)]
    spans = merged([*_remarks(traced.text), *_footnotes(traced.text), *said])
    pieces, last = [], 0
    for start, end in spans:
        start, end = _with_space(traced.text, start, end)
        pieces.append(traced.cut(last, max(start, last)))
        last = end
    if not pieces:
        return line if label is None else replace(line, traced=traced)
    traced = concat([*pieces, traced.cut(last, len(traced.text))]).strip()
    return replace(line, traced=traced) if traced.text else None


def _remarks(text: str) -> Iterator[tuple[int, int]]:
    """Find the remarks in brackets."""
    for opening, closing in (_SQUARE, _ROUND):
        for start, end in _pairs(text, opening, closing):
            if end - start <= _LONGEST and _is_remark(text, start, end, square=opening == _SQUARE[0]):
                yield start, end


def _pairs(text: str, opening: str, closing: str) -> list[tuple[int, int]]:
    """Find brackets with their counterparts; one that has none is passed over."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for mark in re.finditer(f"[{re.escape(opening + closing)}]", text):
        if mark[0] in opening:
            opened.append(mark.start())
        elif opened:
            found.append((opened.pop(), mark.end()))
    return found


def _is_remark(text: str, start: int, end: int, *, square: bool) -> bool:
    inside = text[start + 1 : end - 1].strip()
    cues = _cues()
    ending = inside[-_SIGNATURE:]
    if cues.begins.match(inside) or cues.ends.search(ending):
        return True
    glossed = cues.begins_square.match(inside)
    if not square:
        if glossed and cues.signed.search(ending):
            return True
        return cues.signed_apart.search(ending) is not None and word_count(inside) >= _SIGNED_WORDS
    if glossed or cues.ends_square.search(ending) or cues.signed.search(ending):
        return True
    # "[the text](https://...)", "[the text][1]": a link
    return word_count(inside) >= _MANY and text[end : end + 1] not in ("(", "[")


def _attributions(text: str, begun: str) -> Iterator[tuple[int, int]]:
    """Find the words between and behind the quotations of a paragraph that say whose they are.

    Args:
        text: The paragraph.
        begun: The mark with which the quotation has begun above; empty where each paragraph begins with one.
    """
    if begun:  # a mark within the paragraph opens a quotation inside the quotation
        yield from ((start - 1, end - 1) for start, end in _attributions(begun + text, ""))
        return
    start = 0
    while (opener := text[start : start + 1]) and opener in OPENING:
        closed = closed_at(text[start:], opener, OPENING[opener])
        if closed is None:
            return
        end = start + closed
        said = _SAID.match(text, end + 1)
        if said is None or not is_tail(said[0]):
            return
        start, stop = said.end(), said.start("stop")
        if not said["again"]:
            if not _ANOTHER.search(said[0]):
                yield end + 1, start
            return
        if text[start - 1] != " ":
            return  # a bad copy: its words would run together
        end -= text[end - 1] == ","
        # a full stop and a space stay between what stands before and behind
        spaced = start - 1
        if said["stop"] == "." and text[end - 1] not in ".!?…":
            yield end, stop
            yield stop + 1, spaced
        else:
            yield end, spaced
        yield start, start + 1


def _between_dashes(text: str) -> Iterator[tuple[int, int]]:
    """Find what says between two dashes, within a quotation, whose it is: "…, — сообщили в МИД. — …"."""
    for match in _DASHED.finditer(text):
        said = match["said"]
        if _cues().offices.match(said):
            stopped = text[match.start() - 1] in ".!?…"
            yield match.start(), match.start("stop") + stopped
            yield match.end("stop"), match.end()


def _footnotes(text: str) -> Iterator[tuple[int, int]]:
    """Find the marks of footnotes."""
    yield from (match.span() for match in _NOTE.finditer(text))
    for match in _RAISED_NOTE.finditer(text):
        if not _cues().power.search(text, max(0, match.start() - 4), match.start()):
            yield match.span()


def _with_space(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen what is left out so that one space is left where two would be, and none before a full stop."""
    # also behind the mark that opens a quotation
    if start == 0 or text[start - 1] in "([（„" or (start == 1 and text[0] in OPENING):
        return start, end + 1 if text[end : end + 1] == " " else end
    after = text[end : end + 1]
    if text[start - 1] == " " and (after in ("", " ") or after in _CLOSING):
        start -= 1
    if after == "." and text[start - 1 : start] in (".", "!", "?", "…"):
        end += 1  # the remark's own
    return start, end
