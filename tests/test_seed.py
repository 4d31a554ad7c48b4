"""The main job on the real article: what a newcomer sees after the first command."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_diff import Comparison, LoadError, Readout, compare, load_readouts
from readout_diff.seed import seed_article

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def readouts() -> list[Readout]:
    return load_readouts(seed_article())


@pytest.fixture(scope="module")
def comparison(readouts: list[Readout]) -> Comparison:
    return compare(readouts[0], readouts[1])


def test_the_three_statements(readouts: list[Readout]) -> None:
    assert [(r.party, r.publisher, r.lang) for r in readouts] == [
        ("United States", "White House", "en"),
        ("Russia", "Kremlin", "de"),
        ("United States", "White House", "en"),
    ]
    assert readouts[1].title == "Treffen mit US-Präsident Joseph Biden"
    assert "DeepL" in (readouts[1].translation_credit or "")
    assert readouts[0].text.startswith("President Joseph R. Biden, Jr. held")
    assert readouts[0].text.endswith("regional issues such as Iran.")
    assert readouts[1].text.startswith("Wladimir Putin hatte eine lange Videokonferenz")
    assert readouts[1].text.endswith("Insgesamt war das Gespräch offen und sachlich.")
    assert readouts[2].text.endswith("on a coordinated and comprehensive approach.")


def test_subjects_of_one_side_only(comparison: Comparison) -> None:
    sides = dict(zip(comparison.topics.topic, comparison.topics.side, strict=True))
    assert {topic for topic, side in sides.items() if side == "b"} == {
        "diplomats",
        "nato",
        "european_security",
        "history_ww2",
        "bilateral_relations",
    }
    assert {topic for topic, side in sides.items() if side == "a"} == {"arms_control"}
    assert {topic for topic, side in sides.items() if side == "both"} == {
        "ukraine",
        "cyber",
        "iran",
        "sanctions_economy",
        "summit_follow_up",
    }


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("strong economic and other measures", "Sanktionsmaßnahmen"),
        ("tasked their teams", "ihre Vertreter anzuweisen"),
        ("a separate dialogue on ransomware", "Informationssicherheit"),
        ("regional issues such as Iran", "iranischen Atomprogramm"),
    ],
)
def test_passages_that_report_the_same(comparison: Comparison, a: str, b: str) -> None:
    pairs = comparison.pairs
    assert (pairs.a_text.str.contains(a) & pairs.b_text.str.contains(b)).any()


def test_absence_comes_with_its_evidence(comparison: Comparison) -> None:
    only = comparison.only("b").set_index("topic")
    assert only.loc["nato", "probability"] < only.loc["nato", "threshold"]
    for finding in comparison.differences:
        assert finding.evidence


def test_a_second_run_gives_the_same_bytes(readouts: list[Readout], comparison: Comparison) -> None:
    assert compare(readouts[0], readouts[1]).to_json() == comparison.to_json()


def test_an_installation_without_the_article_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readout_diff.seed.files", lambda package: tmp_path / "readout_diff")
    with pytest.raises(LoadError, match="install the package again"):
        seed_article()
