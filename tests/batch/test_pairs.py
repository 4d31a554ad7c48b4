from __future__ import annotations

from pathlib import Path

import pytest

from readout_diff import Readout
from readout_diff.batch import Pair, read_pairs
from readout_diff.batch.pairs import as_pairs, count_pairs
from readout_diff.errors import LoadError


def table(tmp_path: Path, content: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "pairs.csv"
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_table_in_the_forms_spreadsheets_write(tmp_path: Path, separator: str, encoding: str) -> None:
    rows = [" A ,b,id,Lang_B,party_a,note", "x/a.txt,b.txt,one,de,,hello", "", 'c.txt,"d, e.txt",two,,Genf,']
    if separator != ",":
        rows = [
            row.replace('"d, e.txt"', "d# e.txt").replace(",", separator).replace("#", ",") for row in rows
        ]
    one, two = read_pairs(table(tmp_path, "\r\n".join(rows), encoding))
    assert one == Pair("one", tmp_path / "x" / "a.txt", tmp_path / "b.txt", lang_b="de")
    assert two == Pair("two", tmp_path / "c.txt", tmp_path / "d, e.txt", party_a="Genf")


def test_a_pair_without_id_goes_by_its_number(tmp_path: Path) -> None:
    assert [pair.id for pair in read_pairs(table(tmp_path, "id,a,b\n,x,y\nz,x,y\n\n,x,y\n"))] == [
        "1",
        "z",
        "3",
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "has no column 'a' among none; right is a header"),
        ("left,right\nx,y\n", "has no column 'a' among left, right"),
        ("a,c\nx,y\n", "has no column 'b'"),
        ("a,b,A\nx,y,z\n", "has the column 'a' twice"),
        ("a,b\n", "lists no pairs"),
        ("a,b\nx\n", "line 2 has 1 cells; right are 2"),
        ("a,b\nx,y,z\n", "line 2 has 3 cells"),
        ("a,b\nx,y\nx, \n", "line 3 has nothing in column 'b'"),
        ("a,b\nx,y\0\n", "NUL"),
        ("id,a,b\np,x,y\np,x,z\n", "line 3 repeats the id 'p'"),
        ('a,b\n"x,y\n', "cannot be read"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(LoadError, match=message) as caught:
        count_pairs(table(tmp_path, content))
    assert "\n" not in str(caught.value)
    assert "pairs.csv" in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_another_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(LoadError, match=r"UTF-8"):
        count_pairs(table(tmp_path, "a,b\nx,ä\n", encoding))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="cannot be read"):
        count_pairs(tmp_path / "none.csv")


def test_tuples_are_pairs() -> None:
    assert [p.id for p in as_pairs([("x", "y"), ("name", "x", "y"), Pair("p", "x", "y")])] == [
        "1",
        "name",
        "p",
    ]
    with pytest.raises(LoadError, match="pair 2 is no pair"):
        list(as_pairs([("x", "y"), "xy"]))  # type: ignore[list-item]


def test_what_is_given_takes_the_place_of_what_the_source_says() -> None:
    mine = Readout.from_text("They spoke about Iran.", party="X", lang="en")
    a, b = Pair("p", mine, "Sie sprachen über Iran.", party_a="Y", party_b="Z", lang_b="de").readouts()
    assert (a.party, a.lang, b.party, b.lang) == ("Y", "en", "Z", "de")


def test_a_text_against_itself_has_two_names() -> None:
    a, b = Pair("p", "They spoke about Iran.", "They spoke about Iran.").readouts()
    assert a.id != b.id
