"""Whether a web page is small enough to be parsed."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from readout_diff.limits import (
    HTML_ATTRIBUTES,
    HTML_CHARACTERS,
    HTML_DEPTH,
    HTML_ELEMENTS,
    HTML_TAG_ATTRIBUTES,
)

_ATTRIBUTE = re.compile(r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+)?)?""")
_TAG = re.compile(
    rf"<!--.*?(?:-->|\Z)|<(?P<name>[a-z][^\s/>]*+)(?P<attributes>(?:[\s/]++|{_ATTRIBUTE.pattern})*+)",
    re.I | re.S,
)
# Elements in which a "<" opens nothing
_RAW = frozenset(["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"])


def check_source(text: str, name: str) -> None:
    """Refuse a page that a parser would take minutes for, by going over its tags.

    The parser compares each attribute of a tag with all before it, and elements cost hundreds of times
    the bytes of their tags.

    Args:
        text: The page.
        name: What to call it in messages.

    Raises:
        LoadError: It is beyond the limits on HTML.
    """
    HTML_CHARACTERS.check(len(text), name)
    elements = attributes = position = 0
    while match := _TAG.search(text, position):
        position = match.end()
        if match["name"] is None:
            continue
        elements += 1
        HTML_ELEMENTS.check(elements, name)
        own = len(_ATTRIBUTE.findall(match["attributes"]))
        attributes += own
        HTML_TAG_ATTRIBUTES.check(own, name)
        HTML_ATTRIBUTES.check(attributes, name)
        if (raw := match["name"].lower()) in _RAW:
            closed = _end_of(raw).search(text, position)
            position = closed.start() if closed else len(text)


@cache
def _end_of(raw: str) -> re.Pattern[str]:
    return re.compile(rf"</{raw}[\s/>]", re.I)


def check_tree(tree: Any, name: str) -> int:
    """Refuse a page of more elements, or nested more deeply, than the limits; return how many there are.

    The parser leaves out what is nested more deeply than 255 levels; half a page is no statement.
    """
    from lxml import etree  # type: ignore[import-untyped]

    depth = deepest = elements = 0
    for one in tree.xpath("/*"):  # a damaged page may have two roots
        for event, _ in etree.iterwalk(one, events=("start", "end")):
            if event == "end":
                depth -= 1
                continue
            depth += 1
            elements += 1
            deepest = max(deepest, depth)
    HTML_DEPTH.check(deepest, name)
    HTML_ELEMENTS.check(elements, name)
    return elements
