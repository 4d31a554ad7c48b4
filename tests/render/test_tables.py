import csv
import io
import sys

import openpyxl
import pytest

from readout_diff.errors import MissingExtraError, UnknownComponentError
from readout_diff.render.tables import TABLES, to_csv, to_excel
from render.fake import made, seed

FORMULA = '=HYPERLINK("http://example.org";"click")'


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_csv_holds_the_pairs():
    found = rows(to_csv(seed()))
    assert [(row["a_index"], row["b_index"]) for row in found] == [
        ("0", "0"), ("1", "7"), ("1", "8"), ("3", "10"), ("4", "11"), ("4", "12"), ("4", "13"),
    ]  # fmt: skip
    assert found[1]["topics"] == "ukraine; sanctions_economy"


def test_another_table():
    assert [row["topic"] for row in rows(to_csv(seed(), "only_a"))] == ["arms_control"]


def test_an_unknown_table_is_named_with_the_known_ones():
    with pytest.raises(UnknownComponentError, match=r"unknown table 'all'; known: findings, only_a"):
        to_csv(seed(), "all")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_a_text_is_never_a_formula(start):
    text = start + FORMULA
    comparison = made([text], ["Hello."], left={"party": FORMULA, "title": FORMULA})
    assert rows(to_csv(comparison, "passages"))[0]["text"] == f"'{text}"
    book = openpyxl.load_workbook(io.BytesIO(to_excel(comparison)))
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)


def test_a_workbook_with_a_sheet_per_table():
    book = openpyxl.load_workbook(io.BytesIO(to_excel(seed())))
    assert book.sheetnames == ["about", *TABLES]
    assert book["pairs"].max_row == 8
    assert book["about"]["B1"].value.startswith("5 subjects in both accounts")


def test_a_workbook_takes_controls_and_long_texts():
    comparison = made(["bad \x00\x0b\ud800 " + "x" * 100_000], ["b"])
    sheet = openpyxl.load_workbook(io.BytesIO(to_excel(comparison)))["passages"]
    text = sheet["E2"].value
    assert text.startswith("bad <U+0000><U+000B><U+D800> xxx")
    assert text.endswith("characters left out]")


def test_a_workbook_without_its_package_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match=r"readout-diff\[excel\]"):
        to_excel(seed())
