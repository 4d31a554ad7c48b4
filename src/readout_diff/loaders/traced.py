"""Text that remembers where in its source every character stood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from readout_diff.limits import TEXT_CHARACTERS
from readout_diff.readout import Segment

_NEWLINES = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_JOINERS = "\u200c\u200d"
_DIRECTIONS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
_SPECIAL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ud800-\udfff"
    "\ufb00-\ufb06\ufeff]"
)
# Scripts in which joiners and direction marks are part of the writing, not leftovers of a word processor.
_NEEDS_MARKS = re.compile("[\u0590-\u08ff\u0900-\u0dff\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class Traced:
    """A text with, for each character, its position in the source (-1: it does not stand there)."""

    text: str
    origins: tuple[int, ...]

    @classmethod
    def of(cls, source: str) -> Traced:
        """Normalise a source: NFC, plain spaces and line ends, nothing invisible.

        Raises:
            LoadError: It is longer than the limit ``text_characters``.

        Example:
            >>> Traced.of("a\\u00a0b\\r\\nc\\u00add").text
            'a b\\ncd'
        """
        TEXT_CHARACTERS.check(len(source))
        keep_marks = bool(_NEEDS_MARKS.search(source))
        composed = _composed(source)
        texts: list[str] = []
        origins: list[int] = []
        index = 0
        for start in sorted({match.start() for match in _SPECIAL.finditer(source)} | composed.keys()):
            if start < index:  # inside what was just replaced
                continue
            texts.append(source[index:start])
            origins.extend(range(index, start))
            if start in composed:
                out, width = composed[start]
            else:
                out, width = _plain(source, start, keep_marks)
            texts.append(out)
            origins.extend([start] if out == source[start] else [-1] * len(out))
            index = start + width
        texts.append(source[index:])
        origins.extend(range(index, len(source)))
        return cls("".join(texts), tuple(origins))

    def cut(self, start: int, end: int) -> Traced:
        """Return the part between two positions."""
        return Traced(self.text[start:end], self.origins[start:end])

    def strip(self) -> Traced:
        """Return the text without white space at either end."""
        start = len(self.text) - len(self.text.lstrip())
        end = len(self.text.rstrip())
        return self.cut(start, max(start, end))

    def single_spaced(self) -> Traced:
        """Return the text with every run of spaces as one."""
        pieces, last = [], 0
        for match in re.finditer(" {2,}", self.text):
            pieces.append(self.cut(last, match.start() + 1))
            last = match.end()
        return concat([*pieces, self.cut(last, len(self.text))]) if pieces else self

    def segments(self) -> tuple[Segment, ...]:
        """Return the runs that stand letter for letter in the source."""
        found: list[Segment] = []
        start = 0
        origins = self.origins
        for index in range(1, len(origins) + 1):
            if index == len(origins) or origins[index] != origins[index - 1] + 1 or origins[index - 1] < 0:
                if origins[start] >= 0:
                    found.append(Segment(start, origins[start], index - start))
                start = index
        return tuple(found)


def concat(pieces: Iterable[Traced], separator: str = "") -> Traced:
    """Join pieces; the separators stand nowhere in the source."""
    texts: list[str] = []
    origins: list[int] = []
    for number, piece in enumerate(pieces):
        if number and separator:
            texts.append(separator)
            origins.extend([-1] * len(separator))
        texts.append(piece.text)
        origins.extend(piece.origins)
    return Traced("".join(texts), tuple(origins))


def _plain(source: str, index: int, keep_marks: bool) -> tuple[str, int]:
    """Return what a special character becomes, and how many characters of the source that replaces."""
    char = source[index]
    if char == "\u00ad":
        # at a line's end a soft hyphen joins the word across it
        broken = re.compile(r"[\r\n]*").match(source, index + 1)
        return "", 1 + (len(broken[0]) if broken else 0)
    if char == "\r" and source[index + 1 : index + 2] == "\n":
        return "\n", 2
    if char in _NEWLINES:
        return "\n", 1
    if char in _JOINERS or char in _DIRECTIONS:
        return (char if keep_marks else ""), 1
    if "\ufb00" <= char <= "\ufb06":  # the ligatures of printed pages
        return unicodedata.normalize("NFKC", char), 1
    return (" " if char == "\t" or unicodedata.category(char) == "Zs" else ""), 1


def _composed(source: str) -> dict[int, tuple[str, int]]:
    """Find what NFC writes otherwise: position -> (composed text, length in the source)."""
    if unicodedata.is_normalized("NFC", source):
        return {}
    found = {}
    start = 0
    while start < len(source):
        end = start + 1
        while end < len(source) and _joins_on(source[end]):
            end += 1
        cluster = source[start:end]
        composed = unicodedata.normalize("NFC", cluster)
        if composed != cluster:
            found[start] = (composed, end - start)
        start = end
    return found


def _joins_on(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" or "\u1160" <= char <= "\u11ff"
