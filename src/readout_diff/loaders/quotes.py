"""Quotation marks around statements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from readout_diff.loaders.traced import Traced, concat

# opening mark -> marks that close it
OPENING = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "‘": "’",
    '"': '"',
    "「": "」",
    "『": "』",
    "‹": "›",
    "‟": "”",
}


# opening mark -> the mark of another set that closes it where a text mixes them
_OTHER = {'"': "”", "“": '"', "„": '"'}


# a single mark may be an apostrophe: between two of them stands anything
_QUOTATION = re.compile(
    "|".join(
        f"{opener}[^{opener}{closers}]*[{closers}]" for opener, closers in OPENING.items() if opener != "‘"
    )
)


def longest_quotations(text: str, most: int, shortest: int) -> list[re.Match[str]]:
    """Find the longest passages in quotation marks, with their marks, in the order of the text.

    Args:
        text: Any text.
        most: How many at most.
        shortest: How many characters each has at least.

    Example:
        >>> [m[0] for m in longest_quotations('He said "yes", then "not now".', 1, 3)]
        ['"not now"']
    """
    found = [match for match in _QUOTATION.finditer(text) if len(match[0]) >= shortest]
    longest = sorted(found, key=lambda match: -len(match[0]))[:most]
    return sorted(longest, key=lambda match: match.start())


def without_quotes(paragraphs: Sequence[Traced]) -> list[Traced]:
    """Take off quotation marks that enclose the whole, or that open every paragraph and close once.

    Marks around a word or a sentence inside stay.

    Example:
        >>> [p.text for p in without_quotes([Traced.of("“One. “Two” three."), Traced.of("“Four.”")])]
        ['One. “Two” three.', 'Four.']
    """
    out = [paragraph.strip() for paragraph in paragraphs]
    blocks = _quotations([paragraph.text for paragraph in out])
    if len(blocks) > 1:
        return [bare for start, end in blocks for bare in without_quotes(out[start:end])]
    opened = ""
    for index, paragraph in enumerate(out):
        text = paragraph.text
        if text and text[0] in OPENING:
            closers = OPENING[text[0]]
            closed = closed_at(text, text[0], closers)
            ends_whole = index == len(out) - 1 and enclosed(text) and (opened or index == 0)
            if closed is None or ends_whole:
                opened = text[0]
                paragraph = paragraph.cut(1, len(text)).strip()
        text = paragraph.text
        if opened and text and closes_unopened(text, opened):
            end = text.rstrip()
            marks = OPENING[opened] + _OTHER.get(opened, "")
            dot = 1 if end[-1] in ".!?。" and end[-2:-1] and end[-2] in marks else 0
            mark = len(end) - 1 - dot
            paragraph = concat([paragraph.cut(0, mark), paragraph.cut(mark + 1, len(end))]).strip()
            opened = ""
        out[index] = paragraph
    return out


def _quotations(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Find the quotations that paragraphs consist of, each a range of them; none if there is more."""
    blocks: list[tuple[int, int]] = []
    start = 0
    while start < len(texts):
        opener = texts[start][:1]
        if opener not in OPENING:
            return []
        end = start + 1
        if not enclosed(texts[start]):
            while end < len(texts) and not (closes_unopened(texts[end], opener) or enclosed(texts[end])):
                end += 1
            if end == len(texts):
                return []
            end += 1
        blocks.append((start, end))
        start = end
    return blocks


def closed_at(text: str, opener: str, closers: str) -> int | None:
    """Find where the quotation mark a text begins with is closed; `None`: not in this text."""
    depth = 0
    for index, char in _marks(text, opener + closers):
        if char == opener and (index == 0 or opener not in closers or _opens(text, index)):
            depth += 1
        elif char in closers and not _is_apostrophe(text, index):
            depth -= 1
            if depth == 0:
                return index
    return _closed_by_another(text, opener)


def _closed_by_another(text: str, opener: str) -> int | None:
    """Find where a quotation ends whose marks do not match: straight at one end, curly at the other."""
    other = _OTHER.get(opener)
    if other is None:
        return None
    inside = 0
    for index, char in _marks(text, f'“"{other}', 1):
        if (char == "“" and other == "”") or (char == other == '"' and _opens(text, index)):
            inside += 1
        elif char == other and inside:
            inside -= 1
        elif char == other:
            return index
    return None


def _marks(text: str, marks: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """Yield where some marks stand, and which."""
    return ((found.start(), found[0]) for found in re.compile(f"[{re.escape(marks)}]").finditer(text, start))


def enclosed(text: str) -> bool:
    """Tell whether one pair of quotation marks encloses a whole text."""
    bare = text.rstrip()
    if not bare or bare[0] not in OPENING:
        return False
    closed = closed_at(bare, bare[0], OPENING[bare[0]])
    return closed is not None and closed >= len(bare) - 2 and bare[closed + 1 :] in ("", ".", "。")


def _opens(text: str, index: int) -> bool:
    before, after = text[index - 1], text[index + 1 : index + 2]
    return (before.isspace() or before in "([—–-") and bool(after) and not after.isspace()


def closes_unopened(text: str, opener: str) -> bool:
    """Tell whether a text ends with the mark that closes a quotation, and that is not opened in it."""
    end = text.rstrip()
    if len(end) > 1 and end[-1] in ".!?。" and end[-2] in OPENING[opener] + _OTHER.get(opener, ""):
        end = end[:-1]
    if end and end[-1] == _OTHER.get(opener):
        return end.count(end[-1]) % 2 == 1 if end[-1] == '"' else end.count("”") > end.count("“")
    if not end or end[-1] not in OPENING[opener]:
        return False
    if opener in OPENING[opener]:
        return end.count(opener) % 2 == 1
    closers = sum(1 for i, char in enumerate(end) if char in OPENING[opener] and not _is_apostrophe(end, i))
    return closers > end.count(opener)


def _is_apostrophe(text: str, index: int) -> bool:
    return text[index] == "’" and index + 1 < len(text) and text[index + 1].isalnum()
