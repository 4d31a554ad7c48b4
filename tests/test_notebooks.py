"""What the notebooks show is what they show when they are run again; nbmake runs them too, this compares."""

from __future__ import annotations

import math
import os
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from test_offline import BLOCK, PROBE

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SOURCES = sorted((ROOT / "tools" / "notebooks").glob("*.py"))

pytestmark = pytest.mark.models

# Machines differ in the last digits of a sum, so numbers are compared as numbers.
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def shown(notebook: Any) -> list[str]:
    """Return what each cell shows as text: what it prints, and the plain form of what it displays."""
    found = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            parts = [o.get("text") or o.get("data", {}).get("text/plain", "") for o in cell.outputs]
            found.append(" ".join("\n".join(parts).split()))
    return found


def alike(kept: str, fresh: str) -> bool:
    if NUMBER.sub("0", kept) != NUMBER.sub("0", fresh):
        return False
    pairs = zip(NUMBER.findall(kept), NUMBER.findall(fresh), strict=True)
    return all(a == b or math.isclose(float(a), float(b), rel_tol=0.02, abs_tol=0.021) for a, b in pairs)


def test_there_is_a_notebook_for_every_source() -> None:
    assert [path.stem for path in NOTEBOOKS] == [path.stem for path in SOURCES]
    assert len(NOTEBOOKS) == 5


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_opens_with_the_signature_and_closes_with_a_claim(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    cells = [c for c in notebook.cells if c.cell_type == "code"]
    assert any("readout_diff:" in (o.get("text") or "") for o in cells[0].outputs)
    assert cells[-1].source.startswith("assert ")
    for text in shown(notebook):
        assert "Traceback" not in text
        assert "Warning" not in text
        assert f"{ROOT}/" not in text


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_fresh_run_without_a_network_shows_what_is_kept(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(BLOCK)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    kept = nbformat.read(path, as_version=4)
    fresh = nbformat.read(path, as_version=4)
    fresh.cells.append(nbformat.v4.new_code_cell(PROBE))
    NotebookClient(fresh, timeout=600, resources={"metadata": {"path": str(path.parent)}}).execute()
    *outputs, probed = shown(fresh)
    assert probed == "blocked"
    for number, (before, now) in enumerate(zip(shown(kept), outputs, strict=True)):
        assert alike(before, now), (
            f"cell {number} of {path.name} shows something else now; "
            f"run: python tools/build_notebooks.py {path.stem[:2]}\n"
            f"kept: {before[:600]}\nnow:  {now[:600]}"
        )
