"""Finding the row that names the columns, below whatever titles stand above it, and matching it with what is known."""

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from x_pilot_api.core.errors import Fault
from x_pilot_api.core.tables import errors
from x_pilot_api.core.tables.columns import Column

HEADER_ROWS = 20
"""So many rows are looked at for the header."""

_SAID_MAX = 50

_ASIDE = re.compile(r"[(\[{<【].*?[)\]}>】]|[\s*:'\"]")


@dataclass(frozen=True)
class Layout:
    """Where in a file each column stands."""

    header_row: int
    places: Mapping[str, int]
    """The position of each known column, by its name in code."""
    unknown: Sequence[dict[str, str]]
    """Columns that nobody knows, with the known one they look like; they are left out."""
    titles: int
    """How many rows above the header were passed over."""
    said: Mapping[str, str]
    """What the file itself calls each known column, by its name in code."""


def letter(position: int) -> str:
    """Name a column as a spreadsheet does: A, B, … Z, AA."""
    name, number = "", position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def plain(header: object) -> str:
    """Take from a header what is only decoration: spaces, stars, remarks in brackets, the width of characters."""
    return _ASIDE.sub("", unicodedata.normalize("NFKC", str(header or ""))).casefold()


def find(rows: Sequence[tuple[int, Sequence[Any]]], columns: Sequence[Column]) -> Layout:
    """Find the row that names most columns; refuse a file in which none does, or in which needed ones are missing."""
    known = {plain(header): column for column in columns for header in column.headers}
    matches = [sum(plain(cell) in known for cell in cells if cell is not None) for _, cells in rows]
    needed = [column for column in columns if column.required]
    if not rows or max(matches) == 0:
        raise errors.HeaderNotFound(rows=HEADER_ROWS, needed=", ".join(column.header for column in needed))
    best = matches.index(max(matches))
    number, cells = rows[best]
    places: dict[str, int] = {}
    unknown: list[dict[str, str]] = []
    for position, cell in enumerate(cells):
        column = known.get(plain(cell))
        if column is None:
            if plain(cell):
                unknown.append({"column": letter(position), "header": str(cell)[:50], "near": _near(cell, columns)})
        elif column.name in places:
            raise errors.ColumnTwice(
                row=number, header=column.header, first=letter(places[column.name]), second=letter(position)
            )
        else:
            places[column.name] = position
    missing = [column for column in needed if column.name not in places]
    if missing:
        raise _missing(number, missing, unknown)
    said = {name: str(cells[position]).strip()[:_SAID_MAX] for name, position in places.items()}
    return Layout(header_row=number, places=places, unknown=unknown, titles=best, said=said)


def _near(header: object, columns: Sequence[Column]) -> str:
    """Name the column whose header looks most like one that nobody knows; nothing if none does."""
    names = {plain(known): column.header for column in columns for known in column.headers}
    found = difflib.get_close_matches(plain(header), names, n=1, cutoff=0.5)
    return names[found[0]] if found else ""


def _missing(row: int, missing: Sequence[Column], unknown: Sequence[dict[str, str]]) -> errors.ColumnsMissing:
    faults: list[Fault] = []
    for column in missing:
        near = [it for it in unknown if it["near"] == column.header]
        detail = f"{column.header} ({column.name})" + "".join(f"; {it['column']}: {it['header']}?" for it in near)
        faults.append({"row": row, "column": column.header, "code": "columns_missing", "detail": detail})
    return errors.ColumnsMissing(
        faults=faults,
        row=row,
        missing=", ".join(column.header for column in missing),
        unknown=", ".join(it["header"] for it in unknown) or "-",
    )
