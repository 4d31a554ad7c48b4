"""Files are the old one or the new one, whatever happens midway."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from readout_diff.errors import LoadError
from readout_diff.writing import write_bytes, write_text
from render.fake import small

FORMATS: dict[str, Callable[[Path], object]] = {
    "html": lambda path: small().to_html(path),
    "json": lambda path: small().to_json(path),
    "md": lambda path: small().to_markdown(path),
    "xlsx": lambda path: small().to_excel(path),
}


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_full_disk_leaves_the_old_file(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"out.{suffix}"
    path.write_bytes(b"old")

    def full(handle: int, mode: str) -> object:
        os.close(handle)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("readout_diff.writing.os.fdopen", full)
    with pytest.raises(LoadError, match="No space left on device"):
        FORMATS[suffix](path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_failed_rename_leaves_the_old_file(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"out.{suffix}"
    path.write_bytes(b"old")

    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(LoadError, match="Read-only file system"):
        FORMATS[suffix](path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write into any folder")
def test_a_folder_that_is_read_only(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(LoadError, match="Permission denied"):
        write_text(tmp_path / "a.txt", "new")


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="cannot write"):
        write_bytes(tmp_path / "none" / "a.txt", b"new")


def test_what_cannot_be_encoded_is_written_out(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", "a\ud800")
    assert (tmp_path / "a.txt").read_text("utf-8") == "a\\ud800"


WRITER = """
import sys
from pathlib import Path
from readout_diff.writing import write_bytes
contents = [letter.encode() * 3_000_000 for letter in "ab"]
print("ready", flush=True)
while True:
    for content in contents:
        write_bytes(Path(sys.argv[1]), content)
"""


@pytest.mark.parametrize("number", ["SIGTERM", "SIGKILL"])
@pytest.mark.parametrize("suffix", [*FORMATS, "csv"])
def test_a_killed_program_leaves_a_whole_file(suffix: str, number: str, tmp_path: Path) -> None:
    path = tmp_path / f"out.{suffix}"
    path.write_bytes(b"old")
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    time.sleep(0.03 + 0.01 * len(suffix))
    writer.send_signal(getattr(signal, number))
    writer.wait(10)
    writer.stdout.close()
    assert path.read_bytes() in (b"old", b"a" * 3_000_000, b"b" * 3_000_000)
