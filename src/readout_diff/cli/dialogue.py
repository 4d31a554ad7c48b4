"""A dialogue in which a user moves the cuts of an article."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from readout_diff.cli.hinting import hint_of
from readout_diff.loaders.article import HINT_FIELDS
from readout_diff.loaders.document import Document
from readout_diff.readout import Readout, Span
from readout_diff.render.safe_text import for_terminal

Ask = Callable[[str], str]  # shows a prompt, returns the answer; raises EOFError where there are no more
Say = Callable[[str], None]

HELP = """\
Lines are numbered as on the left; @548-1422 gives a range of characters instead.
  move N FROM-TO     statement N is lines FROM to TO      add FROM-TO      one more statement
  drop N             no statement                         merge N M        N to M are one statement
  name N party=... publisher=... lang=... title=...       show             the cuts again
  all                every line of the article            text N           a statement in full
  done               take these cuts (also the end of input)
  quit               leave without a result"""
_SHOWN = 88  # characters of a line
_AROUND = 2  # lines shown on both sides of where a statement begins or ends


class QuitError(Exception):
    """The user left without a result."""


@dataclass(slots=True)
class Dialogue:
    """The cuts of an article while a user changes them.

    Args:
        document: The article.
        statements: The statements found in it.
        notes: What is doubtful about them.
    """

    document: Document
    statements: Sequence[Readout]
    notes: Sequence[str] = ()
    hints: list[dict[str, Any]] = field(init=False)
    lines: list[Span] = field(init=False)

    def __post_init__(self) -> None:
        self.hints = [hint_of(readout) for readout in self.statements]
        rows = re.finditer(r"[^\n]*\S[^\n]*", self.document.source)
        self.lines = [_trimmed(self.document.source, Span(*row.span())) for row in rows]

    def run(self, ask: Ask, say: Say) -> list[dict[str, Any]]:
        """Ask for changes until the user is done.

        Returns:
            The cuts, as `load_readouts` takes them.

        Raises:
            QuitError: The user left without a result.
        """
        self._show(say)
        for note in self.notes:
            say(f"doubtful: {for_terminal(note)}")
        say(HELP)
        while True:
            try:
                answer = ask("> ").strip()
            except EOFError:
                return self.hints
            if answer in {"done", "ok"}:
                return self.hints
            try:
                self._obey(answer, say)
            except ValueError as error:
                say(f"{error}; 'help' lists what there is")

    def _obey(self, answer: str, say: Say) -> None:
        """Carry out one command; `ValueError` says what is wrong with it."""
        command, *words = shlex.split(answer) or ["help"]
        match command, words:
            case "help", []:
                say(HELP)
            case "quit", []:
                raise QuitError
            case "show", []:
                self._show(say)
            case "all", []:
                self._show(say, everything=True)
            case "text", [number]:
                hint = self.hints[self._index(number)]
                say(for_terminal_lines(self.document.source[hint["start"] : hint["end"]]))
            case "move", [number, where]:
                self.hints[self._index(number)] |= self._range(where)
                self._changed(say)
            case "add", [where]:
                self.hints.append(self._range(where))
                self._changed(say)
            case "drop", [number]:
                del self.hints[self._index(number)]
                self._changed(say)
            case "merge", [first, last]:
                self._merge(self._index(first), self._index(last))
                self._changed(say)
            case "name", [number, *fields] if fields:
                self.hints[self._index(number)] |= _fields(fields)
                self._changed(say)
            case _:
                raise ValueError(f"{answer!r} is no command")

    def _merge(self, first: int, last: int) -> None:
        if first >= last:
            raise ValueError("merge takes the numbers of two statements, the earlier one first")
        self.hints[first]["end"] = self.hints[last]["end"]
        del self.hints[first + 1 : last + 1]

    def _changed(self, say: Say) -> None:
        self.hints.sort(key=lambda hint: (hint["start"], hint["end"]))
        self._show(say)

    def _index(self, number: str) -> int:
        if not number.isdecimal() or not 1 <= int(number) <= len(self.hints):
            raise ValueError(f"there is no statement {number!r}, the last is {len(self.hints)}")
        return int(number) - 1

    def _range(self, where: str) -> dict[str, int]:
        ends = re.fullmatch(r"(@?)(\d{1,9})(?:-(\d{1,9}))?", where)
        if ends is None:
            raise ValueError(f"{where!r} is no range such as 4-9 or @548-1422")
        first, last = int(ends[2]), int(ends[3] or ends[2])
        limit = len(self.document.source) if ends[1] else len(self.lines)
        if not (0 if ends[1] else 1) <= first <= last <= limit or (ends[1] and first == last):
            raise ValueError(f"{where!r} is not within 1-{limit}")
        if ends[1]:
            return {"start": first, "end": last}
        return {"start": self.lines[first - 1].start, "end": self.lines[last - 1].end}

    def _show(self, say: Say, *, everything: bool = False) -> None:
        """Show the lines around each cut, with the number of the statement they are part of."""
        owners = [self._owner(line) for line in self.lines]
        turns = [i for i in range(1, len(owners)) if owners[i] != owners[i - 1]]
        shown = {i for turn in turns for i in range(turn - _AROUND, turn + _AROUND)}
        skipped = False
        for index, (line, owner) in enumerate(zip(self.lines, owners, strict=True)):
            if not everything and index not in shown:
                skipped = True
                continue
            if skipped:
                say("     ...")
                skipped = False
            text = for_terminal(line.of(self.document.source))
            brief = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."
            say(f"{index + 1:>4} {f'{owner}|' if owner else ' '} {brief}")
        for number, hint in enumerate(self.hints, start=1):
            named = ", ".join(f"{key} {hint[key]}" for key in HINT_FIELDS if hint.get(key))
            say(f"statement {number}: @{hint['start']}-{hint['end']}, {for_terminal(named) or 'not named'}")

    def _owner(self, line: Span) -> int:
        owners = (
            number
            for number, hint in enumerate(self.hints, start=1)
            if hint["start"] < line.end and line.start < hint["end"]
        )
        return next(owners, 0)


def for_terminal_lines(text: str) -> str:
    """Return a text that is safe to show, with its line breaks."""
    return "\n".join(for_terminal(line) for line in text.split("\n"))


def _fields(words: Sequence[str]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not equals or key not in HINT_FIELDS:
            raise ValueError(f"{word!r} is not one of {', '.join(f'{name}=' for name in HINT_FIELDS)}")
        found[key] = value or None
    return found


def _trimmed(text: str, span: Span) -> Span:
    bare = span.of(text)
    return Span(span.start + len(bare) - len(bare.lstrip()), span.end - len(bare) + len(bare.rstrip()))
