"""Reading one cell as what its column holds: a value, or the exact reason why there is none. Nothing is guessed."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from x_pilot_api.core import quantities, texts
from x_pilot_api.core.tables.columns import YES_NO, CellKind, Column

_EXACT_DIGITS = 15
"""A spreadsheet's number is exact in so many digits."""

_EXPONENT = re.compile(r"\d(\.\d+)?[eE]\+\d+")
_DAY = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?|(\d{4})(\d{2})(\d{2})", re.ASCII)


Cell = bool | int | float | str | dict[str, Any] | None
"""A cell as the process that reads gives it; see `child`."""


class _Wrong(Exception):
    def __init__(self, code: str, **figures: object) -> None:
        super().__init__(code)
        self.code, self.figures = code, figures


@dataclass(frozen=True)
class Read:
    """What a cell came to: a value, or a fault; and what is remarkable about it."""

    value: Any = None
    code: str | None = None
    figures: Mapping[str, object] = field(default_factory=dict[str, object])
    remark: str | None = None


def read(column: Column, cell: Cell) -> Read:
    """Read a cell of a column."""
    if isinstance(cell, dict) and "f" in cell:
        read_ = read(column, cell["f"])
        return replace(read_, remark="formula_value") if read_.value is not None else read_
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return Read(code="cell_missing") if column.required else Read()
    if isinstance(cell, dict) and "e" in cell:
        return Read(code="cell_error")
    try:
        value = _READERS[column.kind](column, cell)
    except _Wrong as wrong:
        return Read(code=wrong.code, figures=wrong.figures)
    as_number = column.kind in _WRITTEN and isinstance(cell, int | float)
    return Read(value=value, remark="number_read_as_code" if as_number else None)


def _text(column: Column, cell: Cell) -> str:
    """Give the text of a cell; a number counts as its digits where it is exact and whole."""
    if isinstance(cell, dict):
        raise _Wrong("date_for_code")
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return repr(cell)
    if isinstance(cell, int):
        digits = str(cell)
        if len(digits) > _EXACT_DIGITS:
            raise _Wrong("precision_lost")
        return digits
    said = str(cell).strip()
    if column.kind in _WRITTEN and _EXPONENT.fullmatch(said):
        raise _Wrong("precision_lost")
    if len(said) > column.longest:
        raise _Wrong("text_too_long", length=len(said), limit=column.longest)
    try:
        return texts.clean(said)
    except ValueError:
        raise _Wrong("text_unprintable") from None


def _code(column: Column, cell: Cell) -> str:
    said = _text(column, cell)
    if isinstance(cell, int | float) and column.digits is not None and len(said) < column.digits:
        raise _Wrong("leading_zeros_lost", found=len(said), needed=column.digits)
    said = unicodedata.normalize("NFKC", said)
    if column.pattern is not None and not re.fullmatch(column.pattern, said):
        raise _Wrong("code_malformed", expected=column.example)
    return said


def _document_number(column: Column, cell: Cell) -> str:
    return unicodedata.normalize("NFKC", _text(column, cell)).upper()


def _number(cell: Cell) -> str:
    """Write a number as a decimal; a text may hold full-width digits and nothing else beside them."""
    if isinstance(cell, bool | dict):
        return "-"
    if isinstance(cell, float):
        return format(round(cell, 9), ".9f").rstrip("0").rstrip(".")
    return unicodedata.normalize("NFKC", str(cell)).strip()


def _integer(column: Column, cell: Cell) -> int:
    said = _number(cell)
    if not re.fullmatch(r"-?\d{1,9}", said, re.ASCII):
        raise _Wrong("not_a_number", expected="整数 whole number")
    return _bounded(column, int(said), str)


def _decimal(column: Column, cell: Cell) -> int:
    said = _number(cell)
    if not re.fullmatch(r"-?\d{1,6}(\.\d+)?", said, re.ASCII):
        raise _Wrong("not_a_number", expected="数字 decimal number")
    try:
        hundredths = quantities.parse_hundredths(said)
    except ValueError:
        raise _Wrong("too_many_places", limit=2) from None
    return _bounded(column, hundredths, quantities.format_hundredths)


def _bounded(column: Column, number: int, written: Callable[[int], str]) -> int:
    if not column.least <= number <= column.most:
        raise _Wrong("number_out_of_range", least=written(column.least), most=written(column.most))
    return number


def _yes_no(column: Column, cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    said = _text(column, cell).casefold()
    if said not in YES_NO:
        raise _Wrong("choice_unknown", choices="是, 否", near="-")
    return YES_NO[said]


def _choice(column: Column, cell: Cell) -> str:
    said = unicodedata.normalize("NFKC", _text(column, cell))
    if said in column.choices:
        return column.choices[said]
    if said in column.choices.values():
        return said
    near = difflib.get_close_matches(said, column.choices, n=1, cutoff=0.4)
    raise _Wrong("choice_unknown", choices=", ".join(column.choices), near=near[0] if near else "-")


def _date(column: Column, cell: Cell) -> date:
    if isinstance(cell, dict):
        found = cell.get("d")
        if not isinstance(found, str):
            raise _Wrong("not_a_date")
        return date.fromisoformat(found)
    if isinstance(cell, int | float):
        raise _Wrong("date_is_a_number")
    written = _DAY.fullmatch(unicodedata.normalize("NFKC", _text(column, cell)))
    if written is None:
        raise _Wrong("not_a_date")
    year, month, day = (int(part) for part in written.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        raise _Wrong("not_a_date") from None


_WRITTEN = {CellKind.CODE, CellKind.DOCUMENT_NUMBER, CellKind.LINE}
_READERS: Mapping[CellKind, Callable[[Column, Cell], Any]] = {
    CellKind.CODE: _code,
    CellKind.LINE: _text,
    CellKind.DOCUMENT_NUMBER: _document_number,
    CellKind.INTEGER: _integer,
    CellKind.DECIMAL: _decimal,
    CellKind.YES_NO: _yes_no,
    CellKind.CHOICE: _choice,
    CellKind.DATE: _date,
}
