"""The commands that show what is there to compare with."""

from __future__ import annotations

from typing import Annotated

import typer

from readout_diff.cli.options import SchemeOption
from readout_diff.cli.output import show


def topics(scheme: SchemeOption = "diplomacy") -> None:
    """Show a topic scheme, or check one of your own."""
    from readout_diff.render.listings import scheme_table
    from readout_diff.topics.scheme import load_scheme

    show(scheme_table(load_scheme(scheme)))


def models(
    install: Annotated[
        list[str] | None,
        typer.Option(help="Download spaCy's official small pipeline of this language; may be repeated."),
    ] = None,
    languages: Annotated[
        list[str] | None, typer.Argument(help="Language codes; those with cues if left out.")
    ] = None,
) -> None:
    """Show which language pipelines and embedding models are installed and used."""
    from readout_diff.pipelines import install_pipelines
    from readout_diff.render.listings import embedders_table, pipelines_table
    from readout_diff.topics.scheme import load_scheme

    if install:
        wanted = [*install, *(languages or ())]
        install_pipelines(wanted)
        # A new process: this one has already looked at what is installed.
        print(f"installed: {', '.join(wanted)}; 'readout-diff models' shows what is in use")
        return
    show(pipelines_table(languages or load_scheme().languages), embedders_table())
