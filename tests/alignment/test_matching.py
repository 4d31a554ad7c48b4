"""Matching: every passage linked or listed, the same with the sides swapped, nothing between strangers."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout_diff.alignment import Encoded, align_passages, embed_clauses, load_background
from readout_diff.alignment.matching import (
    Evidence,
    _one_event,
    _reasons,
    common_ground,
    is_monotone,
    is_translation,
    translation_probability,
)
from readout_diff.alignment.pairs import Pairs
from readout_diff.alignment.parameters import Parameters, confidence_of, read_parameters, shipped_parameters
from readout_diff.embedders.base import encode
from readout_diff.errors import LoadError, UnknownComponentError
from readout_diff.passages import Passage
from readout_diff.readout import Span
from readout_diff.testing import HashEmbedder

WORDS = [
    "leaders",
    "discussed",
    "ukraine",
    "iran",
    "summit",
    "sanctions",
    "gas",
    "libya",
    "agreed",
    "warned",
    "teams",
    "contact",
    "visit",
    "trade",
]
texts = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), min_size=0, max_size=6
)


def _embed(parts):
    return encode(parts, HashEmbedder())


def _passages(side, lang, sentences):
    return [Passage(side, i, Span(0, len(text)), text, lang) for i, text in enumerate(sentences)]


def _align(left, right, *, order="auto", full=True, **options):
    a, b = _passages("a", "en", left), _passages("b", "de", right)
    encoded = Encoded(
        "hash",
        _embed(left),
        _embed(right),
        load_background("hash", "1", _embed),
        (embed_clauses(a, _embed, fast=True), embed_clauses(b, _embed, fast=True)),
    )
    if full:
        options = {
            "topics": tuple([{w: 1.0 for w in t.split() if w in ("ukraine", "iran", "gas")} for t in s] for s in (left, right)),
            "formulaic": tuple(["closing" if "contact" in t else None for t in s] for s in (left, right)),
            "mentions": tuple([frozenset(t.split()) & {"libya", "iran"} for t in s] for s in (left, right)),
            **options,
        }  # fmt: skip
    return align_passages(Evidence((a, b), [encoded], **options), order=order)


def _counted(alignment, left, right):
    linked = [
        {i for link in alignment.links if link.left and link.right for i in side(link)} for side in SIDES
    ]
    alone = [[i for link in alignment.links if not other(link) for i in side(link)] for side, other in zip(SIDES, SIDES[::-1], strict=True)]  # fmt: skip
    for side, count in enumerate((len(left), len(right))):
        assert sorted([*linked[side], *alone[side]]) == list(range(count))


SIDES = (lambda link: link.left, lambda link: link.right)


@settings(deadline=None, max_examples=40)
@given(texts, texts, st.sampled_from(["auto", "free", "monotone"]), st.booleans())
def test_every_passage_is_linked_or_listed_once(left, right, order, full):
    _counted(_align(left, right, order=order, full=full), left, right)


@settings(deadline=None, max_examples=40)
@given(texts, texts, st.sampled_from(["auto", "free"]))
def test_swapping_the_sides_mirrors_everything(left, right, order):
    def both_english(a, b):
        x, y = _passages("a", "en", a), _passages("b", "en", b)
        encoded = Encoded("hash", _embed(a), _embed(b), load_background("hash", "1", _embed))
        return align_passages(Evidence((x, y), [encoded]), order=order)

    there, back = both_english(left, right), both_english(right, left)
    assert np.array_equal(np.asarray(there.scores), np.asarray(back.scores.T))
    assert {(k.left, k.right, k.score, k.confidence, k.relation, k.evidence) for k in there.links} == {
        (k.right, k.left, k.score, k.confidence, k.relation, k.evidence) for k in back.links
    }


@settings(deadline=None, max_examples=30)
@given(texts)
def test_a_text_against_itself_links_every_passage_to_itself(sentences):
    alignment = _align(sentences, sentences)
    linked = {(i, j) for link in alignment.links for i in link.left for j in link.right}
    assert linked >= {(i, i) for i in range(len(sentences))}


def test_same_input_same_result():
    left, right = ["leaders discussed iran", "teams agreed"], ["iran discussed", "gas"]
    assert _align(left, right).links == _align(left, right).links


def test_scores_and_probabilities_are_read_only_and_cover_all_pairs():
    alignment = _align(["iran", "gas", "libya"], ["gas", "trade"])
    assert alignment.scores.shape == alignment.probabilities.shape == (3, 2)
    assert not alignment.scores.values.flags.writeable
    assert ((alignment.probabilities.values >= 0) & (alignment.probabilities.values <= 1)).all()


def test_openings_are_kept_apart():
    left, right = ["leaders discussed iran", "gas agreed"], ["leaders discussed iran", "gas agreed"]
    alignment = _align(left, right, formulaic=(["opening", None], ["opening", None]))
    relations = {(link.left, link.right): link.relation for link in alignment.links}
    assert relations[(0,), (0,)] == "formulaic"
    assert relations[(1,), (1,)] != "formulaic"


def test_statements_of_different_events_have_no_formulaic_links():
    left, right = ["president called", "iran"], ["minister visited", "gas"]
    alignment = _align(left, right, formulaic=(["opening", None], ["opening", None]))
    assert all(link.relation == "none" for link in alignment.links)


def test_common_ground_is_asked_of_the_shorter_side():
    terse = np.array([0.9, 0.0, 0.0, 0.0, 0.0], np.float32)
    shapes = Pairs.all_of((1, 5)), Pairs.all_of((5, 1))
    assert _one_event(shapes[0], terse, 0.18) == _one_event(shapes[1], terse, 0.18) > 0.99
    assert _one_event(Pairs.all_of((3, 4)), np.full(12, 0.02, np.float32), 0.18) < 0.01


@pytest.mark.parametrize(
    ("left", "right", "line"),
    [
        ({"name:MRKL", "country:BY"}, {"name:STRMR", "country:IR"}, 0.48),
        ({"name:MRKL", "country:BY"}, {"name:LKSHNK", "country:BY"}, 0.23),
        (
            {"name:MRKL", "date:2021"},
            {"name:STRMR", "date:2021"},
            0.48,
        ),  # a date in common is no acquaintance
        ({"name:MRKL"}, {"country:IR"}, 0.23),  # names that are not recognised say nothing
        (set(), {"name:STRMR"}, 0.23),
        ({"name:MRKL", "name:PTN"}, {"name:MRKL", "name:PTN"}, 0.05),
        ({"name:MRKL", "country:BY"}, {"name:MRKL", "country:BY"}, 0.05),
        ({"name:MRKL", "country:BY", "country:RU"}, {"name:STRMR", "country:BY", "country:RU"}, 0.23),
    ],
)
def test_openings_tell_strangers_from_the_acquainted(left: set[str], right: set[str], line: float) -> None:
    passages = [Passage("a", 0, Span(0, 4), "They", "en")], [Passage("b", 0, Span(0, 4), "Both", "en")]
    mentions = [frozenset(left)], [frozenset(right)]
    for kinds in ((["opening"], ["opening"]), ([None], ["opening"])):
        evidence = Evidence(passages, [], formulaic=kinds, mentions=mentions)
        assert common_ground(evidence) == (line if kinds[0] == ["opening"] else 0.23)


def test_evidence_names_what_both_share():
    links = _align(["libya iran"], ["libya iran"]).links
    assert links[0].evidence == (
        "similarity 1.00, nearest to each other",
        "topics: iran",
        "both name: iran, libya",
    )


def test_evidence_names_the_rarest_words_both_share():
    keys = frozenset({"border", "cooperate", "develop", "relation", "ceasefire", "support", "stroopwafel"})
    links = _align(["border"], ["border"], full=False, terms=([keys], [keys])).links
    assert links[0].evidence[-1] == "both speak of: border, ceasefire, develop, support, relation"


def _without_encoder(left, right, **options):
    a, b = _passages("a", "en", left), _passages("b", "de", right)
    terms = tuple([frozenset(t.split()) for t in side] for side in (left, right))
    named = tuple([frozenset(t.split()) & {"libya", "iran"} for t in side] for side in (left, right))
    known = {"terms": terms, "mentions": named, "topics": ([{}] * len(left), [{}] * len(right)), **options}
    return Evidence((a, b), (), **known)


@settings(deadline=None)
@given(texts, texts)
def test_without_an_encoder_swapping_the_sides_mirrors_everything(left, right):
    there = align_passages(_without_encoder(left, right))
    back = align_passages(_without_encoder(right, left))
    assert np.array_equal(np.asarray(there.probabilities), np.asarray(back.probabilities).T)
    assert {(k.left, k.right, k.score, k.confidence, k.relation, k.evidence) for k in there.links} == {
        (k.right, k.left, k.score, k.confidence, k.relation, k.evidence) for k in back.links
    }
    _counted(there, left, right)


def test_without_an_encoder_words_link_and_the_evidence_says_so():
    left = ["grain exports through odesa", "libya libya"]
    alignment = align_passages(_without_encoder(left, ["visas", "grain exports through odesa again"]))
    (link,) = [k for k in alignment.links if k.left and k.right]
    assert (link.left, link.right) == ((0,), (1,))
    assert link.evidence[0] == "similarity by words in common, nearest to each other"
    assert not [phrase for phrase in link.evidence if "0." in phrase]


def test_passages_without_a_word_in_common_are_not_said_to_be_similar():
    pairs = Pairs.all_of((1, 1))
    evidence = _without_encoder(
        ["iran talks"], ["iran sanctions"], terms=([frozenset({"x"})], [frozenset({"y"})])
    )
    (reasons,) = _reasons(evidence, pairs, {"terms": np.zeros(1, np.float32)}, np.array([0]))
    assert reasons == ("both name: iran",)


def test_without_an_encoder_there_is_no_order_to_follow():
    evidence = _without_encoder(["iran talks"], ["iran"])
    with pytest.raises(
        UnknownComponentError, match="'monotone' needs vectors; right is an embedder"
    ) as caught:
        align_passages(evidence, order="monotone")
    assert "\n" not in str(caught.value)
    assert align_passages(evidence, order="auto").links == align_passages(evidence, order="free").links


def test_without_an_encoder_and_without_words_nothing_can_be_linked():
    with pytest.raises(LoadError, match="linked by content words, and none are known of them; right is"):
        align_passages(_without_encoder(["iran"], ["iran"], terms=None))


def test_parameters_that_know_no_way_without_an_encoder_are_refused():
    models = {key: model for key, model in shipped_parameters().models.items() if not key.startswith("none")}
    expected = "no alignment parameters for embedder 'none', only for any, e5, e5\\+use, use; right is"
    with pytest.raises(LoadError, match=expected) as caught:
        Parameters(models, "of an older version").choose([], ["terms"])
    assert "\n" not in str(caught.value)


def test_translations_are_told_from_accounts():
    sure, pairs = np.eye(3, dtype=np.float32).ravel(), Pairs.all_of((3, 3))
    assert is_translation({"any:even": sure * 0.7}, pairs, sure)
    assert not is_translation({"any:even": sure * 0.4}, pairs, sure)
    assert not is_translation({"any:even": sure * 0.7}, pairs, sure * 0.5)


def test_order_is_only_told_from_enough_partners():
    order = np.eye(10, dtype=np.float32)
    assert is_monotone(Pairs.all_of((10, 10)), order.ravel())
    assert not is_monotone(Pairs.all_of((10, 10)), order[::-1].ravel())
    assert not is_monotone(Pairs.all_of((5, 5)), order[:5, :5].ravel())


def test_translation_probability_grows_with_the_nearest_clause():
    values = translation_probability(np.array([0.0, 1.5, 3.0], np.float32))
    assert values[0] < 0.1
    assert values[1] == 0.5
    assert values[2] > 0.9


def test_an_unknown_order_is_one_clear_line():
    with pytest.raises(UnknownComponentError, match="unknown order 'x'; known: auto, free, monotone"):
        _align(["a"], ["b"], order="x")


def test_parameters_by_evidence():
    known = shipped_parameters()
    assert known.choose(["hash"], [])[0] == "any"
    assert known.choose(["hash"], ["topics", "mentions"])[0] == "any|mentions|topics"
    assert known.choose(["use", "e5"], ["topics", "unheard of"])[0] == "e5+use|topics"


def test_parameters_survive_json():
    known = shipped_parameters()
    assert Parameters.from_json(known.to_json()) == known
    with pytest.raises(LoadError, match="not alignment parameters"):
        Parameters.from_json(json.dumps({"models": 3}))


def test_confidence_grows_with_probability():
    model = shipped_parameters().models["e5+use|mentions|topics"]
    assert model.reading is not None
    for certainty in (model.certainty, model.reading.certainty):
        values = confidence_of(np.linspace(0.05, 0.99, 20, dtype=np.float32), certainty)
        assert (np.diff(values) > 0).all()


LEFT = ["leaders discussed iran", "teams agreed on gas", "visit to libya", "contact"]
RIGHT = ["gas trade summit", "leaders warned iran", "sanctions", "visit teams"]


def _reading(same):
    asked = []

    def read(pairs):
        asked.extend(pairs)
        return np.array([same(pair) for pair in pairs], np.float32)

    return read, asked


def test_only_pairs_in_question_are_read_and_the_reader_moves_them():
    before = np.asarray(_align(LEFT, RIGHT).probabilities)
    read, asked = _reading(lambda pair: 8.0)
    up = np.asarray(_align(LEFT, RIGHT, read=read).probabilities)
    assert set(asked) == {tuple(pair) for pair in np.argwhere((before >= 0.3) & (before <= 0.6)).tolist()}
    assert 0 < len(asked) < before.size
    down = np.asarray(_align(LEFT, RIGHT, read=_reading(lambda pair: -8.0)[0]).probabilities)
    for i, j in np.ndindex(before.shape):
        if (i, j) in asked:
            assert down[i, j] < before[i, j] < up[i, j]
        else:
            assert down[i, j] == before[i, j] == up[i, j]


def test_translations_in_order_are_not_read():
    read, asked = _reading(lambda pair: 8.0)
    alignment = _align(LEFT, RIGHT, order="monotone", read=read)
    assert asked == []
    assert alignment.near is alignment.probabilities


def test_parameters_without_a_model_for_the_encoder_are_refused():
    known = shipped_parameters()
    only = Parameters({"e5": known.models["e5"]}, "test")
    assert only.choose(["e5"], ["topics"])[0] == "e5"
    with pytest.raises(LoadError, match="no alignment parameters for embedder 'use', only for e5; right is"):
        only.choose(["use"], [])


def test_parameters_are_read_from_a_file(tmp_path):
    known = shipped_parameters()
    (tmp_path / "own.json").write_text(known.to_json(), "utf-8")
    assert read_parameters(tmp_path / "own.json") == known
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    for name in ("none.json", "bytes.json", "."):
        with pytest.raises(LoadError, match="no alignment parameters in"):
            read_parameters(tmp_path / name)
