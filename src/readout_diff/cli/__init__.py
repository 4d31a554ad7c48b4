"""The command line: ``readout-diff``."""

from __future__ import annotations

import atexit
import gc
import sys
import warnings
from typing import Any

import typer
from typer.main import get_command

from readout_diff.cli.batching import batch
from readout_diff.cli.caching import cache_clear, cache_info
from readout_diff.cli.comparing import compare_command, demo
from readout_diff.cli.extracting import extract
from readout_diff.cli.listing import models, topics
from readout_diff.cli.measuring import calibrate, evaluate
from readout_diff.errors import ReadoutDiffError


def overview(context: typer.Context) -> None:
    """Compare official statements: what both report, what only one mentions, and on what evidence."""
    if context.invoked_subcommand is None:
        print(context.get_help())


app = typer.Typer(
    name="readout-diff",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.callback(invoke_without_command=True)(overview)
app.command("demo", short_help="Compare two accounts that come with the package.")(demo)
app.command("compare")(compare_command)
app.command("extract")(extract)
app.command("topics")(topics)
app.command("models", short_help="Show which pipelines and encoders are used.")(models)
app.command("batch", short_help="Compare many pairs; run again, it goes on where it stopped.")(batch)
app.command("evaluate")(evaluate)
app.command("calibrate", short_help="Fit the linking of passages to annotated pairs.")(calibrate)

_cache_app = typer.Typer(help="Show or clear the vectors that are kept on disk.", no_args_is_help=True)
_cache_app.command("info")(cache_info)
_cache_app.command("clear", short_help="Delete the vectors that are kept.")(cache_clear)
app.add_typer(_cache_app, name="cache")

# Newer releases of typer carry their own copy of click: the base of its errors is found through one of them.
_CommandLineError: type[Exception] = next(
    c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException" and issubclass(c, Exception)
)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line: exit 0 good, 1 findings the caller asked to fail on, 2 bad input."""
    warnings.showwarning = _show_warning
    # Models are millions of objects that stay: to look through them for cycles takes a tenth of a short run.
    gc.set_threshold(50_000, 20, 100)
    atexit.register(gc.freeze)  # at the end it would take a second, to give back what goes back anyway
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
        command = getattr(getattr(error, "ctx", None), "command_path", "readout-diff")
        _fail(f"{message.rstrip('.?')}; '{command} --help' lists what there is")


def _fail(message: str) -> None:
    """Say in one line what is wrong, and exit with 2."""
    print("readout-diff: " + _harmless(message), file=sys.stderr)
    sys.exit(2)


def _show_warning(message: Warning | str, *_: Any, **__: Any) -> None:
    print("readout-diff: warning: " + _harmless(str(message)), file=sys.stderr)


def _harmless(message: str) -> str:
    """Return a message without what a terminal acts on: it may quote a file or its name."""
    from readout_diff.render.safe_text import for_terminal

    return for_terminal(message)
