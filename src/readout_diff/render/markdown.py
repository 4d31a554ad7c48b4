"""Markdown of a comparison, to be read in a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from readout_diff.render.absence import absences
from readout_diff.render.headline import headline
from readout_diff.render.reading import ReadingRow, reading_rows
from readout_diff.render.rows import TopicRow, in_groups, rest_phrases, topic_rows
from readout_diff.render.safe_text import for_terminal
from readout_diff.render.sides import Side, SideKey, sides_of
from readout_diff.render.wording import (
    ABOUT_ABSENCE,
    ABOUT_LINKS,
    absence_phrases,
    cell_phrase,
    describe,
    link_phrase,
    percent,
    plural,
    refs,
)

if TYPE_CHECKING:
    from readout_diff.comparison import Comparison

# Whatever starts a structure, a link, a mention, an entity or raw HTML inside a line ...
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~@$&]|:(?=//)|(?<=www)\.)")
# ... and what starts a block where it opens a line.
_OPENS_BLOCK = re.compile(r"^(?:([-+=])|(\d+)([.)]))")


def escape(text: str) -> str:
    r"""Return `text` as Markdown that shows exactly this text, on one line.

    Example:
        >>> print(escape("1. *not* <b>bold</b>"))
        1\. \*not\* \<b\>bold\</b\>
    """
    escaped = _SPECIAL.sub(r"\\\1", for_terminal(text))
    return _OPENS_BLOCK.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", escaped)


def to_markdown(comparison: Comparison) -> str:
    """Return the comparison as Markdown: headline, topics, one-sided topics, linked passages."""
    sides = sides_of(comparison)
    rows = reading_rows(comparison)
    quoted = {
        (side.key, index)
        for side in sides
        for absence in absences(comparison, side.key)
        for index in absence.row.cell(side.key).passages
    }
    blocks = [
        f"# {escape(headline(comparison))}",
        *(f"**{side.letter}: {escape(side.name)}** · {escape(' · '.join(describe(side)))}" for side in sides),
        ABOUT_ABSENCE,
        "## Subjects",
        _topics(comparison, sides),
        *_one_sided(comparison, sides),
        "## Linked passages",
        ABOUT_LINKS,
        *(block for row in rows if row.links for block in _linked(comparison, row, sides)),
        *_alone(rows, sides, quoted),
        f"Signature: {escape(str(comparison.signature))}",
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _topics(comparison: Comparison, sides: tuple[Side, Side]) -> str:
    rows = topic_rows(comparison)
    shown = in_groups(rows)
    left, right = sides
    lines = [
        f"| Subject | {escape(left.name)} (A) | {escape(right.name)} (B) | |",
        "|:--|:--|:--|:--|",
        *(
            f"| {escape(row.label)} | {cell_phrase(row.a, left)} | {cell_phrase(row.b, right)} "
            f"| {_verdict(row)} |"
            for row in shown
        ),
    ]
    rest = [escape(phrase) for phrase in rest_phrases(rows)]
    return "\n\n".join([*(["\n".join(lines)] if shown else []), *rest])


def _verdict(row: TopicRow) -> str:
    return {"both": "both", "a": "**only A**", "b": "**only B**", "unknown": "unknown"}.get(row.side, "")


def _one_sided(comparison: Comparison, sides: tuple[Side, Side]) -> Iterator[str]:
    for speaks, silent in (sides, sides[::-1]):
        found = absences(comparison, speaks.key)
        if found:
            yield f"## Only in {escape(speaks.account)}"
        for absence in found:
            cell = absence.row.cell(speaks.key)
            yield "\n".join(
                [
                    f"### {escape(absence.row.label)} ({plural(len(cell.passages), 'passage')}, "
                    f"{percent(cell.share)} of the words)",
                    "",
                    *(_quote(speaks, index) for index in cell.passages),
                    "",
                    escape(" ".join(absence_phrases(absence, speaks, silent))),
                ]
            )


def _linked(comparison: Comparison, row: ReadingRow, sides: tuple[Side, Side]) -> Iterator[str]:
    left, right = sides
    yield "\n".join(
        [
            f"### {refs(left, row.left)} ↔ {refs(right, row.right)}",
            "",
            *(
                f"- {refs(left, link.left)} ↔ {refs(right, link.right)}: {escape(link_phrase(link))}"
                for link in row.links
            ),
            "",
            *(_quote(left, index) for index in row.left),
            *(_quote(right, index) for index in row.right),
        ]
    )


def _alone(
    rows: tuple[ReadingRow, ...], sides: tuple[Side, Side], quoted: set[tuple[SideKey, int]]
) -> Iterator[str]:
    left, right = sides
    for side, indices in (
        (left, sorted(row.left[0] for row in rows if not row.right)),
        (right, sorted(row.right[0] for row in rows if not row.left)),
    ):
        if not indices:
            continue
        yield f"## Passages of {escape(side.account)} without a counterpart"
        above = tuple(index for index in indices if (side.key, index) in quoted)
        yield "\n".join(_quote(side, index) for index in indices if index not in above)
        if above:
            yield f"{'And ' if len(above) < len(indices) else ''}{refs(side, above)}, quoted above."


def _quote(side: Side, index: int) -> str:
    # Two spaces at the end break the line; without them a mail program runs the quotes together.
    return f"> **{side.ref(index)}** {escape(side.passages[index].text)}  "
