"""The account one side gives of an event."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of code points.

    Example:
        >>> Span(2, 5).of("abcdefg")
        'cde'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, not {self.start}, {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the part of `text` the span covers."""
        return text[self.start : self.end]


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Put ranges that meet, overlap or lie in each other together to one.

    Example:
        >>> merged([(4, 6), (0, 2), (5, 9), (2, 3)])
        [(0, 3), (4, 9)]
    """
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of ``Readout.text`` that stands letter for letter in the source.

    `start` is where the run begins in the readout's text, `source_start` where it begins in the
    source, `length` how many code points it has.
    """

    start: int
    source_start: int
    length: int


@dataclass(frozen=True, slots=True)
class Readout:
    """One account of one event: a text with its party, publisher and language.

    `text` was normalised once, when it was loaded; every offset in the package refers to it. A line break
    in it, one or two, always ends a sentence. `title` is kept apart from the content. `segments` map the
    text back to its source; a readout built by hand has none. `complete` is false where the text looks cut.
    `confidence` (0 to 1) says how sure the loader is of where the statement begins and ends.
    `lang_identified` says that `lang` was identified, not given: passages that are clearly in another
    language are then read in their own.

    Example:
        >>> Readout(id="a", text="They spoke.", party="Meridia", lang="en").party
        'Meridia'
    """

    id: str
    text: str
    party: str | None = None
    publisher: str | None = None
    lang: str | None = None
    title: str | None = None
    issued: str | None = None
    source: str | None = None
    translated_from: str | None = None
    translation_credit: str | None = None
    complete: bool = True
    confidence: float = 1.0
    segments: tuple[Segment, ...] = ()
    lang_identified: bool = False

    @classmethod
    def from_text(
        cls,
        text: str,
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
        """Build a readout from the text of one statement.

        Args:
            text: The statement, with or without the furniture of the page it stood on.
            party: Who speaks, e.g. ``"France"``; taken from a known office in the page header if left out.
            publisher: The office that published it; likewise.
            lang: ISO 639-1 code, of every passage; identified if left out, `None` where the text is too
                short to tell.
            title: Title of the statement; the page's own if left out.
            issued: Date of issue, ``YYYY-MM-DD``; the page's own if left out.
            id: Identifier; derived from the content if left out.
            source: Where the text is from, e.g. a path.
            clean: Leave out titles, datelines, menus and the like; spaces are normalised anyway.

        Returns:
            A readout whose segments map its text back to `text`.

        Raises:
            LoadError: The text holds no statement.
            UnsupportedLanguageError: `lang` names no language.

        Example:
            >>> r = Readout.from_text("Readout of a Call\\n\\nThe leaders spoke. They agreed on a visit.")
            >>> r.text, r.title, r.lang
            ('The leaders spoke. They agreed on a visit.', 'Readout of a Call', 'en')
        """
        from readout_diff.loaders.text import read_text  # loaders build readouts, so this cannot come first

        return read_text(
            text,
            party=party,
            publisher=publisher,
            lang=lang,
            title=title,
            issued=issued,
            id=id,
            source=source,
            clean=clean,
        )

    def to_source(self, span: Span) -> Span:
        """Map a span of the text to the source it was loaded from.

        Args:
            span: Half-open code points of `text`.

        Returns:
            Half-open code points of the decoded source, from the first to the last character the span
            covers there; whatever was left out in between (a caption, a line break) lies inside. An end that
            stands in the source in another form (a no-break space, a letter with a loose accent) is mapped
            to the next character that stands there letter for letter.

        Raises:
            ValueError: The span ends beyond the text, or the readout has no source.

        Example:
            >>> r = Readout.from_text("Readout of a Call\\n\\nThe leaders spoke today.")
            >>> r.to_source(Span(4, 11))
            Span(start=23, end=30)
        """
        if span.end > len(self.text):
            raise ValueError(
                f"span {span.start}, {span.end} ends beyond the text of {len(self.text)} characters"
            )
        if not self.segments:
            raise ValueError(
                f"readout {self.id!r} was not loaded from a source; offsets refer to its own text"
            )
        start = self._source_start(span.start)
        return Span(start, max(start, self._source_end(span.end)))

    def _source_start(self, position: int) -> int:
        index = bisect_right(self.segments, position, key=lambda s: s.start) - 1
        if index >= 0 and position < self.segments[index].start + self.segments[index].length:
            return self.segments[index].source_start + position - self.segments[index].start
        later = self.segments[min(index + 1, len(self.segments) - 1)]
        return later.source_start if later.start >= position else later.source_start + later.length

    def _source_end(self, position: int) -> int:
        index = max(0, bisect_right(self.segments, position - 1, key=lambda s: s.start) - 1)
        segment = self.segments[index]
        inside = min(max(position - segment.start, 0), segment.length)
        return segment.source_start + inside


def content_id(text: str, *parts: str | None) -> str:
    """Derive an identifier from content: the same text, party and publisher always give the same one.

    Example:
        >>> content_id("They spoke.", "Meridia")
        '140192d415'
    """
    joined = "\x1f".join((text, *(part or "" for part in parts)))
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:10]
