import json
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from readout_diff.render.json import SCHEMA, for_script, to_dict, to_json
from render.fake import dev, made, seed


def test_json_is_what_the_dict_is():
    comparison = seed()
    assert json.loads(to_json(comparison)) == to_dict(comparison)


def test_the_same_comparison_gives_the_same_bytes():
    assert to_json(dev("dev03")) == to_json(dev("dev03"))


def test_the_schema_is_named_and_its_parts_are_there():
    value = to_dict(seed())
    assert value["schema"] == SCHEMA == "readout-diff/1"
    assert set(value) == {
        "schema", "headline", "signature", "scheme", "threshold", "a", "b", "topics", "pairs", "passages",
        "findings", "only",
    }  # fmt: skip


def test_passages_can_be_found_in_the_text():
    value = to_dict(seed())
    for passage in value["passages"]:
        text = value[passage["side"]]["text"]
        assert text[passage["start"] : passage["end"]] == passage["text"]


def test_no_folder_of_a_computer_is_handed_on():
    comparison = made(["a"], ["b"], left={"source": "/home/me/secret/call.txt"})
    assert to_dict(comparison)["a"]["source"] == "call.txt"
    assert "secret" not in comparison.to_html() + to_json(comparison) + comparison.to_markdown()


def test_evidence_keeps_its_numbers():
    evidence = [e for f in to_dict(seed())["findings"] for e in f["evidence"] if e["role"] == "nearest"]
    assert evidence
    assert all(0 <= e["value"] <= 1 and e["threshold"] == 0.5 for e in evidence)


def test_missing_values_are_null():
    value = to_dict(made(["On NATO."], ["Hello."], topics_a=[["nato"]]))
    nato = next(row for row in value["topics"] if row["topic"] == "nato")
    assert nato["first_b"] is None


@given(st.recursive(st.text() | st.integers() | st.none(), st.lists))
def test_in_a_script_nothing_can_close_the_element(value):
    text = for_script(value)
    assert json.loads(text) == value
    assert text.isascii()
    assert not set(text) & set("<>&'")


def test_numbers_of_numpy_are_plain_numbers():
    comparison = seed()
    links = tuple(replace(link, score=np.float32(link.score)) for link in comparison.alignment.links)
    numbered = replace(comparison, alignment=replace(comparison.alignment, links=links))
    assert {type(pair["score"]) for pair in to_dict(numbered)["pairs"]} == {float}
