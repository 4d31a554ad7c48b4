"""The command that splits an article into the statements it quotes."""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readout_diff.cli.options import PublishersOption
from readout_diff.cli.output import show, tell_written
from readout_diff.errors import LoadError, ReadoutWarning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readout_diff.loaders.article import ArticleSplit
    from readout_diff.readout import Readout


def extract(
    article: Annotated[
        str, typer.Argument(help="A composite article: a file, a web address, or - for stdin.")
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder to write a file a statement into.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    publishers: PublishersOption = None,
    lang: Annotated[str | None, typer.Option(help="Language the article is written in.")] = None,
    hint: Annotated[
        list[str] | None,
        typer.Option(
            help="A cut in place of those found: START-END, then ,party= ,publisher= ,lang= ,title=;"
            " once a statement."
        ),
    ] = None,
    interactive: Annotated[
        bool, typer.Option("--interactive", help="Show the cuts and ask for changes first.")
    ] = False,
) -> None:
    """Split an article into the statements it quotes."""
    from readout_diff.cli.hinting import as_options, read_hint
    from readout_diff.loaders import load_article

    hints: Sequence[dict[str, Any]] | None = [read_hint(text) for text in hint] if hint else None
    if interactive:
        split, hints = _agreed(article, lang, publishers, hints)
    else:
        split = load_article(article, lang=lang, hints=hints, publishers=publishers)
    for warning in split.warnings:
        warnings.warn(f"{article}: {warning}", ReadoutWarning, stacklevel=1)
    if output is not None:
        _write_statements(split.statements, output)
    if as_json:
        from readout_diff.render.json import readout_to_dict

        print(json.dumps([readout_to_dict(r) for r in split.statements], ensure_ascii=False, indent=2))
    else:
        from readout_diff.render.listings import absences_table, statements_table

        tables = [statements_table(split.statements)]
        show(*tables, *([absences_table(split.absent)] if split.absent else []))
    if output is not None:
        count = len(split.statements)
        tell_written(f"wrote {count} file{'' if count == 1 else 's'} into {str(output)!r}")
    if interactive and hints is not None:
        print(f"readout-diff: the same again with {as_options(hints)}", file=sys.stderr)


def _agreed(
    article: str, lang: str | None, publishers: Path | None, hints: Sequence[dict[str, Any]] | None
) -> tuple[ArticleSplit, Sequence[dict[str, Any]] | None]:
    """Let the user change the cuts; return the split they agree on, with the cuts if any was changed."""
    from readout_diff.cli.dialogue import Dialogue, QuitError
    from readout_diff.loaders import read_article
    from readout_diff.loaders.article import split_document

    if article == "-":
        raise LoadError("--interactive reads your answers from standard input; give the article as a file")
    document = read_article(article)
    found = split_document(document, lang=lang, hints=hints, publishers=publishers, source=article)
    dialogue = Dialogue(document, found.statements, found.warnings)
    before = [dict(cut) for cut in dialogue.hints]
    try:
        agreed = dialogue.run(_ask, lambda text: print(text, file=sys.stderr))
    except QuitError:
        raise typer.Abort from None
    if agreed == before:
        return found, hints
    split = split_document(document, lang=lang, hints=agreed, publishers=publishers, source=article)
    if not split.statements:
        raise LoadError(f"{article}: every statement was dropped; 'add' makes one")
    return split, agreed


def _ask(prompt: str) -> str:
    """Ask on stderr, so that what is piped on holds the result alone."""
    print(prompt, end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


def _write_statements(readouts: Sequence[Readout], folder: Path) -> None:
    """Write a text file a statement, numbered in source order, with what `load` reads back above it."""
    from readout_diff.loaders.frontmatter import write_front
    from readout_diff.writing import write_text

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LoadError(
            f"cannot make the folder {str(folder)!r} ({error.strerror}); right is another one"
        ) from error
    for number, readout in enumerate(readouts, start=1):
        name = "".join(c if c.isalnum() else "-" for c in (readout.publisher or "statement").lower())
        write_text(
            folder / f"{number:02}-{name[:40].strip('-')}-{readout.lang or 'und'}.txt",
            write_front(readout) + readout.text + "\n",
        )
