"""The commands that compare two statements."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Annotated

import typer

from readout_diff.cli.options import (
    DeviceOption,
    EmbedderBackendOption,
    EmbedderOption,
    FindingOption,
    FormatOption,
    LinkOrderOption,
    OrderOption,
    OutputOption,
    PairReaderOption,
    ReaderOption,
    SchemeOption,
    ThreadsOption,
)
from readout_diff.cli.output import check_output, put, working
from readout_diff.cli.plugins import embedder_of, plugin
from readout_diff.errors import ReadoutWarning, UnknownComponentError
from readout_diff.language import prepare_identifier
from readout_diff.threads import set_threads


def demo(output: OutputOption = None, format: FormatOption = None) -> None:
    """Compare the White House's and the Kremlin's account in the article that comes with the package."""
    prepare_identifier()  # beside the imports
    from readout_diff.comparison import compare
    from readout_diff.loaders import load_readouts
    from readout_diff.seed import seed_article

    first, second = load_readouts(seed_article())[:2]
    check_output(output, format)
    with working("comparing the two accounts of 7 December 2021"):
        comparison = compare(first, second)
    put(comparison, output, format)


def compare_command(
    a: Annotated[
        str, typer.Argument(metavar="A", help="The first statement: a file, a web address, or - for stdin.")
    ],
    b: Annotated[str, typer.Argument(metavar="B", help="The second statement, likewise.")],
    output: OutputOption = None,
    format: FormatOption = None,
    scheme: SchemeOption = "diplomacy",
    embedder: EmbedderOption = "bundled",
    backend: EmbedderBackendOption = None,
    device: DeviceOption = None,
    reader: PairReaderOption = ReaderOption.bundled,
    threads: ThreadsOption = None,
    order: LinkOrderOption = OrderOption.auto,
    lang_a: Annotated[
        str | None, typer.Option(help="Language of the first, such as en; identified if left out.")
    ] = None,
    lang_b: Annotated[str | None, typer.Option(help="Language of the second.")] = None,
    party_a: Annotated[
        str | None, typer.Option(help="Who gives the first account, such as France: its name in the report.")
    ] = None,
    party_b: Annotated[str | None, typer.Option(help="Who gives the second account.")] = None,
    alignment: Annotated[
        Path | None, typer.Option(help="Parameters that 'readout-diff calibrate' fitted for the embedder.")
    ] = None,
    loader_a: Annotated[str | None, typer.Option(help="Plug-in that reads the first.")] = None,
    loader_b: Annotated[str | None, typer.Option(help="Plug-in that reads the second.")] = None,
    segmenter: Annotated[str | None, typer.Option(help="Plug-in that splits into passages.")] = None,
    tagger: Annotated[str | None, typer.Option(help="Plug-in that tags passages with topics.")] = None,
    aligner: Annotated[str | None, typer.Option(help="Plug-in that links passages.")] = None,
    fail_on: Annotated[
        list[FindingOption] | None, typer.Option(help="Exit with 1 if there is a finding of this kind.")
    ] = None,
) -> None:
    """Compare two statements about one event."""
    from readout_diff.comparison import compare
    from readout_diff.loaders import load

    check_output(output, format)
    if threads is not None:
        set_threads(threads)
    if alignment and aligner:
        raise UnknownComponentError("--alignment and --aligner exclude each other; right is one of them")
    read_a = plugin("loader", loader_a) if loader_a else load
    read_b = plugin("loader", loader_b) if loader_b else load
    first = read_a(a, party=party_a, lang=lang_a)
    second = read_b(b, party=party_b, lang=lang_b)
    if first.text == second.text:
        warnings.warn(
            "both statements are the same text; right is one of each side", ReadoutWarning, stacklevel=1
        )
    with working("comparing the two texts"):
        comparison = compare(
            first,
            second,
            scheme=scheme,
            embedder=embedder_of(embedder, backend.value if backend else None, device),
            reader=reader.value,
            order=order.value,
            segmenter=plugin("segmenter", segmenter) if segmenter else None,
            tagger=plugin("tagger", tagger) if tagger else None,
            aligner=plugin("aligner", aligner) if aligner else alignment,
        )
    put(comparison, output, format)
    wanted = {kind.value for kind in fail_on or ()}
    if any(finding.kind in wanted for finding in comparison.differences):
        raise typer.Exit(1)
