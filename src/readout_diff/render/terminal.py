"""The terminal view of a comparison."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from readout_diff.readout import merged
from readout_diff.render.absence import absences
from readout_diff.render.headline import headline
from readout_diff.render.reading import ReadingRow, reading_rows
from readout_diff.render.rows import TopicRow, hits_of, in_groups, rest_phrases, topic_rows
from readout_diff.render.safe_text import for_terminal
from readout_diff.render.sides import Side, sides_of
from readout_diff.render.wording import (
    ABOUT_ABSENCE,
    ABOUT_LINKS,
    absence_phrases,
    cell_phrase,
    describe,
    link_phrase,
    plural,
    refs,
)

if TYPE_CHECKING:
    from readout_diff.comparison import Comparison

# Middle tones, legible on black and on white; the letter of the side is the second mark.
_STYLES = {"a": "color(33)", "b": "color(172)", "both": "bold", "unknown": "italic", "neither": "dim"}
_BARS = 96  # from this width on there is room for bars
_BAR = 12  # columns of a bar that stands for the whole account
_PHRASE = 17  # columns of "12 passages, 45%", after which bars begin
_NARROW = 76  # below this, two columns of prose are two columns of hyphens
_QUOTED = 3
_ASCII = str.maketrans({"“": '"', "”": '"', "’": "'", "·": "-", "↔": "<->", "█": "#", "…": "...", "É": "E"})


def print_report(comparison: Comparison, console: Console) -> None:
    """Write the terminal view to a console, in plain ASCII lines where it is no terminal.

    The texts themselves keep their letters; control characters in them are written out.
    """
    if not console.is_terminal:
        console.file.write(to_text(comparison, width=console.width))
        return
    plain = not console.encoding.lower().startswith("utf")
    for part in _View(comparison, plain=plain, width=console.width).parts():
        console.print(part)


def to_text(comparison: Comparison, *, width: int = 100) -> str:
    """Return the terminal view as plain text, at most `width` columns wide."""
    buffer = io.StringIO()
    console = Console(file=buffer, width=width, force_terminal=False, no_color=True)
    for part in _View(comparison, plain=True, width=width).parts():
        console.print(part)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"


class _View:
    """The parts of one comparison for one console."""

    def __init__(self, comparison: Comparison, *, plain: bool, width: int) -> None:
        self.comparison = comparison
        self.plain = plain
        self.width = width
        self.narrow = width < _NARROW
        self.sides = sides_of(comparison)
        self.rows = reading_rows(comparison)
        self.quoted: set[tuple[str, int]] = set()
        self.marks: dict[tuple[str, int], list[tuple[str, int, int]]] = {}
        for side in self.sides:
            for hit in hits_of(comparison, side):
                if hit.method == "cue" and not hit.denied:
                    start = side.passages[hit.passage_index].span.start
                    self.marks.setdefault((side.key, hit.passage_index), []).append(
                        (hit.topic_id, hit.span.start - start, hit.span.end - start)
                    )

    def parts(self) -> Iterator[RenderableType]:
        yield self.say(headline(self.comparison), "bold")
        yield ""
        for side in self.sides:
            line = Text().append(f"{side.letter} ", f"bold {_STYLES[side.key]}")
            yield line.append_text(self.say(f"{side.name} · {' · '.join(describe(side))}"))
        yield from self.title("Subjects")
        yield from self.topics()
        yield self.say(ABOUT_ABSENCE, "dim")
        for speaks, silent in (self.sides, self.sides[::-1]):
            yield from self.only(speaks, silent)
        yield from self.title("Linked passages")
        yield self.say(ABOUT_LINKS, "dim")
        linked = [row for row in self.rows if row.links]
        if not linked:
            yield self.say("No passage has a counterpart.")
        for row in linked:
            yield from self.pair(row)
        yield from self.alone()
        yield ""
        yield self.say(str(self.comparison.signature), "dim")

    def say(self, words: str, style: str = "") -> Text:
        safe = for_terminal(words)
        return Text(safe.translate(_ASCII) if self.plain else safe, style)

    def title(self, words: str, style: str = "") -> Iterator[RenderableType]:
        yield ""
        line = self.say(words, f"bold {style}")
        yield line
        yield Text(("-" if self.plain else "─") * min(line.cell_len, self.width), style or "dim")

    def topics(self) -> Iterator[RenderableType]:
        rows = topic_rows(self.comparison)
        shown = in_groups(rows)
        if not shown:
            yield from (self.say(phrase) for phrase in rest_phrases(rows))
            return
        table = Table(box=box.ASCII2 if self.plain else box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        table.add_column("Subject")
        for side in self.sides:
            table.add_column(self.say(f"{side.letter} {side.name}"), style=_STYLES[side.key])
        table.add_column("Found in", no_wrap=True)
        for row in shown:
            table.add_row(
                self.say(row.label),
                *(self.cell(row, side) for side in self.sides),
                self.say(_verdict(row), _STYLES[row.side]),
            )
        yield table
        for phrase in rest_phrases(rows):
            yield self.say(phrase, "dim")

    def cell(self, row: TopicRow, side: Side) -> Text:
        cell = row.cell(side.key)
        phrase = self.say(cell_phrase(cell, side))
        if not cell.passages:
            phrase.stylize("italic")
            return phrase
        if self.width < _BARS:
            return phrase
        bar = "█" * max(1, round(cell.share * _BAR))
        phrase.append(" " * max(1, _PHRASE - phrase.cell_len))
        return phrase.append(bar.translate(_ASCII) if self.plain else bar)

    def only(self, speaks: Side, silent: Side) -> Iterator[RenderableType]:
        found = absences(self.comparison, speaks.key)
        if not found:
            return
        yield from self.title(f"Only in {speaks.account}", _STYLES[speaks.key])
        for absence in found:
            passages = absence.row.cell(speaks.key).passages
            yield self.say(absence.row.label, "bold")
            self.quoted |= {(speaks.key, index) for index in passages[:_QUOTED]}
            topic = absence.row.topic.id
            yield from (self.indent(self.passage(speaks, index, topic)) for index in passages[:_QUOTED])
            if len(passages) > _QUOTED:
                yield self.indent(self.say(f"and in {refs(speaks, passages[_QUOTED:])}"))
            evidence = " ".join(absence_phrases(absence, speaks, silent))
            yield self.indent(self.say(evidence, "dim"))

    def pair(self, row: ReadingRow) -> Iterator[RenderableType]:
        yield ""
        left, right = self.sides
        for link in row.links:
            words = f"{refs(left, link.left)} ↔ {refs(right, link.right)}: {link_phrase(link)}"
            yield self.say(words, "bold" if link.relation == "conflict" else "")
        columns = [
            Group(*(self.passage(side, index) for index in indices))
            for side, indices in zip(self.sides, (row.left, row.right), strict=True)
        ]
        if self.narrow:
            yield from (self.indent(column) for column in columns)
            return
        table = Table(box=None, show_header=False, pad_edge=False, expand=True, padding=(0, 2, 0, 0))
        table.add_column(ratio=1)
        table.add_column(ratio=1)
        table.add_row(*columns)
        yield self.indent(table)

    def alone(self) -> Iterator[RenderableType]:
        left, right = self.sides
        for side, indices in (
            (left, sorted(row.left[0] for row in self.rows if not row.right)),
            (right, sorted(row.right[0] for row in self.rows if not row.left)),
        ):
            if not indices:
                continue
            count = plural(len(indices), "passage")
            yield from self.title(f"{count} of {side.account} without a counterpart", _STYLES[side.key])
            rest = [index for index in indices if (side.key, index) not in self.quoted]
            yield from (self.indent(self.passage(side, index)) for index in rest)
            above = tuple(index for index in indices if index not in rest)
            if above:
                yield self.indent(self.say(f"{'and ' if rest else ''}{refs(side, above)}, quoted above"))

    def passage(self, side: Side, index: int, topic_id: str | None = None) -> Text:
        """The passage with its number and the cues of every or of one topic marked."""
        text = side.passages[index].text
        line = Text().append(f"{side.ref(index)} ", f"bold {_STYLES[side.key]}")
        at = 0
        marks = self.marks.get((side.key, index), ())
        for start, end in merged((m[1], m[2]) for m in marks if topic_id in (None, m[0])):
            line.append(_keep_ends(text[at:start]))
            line.append(_keep_ends(text[start:end]), "underline")
            at = end
        return line.append(_keep_ends(text[at:]))

    def indent(self, part: RenderableType) -> RenderableType:
        return Padding(part, (0, 0, 0, 2))


def _verdict(row: TopicRow) -> str:
    return {"both": "both", "a": "only A", "b": "only B", "unknown": "unknown"}.get(row.side, "neither")


def _keep_ends(text: str) -> str:
    # for_terminal strips; between two marked words the spaces matter.
    safe = for_terminal(text)
    if not safe:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{safe}{' ' if text[-1].isspace() else ''}"
