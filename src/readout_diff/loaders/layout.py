"""Lines of a plain text put back together to the paragraphs their author wrote."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from readout_diff.limits import TEXT_LINES
from readout_diff.loaders.dates import is_date_line
from readout_diff.loaders.traced import Traced, concat

_CLOSERS = "\"'”’»«“)]›‹」』）】*_ "
_ENDS = ".!?…。！？؟۔।॥։።။｡"
BULLET = re.compile(r"(?:[•●▪■◦‣∙·○►▶✓➢➤*–—-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)")
_MARKED = re.compile(r"(?:[•●▪■◦‣➢➤✓]\s*|(?:[∙○►▶]|[*–—-])\s+)(?=\S)")
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff0f]")
# a line that ends in one of these goes on in the next, however that begins
_HANGING = re.compile(
    r"(?:,|\b(?:of|the|a|an|with|by|for|to|from|and|in|on|at|its|their|von|vom|der|die|das|dem|den|des|mit|für|und|zu|zum|zur"
    r"|im|am|bei|auf|sowie|de|du|des|la|le|les|et|à|au|aux|avec|pour|par|dans|sur|leur|с|со|и|в|во|на|по|о|об|от|для|из))$",
    re.I,
)
LONGEST_PARAGRAPH = 20_000  # characters; nobody writes a longer one, and its beginning tells what it is
_RULE = re.compile(r"[-=_*~#–—]{5,}")
_SET_APART = 2  # characters right of the margin
_PART_OF_A_PARAGRAPH = 25  # characters; menus and lists of links have shorter lines
_BEGIN_ANEW = 0.8  # share of lines with a capital or a figure; of a few German lines three in four may
_WRAPPED_LINES = 3  # so many lines of a block show that it is wrapped
_WORD = 200  # characters; no word at the end of a line is longer
_FOOTNOTE = re.compile(r"(?:\[\d{1,3}\]|\^\d{1,3}){1,20}$")  # looked for at each bracket


@dataclass(frozen=True, slots=True)
class Line:
    """One logical line: a paragraph, a heading, a list item, a line of a header.

    `gap` says that a blank line stands before it; `bullet` that it is an item of a list; `quoted` that a
    ``>``, a bar or its indentation sets it apart; `tail` that it followed a quotation in the same paragraph
    and says whose it is; `part` numbers the text whose quotation it is a piece of, `names` the one whose
    office it names, negative where that is the only evidence.
    """

    traced: Traced
    gap: bool
    bullet: bool = False
    quoted: bool = False
    tail: bool = False
    part: int = 0
    names: int = 0

    @property
    def text(self) -> str:
        """The wording of the line."""
        return self.traced.text


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends as a sentence does.

    Example:
        >>> ends_sentence("They spoke (again).”"), ends_sentence("Readout of a call")
        (True, False)
    """
    bare = _FOOTNOTE.sub("", text.rstrip()).rstrip(_CLOSERS)
    return bool(bare) and bare[-1] in _ENDS


def word_count(text: str) -> int:
    """Count words; two Han characters count as one word.

    Example:
        >>> word_count("They spoke by phone"), word_count("两国元首通话")
        (4, 3)
    """
    han = len(_HAN.findall(text))
    return len(re.findall(r"[^\W_]+(?:[’'-][^\W_]+)*", _HAN.sub(" ", text))) + han // 2


def is_prose(text: str) -> bool:
    """Tell whether a line reads like running text: it ends like a sentence and is not a word or two.

    Example:
        >>> is_prose("They discussed Ukraine."), is_prose("Washington, D.C.")
        (True, False)
    """
    if not ends_sentence(text):
        return False
    words = word_count(text)
    return (
        words >= 6
        or (words >= 3 and re.search(r"(\w{3}|\d)\W*$", text) is not None)
        or (words >= 2 and bool(_HAN.search(text)))
    )


