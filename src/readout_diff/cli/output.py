"""How a command shows what it found."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readout_diff.cli.options import Format
from readout_diff.errors import LoadError, MissingExtraError, UnknownComponentError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from readout_diff.comparison import Comparison

_SUFFIXES = {".html": "html", ".htm": "html", ".json": "json", ".md": "md", ".csv": "csv", ".xlsx": "xlsx"}

_PIPED_WIDTH = 240


def _console() -> Console:
    from rich.console import Console

    return Console()


def show(*tables: Table) -> None:
    """Print tables; a row a line where another program reads them."""
    console = _console()
    if not console.is_terminal:
        console.width = _PIPED_WIDTH
    for number, table in enumerate(tables):
        console.print(*([""] if number else []), table, sep="\n")


def progress(noun: str) -> Any:
    """Return a context that gives a progress callback; it draws on stderr, and only on a terminal."""

    @contextmanager
    def bar() -> Any:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn(f"{noun} {{task.fields[rate]}}"),
            TimeRemainingColumn(),
        )
        with Progress(
            *columns, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True
        ) as progress:
            task = progress.add_task(noun, rate="")

            def advance(done: int, total: int) -> None:
                progress.update(task, completed=done, total=total)
                speed = progress.tasks[0].speed
                progress.update(task, rate=f"{speed:.1f}/s" if speed else "")

            yield advance

    return bar()


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show that there is work going on; on stderr, and only on a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{what} ..."):
        yield


def tell_written(what: str) -> None:
    """Say where the result is; on stderr, and only to somebody who sits at a terminal."""
    if sys.stderr.isatty():
        print(f"readout-diff: {what}", file=sys.stderr)


def _chosen(output: Path | None, format: Format | None) -> str:
    """Return the format asked for: by name, else by the ending of the file, else the terminal's."""
    if format is not None:
        return format.value
    if output is None:
        return "terminal"
    try:
        return _SUFFIXES[output.suffix.lower()]
    except KeyError:
        raise UnknownComponentError.of("file ending", output.suffix, _SUFFIXES) from None


def check_output(output: Path | None, format: Format | None) -> None:
    """Refuse what cannot be written before any work is done."""
    chosen = _chosen(output, format)
    if chosen == "xlsx" and output is None:
        raise LoadError("a workbook cannot be printed; right is -o FILE.xlsx")
    if output is not None and not output.parent.is_dir():
        raise LoadError(f"no folder {str(output.parent)!r}; right is -o FILE in a folder that exists")
    if chosen == "xlsx":
        from importlib.util import find_spec

        if find_spec("openpyxl") is None:
            raise MissingExtraError("xlsx needs openpyxl; right is pip install 'readout-diff[excel]'")


def put(comparison: Comparison, output: Path | None, format: Format | None) -> None:
    """Write a comparison to a file, or print it."""
    _put(comparison, output, format)
    if output is not None:
        opened = "; open it in a browser" if _chosen(output, format) == "html" else ""
        tell_written(f"wrote {str(output)!r}{opened}")


def _put(comparison: Comparison, output: Path | None, format: Format | None) -> None:
    from readout_diff.render.tables import to_csv, to_excel
    from readout_diff.writing import write_bytes, write_text

    check_output(output, format)
    chosen = _chosen(output, format)
    if chosen == "xlsx":
        assert output is not None  # check_output refuses it
        write_bytes(output, to_excel(comparison))
        return
    if chosen == "terminal":
        from readout_diff.render.terminal import print_report, to_text

        if output is not None:
            write_text(output, to_text(comparison))
        else:
            print_report(comparison, _console())
        return
    texts = {
        "html": comparison.to_html,
        "json": comparison.to_json,
        "md": comparison.to_markdown,
        "csv": lambda: to_csv(comparison),
    }
    text = texts[chosen]()
    if output is not None:
        write_text(output, text)
    else:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
