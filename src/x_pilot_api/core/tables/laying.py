"""Laying out a file that is being read: its header found among the first rows, then the rows below it."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from x_pilot_api.core.settings import Settings
from x_pilot_api.core.tables import headers
from x_pilot_api.core.tables.columns import Column
from x_pilot_api.core.tables.headers import Layout
from x_pilot_api.core.tables.reading import Limits, Table


def limits_of(settings: Settings, *, rows: int) -> Limits:
    """Read from the settings what a file of at most so many rows may cost."""
    return Limits(
        rows=rows,
        unzipped_mib=settings.import_unzipped_mib,
        memory_mib=settings.import_memory_mib,
        cpu_seconds=settings.import_cpu_seconds,
    )


async def lay_out(table: Table, columns: Sequence[Column]) -> tuple[Layout, list[tuple[int, list[Any]]]]:
    """Find the header among the first rows; give what was read beyond it too."""
    first: list[tuple[int, list[Any]]] = []
    async for row in table.rows:
        first.append(row)
        if len(first) >= headers.HEADER_ROWS:
            break
    layout = headers.find(first, columns)
    return layout, [row for row in first if row[0] > layout.header_row]


async def data_rows(table: Table, begun: Sequence[tuple[int, list[Any]]]) -> AsyncIterator[tuple[int, list[Any]]]:
    """Give the rows below the header."""
    for row in begun:
        yield row
    async for row in table.rows:
        yield row
