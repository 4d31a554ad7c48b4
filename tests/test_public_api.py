"""The public names, their signatures and their types, as a caller outside the package meets them."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_no_public_name_has_changed_unnoticed() -> None:
    found = runpy.run_path(str(ROOT / "tools" / "public_api.py"))["public_api"]()
    assert found == (ROOT / "tests" / "data" / "public_api.txt").read_text("utf-8"), (
        "a public name or signature has changed; if that is meant, run `python tools/public_api.py`, "
        "look at the difference, and say it in CHANGELOG.md"
    )


def test_a_caller_is_told_the_types(tmp_path: Path) -> None:
    """mypy sees the installed package, not the checkout: without `py.typed` every value would be unknown."""
    client = ROOT / "tests" / "data" / "typed_client.py"
    settings = tmp_path / "mypy.ini"
    settings.write_text("[mypy]\nstrict = true\n", "utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--config-file",
            str(settings),
            "--cache-dir",
            os.devnull,
            str(client),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
