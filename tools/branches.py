"""Say which share of the branches the tests take, from what coverage has measured; 1 is below the floor.

`coverage report` holds lines and branches together to its `fail_under`; this holds the branches alone to it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> int:
    """Compare the share with the floor of pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    floor = settings["tool"]["coverage"]["report"]["fail_under"]
    command = [sys.executable, "-m", "coverage", "json", "--quiet", "--fail-under=0", "-o", "-"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    totals = json.loads(done.stdout)["totals"]
    taken, all_of_them = totals["covered_branches"], totals["num_branches"]
    share = 100 * taken / all_of_them
    print(f"{taken} of {all_of_them} branches: {share:.1f} %, to be {floor} % at least")
    return 0 if share >= floor else 1


if __name__ == "__main__":
    sys.exit(main())
