"""The command line: ``readout-diff``."""

from __future__ import annotations

import json
import sys
import warnings
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.main import get_command

from readout_diff.errors import LoadError, MissingExtraError, ReadoutDiffError, UnknownComponentError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from readout_diff.comparison import Comparison
    from readout_diff.readout import Readout

app = typer.Typer(
    name="readout-diff",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Format(StrEnum):
    """The ways a comparison can be written."""

    terminal = "terminal"
    html = "html"
    json = "json"
    md = "md"
    csv = "csv"
    xlsx = "xlsx"


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


_SUFFIXES = {".html": "html", ".htm": "html", ".json": "json", ".md": "md", ".csv": "csv", ".xlsx": "xlsx"}

_PIPED_WIDTH = 240

SchemeOption = Annotated[str, typer.Option(help="Built-in topic scheme, or the path of a scheme file.")]
EmbedderOption = Annotated[
    str,
    typer.Option(help="'bundled', 'e5', 'use', or the name or folder of a sentence-transformers model."),
]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", help="File to write; its ending names the format.")
]
CacheOption = Annotated[
    Path | None, typer.Option("--cache", help="Folder of the kept vectors; the user's cache if left out.")
]
FormatOption = Annotated[Format | None, typer.Option("--format", help="How to write the result.")]


@app.callback(invoke_without_command=True)
def overview(context: typer.Context) -> None:
    """Compare official statements: what both report, what only one mentions, and on what evidence."""
    if context.invoked_subcommand is None:
        print(context.get_help())


@app.command()
def demo(output: OutputOption = None, format: FormatOption = None) -> None:
    """Compare the White House's and the Kremlin's account in the article that comes with the package."""
    from readout_diff.comparison import compare
    from readout_diff.loaders import load_readouts
    from readout_diff.seed import seed_article

    first, second = load_readouts(seed_article())[:2]
    _put(compare(first, second), output, format)


@app.command("compare")
def compare_command(
    a: Annotated[str, typer.Argument(help="The first statement: a file, a web address, or - for stdin.")],
    b: Annotated[str, typer.Argument(help="The second statement.")],
    output: OutputOption = None,
    format: FormatOption = None,
    scheme: SchemeOption = "diplomacy",
    embedder: EmbedderOption = "bundled",
    order: Annotated[OrderOption, typer.Option(help="Whether links may cross.")] = OrderOption.auto,
    lang_a: Annotated[str | None, typer.Option(help="Language of the first; identified if left out.")] = None,
    lang_b: Annotated[str | None, typer.Option(help="Language of the second.")] = None,
    party_a: Annotated[str | None, typer.Option(help="Who gives the first account.")] = None,
    party_b: Annotated[str | None, typer.Option(help="Who gives the second account.")] = None,
    alignment: Annotated[
        Path | None, typer.Option(help="Parameters that 'readout-diff calibrate' fitted for the embedder.")
    ] = None,
    fail_on: Annotated[
        list[FindingOption] | None, typer.Option(help="Exit with 1 if there is a finding of this kind.")
    ] = None,
) -> None:
    """Compare two statements about one event."""
    from readout_diff.comparison import compare
    from readout_diff.loaders import load

    _check_output(output, format)
    left = load(a, party=party_a, lang=lang_a)
    right = load(b, party=party_b, lang=lang_b)
    comparison = compare(left, right, scheme=scheme, embedder=embedder, order=order.value, aligner=alignment)
    _put(comparison, output, format)
    wanted = {kind.value for kind in fail_on or ()}
    if any(finding.kind in wanted for finding in comparison.differences):
        raise typer.Exit(1)


@app.command()
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

        _show(statements_table(readouts))


@app.command()
def topics(scheme: SchemeOption = "diplomacy") -> None:
    """Show a topic scheme, or check one of your own."""
    from readout_diff.render.listings import scheme_table
    from readout_diff.topics.scheme import load_scheme

    _show(scheme_table(load_scheme(scheme)))


@app.command()
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
    _show(pipelines_table(languages or load_scheme().languages), embedders_table())


