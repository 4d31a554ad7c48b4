"""Texts in more than one language: each passage is read in its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from readout_diff.passages import split_passages
from readout_diff.readout import Readout
from readout_diff.topics.scheme import load_scheme
from readout_diff.topics.tagging import tag_topics

GOLD = Path(__file__).parent / "data" / "gold"
GERMAN = (
    "Der Bundeskanzler erklärte dazu am Abend: Die Bundesregierung steht fest an der Seite der Ukraine."
    " Das gilt. Wir werden die Sanktionen gegen Russland nicht lockern."
)
MIXED = (
    "The presidents spoke today about energy and the harvest. They agreed to stay in touch.\n\n"
    f"{GERMAN}\n\n"
    "The President thanked the Chancellor. „Wir werden die Gespräche über den Getreideexport im Herbst in Genf"
    " fortsetzen.“ That was all they said about it."
)


def languages(readout: Readout) -> list[str]:
    return [passage.lang for passage in split_passages(readout)]


def test_a_paragraph_and_a_sentence_have_their_own_language() -> None:
    readout = Readout.from_text(MIXED)
    assert languages(readout) == ["en", "en", "de", "de", "de", "en", "de", "en"]


@pytest.mark.parametrize("lang", ["en", "de", "fr"])
def test_a_language_that_is_given_goes_for_every_passage(lang: str) -> None:
    readout = Readout.from_text(MIXED, lang=lang)
    assert set(languages(readout)) == {lang}


def test_a_readout_made_by_hand_is_in_one_language() -> None:
    assert set(languages(Readout(id="a", text=MIXED, lang="en"))) == {"en"}


def test_another_script_is_split_by_its_own_rules() -> None:
    readout = Readout.from_text(
        "The two ministers spoke by phone on Monday. The Chinese side described the talks as useful.\n\n"
        "两国外长就乌克兰局势交换了意见。双方同意保持沟通。中方强调了主权原则。\n\n"
        "The ministers will meet again in the autumn of this year."
    )
    assert languages(readout) == ["en", "en", "zh", "zh", "zh", "en"]
    passages = split_passages(readout)
    assert passages[3].text == "双方同意保持沟通。"
    assert all(p.span.of(readout.text) == p.text for p in passages)


def test_topics_are_found_by_the_cues_of_the_passages_language() -> None:
    readout = Readout.from_text(MIXED)
    hits = tag_topics(split_passages(readout), load_scheme())
    found = {(hit.passage_index, hit.topic_id) for hit in hits}
    assert (2, "ukraine") in found
    assert (4, "sanctions_economy") in found
    in_english = tag_topics(split_passages(Readout.from_text(MIXED, lang="en")), load_scheme())
    assert (4, "sanctions_economy") not in {(hit.passage_index, hit.topic_id) for hit in in_english}


@pytest.mark.parametrize(
    "path", sorted((GOLD / "dev").glob("*/[ab].txt")), ids=lambda path: path.parent.name[:5] + path.stem
)
def test_nothing_changes_in_a_text_in_one_language(path: Path) -> None:
    readout = Readout.from_text(path.read_text("utf-8"))
    assert readout.lang_identified
    assert split_passages(readout) == split_passages(replace(readout, lang_identified=False))
