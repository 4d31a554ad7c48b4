"""The matching engine."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout_diff.topics import lexicon
from readout_diff.topics.lexicon import Cue, Lexicon, doc_lemmas
from readout_diff.topics.scheme import load_scheme
from readout_diff.topics.tagging import lexicon_of


def found(cue: str, text: str, lang: str = "en") -> list[str]:
    matches = Lexicon([Cue("x", "strong", cue)], lang).match([text])[0]
    return [text[m.start : m.end] for m in matches]


@pytest.mark.parametrize(
    ("cue", "text", "spans"),
    [
        ("NATO", "Senator Anatol of the NATO, not Nato", ["NATO"]),
        ("nato", "Senator Anatol of the NATO, and Nato", ["NATO", "Nato"]),
        ("cyber*", "Cyberattacks in cyber space, a biocyber thing", ["Cyberattacks", "cyber"]),
        ("*gas", "Erdgas, Gas und Gasse", ["Erdgas", "Gas"]),
        ("*sanktion*", "Wirtschaftssanktionen, Sanktion", ["Wirtschaftssanktionen", "Sanktion"]),
        ("talk", "Their talks went on", ["talks"]),
        ("us russian", "the US–Russian relations", ["US–Russian"]),
        ("return .. to diplomacy", "return to diplomacy", ["return to diplomacy"]),
        (
            "return .. to diplomacy",
            "return one two three to diplomacy",
            ["return one two three to diplomacy"],
        ),
        ("return .. to diplomacy", "return one two three four to diplomacy", []),
        ("a .. .. b", "a 1 2 3 4 5 6 b", ["a 1 2 3 4 5 6 b"]),
        (
            "minsk (peace plan|) deal",
            "the Minsk peace plan deal, the Minsk deal",
            ["Minsk peace plan deal", "Minsk deal"],
        ),
        ("(x .. |) y", "x z y", ["x z y", "y"]),
        ("北约(东扩|)", "反对北约东扩", ["北约", "北约东扩"]),
        ("北约", "北京 约会", []),
        ("没有 .. 讨论", "没有就此讨论", ["没有就此讨论"]),
        ("schließ*", "Man schliesst ab", ["schliesst"]),
        ("щит", "щит", ["щит"]),
    ],
)
def test_what_a_cue_matches(cue: str, text: str, spans: list[str]) -> None:
    lang = "zh" if "北" in text or "没" in text else "de" if "sanktion" in cue or "gas" in cue else "en"
    assert sorted(found(cue, text, lang)) == sorted(spans)


def test_lemmas_of_a_pipeline_count() -> None:
    import spacy
    from spacy.tokens import Doc

    text = "xx Sie gingen heim"
    doc = Doc(spacy.blank("de").vocab, words=text.split(), lemmas=["xx", "ich", "wandern", "heim"])
    wandern = Lexicon([Cue("x", "strong", "wandern")], "de")
    assert not wandern.match([text[3:]])[0]
    (match,) = wandern.match([text[3:]], [doc_lemmas(doc, 3, len(text))])[0]
    assert text[3:][match.start : match.end] == "gingen"


def test_a_text_in_a_language_without_lemmas_is_matched_by_form() -> None:
    assert found("ukrain*", "Ukrainy", "xx") == ["Ukrainy"]


def test_many_combinations_of_forms_stay_exact() -> None:
    text = " ".join(f"a{i} b{i}" for i in range(60))
    assert len(found("a* b*", text)) == 60


def test_no_cue_reaches_from_one_text_into_the_next() -> None:
    own = Lexicon([Cue("x", "strong", "a b"), Cue("x", "strong", "a .. .. b")], "en")
    assert own.match(["x a", "b", "a", "c", "b x"]) == [[], [], [], [], []]
    assert [len(row) for row in own.match(["a b", "a c b"])] == [2, 1]


def test_texts_are_matched_alike_together_and_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        "The leaders discussed the war in Ukraine.",
        "",
        "Gas transit was not on the agenda.",
        "NATO",
    ] * 6
    scheme = lexicon_of(load_scheme(), "en")
    together = scheme.match(texts)
    assert sum(map(len, together)) > 20
    monkeypatch.setattr(lexicon, "_BLOCK", 10)
    assert scheme.match(texts) == together
    assert [scheme.match([text])[0] for text in texts] == together
    assert scheme.match([]) == []


WORDS = st.sampled_from(
    ["Ukraine", "NATO", "nato", "gas", "transit", "through", "die", "北", "约", "talks", ";", "x1"]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(WORDS, max_size=12), st.text(max_size=20))
def test_matches_lie_within_the_text_and_hold_the_cue(words: list[str], noise: str) -> None:
    text = " ".join(words) + noise
    cues = ["ukrain*", "NATO", "gas .. through", "北约", "talks"]
    for match in Lexicon([Cue("x", "strong", cue) for cue in cues], "en").match([text])[0]:
        assert 0 <= match.start < match.end <= len(text)
        inside = text[match.start : match.end]
        assert inside.casefold().startswith(match.cue.text[0].casefold())
        assert found(match.cue.text, inside)


def test_thousands_of_cues_cost_little_on_a_long_readout() -> None:
    # Far above the usual 15 ms, so that a busy machine passes; spaCy's patterns alone took five times that.
    compiled = lexicon_of(load_scheme(), "en")
    texts = [f"The leaders discussed Ukraine, trade number {i} and the talks on security." for i in range(40)]
    compiled.match(texts)
    start = process_time()
    compiled.match(texts)
    assert process_time() - start < 0.5
