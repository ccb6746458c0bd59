"""Files to take away: sheets written as .xlsx or, one sheet, as .csv; on record with how many rows they hold."""

import asyncio
import csv
import io
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workbooks import Cell, Workbook
from x_pilot_api.settlements.errors import ReportTooLong

ROWS_MAX = 100_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class FileFormat(StrEnum):
    """As what a file is written."""

    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its headings, its rows."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def yuan(fen: int | None) -> Decimal | None:
    """Write whole fen as yuan."""
    return None if fen is None else Decimal(fen).scaleb(-2)


async def write_file(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    *,
    institution_id: UUID,
    object_kind: str,
    object_id: UUID,
    sheets: Sequence[Sheet],
    file_format: FileFormat = FileFormat.XLSX,
) -> bytes:
    """Write sheets into a file, and record who takes it; of several sheets a .csv holds the last, which is the rows."""
    rows = sum(len(sheet.rows) for sheet in sheets)
    if rows > ROWS_MAX:
        raise ReportTooLong(rows=rows, rows_max=ROWS_MAX)
    await audit.record(
        session,
        actor,
        deed,
        institution_id=institution_id,
        object_kind=object_kind,
        object_id=object_id,
        detail={"rows": rows, "format": file_format.value},
    )
    write = _as_csv if file_format is FileFormat.CSV else _as_xlsx
    return await asyncio.to_thread(write, sheets)


def _as_xlsx(sheets: Sequence[Sheet]) -> bytes:
    with tempfile.TemporaryDirectory(prefix="x-pilot-") as folder:
        path = Path(folder) / "rows.xlsx"
        book = Workbook(path)
        for sheet in sheets:
            book.begin_sheet(sheet.name, sheet.headings)
            book.write(sheet.rows)
        book.close()
        return path.read_bytes()


def _as_csv(sheets: Sequence[Sheet]) -> bytes:
    """Write with a byte-order mark, which spreadsheets know UTF-8 by; a text that looks like a formula is none."""
    written = io.StringIO(newline="")
    lines = csv.writer(written)
    lines.writerow(sheets[-1].headings)
    for row in sheets[-1].rows:
        lines.writerow([_harmless(cell) for cell in row])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
