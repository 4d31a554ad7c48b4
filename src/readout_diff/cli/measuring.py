"""The commands that need annotated pairs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from readout_diff.cli.options import (
    EmbedderOption,
    LinkOrderOption,
    OrderOption,
    PairReaderOption,
    PublishersOption,
    ReaderOption,
    SchemeOption,
)
from readout_diff.cli.output import progress, show
from readout_diff.cli.plugins import embedder_of
from readout_diff.errors import LoadError


def evaluate(
    gold_dir: Annotated[Path, typer.Argument(help="Folder of gold pairs and annotated articles.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    errors: Annotated[Path | None, typer.Option(help="File to write every mistake to, quoted.")] = None,
    scheme: SchemeOption = "diplomacy",
    embedder: EmbedderOption = "bundled",
    reader: PairReaderOption = ReaderOption.bundled,
    publishers: PublishersOption = None,
    order: LinkOrderOption = OrderOption.auto,
) -> None:
    """Measure the results against gold annotation."""
    from readout_diff.evaluation import evaluate as run
    from readout_diff.writing import write_text

    with progress("pairs") as advance:
        result = run(
            gold_dir,
            scheme=scheme,
            embedder=embedder_of(embedder),
            reader=reader.value,
            order=order.value,
            publishers=publishers,
            progress=advance,
        )
    if errors is not None:
        lines = [f"{m.pair}\t{m.figure}\t{m.expected}\t{m.said}\t{m.quote}" for m in result.mistakes]
        write_text(errors, "\n".join(["pair\tfigure\texpected\tsaid\tquote", *lines]) + "\n")
    if as_json:
        print(json.dumps(result.to_dict(), indent=2))
        return
    from readout_diff.render.listings import evaluation_tables

    show(*evaluation_tables(result))


def calibrate(
    gold_dirs: Annotated[list[Path], typer.Argument(help="Folders of gold pairs.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write the parameters to.")],
    embedder: EmbedderOption = "bundled",
) -> None:
    """Fit the linking of passages to annotated pairs, for an embedder of your own."""
    from readout_diff.calibration import calibrate as run
    from readout_diff.writing import write_text

    if not output.parent.is_dir():
        raise LoadError(f"no folder {str(output.parent)!r}; right is -o FILE in a folder that exists")
    with progress("pairs") as advance:
        parameters = run(gold_dirs, embedder=embedder_of(embedder), progress=advance)
    write_text(output, parameters.to_json())
    print(f"{len(parameters.models)} link models fitted; use them with 'compare --alignment {output}'")
