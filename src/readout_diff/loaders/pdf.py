"""PDF files read as text."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import Any

from readout_diff.errors import LoadError, MissingExtraError
from readout_diff.limits import PDF_BYTES, PDF_OPERATIONS, PDF_PAGES, TEXT_CHARACTERS
from readout_diff.loaders.document import Document


def read_pdf(data: bytes, name: str) -> Document:
    """Read the text of a PDF, without running headers, footers and page numbers.

    Args:
        data: The file.
        name: What to call it in messages.

    Returns:
        The text of all pages; title and date in the file's own fields are seldom the statement's.

    Raises:
        LoadError: Damaged, protected by a password, without text (scanned pages), or beyond the limits.
        MissingExtraError: pypdf is not installed.
    """
    if find_spec("pypdf") is None:
        raise MissingExtraError(
            'reading PDF needs pypdf; install it with: pip install "readout-diff[formats]"'
        )
    import pypdf
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it reports every repaired flaw of a file
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise LoadError(f"{name} is protected by a password; save it without one")
        PDF_PAGES.check(len(reader.pages), name)
        pages = list(_texts(reader.pages, name))
    except LoadError:
        raise
    except DependencyError:
        raise LoadError(f"{name} is encrypted; save it without encryption") from None
    except Exception as error:  # pypdf raises whatever a broken file leads it to
        raise LoadError(f"{name} is damaged or no real PDF; open it in a viewer and save it anew") from error
    if not any(re.search(r"\w", page) for page in pages):
        raise LoadError(f"{name} holds no text, only images (a scan); run text recognition (OCR) on it first")
    return Document.of("\n".join(_without_running_lines(pages)))


def _texts(pages: Iterable[Any], name: str) -> Iterator[str]:
    """Yield the text of each page while all of them together stay within the limits."""
    unpacked = characters = operations = 0

    def count(*_: object) -> None:
        nonlocal operations
        operations += 1
        PDF_OPERATIONS.check(operations, name)

    for page in pages:
        content = page.get_contents()
        unpacked += len(content.get_data()) if content is not None else 0
        PDF_BYTES.check(unpacked, name)
        text = page.extract_text(visitor_operand_before=count)
        PDF_OPERATIONS.check(operations, name)  # within a form pypdf takes the error for a flaw of the file
        characters += len(text)
        TEXT_CHARACTERS.check(characters, name)
        yield text


def _without_running_lines(pages: list[str]) -> list[str]:
    """Take off page numbers, and lines that stand at the top or bottom of most pages."""
    split = [[line.rstrip() for line in page.split("\n")] for page in pages]
    edges = Counter(
        key
        for lines in split
        for key in {_running(line) for line in (*lines[:2], *lines[-2:]) if line.strip()}
    )
    common = {key for key, count in edges.items() if len(pages) > 1 and count >= max(2, 0.6 * len(pages))}
    out = []
    for lines in split:
        last = len(lines) - 1
        out.append(
            "\n".join(
                line
                for number, line in enumerate(lines)
                if not (
                    (number < 2 or number > last - 2) and (_running(line) in common or _is_page_number(line))
                )
            )
        )
    return out


def _running(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())


def _is_page_number(line: str) -> bool:
    return (
        re.fullmatch(
            r"\W*((page|seite|p\.|стр\.?|第)\s*)?\d{1,3}(\s*(/|of|von|sur|de|из)\s*\d{1,3})?\s*页?\W*",
            line.strip(),
            re.I,
        )
        is not None
    )
