"""Writing .xlsx: templates to fill in, rows to correct, exports; what people wrote goes in as text, never a formula."""

import io
from collections.abc import Iterable, Sequence
from typing import Any, cast

import xlsxwriter

from x_pilot_api.core.tables.columns import CellKind, Column
from x_pilot_api.core.workbooks import TEXT_STAYS_TEXT

NOTES_SHEET = "填写说明"
_LISTED_ROWS = 100_000
_WIDTH_MAX = 40
_CELL_CHARACTERS = 32_767
_Library = Any
"""The library types its arguments in part."""


def _book() -> tuple[io.BytesIO, _Library]:
    written = io.BytesIO()
    return written, xlsxwriter.Workbook(written, TEXT_STAYS_TEXT)


def _head(book: _Library, sheet: _Library, titles: Sequence[tuple[str, bool]]) -> None:
    """Write the header: bold, frozen, what is needed with a star."""
    bold = book.add_format({"bold": True, "bg_color": "#DDE8F3", "border": 1})
    sheet.freeze_panes(1, 0)
    for position, (title, needed) in enumerate(titles):
        sheet.write_string(0, position, f"{title}*" if needed else title, bold)


def template(title: str, columns: Sequence[Column]) -> bytes:
    """Make an empty table of a kind: its headers, lists to choose from, text formats, and a sheet that explains."""
    written, book = _book()
    with book:
        sheet = book.add_worksheet(title)
        text = book.add_format({"num_format": "@"})
        for position, column in enumerate(columns):
            sheet.set_column(position, position, min(max(len(column.header) * 2 + 4, 12), _WIDTH_MAX), text)
            options = ["是", "否"] if column.kind is CellKind.YES_NO else list(column.choices)
            if options:
                allowed = {"validate": "list", "source": options, "ignore_blank": not column.required}
                sheet.data_validation(1, position, _LISTED_ROWS, position, allowed)
        _head(book, sheet, [(column.header, column.required) for column in columns])
        notes = book.add_worksheet(NOTES_SHEET)
        notes.set_column(0, 4, 24)
        _head(book, notes, [(name, False) for name in ("列", "是否必填", "说明", "Note", "示例")])
        for row, column in enumerate(columns, start=1):
            told = (column.header, "必填" if column.required else "选填", *column.note, column.example)
            for position, said in enumerate(told):
                notes.write_string(row, position, said)
    return written.getvalue()


def table(title: str, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Write rows under their headers, every cell as the text it is."""
    written, book = _book()
    with book:
        sheet = book.add_worksheet(title)
        text = book.add_format({"num_format": "@"})
        sheet.set_column(0, max(len(headers) - 1, 0), 18, text)
        _head(book, sheet, [(header, False) for header in headers])
        for number, row in enumerate(rows, start=1):
            for position, value in enumerate(row):
                if value is not None:
                    sheet.write_string(number, position, said(value)[:_CELL_CHARACTERS], text)
    return written.getvalue()


def said(cell: object) -> str:
    """Write a cell as it was read (see `child`) so that people recognise it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, dict):
        if "e" in cell:
            return "#ERROR"
        inner = next(iter(cast("dict[str, object]", cell).values()))
        return "" if inner is None else said(inner)
    return str(cell)
