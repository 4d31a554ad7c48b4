from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readout_diff.errors import LoadError, UnsupportedLanguageError
from readout_diff.readout import Readout, Segment, Span

PAGE = (
    "Office of the President\r\nReadout of a Call\r\n2 March 2023\r\n\r\n"
    "“The President spoke with the\u00a0Chancellor today. She thanked him.\r\n\r\n"
    "“They agreed to speak a\u00adgain.”\r\n\r\nShare this page\r\n"
)


def test_from_text_keeps_the_statement_and_what_the_page_says_about_it() -> None:
    readout = Readout.from_text(PAGE, party="Meridia")
    assert (
        readout.text
        == "The President spoke with the Chancellor today. She thanked him.\n\nThey agreed to speak again."
    )
    assert (readout.title, readout.issued, readout.lang) == ("Readout of a Call", "2023-03-02", "en")
    assert (readout.party, readout.complete) == ("Meridia", True)


def test_what_the_caller_says_goes_before_what_the_page_says() -> None:
    readout = Readout.from_text(
        PAGE, lang="DE-de", title="Call", issued="2020-01-01", publisher="P", id="x", source="s"
    )
    assert (readout.lang, readout.title, readout.issued) == ("de", "Call", "2020-01-01")
    assert (readout.publisher, readout.id, readout.source) == ("P", "x", "s")


def test_the_id_depends_on_content_only() -> None:
    assert Readout.from_text(PAGE).id == Readout.from_text(PAGE, source="elsewhere").id
    assert Readout.from_text(PAGE).id != Readout.from_text(PAGE, party="Meridia").id


def test_it_is_frozen() -> None:
    readout = Readout.from_text(PAGE)
    with pytest.raises(dataclasses.FrozenInstanceError):
        readout.text = "other"  # type: ignore[misc]


@pytest.mark.parametrize("text", ["", "  \n\t", "\ufeff", "...", "###\n###", "\u200b\n\x00"])
def test_a_text_with_nothing_in_it_is_refused(text: str) -> None:
    with pytest.raises(LoadError) as caught:
        Readout.from_text(text)
    assert "\n" not in str(caught.value)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnsupportedLanguageError):
        Readout.from_text("They spoke today.", lang="klingon")


def test_one_word_has_no_language_and_says_so() -> None:
    assert Readout.from_text("Ok").lang is None


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("They spoke today. They agreed to meet.", True),
        ("They spoke today. They agreed to meet with the", False),
        ("They spoke today. They agreed…", False),
        ("They spoke today. They agreed to meet.\n\nRead more", False),
        ("They spoke today. They agreed to meet [...]", False),
        ("两国元首通电话。双方同意保持联系。", True),
        ("They spoke today. He said: “We will meet.”", True),
    ],
)
def test_a_text_that_breaks_off_is_not_complete(text: str, complete: bool) -> None:
    assert Readout.from_text(text).complete is complete


def test_uncleaned_text_is_only_normalised() -> None:
    readout = Readout.from_text("Title\r\n\r\nThey\u00a0spoke.", clean=False)
    assert (readout.text, readout.title) == ("Title\n\nThey spoke.", None)


def test_to_source_spans_what_was_left_out_in_between() -> None:
    readout = Readout.from_text(PAGE)
    span = readout.to_source(Span(0, len(readout.text)))
    assert PAGE[span.start : span.end] == PAGE[PAGE.index("The President") : PAGE.index("”")]
    start = readout.text.index("Chancellor")
    assert readout.to_source(Span(start, start + 10)).of(PAGE) == "Chancellor"


def test_to_source_refuses_what_it_cannot_map() -> None:
    with pytest.raises(ValueError, match="not loaded from a source"):
        Readout(id="a", text="They spoke.").to_source(Span(0, 4))
    with pytest.raises(ValueError, match="beyond the text"):
        Readout.from_text("They spoke today.").to_source(Span(0, 99))


def test_right_to_left_text_is_kept_intact() -> None:
    persian = "دو رئیس‌جمهور توافق کردند که گفت‌وگوها را ادامه دهند."
    assert Readout.from_text(persian).text == persian


def check_round_trip(source: str, readout: Readout) -> None:
    """Every segment stands letter for letter in the source, in order, and overlaps no other."""
    end = 0
    for segment in readout.segments:
        assert isinstance(segment, Segment)
        assert segment.start >= end
        assert segment.length > 0
        end = segment.start + segment.length
        assert (
            readout.text[segment.start : end]
            == source[segment.source_start : segment.source_start + segment.length]
        )
    covered = sum(segment.length for segment in readout.segments)
    gaps = len(readout.text) - covered
    assert gaps <= sum(1 for char in readout.text if not char.isascii() or char.isspace())


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_or_refused_and_offsets_round_trip(text: str) -> None:
    for clean in (True, False):
        try:
            readout = Readout.from_text(text, clean=clean)
        except LoadError:
            continue
        check_round_trip(text, readout)
        assert readout.text == readout.text.strip()
        assert "\x00" not in readout.text
        assert "\r" not in readout.text


WORDS = st.sampled_from(
    ["The President", "spoke", "with", "Kanzler", "agreed.", "“Quote", "mark”", "«Да»", "说。", "Pre\u0301sident", "Share:", "|", "###",
     "2 March 2023", "Read more", "Photo: x", "– Paris", "(AP)", "\u00a0", "soft\u00adhyphen", "...", "U.S.", "1.", "- item"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.tuples(WORDS, st.sampled_from([" ", "\n", "\n\n", "\r\n", ". "])), max_size=60))
def test_any_page_is_read_or_refused_and_offsets_round_trip(pieces: list[tuple[str, str]]) -> None:
    source = "".join(word + gap for word, gap in pieces)
    try:
        readout = Readout.from_text(source)
    except LoadError:
        return
    check_round_trip(source, readout)
    whole = readout.to_source(Span(0, len(readout.text)))
    assert 0 <= whole.start <= whole.end <= len(source)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["They met in Paris today.", "She thanked him for the visit.", "Both agreed to meet again."]),
                min_size=1, max_size=8))  # fmt: skip
def test_plain_sentences_are_never_touched(sentences: list[str]) -> None:
    for joined in (" ".join(sentences), "\n".join(sentences), "\n\n".join(sentences)):
        assert Readout.from_text(joined).text == joined


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_that_is_none_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="a span needs 0 <= start <= end"):
        Span(start, end)
