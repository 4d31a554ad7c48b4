"""The command that splits an article into the statements it quotes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readout_diff.cli.output import show
from readout_diff.errors import LoadError

if TYPE_CHECKING:
    from readout_diff.readout import Readout


def extract(
    article: Annotated[
        str, typer.Argument(help="A composite article: a file, a web address, or - for stdin.")
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder to write a file a statement into.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    publishers: Annotated[Path | None, typer.Option(help="TOML file of offices of your own.")] = None,
    lang: Annotated[str | None, typer.Option(help="Language the article is written in.")] = None,
) -> None:
    """Split an article into the statements it quotes."""
    from readout_diff.loaders import load_readouts

    readouts = load_readouts(article, lang=lang, publishers=publishers)
    if output is not None:
        _write_statements(readouts, output)
    if as_json:
        from readout_diff.render.json import readout_to_dict

        print(json.dumps([readout_to_dict(r) for r in readouts], ensure_ascii=False, indent=2))
    else:
        from readout_diff.render.listings import statements_table

        show(statements_table(readouts))


def _write_statements(readouts: list[Readout], folder: Path) -> None:
    """Write a text file a statement, numbered in source order."""
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
            folder / f"{number:02}-{name[:40].strip('-')}-{readout.lang or 'und'}.txt", readout.text + "\n"
        )
