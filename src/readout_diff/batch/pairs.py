"""Pairs to compare, with the table a user lists them in."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from readout_diff.account import Source, as_readout
from readout_diff.comparison import Comparison, told_apart
from readout_diff.errors import LoadError
from readout_diff.readout import Readout

COLUMNS = ("id", "a", "b", "party_a", "party_b", "lang_a", "lang_b")
"""The columns of a table of pairs; only `a` and `b` must be there."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts to compare: texts, paths, readouts or spaCy documents.

    A party or a language that is given takes the place of what the source says of itself.
    """

    id: str
    a: Source
    b: Source
    party_a: str | None = None
    party_b: str | None = None
    lang_a: str | None = None
    lang_b: str | None = None

    def readouts(self) -> tuple[Readout, Readout]:
        """Load both accounts.

        Raises:
            LoadError: If one is empty or cannot be read.
        """
        return told_apart(
            _readout(self.a, self.party_a, self.lang_a), _readout(self.b, self.party_b, self.lang_b)
        )


@dataclass(frozen=True, slots=True, eq=False)
class PairResult:
    """What came of a pair: its comparison, or the reason why there is none."""

    id: str
    comparison: Comparison | None
    error: str | None = None


AnyPair: TypeAlias = Pair | tuple[Source, Source] | tuple[str, Source, Source]


def as_pairs(pairs: Iterable[AnyPair]) -> Iterator[Pair]:
    """Return `pairs` as `Pair` values, one at a time; a pair without id goes by its number, from 1.

    Raises:
        LoadError: If something is no pair.
    """
    for number, pair in enumerate(pairs, start=1):
        if isinstance(pair, Pair):
            yield pair
        elif isinstance(pair, tuple) and len(pair) == 2:
            yield Pair(str(number), *pair)
        elif isinstance(pair, tuple) and len(pair) == 3:
            yield Pair(str(pair[0]), pair[1], pair[2])
        else:
            raise LoadError(f"pair {number} is no pair; right is (a, b), (id, a, b) or a Pair")


def read_pairs(path: str | Path) -> Iterator[Pair]:
    """Read a table of pairs: CSV in UTF-8, with columns `a` and `b` and, if wanted, the other `COLUMNS`.

    Args:
        path: The file. Its paths are relative to its own folder; it may be separated by commas,
            semicolons or tabs. Columns of other names are left alone.

    Returns:
        The pairs, one at a time. A pair without id goes by its number, from 1.

    Raises:
        LoadError: If the file cannot be read, or a row is not as it should be; the line is named.
    """
    source = Path(path)
    name = str(source)
    try:
        with source.open(encoding="utf-8-sig", newline="") as stream:
            header = stream.readline()
            stream.seek(0)
            rows = csv.reader(stream, delimiter=max(",;\t", key=header.count), strict=True)
            columns = _columns(next(rows, []), name)
            seen: set[str] = set()
            number = 0
            for row in rows:
                if not any(cell.strip() for cell in row):
                    continue
                number += 1
                yield _pair(row, columns, number, seen, source.parent, f"{name}, line {rows.line_num}")
            if not number:
                raise LoadError(f"{name} lists no pairs; right is a row a pair below the header")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise LoadError(f"{name} cannot be read ({reason}); right is a CSV file in UTF-8") from error


def count_pairs(path: str | Path) -> int:
    """Read a table of pairs to its end, and return how many there are.

    Raises:
        LoadError: As for `read_pairs`.
    """
    return sum(1 for _ in read_pairs(path))


def _columns(header: Sequence[str], name: str) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, cell in enumerate(header):
        column = cell.strip().lower()
        if column in columns:
            raise LoadError(f"{name} has the column {column!r} twice; right is once")
        columns[column] = index
    missing = [column for column in ("a", "b") if column not in columns]
    if missing:
        raise LoadError(
            f"{name} has no column {missing[0]!r} among {', '.join(columns) or 'none'}; "
            f"right is a header with a and b, and if wanted id, party_a, party_b, lang_a, lang_b"
        )
    return columns


def _pair(
    row: Sequence[str], columns: dict[str, int], number: int, seen: set[str], folder: Path, where: str
) -> Pair:
    if len(row) != len(columns):
        raise LoadError(f"{where} has {len(row)} cells; right are {len(columns)}, as in the header")
    cells = {column: row[index].strip() for column, index in columns.items() if column in COLUMNS}
    for column in ("a", "b"):
        if not cells[column]:
            raise LoadError(f"{where} has nothing in column {column!r}; right is the path of a file")
        if "\0" in cells[column]:
            raise LoadError(f"{where} has a NUL in column {column!r}; right is the path of a file")
    pair_id = cells.get("id") or str(number)
    if pair_id in seen:
        raise LoadError(f"{where} repeats the id {pair_id!r}; right is an id a pair")
    seen.add(pair_id)
    known = {column: cells.get(column) or None for column in COLUMNS[3:]}
    return Pair(pair_id, folder / cells["a"], folder / cells["b"], **known)


def _readout(source: Source, party: str | None, lang: str | None) -> Readout:
    if isinstance(source, Path):
        from readout_diff.loaders import load

        return load(source, party=party, lang=lang)
    readout = as_readout(source)  # refuses what is no text
    if isinstance(source, str) and (party or lang):
        return Readout.from_text(source, party=party, lang=lang)
    return replace(readout, party=party or readout.party, lang=lang or readout.lang)
