"""One statement, or the statements of an article, from wherever they are kept."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

from readout_diff.errors import LoadError, ReadoutWarning
from readout_diff.loaders.article import Hint, split_article
from readout_diff.loaders.decoding import decode
from readout_diff.loaders.text import read_text
from readout_diff.readout import Readout


def load(
    source: str | Path,
    *,
    party: str | None = None,
    publisher: str | None = None,
    lang: str | None = None,
    title: str | None = None,
    issued: str | None = None,
    encoding: str | None = None,
) -> Readout:
    """Load one statement.

    Args:
        source: Path of a file, or ``-`` for standard input.
        party: Who speaks; taken from a known office in the page header if left out.
        publisher: The office that published it; likewise.
        lang: ISO 639-1 code; identified if left out.
        title: Title of the statement; the page's own if left out.
        issued: Date of issue, ``YYYY-MM-DD``; the page's own if left out.
        encoding: Encoding of a text file, when it is known.

    Returns:
        The statement, without the furniture of its page.

    Raises:
        LoadError: The file cannot be read, or holds no statement.
        UnsupportedLanguageError: `lang` names no language.
    """
    name, data = read_source(source)
    return read_text(
        decode(data, name, encoding), party=party, publisher=publisher, lang=lang, title=title, issued=issued,
        source=name,
    )  # fmt: skip


def load_readouts(
    source: str | Path,
    *,
    lang: str | None = None,
    hints: Sequence[Hint] | None = None,
    publishers: str | Path | None = None,
    encoding: str | None = None,
) -> list[Readout]:
    """Load the statements an article quotes.

    A `ReadoutWarning` names every cut that rests on thin evidence; ``Readout.confidence`` says how thin.

    Args:
        source: Path of the article, or ``-`` for standard input.
        lang: Language the author of the article writes in; identified if left out.
        hints: Cuts to use in place of those found: pairs ``(start, end)`` of half-open code points of the
            article, or mappings with ``start`` and ``end`` and any of ``party``, ``publisher``, ``lang``
            and ``title``.
        publishers: A TOML file of offices that the shipped table does not know.
        encoding: Encoding of a text file, when it is known.

    Returns:
        The statements in source order.

    Raises:
        LoadError: The article cannot be read, or quotes no statement.
        UnsupportedLanguageError: A language given is none.
    """
    name, data = read_source(source)
    split = split_article(
        decode(data, name, encoding), lang=lang, hints=hints, publishers=publishers, source=name
    )
    if not split.statements:
        raise LoadError(
            f"{name}: no quoted statement found; if the whole file is one statement, use load(),"
            " else give the cuts with hints="
        )
    for warning in split.warnings:
        warnings.warn(f"{name}: {warning}", ReadoutWarning, stacklevel=2)
    return list(split.statements)


def read_source(source: str | Path) -> tuple[str, bytes]:
    """Read the bytes of a file or of standard input.

    Returns:
        What to call the source, and its content.

    Raises:
        LoadError: It does not exist, is a folder, or may not be read.
    """
    if str(source) == "-":
        return "standard input", sys.stdin.buffer.read()
    path = Path(source)
    try:
        return str(source), path.read_bytes()
    except FileNotFoundError:
        raise LoadError(
            f"no file {str(source)!r}; give the path of a text, Markdown, HTML, PDF, DOCX or JSON file"
        ) from None
    except IsADirectoryError:
        raise LoadError(f"{str(source)!r} is a folder; give the path of one file in it") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise LoadError(f"cannot read {str(source)!r}: {reason}; give the path of a readable file") from None
