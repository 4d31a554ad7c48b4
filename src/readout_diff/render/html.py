"""The HTML report: one file without requests, complete without scripts."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from readout_diff.render import wording
from readout_diff.render.absence import absences
from readout_diff.render.headline import headline
from readout_diff.render.json import for_script, to_dict
from readout_diff.render.page import Page
from readout_diff.render.reading import ReadingRow, reading_blocks
from readout_diff.render.rows import rest_phrases
from readout_diff.render.safe_text import for_html
from readout_diff.render.sides import Side

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

    from readout_diff.comparison import Comparison

# What a browser opens at once and a mail server takes.
_MAX_SHOWN = 1500  # passages in the aligned reading, both sides together
_BIG = 300  # passages from which on the browser lays out only what is in view
_MAX_DATA = 2_000_000  # characters of embedded JSON


def to_html(comparison: Comparison) -> str:
    """Return the report as one HTML page.

    The page makes no request and every text in it is escaped. A long pair is cut, and the page says
    how much it leaves out.
    """
    page = Page(comparison)
    blocks, omitted = _within(reading_blocks(comparison), _MAX_SHOWN)
    anchors = {f"a{i + 1}" for block in blocks for i in block.left}
    anchors |= {f"b{j + 1}" for block in blocks for j in block.right}
    script = _asset("report.js")
    data, left_out = _data(comparison)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return _environment().get_template("report.html.j2").render(
        **_shared(page),
        blocks=blocks,
        omitted=omitted,
        big=sum(len(block.left) + len(block.right) for block in blocks) > _BIG,
        anchors=anchors,
        only={side.key: absences(comparison, side.key) for side in page.sides},
        alone={side.key: _alone(comparison, side) for side in page.sides},
        conflicts=[link for link in comparison.alignment.links if link.relation == "conflict"],
        data=data,
        left_out=left_out,
        css=_asset("report.css"),
        script=script,
        digest=digest,
    )  # fmt: skip


def to_fragment(comparison: Comparison) -> str:
    """Return the compact part of the report for a notebook cell; its style does not leak."""
    return (
        _environment()
        .get_template("notebook.html.j2")
        .render(**_shared(Page(comparison)), css=_asset("notebook.css"))
    )


def _alone(comparison: Comparison, side: Side) -> tuple[int, ...]:
    """Return the passages of a side that no link joins and no subject of this side alone quotes."""
    links = [link for link in comparison.alignment.links if link.left and link.right]
    linked = {i for link in links for i in (link.left if side.key == "a" else link.right)}
    quoted = {i for absence in absences(comparison, side.key) for i in absence.row.cell(side.key).passages}
    return tuple(i for i in range(len(side.passages)) if i not in linked | quoted)


def _shared(page: Page) -> dict[str, Any]:
    return {
        "page": page,
        "sides": page.sides,
        "headline": for_html(headline(page.comparison)),
        "signature": for_html(str(page.comparison.signature)),
        "rest": [for_html(phrase) for phrase in rest_phrases(page.rows)],
        "linked": sum(1 for link in page.comparison.alignment.links if link.left and link.right),
        "w": wording,
    }


def _within(blocks: tuple[ReadingRow, ...], budget: int) -> tuple[list[ReadingRow], int]:
    """Cut the blocks to a number of passages; return what is left and how many passages are not."""
    kept, used = [], 0
    for block in blocks:
        room = budget - used
        if room <= 0:
            break
        if not block.links:  # a run can be cut anywhere, linked passages stay together
            block = ReadingRow(block.left[:room], block.right[:room], ())
        kept.append(block)
        used += len(block.left) + len(block.right)
    return kept, sum(len(block.left) + len(block.right) for block in blocks) - used


def _data(comparison: Comparison) -> tuple[Markup, dict[str, int]]:
    """Return the result as JSON for a script element, and how many values of which part are left out."""
    from markupsafe import Markup

    value = to_dict(comparison)
    text = for_script(value)
    left_out: dict[str, int] = {}
    if len(text) > _MAX_DATA:
        left_out = {name: len(value.pop(name)) for name in ("passages", "pairs", "findings")}
        for side in ("a", "b"):
            left_out[f"characters_{side}"] = len(value[side].pop("text"))
        text = for_script({**value, "left_out": left_out})
    return Markup(text), left_out  # ASCII, without anything that could close the element


@cache
def _asset(name: str) -> Markup:
    from markupsafe import Markup

    return Markup(resources.files("readout_diff.render").joinpath("templates", name).read_text("utf-8"))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("readout_diff.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["safe_text"] = for_html
    return environment
