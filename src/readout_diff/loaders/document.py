"""What a file holds once its format is taken off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from readout_diff.loaders.traced import Traced


@dataclass(frozen=True, slots=True)
class Document:
    """Normalised text with its origins, and what the format itself says about it.

    Offsets refer to the decoded file for text and Markdown; for HTML, PDF and DOCX to the text extracted
    from it, which is kept in `source`. `verbatim`: the text is the statement and nothing else.
    """

    traced: Traced
    source: str
    title: str | None = None
    lang: str | None = None
    issued: str | None = None
    party: str | None = None
    publisher: str | None = None
    translated_from: str | None = None
    translation_credit: str | None = None
    complete: bool | None = None
    verbatim: bool = False

    @classmethod
    def of(
        cls, text: str, *, title: str | None = None, lang: str | None = None, issued: str | None = None
    ) -> Document:
        """Build a document whose source is its text."""
        return cls(Traced.of(text), text, title=title, lang=lang, issued=issued)

    def about(self, front: Mapping[str, str], traced: Traced) -> Document:
        """Return the document with what its front matter says, and the text below that."""
        return replace(
            self,
            traced=traced,
            title=front.get("title"),
            lang=front.get("lang"),
            issued=front.get("issued"),
            party=front.get("party"),
            publisher=front.get("publisher"),
            translated_from=front.get("translated_from"),
            translation_credit=front.get("translation_credit"),
            complete={"yes": True, "no": False}.get(front.get("complete", "").lower()),
        )
