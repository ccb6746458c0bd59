"""The process that reads a file nobody has checked: it limits itself, knows no secret, and writes rows as lines.

Run as `python -I -m x_pilot_api.core.tables.child LIMITS`, with the file on standard input. What it writes, a line of
JSON each: first what the file is, then `[row number, cells]`, at last `{"end": true}`; or, instead of any of these,
`{"refused": code, "figures": {…}}`. A cell is null, a text, a number, a truth, `{"d": day}`, `{"t": time}`, `{"e": 1}`
for an error of the spreadsheet, or `{"f": cell}` for what a formula came to.
"""

import importlib
import json
import os
import resource
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from x_pilot_api.core.tables.refusing import Refused

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OUT_BYTES = 1 << 16
_TEXT_MAX = 2_001
"""A text is cut here; that it is longer than any column takes still shows."""
_DESERT_ROWS = 2_000
_TITLE_ROWS = 50


def limit(limits: Mapping[str, int]) -> None:
    """Take a bounded share of the machine, before anything is read."""
    memory, seconds = limits["memory_mib"] << 20, limits["cpu_seconds"]
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def rows_of(data: bytes, limits: Mapping[str, int]) -> Iterator[Any]:
    """Tell what the file is, then give its rows that hold anything, no more than are taken."""
    if data.startswith(_OLE):
        raise Refused("file_locked_or_old")
    # The libraries are loaded here, when the limits bind them too.
    reader = importlib.import_module(
        "x_pilot_api.core.tables.workbooks" if data.startswith(_ZIP) else "x_pilot_api.core.tables.separated"
    )
    rows = reader.read(data, limits)
    yield next(rows)
    given = before = 0
    for number, cells in rows:
        if all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells):
            # A cell at the bottom of the sheet must not cost the million rows above it.
            if number - before > _DESERT_ROWS:
                raise Refused("rows_apart", row=before, blank_rows=_DESERT_ROWS)
            continue
        given, before = given + 1, number
        if given > limits["rows"] + _TITLE_ROWS:
            raise Refused("table_too_long", limit=limits["rows"])
        yield [number, [cell[:_TEXT_MAX] if isinstance(cell, str) else cell for cell in cells]]


def main() -> None:
    """Read one file and write its rows; whatever goes wrong inside ends this process alone."""
    limits: dict[str, int] = json.loads(sys.argv[1])
    limit(limits)
    # What a library says of a broken file may hold what is in the file.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    with open(sys.stdout.fileno(), "w", buffering=_OUT_BYTES, encoding="utf-8", closefd=False) as out:

        def say(value: object) -> None:
            out.write(f"{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}\n")

        try:
            for row in rows_of(sys.stdin.buffer.read(), limits):
                say(row)
            say({"end": True})
        except Refused as refusal:
            say({"refused": refusal.code, "figures": refusal.figures})
        except MemoryError:
            say({"refused": "file_too_costly", "figures": {}})


if __name__ == "__main__":
    main()
