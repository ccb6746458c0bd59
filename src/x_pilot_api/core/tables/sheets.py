"""Reading a whole file as rows of a kind: those whose cells can be read, and what is wrong with the others'."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from x_pilot_api.core import languages
from x_pilot_api.core.errors import Fault, ItemCode
from x_pilot_api.core.tables import cells, laying, notes, reading
from x_pilot_api.core.tables.columns import Column
from x_pilot_api.core.tables.errors import TableEmpty, TableTooLong
from x_pilot_api.core.tables.reading import Limits


@dataclass
class Sheet:
    """What a file holds: rows that can be read, by their number, and what is wrong with the others' cells."""

    rows: dict[int, dict[str, Any]] = field(default_factory=dict[int, dict[str, Any]], repr=False)
    faults: list[Fault] = field(default_factory=list[Fault])

    @property
    def size(self) -> int:
        """Count the rows of the file."""
        return len(self.rows) + len({fault.get("row") for fault in self.faults})


def fault_of(row: int, column: str, item: ItemCode, figures: Mapping[str, object]) -> Fault:
    """Say what is wrong with a row, in the language of who asks."""
    detail = item.detail.said_in(languages.spoken()).format_map(dict(figures))
    return {"row": row, "column": column, "code": item.code, "detail": detail}


async def read_sheet(data: bytes, limits: Limits, columns: Sequence[Column]) -> Sheet:
    """Read every row of a file, each cell as its column says."""
    sheet = Sheet()
    async with reading.opened(data, limits) as table:
        layout, begun = await laying.lay_out(table, columns)
        async for number, row in laying.data_rows(table, begun):
            _take(sheet, columns, layout.places, number, row)
    if sheet.size == 0:
        raise TableEmpty
    if sheet.size > limits.rows:
        raise TableTooLong(limit=limits.rows)
    return sheet


def _take(sheet: Sheet, columns: Sequence[Column], places: Mapping[str, int], number: int, row: Sequence[Any]) -> None:
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for column in columns:
        position = places.get(column.name)
        if position is None:
            continue
        read = cells.read(column, row[position] if position < len(row) else None)
        if read.code is None:
            values[column.name] = read.value
        else:
            faults.append(fault_of(number, column.header, notes.CODES[read.code], read.figures))
    if faults:
        sheet.faults += faults
    else:
        sheet.rows[number] = values
