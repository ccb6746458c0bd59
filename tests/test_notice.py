"""What docs/notice.md says of each item of the notice is there: the path, the screen and the test."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ITEMS = [
    *(str(number) for number in range(1, 19)),
    *(f"three ({n})" for n in range(1, 5)),
    *(f"annex {n}" for n in range(1, 5)),
]
_ROW = re.compile(
    r"^\| (?P<item>[^|]+) \| [^|]+ \| (?P<api>[^|]+) \| (?P<screens>[^|]+) \| (?P<tests>[^|]+) \|$", re.MULTILINE
)
_NAMED = re.compile(r"`([^`]+)`")


def _rows() -> dict[str, dict[str, list[str]]]:
    page = (ROOT / "docs/notice.md").read_text(encoding="utf-8")
    return {
        row["item"]: {column: _NAMED.findall(row[column]) for column in ("api", "screens", "tests")}
        for row in _ROW.finditer(page)
        if row["item"] != "item"
    }


def _paths() -> list[str]:
    return list(json.loads((ROOT / "openapi/openapi.json").read_text(encoding="utf-8"))["paths"])


def _screens() -> set[str]:
    routes = ROOT / "frontend/src/routes"
    return {f"/{at.stem}" for folder in (routes, routes / "_staff") for at in folder.iterdir()}


def test_every_item_of_the_notice_has_its_row() -> None:
    assert list(_rows()) == ITEMS


@pytest.mark.parametrize("item", ITEMS)
def test_what_is_said_of_an_item_is_there(item: str) -> None:
    row, paths, screens = _rows()[item], _paths(), _screens()
    assert all(row.values()), "an item has a path, a screen and a test"
    lacking = [path for path in row["api"] if not any(re.match(rf"/v1{re.escape(path)}(?![a-z-])", at) for at in paths)]
    lacking += [screen for screen in row["screens"] if screen not in screens]
    lacking += [test for test in row["tests"] if not (ROOT / test).is_file()]
    assert lacking == []
