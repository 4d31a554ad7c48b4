"""Web pages read as text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from readout_diff.errors import LoadError, MissingExtraError
from readout_diff.loaders.dates import find_date
from readout_diff.loaders.decoding import decode
from readout_diff.loaders.document import Document
from readout_diff.loaders.htmlblocks import Page, line_of
from readout_diff.loaders.htmlsize import check_source, check_tree
from readout_diff.loaders.layout import word_count

_WALL = re.compile(
    r"cookies?|consent|einwilligung|zustimmen|datenschutz|javascript|captcha|are you (a )?(human|robot)"
    r"|checking your browser|accepter|согласи|subscribe to (continue|read)|log in to|anmelden um|enable js"
    r"|403 forbidden|access denied",
    re.I,
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
    blocks = Page(tree).blocks(_main(tree, _without_boilerplate(text, fast=elements > _MANY)))
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
    page = Page(tree)
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


def _title(tree: Any) -> str | None:
    for path in ("//meta[@property='og:title']/@content", "//h1//text()", "//title/text()"):
        found = line_of(" ".join(tree.xpath(path)[:6]))
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
