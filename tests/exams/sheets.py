"""Files of results that say what rows in JSON say."""

import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import uuid4

import httpx
import python_calamine
import xlsxwriter

from tests.exams.desk import Desk
from tests.exams.make import Plan
from x_pilot_api.core.workbooks import MEDIA_TYPE as XLSX

Json = dict[str, Any]

HEADERS: Mapping[str, str] = {
    "org_result_id": "成绩编号",
    "revision": "版本号",
    "admission_number": "准考证号",
    "document_number": "证件号码",
    "document_kind": "证件类型",
    "activity": "考核情况",
    "grading": "成绩性质",
    "theory": "理论",
    "practical": "实操",
    "total": "总分",
    "passed": "是否合格",
    "certificate_number": "证书编号",
    "reason": "更正原因",
}
"""What a plan of the world's certificates calls its columns."""

_SAID: Mapping[str, Mapping[Any, Any]] = {
    "activity": {"present": "参加考核", "absent": "缺考", "excused": "缓考", "breach": "违纪"},
    "grading": {"provisional": "临时", "final": "最终", "corrected": "更正", "voided": "作废"},
    "passed": {True: "是", False: "否"},
}


def cells(row: Json) -> list[object]:
    """Write a row in JSON as the cells of a table."""
    flat = {**row, **row.get("components", {})}
    return [_SAID.get(name, {}).get(flat.get(name), flat.get(name)) for name in HEADERS]


def ndjson(rows: Sequence[Json]) -> bytes:
    """Write rows a line each."""
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def csv(rows: Sequence[Json]) -> bytes:
    """Write rows as UTF-8 with its mark, as a spreadsheet does."""
    table = [list(HEADERS.values()), *(cells(row) for row in rows)]
    return "\n".join(",".join("" if cell is None else str(cell) for cell in line) for line in table).encode("utf-8-sig")


def xlsx(rows: Sequence[Json], *, titles: int = 0, merge: bool = False) -> bytes:
    """Write rows as a workbook, scores as numbers."""
    written = io.BytesIO()
    book: Any = xlsxwriter.Workbook(written)
    with book:
        sheet = book.add_worksheet("成绩")
        for number in range(titles):
            sheet.write_string(number, 0, "某评价组织成绩表")
        for position, header in enumerate(HEADERS.values()):
            sheet.write_string(titles, position, header)
        for number, row in enumerate(rows, start=titles + 1):
            for position, (name, cell) in enumerate(zip(HEADERS, cells(row), strict=True)):
                _write(sheet, number, position, name, cell)
        if merge:
            sheet.merge_range(titles + 1, 0, titles + 2, 0, "R-merged")
    return written.getvalue()


def _write(sheet: Any, row: int, position: int, name: str, cell: object) -> None:  # noqa: ANN401 - the library's
    if cell is None:
        return
    if name in {"theory", "practical", "total"}:
        try:
            sheet.write_number(row, position, float(str(cell)))
        except ValueError:
            sheet.write_string(row, position, str(cell))
    elif isinstance(cell, int) and not isinstance(cell, bool):
        sheet.write_number(row, position, cell)
    else:
        sheet.write_string(row, position, str(cell))


def first_row(content: bytes) -> list[Any]:
    """Read the first row of a workbook."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python()[0]


FORMATS: Mapping[str, tuple[str, Callable[[Sequence[Json]], bytes]]] = {
    "ndjson": ("application/x-ndjson", ndjson),
    "csv": ("text/csv; charset=utf-8", csv),
    "xlsx": (XLSX, xlsx),
}
"""Every format with its Content-Type and its writer."""


async def send(
    desk: Desk, plan: Plan, body: bytes, *, media: str, who: str = "machine", key: str | None = None, **query: str
) -> httpx.Response:
    """Send a file of results."""
    headers = desk.sign_in(who) | {"Content-Type": media}
    if "validate_only" not in query:
        headers["Idempotency-Key"] = key or uuid4().hex
    return await desk.client.post(
        "/v1/partner/result-batches", params={"exam_plan_id": str(plan.id), **query}, content=body, headers=headers
    )
