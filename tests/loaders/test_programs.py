"""Files made by real programs: what LibreOffice and a browser write is read exactly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from readout_diff import load, load_readouts

PROGRAMS = Path(__file__).parents[1] / "data" / "programs"
EXPECTED = (PROGRAMS / "statement.expected.txt").read_text("utf-8")


def paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


@pytest.mark.parametrize("name", ["statement.docx", "saved.html"])
def test_a_statement_keeps_every_paragraph(name: str) -> None:
    readout = load(PROGRAMS / name)
    assert paragraphs(readout.text) == paragraphs(EXPECTED)
    assert readout.title == "Telefonat der Staatskanzlerin mit dem Präsidenten von Meridien"


@pytest.mark.parametrize("name", ["writer.pdf", "printed.pdf"])
def test_a_pdf_keeps_every_word_in_order(name: str) -> None:
    readout = load(PROGRAMS / name)
    assert readout.text.split() == EXPECTED.split()
    assert (readout.lang, readout.issued, readout.complete) == ("de", "2023-08-14", True)


def test_what_a_script_put_into_a_page_stays_out() -> None:
    assert "Cookies" in (PROGRAMS / "saved.html").read_text("utf-8")
    assert "Cookies" not in load(PROGRAMS / "saved.html").text


def test_an_article_written_in_a_word_processor_is_split() -> None:
    found = [
        {"party": r.party, "publisher": r.publisher, "lang": r.lang, "text": r.text}
        for r in load_readouts(PROGRAMS / "article.docx")
    ]
    assert found == json.loads((PROGRAMS / "article.expected.json").read_text("utf-8"))
