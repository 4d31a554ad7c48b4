"""Which format a file is in."""

from __future__ import annotations

import json
import re
import warnings
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import PurePath

from readout_diff.errors import LoadError, ReadoutWarning
from readout_diff.limits import JSON_BYTES, TEXT_CHARACTERS
from readout_diff.loaders.decoding import decode
from readout_diff.loaders.document import Document
from readout_diff.loaders.frontmatter import is_front, read_front

FORMATS = ("text", "markdown", "html", "pdf", "docx", "json")
_BY_SUFFIX = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
}
_BY_MEDIA_TYPE = {
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/json": "json",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
_HTML = re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.I | re.S)


def find_format(data: bytes, name: str, media_type: str = "") -> str:
    """Tell the format of a file from its content, and from its name where the content does not tell.

    A `ReadoutWarning` says so where the two disagree.

    Args:
        data: Content.
        name: Path or address.
        media_type: What a server says it is.

    Returns:
        One of `FORMATS`.

    Raises:
        LoadError: A file of a kind that holds no statement.
    """
    suffix = PurePath(name.split("?")[0]).suffix.lower()
    named = _BY_SUFFIX.get(suffix) or _BY_MEDIA_TYPE.get(media_type)
    found = _by_content(data, name, named)
    if found is None:
        if named in ("pdf", "docx"):
            found = "html" if _HTML.match(data[:2000]) else "text"
        else:
            return named or "text"
    if named is not None and found != named and (named, found) != ("text", "markdown"):
        warnings.warn(f"{name} is {found}, not {named}; read as {found}", ReadoutWarning, stacklevel=3)
    return found


def _by_content(data: bytes, name: str, named: str | None) -> str | None:
    head = data[:1024].lstrip()
    if head.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _office(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "docx"  # old or encrypted; its reader says which
    if _HTML.match(data[:4000].removeprefix(b"\xef\xbb\xbf")):
        return "html"
    if named is None and head[:1] in (b"{", b"[") and len(data) <= JSON_BYTES.most:
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            return None
        return "json" if isinstance(value, dict | list) else None
    return None


def _office(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError):  # the latter for a version no archive has yet
        raise LoadError(
            f"{name} is a damaged archive or document; give a DOCX that opens in a word processor"
        ) from None
    if "word/document.xml" in names:
        return "docx"
    raise LoadError(f"{name} is an archive or a document of another kind; save it as DOCX, PDF or text")


def read_document(data: bytes, name: str, kind: str, encoding: str | None = None) -> Document:
    """Read a file of a known format (any but JSON, which holds records)."""
    from readout_diff.loaders.docx import read_docx
    from readout_diff.loaders.html import read_html
    from readout_diff.loaders.markdown import read_markdown
    from readout_diff.loaders.pdf import read_pdf

    if kind == "pdf":
        return read_pdf(data, name)
    if kind == "docx":
        return read_docx(data, name)
    if kind == "html":
        return read_html(data, name, encoding)
    text = decode(data, name, encoding)
    TEXT_CHARACTERS.check(len(text), name)
    if kind == "markdown":
        return read_markdown(text)
    document = Document.of(text)
    if not is_front(document.traced.text):
        return document
    front, end = read_front(document.traced.text)
    below = document.traced.cut(end, len(document.traced.text)).strip()
    return replace(document.about(front, below), verbatim=True)
