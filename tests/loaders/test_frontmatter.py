"""Lines above a text that say whose it is: written by `extract`, read back by `load`."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_diff import Readout, load
from readout_diff.loaders import load_article
from readout_diff.loaders.frontmatter import is_front, read_front, write_front
from readout_diff.seed import seed_article

TEXT = "The President spoke today with the Chancellor about the ports. They agreed to stay in touch."
FIELDS = ("id", "text", "party", "publisher", "lang", "title", "issued", "translated_from")
KEPT = (*FIELDS, "translation_credit", "complete")


def told(readout: Readout) -> list[object]:
    return [getattr(readout, name) for name in KEPT]


def test_what_extract_writes_load_reads_back(tmp_path: Path) -> None:
    for readout in load_article(seed_article()).statements:
        path = tmp_path / "statement.txt"
        path.write_text(write_front(readout) + readout.text + "\n", "utf-8")
        assert told(load(path)) == told(readout)


_VALUE = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1)


@given(party=_VALUE, title=_VALUE)
def test_any_name_comes_back(party: str, title: str) -> None:
    readout = Readout.from_text(TEXT, party=party, title=title, lang="en")
    front = write_front(readout)
    about, end = read_front(front + TEXT)
    assert (about["party"], about["title"], (front + TEXT)[end:]) == (party, title, TEXT)


def test_the_text_below_is_taken_word_for_word(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f'---\nparty: "Meridia"\n---\n\nKyiv, 3 May\n\n{TEXT} (“Call us”)\n', "utf-8")
    readout = load(path)
    assert readout.text == f"Kyiv, 3 May\n\n{TEXT} (“Call us”)"
    assert readout.segments[0].source_start == path.read_text("utf-8").index("Kyiv")


def test_what_the_caller_says_goes_first(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"---\nparty: Meridia\nlang: 'en'\ndate: 2021-05-03\n---\n{TEXT}", "utf-8")
    assert [load(path).party, load(path).lang, load(path).issued] == ["Meridia", "en", "2021-05-03"]
    assert load(path, party="Valdria").party == "Valdria"


@pytest.mark.parametrize(
    "page",
    [
        f"---\n{TEXT}\n---\n{TEXT}",  # a rule above and below
        f"---\nparty: Meridia\n{TEXT}",  # never closed
        f"---\nsubject: ports\n---\n{TEXT}",  # nothing that is known
        f"Title\n---\nparty: Meridia\n---\n{TEXT}",
    ],
)
def test_other_lines_are_no_front_matter(page: str) -> None:
    assert not is_front(page)
