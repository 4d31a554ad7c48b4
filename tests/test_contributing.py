"""What CONTRIBUTING.md tells a newcomer to do: the worked examples, carried out in a copy of the project."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest

import readout_diff
from readout_diff.cli import main

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
BLOCK = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    """A section of the page: the files it writes, in order, and what it runs."""

    files: tuple[tuple[str, str], ...]
    python: tuple[str, ...]
    commands: tuple[str, ...]


def example(heading: str) -> Example:
    section = re.search(rf"^### {heading}\n(.*?)(?=^##)", PAGE, re.MULTILINE | re.DOTALL)
    assert section is not None, heading
    blocks = BLOCK.findall(section[1])
    return Example(
        files=tuple((title, text) for _, title, text in blocks if title),
        python=tuple(text for language, title, text in blocks if language == "python" and not title),
        commands=tuple(
            re.findall(r"^\$ (.+)$", "".join(t for lang, _, t in blocks if lang == "console"), re.M)
        ),
    )


def write(project: Path, files: tuple[tuple[str, str], ...]) -> None:
    """Write each block to its file, or add it at the end of the file that is there; tables stay sorted."""
    for name, text in files:
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text("utf-8") if path.exists() else ""
        if path.suffix == ".tsv":
            path.write_text("".join(sorted((before + text).splitlines(keepends=True))), "utf-8")
        else:
            path.write_text(f"{before}\n{text}" if before else text, "utf-8")


def prove(project: Path, *proofs: str) -> str:
    """Run a proof of the page, and the tests of the project, with the package as it is in the copy."""
    for number, proof in enumerate(proofs):
        (project / "tests" / f"test_proof_{number}.py").write_text(
            f"def test_it():\n{indent(proof, '    ')}", "utf-8"
        )
    (project / "pytest.ini").write_text("[pytest]\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:nbmake", "tests"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project / "src"), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout
    return done.stdout.splitlines()[-1]


def install(package: Path) -> Path:
    """Leave beside a package what pip leaves of it: its name and its entry points."""
    project = tomllib.loads((package / "pyproject.toml").read_text("utf-8"))["project"]
    info = package / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    head = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(head, "utf-8")
    lines = []
    for group, entries in project["entry-points"].items():
        lines += [f"[{group}]", *(f"{name} = {value}" for name, value in entries.items())]
    (info / "entry_points.txt").write_text("\n".join(lines) + "\n", "utf-8")
    return package


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of what a language or a topic is added to."""
    source = Path(readout_diff.__file__).parent
    ignored = shutil.ignore_patterns("__pycache__", ".*_cache")
    shutil.copytree(source, tmp_path / "src" / "readout_diff", ignore=ignored)
    (tmp_path / "tests" / "topics").mkdir(parents=True)
    return tmp_path


def does_not_hold_yet(proof: str) -> bool:
    """Whether the package as it is fails a proof, so that it is the example that makes it hold."""
    try:
        exec(proof, {})
    except AssertionError:
        return True
    return False


def test_a_language(copied: Path) -> None:
    steps = example("A language")
    (proof,) = steps.python
    assert does_not_hold_yet(proof)
    write(copied, steps.files)
    for name in ("sentences.py", "test_sentences.py"):  # they test the table of every language
        shutil.copy(ROOT / "tests" / "topics" / name, copied / "tests" / "topics" / name)
    assert "5 passed" in prove(copied, proof)


def test_a_topic(copied: Path) -> None:
    steps = example("A topic")
    (proof,) = steps.python
    assert does_not_hold_yet(proof)
    write(copied, steps.files)
    assert "1 passed" in prove(copied, proof)


def test_a_word_of_the_glossary(copied: Path) -> None:
    steps = example("A word of the glossary")
    (proof,) = steps.python
    assert does_not_hold_yet(proof)
    write(copied, steps.files)
    shutil.copy(ROOT / "tests" / "test_glossary.py", copied / "tests")  # it tests the table of every language
    prove(copied, proof)


def compared(
    project: Path, package: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> dict[str, Any]:
    """Run the command of an example, its package installed; return the JSON it prints."""
    steps = example({"readout-diff-mail": "A loader", "readout-diff-letters": "An encoder"}[package])
    write(project, steps.files)
    install(project / package)
    monkeypatch.chdir(project)
    monkeypatch.syspath_prepend(project / package)
    (command,) = steps.commands
    program, *arguments = command.split()
    assert program == "readout-diff"
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    out, err = capsys.readouterr()
    assert not ended.value.code, err
    result: dict[str, Any] = json.loads(out)
    return result


def test_a_loader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    result = compared(tmp_path, "readout-diff-mail", monkeypatch, capsys)
    assert result["a"]["text"] == "The ministers discussed Ukraine. They agreed to meet again."
    assert result["a"]["title"] == "Call with the President"
    assert result["a"]["publisher"] == "Press Office <press@example.org>"
    assert [row["topic"] for row in result["only"]["a"]] == ["ukraine"]
    assert [row["topic"] for row in result["only"]["b"]] == ["iran"]


def test_an_encoder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    result = compared(tmp_path, "readout-diff-letters", monkeypatch, capsys)
    assert "embedder:letters@1.0|" in result["signature"]
    assert result["pairs"]


def test_every_file_that_is_added_to_is_there() -> None:
    """The examples end in the files of the package that hold such things."""
    for heading in ("A language", "A topic", "A word of the glossary"):
        for name, _ in example(heading).files:
            assert (ROOT / name).parent.is_dir(), name
    for name, _ in example("A topic").files:
        assert (ROOT / name).is_file(), name


def test_the_one_command_is_what_the_ci_runs() -> None:
    found = re.search(r"^    python3 -m venv .*? && (pip install .*)$", PAGE, re.MULTILINE)
    assert found is not None
    assert found[1] in (ROOT / ".ci" / "run").read_text("utf-8")


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`python (tools/\w+\.py)`", PAGE))))
def test_the_tools_it_names_are_there(command: str) -> None:
    assert (ROOT / command).is_file()
