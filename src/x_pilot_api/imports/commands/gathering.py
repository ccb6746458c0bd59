"""Taking the rows out of a file: the header found, each cell read as its column says, each fault with its place."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from x_pilot_api.core.tables import cells, headers, laying, reading
from x_pilot_api.core.tables.columns import Column
from x_pilot_api.core.tables.errors import TableEmpty, TableTooLong
from x_pilot_api.core.tables.kinds import CellFault, Kind
from x_pilot_api.core.tables.reading import Limits

Told = dict[str, Any]
"""What is told of a cell: column, code, figures."""

_STEP = 5_000
_TOLD_MAX = 1_000
Advance = Callable[[int], Awaitable[None]]


@dataclass
class Gathered:
    """What a file holds: the rows, and what is to be told of their cells."""

    rows: list[Any] = field(default_factory=list[Any])
    faults: dict[int, list[Told]] = field(default_factory=dict[int, list[Told]])
    remarks: dict[int, list[Told]] = field(default_factory=dict[int, list[Told]])
    found: dict[str, Any] = field(default_factory=dict[str, Any])

    def first_faults(self) -> dict[int, CellFault]:
        """Give of each faulty row the fault that blocks it."""
        return {place: CellFault(told[0]["code"], told[0]["column"]) for place, told in self.faults.items()}


async def gather(data: bytes, kind: Kind, *, limits: Limits, advance: Advance) -> Gathered:
    """Read all rows of a file; `advance` hears now and then how many there are."""
    gathered = Gathered()
    async with reading.opened(data, limits) as table:
        layout, begun = await laying.lay_out(table, kind.columns)
        merged = _merged_cells(table.facts["merged"], layout.header_row)
        present = [(column, layout.places[column.name]) for column in kind.columns if column.name in layout.places]
        async for number, row in laying.data_rows(table, begun):
            if len(gathered.rows) >= limits.rows:
                raise TableTooLong(limit=limits.rows)
            _take(gathered, kind, present, number, row, merged)
            if len(gathered.rows) % _STEP == 0:
                await advance(len(gathered.rows))
        gathered.found = {name: value for name, value in table.facts.items() if name != "merged"} | {
            "header_row": layout.header_row,
            "titles_skipped": layout.titles,
            "unknown_columns": list(layout.unknown),
        }
    if not gathered.rows:
        raise TableEmpty
    return gathered


def _take(
    gathered: Gathered,
    kind: Kind,
    present: Sequence[tuple[Column, int]],
    number: int,
    row: Sequence[Any],
    merged: Mapping[tuple[int, int], str],
) -> None:
    values: dict[str, Any] = {}
    for column, position in present:
        cell = row[position] if position < len(row) else None
        read = cells.read(column, cell)
        if read.value is not None:
            values[column.name] = read.value
        code, figures = read.code, dict(read.figures)
        if code == "cell_missing" and (number, position) in merged:
            code, figures = "cell_merged", {"range": merged[number, position]}
        if code is not None:
            gathered.faults.setdefault(number, []).append(_told(column, position, code, figures))
        elif read.remark is not None and len(gathered.remarks) < _TOLD_MAX:
            gathered.remarks.setdefault(number, []).append(_told(column, position, read.remark, {}))
    gathered.rows.append(kind.row(place=number, **values))


def _told(column: Column, position: int, code: str, figures: Mapping[str, object]) -> Told:
    return {"column": column.header, "cell": headers.letter(position), "code": code, "figures": dict(figures)}


def _merged_cells(ranges: Sequence[Sequence[int]], header_row: int) -> dict[tuple[int, int], str]:
    """Name for each covered cell below the header the range that covers it."""
    covered: dict[tuple[int, int], str] = {}
    for top, left, bottom, right in ranges:
        if bottom <= header_row or (bottom - top) * (right - left) > _TOLD_MAX * 10:
            continue
        name = f"{headers.letter(left)}{top}:{headers.letter(right)}{bottom}"
        covered |= {
            (row, column): name
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != (top, left)
        }
    return covered
