import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from readout_diff.render.safe_text import for_html, for_terminal

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


@given(st.text())
def test_no_character_a_terminal_acts_on_is_left(text):
    shown = for_terminal(text)
    assert not set(shown) & set(BIDI)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs")]


@given(st.text(st.characters(categories=["L", "N", "P"])))
def test_plain_words_are_left_alone(text):
    assert for_html(text) == text


def test_an_escape_sequence_becomes_visible():
    assert for_terminal("\x1b]0;owned\x07ok") == "<U+001B>]0;owned<U+0007>ok"


def test_right_to_left_marks_stay_in_html_and_overrides_do_not():
    assert for_html("\u200fשלום\u202eabc") == "\u200fשלום<U+202E>abc"
