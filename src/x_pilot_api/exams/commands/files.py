"""Taking rows of results out of a file: NDJSON here, .csv and .xlsx in the limited process that reads tables.

Whatever the file, each row becomes the same row that JSON would have made, and is refused in the same words.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from x_pilot_api.core import languages, quantities
from x_pilot_api.core.errors import Malformed
from x_pilot_api.core.tables import cells, laying, notes, reading, writing
from x_pilot_api.core.tables.columns import CellKind, Column
from x_pilot_api.core.tables.errors import FileKindUnknown, TableEmpty
from x_pilot_api.core.tables.reading import Limits
from x_pilot_api.core.workbooks import MEDIA_TYPE as XLSX
from x_pilot_api.exams.errors import BatchTooLarge
from x_pilot_api.exams.rules import SCORE
from x_pilot_api.exams.schemas import KeptRow, MalformedRow, ResultRowIn


class FileKind(StrEnum):
    """What a file of results is."""

    NDJSON = "ndjson"
    CSV = "csv"
    XLSX = "xlsx"


MEDIA_TYPES: Mapping[str, FileKind] = {
    "application/x-ndjson": FileKind.NDJSON,
    "application/ndjson": FileKind.NDJSON,
    "application/jsonl": FileKind.NDJSON,
    "text/csv": FileKind.CSV,
    XLSX: FileKind.XLSX,
}
"""The Content-Types that say so."""


def kind_of(content_type: str) -> FileKind:
    """Read from a Content-Type what a file is."""
    kind = MEDIA_TYPES.get(content_type.partition(";")[0].strip().lower())
    if kind is None:
        raise FileKindUnknown
    return kind


@dataclass(frozen=True)
class Rows:
    """The rows of a file, each with the number it has there, and what the file calls its columns."""

    rows: list[ResultRowIn | MalformedRow] = field(repr=False)
    numbers: Sequence[int]
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


_ROW: TypeAdapter[ResultRowIn | MalformedRow] = TypeAdapter(KeptRow)
_WRITTEN_ANYHOW = {"not_a_number", "too_many_places", "number_out_of_range", "choice_unknown"}
"""Faults of a cell that its row has words of its own for; what stands in the cell is handed on as it is."""


async def read_rows(data: bytes, kind: FileKind, *, columns: Sequence[Column], limits: Limits) -> Rows:
    """Read every row of a file; a row that cannot be read harms no other."""
    if kind is FileKind.NDJSON:
        return _lines(data, limits)
    rows: list[ResultRowIn | MalformedRow] = []
    numbers: list[int] = []
    async with reading.opened(data, limits) as table:
        layout, begun = await laying.lay_out(table, columns)
        present = [(column, layout.places[column.name]) for column in columns if column.name in layout.places]
        async for number, row in laying.data_rows(table, begun):
            rows.append(_row(present, row))
            numbers.append(number)
    if not rows:
        raise TableEmpty
    if len(rows) > limits.rows:
        raise BatchTooLarge(rows=len(rows), limit_rows=limits.rows)
    return Rows(rows, numbers, layout.said)


def _lines(data: bytes, limits: Limits) -> Rows:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Malformed(what="NDJSON, which is written in UTF-8") from None
    found = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if not found:
        raise TableEmpty
    if len(found) > limits.rows:
        raise BatchTooLarge(rows=len(found), limit_rows=limits.rows)
    return Rows(list(_decoded(line for _, line in found)), [number for number, _ in found])


def _decoded(lines: Iterator[str]) -> Iterator[ResultRowIn | MalformedRow]:
    for line in lines:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            yield MalformedRow(field="row", detail="the line is no JSON object", org_result_id=None)
            continue
        yield _ROW.validate_python(value)


def _row(present: Sequence[tuple[Column, int]], row: Sequence[Any]) -> ResultRowIn | MalformedRow:
    """Read one row of a table as JSON would have said it."""
    said: dict[str, Any] = {}
    fault: tuple[str, str] | None = None
    for column, position in present:
        cell = row[position] if position < len(row) else None
        read = cells.read(column, cell)
        if read.value is not None:
            said[column.name] = _as_said(column, read.value)
        elif read.code in _WRITTEN_ANYHOW and column.kind is not CellKind.INTEGER:
            said[column.name] = writing.said(cell).strip()
        elif read.code not in {None, "cell_missing"} and fault is None:
            told = notes.CODES[str(read.code)].detail.said_in(languages.spoken())
            fault = column.name, told.format_map(dict(read.figures))
    if fault is not None:
        org_result_id = said.get("org_result_id")
        return MalformedRow(
            field=fault[0], detail=fault[1], org_result_id=org_result_id[:64] if org_result_id else None
        )
    scores = {name.removeprefix(SCORE): said.pop(name) for name in list(said) if name.startswith(SCORE)}
    return _ROW.validate_python(said | {"components": scores})


def _as_said(column: Column, value: Any) -> Any:  # noqa: ANN401 - what a cell of the column came to
    return quantities.format_hundredths(value) if column.kind is CellKind.DECIMAL else value
