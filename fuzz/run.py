"""Many inputs for every reader, each under a guard of time and memory.

    python fuzz/run.py                          # every reader up to 100,000 inputs
    python fuzz/run.py html pdf --inputs 5000 --seed 2

A run goes on where an earlier one with the same seed stopped. An input that crashes, hangs or takes too
much memory is kept in ``fuzz/finds``. Half of the inputs are mutated seeds, half come from Hypothesis.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import json
import multiprocessing
import os
import resource
import sys
import time
import warnings
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

SECONDS = 5.0  # of processor time; other programs may keep the processors busy
PATIENCE = 30.0  # of the clock, then the process is ended, in whatever code it is
MEMORY = 1_000_000_000  # bytes above what the process holds before its first input
CHUNK = 1_000
FINDS = HERE / "finds"


def main() -> int:
    """Run the readers asked for; return 1 where something was found."""
    from fuzz.targets import TARGETS
    from readout_diff.errors import ReadoutDiffError

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "targets", nargs="*", choices=[*TARGETS, []], metavar="reader", help=", ".join(TARGETS)
    )
    parser.add_argument("--inputs", type=int, default=100_000, help="inputs for each reader")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    FINDS.mkdir(exist_ok=True)
    for name in given.targets or TARGETS:  # what is loaded now need not be loaded in every process
        with contextlib.suppress(ReadoutDiffError):
            TARGETS[name].read(TARGETS[name].seeds()[0])
    bad = 0
    for round_ in range(
        -(-given.inputs // CHUNK)
    ):  # all readers take turns, so that a stopped run has some of each
        for name in given.targets or TARGETS:
            bad += _advance(name, given.seed, round_ * CHUNK, min(given.inputs, (round_ + 1) * CHUNK))
    for name in given.targets or TARGETS:
        done = _state(name, given.seed)
        print(f"{name:10} {done['done']:7,} inputs  {dict(done['counts'])}")
    return 1 if bad else 0


def _state(name: str, seed: int) -> dict[str, object]:
    path = FINDS / f"{name}.{seed}.json"
    return json.loads(path.read_text()) if path.exists() else {"done": 0, "counts": {}}


def _advance(name: str, seed: int, start: int, end: int) -> int:
    """Run one chunk in a process of its own, again behind an input that ends it; return what was found."""
    state = _state(name, seed)
    first = max(start, state["done"])
    found = 0
    while first < end:
        context = multiprocessing.get_context("fork")
        queue = context.SimpleQueue()
        at = context.Value("q", first)
        worker = context.Process(target=_work, args=(name, seed, first, end, at, queue))
        worker.start()
        worker.join(PATIENCE * (end - first))
        if worker.exitcode == 0:
            counts, reached = queue.get(), end
        else:  # ended by the guard, or by the system
            counts, reached = {"ended": 1, "read": at.value - first}, at.value + 1
            _keep(
                name,
                seed,
                at.value,
                b"",
                f"ended by the guard of {PATIENCE} s, or with code {worker.exitcode}",
            )
        found += sum(counts.get(kind, 0) for kind in ("crash", "hang", "memory", "ended"))
        total = Counter(state["counts"]) + Counter(counts)
        state = {"done": reached, "counts": dict(total)}
        (FINDS / f"{name}.{seed}.json").write_text(json.dumps(state))
        first = reached
    return found


def _work(name, seed, first, end, at, queue) -> None:
    from fuzz.mutating import mutated
    from fuzz.targets import TARGETS
    from readout_diff.errors import ReadoutDiffError

    warnings.simplefilter("ignore")
    import logging

    logging.disable(logging.CRITICAL)
    target = TARGETS[name]
    seeds = target.seeds()
    made = _from_hypothesis(target.strategy, seed, first, end)
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    counts: Counter[str] = Counter()
    for number in range(first, end):
        at.value = number
        data = (
            made[(number - first) // 2]
            if number % 2 and made
            else mutated(seeds, target.pieces, seed, number)
        )
        faulthandler.dump_traceback_later(PATIENCE, exit=True, file=sys.stderr)
        begun = time.process_time()
        try:
            target.read(data)
            counts["read"] += 1
        except ReadoutDiffError:
            counts["refused"] += 1
        except Exception as error:
            counts["crash"] += 1
            _keep(name, seed, number, data, f"{type(error).__name__}: {error}")
        faulthandler.cancel_dump_traceback_later()
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) * 1024
        if grown > MEMORY:
            counts["memory"] += 1
            _keep(name, seed, number, data, f"{grown:,} bytes")
            break
        spent = time.process_time() - begun
        if spent > SECONDS:
            counts["hang"] += 1
            _keep(name, seed, number, data, f"{spent:.1f} s of processor time")
        counts["over a second"] += spent > 1
    queue.put(dict(counts))


def _from_hypothesis(strategy, seed: int, first: int, end: int) -> list[bytes]:
    """Return the inputs Hypothesis makes for a chunk: the same for the same seed and chunk."""
    import hypothesis

    made: list[bytes] = []

    @hypothesis.seed(f"{seed}:{first}")
    @hypothesis.settings(
        max_examples=(end - first) // 2 + 1,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(strategy)
    def collect(data: bytes) -> None:
        made.append(data)

    collect()
    return (made * (-(-(end - first) // (2 * len(made))) + 1))[: end - first]


def _keep(name: str, seed: int, number: int, data: bytes, why: str) -> None:
    if not data:
        from fuzz.mutating import mutated
        from fuzz.targets import TARGETS

        data = mutated(TARGETS[name].seeds(), TARGETS[name].pieces, seed, number) if number % 2 == 0 else b""
    (FINDS / f"{name}.{seed}.{number}.bin").write_bytes(data)
    with (FINDS / "finds.txt").open("a", encoding="utf-8") as file:
        file.write(
            f"{name} seed {seed} input {number}: {why[:300]}\n".encode("utf-8", "backslashreplace").decode()
        )


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(main())
