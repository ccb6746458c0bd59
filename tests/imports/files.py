"""Files to import, made as people's programs make them."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from tests.world import identity_number

STUDENTS = ("学号", "姓名", "证件号码", "专业代码", "班级", "入学年份")
COURSES = ("专业代码", "课程代码", "课程名称", "学分", "学时", "课程类别", "是否必修")

Write = Callable[[Any, Any], None]


def student(serial: int, **changed: object) -> list[object]:
    """Give the cells of a student who is not in the seeded world; columns are changed by their place's header."""
    cells: dict[str, object] = {
        "学号": f"2026{serial:06d}",
        "姓名": f"新生{serial}",
        "证件号码": identity_number(serial % 900, region=f"32{serial // 900:04d}"),
        "专业代码": "530301",
        "班级": "会计2601",
        "入学年份": 2026,
    }
    return list((cells | changed).values())


def course(code: str, **changed: object) -> list[object]:
    """Give the cells of a course."""
    cells: dict[str, object] = {
        "专业代码": "530301",
        "课程代码": code,
        "课程名称": f"课程{code}",
        "学分": 4,
        "学时": 64,
        "课程类别": "核心课",
        "是否必修": "是",
    }
    return list((cells | changed).values())


def as_text(cell: object) -> str:
    """Tell how a cell comes back in the file of blocked rows."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, int) and len(str(cell)) > 15:
        return str(int(float(f"{cell:.16G}")))
    return str(cell).strip() if isinstance(cell, str) and not cell.strip() else str(cell)


def drawn(draw: Write, *, options: dict[str, object] | None = None) -> bytes:
    """Make a workbook of one sheet, drawn by hand."""
    written = io.BytesIO()
    book: Any = xlsxwriter.Workbook(written, options or {})
    draw(book, book.add_worksheet("数据"))
    book.close()
    return written.getvalue()


def xlsx(headers: Sequence[str], *rows: Sequence[object], titles: int = 0) -> bytes:
    """Make a workbook; a string is stored as a text, a number as a number."""

    def draw(_: object, sheet: Any) -> None:  # noqa: ANN401 - the library types its arguments in part
        for number in range(titles):
            sheet.merge_range(number, 0, number, max(len(headers) - 1, 1), f"标题{number}")
        for number, row in enumerate([headers, *rows], start=titles):
            for position, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, position, value)
                elif isinstance(value, date):
                    sheet.write_datetime(number, position, value)
                elif value is not None:
                    sheet.write(number, position, value)

    return drawn(draw, options={"default_date_format": "yyyy-mm-dd"})


def csv(headers: Sequence[str], *rows: Sequence[object], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """Make a text file."""
    lines = [delimiter.join("" if value is None else str(value) for value in row) for row in [headers, *rows]]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def packed(members: dict[str, bytes]) -> bytes:
    """Make a package of some members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return made.getvalue()
