"""Offline means offline: no part of the library opens a connection, but to fetch what a user names.

The notebooks are run behind the same block in test_notebooks.py.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from readout_diff.errors import LoadError
from readout_diff.loaders.loading import load

ROOT = Path(__file__).parents[1]

# Put first on the path of a new process, or of a notebook's kernel: any name looked up, any connection that
# leaves the machine ends in an error that says so.
BLOCK = """
import socket

def refuse(*_, **__):
    raise RuntimeError("a connection was opened")

def local(address):
    return not isinstance(address, tuple) or str(address[0]) in ("127.0.0.1", "::1", "localhost", "")

def guard(name):
    real = getattr(socket.socket, name)
    def guarded(self, *arguments):
        if not local(arguments[-1]):
            refuse()
        return real(self, *arguments)
    setattr(socket.socket, name, guarded)

for name in ("connect", "connect_ex", "sendto"):
    guard(name)
real_getaddrinfo = socket.getaddrinfo

def getaddrinfo(host, *rest, **more):
    return real_getaddrinfo(host, *rest, **more) if local((host,)) else refuse()

socket.getaddrinfo = getaddrinfo
socket.gethostbyname = refuse
"""

# The last cell of a notebook that is run behind it says whether it was there.
PROBE = """
import socket
try:
    socket.getaddrinfo("example.org", 80)
    print("open")
except RuntimeError:
    print("blocked")
"""

WHOLE = """
import socket, sys, tempfile, warnings
from pathlib import Path
class Blocked(socket.socket):
    def __new__(cls, *a, **k):
        raise RuntimeError("a socket was opened")
socket.socket = Blocked
warnings.simplefilter("ignore")
from readout_diff import Readout, compare
from readout_diff.cli import main
folder = Path(tempfile.mkdtemp())
(folder / "a.txt").write_text("The presidents discussed Ukraine. They agreed to meet again.", "utf-8")
(folder / "b.txt").write_text("Die Präsidenten sprachen über die Ukraine. Das Gespräch war offen.", "utf-8")
(folder / "pairs.csv").write_text(f"id,a,b\\n1,{folder}/a.txt,{folder}/b.txt\\n", "utf-8")
compare(Readout.from_text("They spoke about Iran."), Readout.from_text("They spoke about NATO.")).to_html()
def run(*arguments):
    try:
        main([str(a) for a in arguments])
    except SystemExit as end:
        assert not end.code or end.code == 1, (arguments, end.code)
run("compare", folder / "a.txt", folder / "b.txt", "-o", folder / "out.html")
run("compare", folder / "a.txt", folder / "b.txt", "-o", folder / "out.json")
run("demo")
run("topics")
run("models")
run("cache", "info")
run("batch", folder / "pairs.csv", "-o", folder / "batch")
run("evaluate", sys.argv[1])
"""


def test_the_whole_library_opens_no_socket(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", WHOLE, str(ROOT / "tests" / "data" / "gold" / "seed")],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert "a socket was opened" not in done.stderr + done.stdout
    assert done.returncode == 0, done.stderr[-2000:]


def test_only_an_address_is_looked_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[str] = []

    def asks(host: str, *_: object, **__: object) -> None:
        asked.append(host)
        raise OSError("no network")

    monkeypatch.setattr(socket, "getaddrinfo", asks)
    path = tmp_path / "a.html"
    path.write_text(
        "<html><head><base href='https://evil.example/'><link rel=stylesheet href=//evil.example/x></head><body>"
        "<img src=https://evil.example/p.png><p>The presidents discussed Ukraine at length today.</p></body></html>"
    )
    assert load(path).text
    assert asked == []
    with pytest.raises(LoadError, match=r"no host 'named\.example'"):
        load("https://named.example/readout")
    assert asked == ["named.example"]
