"""One statement, or the statements of an article, from wherever they are kept."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readout_diff.errors import LoadError, ReadoutWarning, UnknownComponentError
from readout_diff.language import prepare_identifier
from readout_diff.limits import FILE_BYTES
from readout_diff.readout import Readout

# the readers are imported when something is read: `import readout_diff` stays fast
if TYPE_CHECKING:
    from readout_diff.loaders.article import ArticleSplit, Hint
    from readout_diff.loaders.document import Document

TIMEOUT = 20.0  # seconds to wait for a web page


@dataclass(frozen=True, slots=True)
class _Source:
    """Content with its name, its format and the encoding a server names."""

    name: str
    data: bytes
    kind: str
    encoding: str | None


def load(
    source: str | Path,
    *,
    party: str | None = None,
    publisher: str | None = None,
    lang: str | None = None,
    title: str | None = None,
    issued: str | None = None,
    format: str | None = None,
    encoding: str | None = None,
    timeout: float = TIMEOUT,
    allow_private: bool = False,
) -> Readout:
    """Load one statement.

    Args:
        source: Path of a file, ``-`` for standard input, or a web address.
        party: Who speaks; taken from a known office in the page header if left out.
        publisher: The office that published it; likewise.
        lang: ISO 639-1 code; identified if left out.
        title: Title of the statement; the page's own if left out.
        issued: Date of issue, ``YYYY-MM-DD``; the page's own if left out.
        format: One of text, markdown, html, pdf, docx, json; recognised if left out.
        encoding: Encoding of a text file, when it is known.
        timeout: Seconds to wait for a web page.
        allow_private: Also fetch from addresses that are not public.

    Returns:
        The statement, without the furniture of its page.

    Raises:
        LoadError: It cannot be read, or holds no statement.
        UnsupportedLanguageError: `lang` names no language.
        UnknownComponentError: `format` names none.
        MissingExtraError: The format needs a package that is not installed.
    """
    from readout_diff.loaders.text import read_statement

    found = _open(source, format, encoding, timeout, allow_private)
    given: dict[str, Any] = {
        "party": party,
        "publisher": publisher,
        "lang": lang,
        "title": title,
        "issued": issued,
    }
    if found.kind == "json":
        records = _records(found)
        if len(records) != 1:
            raise LoadError(
                f"{found.name} holds {len(records)} statements; use load_readouts(), or give a file of one"
            )
        return _from_record(records[0], found.name, given)
    return read_statement(_document(found), source=found.name, **given)


def load_readouts(
    source: str | Path,
    *,
    lang: str | None = None,
    hints: Sequence[Hint] | None = None,
    publishers: str | Path | None = None,
    format: str | None = None,
    encoding: str | None = None,
    timeout: float = TIMEOUT,
    allow_private: bool = False,
) -> list[Readout]:
    """Load the statements an article quotes.

    A `ReadoutWarning` names every cut that rests on thin evidence; ``Readout.confidence`` says how thin.
    A JSON file gives its records as they are.

    Args:
        source: Path of the article, ``-`` for standard input, or a web address.
        lang: Language the author of the article writes in; identified if left out.
        hints: Cuts to use in place of those found: pairs ``(start, end)`` of half-open code points of the
            article, or mappings with ``start`` and ``end`` and any of ``party``, ``publisher``, ``lang``
            and ``title``. A cut that was found keeps what was found of it where the hint says nothing.
        publishers: A TOML file of offices that the shipped table does not know.
        format: One of text, markdown, html, pdf, docx, json; recognised if left out.
        encoding: Encoding of a text file, when it is known.
        timeout: Seconds to wait for a web page.
        allow_private: Also fetch from addresses that are not public.

    Returns:
        The statements in source order.

    Raises:
        LoadError: It cannot be read, or quotes no statement.
        UnsupportedLanguageError: A language given is none.
        UnknownComponentError: `format` names none.
        MissingExtraError: The format needs a package that is not installed.
    """
    split = load_article(
        source,
        lang=lang,
        hints=hints,
        publishers=publishers,
        format=format,
        encoding=encoding,
        timeout=timeout,
        allow_private=allow_private,
    )
    for warning in split.warnings:
        warnings.warn(f"{name_of(source)}: {warning}", ReadoutWarning, stacklevel=2)
    return list(split.statements)


def load_article(
    source: str | Path,
    *,
    lang: str | None = None,
    hints: Sequence[Hint] | None = None,
    publishers: str | Path | None = None,
    format: str | None = None,
    encoding: str | None = None,
    timeout: float = TIMEOUT,
    allow_private: bool = False,
) -> ArticleSplit:
    """Load the statements an article quotes, those it reports missing, and what is doubtful.

    `load_readouts` documents the arguments and what is raised; here nothing warns.

    Returns:
        The split of the article; a JSON file gives its records as they are.
    """
    from readout_diff.loaders.article import ArticleSplit, split_document

    found = _open(source, format, encoding, timeout, allow_private)
    if found.kind == "json":
        records = _records(found)
        statements = tuple(_from_record(record, found.name, {}) for record in records)
        return ArticleSplit(statements, (), (), None)
    prepare_identifier()
    document = _document(found)
    split = split_document(document, lang=lang, hints=hints, publishers=publishers, source=found.name)
    if not split.statements:
        raise LoadError(f"{found.name}: no quoted statement found{_what_there_is(document, split)}")
    return split


def _what_there_is(document: Document, split: ArticleSplit) -> str:
    """Say what a user may look at where no statement was found."""
    from readout_diff.loaders.doubts import brief
    from readout_diff.loaders.quotes import longest_quotations

    quoted = longest_quotations(document.source, most=3, shortest=80)
    places = [f"{m.start() + 1}-{m.end() - 1} ({brief(' '.join(m[0][1:-1].split()))!r})" for m in quoted]
    return "".join(
        [
            *(f"; {warning}" for warning in split.warnings),
            "; if the whole file is one statement, use load(), else give the cuts with hints=",
            f"; the longest in quotation marks: {', '.join(places)}" if places else "",
        ]
    )


def name_of(source: str | Path) -> str:
    """Return what messages call a source."""
    return "standard input" if str(source) == "-" else str(source)


def read_article(
    source: str | Path,
    *,
    format: str | None = None,
    encoding: str | None = None,
    timeout: float = TIMEOUT,
    allow_private: bool = False,
) -> Document:
    """Read an article without splitting it; hints and spans refer to ``Document.source``.

    Args:
        source: Path of the article, ``-`` for standard input, or a web address.
        format: One of text, markdown, html, pdf, docx; recognised if left out.
        encoding: Encoding of a text file, when it is known.
        timeout: Seconds to wait for a web page.
        allow_private: Also fetch from addresses that are not public.

    Returns:
        The article, for `split_document`.

    Raises:
        LoadError: It cannot be read, or holds records of statements rather than an article.
        UnknownComponentError: `format` names none.
        MissingExtraError: The format needs a package that is not installed.
    """
    found = _open(source, format, encoding, timeout, allow_private)
    if found.kind == "json":
        raise LoadError(f"{found.name} holds records, no article; use load_readouts()")
    return _document(found)


def _document(found: _Source) -> Document:
    from readout_diff.loaders.formats import read_document

    return read_document(found.data, found.name, found.kind, found.encoding)


def _records(found: _Source) -> list[dict[str, Any]]:
    from readout_diff.loaders.decoding import decode
    from readout_diff.loaders.records import read_records

    return read_records(decode(found.data, found.name, found.encoding), found.name)


def _open(
    source: str | Path, format: str | None, encoding: str | None, timeout: float, allow_private: bool
) -> _Source:
    from readout_diff.loaders.formats import FORMATS, find_format

    if format is not None and format not in FORMATS:
        raise UnknownComponentError.of("format", format, FORMATS)
    if isinstance(source, str) and re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+://", source):
        from readout_diff.loaders.url import fetch

        page = fetch(source, timeout=timeout, allow_private=allow_private)
        kind = format or find_format(page.body, page.url, page.media_type)
        return _Source(page.url, page.body, kind, encoding or page.encoding)
    name, data = read_source(source)
    if not data.strip(b" \t\r\n\x00"):
        raise LoadError(f"{name} is empty; give a file that holds a statement")
    return _Source(name, data, format or find_format(data, name), encoding)


def _from_record(record: Mapping[str, Any], name: str, given: Mapping[str, Any]) -> Readout:
    from readout_diff.loaders.text import read_text

    fields = {key: record.get(key) for key in ("id", "party", "publisher", "lang", "title", "issued")}
    fields |= {key: value for key, value in given.items() if value is not None}
    readout = read_text(record["text"], source=record.get("source") or name, clean=False, **fields)
    return replace(
        readout,
        translated_from=record.get("translated_from"),
        translation_credit=record.get("translation_credit"),
    )


def read_source(source: str | Path) -> tuple[str, bytes]:
    """Read the bytes of a file or of standard input.

    Returns:
        What to call the source, and its content.

    Raises:
        LoadError: It does not exist, is a folder, is too large, or may not be read.
    """
    if str(source) == "-":
        data = sys.stdin.buffer.read(FILE_BYTES.most + 1)
        FILE_BYTES.check(len(data), "standard input")
        return "standard input", data
    path = Path(source)
    try:
        with path.open("rb") as file:  # read in one go to a bound: a device or a pipe has no size to ask for
            data = file.read(FILE_BYTES.most + 1)
        FILE_BYTES.check(max(len(data), path.stat().st_size), str(source))
        return str(source), data
    except FileNotFoundError:
        raise LoadError(
            f"no file {str(source)!r}; give the path of a text, Markdown, HTML, PDF, DOCX or JSON file"
        ) from None
    except IsADirectoryError:
        raise LoadError(f"{str(source)!r} is a folder; give the path of one file in it") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise LoadError(f"cannot read {str(source)!r}: {reason}; give the path of a readable file") from None
