"""The stories of `frontend/stories`, told in a real browser to the real product."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.web.conftest import FRONTEND, ROOT, Product

STORIES = sorted(path.stem for path in (FRONTEND / "stories").glob("*.story.ts"))
LONGEST = 1_500
"""Seconds that no story takes; the one that looks at every page takes minutes beside other tests."""


def test_there_are_stories() -> None:
    assert STORIES


@pytest.mark.parametrize("story", STORIES)
def test_the_story_is_told_in_the_browser(story: str, product: Product, chromium: str) -> None:
    node = ROOT / ".venv" / "node" / "node"
    told = subprocess.run(
        [node if node.exists() else Path("node"), f"stories/{story}.ts"],
        cwd=FRONTEND,
        env={
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/tmp"),  # noqa: S108 - where the browser keeps its profile
            # Without one the browser can write no file name in Chinese.
            "LANG": "C.UTF-8",
            "CHROMIUM": chromium,
            "BASE": product.base,
            "PASSWORD": product.password,
            "STATE": str(product.state),
        },
        check=False,
        capture_output=True,
        text=True,
        timeout=LONGEST,
    )
    assert told.returncode == 0, f"{told.stdout[-6000:]}\n{told.stderr[-6000:]}\n{product.said()}"