def read_lines(traced: Traced) -> tuple[Line, ...]:
    """Cut a text into logical lines, joining lines that were wrapped at a fixed width.

    Args:
        traced: Normalised text.

    Returns:
        Lines in order, without blank ones; list marks are taken off.

    Raises:
        LoadError: There are more than the limit ``text_lines``.

    Example:
        >>> [line.text for line in read_lines(Traced.of("They spoke at length of the\\nwar.\\n\\n- Peace."))]
        ['They spoke at length of the war.', 'Peace.']
    """
    TEXT_LINES.check(traced.text.count("\n") + 1)
    physical: list[Line] = []
    shifted: list[int] = []  # how far right of the margin each begins: it has so much less room
    start, gap = 0, False
    rows = traced.text.split("\n")
    inset = _inset(rows)
    for number, row in enumerate(rows):
        piece = traced.cut(start, start + len(row)).strip()
        start += len(row) + 1
        line = _line(piece, gap or not physical)
        if number in inset and not line.bullet:
            line = replace(line, quoted=True)
        if line.text:
            physical.append(line)
            shifted.append(len(row.rstrip()) - len(line.text))
            gap = False
        else:
            gap = True
    widths = _wrap_widths(physical, shifted)
    joined: list[tuple[Line, list[Traced]]] = []  # put together only when all parts are known
    last = end = ""  # the physical line the last logical one ends with, and how the logical one does
    for line, by, width in zip(physical, shifted, widths, strict=True):
        if joined and _continues(last, line, width and width - by):
            parts = joined[-1][1]
            hyphen, space = _joint(end, line.text)
            parts[-1] = parts[-1].cut(0, len(parts[-1].text) - hyphen)
            parts += [Traced(space, (-1,) * len(space)), line.traced]
            end = end[: len(end) - hyphen] + space
        else:
            joined.append((line, [line.traced]))
            end = ""
        last = line.text
        end = (end + last)[-_WORD:]
    return tuple(replace(line, traced=concat(parts).single_spaced()) for line, parts in joined)


def _inset(rows: Sequence[str]) -> frozenset[int]:
    """Find the rows that are indented as whole paragraphs, in a text the rest of which is not.

    The indented first row of a paragraph sets nothing apart, nor does an indentation that most of the text
    shares, nor that of list items in a text that marks its quotations.
    """
    if any(re.match(r" *>\s*\S", row) for row in rows):
        return frozenset()
    indented = [number for number, row in enumerate(rows) if row.strip() and _indent(row) >= _SET_APART]
    own = [row for row in rows if row.strip() and _indent(row) < _SET_APART]
    flush = [row for row in own if ends_sentence(row) or row.rstrip().endswith(":")]
    wrapped = any(
        number + 1 < len(rows) and rows[number + 1].strip() and _indent(rows[number + 1]) < _SET_APART
        for number in indented
        if len(rows[number]) >= _PART_OF_A_PARAGRAPH / (2 if _HAN.search(rows[number]) else 1)
        and not ends_sentence(rows[number])
        and not BULLET.match(rows[number].strip())
    )
    sizes = sum(map(len, flush)), sum(len(rows[number]) for number in indented)
    if wrapped or len(flush) < 2 or sizes[0] < 0.12 * sum(sizes):
        return frozenset()
    return frozenset(indented)


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


# ">", or a bar down the margin; several bars in a row make a table
_QUOTED = re.compile(r"(?:>\s*)+|[|│┃](?![^|│┃]*[|│┃])(?:\s+|$)")


def _line(piece: Traced, gap: bool) -> Line:
    quote = _QUOTED.match(piece.text)
    if quote:
        piece = piece.cut(quote.end(), len(piece.text))
    marked = _MARKED.match(piece.text)
    if marked and not re.match(r"[–—-] *\w+ *[–—-]$|[*–—-]( ?[*–—-])+$", piece.text):
        return Line(piece.cut(marked.end(), len(piece.text)), gap, bullet=True, quoted=bool(quote))
    return Line(piece, gap, quoted=bool(quote))


