"""Reading the first visible sheet of an .xlsx, after its package has been looked over."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as ET

import python_calamine

from x_pilot_api.core.tables import marks
from x_pilot_api.core.tables.refusing import Refused

_MEMBERS_MAX = 500
_RATIO_MAX = 200
_RATIO_FROM_BYTES = 4 << 20
_MERGED_MAX = 2_000
_COLUMNS_MAX = 200
_UNREADABLE = (
    zipfile.BadZipFile,
    python_calamine.CalamineError,
    ET.ParseError,
    LookupError,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


def read(data: bytes, limits: Mapping[str, int]) -> Iterator[Any]:
    """Tell what the workbook is, then give every row of its first visible sheet with its number."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check(package, limits)
            book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
            shown = _shown(book)
            sheet = book.get_sheet_by_index(shown[0])
            marked = marks.marks_of(package, shown[0])
    except python_calamine.PasswordError:
        raise Refused("file_locked_or_old") from None
    except _UNREADABLE:
        raise Refused("file_broken") from None
    if sheet.start is None or sheet.start[1] >= _COLUMNS_MAX:
        raise Refused("table_empty")
    yield {
        "format": "xlsx",
        "sheet": sheet.name,
        "other_sheets": [book.sheet_names[number] for number in shown[1:]],
        "merged": [[top[0] + 1, top[1], end[0] + 1, end[1]] for top, end in (sheet.merged_cell_ranges or [])][
            :_MERGED_MAX
        ],
    }
    # Rows are given from the first one on, but columns only from the first that holds anything.
    begin = sheet.start[1]
    before: list[object] = [None] * begin
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        read_ = [_cell(cell, marked.get((number, at))) for at, cell in enumerate(cells[:_COLUMNS_MAX], start=begin)]
        yield [number, before + read_]


def _check(package: zipfile.ZipFile, limits: Mapping[str, int]) -> None:
    """Refuse a package that would unfold beyond measure by its directory; what lies is cut off by the process's own."""
    members = package.infolist()
    names = [member.filename for member in members]
    if marks.WORKBOOK not in names:
        raise Refused("file_kind_unknown")
    if len(members) > _MEMBERS_MAX or len(set(names)) != len(names):
        raise Refused("package_refused", reason="members", found=len(members), limit=_MEMBERS_MAX)
    unzipped, most = sum(member.file_size for member in members), limits["unzipped_mib"] << 20
    if unzipped > most:
        raise Refused("package_refused", reason="unzipped_bytes", found=unzipped, limit=most)
    for member in members:
        ratio = member.file_size // max(member.compress_size, 1)
        if member.file_size > _RATIO_FROM_BYTES and ratio > _RATIO_MAX:
            raise Refused("package_refused", reason="ratio", found=ratio, limit=_RATIO_MAX)


def _shown(book: python_calamine.CalamineWorkbook) -> list[int]:
    shown = [
        number
        for number, sheet in enumerate(book.sheets_metadata)
        if sheet.visible == python_calamine.SheetVisibleEnum.Visible
        and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    if not shown:
        raise Refused("table_empty")
    return shown


def _cell(value: object, mark: str | None) -> object:
    if mark == marks.ERROR:
        return {"e": 1}
    plain = _plain(value)
    return {"f": plain} if mark == marks.FORMULA else plain


def _plain(value: object) -> object:
    """Write a value as JSON can hold it; a whole number without a fraction, a day without a time."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, dt.datetime):
        return {"d": value.date().isoformat()} if value.time() == dt.time() else {"t": value.isoformat()}
    if isinstance(value, dt.date):
        return {"d": value.isoformat()}
    return {"t": str(value)}
