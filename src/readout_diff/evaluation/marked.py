"""Articles in which the statements are marked, and what is wrong in how one was split."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from readout_diff.errors import LoadError
from readout_diff.evaluation.articles import characters_of
from readout_diff.readout import Readout

_MARK = re.compile(r"\{\{(?P<of>S [^{}]*|/S|X|/X)\}\}")
_FIELDS = ("party", "publisher", "lang")
# Marks of quotations and lists, and a comma or a full stop, count neither way at an end of a statement.
_EITHER = "„“”\"«»‚‘’'‹›*_>[]()—–-…•.,"


@dataclass(frozen=True, slots=True)
class MarkedStatement:
    """A statement, as half-open ranges of the article without its marks; `party` is None where unknown."""

    party: str | None
    publisher: str | None
    lang: str
    segments: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """An article without its marks, and the statements that were marked in it."""

    id: str
    text: str
    statements: tuple[MarkedStatement, ...]


def parse_marked(name: str, marked: str) -> Marked:
    """Read an article with marks.

    ``{{S party=P|publisher=O|lang=xx}}`` stands before a statement, ``{{/S}}`` behind it, ``{{X}}`` and
    ``{{/X}}`` around what is not of it; ``-`` stands for an unknown party or publisher.

    Args:
        name: What the article is called.
        marked: The article with its marks.

    Raises:
        LoadError: If marks do not match.

    Example:
        >>> article = parse_marked("x", "It said: {{S party=Meridia|publisher=-|lang=en}}They met.{{/S}}")
        >>> article.text, article.statements[0].segments
        ('It said: They met.', ((9, 18),))
    """
    text, at, begun, out = "", 0, False, False
    statements: list[MarkedStatement] = []
    for mark in _MARK.finditer(marked):
        piece, of = marked[at : mark.start()], mark["of"]
        at = mark.end()
        if begun and not out:
            statements[-1] = _with(statements[-1], text, piece)
        text += piece
        fits = {"/S": begun and not out, "X": begun and not out, "/X": out}.get(of, not begun)
        if not fits:
            raise LoadError(f"article {name!r}: mark {mark[0]!r} at {mark.start()} stands where it cannot")
        begun, out = (begun, of == "X") if of in ("X", "/X") else (of != "/S", False)
        if of.startswith("S "):
            statements.append(_statement(name, of[2:]))
    if stray := re.search(r"\{\{.{0,20}|.{0,20}\}\}", text + marked[at:]):
        raise LoadError(f"article {name!r}: {stray[0]!r} is no mark; right are S, /S, X and /X")
    if begun:
        raise LoadError(f"article {name!r}: a statement is not closed; right is {{{{/S}}}} behind it")
    return Marked(name, text + marked[at:], tuple(statements))


def _statement(name: str, fields: str) -> MarkedStatement:
    given = dict(part.partition("=")[::2] for part in fields.split("|"))
    if set(given) != set(_FIELDS):
        raise LoadError(f"article {name!r}: a mark has {sorted(given)}; right is {', '.join(_FIELDS)}")
    party, publisher, lang = (given[field].strip() for field in _FIELDS)
    return MarkedStatement(party if party != "-" else None, publisher if publisher != "-" else None, lang, ())


def _with(statement: MarkedStatement, text: str, piece: str) -> MarkedStatement:
    ranges = tuple(
        (len(text) + line.start(), len(text) + line.end()) for line in re.finditer(r"\S(?:[^\n]*\S)?", piece)
    )
    return replace(statement, segments=(*statement.segments, *ranges))


def read_marked(path: Path) -> tuple[Marked, ...]:
    """Read a file of articles, a JSON object a line: ``{"id": ..., "marked": ...}``.

    Raises:
        LoadError: If there is no such file, or marks do not match.
    """
    try:
        lines = path.read_text("utf-8").split("\n")  # a text may hold other marks that end a line
        rows = [json.loads(line) for line in lines if line]
        return tuple(parse_marked(row["id"], row["marked"]) for row in rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LoadError(
            f"no marked articles in {str(path)!r} ({error}); right is a file of tools/pack_articles.py"
        ) from error


def wrongs(marked: Marked, said: Sequence[Readout]) -> list[str]:
    """Say what is wrong in how an article was split, an item a mistake; none: it counts as right.

    Text, party and language of every statement must be right, and no statement invented; white space counts
    for nothing, nor do marks of quotations and lists, a comma or a full stop at an end.

    Args:
        marked: The article.
        said: The statements that were found, with where they stand in it.
    """
    found, used = [], set()
    for statement in marked.statements:
        own = {place for start, end in statement.segments for place in range(start, end)}
        best = max(said, key=lambda readout: len(own & characters_of(readout)), default=None)
        if best is None or not own & characters_of(best):
            found.append(f"missed: {statement.party}")
            continue
        used.add(id(best))
        for kind, places in (("too much", characters_of(best) - own), ("missing", own - characters_of(best))):
            if wording := _wording(marked.text, places):
                found.append(f"{kind} of {statement.party}: {_brief(wording)!r}")
        if best.party != statement.party:
            found.append(f"party {best.party} for {statement.party}")
        if best.lang != statement.lang:
            found.append(f"language {best.lang} for {statement.lang}")
    invented = (readout for readout in said if id(readout) not in used)
    return [*found, *(f"invented: {readout.party}, {_brief(readout.text)!r}" for readout in invented)]


def _wording(text: str, places: set[int]) -> str:
    """Return what stands at some places, without what counts neither way."""
    kept = "".join(text[place] for place in sorted(places) if not text[place].isspace())
    return kept if kept.strip(_EITHER) else ""


def _brief(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 90 else f"{text[:55]} ... {text[-30:]}"