@app.command()
def evaluate(
    gold_dir: Annotated[Path, typer.Argument(help="Folder of gold pairs and annotated articles.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    errors: Annotated[Path | None, typer.Option(help="File to write every mistake to, quoted.")] = None,
    scheme: SchemeOption = "diplomacy",
    embedder: EmbedderOption = "bundled",
    order: Annotated[OrderOption, typer.Option(help="Whether links may cross.")] = OrderOption.auto,
) -> None:
    """Measure the results against gold annotation."""
    from readout_diff.evaluation import evaluate as run
    from readout_diff.writing import write_text

    with _progress("pairs") as advance:
        result = run(gold_dir, scheme=scheme, embedder=embedder, order=order.value, progress=advance)
    if errors is not None:
        lines = [f"{m.pair}\t{m.figure}\t{m.expected}\t{m.said}\t{m.quote}" for m in result.mistakes]
        write_text(errors, "\n".join(["pair\tfigure\texpected\tsaid\tquote", *lines]) + "\n")
    if as_json:
        print(json.dumps(result.to_dict(), indent=2))
        return
    from readout_diff.render.listings import evaluation_tables

    _show(*evaluation_tables(result))


@app.command()
def batch(
    pairs: Annotated[
        Path, typer.Argument(help="CSV with columns a and b, if wanted id, party_a, lang_a, ...")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder of the results, new or to take up.")],
    scheme: SchemeOption = "diplomacy",
    embedder: EmbedderOption = "bundled",
    order: Annotated[OrderOption, typer.Option(help="Whether links may cross.")] = OrderOption.auto,
    reports: Annotated[bool, typer.Option("--reports", help="Also write an HTML report a pair.")] = False,
    workers: Annotated[int | None, typer.Option(help="Processes; as many as cores if left out.")] = None,
    threads: Annotated[int | None, typer.Option(help="Threads of each process.")] = None,
    engine: Annotated[Engine, typer.Option(help="Where the work is done.")] = Engine.local,
    scheduler: Annotated[str | None, typer.Option(help="Address of the Dask scheduler.")] = None,
    cache: CacheOption = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Keep no vectors between runs.")] = False,
) -> None:
    """Compare many pairs; run it again to take up a run that was stopped. Exit 1 if pairs failed."""
    from readout_diff.batch.many import usable_cores
    from readout_diff.batch.running import run_batch

    if (engine is Engine.dask) != (scheduler is not None):
        raise LoadError("Dask needs an engine and an address; right is --engine dask --scheduler ADDRESS")
    if cache is not None and no_cache:
        raise LoadError("--cache and --no-cache exclude each other; right is one of them")
    with _progress("pairs") as advance:
        done = run_batch(
            pairs,
            output,
            scheme=scheme,
            embedder=embedder,
            order=order.value,
            workers=usable_cores() if workers is None else workers,
            threads=threads,
            scheduler=scheduler,
            cache=cache or not no_cache,
            reports=reports,
            progress=advance,
        )
    before = f", {done.already} of them before" if done.already else ""
    failed = (
        f"{done.failed} failed, listed in {output / 'failures.parquet'}" if done.failed else "none failed"
    )
    print(f"{done.pairs} pairs{before}; {failed}")
    if done.failed:
        raise typer.Exit(1)


cache_app = typer.Typer(help="Show or clear the vectors that are kept on disk.", no_args_is_help=True)
app.add_typer(cache_app, name="cache")


@cache_app.command("info")
def cache_info(cache: CacheOption = None) -> None:
    """Show what is kept: where, how much, of which models."""
    from readout_diff.embedders.cache import EmbeddingCache, default_folder
    from readout_diff.render.listings import cache_table

    info = EmbeddingCache(cache or default_folder()).info()
    print(f"{info.path}: {info.bytes / 1e6:.1f} of at most {info.limit / 1e6:.0f} MB")
    _show(cache_table(info))


@cache_app.command("clear")
def cache_clear(cache: CacheOption = None) -> None:
    """Delete the vectors that are kept; they are made again when they are needed."""
    from readout_diff.embedders.cache import clear_cache, default_folder

    print(f"{clear_cache(cache or default_folder()) / 1e6:.1f} MB freed")


@app.command()
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
    with _progress("pairs") as advance:
        parameters = run(gold_dirs, embedder=embedder, progress=advance)
    write_text(output, parameters.to_json())
    print(f"{len(parameters.models)} link models fitted; use them with 'compare --alignment {output}'")


# Newer releases of typer carry their own copy of click: the base of its errors is found through one of them.
_CommandLineError: type[Exception] = next(
    c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException" and issubclass(c, Exception)
)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line: exit 0 good, 1 findings the caller asked to fail on, 2 bad input."""
    warnings.showwarning = _show_warning
    try:
        sys.exit(get_command(app).main(args=arguments, prog_name="readout-diff", standalone_mode=False) or 0)
    except ReadoutDiffError as error:
        _fail(str(error))
    except typer.Abort:
        sys.exit(130)
    except BrokenPipeError:  # the reader of a pipe has seen enough
        sys.stderr.close()
        sys.exit(0)
    except _CommandLineError as error:
        message = getattr(error, "format_message", error.__str__)().replace("Value error, ", "")
        _fail(f"{message.rstrip('.')}; 'readout-diff --help' lists what there is")


def _fail(message: str) -> None:
    """Say in one line what is wrong, and exit with 2."""
    print("readout-diff: " + " ".join(message.split()), file=sys.stderr)
    sys.exit(2)


def _show_warning(message: Warning | str, *_: Any, **__: Any) -> None:
    print("readout-diff: warning: " + " ".join(str(message).split()), file=sys.stderr)


def _console() -> Console:
    from rich.console import Console

    return Console()


def _show(*tables: Table) -> None:
    """Print tables; a row a line where another program reads them."""
    console = _console()
    if not console.is_terminal:
        console.width = _PIPED_WIDTH
    for number, table in enumerate(tables):
        console.print(*([""] if number else []), table, sep="\n")


def _progress(noun: str) -> Any:
    """Return a context that gives a progress callback; it draws on stderr, and only on a terminal."""
    from contextlib import contextmanager

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


def _check_output(output: Path | None, format: Format | None) -> None:
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


def _put(comparison: Comparison, output: Path | None, format: Format | None) -> None:
    """Write a comparison to a file, or print it."""
    from readout_diff.render.tables import to_csv, to_excel
    from readout_diff.writing import write_bytes, write_text

    _check_output(output, format)
    chosen = _chosen(output, format)
    if chosen == "xlsx":
        assert output is not None  # _check_output refuses it
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
