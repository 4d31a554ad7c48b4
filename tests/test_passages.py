import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_diff.passages import sentence_spans, split_lines
from readout_diff.readout import Readout

GOLD = Path(__file__).parent / "data" / "gold"

TABLE = [
    ("en", ["He met Joseph R. Biden, Jr. of the U.S.-led group.", "The U.S. will follow up."]),
    ("en", ["“We agree.”", "He left...", "And then?"]),
    ("en", ["1. First item.", "2. Second item."]),
    ("de", ["Am 7. April kam er an.", "Der 2. Weltkrieg begann 1939.", "Z. B. das hier."]),
    ("ru", ["Г.С.Струнин провёл переговоры с Й.Тешендорфом.", "В г. Москве прошло 3 заседания."]),
    ("ru", ["Обсуждён «Комплекс мер» от 12 февраля 2015 г.", "Отмечено, что режим соблюдается."]),
    ("fr", ["M. Dupont a reçu Mme. Durand.", "Ils se reparleront."]),
]


@pytest.mark.parametrize(("lang", "sentences"), TABLE)
def test_hard_boundaries(lang: str, sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [span.of(text) for span in sentence_spans(text, lang)] == sentences


def test_chinese_needs_no_spaces() -> None:
    text = "习近平说：“中美应合作；双方同意。”会谈坦诚。你好？"
    assert [span.of(text) for span in sentence_spans(text, "zh")] == [
        "习近平说：“中美应合作；双方同意。”",
        "会谈坦诚。",
        "你好？",
    ]


def test_a_line_break_ends_a_sentence() -> None:
    assert [s.of("one\ntwo\n\nthree") for s in sentence_spans("one\ntwo\n\nthree", "en")] == [
        "one",
        "two",
        "three",
    ]


# The held-out pairs cut lists at their semicolons, which is right for annotation, and no end of a sentence.
FOLDERS = sorted(path for path in GOLD.glob("*/*/gold.json") if "holdout" not in path.parts[-3])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.parent.name)
def test_gold_sentences_are_found(folder: Path) -> None:
    gold = json.loads(folder.read_text(encoding="utf-8"))
    for side, lang in zip("ab", gold["langs"], strict=True):
        sentences = gold[f"{side}_sents"]
        text = ("" if lang == "zh" else " ").join(sentences)
        assert [span.of(text) for span in sentence_spans(text, lang)] == sentences


@given(st.text(), st.sampled_from(["en", "de", "ru", "zh", "ar", "und", "xx"]))
def test_nothing_is_lost(text: str, lang: str) -> None:
    spans = sentence_spans(text, lang)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)
    covered = {i for span in spans for i in range(span.start, span.end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)


@given(st.text())
def test_splitting_again_changes_nothing(text: str) -> None:
    for span in sentence_spans(text, "en")[:3]:
        assert [inner.of(span.of(text)) for inner in sentence_spans(span.of(text), "en")]


def test_a_paragraph_the_splitter_would_alter_stays_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sentencex.segment", lambda lang, text: [text.upper()])
    assert [span.of("One. Two.") for span in sentence_spans("One. Two.", "en")] == ["One. Two."]


@pytest.mark.parametrize("marks", ["»Â", "!--=<", "“Bc "])
def test_a_paragraph_full_of_marks_takes_no_square_of_its_length(marks: str) -> None:
    text = marks * (400_000 // len(marks))
    start = time.process_time()
    sentence_spans(text, "de")
    assert time.process_time() - start < 4  # it was half a minute


@pytest.mark.parametrize(
    "sentence", ["They met again.", "“We agree. And so do they.”", "Z. B. das hier.", "a" * 30]
)
def test_a_long_paragraph_is_cut_as_a_short_one(sentence: str) -> None:
    lang = "de" if "das" in sentence else "en"
    text = " ".join([sentence] * 1_500)
    assert len({span.of(text) for span in sentence_spans(text, lang)}) == 1


def test_a_sentence_is_not_cut_for_its_length() -> None:
    text = "They AGREED on Ukraine, " * 2_000 + "and left."
    assert [span.of(text) for span in sentence_spans(text, "en")] == [text]


def test_lines_are_passages_whatever_stands_in_them() -> None:
    text = "One. Two.\n\n \t \nthree \r\n\n四。五。"
    passages = split_lines(Readout("r", text, lang="en"))
    assert [passage.text.strip() for passage in passages] == ["One. Two.", "three", "四。五。"]
    assert [passage.index for passage in passages] == [0, 1, 2]
    assert {(passage.readout_id, passage.lang) for passage in passages} == {("r", "en")}


def test_lines_of_a_text_in_an_unknown_language() -> None:
    assert [passage.lang for passage in split_lines(Readout("r", "Zorblax"))] == ["und"]


@pytest.mark.parametrize("text", ["", "\n", " \n\t\n"])
def test_a_text_without_a_line_has_no_passages(text: str) -> None:
    assert split_lines(Readout("r", text, lang="en")) == ()


@given(st.text(alphabet=st.sampled_from("a.é停 \t\n\r\x85\u2028\x00")))
def test_lines_hold_every_character_that_is_not_white_space(text: str) -> None:
    readout = Readout("r", text, lang="en")
    passages = split_lines(readout)
    assert all(passage.span.of(readout.text) == passage.text for passage in passages)
    assert all(one.span.end < two.span.start for one, two in pairwise(passages))
    assert all(passage.text.strip() and "\n" not in passage.text for passage in passages)
    assert "".join("".join(p.text.split()) for p in passages) == "".join(readout.text.split())
