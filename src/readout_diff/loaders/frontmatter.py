"""What a text file says about itself in lines above its text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readout_diff.readout import Readout

_BLOCK = re.compile(r"\A---\n(.{0,10000}?\n)(?:---|\.\.\.)(?:\n|\Z)", re.S)
_LINE = re.compile(r"(?P<key>[A-Za-z][\w-]{0,40})[ ]?:(?P<value>.*)")
_KEYS = {"language": "lang", "date": "issued"} | {
    key: key
    for key in (
        "title",
        "lang",
        "issued",
        "party",
        "publisher",
        "translated_from",
        "translation_credit",
        "complete",
    )
}


def read_front(text: str) -> tuple[dict[str, str], int]:
    """Read the front matter of a text.

    Args:
        text: A file, line ends as ``\\n``.

    Returns:
        What it says of title, lang, issued, party, publisher, translated_from, translation_credit and
        complete, and where it ends; nothing and 0 if there is none.

    Example:
        >>> read_front('---\\nparty: "Meridia"\\n---\\nThey spoke.')
        ({'party': 'Meridia'}, 25)
    """
    block = _BLOCK.match(text)
    if block is None:
        return {}, 0
    about: dict[str, str] = {}
    for line in block[1].split("\n"):
        found = _LINE.match(line)
        key = _KEYS.get(found["key"].lower()) if found else None
        if found and key and (value := _bare(found["value"].strip())):
            about[key] = value
    return about, block.end()


def is_front(text: str) -> bool:
    """Tell whether a plain text begins with a front matter, and not with a rule between two lines."""
    block = _BLOCK.match(text)
    lines = block[1].rstrip("\n").split("\n") if block else []
    return bool(read_front(text)[0]) and all(_LINE.match(line) for line in lines)


def write_front(readout: Readout) -> str:
    """Write the front matter that `load` reads back, for the text of a statement to follow.

    Example:
        >>> from readout_diff import Readout
        >>> readout = Readout.from_text("They spoke about the ports today.", party="Meridia")
        >>> print(write_front(readout), end="")
        ---
        party: "Meridia"
        lang: "en"
        complete: "yes"
        ---
    """
    about: Mapping[str, str | None] = {
        "party": readout.party,
        "publisher": readout.publisher,
        "lang": readout.lang,
        "title": readout.title,
        "issued": readout.issued,
        "translated_from": readout.translated_from,
        "translation_credit": readout.translation_credit,
        "complete": "yes" if readout.complete else "no",
    }
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in about.items() if value)
    return "\n".join(("---", *lines, "---")) + "\n"


def _bare(value: str) -> str:
    """Take the quotation marks off a value."""
    if len(value) > 1 and value[0] == value[-1] == '"':
        try:
            return str(json.loads(value))
        except ValueError:
            return value[1:-1]
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == "'" else value
