import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_diff.render.headline import headline, join_words
from readout_diff.render.sides import sides_of
from render.fake import dev, made, seed

WHITE_HOUSE = {"publisher": "White House", "party": "United States"}
KREMLIN = {"publisher": "Kremlin", "party": "Russia"}


def test_the_seed_in_one_sentence():
    assert headline(seed()) == (
        "5 subjects in both accounts; only in the White House’s account: Arms control; only in the Kremlin’s "
        "account: Bilateral relations, Diplomats and embassies, NATO, and 2 more."
    )


def test_nothing_one_sided():
    comparison = made(["On NATO."], ["NATO came up."], topics_a=[["nato"]], topics_b=[["nato"]])
    assert headline(comparison) == "Both accounts mention the same 1 subject."


def test_no_subject_at_all():
    assert headline(made(["Hello."], ["Good day."])) == "No subject found in both accounts."


def test_a_denied_subject_is_not_a_mention():
    comparison = made(
        ["They discussed energy."],
        ["Energy was not discussed."],
        topics_a=[["energy"]],
        topics_b=[["energy"]],
        left=WHITE_HOUSE,
        right=KREMLIN,
        denied_b={0: {"energy"}},
    )
    assert headline(comparison) == (
        "No subject found in both accounts; only in the White House’s account: Energy; "
        "not discussed, according to the Kremlin’s account: Energy."
    )


def test_a_language_without_cues_is_unknown_and_not_absent():
    comparison = made(
        ["On NATO."], ["NATO."], topics_a=[["nato"]], left=WHITE_HOUSE, right={"lang": "xx"}, cues=("en",)
    )
    assert headline(comparison) == (
        "Subjects in account B are unknown, because there is no word list in that language."
    )


def test_a_label_with_a_comma_stays_in_one_piece():
    comparison = made(["On visas."], ["Hello."], topics_a=[["diplomats"]])
    topic = next(t for t in comparison.scheme.topics if t.id == "diplomats")
    object.__setattr__(topic, "labels", {"en": "Embassies, visas"})
    assert headline(comparison) == (
        "No subject found in both accounts; only in account A: “Embassies, visas”."
    )


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (WHITE_HOUSE, KREMLIN, ["the White House’s account", "the Kremlin’s account"]),
        ({"party": "Valdria"}, {"party": "Torvania"}, ["Valdria’s account", "Torvania’s account"]),
        ({"party": "United States"}, KREMLIN, ["the United States’ account", "the Kremlin’s account"]),
        ({}, {}, ["account A", "account B"]),
        ({}, KREMLIN, ["account A", "the Kremlin’s account"]),
        (KREMLIN, KREMLIN, ["the Kremlin (A)’s account", "the Kremlin (B)’s account"]),
        (
            {"publisher": "Government", "party": "Valdria"},
            {"publisher": "Government", "party": "Torvania"},
            ["Valdria’s account", "Torvania’s account"],
        ),
        (
            {"publisher": "Ministry of Foreign Affairs of Valdria, press office", "party": "Valdria"},
            KREMLIN,
            ["Valdria’s account", "the Kremlin’s account"],
        ),
    ],
)
def test_what_the_sides_are_called(left, right, expected):
    assert [side.account for side in sides_of(made(["A."], ["B."], left=left, right=right))] == expected


@pytest.mark.parametrize("name", ["dev01", "dev03", "dev08", "dev13"])
def test_every_headline_is_one_line_with_a_full_stop(name):
    text = headline(dev(name))
    assert text.endswith(".")
    assert "\n" not in text


@given(st.lists(st.text("abc", min_size=1), max_size=5))
def test_joined_words_all_stand_in_the_sentence(words):
    assert all(word in join_words(words) for word in words)


def test_a_name_with_its_article_is_not_given_another():
    comparison = made(
        ["They discussed Iran."], ["They met."], topics_a=[["iran"]], left={"publisher": "The White House"}
    )
    assert "only in The White House’s account: Iran" in headline(comparison)


def test_a_language_without_cues_has_other_subjects_unknown():
    left, right = {"lang": "pt", "party": "Valdria"}, {"party": "Meridia"}
    text = headline(
        made(["Eles falaram."], ["They discussed Iran."], topics_b=[["iran"]], left=left, right=right)
    )
    assert "ubjects in Valdria’s account are unknown" in text
    assert "other subjects in" not in text
    found = made(["Eles falaram da NATO."], ["Iran."], topics_a=[["nato"]], left=left, right=right)
    assert "other subjects in Valdria’s account are unknown" in headline(found)
