"""Makes the notebooks from their sources in ``tools/notebooks``, runs them, and keeps what they show.

    python tools/build_notebooks.py            # all
    python tools/build_notebooks.py 01 03      # those whose names begin so

A source is a Python file; ``# %%`` begins a cell of code, ``# %% [markdown]`` one of text.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]


def cells(source: str) -> list[nbformat.NotebookNode]:
    """Return the cells of a source."""
    found = []
    for number, part in enumerate(source.split("# %%")[1:]):
        head, _, body = part.partition("\n")
        if head.strip() == "[markdown]":
            text = "\n".join(line.removeprefix("#").removeprefix(" ") for line in body.strip().splitlines())
            cell = nbformat.v4.new_markdown_cell(text)
        else:
            cell = nbformat.v4.new_code_cell(body.strip())
        cell["id"] = f"cell-{number}"  # the same in every run, so that only what changed differs
        found.append(cell)
    return found


def build(source: Path) -> Path:
    """Run the notebook made from `source`, and write it."""
    notebook = nbformat.v4.new_notebook(cells=cells(source.read_text("utf-8")))
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    folder = ROOT / "notebooks"
    folder.mkdir(exist_ok=True)
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(folder)}}).execute()
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        cell.get("metadata", {}).pop("execution", None)
    path = folder / f"{source.stem}.ipynb"
    nbformat.write(notebook, path)
    return path


def main(prefixes: list[str]) -> None:
    """Build the notebooks whose names begin with one of `prefixes`, or all."""
    for source in sorted((ROOT / "tools" / "notebooks").glob("*.py")):
        if not prefixes or source.stem.startswith(tuple(prefixes)):
            print(build(source).relative_to(ROOT))


if __name__ == "__main__":
    main(sys.argv[1:])
