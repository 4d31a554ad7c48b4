"""What a file holds once its format is taken off."""

from __future__ import annotations

from dataclasses import dataclass

from readout_diff.loaders.traced import Traced


@dataclass(frozen=True, slots=True)
class Document:
    """Normalised text with its origins, and what the format itself says about it.

    Offsets refer to the decoded file for text and Markdown; for HTML, PDF and DOCX to the text extracted
    from it, which is kept in `source`.
    """

    traced: Traced
    source: str
    title: str | None = None
    lang: str | None = None
    issued: str | None = None
    party: str | None = None
    publisher: str | None = None

    @classmethod
    def of(
        cls, text: str, *, title: str | None = None, lang: str | None = None, issued: str | None = None
    ) -> Document:
        """Build a document whose source is its text."""
        return cls(Traced.of(text), text, title=title, lang=lang, issued=issued)
