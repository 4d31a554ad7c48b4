"""Web pages read as text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

from readout_diff.errors import LoadError, MissingExtraError
from readout_diff.loaders.cues import cues
from readout_diff.loaders.dates import find_date
from readout_diff.loaders.decoding import decode
from readout_diff.loaders.document import Document
from readout_diff.loaders.htmlsize import check_source, check_tree
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
_WALL = re.compile(
    r"cookies?|consent|einwilligung|zustimmen|datenschutz|javascript|captcha|are you (a )?(human|robot)"
    r"|checking your browser|accepter|согласи|subscribe to (continue|read)|log in to|anmelden um|enable js"
    r"|403 forbidden|access denied",
    re.I,
)
_ROLES = frozenset(
    ["navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert"]
)  # fmt: skip
# The text of a message shown as the service shows it, e.g. Telegram's widget
_POST = re.compile(
    r"\b(tgme widget message text|telegram post|fb post|embed(ded)? (text|quote|message))\b", re.I
)
_ENOUGH = 30  # words of running text a page with a statement has at least
_MANY = 10_000  # elements from which on trafilatura's second opinions take seconds, growing with their square


def read_html(data: bytes, name: str, encoding: str | None = None) -> Document:
    """Read the text of a web page: its structure with lxml, what is boilerplate with trafilatura.

    Args:
        data: The page.
        name: What to call it in messages.
        encoding: Encoding, when it is known (as from an HTTP header).

    Returns:
        The main content, a paragraph a block, block quotes marked with ``>``; captions, menus and forms
        left out. Title, language and date of issue as the page states them.

    Raises:
        LoadError: No content: a consent wall, a page that needs JavaScript, an empty page; or beyond the
            limits on HTML.
        MissingExtraError: lxml or trafilatura is not installed.
    """
    for package in ("lxml", "trafilatura"):
        if find_spec(package) is None:
            raise MissingExtraError(
                f'reading HTML needs {package}; install it with: pip install "readout-diff[formats]"'
            )
    from lxml import etree, html  # type: ignore[import-untyped]

    text = decode(data, name, encoding or _declared(data))
    check_source(text, name)
    try:
        tree = html.fromstring(re.sub(r"^\s*+<\?xml[^>]*\?>", "", text))
        if not isinstance(tree.tag, str):
            raise ValueError("nothing but a comment")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise LoadError(
            f"{name} is not a readable HTML page; give a saved page that holds a statement"
        ) from None
    elements = check_tree(tree, name)
    _read_columns(tree)
    blocks = _Page(tree).blocks(_main(tree, _without_boilerplate(text, fast=elements > _MANY)))
    words = sum(word_count(line) for line, _ in blocks)
    if words < _ENOUGH and _WALL.search(tree.text_content() or ""):
        raise LoadError(
            f"{name} looks like a consent wall or a page that needs JavaScript, not a statement;"
            " open it in a browser, save the page and give that file"
        )
    if not blocks:
        raise LoadError(f"{name} holds no text; give a saved page that holds a statement")
    return Document.of(
        "\n\n".join(f"> {line}" if quoted else line for line, quoted in blocks),
        title=_title(tree),
        lang=(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or None),
        issued=_issued(tree),
    )


def _read_columns(tree: Any) -> None:
    """Put the cells of a table that holds texts side by side in the order they are read: down each column."""
    for table in tree.xpath("//table[not(.//table)]"):
        rows = table.xpath(".//tr")
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
        even = len(rows) >= 2 and len(cells[0]) >= 2 and len({len(row) for row in cells}) == 1
        if not even or table.xpath(".//@colspan | .//@rowspan"):
            continue
        # a column of labels may stand beside them
        texts = [cell for row in cells for cell in row[-2:] if word_count(cell.text_content()) >= 20]
        if len(texts) >= 2:
            for position, cell in enumerate(cell for column in zip(*cells, strict=True) for cell in column):
                rows[position // len(cells[0])].append(cell)


def _declared(data: bytes) -> str | None:
    """Return the encoding a page declares, unless the page is valid UTF-8 anyway."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        match = re.search(rb"charset\s*=\s*[\"']?([\w-]{3,20})", data[:4096], re.I)
        if match and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            declared = match[1].decode("ascii").lower()
            return {
                "utf8": None,
                "utf-8": None,
                "iso-8859-1": "cp1252",
                "latin-1": "cp1252",
                "gb2312": "gb18030",
            }.get(declared, declared)
    return None


