"""The options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """The ways a comparison can be written."""

    terminal = "terminal"
    html = "html"
    json = "json"
    md = "md"
    csv = "csv"
    xlsx = "xlsx"


class ReaderOption(StrEnum):
    """Who reads doubtful pairs once more."""

    bundled = "bundled"
    none = "none"


class OrderOption(StrEnum):
    """Whether links may cross."""

    auto = "auto"
    free = "free"
    monotone = "monotone"


class FindingOption(StrEnum):
    """The kinds of finding a caller can fail on."""

    one_sided = "one_sided"
    denied = "denied"
    conflict = "conflict"
    emphasis = "emphasis"
    order = "order"


class Engine(StrEnum):
    """Where many pairs are compared."""

    local = "local"
    dask = "dask"


class BackendOption(StrEnum):
    """What runs a sentence-transformers model."""

    torch = "torch"
    onnx = "onnx"
    openvino = "openvino"


SchemeOption = Annotated[str, typer.Option(help="Built-in topic scheme, or the path of a scheme file.")]
EmbedderOption = Annotated[
    str,
    typer.Option(
        help="'bundled', 'e5', 'use', a sentence-transformers name or folder, a plug-in, "
        "or 'none': words alone, fastest."
    ),
]
PairReaderOption = Annotated[
    ReaderOption,
    typer.Option("--reader", help="Who reads doubtful pairs once more; 'none' is faster, and less accurate."),
]
EmbedderBackendOption = Annotated[
    BackendOption | None, typer.Option("--backend", help="What runs a sentence-transformers model.")
]
DeviceOption = Annotated[
    str | None, typer.Option("--device", help="Where it runs: cpu, cuda, cuda:1 or mps; cpu if left out.")
]
ThreadsOption = Annotated[
    int | None, typer.Option("--threads", help="Threads of each process; OMP_NUM_THREADS if left out.")
]
LinkOrderOption = Annotated[OrderOption, typer.Option(help="Whether links may cross.")]
PublishersOption = Annotated[Path | None, typer.Option(help="TOML file of offices of your own.")]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", help="File to write: .html, .md, .json, .csv or .xlsx.")
]
CacheOption = Annotated[
    Path | None, typer.Option("--cache", help="Folder of the kept vectors; the user's cache if left out.")
]
FormatOption = Annotated[
    Format | None, typer.Option("--format", help="Format of the result; overrules the file's ending.")
]