def _wrap_widths(lines: Sequence[Line], shifted: Sequence[int]) -> list[int | None]:
    """Find the width each line was wrapped at: that of the text, else that of the blocks set apart in it."""
    ends = [len(line.text) + by for line, by in zip(lines, shifted, strict=True)]
    width = _wrap_width([line.text for line in lines], ends)
    if width is not None:
        return [width] * len(lines)
    starts = [number for number, line in enumerate(lines) if line.gap or not number]
    blocks = [
        range(start, end)
        for start, end in pairwise([*starts, len(lines)])
        if min(shifted[start:end]) >= _SET_APART
        and ends_sentence(lines[end - 1].text)
        and not _begin_anew([line.text for line in lines[start:end]])
    ]
    long = [number for block in blocks if len(block) >= _WRAPPED_LINES for number in block]
    own = _wrap_width([lines[number].text for number in long], [ends[number] for number in long])
    wrapped = {number for block in blocks for number in block}
    return [own if number in wrapped else None for number in range(len(lines))]


def _begin_anew(rows: Sequence[str]) -> bool:
    """Tell whether rows are points of an agenda or a list, which may be as long as each other, too."""
    anew = sum(row[0].isupper() or row[0].isdigit() for row in rows[1:])
    return len(rows) >= _WRAPPED_LINES and anew > _BEGIN_ANEW * (len(rows) - 1)


def _wrap_width(rows: Sequence[str], ends: Sequence[int]) -> int | None:
    """Find the width a text was wrapped at, if it was, from its lines and how far to the right each goes.

    In a wrapped text many lines are about equally long and break off in mid-sentence. Lines that hold one
    sentence or one paragraph each end like sentences and differ in length.
    """
    lengths = sorted(ends)
    if len(lengths) < 3:
        return None
    best, width = 0, 0
    for index, length in enumerate(lengths):
        near = index + 1 - bisect_right(lengths, length - 15)
        if near >= best:
            best, width = near, length
    full = [row for row, end in zip(rows, ends, strict=True) if width - 15 < end <= width]
    open_ended = sum(1 for row in full if not ends_sentence(row) and not row.endswith(":"))
    if sum(length for length in lengths if length <= width) < 0.7 * sum(lengths):
        return None  # most of the text stands in longer lines
    # CJK lines are half as wide
    narrowest = 20 if _HAN.search(rows[len(rows) // 2]) else 40
    if width < narrowest or width > 140 or best < 3 or open_ended < 0.5 * best:
        return None
    # menus and headings around it may outnumber the lines of a text that plainly breaks off at the width
    if best < (0.25 if open_ended >= 0.6 * best else 0.4) * len(rows):
        return None
    return width


def _continues(before: str, line: Line, width: int | None) -> bool:
    text = line.text
    if line.gap or line.bullet or not before or re.search(r"[|·•#]\s*$|^\s*[|#©]", before + "\n" + text):
        return False
    if _RULE.fullmatch(text) or _RULE.fullmatch(before):
        return False
    first = text.split(" ", 1)[0]
    if text[0].islower() and not ends_sentence(before) and not before.endswith(":"):
        # a list of names in lower case is no sentence: the line before must be a good part of one
        return len(before) >= (0.5 * width if width else 25) and "@" not in first and "://" not in first
    if width is None or len(before) > width or is_date_line(text) or is_date_line(before):
        return False
    if _HAN.search(before[-1]) or _HAN.search(text[0]):
        return len(before) >= width - 2
    # a no-break space may have kept the first words together
    unfinished = _HANGING.search(before) or (text[0].isdigit() and not ends_sentence(before))
    if unfinished and len(before) > 0.6 * width and not BULLET.match(text):
        return True
    if ends_sentence(before) and len(text) < 0.6 * width and not ends_sentence(text):
        return False  # the last line of a paragraph would end a sentence: a heading, a caption
    return len(before) + 1 + len(first) > width - 1 and len(before) > 0.5 * width


def _joint(left: str, right: str) -> tuple[int, str]:
    """Return how many characters of a hyphen to drop where a line goes on, and what to put in its place."""
    if _HAN.search(left[-1]) or _HAN.search(right[0]):
        return 0, ""
    # German nouns are broken at a hyphen; what begins small after one is the rest of the noun
    if re.search(r"(?<![\w-])[A-ZÄÖÜ][a-zäöüß]+[-‐]$", left) and re.match(r"[a-zäöüß]{2}", right):
        return 1, ""
    broken = re.search(r"[^\W\d_][-‐]$", left) or left.endswith("/")  # a compound, at its hyphen
    return 0, "" if broken else " "
