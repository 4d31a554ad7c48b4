"""Inputs led by coverage, with atheris where it is installed.

pip install atheris && python fuzz/coverage_guided.py html -runs=100000
"""

from __future__ import annotations

import contextlib
import logging
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))


def main() -> None:
    """Fuzz the reader named first; what follows goes to libFuzzer."""
    try:
        import atheris
    except ImportError:
        sys.exit("coverage_guided: atheris is not installed; right is pip install atheris, or fuzz/run.py")
    with atheris.instrument_imports(include=["readout_diff"]):
        from fuzz.targets import TARGETS
        from readout_diff.errors import ReadoutDiffError
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    target = TARGETS[sys.argv.pop(1)]

    def one(data: bytes) -> None:
        with contextlib.suppress(ReadoutDiffError):
            target.read(data)

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
