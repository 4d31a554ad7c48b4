"""Markdown read as text."""

from __future__ import annotations

import re

from readout_diff.loaders.document import Document
from readout_diff.loaders.frontmatter import read_front
from readout_diff.loaders.italics import mark_italics
from readout_diff.loaders.traced import Traced, concat

# An unclosed mark is not looked for to the end of the text, again from every mark that opens
_SHORT, _SOME = "{0,1000}", "{1,1000}"
# What to take off, and which group of it to keep.
_MARKUP = tuple(
    re.compile(form, re.M | re.S)
    for form in (
        r"<!--.{0,300}?-->",
        r"^ {0,3}(?:```|~~~)[^\n]*$",
        r"^ {0,3}\[[^\[\]\n]+\]:[^\n]*$",  # link targets
        r"^ {0,3}(?:[-*_] *){3,}$",  # rules
        rf"!\[[^\[\]\n]{_SHORT}\]\([^)\n]{_SHORT}\)",  # images
        rf"\[(?P<keep>[^\[\]\n]{_SOME})\](?:\([^)\n]{_SHORT}\)|\[[^\[\]\n]{_SHORT}\])",  # links
        rf"<(?P<keep>https?://[^>\s]{_SOME})>",
        rf"</?[a-zA-Z][^>\n]{_SHORT}>",
        r"^(?P<keep>(?: {0,3}>){0,20} {0,3})#{1,6} +",  # headings
        r"^ {0,3}(?:=+|-{2,}) *$",  # underlined headings
        r"(?<!\w)(?P<mark>\*{1,3}|_{1,3})(?=\S)(?P<keep>[^\n]{0,1000}?\S)(?P=mark)(?!\w)",  # emphasis
        rf"(?<!`)`{{1,3}}(?P<keep>[^`\n]{_SOME})`{{1,3}}",
        r"\\(?P<keep>[\\`*_{}\[\]()#+.!>~-])",
        rf"\[\^[^\[\]\n]{_SOME}\]",  # footnotes
    )
)


def read_markdown(text: str) -> Document:
    """Take the markup off a Markdown file; block quotes keep their mark, which sets a statement apart.

    Args:
        text: The file; a front matter may give title, lang, date, party and publisher.

    Returns:
        A document whose offsets refer to the file as it stands.

    Example:
        >>> read_markdown("# Call\\n\\nThey **spoke** [today](http://x.example).").traced.text
        'Call\\n\\nThey spoke today.'
    """
    traced = Traced.of(text)
    about, end = read_front(traced.text)
    traced = mark_italics(traced.cut(end, len(traced.text)))
    for form in _MARKUP:
        traced = _take_off(traced, form)
    return Document.of(text).about(about, traced.strip())


def _take_off(traced: Traced, form: re.Pattern[str]) -> Traced:
    pieces, last = [], 0
    for match in form.finditer(traced.text):
        start, end = match.span("keep") if "keep" in form.groupindex else (match.end(), match.end())
        pieces += [traced.cut(last, match.start()), traced.cut(start, end)]
        last = match.end()
    return concat([*pieces, traced.cut(last, len(traced.text))]) if pieces else traced
