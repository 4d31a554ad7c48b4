"""Plots of a comparison, for notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from readout_diff.errors import MissingExtraError
from readout_diff.render.rows import TopicRow, hits_of, in_groups, topic_rows
from readout_diff.render.safe_text import for_terminal
from readout_diff.render.sides import Side, count_words, sides_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from readout_diff.comparison import Comparison

# Blue and orange of the report; hatches and letters are the second mark.
_COLOURS = {"a": "#2c72bf", "b": "#d36f1f"}
_HATCHES = {"a": "", "b": "///"}
# Light hues for subjects of both sides, told apart by their numbers as well.
_HUES = ("#cbb9ea", "#a5d9cf", "#f0b3ce", "#e6d683", "#b9c4d2", "#d5bb9b", "#b0d5e8", "#c9da9a")
_RELATIONS = {"same": "-", "partial": "--", "conflict": "-", "formulaic": ":"}


def plot_topics(comparison: Comparison, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw how much room each account gives to each topic, as bars to the left and to the right.

    Args:
        comparison: What to draw.
        ax: The axes to draw on; new ones by default.
        lang: Language code of the labels ("en" or another language of the scheme).

    Returns:
        The axes, with the share of words in passages on the topic, in percent, on the x axis.

    Raises:
        MissingExtraError: If matplotlib is not installed.
    """
    ax = _axes(ax, width=8, height=0.34 * max(4, len(_shown(comparison, lang))) + 1.2)
    rows = _shown(comparison, lang)[::-1]
    left, right = sides_of(comparison)
    for side, sign in ((left, -1), (right, 1)):
        shares = [100 * sign * row.cell(side.key).share for row in rows]
        ax.barh(
            range(len(rows)), shares, 0.7, color=_COLOURS[side.key], hatch=_HATCHES[side.key],
            edgecolor="white", label=f"{side.letter} {_plain(side.name)}",
        )  # fmt: skip
        for position, row in enumerate(rows):
            if not row.cell(side.key).passages:
                word = _silence(row, side, lang)
                align: Literal["left", "right"] = "left" if sign > 0 else "right"
                ax.text(sign, position, word, ha=align, va="center", fontsize="small", style="italic")
    limit = 5 + max((100 * max(row.a.share, row.b.share) for row in rows), default=20.0)
    ax.set_xlim(-max(limit, 28), max(limit, 28))
    ax.axvline(0, color="black", linewidth=0.8)
    ax.set_yticks(range(len(rows)), [_plain(row.label) for row in rows])
    ax.xaxis.set_major_formatter(lambda value, _: f"{abs(value):.0f}")
    ax.set_xlabel(_word("share", lang))
    _legend_below(ax)
    return ax


