"""One-sided findings: what makes one robust, and the evidence it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from readout_diff.alignment.links import Alignment
from readout_diff.findings import AccountView, Finding, find_differences
from readout_diff.findings.finding import mention_of
from readout_diff.passages import Passage
from readout_diff.readout import Span
from readout_diff.topics.scheme import TopicHit
from readout_diff.topics.tagging import LIKELY

SENTENCES = ("They spoke.", "They discussed Iran.", "Iran was on the agenda.")


def view(
    mentions: Sequence[int],
    worded: Mapping[str, tuple[int, float]],
    *,
    score: float = 1.0,
    complete: bool = True,
) -> AccountView:
    """Return an account with hits on Iran in the passages of `mentions`."""
    passages = [Passage("x", i, Span(0, len(text)), text, "en") for i, text in enumerate(SENTENCES)]
    hits = [TopicHit("iran", "x", i, score, passages[i].span, "iran", "cue") for i in mentions]
    return AccountView(tuple(passages), tuple(hits), frozenset({"iran"}), complete, worded)


def finding(speaking: AccountView, silent: AccountView, nearest: float = 0.0) -> Finding:
    probabilities = np.zeros((3, 3), np.float32)
    probabilities[1, 2] = nearest
    (found,) = find_differences(speaking, silent, Alignment((), probabilities, probabilities, 0.5), ["iran"])
    assert found.kind == "one_sided"
    return found


SURE, DOUBTFUL = 0.6 * LIKELY, 0.4 * LIKELY


@pytest.mark.parametrize(
    ("speaking", "silent", "nearest", "robust"),
    [
        (view([1], {"iran": (1, SURE)}), view([], {"iran": (0, DOUBTFUL)}), 0.2, True),
        # a single mention in a passage that is not worded like the topic may be none
        (view([1], {"iran": (1, DOUBTFUL)}), view([], {}), 0.0, False),
        (view([1], {"iran": (1, 0.0)}), view([], {}), 0.0, False),
        (view([1, 2], {"iran": (1, DOUBTFUL)}), view([], {}), 0.0, True),
        # without a topic model, nothing speaks against the wording
        (view([1], {}), view([], {}), 0.0, True),
        (view([1, 2], {}, score=0.7), view([], {}), 0.0, False),
        (view([1], {}), view([], {"iran": (0, SURE)}), 0.0, False),
        (view([1], {}), view([], {}), 0.3, False),
        (view([1], {}), view([], {}, complete=False), 0.0, False),
    ],
)
def test_robust_is_what_holds_on_both_sides(
    speaking: AccountView, silent: AccountView, nearest: float, robust: bool
) -> None:
    assert finding(speaking, silent, nearest).robust is robust


def test_the_evidence_names_the_passage_worded_most_like_the_topic_on_either_side() -> None:
    found = finding(view([1], {"iran": (2, SURE)}), view([], {"iran": (0, DOUBTFUL)}))
    worded = [
        (e.side, e.passage_index, e.value, e.threshold) for e in found.evidence if e.role == "likeliest"
    ]
    assert worded == [("b", 0, DOUBTFUL, LIKELY), ("a", 2, SURE, LIKELY)]


def test_two_hits_in_one_passage_are_one_mention() -> None:
    twice = view([1, 1], {"iran": (1, DOUBTFUL)})
    assert not finding(twice, view([], {})).robust


def test_without_a_mention_nothing_is_sure() -> None:
    assert mention_of([], "a") == "uncertain"
