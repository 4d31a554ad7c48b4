"""Spreadsheets of a comparison: CSV of one table, Excel with a sheet per table."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from readout_diff.errors import MissingExtraError, UnknownComponentError
from readout_diff.render.frames import (
    findings_frame,
    only_frame,
    pairs_frame,
    passages_frame,
    topics_frame,
)
from readout_diff.render.headline import headline
from readout_diff.render.safe_text import for_html
from readout_diff.render.wording import source_name

if TYPE_CHECKING:
    import pandas as pd

    from readout_diff.comparison import Comparison

TABLES = ("pairs", "topics", "passages", "findings", "only_a", "only_b")

# A cell that starts like this is run as a formula by a spreadsheet: a text of others must not be.
# Some pass over white space before the sign, some take the wide signs of East Asian scripts for it.
_FORMULA = re.compile("[\\s\ufeff\u200b]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\\t\\r\\n]")
_MAX_CELL = 32_000  # Excel refuses more than 32,767 characters in a cell


def to_csv(comparison: Comparison, table: str = "pairs") -> str:
    """Return one table as CSV in UTF-8 with a byte order mark, as Excel expects it.

    Args:
        comparison: What to show.
        table: One of "pairs", "topics", "passages", "findings", "only_a", "only_b".

    Raises:
        UnknownComponentError: If there is no such table.
    """
    return "\ufeff" + _guarded(_table(comparison, table)).to_csv(index=False, lineterminator="\r\n")


def to_excel(comparison: Comparison) -> bytes:
    """Return a workbook with a sheet per table, opened by one that says what was compared.

    Raises:
        MissingExtraError: If openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook
        from openpyxl.styles import Alignment, Font
        from openpyxl.utils import get_column_letter
    except ImportError as error:
        raise MissingExtraError(
            "an Excel file needs openpyxl; install it with: pip install 'readout-diff[excel]'"
        ) from error

    book = Workbook()
    about = book.active
    about.title = "about"
    for row in _about(comparison):
        about.append([_guard(cell) for cell in row])
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 16, 110
    for name in TABLES:
        frame = _guarded(_table(comparison, name))
        sheet = book.create_sheet(name)
        sheet.append(list(frame.columns))
        for record in frame.itertuples(index=False):
            sheet.append([_cell(value) for value in record])
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = sheet.dimensions
        for number, column in enumerate(frame.columns, start=1):
            wide = "text" in column or column == "evidence"
            sheet.column_dimensions[get_column_letter(number)].width = 60 if wide else 14
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                cell.alignment = Alignment(vertical="top", wrap_text=True)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _about(comparison: Comparison) -> list[tuple[str, str]]:
    rows = [("headline", headline(comparison))]
    for key, readout in (("a", comparison.left), ("b", comparison.right)):
        for name in ("party", "publisher", "lang", "title", "issued", "source", "translation_credit"):
            value = getattr(readout, name)
            if value:
                shown = source_name(value) if name == "source" else str(value)
                rows.append((f"{key}_{name}", shown))
    return [*rows, ("signature", str(comparison.signature))]


def _table(comparison: Comparison, name: str) -> pd.DataFrame:
    if name == "pairs":
        return pairs_frame(comparison)
    if name == "topics":
        return topics_frame(comparison)
    if name == "passages":
        return passages_frame(comparison)
    if name == "findings":
        return findings_frame(comparison)
    if name == "only_a":
        return only_frame(comparison, "a")
    if name == "only_b":
        return only_frame(comparison, "b")
    raise UnknownComponentError.of("table", name, TABLES)


def _guarded(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with tuples joined and every text harmless in a spreadsheet."""
    frame = frame.astype(object).where(frame.notna(), None)
    return frame.map(lambda value: _guard(value if not isinstance(value, tuple) else _joined(value)))


def _joined(values: tuple[Any, ...]) -> str:
    return "; ".join(str(value) for value in values)


def _guard(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = for_html(value)
    if len(text) > _MAX_CELL:
        text = f"{text[:_MAX_CELL]} [{len(text) - _MAX_CELL:,} characters left out]"
    return f"'{text}" if _FORMULA.match(text) else text


def _cell(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value
