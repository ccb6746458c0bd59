"""What the values of a sheet do not tell: which cells hold a formula, and which an error.

The library that reads values gives a formula's last result and an error's nothing, so the sheet's own text is looked
through once more; by a pattern, since a parser would cost more than the reading itself.
"""

import re
import zipfile
from xml.etree import ElementTree as ET

from x_pilot_api.core.tables.refusing import Refused

FORMULA, ERROR = "f", "e"
WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)>(<(?:\w+:)?f[\s/>])?")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_SCAN_BYTES = 1 << 20
_MARKS_MAX = 400_000
_DIRECTORY_BYTES_MAX = 1 << 20
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Marks = dict[tuple[int, int], str]


def marks_of(package: zipfile.ZipFile, number: int) -> Marks:
    """Give the marks of a workbook's sheet by row (from 1) and column (from 0)."""
    found: Marks = {}
    with package.open(_part_of(package, number)) as part:
        rest = b""
        while chunk := part.read(_SCAN_BYTES):
            text = rest + chunk
            # A cell that the chunk's end cuts in two is looked at again with the next chunk.
            whole = max(text.rfind(b"<c "), text.rfind(b":c "), 1) - 1
            _mark(text[:whole], found)
            rest = text[whole:]
            if len(rest) > _SCAN_BYTES:
                raise Refused("file_broken")
        _mark(rest, found)
    return found


def _mark(text: bytes, found: Marks) -> None:
    for cell in _CELL.finditer(text):
        kind = ERROR if b't="e"' in cell[1] else FORMULA if cell[2] else None
        place = _PLACE.search(cell[1]) if kind else None
        if kind is not None and place is not None and len(found) < _MARKS_MAX:
            found[int(place[2]), _column_number(place[1])] = kind


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _part_of(package: zipfile.ZipFile, number: int) -> str:
    """Find the part of the package that is the workbook's nth sheet."""
    book, relations = (_directory(package, name) for name in (WORKBOOK, _RELATIONS))
    sheets = [node for node in book.iter() if node.tag.rpartition("}")[2] == "sheet"]
    wanted = sheets[number].get(_RELATION_ID)
    for node in relations:
        if node.get("Id") == wanted:
            target = node.get("Target", "")
            return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    raise Refused("file_broken")


def _directory(package: zipfile.ZipFile, name: str) -> ET.Element:
    """Read one of the small parts that say where the others are; with a document type it could be a bomb."""
    with package.open(name) as part:
        text = part.read(_DIRECTORY_BYTES_MAX + 1)
    if len(text) > _DIRECTORY_BYTES_MAX or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise Refused("file_broken")
    return ET.fromstring(text)  # noqa: S314 - no document type, no entities
