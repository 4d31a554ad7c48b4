"""Cuts of an article as they are written on the command line."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any

from readout_diff.errors import LoadError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from readout_diff.readout import Readout

_FIELD = re.compile(r",(?=(?:party|publisher|lang|title)=)")


def read_hint(text: str) -> dict[str, Any]:
    """Read a cut such as ``548-1422,party=Meridia,lang=en``.

    Raises:
        LoadError: The text is no cut.

    Example:
        >>> read_hint("548-1422,party=Meridia,lang=en")
        {'start': 548, 'end': 1422, 'party': 'Meridia', 'lang': 'en'}
    """
    cut, *fields = _FIELD.split(text.strip())
    ends = re.fullmatch(r"(\d{1,9})-(\d{1,9})", cut.strip())
    if ends is None:
        raise LoadError(
            f"hint {text!r} is no cut; give START-END, then ,party= ,publisher= ,lang= or ,title="
            " as in '548-1422,party=Meridia,lang=en'"
        )
    hint: dict[str, Any] = {"start": int(ends[1]), "end": int(ends[2])}
    for field in fields:
        key, _, value = field.partition("=")
        hint[key] = value.strip() or None
    return hint


def write_hint(hint: Mapping[str, Any]) -> str:
    """Write a cut as `read_hint` reads it.

    Example:
        >>> write_hint({"start": 548, "end": 1422, "lang": "en", "party": None})
        '548-1422,lang=en'
    """
    fields = (f",{key}={hint[key]}" for key in ("party", "publisher", "lang", "title") if hint.get(key))
    return f"{hint['start']}-{hint['end']}" + "".join(fields)


def hint_of(readout: Readout) -> dict[str, Any]:
    """Return the cut of a statement as a hint."""
    from readout_diff.loaders.article import HINT_FIELDS, source_range

    cut = source_range(readout)
    named = {key: value for key in HINT_FIELDS if (value := getattr(readout, key)) is not None}
    return {"start": cut.start, "end": cut.end} | named


def as_options(hints: Iterable[Mapping[str, Any]]) -> str:
    """Return the options that give these cuts again, quoted for a shell."""
    return " ".join(f"--hint {shlex.quote(write_hint(hint))}" for hint in hints)
