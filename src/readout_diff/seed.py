"""The seed article that comes with the package."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from readout_diff.errors import LoadError

_NAME = "000_78d42d08e289e3ea.txt"


def seed_article() -> Path:
    """Return the path of the German blog article the project was created from.

    It quotes two White House statements in English and one of the Kremlin in German. A wheel holds it among
    the package's data; in a checkout it stands in the folder ``seeds``.

    Raises:
        LoadError: If the installation is incomplete.

    Example:
        >>> seed_article().read_text(encoding="utf-8")[:13]
        'Sammler – USA'
    """
    package = Path(str(files("readout_diff")))
    for folder in (package / "data" / "seeds", package.parents[1] / "seeds"):
        if (folder / _NAME).is_file():
            return folder / _NAME
    raise LoadError(
        "the seed article is missing from this installation; right is to install the package again"
    )
