import io
import re

import pytest
from rich.console import Console

from readout_diff.alignment.links import Link
from readout_diff.readout import merged
from readout_diff.render.terminal import print_report, to_text
from readout_diff.render.wording import link_phrase
from render.fake import dev, made, seed, small

EXPECTED = """\
1 subject in both accounts; only in the State Department's account: Arms control, Iran; only in
Valdria's account: NATO; not discussed, according to Valdria's account: Iran.

A State Department - Meridia - 2021-11-30 - English - 4 passages, 22 words
B Valdria - German - translated from Russian (www.DeepL.com) - 4 passages, 25 words

Subjects
--------
Subject        | A State Department   | B Valdria               | Found in
---------------+----------------------+-------------------------+---------
Cyber security | 1 passage, 27%   ### | 1 passage, 28%   ###    | both
Arms control   | 1 passage, 27%   ### | not mentioned           | only A
Iran           | 1 passage, 18%   ##  | says not discussed (B3) | only A
NATO           | not mentioned        | 1 passage, 24%   ###    | only B
Looked for and found in neither account: Ukraine, Diplomats and embassies, Sanctions, European
security, Energy, Middle East, Afghanistan, Korea, China and Taiwan, Climate, Health and Covid,
Human rights and prisoners, Trade, Bilateral relations, History of the war, Follow-up.
"Only in" and "not mentioned" hold for the two texts given here, as far as their wording shows: not
for what was said in the conversation, nor for what was published elsewhere.

Only in the State Department's account
--------------------------------------
Arms control
  A4 They also spoke of strategic stability.
  None of the 4 passages of Valdria's account names this subject (2 wordings looked for). B1 is
  nearest to A4, 24% of the way to a link. The mention itself is uncertain: read it.
Iran
  A3 Both sides discussed Iran.
  Valdria's account says that this was not discussed (B3). B1 is nearest to A3, 24% of the way to a
  link. The mention itself is uncertain: read it.

Only in Valdria's account
-------------------------
NATO
  B2 NATO: *Gefahr* <b>heute</b> | morgen.
  None of the 4 passages of the State Department's account names this subject (2 wordings looked
  for). A1 is nearest to B2, 24% of the way to a link. The mention itself is uncertain: read it.

Linked passages
---------------
Linked passages report on the same matter. That does not mean that they agree: read both. The
percentage is the estimated likelihood that the two report the same. Below 50% it says "perhaps":
such pairs are shown all the same, so that nothing counts as left out too soon.

A1 <-> B1: opening or closing formula
  A1 The ministers met in Bandar Nour.             B1 Die Minister trafen sich.

A2 <-> B4: the same matter (71% likely), but they differ: roles swapped
  A2 The Minister warned of cyber attacks.         B4 Der Minister wies Vorwürfe zu Cyberangriffen
                                                   zurück.

2 passages of the State Department's account without a counterpart
------------------------------------------------------------------
  A3, A4, quoted above

2 passages of Valdria's account without a counterpart
-----------------------------------------------------
  B3 Über Iran sprach man nicht einmal am Rande.
  and B2, quoted above

readout_diff:0.1.0|lang:en-de|embedder:made|pipeline:blank|scheme:diplomacy@1+abc123|topics:cues|ali
gnment:made|order:free
"""

LINK_NARROW = """\
A2 <-> B4: the same matter (71% likely), but they differ:
roles swapped
  A2 The Minister warned of cyber attacks.
  B4 Der Minister wies Vorwürfe zu Cyberangriffen zurück.
"""


def test_the_whole_view_in_plain_text():
    assert to_text(small(), width=100) == EXPECTED


def test_in_a_narrow_terminal_passages_stand_below_each_other():
    assert LINK_NARROW in to_text(small(), width=60)


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(width):
    assert max(map(len, to_text(seed(), width=width).splitlines())) <= width


def test_all_but_the_texts_is_ascii_when_piped():
    comparison = made(["On NATO."], ["Iran it was."], topics_a=[["nato"]], topics_b=[["iran"]])
    assert to_text(comparison).isascii()


def rendered(comparison, **settings) -> str:
    buffer = io.StringIO()
    print_report(comparison, Console(file=buffer, force_terminal=True, width=100, **settings))
    return buffer.getvalue()


def test_a_terminal_gets_colour_and_marked_cues(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    text = rendered(seed(), color_system="256")
    assert "\x1b[1;38;5;33mA5 " in text
    assert re.search(r"\x1b\[4m(Strategic )?Stability", text, re.IGNORECASE)


def test_no_color_is_honoured(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert "38;5" not in rendered(seed(), color_system="256")


def test_hostile_text_cannot_act_on_the_terminal():
    hostile = "\x1b[2J\x1b]0;owned\x07\u202eevil\x9b31m [bold]markup[/bold] [link=x]y"
    comparison = made([hostile], ["b"], left={"party": hostile, "title": hostile})
    plain = to_text(comparison)
    assert not re.search("[\x1b\x07\x9b\u202e]", plain)
    assert "[bold]markup[/bold] [link=x]y" in " ".join(plain.split())


@pytest.mark.parametrize("name", ["dev01", "dev08", "dev11", "dev12"])
def test_every_passage_is_shown(name):
    comparison = dev(name)
    text = to_text(comparison)
    for passage in (*comparison.left_passages, *comparison.right_passages):
        side = "A" if passage.readout_id == comparison.left.id else "B"
        assert f"{side}{passage.index + 1} " in text


def test_marks_that_touch_become_one():
    assert merged([(5, 9), (0, 3), (2, 4), (9, 12)]) == [(0, 4), (5, 12)]


@pytest.mark.parametrize(
    ("relation", "confidence", "expected"),
    [
        ("same", 0.28, "perhaps the same report (28% likely)"),
        ("partial", 0.49, "perhaps the same in part (49% likely)"),
        ("same", 0.5, "same report (50% likely)"),
        ("formulaic", 0.3, "opening or closing formula"),
    ],
)
def test_a_link_less_likely_than_not_says_perhaps(relation, confidence, expected):
    link = Link((0,), (0,), 1.0, confidence, relation)
    assert link_phrase(link) == expected
