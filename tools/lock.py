"""Write the locks: what the CI tests and checks with, at the versions of constraints.txt, with hashes.

Run it from the root of the checkout after a change of the dependencies in pyproject.toml or of a version in
constraints.txt: `python tools/lock.py`. It needs uv (`pip install uv`) and a package index. Packages that
constraints.txt does not name yet are taken in the newest version that fits, and added to it.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
CONSTRAINTS = ROOT / "constraints.txt"
FOLDER = ROOT / "requirements"
HEADER = """\
# What the extra {extra!r} needs, each package with the hashes of its files. Written by tools/lock.py from
# pyproject.toml and constraints.txt. To install it:
#     pip install --no-deps --require-hashes -r requirements/{extra}.txt
# takes the set as it stands, and no file whose content is another. torch is not among them: which of its
# builds a machine gets (for the processor alone, or with CUDA) depends on where its pip looks. Its version
# stands in constraints.txt.
"""
# What a machine gets of these depends on where its pip looks: see the header.
BY_MACHINE = ("cuda-", "nvidia-", "torch==", "triton")


def compiled(extra: str) -> dict[str, str]:
    """Return what an extra needs, by name: the version and the lines of its hashes, as uv resolves them."""
    command = ["uv", "pip", "compile", "pyproject.toml", "--extra", extra, "--constraints", "constraints.txt"]
    command += [
        "--universal",
        "--python-version",
        "3.11.5",
        "--generate-hashes",
        "--no-annotate",
        "--no-header",
    ]
    command += ["--no-emit-index-url", "--no-emit-find-links", "--quiet"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    pins = re.split(r"\n(?=[A-Za-z0-9])", done.stdout.strip())
    return {name_of(pin): pin for pin in pins if not pin.startswith(BY_MACHINE)}


def name_of(pin: str) -> str:
    """Return the name of the package a pin is of."""
    return pin.partition("==")[0]


def completed(constraints: str, pins: Iterable[str]) -> str:
    """Return the constraints with a line for each package they do not name yet, in order."""
    lines = constraints.splitlines()
    comments = [line for line in lines if line.startswith("#")]
    known = {name_of(line).lower().replace("_", "-"): line for line in lines if line[:1].isalnum()}
    for pin in pins:
        known.setdefault(name_of(pin), pin.split()[0])
    return "\n".join([*comments, *(known[name] for name in sorted(known))]) + "\n"


def main() -> None:
    """Write the constraints, then the locks: `dev` holds what it needs beyond `test`."""
    dev = compiled("dev")
    CONSTRAINTS.write_text(completed(CONSTRAINTS.read_text("utf-8"), dev.values()), "utf-8")
    test = compiled("test")
    rest = ["-r test.txt", *(pin for name, pin in dev.items() if name not in test)]
    FOLDER.mkdir(exist_ok=True)
    for extra, pins in (("test", [*test.values()]), ("dev", rest)):
        text = HEADER.format(extra=extra) + "\n".join(pins) + "\n"
        (FOLDER / f"{extra}.txt").write_text(text, "utf-8")
    print(f"{len(dev)} packages locked, {len(test)} of them for the tests")


if __name__ == "__main__":
    main()
