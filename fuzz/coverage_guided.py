"""Inputs led by coverage, with atheris where it is installed.

pip install atheris && python fuzz/coverage_guided.py html -max_total_time=300

What libFuzzer takes may follow. Inputs that reach something new are kept in ``fuzz/finds/corpus``, what is
found in ``fuzz/finds``.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import sys
import warnings
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

FINDS = HERE / "finds"
OURS = ["readout_diff", "pypdf", "docx"]  # what is watched: the readers, with what unpacks documents for them


def main() -> None:
    """Fuzz the reader named first; what follows goes to libFuzzer."""
    try:
        import atheris
    except ImportError:
        sys.exit("coverage_guided: atheris is not installed; right is pip install atheris, or fuzz/run.py")
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    name = sys.argv[1]
    with atheris.instrument_imports(include=OURS):
        from fuzz.targets import TARGETS
        from readout_diff.errors import ReadoutDiffError

        target = TARGETS[name]
        seeds = target.seeds()
        for seed in seeds:  # a reader imports what it needs when it first reads
            with contextlib.suppress(ReadoutDiffError):
                target.read(seed)

    def one(data: bytes) -> None:
        with contextlib.suppress(ReadoutDiffError):
            target.read(data)

    atheris.Setup([sys.argv[0], *_options(name, seeds, target.pieces), *sys.argv[2:]], one)
    atheris.Fuzz()


def _options(name: str, seeds: list[bytes], pieces: tuple[bytes, ...]) -> list[str]:
    """Write the seeds and pieces where libFuzzer reads them; return what it is told."""
    corpus = FINDS / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        (corpus / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
    words = FINDS / "corpus" / f"{name}.dict"
    quoted = ("".join(f"\\x{byte:02x}" for byte in piece) for piece in pieces if piece and len(piece) < 60)
    words.write_text("".join(f'"{word}"\n' for word in quoted))
    longest = max(20_000, *map(len, seeds))
    return [
        str(corpus),
        f"-dict={words}",
        f"-artifact_prefix={FINDS / name}.",
        f"-max_len={longest}",
        "-timeout=10",
        "-rss_limit_mb=1500",
    ]


if __name__ == "__main__":
    main()
