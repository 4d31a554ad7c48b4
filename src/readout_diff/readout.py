"""The account one side gives of an event, and positions in it."""

from __future__ import annotations

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

    `text` was normalised once, when it was loaded; every offset in the package refers to it.
    `title` is kept apart from the content. `segments` map the text back to its source.
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
