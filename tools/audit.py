"""Ask pip-audit whether a package of the locks has a known vulnerability; ends with 1 if one has.

Run it from the root of the checkout: `python tools/audit.py`. It needs a vulnerability service (the JSON
interface of PyPI, which pip-audit asks). Where none answers, as behind an index that only serves packages, it
says that nothing was audited, and ends with 0: then run it where there is one, before a release.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

LOCKS = Path(__file__).parents[1] / "requirements"


def report(requirements: str) -> list[dict[str, Any]] | str:
    """Return what pip-audit says of each package, or why it says nothing."""
    with tempfile.TemporaryDirectory() as folder:
        file, answer = Path(folder) / "requirements.txt", Path(folder) / "answer.json"
        file.write_text(requirements, "utf-8")
        command = [
            sys.executable,
            "-m",
            "pip_audit",
            "--requirement",
            str(file),
            "--no-deps",
            "--disable-pip",
        ]
        command += ["--format", "json", "--output", str(answer), "--progress-spinner", "off"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if not answer.is_file():
            return (done.stderr.strip().splitlines() or ["no answer"])[-1]
        found: list[dict[str, Any]] = json.loads(answer.read_text("utf-8"))["dependencies"]
        return found


def main() -> int:
    """Try one package, which is quick; audit all if that one is known to the service."""
    lines = [line for lock in sorted(LOCKS.glob("*.txt")) for line in lock.read_text("utf-8").splitlines()]
    pins = [line.partition(" ")[0] for line in lines if line[:1].isalnum()]
    trial = report(next(pin for pin in pins if pin.startswith("numpy==")))
    if isinstance(trial, str) or any("skip_reason" in package for package in trial):
        print("no vulnerability service answers here: nothing was audited")
        return 0
    found = report("\n".join(pins))
    if isinstance(found, str):
        print(f"pip-audit gave no report: {found}")
        return 1
    bad = [package for package in found if package.get("vulns")]
    for package in bad:
        known = ", ".join(vulnerability["id"] for vulnerability in package["vulns"])
        print(f"{package['name']} {package['version']}: {known}")
    skipped = sum("skip_reason" in package for package in found)
    print(f"{len(found)} packages, {len(bad)} with known vulnerabilities, {skipped} not known to the service")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