def _without_boilerplate(text: str, *, fast: bool) -> frozenset[str]:
    """Return the blocks trafilatura takes for the main content, in a form to compare by."""
    import trafilatura

    # target_language is not used: it drops articles that quote another language
    found = trafilatura.extract(
        text,
        output_format="txt",
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        deduplicate=False,
        fast=fast,
    )
    return frozenset(_key(line) for line in (found or "").split("\n") if line.strip())


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()[:60]


def _main(tree: Any, kept: frozenset[str]) -> Any:
    """Choose the element that holds the main content.

    It is the smallest one that holds nearly all running text trafilatura keeps: what trafilatura drops
    inside it (a short paragraph, a heading) is kept, what stands outside is not.
    """
    marked = tree.xpath("//main | //*[@role='main'] | //article | //*[@itemprop='articleBody']")
    candidates: list[tuple[int, int, Any]] = []
    body = tree.find("body") if tree.tag == "html" else tree
    everything = [body if body is not None else tree, *marked, *tree.xpath("//div | //section | //td")]
    page = _Page(tree)
    ranges = [page.range_of(element) for element in everything]
    keys = [_key(line) for line, _ in page.lines]
    ordered = sorted(kept)
    is_kept = {key: _is_kept(key, kept, ordered) for key in set(keys)}
    total = 0
    for element, (start, end) in zip(everything, ranges, strict=True):
        inside = keys[start:end]
        hits = sum(len(key) for key in set(inside) if is_kept[key])
        total = max(total, hits)
        candidates.append((hits, sum(map(len, inside)), element))
    if total == 0:
        return marked[0] if marked else everything[0]
    good = [
        (size, -number, element)
        for number, (hits, size, element) in enumerate(candidates)
        if hits >= 0.95 * total
    ]
    return min(good, key=lambda item: (item[0], item[1]))[2]


def _is_kept(key: str, kept: frozenset[str], ordered: Sequence[str]) -> bool:
    """Tell whether a block is one of those kept, or either begins with the other."""
    if not key:
        return False
    after = bisect_left(ordered, key)
    begins = after < len(ordered) and ordered[after].startswith(key)
    return begins or any(key[:length] in kept for length in range(1, len(key) + 1))


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


class _Page:
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
        if line := _line("".join(run.pieces)):
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
        texts = [_line(one.text_content()) for one in element.xpath(".//p") if self._word_count(one) >= 12]
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
        return label is not None and cues().nouns.search(_line(label.text_content())) is not None
    return element.tag == "blockquote" or _POST.search(_names(element)) is not None


def _names(element: Any) -> str:
    """Return the classes and the identifier of an element, as words."""
    return re.sub(r"[-_]", " ", f"{element.get('class') or ''} {element.get('id') or ''}")


def _line(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip(" ")


def _title(tree: Any) -> str | None:
    for path in ("//meta[@property='og:title']/@content", "//h1//text()", "//title/text()"):
        found = _line(" ".join(tree.xpath(path)[:6]))
        if found:
            return found
    return None


def _issued(tree: Any) -> str | None:
    paths = (
        "//meta[@property='article:published_time']/@content | //meta[@name='date']/@content"
        " | //meta[@name='DC.date.issued']/@content | //meta[@itemprop='datePublished']/@content",
        "//time/@datetime",
    )
    for path in paths:
        for value in tree.xpath(path):
            dated = find_date(str(value)[:10])
            if dated is not None and dated.iso:
                return dated.iso
    return None
