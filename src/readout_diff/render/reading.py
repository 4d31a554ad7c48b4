"""The rows of the aligned reading: passages that belong together, in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readout_diff.alignment.links import Link

if TYPE_CHECKING:
    from readout_diff.comparison import Comparison


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """Passages joined by links, directly or through one another, or one passage that stands alone."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    links: tuple[Link, ...]


def reading_rows(comparison: Comparison) -> tuple[ReadingRow, ...]:
    """Return every passage of both sides in exactly one row.

    Rows follow the left account; a passage that stands alone on the right follows the row of the
    passage before it in its own account.
    """
    joined = _joined(comparison)
    by_left = {index: row for row in joined for index in row.left}
    by_right = {index: row for row in joined for index in row.right}
    ordered: list[ReadingRow] = []
    for index in range(len(comparison.left_passages)):
        row = by_left.get(index, ReadingRow((index,), (), ()))
        if index == row.left[0]:
            ordered.append(row)
    following: dict[int, list[ReadingRow]] = {}
    anchor = -1  # position in the left order after which unlinked passages of the right stand
    for index in range(len(comparison.right_passages)):
        linked = by_right.get(index)
        if linked is not None:
            anchor = linked.left[0]
        else:
            following.setdefault(anchor, []).append(ReadingRow((), (index,), ()))
    rows = list(following.get(-1, ()))
    for row in ordered:
        rows.append(row)
        rows.extend(following.get(row.left[0], ()))
    return tuple(rows)


def _joined(comparison: Comparison) -> tuple[ReadingRow, ...]:
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    linked = [link for link in comparison.alignment.links if link.left and link.right]
    for link in linked:
        first = root(("a", link.left[0]))
        for node in [("a", i) for i in link.left] + [("b", j) for j in link.right]:
            parent[root(node)] = first
    groups: dict[tuple[str, int], tuple[set[int], set[int], list[Link]]] = {}
    for link in linked:
        left, right, links = groups.setdefault(root(("a", link.left[0])), (set(), set(), []))
        left.update(link.left)
        right.update(link.right)
        links.append(link)
    return tuple(
        ReadingRow(
            tuple(sorted(left)),
            tuple(sorted(right)),
            tuple(sorted(links, key=lambda link: (link.left, link.right))),
        )
        for left, right, links in groups.values()
    )


def reading_blocks(comparison: Comparison) -> tuple[ReadingRow, ...]:
    """Return `reading_rows` with neighbours that stand alone on the same side in one row."""
    blocks: list[ReadingRow] = []
    for row in reading_rows(comparison):
        before = blocks[-1] if blocks else None
        if before and not row.links and not before.links and bool(row.left) == bool(before.left):
            blocks[-1] = ReadingRow(before.left + row.left, before.right + row.right, ())
        else:
            blocks.append(row)
    return tuple(blocks)
