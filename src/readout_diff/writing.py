"""Writing results to files, all or nothing."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from readout_diff.errors import LoadError


def write_bytes(path: Path, content: bytes) -> None:
    """Write `content` to `path` under a temporary name, then rename it.

    Whatever happens midway, the old file stays or the new one stands there whole.

    Args:
        path: The file to write; its folder must exist.
        content: The whole content.

    Raises:
        LoadError: If the folder does not exist or cannot be written.
    """
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(temporary).chmod(0o666 & ~_umask())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise LoadError(
            f"cannot write {str(path)!r} ({error.strerror or error}); "
            f"right is a file in a folder that can be written"
        ) from error


def write_text(path: Path, text: str) -> None:
    """Write `text` to `path` as UTF-8, all or nothing."""
    write_bytes(path, text.encode("utf-8", "backslashreplace"))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
