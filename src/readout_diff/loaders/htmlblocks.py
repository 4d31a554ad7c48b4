"""The text of a web page in blocks, one a paragraph, each with whether it is set apart as a quotation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from readout_diff.loaders.cues import cues
from readout_diff.loaders.italics import italic_quotations
from readout_diff.loaders.layout import word_count
from readout_diff.loaders.voice import is_report

_BLOCKS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "dd",
        "dt",
        "blockquote",
        "pre",
        "td",
        "th",
        "div",
        "section",
        "aside",
        "article",
        "main",
        "center",
        "address",
        "summary",
        "details",
        "tr",
        "table",
        "ul",
        "ol",
        "dl",
        "body",
        "figure",
        "header",
        "footer",
        "hgroup",
        "cite",
    ]
)
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "form",
        "button",
        "select",
        "svg",
        "iframe",
        "object",
        "figcaption",
        "footer",
        "dialog",
        "input",
        "textarea",
        "video",
        "audio",
        "canvas",
        "head",
        "map",
    ]
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_FURNITURE = re.compile(
    r"\b(nav(igation)?|menu|breadcrumbs?|cookie\w*|consent|share\w*|sharing|social\w*|related|teaser\w*|sidebar|footer|comments?"
    r"|newsletter|skip-?link|pagination|tags?|advert\w*|banner|caption|byline|toolbar|print)\b",
    re.I,
)
_ROLES = frozenset(
    ["navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert"]
)  # fmt: skip
# The text of a message shown as the service shows it, e.g. Telegram's widget
_POST = re.compile(
    r"\b(tgme widget message text|telegram post|fb post|embed(ded)? (text|quote|message))\b", re.I
)


@dataclass(slots=True)
class _Run:
    """The text between two breaks, whether it stands in a block quote, and what to put before it."""

    quoted: bool
    marker: str
    pieces: list[str] = field(default_factory=list)
    upright: bool = False  # whether some of it is not in italics

    def add(self, text: str | None, *, italic: bool) -> None:
        """Put more text to it."""
        if text:
            self.pieces.append(text)
            self.upright = self.upright or (not italic and not text.isspace())


class Page:
    """The blocks of a page in order, each element walked through once however deep it stands.

    `lines` holds the blocks found so far, each with whether it stands in a block quote.
    """

    def __init__(self, tree: Any) -> None:
        self.lines: list[tuple[str, bool]] = []
        self._italic: list[bool] = []
        self._ranges: dict[Any, tuple[int, int]] = {}
        self._words: dict[Any, int] = {}
        # All of the page, as a damaged one may have two roots; held, as lxml else makes elements anew
        self._elements = tree.xpath("//*")

    def blocks(self, element: Any) -> list[tuple[str, bool]]:
        """Return the blocks of one element."""
        start, end = self.range_of(element)
        lines = self.lines[start:end]
        slanted = italic_quotations([line for line, _ in lines], self._italic[start:end])
        return [(line, quoted or number in slanted) for number, (line, quoted) in enumerate(lines)]

    def range_of(self, element: Any) -> tuple[int, int]:
        """Return where in `lines` the blocks of an element stand."""
        if element not in self._ranges:  # it stands in something left out, such as a form
            self._block(element, quoted=False)
        return self._ranges[element]

    def _block(self, element: Any, *, quoted: bool, marker: str = "", italic: bool = False) -> None:
        start = len(self.lines)
        run = _Run(quoted, marker)
        self._walk(element, run, italic or _is_italic(element))
        self._end(run)
        self._ranges[element] = start, len(self.lines)

    def _end(self, run: _Run) -> None:
        if line := line_of("".join(run.pieces)):
            self.lines.append((run.marker + line, run.quoted))
            self._italic.append(not run.upright)
        run.pieces.clear()
        run.upright = False
        run.marker = ""

    def _walk(self, element: Any, run: _Run, italic: bool) -> None:
        run.add(element.text, italic=italic)
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else None
            if run.quoted and tag in (
                "cite",
                "footer",
                "summary",
            ):  # who is quoted is no part of the quotation
                self._end(run)
                self._block(child, quoted=False)
            elif tag is None or tag in _SKIPPED or self._is_furniture(child):
                pass
            elif tag == "br":
                self._end(run)
            elif tag in _BLOCKS:
                self._end(run)
                marker = "- " if tag == "li" else ""
                self._block(child, quoted=run.quoted or _is_apart(child), marker=marker, italic=italic)
            else:
                self._walk(child, run, italic or _is_italic(child))
            run.add(child.tail, italic=italic)

    def _is_furniture(self, element: Any) -> bool:
        """Tell whether an element is hidden, or short and by its class a menu, a caption or the like."""
        if (
            element.get("hidden") is not None
            or element.get("aria-hidden") == "true"
            or _HIDDEN.search(element.get("style") or "")
            or element.get("role") in _ROLES
        ):
            return True
        if element.tag == "aside":
            return not self._is_box(element)
        return bool(_FURNITURE.search(_names(element))) and self._word_count(element) < 60

    def _is_box(self, element: Any) -> bool:
        """Tell whether an element beside the text holds a report, as a box with a document does."""
        linked = sum(self._word_count(link) for link in element.xpath(".//a"))
        texts = [line_of(one.text_content()) for one in element.xpath(".//p") if self._word_count(one) >= 12]
        menu = _FURNITURE.search(_names(element)) or element.xpath(".//form | .//input")
        reports = len(texts) >= 2 and any(map(is_report, texts))
        return reports and linked <= 0.2 * self._word_count(element) and not menu

    def _word_count(self, element: Any) -> int:
        """Count the words in an element; all are counted at once, from the leaves up."""
        if not self._words:
            for one in reversed(self._elements):  # children come before their parents
                self._words[one] = word_count(one.text or "") + sum(
                    self._words.get(child, 0) + word_count(child.tail or "")
                    for child in one  # comments too
                )
        return self._words[element]


def _is_italic(element: Any) -> bool:
    return element.tag in ("em", "i") or "italic" in (element.get("style") or "")


def _is_apart(element: Any) -> bool:
    """Tell whether an element is a quotation by what it is: a block quote, a post, a document to unfold."""
    if element.tag == "details":
        label = element.find("summary")
        return label is not None and cues().nouns.search(line_of(label.text_content())) is not None
    return element.tag == "blockquote" or _POST.search(_names(element)) is not None


def _names(element: Any) -> str:
    """Return the classes and the identifier of an element, as words."""
    return re.sub(r"[-_]", " ", f"{element.get('class') or ''} {element.get('id') or ''}")


def line_of(text: str) -> str:
    """Return a text on one line, no-break spaces kept."""
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip(" ")
