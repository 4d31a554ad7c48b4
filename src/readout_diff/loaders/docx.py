"""Word documents read as text."""

from __future__ import annotations

import io
import zipfile
from importlib.util import find_spec
from typing import Any

from readout_diff.errors import LoadError, MissingExtraError
from readout_diff.loaders.document import Document

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_QUOTES = ("quote", "zitat", "citation", "цитата")
_CAPTIONS = ("caption", "beschriftung", "légende", "legende", "название объекта", "header", "footer")


def read_docx(data: bytes, name: str) -> Document:
    """Read the text of a Word document; paragraphs in a quotation style are marked with ``>``.

    Args:
        data: The file.
        name: What to call it in messages.

    Returns:
        The paragraphs in order, tracked insertions in, tracked deletions, captions, headers and notes out.

    Raises:
        LoadError: Damaged, protected by a password, in the old format, or empty.
        MissingExtraError: python-docx is not installed.
    """
    if find_spec("docx") is None:
        raise MissingExtraError(
            'reading DOCX needs python-docx; install it with: pip install "readout-diff[formats]"'
        )
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise LoadError(f"{name} is protected by a password; save it without one")
        raise LoadError(f"{name} is in the old Word format; save it as DOCX")
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(io.BytesIO(data))
        lines = [
            line for element in document.element.body.iter(_w("p")) if (line := _paragraph(element, document))
        ]
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError, AttributeError):
        raise LoadError(
            f"{name} is damaged or no Word document; open it in a word processor and save it as DOCX"
        ) from None
    if not lines:
        raise LoadError(f"{name} holds no text; give a document that holds a statement")
    return Document.of("\n\n".join(lines))


def _w(tag: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{tag}"


def _paragraph(element: Any, document: Any) -> str:
    from docx.text.paragraph import Paragraph

    paragraph = Paragraph(element, document)
    style = (paragraph.style.name or "").lower() if paragraph.style is not None else ""
    if any(word in style for word in _CAPTIONS):
        return ""
    text = "".join(_run(node, element) for node in element.iter()).strip()
    if not text:
        return ""
    if any(word in style for word in _QUOTES):
        return f"> {text}"
    listed = "list" in style or element.find(f"{_w('pPr')}/{_w('numPr')}") is not None
    return f"- {text}" if listed else text


def _run(node: Any, paragraph: Any) -> str:
    """Return the characters a node stands for, unless it belongs to a paragraph inside this one."""
    tag = node.tag
    if tag == _w("t"):
        owner = next(parent for parent in node.iterancestors() if parent.tag == _w("p"))
        return (node.text or "") if owner is paragraph else ""
    if tag in (_w("tab"), _w("br"), _w("cr")):
        return " "
    return "-" if tag == _w("noBreakHyphen") else ""
