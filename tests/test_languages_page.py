"""The table of languages in the documentation says what the code does."""

from __future__ import annotations

import runpy
from pathlib import Path

from readout_diff.topics.scheme import load_scheme

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "reference" / "languages.md").read_text("utf-8")


def test_the_table_is_what_the_code_reports() -> None:
    table = runpy.run_path(str(ROOT / "tools" / "languages.py"))["table"]()
    assert table in PAGE, "run `python tools/languages.py` and look at the difference"


def test_every_language_with_cues_has_a_row() -> None:
    assert all(f"(`{lang}`)" in PAGE for lang in load_scheme().languages)
