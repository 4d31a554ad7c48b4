"""Plug-ins of other packages, found by name through their entry points."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from readout_diff.cli import main
from readout_diff.cli.plugins import embedder_of, plugin
from readout_diff.errors import UnknownComponentError

MODULE = """
from dataclasses import replace
from pathlib import Path
import numpy as np
from readout_diff import Alignment, Link, Passage, Readout, Span, TopicHit
from readout_diff.testing import HashEmbedder

def read_backwards(source, *, party=None, lang=None):
    return Readout.from_text(Path(source).read_text("utf-8")[::-1], party=party, lang=lang)

def whole(readout):
    return [Passage(readout.id, 0, Span(0, len(readout.text)), readout.text, readout.lang or "und")]

def all_about_korea(passages, scheme):
    return [TopicHit("korea", p.readout_id, p.index, 1.0, p.span, "", "cue") for p in passages]

class Words(HashEmbedder):
    model = "words"

def first_with_first(a, b):
    nothing = np.zeros((len(a.passages), len(b.passages)), dtype=np.float32)
    return Alignment((Link((0,), (0,), 1.0, 1.0, "same", ("both come first",)),), nothing, nothing, 0.5)

silent = None
"""
ENTRIES = """[readout_diff.loaders]
backwards = some_plugins:read_backwards
[readout_diff.segmenters]
whole = some_plugins:whole
[readout_diff.taggers]
korea = some_plugins:all_about_korea
gone = some_plugins:nothing_of_that_name
nowhere = no_such_module_at_all:tag
[readout_diff.embedders]
words = some_plugins:Words
e5 = some_plugins:Words
none = some_plugins:Words
[readout_diff.aligners]
first = some_plugins:first_with_first
"""


def install(folder: Path, name: str, entries: str) -> None:
    """Leave in `folder` what pip leaves of a package: its name and its entry points."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(entries, "utf-8")


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the path in which a package with a plug-in of each kind is installed."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "some_plugins.py").write_text(MODULE, "utf-8")
    install(folder, "some-plugins", ENTRIES)
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, "some_plugins", raising=False)
    return folder


@pytest.fixture
def texts(tmp_path: Path) -> tuple[str, str]:
    for name, text in (
        ("a.txt", "They discussed Iran. They met on Monday."[::-1]),
        ("b.txt", "They discussed Iran. Energy, too."),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    return str(tmp_path / "a.txt"), str(tmp_path / "b.txt")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main([*arguments])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def test_the_command_line_uses_a_plugin_of_each_kind(
    plugins: Path, texts: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--loader-a", "backwards", "--segmenter", "whole", "--tagger", "korea"]
    options += ["--embedder", "words", "--aligner", "first", "--party-a", "Meridia", "--lang-b", "en"]
    code, out, err = run(capsys, "compare", *texts, *options, "--format", "json")
    assert (code, err) == (0, "")
    result = json.loads(out)
    assert result["a"]["text"] == "They discussed Iran. They met on Monday."
    assert result["a"]["party"] == "Meridia"
    assert [p["text"] for p in result["passages"]] == [result["a"]["text"], result["b"]["text"]]
    assert [t["topic"] for t in result["topics"] if t["side"] == "both"] == ["korea"]
    assert [(p["a_index"], p["b_index"], p["relation"]) for p in result["pairs"]] == [(0, 0, "same")]
    assert "embedder:words@1" in result["signature"]
    assert "whole" in result["signature"]
    assert "all_about_korea" in result["signature"]
    assert "alignment:first_with_first" in result["signature"]


def test_the_other_side_is_read_as_ever(
    plugins: Path, texts: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--loader-b", "backwards", "--embedder", "words", "--format", "json"]
    result = json.loads(run(capsys, "compare", texts[1], texts[0], *options)[1])
    assert result["a"]["text"].startswith("They discussed Iran.")
    assert result["b"]["text"].startswith("They discussed Iran.")


@pytest.mark.parametrize("option", ["--loader-a", "--segmenter", "--tagger", "--aligner"])
def test_an_unknown_name_is_refused_with_those_there_are(
    option: str, plugins: Path, texts: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "compare", *texts, option, "x")
    assert code == 2
    known = {
        "--loader-a": "backwards",
        "--segmenter": "whole",
        "--tagger": "gone, korea",
        "--aligner": "first",
    }
    assert f"unknown {option.strip('-').removesuffix('-a')} 'x'; known: {known[option]}" in err
    assert err.count("\n") == 1


def test_an_aligner_and_parameters_exclude_each_other(
    plugins: Path, texts: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "compare", *texts, "--aligner", "first", "--alignment", "x.json")
    assert code == 2
    assert "exclude each other" in err


@pytest.mark.parametrize("name", ["gone", "nowhere"])
def test_a_plugin_that_cannot_be_loaded_is_named_with_its_package(name: str, plugins: Path) -> None:
    with pytest.raises(UnknownComponentError, match=rf"tagger '{name}' of the package 'some-plugins' cannot"):
        plugin("tagger", name)


def test_two_packages_with_one_name_are_no_matter_of_luck(plugins: Path) -> None:
    install(plugins, "other-plugins", "[readout_diff.taggers]\nkorea = some_plugins:silent\n")
    with pytest.raises(
        UnknownComponentError, match=r"offered by (other|some)-plugins and (other|some)-plugins"
    ):
        plugin("tagger", "korea")


def test_an_embedder_is_made_and_none_takes_the_name_of_a_bundled_one(plugins: Path) -> None:
    made = embedder_of("words")
    assert not isinstance(made, str)
    assert made.encode(["a"]).shape == (1, 64)
    assert embedder_of("e5") == "e5"
    assert embedder_of("none") == "none"
    assert embedder_of("bundled") == "bundled"
    assert embedder_of("owner/model") == "owner/model"


def test_backend_and_device_are_for_sentence_transformers(monkeypatch: pytest.MonkeyPatch) -> None:
    from readout_diff.embedders import sentence_transformer

    given: list[object] = []
    monkeypatch.setattr(
        sentence_transformer, "load_sentence_transformer", lambda *chosen: given.append(chosen) or "it"
    )
    assert embedder_of("owner/model", backend="onnx") == "it"
    assert embedder_of("owner/model", device="cuda") == "it"
    assert given == [("owner/model", "onnx", "cpu"), ("owner/model", "torch", "cuda")]
    for name in ("bundled", "e5", "use", "none"):
        with pytest.raises(UnknownComponentError, match=f"'{name}' takes no backend and no device") as caught:
            embedder_of(name, device="cuda")
        assert "\n" not in str(caught.value)
