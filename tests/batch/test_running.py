from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readout_diff import compare
from readout_diff.batch import running
from readout_diff.batch.pairs import Pair
from readout_diff.batch.running import run_batch
from readout_diff.batch.tables import TABLES, PairTables, tabulate_chunk
from readout_diff.cli import main
from readout_diff.errors import LoadError, MissingExtraError
from readout_diff.testing import HashEmbedder

from .conftest import texts

pd = pytest.importorskip("pandas")
pytest.importorskip("pyarrow", reason="needs the extra 'batch'")

OPTIONS: dict[str, Any] = {"embedder": HashEmbedder(), "cache": False}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK_SIZE", 2)


def test_the_tables_hold_what_compare_returns(listing: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run_batch(listing, out, **OPTIONS) == running.BatchSummary(7, 1, 0)
    tables = {name: pd.read_parquet(out / f"{name}.parquet") for name in TABLES}
    mine = compare(*(listing.parent / f"2{side}.txt" for side in "ab"), embedder=HashEmbedder())
    for name, frame in {"topics": mine.topics, "links": mine.pairs, "findings": mine.findings}.items():
        rows = tables[name][tables[name].pair == "call 2"].drop(columns="pair").reset_index(drop=True)
        assert list(rows.columns) == list(frame.columns)
        assert json.loads(rows.to_json()) == json.loads(frame.to_json())
    assert tables["pairs"].pair.tolist() == [f"call {n}" for n in (0, 1, 2, 4, 5, 6)]
    assert tables["pairs"].a.tolist()[0] == "0a.txt"
    assert tables["pairs"].signature.tolist()[2] == str(mine.signature)
    (failed,) = tables["failures"].to_dict("records")
    assert (failed["pair"], failed["a"]) == ("call 3", "3a.txt")
    assert "no file '3a.txt'" in failed["reason"]


def test_nothing_but_the_results_stays(listing: Path, tmp_path: Path) -> None:
    run_batch(listing, tmp_path / "out", **OPTIONS)
    names = {p.name for p in (tmp_path / "out").iterdir()}
    assert names == {f"{name}.parquet" for name in TABLES} | {"run.json", ".lock"}


def test_a_finished_run_is_left_as_it_is(listing: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_batch(listing, out, **OPTIONS)
    before = {p: p.stat().st_mtime_ns for p in out.iterdir()}
    assert run_batch(listing, out, **OPTIONS) == running.BatchSummary(7, 1, 7)
    assert {p: p.stat().st_mtime_ns for p in out.iterdir()} == before


def test_files_do_not_depend_on_chunks_or_workers(
    listing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_batch(listing, tmp_path / "one", workers=2, **OPTIONS)
    run_batch(listing, tmp_path / "two", **OPTIONS)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    monkeypatch.setattr(running, "CHUNK_SIZE", 3)
    run_batch(listing, tmp_path / "three", **OPTIONS)
    one, three = contents(tmp_path / "one"), contents(tmp_path / "three")
    assert {n: c for n, c in one.items() if n != "run.json"} == {
        n: c for n, c in three.items() if n != "run.json"
    }


def test_rows_are_grouped_whatever_the_parts(
    listing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_batch(listing, tmp_path / "one", **OPTIONS)
    monkeypatch.setattr("readout_diff.batch.tables._ROWS", 9)
    run_batch(listing, tmp_path / "two", **OPTIONS)
    for name in TABLES:
        one, two = (pd.read_parquet(tmp_path / folder / f"{name}.parquet") for folder in ("one", "two"))
        pd.testing.assert_frame_equal(one, two)


def test_reports_on_demand(listing: Path, tmp_path: Path) -> None:
    run_batch(listing, tmp_path / "out", reports=True, **OPTIONS)
    reports = sorted((tmp_path / "out" / "reports").iterdir())
    assert [p.name for p in reports] == [f"{n + 1:08}-call-{n}.html" for n in (0, 1, 2, 4, 5, 6)]
    assert all(p.read_text("utf-8").startswith("<!") for p in reports)


class Killed(BaseException):
    """Ends a run at a point nobody is prepared for."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sequence[Pair], Any], list[PairTables]]:
    """Return a stand-in for the comparisons, which are not what is tested here; it notes what it is asked."""
    folder = tmp_path_factory.mktemp("kept")
    kept: dict[str, PairTables] = {}

    def work(pairs: Sequence[Pair], settings: Any, base: Path, reports: bool) -> list[PairTables]:
        for pair in pairs:
            if pair.id not in kept:
                (kept[pair.id],) = tabulate_chunk([pair], settings, folder, reports)
        done.update(pair.id for pair in pairs)
        return [kept[pair.id] for pair in pairs]

    done: Counter[str] = Counter()
    work.done = done  # type: ignore[attr-defined]
    return work


STEPS = [
    (Path, "rename"),
    (Path, "replace"),
    (Path, "mkdir"),
    (os, "fsync"),
    (shutil, "rmtree"),
    (Path, "unlink"),
]


def killing(patch: pytest.MonkeyPatch, step: int, before: bool) -> None:
    """Let the run end at its `step`-th change of the disk, just before or just after it is made."""
    made = 0

    def of(original: Callable[..., Any]) -> Callable[..., Any]:
        def change(*arguments: Any, **options: Any) -> Any:
            nonlocal made
            made += 1
            if made == step and before:
                raise Killed
            result = original(*arguments, **options)
            if made == step:
                raise Killed
            return result

        return change

    for owner, name in STEPS:
        patch.setattr(owner, name, of(getattr(owner, name)))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kills=st.lists(st.tuples(st.integers(1, 60), st.booleans()), min_size=1, max_size=4))
def test_killed_at_any_point_a_run_is_taken_up(
    kills: list[tuple[int, bool]],
    listing: Path,
    tmp_path_factory: pytest.TempPathFactory,
    prepared: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running, "tabulate_chunk", prepared)
    whole, out = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("out")
    summary = run_batch(listing, whole, reports=True, **OPTIONS)
    prepared.done.clear()
    survived = 0
    for step, before in kills:
        with pytest.MonkeyPatch.context() as patch:
            killing(patch, step, before)
            try:
                run_batch(listing, out, reports=True, **OPTIONS)
            except Killed:
                survived += 1
    again = run_batch(listing, out, reports=True, **OPTIONS)
    assert (again.pairs, again.failed) == (summary.pairs, summary.failed)
    assert contents(out) == contents(whole)
    # Only the chunk at hand when a run ends may be worked on again.
    assert sum(prepared.done.values()) - 7 <= 2 * survived


SCRIPT = """
import sys
from readout_diff.batch.running import run_batch
from readout_diff.testing import HashEmbedder
if __name__ == "__main__":
    run_batch(sys.argv[1], sys.argv[2], embedder=HashEmbedder(), cache=False, workers=2)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_killed_for_real_and_taken_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # the script has chunks of the ordinary size
    folder, out, script = tmp_path / "in", tmp_path / "out", tmp_path / "script.py"
    folder.mkdir()
    script.write_text(SCRIPT, "utf-8")
    rows = ["a,b"]
    for number in range(40):
        rows.append(f"{number}a.txt,{number}b.txt")
        for side, text in zip("ab", texts(number), strict=True):
            (folder / f"{number}{side}.txt").write_text(text, "utf-8")
    (folder / "pairs.csv").write_text("\n".join(rows), "utf-8")

    process = subprocess.Popen([sys.executable, str(script), str(folder / "pairs.csv"), str(out)])
    deadline = time.monotonic() + 120
    while not (kept := [p for p in (out / ".parts").glob("*") if not p.suffix]):
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = [p for p in (out / ".parts").glob("*") if not p.suffix]

    assert run_batch(folder / "pairs.csv", out, **OPTIONS) == running.BatchSummary(40, 0, 8 * len(kept))
    run_batch(folder / "pairs.csv", tmp_path / "whole", **OPTIONS)
    assert contents(out) == contents(tmp_path / "whole")


def test_another_run_in_the_folder_is_refused(listing: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_batch(listing, out, **OPTIONS)
    with pytest.raises(LoadError, match=r"another run \(its order is 'auto', now 'free'\); right is a new"):
        run_batch(listing, out, order="free", **OPTIONS)
    listing.write_text(listing.read_text("utf-8") + "more,0a.txt,1b.txt,en,en\n", "utf-8")
    with pytest.raises(LoadError, match="another run"):
        run_batch(listing, out, **OPTIONS)


def test_a_folder_of_other_things_is_left_alone(listing: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.docx").write_text("")
    with pytest.raises(LoadError, match=r"holds 'thesis.docx'"):
        run_batch(listing, out, **OPTIONS)


def test_two_runs_at_once_are_refused(listing: Path, tmp_path: Path) -> None:
    with running._locked(tmp_path / "out"), pytest.raises(LoadError, match="in use"):
        run_batch(listing, tmp_path / "out", **OPTIONS)


def test_without_pyarrow_nothing_starts(
    listing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'readout-diff\[batch\]'"):
        run_batch(listing, tmp_path / "out", **OPTIONS)
    assert not (tmp_path / "out").exists()


# ---------------------------------------------------------------- the command


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    def call(*arguments: object) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as caught:
            main([str(a) for a in arguments])
        return (caught.value.code or 0, *capsys.readouterr())

    monkeypatch.setattr("readout_diff.batch.chunk.resolve_embedders", lambda *_: (HashEmbedder(),))
    return call


def test_the_exit_code_tells(run: Any, listing: Path, tmp_path: Path) -> None:
    command = ("batch", listing, "-o", tmp_path / "out", "--no-cache", "--workers", "1")
    code, out, err = run(*command)
    assert (code, err) == (1, "")
    assert out.startswith("7 pairs; 1 failed, listed in ")
    assert run(*command)[1].startswith("7 pairs, 7 of them before; 1 failed")
    lines = [line for line in listing.read_text("utf-8").splitlines() if "call 3" not in line]
    listing.write_text("\n".join(lines), "utf-8")
    command = ("batch", listing, "-o", tmp_path / "good", "--no-cache", "--workers", "1")
    assert run(*command) == (0, "6 pairs; none failed\n", "")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--engine", "dask"), "--engine dask --scheduler ADDRESS"),
        (("--scheduler", "tcp://x:1"), "--engine dask --scheduler ADDRESS"),
        (("--cache", "x", "--no-cache"), "exclude each other"),
        (("--workers", "0"), "1 or more"),
    ],
)
def test_bad_options_give_one_line(
    run: Any, listing: Path, tmp_path: Path, options: tuple[str, ...], message: str
) -> None:
    code, out, err = run("batch", listing, "-o", tmp_path / "out", *options)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err


def test_the_cache_can_be_seen_and_cleared(run: Any, listing: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    run("batch", listing, "-o", tmp_path / "out", "--cache", cache, "--workers", "1")
    code, out, _ = run("cache", "info", "--cache", cache)
    assert code == 0
    assert "hash@1" in out
    assert "MB freed" in run("cache", "clear", "--cache", cache)[1]
    assert "hash@1" not in run("cache", "info", "--cache", cache)[1]


def test_a_batch_without_an_embedder_keeps_no_vectors(
    capsys: pytest.CaptureFixture[str], listing: Path, tmp_path: Path
) -> None:
    def call(*arguments: object) -> str:
        with pytest.raises(SystemExit):
            main([str(a) for a in arguments])
        return capsys.readouterr().out

    cache, out = tmp_path / "cache", tmp_path / "out"
    words = ("--embedder", "none", "--reader", "none", "--workers", "1")
    assert call("batch", listing, "-o", out, "--cache", cache, *words).startswith("7 pairs; 1 failed")
    assert "@" not in call("cache", "info", "--cache", cache)
    assert json.loads((out / "run.json").read_text("utf-8"))["embedder"] == "none"
    signatures = pd.read_parquet(out / "pairs.parquet").signature
    assert all("|embedder:none|" in signature for signature in signatures)
    with pytest.raises(LoadError, match="holds another run"):
        run_batch(listing, out, embedder="use", reader="none", cache=False)


@pytest.mark.parametrize("content", ["{", "[]", '{"pairs": "x"}'])
def test_a_record_that_is_none_is_named(content: str, listing: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "run.json").write_text(content, "utf-8")
    with pytest.raises(LoadError, match="is no record of a run"):
        run_batch(listing, tmp_path / "out", **OPTIONS)


def test_what_a_killed_run_was_writing_is_cleared_away(listing: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".run.json.1234.tmp").write_text("{", "utf-8")
    run_batch(listing, tmp_path / "out", **OPTIONS)
    assert not [p.name for p in (tmp_path / "out").iterdir() if p.name.startswith(".run.json")]


def test_a_folder_that_cannot_be_made_is_named(listing: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    with pytest.raises(LoadError, match="cannot make the folder"):
        run_batch(listing, tmp_path / "taken" / "out", **OPTIONS)
