"""The cue grammar."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_diff.errors import SchemeError
from readout_diff.limits import CUE_CHARACTERS
from readout_diff.topics.cues import fold, parse_cue, tokenize


def wordings(cue: str) -> list[list[str]]:
    return [[" ".join(t.text or ".." for t in s) for s in place] for place in parse_cue(cue)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("l'ONU, U.S.-Russia", ["l", "ONU", "U", "S", "Russia"]),
        ("Нью-Старт (ДСНВ)", ["Нью", "Старт", "ДСНВ"]),
        ("反对北约东扩", ["反", "对", "北", "约", "东", "扩"]),
        ("G7与欧盟", ["G7", "与", "欧", "盟"]),
        ("snake_case", ["snake", "case"]),
        ("Ukrayna\u2019nın", ["Ukrayna", "nın"]),
        ("e\u0301nergie й", ["e\u0301nergie", "й"]),
        ("  \u200b … ", []),
    ],
)
def test_text_is_cut_into_runs_of_letters_and_single_han(text: str, tokens: list[str]) -> None:
    assert [t.text for t in tokenize(text)] == tokens


@given(st.text())
def test_tokens_stand_where_they_say(text: str) -> None:
    tokens = tokenize(text)
    assert all(text[t.start : t.end] == t.text for t in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("minsk (accords|peace plan|)", [["minsk"], ["accords", "peace plan", ""]]),
        ("sanction(s|ed|)", [["sanctions", "sanctioned", "sanction"]]),
        ("(a|b (c|d))", [["a", "b c", "b d"]]),
        ("北约(东扩|)", [["北 约 东 扩", "北 约"]]),
        ("return .. to diplomacy", [["return"], [".."], ["to"], ["diplomacy"]]),
        ("us-russian", [["us russian"]]),
    ],
)
def test_alternatives_and_gaps(cue: str, expected: list[list[str]]) -> None:
    assert wordings(cue) == expected


def test_wildcards_and_capitals() -> None:
    (place,) = parse_cue("*sanktion*")
    assert place[0][0].kind == "infix"
    assert [s[0].kind for place in parse_cue("ab* *ab ab") for s in place] == ["prefix", "suffix", "word"]
    assert [s[0].capitals for place in parse_cue("NATO Nato G7 A ОБСЕ") for s in place] == [
        True,
        False,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("cue", "message"),
    [
        ("(a", "opening bracket is not closed"),
        ("a)", "closing bracket has no opening one"),
        ("a|b", "alternatives stand in brackets"),
        ("a * b", "directly before or after letters"),
        ("a*b", "at the end or start of a token"),
        ("..", "at least one word"),
        ("(a|)", "at least one word"),
        ("!?", "at least one word"),
        (".. a", "a gap .. stands between words"),
        ("a ..", "a gap .. stands between words"),
        ("..( )b", "a gap .. stands between words"),
        ("(a|) (.. b)", "and not after one that can be left out"),
        ("a (b ..|c)", "a gap .. stands between words"),
        ("((((((a))))))", "the limit cue_depth is 4"),
        ("a" * (CUE_CHARACTERS.most + 1), "the limit cue_characters is 1,000"),
        (" ".join("abcdefghijklmnopqrst"), "the limit cue_places is 16"),
        (
            "(" + "|".join(f"a{i}" for i in range(30)) + ") " * 1 + " ".join(["(a|b|c|d|e|f|g|h)"] * 6),
            "wordings",
        ),
        ("".join(["(a|b|c)"] * 7), "the limit cue_alternatives is 600"),
    ],
)
def test_malformed_cues_are_refused(cue: str, message: str) -> None:
    with pytest.raises(SchemeError, match=message.replace("(", r"\(").replace(".", r"\.")):
        parse_cue(cue)


@given(st.text(alphabet="ab*()|. 北", max_size=30))
def test_any_cue_is_parsed_or_refused(cue: str) -> None:
    try:
        pattern = parse_cue(cue)
    except SchemeError:
        return
    assert any(token.kind != "gap" for place in pattern for sequence in place for token in sequence)


def test_folding_equates_what_writers_vary() -> None:
    assert fold("GROẞ") == fold("groß") == fold("gross")
    assert fold("Ещё") == fold("еще")
    assert fold("IRAN") == fold("ıran") == fold("İran")
