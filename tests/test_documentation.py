"""What the README and the documentation tell a reader to type does what they say."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from typer.main import get_command

from readout_diff.cli import app

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
PYTHON = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(?:^ {4}|^\$ |`|&& )readout-diff ([a-z]+)((?: +[^`\n|#;]+)?)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.models
@pytest.mark.parametrize("name", ["README.md", "docs/tutorial.md"])
def test_the_example_in_python_runs(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    (code,) = PYTHON.findall((ROOT / name).read_text("utf-8"))
    values: dict[str, object] = {}
    exec(compile(code, name, "exec"), values)
    assert (tmp_path / "report.html").is_file()
    assert "nato" in list(values["c"].only("b").topic)  # type: ignore[attr-defined]


def test_the_readme_holds_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert re.findall(r"^    (pip install .*)$", text, re.MULTILINE) == [
        "pip install -c constraints.txt . && readout-diff demo",
        'pip install -c constraints.txt -e ".[test]" && pytest',
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_and_options_exist(page: Path) -> None:
    known = get_command(app).commands  # type: ignore[attr-defined]
    for command, rest in COMMAND.findall(page.read_text("utf-8")):
        assert command in known, f"readout-diff {command}"
        options = {name for p in known[command].params for name in (*p.opts, *p.secondary_opts)} | {"--help"}
        for option in re.findall(r"(?<=\s)--?[a-z][a-z-]*", rest):
            assert option in options, f"readout-diff {command} {option}"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target
