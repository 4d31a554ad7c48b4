"""Formulas, denials and references back, by language."""

from __future__ import annotations

import pytest

from readout_diff.passages import Passage
from readout_diff.readout import Span
from readout_diff.topics.cues import parse_cue
from readout_diff.topics.discourse import discourse_cues, discourse_languages, formulaic_kinds
from readout_diff.topics.scheme import load_scheme
from readout_diff.topics.tagging import tag_topics


def kind(text: str, lang: str, index: int = 0) -> str | None:
    return formulaic_kinds([Passage("r", index, Span(0, len(text)), text, lang)])[0]


@pytest.mark.parametrize("lang", discourse_languages())
def test_every_language_of_the_scheme_knows_the_formulas(lang: str) -> None:
    cues = discourse_cues(lang)
    assert all(parse_cue(cue.text) for cue in cues)
    groups = {cue.group for cue in cues}
    assert groups == {f"discourse:{name}" for name in ("denials", "formulaic", "anaphora", "breaks")}
    assert {"opening", "closing", "atmosphere"} <= {c.role for c in cues if c.group == "discourse:formulaic"}


def test_the_languages_with_cues_have_formulas_too() -> None:
    assert set(load_scheme().languages) <= set(discourse_languages())


@pytest.mark.parametrize(
    ("lang", "text", "index", "expected"),
    [
        ("en", "The President spoke today with the Prime Minister.", 0, "opening"),
        ("en", "The call took place at the request of the American side.", 1, "opening"),
        ("en", "He called on Russia to end the war.", 1, None),
        ("en", "The President spoke today with the Prime Minister.", 7, None),
        ("en", "They agreed to stay in close touch.", 7, "closing"),
        ("en", "The talks were frank and constructive.", 7, "atmosphere"),
        ("en", "They discussed trade.", 7, None),
        ("de", "Der Bundeskanzler hat heute mit dem Präsidenten telefoniert.", 0, "opening"),
        ("de", "Auf Initiative der deutschen Seite fand ein Telefongespräch statt.", 0, "opening"),
        ("de", "Man verabredete, in engem Austausch zu bleiben.", 9, "closing"),
        ("de", "Das Gespräch verlief offen und sachlich.", 9, "atmosphere"),
        ("de", "Beide sprachen über Handel.", 9, None),
        ("ru", "Состоялся телефонный разговор с Президентом.", 0, "opening"),
        ("ru", "Договорились оставаться на связи.", 9, "closing"),
        ("zz", "They agreed to stay in close touch.", 9, None),
    ],
)
def test_formulas(lang: str, text: str, index: int, expected: str | None) -> None:
    assert kind(text, lang, index) == expected


def test_a_closing_with_a_subject_is_no_formula() -> None:
    text = "They agreed to stay in contact on Iran."
    made = [Passage("r", 4, Span(0, len(text)), text, "en")]
    assert formulaic_kinds(made) == ("closing",)
    assert formulaic_kinds(made, tag_topics(made, load_scheme())) == (None,)
