"""Whether the weights of the bundled encoders are those this package was made with."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

AS_RECORDED = "weights as recorded"


def check_weights(name: str) -> str:
    """Compare the weight files of a bundled encoder with their recorded SHA-256.

    Loading an encoder does not do this: it would make every start slower, by some 75 ms for both.

    Args:
        name: "e5" or "use".

    Returns:
        `AS_RECORDED`, or what is wrong in a few words: which files differ or are missing, or that this
        version of the package is not recorded.

    Example:
        >>> check_weights("use")
        'weights as recorded'
    """
    record = _records()[name]
    installed = version(record["package"])
    recorded = record["versions"].get(installed)
    if recorded is None:
        return f"weights of version {installed} not recorded, known: {', '.join(record['versions'])}"
    folder = _folder(record["module"])
    missing = [file for file in recorded if not (folder / file).is_file()]
    if missing:
        return f"WEIGHTS MISSING: {', '.join(missing)}"
    differ = [file for file, expected in recorded.items() if _sha256(folder / file) != expected]
    return f"WEIGHTS DIFFER from those recorded: {', '.join(differ)}" if differ else AS_RECORDED


@cache
def _records() -> dict[str, Any]:
    return tomllib.loads((files("readout_diff") / "data" / "weights.toml").read_text("utf-8"))


def _folder(module: str) -> Path:
    """Return the folder of a package without importing it."""
    spec = find_spec(module)
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places or ()), module))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
