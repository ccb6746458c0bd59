"""Workbooks (.xlsx) written row by row: texts stay texts, and memory does not grow with the rows."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | Decimal | date | None

TEXT_STAYS_TEXT = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""How the library is opened: nothing that somebody typed becomes a formula, a link or a number."""

_CHUNK_BYTES = 64 * 1024


class Workbook:
    """A workbook on its way to a file; its sheets are written one after the other, each from the top."""

    def __init__(self, path: Path) -> None:
        options = TEXT_STAYS_TEXT | {"tmpdir": str(path.parent), "default_date_format": "yyyy-mm-dd"}
        self._book: Any = xlsxwriter.Workbook(str(path), options)
        self._bold: Any = self._book.add_format({"bold": True})
        self._figure: Any = self._book.add_format({"num_format": "0.00"})
        self._sheet: Any = None
        self._row = 0

    def begin_sheet(self, name: str, headings: Sequence[str]) -> None:
        """Begin the next sheet with its headings."""
        self._sheet, self._row = self._book.add_worksheet(name), 0
        for column, heading in enumerate(headings):
            self._sheet.write_string(0, column, heading, self._bold)
        self._row = 1

    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Add rows to the sheet."""
        for row in rows:
            for column, cell in enumerate(row):
                self._write_cell(column, cell)
            self._row += 1

    def _write_cell(self, column: int, cell: Cell) -> None:
        if isinstance(cell, str):
            self._sheet.write_string(self._row, column, cell)
        elif isinstance(cell, date):
            self._sheet.write_datetime(self._row, column, cell)
        elif isinstance(cell, Decimal):
            self._sheet.write_number(self._row, column, cell, self._figure)
        elif cell is not None:
            self._sheet.write_number(self._row, column, cell)

    def close(self) -> None:
        """Write the file."""
        self._book.close()


def read_in_chunks(path: Path) -> Iterator[bytes]:
    """Read a file piece by piece, as it is sent."""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk
