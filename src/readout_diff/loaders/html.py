"""Web pages read as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from readout_diff.errors import LoadError, MissingExtraError
from readout_diff.loaders.dates import find_date
from readout_diff.loaders.decoding import decode
from readout_diff.loaders.document import Document
from readout_diff.loaders.layout import word_count

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
        "aside",
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
_ENOUGH = 30  # words of running text a page with a statement has at least


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
        LoadError: No content: a consent wall, a page that needs JavaScript, an empty page.
        MissingExtraError: lxml or trafilatura is not installed.
    """
    for package in ("lxml", "trafilatura"):
        if find_spec(package) is None:
            raise MissingExtraError(
                f'reading HTML needs {package}; install it with: pip install "readout-diff[formats]"'
            )
    from lxml import etree, html  # type: ignore[import-untyped]

    text = decode(data, name, encoding or _declared(data))
    try:
        tree = html.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise LoadError(
            f"{name} is not a readable HTML page; give a saved page that holds a statement"
        ) from None
    kept = _without_boilerplate(text)
    blocks = [(line, quoted) for line, quoted in _blocks(_main(tree, kept), False) if line]
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


def _without_boilerplate(text: str) -> frozenset[str]:
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
    total = 0
    for element in everything:
        inside = [_key(line) for line, _ in _blocks(element, False) if line]
        hits = sum(
            len(key)
            for key in set(inside)
            if key and any(key.startswith(k) or k.startswith(key) for k in kept if k)
        )
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


def _blocks(element: Any, quoted: bool) -> Iterator[tuple[str, bool]]:
    """Yield the blocks of an element in order, and whether each stands in a block quote."""
    run: list[str] = []
    for kind, value, deeper in _walk(element, quoted):
        if kind == "text":
            run.append(value)
            continue
        yield _line("".join(run)), quoted
        run = []
        if kind == "block":
            assert not isinstance(value, str)
            marker = "- " if value.tag == "li" else ""
            for number, (line, inner) in enumerate(_blocks(value, deeper)):
                yield (marker if not number and line else "") + line, inner
    yield _line("".join(run)), quoted


def _walk(element: Any, quoted: bool) -> Iterator[tuple[str, Any, bool]]:
    """Yield ("text", string), ("block", element) or ("break", "") for the content of an element."""
    if element.text:
        yield "text", element.text, quoted
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else None
        if quoted and tag in ("cite", "footer"):  # who is quoted is no part of the quotation
            yield "block", child, False
        elif tag is None or tag in _SKIPPED or _is_furniture(child):
            pass
        elif tag == "br":
            yield "break", "", quoted
        elif tag in _BLOCKS:
            yield "block", child, quoted or tag == "blockquote"
        else:
            yield from _walk(child, quoted)
        if child.tail:
            yield "text", child.tail, quoted


def _is_furniture(element: Any) -> bool:
    """Tell whether an element is hidden, or short and by its class a menu, a caption or the like."""
    if (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style") or "")
    ):
        return True
    if element.get("role") in {
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "complementary",
        "dialog",
        "alert",
    }:
        return True
    names = re.sub(r"[-_]", " ", f"{element.get('class') or ''} {element.get('id') or ''}")
    return bool(_FURNITURE.search(names)) and word_count(element.text_content()) < 60


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
