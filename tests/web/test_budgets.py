"""What each page makes a phone or a desk load first, packed, in KB; docs/frontend.md holds the table."""

import gzip
import json
import re
from dataclasses import dataclass
from typing import Any

import pytest

from tests.web.conftest import ROOT
from x_pilot_api.core import webui

MANIFEST = ROOT / "src" / "x_pilot_api" / "webui" / ".vite" / "manifest.json"
ENTRY = "index.html"
SPLIT = "?tsr-split=component"


@dataclass(frozen=True)
class Budget:
    """How many KB the pages may have whose route file matches."""

    routes: str
    kb: float


BUDGETS = (
    Budget(r"login", 150),
    Budget(r"m(/|\.|$)", 150),
    Budget(r"public(/|\.|$)", 150),
    Budget(r".*simulation|.*chart|.*forecast", 500),
    Budget(r"", 410),
)
LIGHT = re.compile(r"src/routes/(login|m|public)(/|\.|$)")
WHOLE_TREE = "src/routeTree.gen.ts"
"""All routes; pages of phones and of the public have their own in the entry."""


def budget_of(route: str) -> Budget:
    return next(it for it in BUDGETS if re.match(it.routes, route))


class Manifest:
    """Which chunk needs which others."""

    def __init__(self, files: webui.Files) -> None:
        self.chunks: dict[str, Any] = json.loads(MANIFEST.read_text())
        self.sizes = {path[1:]: len(gzip.compress(file.content, 9)) for path, file in files.items()}

    def needs(self, chunk: str) -> set[str]:
        """Name the files a chunk brings with it: itself, what it imports, and their styles."""
        found: set[str] = set()
        waiting, seen = [chunk], set[str]()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            entry = self.chunks[name]
            found |= {entry["file"], *entry.get("css", [])}
            waiting += entry.get("imports", [])
        return found

    def routes(self) -> list[str]:
        """List the route files that have a page of their own."""
        return [name.removesuffix(SPLIT) for name in self.chunks if name.endswith(SPLIT)]

    def kilobytes(self, route: str) -> float:
        """Add up everything a page needs: the entry, the routes, the layouts around it, itself and its words."""
        around = [name for name in self.routes() if route.startswith(f"{name.removesuffix('.tsx')}/")]
        files = self.needs(ENTRY).union(*(self.needs(f"{name}{SPLIT}") for name in [route, *around]))
        if not LIGHT.match(route):
            files |= self.needs(WHOLE_TREE)
        for name in [route, *around]:
            source = (ROOT / "frontend" / name).read_text()
            for called in re.findall(r"loadMessages\((.+?)\)", source):
                files = files.union(*(self.needs(f"src/messages/zh/{it}.ts") for it in re.findall(r'"(.+?)"', called)))
        return sum(self.sizes[name] for name in files) / 1024


@pytest.fixture
def manifest(built: webui.Files) -> Manifest:
    return Manifest(built)


def test_every_page_keeps_to_its_budget(manifest: Manifest) -> None:
    over: list[str] = []
    for route in manifest.routes():
        name = route.removeprefix("src/routes/").removesuffix(".tsx")
        budget = budget_of(name)
        size = manifest.kilobytes(route)
        print(f"{name:40} {size:6.1f} of {budget.kb}")  # noqa: T201 - the figures of docs/frontend.md, with -rP
        if size > budget.kb:
            over.append(f"{name}: {size:.1f} KB, at most {budget.kb}")
    assert not over, "\n".join(over)


def test_the_entry_stays_small(manifest: Manifest) -> None:
    assert sum(manifest.sizes[name] for name in manifest.needs(ENTRY)) / 1024 <= 145
