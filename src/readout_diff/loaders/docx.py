"""Word documents read as text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from itertools import islice
from typing import Any

from readout_diff.errors import LoadError, MissingExtraError
from readout_diff.limits import DOCX_BYTES, DOCX_ELEMENTS, DOCX_PARTS, DOCX_XML_BYTES
from readout_diff.loaders.document import Document

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_QUOTES = ("quote", "zitat", "citation", "цитата")
_CAPTIONS = ("caption", "beschriftung", "légende", "legende", "название объекта", "header", "footer")


def _w(tag: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{tag}"


# Elements that stand for characters; text (t) stands for its own.
_RUNS = {_w("t"): "", _w("tab"): " ", _w("br"): " ", _w("cr"): " ", _w("noBreakHyphen"): "-"}


def read_docx(data: bytes, name: str) -> Document:
    """Read the text of a Word document; paragraphs in a quotation style are marked with ``>``.

    Args:
        data: The file.
        name: What to call it in messages.

    Returns:
        The paragraphs in order, tracked insertions in, tracked deletions, captions, headers and notes out.

    Raises:
        LoadError: Damaged, protected by a password, in the old format, empty, or beyond the limits on DOCX.
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

    try:
        _check_size(data, name)
        document = docx.Document(io.BytesIO(data))
        lines = _lines(document, name)
    except LoadError:
        raise
    except Exception as error:  # python-docx, zipfile and lxml raise whatever a broken file leads them to
        raise LoadError(
            f"{name} is damaged or no Word document; open it in a word processor and save it as DOCX"
        ) from error
    if not lines:
        raise LoadError(f"{name} holds no text; give a document that holds a statement")
    return Document.of("\n\n".join(lines))


def _check_size(data: bytes, name: str) -> None:
    """Refuse an archive that unpacks to more than the limits, before anything of it is unpacked.

    What is read of a part never exceeds the size its header declares.
    """
    DOCX_PARTS.check(data.count(b"PK\x01\x02"), name)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    DOCX_BYTES.check(sum(part.file_size for part in parts), name)
    xml = (part.file_size for part in parts if part.filename.lower().endswith((".xml", ".rels")))
    DOCX_XML_BYTES.check(max(xml, default=0), name)


def _lines(document: Any, name: str) -> list[str]:
    """Return the paragraphs that are not empty; one inside another (a text box) stands for itself."""
    from lxml import etree  # type: ignore[import-untyped]

    body = document.element.body
    DOCX_ELEMENTS.check(sum(1 for _ in islice(body.iter(), DOCX_ELEMENTS.most + 1)), name)
    found: list[tuple[Any, list[str]]] = []
    inside: list[list[str]] = []
    for event, node in etree.iterwalk(body, events=("start", "end"), tag=(_w("p"), *_RUNS)):
        if node.tag == _w("p") and event == "start":
            inside.append([])
            found.append((node, inside[-1]))
        elif node.tag == _w("p"):
            inside.pop()
        elif event == "start" and inside:
            inside[-1].append((node.text or "") if node.tag == _w("t") else _RUNS[node.tag])
    styles = _styles(document)
    return [line for element, runs in found if (line := _line(element, runs, styles))]


def _line(element: Any, runs: Iterable[str], styles: Mapping[str | None, str]) -> str:
    text = "".join(runs).strip()
    if not text:
        return ""
    style = styles.get(element.style, styles[None])
    if any(word in style for word in _CAPTIONS):
        return ""
    if any(word in style for word in _QUOTES):
        return f"> {text}"
    listed = "list" in style or element.find(f"{_w('pPr')}/{_w('numPr')}") is not None
    return f"- {text}" if listed else text


def _styles(document: Any) -> dict[str | None, str]:
    """Return the names of the paragraph styles by identifier; under None that of an unstyled paragraph."""
    from docx.enum.style import WD_STYLE_TYPE

    default = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    names: dict[str | None, str] = {None: (default.name or "").lower() if default is not None else ""}
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH:
            names.setdefault(style.style_id, (style.name or "").lower())
    return names
