"""Write docs/reference/licences.md: the licence of every package that an installation brings.

Run it from the root of the checkout, in an environment with the extra `dev`: `python tools/licences.py`.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator
from email.message import Message
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "licences.md"
OWN = "readout-diff"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# Asked for by the ordinary build of torch on Linux; not by the CPU build, which is what was looked at.
ONLY_FOR_CUDA = ("cuda-", "nvidia-", "triton")
# How packages write the licences that have a short name of their own.
SHORT = {
    "apache": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "apache 2.0 license": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "apache-2.0 license": "Apache-2.0",
    "bsd 2-clause license": "BSD-2-Clause",
    "bsd 3-clause": "BSD-3-Clause",
    "bsd 3-clause license": "BSD-3-Clause",
    "bsd license": "BSD",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "psfl": "PSF-2.0",
    "python software foundation license": "PSF-2.0",
    "the bsd 2-clause license": "BSD-2-Clause",
}
INTRODUCTION = """\
# Licences of the dependencies

Written by `tools/licences.py` from what the installed packages declare. readout_diff itself is
under the MIT licence.

No package of the core is under a copyleft licence that reaches beyond its own files (GPL, LGPL, AGPL): a test
holds it. `certifi` and `tqdm`, which sentence-transformers brings, are under the Mozilla Public License 2.0,
which asks only that changes to their own files be published under it. `tld`, which the extra `formats`
brings, may be used under the Mozilla Public License 1.1 in place of the other two. On Linux the ordinary
build of torch also brings NVIDIA's CUDA libraries, under NVIDIA's terms; the CPU build does not.
"""


def licence(name: str) -> str:
    """Return the licence a package declares, by its short name where it has one."""
    declared: Message = metadata(name)  # type: ignore[assignment]
    classified = [
        value.rpartition(" :: ")[2]
        for value in declared.get_all("Classifier", [])
        if value.startswith("License ::") and not value.endswith("OSI Approved")
    ]
    stated = (declared.get("License") or "").strip()
    short = SHORT.get(stated.lower(), stated)
    if declared.get("License-Expression"):
        return str(declared["License-Expression"])
    if short in SHORT.values() or not classified:
        return short if short and len(short) < 80 else "not declared"
    return " or ".join(SHORT.get(name.lower(), name) for name in classified)


def needed(packages: Iterable[str]) -> set[str]:
    """Return the packages that `packages` bring, with all that these need; each may name extras."""
    found: set[str] = set()
    waiting = [Requirement(package) for package in packages]
    seen: set[tuple[str, str]] = set()
    while waiting:
        package = waiting.pop()
        name = canonicalize_name(package.name)
        if name.startswith(ONLY_FOR_CUDA):
            continue
        found.add(name)
        for extra in ("", *package.extras):
            if (name, extra) not in seen:
                seen.add((name, extra))
                waiting += _asked_for(name, extra)
    return found - {OWN}


def _asked_for(name: str, extra: str) -> Iterator[Requirement]:
    """Yield what a package asks for: without an extra, or beyond that with one."""
    if name == OWN:
        lines = PROJECT["optional-dependencies"][extra] if extra else PROJECT["dependencies"]
        yield from map(Requirement, lines)
        return
    for line in requires(name) or ():
        requirement = Requirement(line)
        marker = requirement.marker
        always = marker is None or marker.evaluate({"extra": ""})
        if always != bool(extra) and (always or (marker is not None and marker.evaluate({"extra": extra}))):
            yield requirement


def sections() -> dict[str, list[str]]:
    """Return the packages of the core, those the extras add, and those that working on the package adds."""
    extras = PROJECT["optional-dependencies"]
    core = needed([OWN])
    added = needed([f"{OWN}[{extra}]" for extra in extras if extra not in ("dev", "docs", "models", "test")])
    rest = needed([f"{OWN}[dev]"])
    return {
        "Core": sorted(core),
        "Extras for users": sorted(added - core),
        "For working on the package": sorted(rest - added - core),
    }


def page() -> str:
    """Return the page."""
    parts = [INTRODUCTION]
    for title, names in sections().items():
        rows = [f"| {name} | {licence(name)} |" for name in names]
        parts.append("\n".join([f"## {title}", "", "| package | licence |", "|---|---|", *rows]) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    try:
        PAGE.write_text(page(), "utf-8")
    except PackageNotFoundError as error:
        sys.exit(f"{error}: install the extra dev first")
    print(f"{PAGE} written")
