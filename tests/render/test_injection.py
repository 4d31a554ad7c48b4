"""Hostile texts through every output; the texts stand in one file."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest
from rich.console import Console

from readout_diff.alignment.links import Link
from readout_diff.batch.pairs import Pair, PairResult
from readout_diff.batch.tables import _tabulate, chunk_files, failure
from readout_diff.cli import main
from readout_diff.comparison import Comparison
from readout_diff.render.html import to_fragment
from readout_diff.render.json import for_script, to_json
from readout_diff.render.safe_text import for_terminal
from readout_diff.render.tables import TABLES, to_csv, to_excel
from readout_diff.render.terminal import print_report, to_text
from render.fake import made

CORPUS: list[str] = json.loads((Path(__file__).parents[1] / "data" / "injections.json").read_text("utf-8"))
# What a terminal acts on: controls but the line end, and marks that reorder what is shown
ACTED_ON = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ud800-\udfff]"
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def hostile(text: str) -> Comparison:
    """A comparison in which every text of others is `text`."""
    about = dict.fromkeys(
        ["party", "publisher", "title", "issued", "translated_from", "translation_credit", "source"], text
    )
    comparison = made(
        [text, text + " NATO"],
        [text],
        topics_a=[[], ["nato"]],
        links=[Link((1,), (0,), 1.0, 0.9, "conflict", (text,))],
        left=about,
        right=about,
    )
    for topic in comparison.scheme.topics:
        object.__setattr__(topic, "labels", {"en": text})
    return comparison


@pytest.fixture(params=range(len(CORPUS)), ids=lambda n: repr(CORPUS[n])[:24])
def text(request: pytest.FixtureRequest) -> str:
    return CORPUS[request.param]


def marks_up(html: str, text: str) -> bool:
    """Whether a text that holds markup stands in a page as it is, outside the embedded data."""
    body = re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.S)
    return bool(re.search(r"[<>\"']", text)) and text in body and text not in hostile("plain").to_html()


def test_html_shows_it_as_text(text: str) -> None:
    comparison = hostile(text)
    for html in (comparison.to_html(), to_fragment(comparison)):
        assert not marks_up(html, text)
        assert not re.search(r"(href|src|action)\s*=\s*[\"']?\s*(javascript|data|http)", html, re.I)
        assert not re.search(r"<[a-z][^>\"']*(\"[^\"]*\"|'[^']*'|[^>\"'])*\son\w+=", html, re.I)
        assert html.count("<script") <= 2


def test_data_in_html_cannot_end_its_element(text: str) -> None:
    shown = for_script({"text": text})
    assert not set(shown) & set("<>&'\u2028\u2029")
    assert json.loads(shown) == {"text": text}


def test_json_holds_it_unchanged(text: str) -> None:
    found = json.loads(hostile(text).to_json())
    assert found["a"]["text"].startswith(text)


def test_json_lines_hold_a_record_a_line() -> None:
    lines = "".join(to_json(hostile(text), indent=None) + "\n" for text in CORPUS)
    records = [json.loads(line) for line in io.StringIO(lines, newline="\n")]
    assert [record["a"]["title"] for record in records] == CORPUS
    assert [record["b"]["text"] for record in records] == CORPUS


def test_parquet_holds_it_unchanged() -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="needs the extra 'batch'")
    # Parquet's text is UTF-8, which has no lone surrogates: such a pair is set aside, as others that fail.
    storable = [text for text in CORPUS if text == text.encode("utf-8", "replace").decode()]
    ids = [text if text in storable else "no UTF-8" for text in CORPUS]
    parts = [
        _tabulate(Pair(id, text, text), PairResult(id, hostile(text)), Path(), False)
        for id, text in zip(ids, CORPUS, strict=True)
    ]
    parts += [failure(Pair(text, text, text), text, Path()) for text in storable]
    found = {name: pq.read_table(io.BytesIO(data)) for name, data in chunk_files(parts).items()}
    assert len(storable) == len(CORPUS) - 1
    for column in ("pair", "party_a", "party_b"):
        assert found["pairs"][column].to_pylist() == storable
    assert set(found["topics"]["label"].to_pylist()) == set(storable)
    assert found["links"]["b_text"].to_pylist() == storable
    assert found["links"]["evidence"].to_pylist() == [[text] for text in storable]
    assert found["passages"]["text"].to_pylist() == [t + end for t in storable for end in ("", " NATO", "")]
    assert found["failures"]["pair"].to_pylist() == ["no UTF-8", *storable]
    assert found["failures"]["reason"].to_pylist()[1:] == storable
    assert "surrogates" in found["failures"]["reason"].to_pylist()[0]


def test_csv_runs_no_formula(text: str) -> None:
    for table in TABLES:
        for row in csv.reader(io.StringIO(to_csv(hostile(text), table).removeprefix("\ufeff"))):
            assert [cell for cell in row if runs(cell)] == []


def test_a_workbook_runs_no_formula(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_excel(hostile(text))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f" or runs(cell.value)] == []
    assert [cell.value for cell in cells if cell.hyperlink] == []


def runs(cell: object) -> bool:
    """Whether a spreadsheet runs a cell; numbers below zero are none."""
    if not isinstance(cell, str) or re.fullmatch(r"-?[\d.]+(e-\d+)?", cell):
        return False
    return cell.lstrip("\ufeff \u00a0").startswith((*FORMULA, "\uff1d", "\uff0b", "\uff0d", "\uff20"))


def test_markdown_shows_it_as_text(text: str) -> None:
    markdown = hostile(text).to_markdown()
    assert not re.search(r"(?<!\\)<[a-z/!]", markdown)
    assert not re.search(r"(?<!\\)\]\(\s*(javascript|http)", markdown)
    assert not ACTED_ON.search(markdown)


@pytest.mark.parametrize("terminal", [True, False])
def test_a_terminal_does_nothing(text: str, terminal: bool) -> None:
    file = io.StringIO()
    print_report(hostile(text), Console(file=file, force_terminal=terminal, width=100, color_system="256"))
    shown = re.sub(r"\x1b\[[\d;]*m", "", file.getvalue())  # the colours of the view itself
    assert not ACTED_ON.search(shown)
    assert not ACTED_ON.search(to_text(hostile(text)))


def test_the_notebook_view_has_no_script(text: str) -> None:
    assert "<script" not in hostile(text)._repr_html_().lower().replace("&lt;script", "")


def test_messages_do_nothing_to_a_terminal(
    text: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = text.replace("/", "").replace("\0", "").encode("utf-8", "replace").decode()
    (tmp_path / "a.json").write_text(json.dumps({"text": "They spoke.", text: 1}), "utf-8")
    for arguments in (
        ["compare", "a.json", "a.json"],
        ["topics", "--scheme", name],
        ["compare", f"no {name}", "b"],
    ):
        with pytest.raises(SystemExit):
            main(arguments)
        out, err = capsys.readouterr()
        assert not ACTED_ON.search(err.replace("\n", "")), arguments
        assert err.count("\n") <= 2 or not err.startswith("readout-diff: "), err
        assert "Traceback" not in err + out


def test_the_corpus_is_hostile() -> None:
    assert len(CORPUS) == len(set(CORPUS)) >= 40
    assert any(for_terminal(text) != text for text in CORPUS)
