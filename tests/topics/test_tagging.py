"""Which topics passages carry."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout_diff.passages import Passage
from readout_diff.readout import Span
from readout_diff.topics.scheme import TopicHit, TopicScheme, load_scheme
from readout_diff.topics.tagging import EVIDENCE_LINE, tag_topics

GOLDEN = Path(__file__).parent / "golden"


def passages(*texts: str, lang: str = "en", first: int = 0) -> list[Passage]:
    made = []
    start = 0
    for index, text in enumerate(texts, start=first):
        made.append(Passage("r", index, Span(start, start + len(text)), text, lang))
        start += len(text) + 1
    return made


def said(*texts: str, lang: str = "en", first: int = 5, scheme: TopicScheme | None = None) -> list[set[str]]:
    """Return the topics of each passage; "!x" is denied, "~x" taken from the context."""
    hits = tag_topics(passages(*texts, lang=lang, first=first), scheme or load_scheme())
    marks = {"cue": "", "context": "~", "embedding": "?"}
    return [
        {("!" if h.denied else marks[h.method]) + h.topic_id for h in hits if h.passage_index == first + i}
        for i in range(len(texts))
    ]


def golden() -> list[tuple[str, int, str, str]]:
    cases = []
    for path in sorted(GOLDEN.glob("*.txt")):
        first = 5
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# -- "):
                first = 0 if "opening" in line else 5
            elif line and not line.startswith("#"):
                labels, text = line.split(" | ", 1)
                cases.append((path.stem, first, labels, text))
    return cases


@pytest.mark.parametrize(("lang", "first", "labels", "text"), golden())
def test_golden_sentences(lang: str, first: int, labels: str, text: str) -> None:
    expected = set(labels.split(", ")) - {"-"}
    assert said(text, lang=lang, first=first) == [expected]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("He called for a return to diplomacy.", "en"),
        ("He promised close coordination with our European Allies.", "en"),
        ("Senator Anatol and the signatories came from the senatorial wing.", "en"),
        ("A photograph of the summit of the mountain was presented.", "en"),
        ("They met in a climate of confidence.", "en"),
        ("She works with energy and dedication.", "en"),
        ("The Iranian-born artist showed cybernetic figures.", "en"),
        ("Die Verbündeten werden eng einbezogen.", "de"),
        ("Die klare Botschaft lautet: Wir halten zusammen.", "de"),
        ("Er sprach sich für eine Rückkehr zur Diplomatie aus.", "de"),
        ("Senatorin Renate Anatol dankte den Gastgebern.", "de"),
        ("Im Gespräch herrschte ein Klima des Vertrauens.", "de"),
    ],
)
def test_traps_carry_no_topic(text: str, lang: str) -> None:
    assert said(text, lang=lang) == [set()]


def test_a_hit_names_the_cue_and_where_it_stands() -> None:
    text = "The OSCE was praised."
    (hit,) = tag_topics(passages("Opening.", text), load_scheme())
    assert hit == TopicHit("european_security", "r", 1, 1.0, Span(13, 17), "OSCE", "cue")
    assert hit.span.of("Opening. " + text) == "OSCE"


def test_gas_through_ukraine_is_energy_only() -> None:
    assert said("The gas transit through Ukraine must be secured.") == [{"energy"}]
    assert said("Der Gastransit durch die Ukraine muss gesichert bleiben.", lang="de") == [{"energy"}]


def test_threatened_economic_measures_are_sanctions() -> None:
    text = (
        "The U.S. would respond with strong economic and other measures in the event of military escalation."
    )
    assert said(text) == [{"sanctions_economy"}]


def test_a_denial_is_no_mention_and_holds_for_its_clause() -> None:
    assert said("The war in Ukraine, though never far, was not on the agenda.") == [{"!ukraine"}]
    assert said("They discussed Iran, but NATO was not raised.") == [{"iran", "!nato"}]
    assert said("They discussed Iran; NATO did not come up.") == [{"iran", "!nato"}]
    assert said("Reports that the leaders had discussed Taiwan are untrue.") == [{"!china_taiwan"}]
    assert said("Die Sanktionen standen nicht auf der Tagesordnung.", lang="de") == [{"!sanctions_economy"}]


@pytest.mark.parametrize(
    "text",
    [
        "Iran must not acquire a nuclear weapon.",
        "They did not agree on the future of NATO.",
        "No progress was made on NATO.",
    ],
)
def test_a_demand_or_a_disagreement_is_no_denial(text: str) -> None:
    (topics,) = said(text)
    assert topics
    assert not any(topic.startswith("!") for topic in topics)


def test_a_weak_cue_needs_a_second_one_or_the_topic_before() -> None:
    assert said("The ceasefire must hold.") == [set()]
    assert said("The ceasefire and the heavy weapons were considered.") == [{"ukraine"}]
    assert said("They spoke about Ukraine.", "The ceasefire must hold.") == [{"ukraine"}, {"~ukraine"}]
    assert said("They spoke about Syria.", "The ceasefire must hold.") == [{"middle_east"}, {"~middle_east"}]


def test_one_passage_without_a_subject_does_not_break_the_context() -> None:
    texts = ("They spoke about Ukraine.", "He was grateful.", "The ceasefire must hold.")
    assert said(*texts)[2] == {"~ukraine"}
    assert said(texts[0], texts[1], texts[1], texts[2])[3] == set()


def test_an_anaphor_takes_up_the_topic_before() -> None:
    assert said("Iran was discussed.", "Both sides praised these talks.")[1] == {"~iran"}
    assert said("Iran was discussed.", "He wished him well.")[1] == set()
    assert said("Iran, NATO and Ukraine were discussed.", "Both sides praised these talks.")[1] == set()


def test_a_passage_with_its_own_subject_does_not_go_on_with_the_one_before() -> None:
    assert said("Ukraine was discussed.", "These talks also covered Libya.")[1] == {"middle_east"}


def test_weak_cues_beside_a_subject_outside_the_scheme_do_not_count() -> None:
    assert said("The conflict and the ceasefire were discussed.") == [{"ukraine"}]
    assert said("The conflict in Karabakh and the ceasefire were discussed.") == [set()]
    texts = ("Ukraine was discussed.", "They turned to Nagorno-Karabakh.", "The ceasefire must hold.")
    assert said(*texts) == [{"ukraine"}, set(), set()]


def test_of_two_topics_with_the_same_weak_cues_the_one_named_elsewhere_wins() -> None:
    text = "The ceasefire and the regional situation must improve; the conflict goes on."
    libya = said("They discussed Libya.", "He was grateful.", "She was grateful.", text)
    assert libya[3] == {"middle_east"}


def test_an_opening_line_carries_only_what_it_says_was_discussed() -> None:
    opening = "The President spoke today with President Volodymyr Zelenskyy of Ukraine"
    assert said(opening + ".", first=0) == [set()]
    assert said(opening + " about the price cap.", first=0) == [{"sanctions_economy"}]
    assert said("They met.", "He called on Moscow to leave Ukraine.", first=0)[1] == {"ukraine"}


def test_a_party_to_the_talks_is_no_subject_of_them() -> None:
    subject = "China must not support the war."
    with_china = said("The President met with President Xi Jinping of China.", subject, first=0)
    without = said("The President met with the Prime Minister.", subject, first=0)
    assert "china_taiwan" not in with_china[1]
    assert "china_taiwan" in without[1]
    assert "china_taiwan" in said("The President met with Xi Jinping.", "He spoke of Taiwan.", first=0)[1]


def test_a_language_without_cues_has_hits_by_evidence_only() -> None:
    scheme = load_scheme()
    dutch = passages("De oorlog in Oekraïne werd besproken.", "Tot slot dankte hij.", lang="nl")
    assert tag_topics(dutch, scheme) == ()
    evidence = np.zeros((2, len(scheme.topics)), dtype=np.float32)
    evidence[0, 0] = EVIDENCE_LINE
    (hit,) = tag_topics(dutch, scheme, evidence=evidence)
    assert (hit.topic_id, hit.method, hit.span, hit.cue) == ("ukraine", "embedding", dutch[0].span, "")
    english = passages("Nothing of note.", lang="en")
    assert tag_topics(english, scheme, evidence=np.full((1, len(scheme.topics)), 9, dtype=np.float32)) == ()


def test_masks_and_exclusions_of_a_scheme_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        "[topics.football.cues]\nen = ['football']\n[topics.football.not]\nen = ['american football']\n"
        "[topics.dance.cues]\nen = ['ball']\n[masks]\nen = ['fantasy football', 'ball pen']\n"
    )
    scheme = load_scheme(path)
    texts = ("Football and a ball.", "American football.", "Fantasy football with a ball pen.")
    assert said(*texts, scheme=scheme) == [{"football", "dance"}, set(), set()]


WORDS = [
    *("They", "discussed", "Ukraine", "NATO", "gas", "transit", "through", "not", "was", "Iran", "climate"),
    *(
        "of",
        "trust",
        "these",
        "talks",
        "war",
        "ceasefire",
        "but",
        ";",
        "the",
        "embassy",
        "Libya",
        "prisoners",
    ),
]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join) | st.text(max_size=30), max_size=5),
    st.sampled_from(["en", "de", "ru", "zh", "xx"]),
)
def test_any_text_gives_hits_inside_its_passages(texts: list[str], lang: str) -> None:
    made = passages(*texts, lang=lang)
    hits = tag_topics(made, load_scheme())
    assert [(h.passage_index, h.topic_id) for h in hits] == sorted(
        {(h.passage_index, h.topic_id) for h in hits},
        key=lambda pair: (pair[0], load_scheme().ids.index(pair[1])),
    )
    for hit in hits:
        span = made[hit.passage_index].span
        assert span.start <= hit.span.start < hit.span.end <= span.end
        assert 0 < hit.score <= 1
    assert hits == tag_topics(made, load_scheme())


def test_of_two_topics_with_the_same_weak_cues_that_none_names_the_one_with_more_of_them_wins(
    tmp_path: Path,
) -> None:
    path = tmp_path / "wars.toml"
    path.write_text(
        "[topics.north.cues]\nen = ['northland']\n[topics.north.weak]\nen = ['ceasefire', 'front', 'dam']\n"
        "[topics.south.cues]\nen = ['southland']\n[topics.south.weak]\nen = ['ceasefire', 'front']\n",
        "utf-8",
    )
    scheme = load_scheme(path)
    assert said("They spoke of a ceasefire along the front.", scheme=scheme) == [{"north", "south"}]
    assert said("They spoke of a ceasefire, the front, the dam.", scheme=scheme) == [{"north"}]
