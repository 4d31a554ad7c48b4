import os
from pathlib import Path

import numpy as np
import pytest

matplotlib = pytest.importorskip("matplotlib", reason="the extra 'plots' is not installed")
matplotlib.use("agg")
from matplotlib import pyplot  # noqa: E402
from matplotlib.image import imread  # noqa: E402

from readout_diff import plots  # noqa: E402
from readout_diff.errors import MissingExtraError  # noqa: E402
from render.fake import made, seed, small  # noqa: E402

BASELINE = Path(__file__).parent / "baseline"
NAMES = ("plot_topics", "plot_alignment", "plot_strips", "plot_similarity")

# Fonts are drawn a little differently from version to version; a shifted bar or a lost line weighs more.
TOLERANCE = 12.0


@pytest.fixture(autouse=True)
def _closed():
    yield
    pyplot.close("all")


@pytest.mark.parametrize("name", NAMES)
def test_the_picture_is_the_expected_one(name, tmp_path):
    with matplotlib.rc_context({"svg.hashsalt": "x", "font.family": "DejaVu Sans"}):
        figure = getattr(plots, name)(seed()).figure
        path = tmp_path / f"{name}.png"
        figure.savefig(path, dpi=60)
    expected = BASELINE / path.name
    if os.environ.get("UPDATE_BASELINE"):
        expected.write_bytes(path.read_bytes())
    old, new = imread(expected)[..., :3], imread(path)[..., :3]
    assert np.allclose(old.shape, new.shape, atol=12), f"{old.shape} became {new.shape}"
    height, width = min(old.shape[0], new.shape[0]), min(old.shape[1], new.shape[1])
    difference = 255 * np.sqrt(np.mean((old[:height, :width] - new[:height, :width]) ** 2))
    assert difference < TOLERANCE


@pytest.mark.parametrize("name", NAMES)
def test_it_draws_on_the_axes_it_is_given(name):
    _, ax = pyplot.subplots()
    assert getattr(plots, name)(seed(), ax=ax) is ax
    assert len(pyplot.get_fignums()) == 1


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("comparison", [made([], []), made(["One."], []), made(["One."], ["Two."])])
def test_little_to_draw_is_no_error(name, comparison):
    getattr(plots, name)(comparison).figure.canvas.draw()


@pytest.mark.parametrize("name", NAMES)
def test_a_dollar_sign_or_control_character_is_only_text(name):
    hostile = "$\\frac{1}{0}$ \x1b[2J \u202e $x_"
    comparison = made(
        ["NATO."], ["b"], topics_a=[["nato"]], left={"party": hostile}, right={"party": "B " + hostile}
    )
    for topic in comparison.scheme.topics:
        object.__setattr__(topic, "labels", {"en": hostile})
    getattr(plots, name)(comparison).figure.canvas.draw()


def test_topics_say_what_silence_means():
    texts = [text.get_text() for text in plots.plot_topics(small()).texts]
    assert sorted(texts) == ["not mentioned", "not mentioned", "says not discussed"]
    unknown = made(["On NATO."], ["x"], topics_a=[["nato"]], right={"lang": "xx"}, cues=("en",))
    assert "unknown" in [text.get_text() for text in plots.plot_topics(unknown).texts]


def test_labels_in_the_language_of_the_reader():
    ax = plots.plot_topics(small(), lang="de")
    assert ax.get_xlabel() == "Wörter in Passagen zum Thema, %"
    assert "nicht erwähnt" in [text.get_text() for text in ax.texts]


def test_a_line_per_link():
    assert len(plots.plot_alignment(seed()).lines) == 7


@pytest.mark.parametrize("name", NAMES)
def test_without_matplotlib_the_extra_is_named(name, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'readout-diff\[plots\]'"):
        getattr(plots, name)(small())
