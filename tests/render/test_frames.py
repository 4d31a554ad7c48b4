import pandas as pd
import pytest

from readout_diff.render import frames
from render.fake import dev, made, seed

CONTRACT = {
    "topics": ["topic", "label", "passages_a", "passages_b", "share_a", "share_b", "side"],
    "pairs": [
        "a_index", "b_index", "a_start", "a_end", "b_start", "b_end", "a_text", "b_text", "score",
        "confidence",
        "relation", "topics",
    ],
    "passages": ["side", "index", "start", "end", "text", "topics"],
    "findings": ["kind", "topic", "side", "strength", "evidence"],
}  # fmt: skip


@pytest.mark.parametrize("name", CONTRACT)
def test_the_columns_of_the_public_contract_come_first_or_among_others(name):
    columns = list(getattr(seed(), name).columns)
    assert [column for column in columns if column in CONTRACT[name]] == CONTRACT[name]


@pytest.mark.parametrize("name", CONTRACT)
def test_an_empty_frame_has_the_same_columns_and_types(name):
    empty = getattr(made([], []), name)
    full = getattr(dev("dev03"), name)
    assert list(empty.columns) == list(full.columns)
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


def test_the_seed_by_side():
    sides = seed().topics.set_index("topic")["side"]
    assert sides["ukraine"] == "both"
    assert sides["arms_control"] == "a"
    assert sides["nato"] == "b"
    assert sides["climate"] == "neither"


def test_a_language_without_cues_makes_topics_unknown():
    comparison = made(["On NATO."], ["x"], topics_a=[["nato"]], right={"lang": "xx"}, cues=("en",))
    assert set(comparison.topics["side"]) == {"unknown"}
    assert comparison.only("a").empty


def test_shares_order_and_denials():
    comparison = made(
        ["Iran first here.", "NATO came second."],
        ["NATO it was.", "Iran was not discussed at all."],
        topics_a=[["iran"], ["nato"]],
        topics_b=[["nato"], ["iran"]],
        denied_b={1: {"iran"}},
    )
    rows = comparison.topics.set_index("topic")
    assert rows.loc["iran", ["passages_a", "passages_b", "side", "denied_b"]].tolist() == [1, 0, "a", True]
    assert rows.loc["iran", "share_a"] == pytest.approx(0.5)
    assert rows.loc["nato", ["first_a", "first_b"]].tolist() == [2, 1]
    assert pd.isna(rows.loc["iran", "first_b"])


def test_pairs_point_into_the_texts():
    comparison = seed()
    for row in comparison.pairs.itertuples():
        assert comparison.left.text[row.a_start : row.a_end] == row.a_text
        assert comparison.right.text[row.b_start : row.b_end] == row.b_text


def test_every_passage_is_linked_or_listed_without_counterpart():
    passages, pairs = seed().passages, seed().pairs
    alone = passages[passages["counterparts"].map(len) == 0]
    linked = {("a", i) for i in pairs["a_index"]} | {("b", j) for j in pairs["b_index"]}
    listed = set(zip(alone["side"], alone["index"], strict=True))
    assert not linked & listed
    assert linked | listed == set(zip(passages["side"], passages["index"], strict=True))


def test_only_shows_the_nearest_passage_against_the_threshold():
    row = seed().only("b").set_index("topic").loc["nato"]
    assert row["passages"] == (8, 9)
    assert row["nearest_index"] == 1
    assert row["probability"] == pytest.approx(0.76)
    assert row["threshold"] == 0.5


def test_evidence_is_worded_for_a_reader():
    findings = seed().findings
    conflict = findings[findings["kind"] == "conflict"].iloc[0]
    assert conflict["evidence"] == ("A2 and B9: roles swapped (0.76, linked from 0.50)",)


def test_frames_take_the_language_of_labels():
    assert frames.topics_frame(seed(), "de")["label"].tolist() == seed().topics["label"].tolist()
