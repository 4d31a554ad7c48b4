"""The figures on the gold data must not fall below the floors in ``quality_floors.json``.

``python tools/raise_quality_floors.py`` raises the floors to what is measured; it refuses to lower one.
A name such as "dev --embedder none" stands for a folder and the options it is measured with. Where the
environment names a file in ``READOUT_DIFF_FIGURES``, the tables of ``readout-diff evaluate`` are written there: the CI
shows them without measuring twice.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from readout_diff.evaluation import Evaluation, evaluate
from readout_diff.render.listings import evaluation_tables

HERE = Path(__file__).parent
FLOORS: dict[str, dict[str, float]] = json.loads((HERE / "quality_floors.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def measured() -> dict[str, Evaluation]:
    results = {}
    for name in FLOORS:
        folder, *options = name.split(" --")
        given: dict[str, Any] = dict(option.split() for option in options)
        results[name] = evaluate(HERE / "data" / "gold" / folder, **given)
    if shown := os.environ.get("READOUT_DIFF_FIGURES"):
        with Path(shown).open("w", encoding="utf-8") as file:
            console = Console(file=file, width=240)
            for name, result in results.items():
                console.print(f"{name}:", *evaluation_tables(result), sep="\n\n")
    return results


@pytest.mark.parametrize(("folder", "figure"), [(f, name) for f, floors in FLOORS.items() for name in floors])
def test_figure_holds_its_floor(measured: dict[str, Evaluation], folder: str, figure: str) -> None:
    value, floor = measured[folder][figure].value, FLOORS[folder][figure]
    if figure in ("calibration", "false_links", "furniture", "article_invented"):  # the lower the better
        assert value <= floor
    else:
        assert value >= floor
