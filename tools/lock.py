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
# takes the set as it stands, and no file whose content is another. Where the CI runs (CPython 3.11 on Linux,
# x86-64) torch is its CPU build, which pip must know a place of; the CUDA libraries that the ordinary build
# asks for on Linux are left out.
"""
# The index uv asks has the ordinary build only. This is the SHA-256 of the CPU build for the CI's machine.
CPU_TORCH = {"2.13.0": "6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b"}
THERE = "sys_platform == 'linux' and platform_machine == 'x86_64' and python_version == '3.11'"
ELSEWHERE = "sys_platform != 'linux' or platform_machine != 'x86_64' or python_version != '3.11'"
ONLY_FOR_CUDA = ("cuda-", "nvidia-", "triton")


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
    return {name_of(pin): with_cpu_torch(pin) for pin in pins if not pin.startswith(ONLY_FOR_CUDA)}


def name_of(pin: str) -> str:
    """Return the name of the package a pin is of."""
    return pin.partition("==")[0]


def with_cpu_torch(pin: str) -> str:
    """Have torch be its CPU build on the machine of the CI.

    A hash more for the same version would not do: pip prefers a file whose hash the index tells, and so the
    ordinary build, to a wheel in a folder.
    """
    if name_of(pin) != "torch":
        return pin
    head, hashes = pin.split(" \\\n", 1)
    version = head.partition("==")[2]
    if version not in CPU_TORCH:
        sys.exit(f"the hash of the CPU build of torch {version} is not known; add it to tools/lock.py")
    cpu = f"{head}+cpu ; {THERE} \\\n    --hash=sha256:{CPU_TORCH[version]}"
    return f"{cpu}\n{head} ; {ELSEWHERE} \\\n{hashes}"


def completed(constraints: str, pins: Iterable[str]) -> str:
    """Return the constraints with a line for each package they do not name yet, in order."""
    lines = constraints.splitlines()
    comments = [line for line in lines if line.startswith("#")]
    known = {name_of(line).lower().replace("_", "-"): line for line in lines if line[:1].isalnum()}
    for pin in pins:
        known.setdefault(name_of(pin), pin.split()[0].partition("+")[0])
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