def plot_alignment(comparison: Comparison, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw both accounts as rails, and their links as lines between them.

    Args:
        comparison: What to draw.
        ax: The axes to draw on; new ones by default.
        lang: Language code of the labels.

    Returns:
        The axes; the x axis runs through each account from its first to its last word. A line is the
        stronger the likelier the two passages report the same; conflicts are dark.

    Raises:
        MissingExtraError: If matplotlib is not installed.
    """
    ax = _axes(ax, width=9, height=3)
    left, right = sides_of(comparison)
    centres = {}
    for side, height in ((left, 1.0), (right, 0.0)):
        for index, (start, width) in enumerate(_places(side)):
            centres[side.key, index] = start + width / 2
            ax.barh(
                height, width, 0.12, start, color=_COLOURS[side.key], hatch=_HATCHES[side.key],
                edgecolor="white", linewidth=1,
            )  # fmt: skip
    for link in comparison.alignment.links:
        for i in link.left:
            for j in link.right:
                ax.plot(
                    [centres["a", i], centres["b", j]], [0.94, 0.06],
                    linestyle=_RELATIONS.get(link.relation, "-"),
                    color="black" if link.relation == "conflict" else "#6b6f76",
                    linewidth=0.6 + 2.2 * link.confidence,
                )  # fmt: skip
    _rails(ax, (left, right), lang)
    return ax


def plot_strips(comparison: Comparison, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw both accounts as strips, coloured and numbered by topic, in the order of the text.

    Args:
        comparison: What to draw.
        ax: The axes to draw on; new ones by default.
        lang: Language code of the labels.

    Returns:
        The axes. Hatched stretches in the colour of a side are topics only this side mentions.

    Raises:
        MissingExtraError: If matplotlib is not installed.
    """
    ax = _axes(ax, width=9, height=3)
    from matplotlib.patches import Patch

    sides = sides_of(comparison)
    rows = _shown(comparison, lang)
    styles = _styles(rows)
    for side, bottom in zip(sides, (0.62, 0.0), strict=True):
        topics: dict[int, list[str]] = {}
        for hit in hits_of(comparison, side):
            found = topics.setdefault(hit.passage_index, [])
            if not hit.denied and hit.topic_id in styles and hit.topic_id not in found:
                found.append(hit.topic_id)
        for index, (start, width) in enumerate(_places(side)):
            ids = sorted(topics.get(index, ()), key=lambda topic_id: styles[topic_id][0])
            ax.barh(bottom + 0.19, width, 0.38, start, color="none", edgecolor="#c9c5bc", linewidth=0.8)
            for layer, topic_id in enumerate(ids):
                number, style = styles[topic_id]
                part = 0.38 / len(ids)
                low = bottom + 0.38 - (layer + 1) * part
                ax.barh(low + part / 2, width, part, start, edgecolor="white", linewidth=0.8, **style)
                if width > 0.018:
                    ax.text(
                        start + width / 2, low + part / 2, str(number), ha="center", va="center", fontsize=7,
                        bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"},
                    )  # fmt: skip
    handles = [
        Patch(edgecolor="white", label=f"{number} {_plain(row.label)}", **style)
        for row, (number, style) in zip(rows, styles.values(), strict=True)
    ]
    if handles:
        ax.legend(
            handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=4, frameon=False,
            fontsize="small",
        )  # fmt: skip
    _rails(ax, sides, lang, heights=(0.81, 0.19))
    return ax


def plot_similarity(comparison: Comparison, *, ax: Axes | None = None, lang: str = "en") -> Axes:
    """Draw how likely every pair of passages is to report the same, with the links framed.

    Args:
        comparison: What to draw.
        ax: The axes to draw on; new ones by default.
        lang: Language code of the labels.

    Returns:
        The axes, with a colour bar; rows are passages of the left account, columns of the right one.

    Raises:
        MissingExtraError: If matplotlib is not installed.
    """
    left, right = sides_of(comparison)
    ax = _axes(
        ax, width=2.5 + 0.3 * max(4, len(right.passages)), height=1.5 + 0.3 * max(4, len(left.passages))
    )
    from matplotlib.patches import Rectangle

    matrix = np.asarray(comparison.alignment.probabilities)
    if not matrix.size:  # an account without a passage: one empty cell
        matrix = np.full((1, 1), np.nan, dtype=np.float32)
    image = ax.imshow(matrix, cmap="cividis", vmin=0, vmax=1, aspect="auto")
    for link in comparison.alignment.links:
        for i in link.left:
            for j in link.right:
                ax.add_patch(Rectangle((j - 0.5, i - 0.5), 1, 1, fill=False, edgecolor="white", linewidth=2))
    for side, axis in ((left, ax.yaxis), (right, ax.xaxis)):
        step = -(-max(1, len(side.passages)) // 40)
        places = list(range(0, len(side.passages), step))
        axis.set_ticks(places, [side.ref(place) for place in places])
    ax.tick_params(axis="x", rotation=90)
    ax.set_ylabel(_plain(left.name))
    ax.set_xlabel(_plain(right.name))
    bar = ax.figure.colorbar(image, ax=ax)
    bar.set_label(_word("likelihood", lang))
    bar.ax.axhline(float(comparison.alignment.threshold), color="white", linewidth=2)
    return ax


_WORDS = {
    "share": {"en": "words in passages on the subject, %", "de": "Wörter in Passagen zum Thema, %"},
    "text": {"en": "from the first to the last word", "de": "vom ersten bis zum letzten Wort"},
    "likelihood": {"en": "likelihood of the same report", "de": "Wahrscheinlichkeit desselben Inhalts"},
    "absent": {"en": "not mentioned", "de": "nicht erwähnt"},
    "denied": {"en": "says not discussed", "de": "laut Text kein Thema"},
    "unknown": {"en": "unknown", "de": "unbekannt"},
}


def _word(key: str, lang: str) -> str:
    return _WORDS[key].get(lang, _WORDS[key]["en"])


def _silence(row: TopicRow, side: Side, lang: str) -> str:
    cell = row.cell(side.key)
    return _word("denied" if cell.denied else "absent" if cell.known else "unknown", lang)


def _axes(ax: Axes | None, *, width: float, height: float) -> Axes:
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot
    except ImportError as error:
        raise MissingExtraError(
            "plots need matplotlib; install it with: pip install 'readout-diff[plots]'"
        ) from error

    return pyplot.subplots(figsize=(width, height), layout="constrained")[1]


def _shown(comparison: Comparison, lang: str) -> tuple[TopicRow, ...]:
    return in_groups(topic_rows(comparison, lang))


def _styles(rows: tuple[TopicRow, ...]) -> dict[str, tuple[int, dict[str, Any]]]:
    styles: dict[str, tuple[int, dict[str, Any]]] = {}
    shared = 0
    for number, row in enumerate(rows, start=1):
        if row.side in ("a", "b"):
            style = {"facecolor": _COLOURS[row.side], "hatch": "///", "alpha": 0.75}
        else:
            style = {"facecolor": _HUES[shared % len(_HUES)]}
            shared += 1
        styles[row.topic.id] = (number, style)
    return styles


def _places(side: Side) -> list[tuple[float, float]]:
    """Return start and width of each passage as shares of the account."""
    lengths = [max(1, count_words(passage.text)) for passage in side.passages]
    total, at, places = sum(lengths), 0, []
    for length in lengths:
        places.append((at / total, length / total))
        at += length
    return places


def _rails(ax: Axes, sides: tuple[Side, Side], lang: str, heights: tuple[float, float] = (1.0, 0.0)) -> None:
    ax.set_yticks(heights, [f"{side.letter} {_plain(side.name)}" for side in sides])
    ax.set_xlim(0, 1)
    ax.set_xticks([])
    ax.set_xlabel(_word("text", lang))
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.tick_params(length=0)


def _legend_below(ax: Axes) -> None:
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False)
    for name in ("top", "right", "left"):
        ax.spines[name].set_visible(False)
    ax.tick_params(axis="y", length=0)


def _plain(text: str) -> str:
    # matplotlib reads "$...$" as mathematics; a text of others must stay text.
    return for_terminal(text).replace("$", r"\$")
