"""What finding the route costs: the same requests with and without the areas' nouns, round by round in turn."""

import argparse
import statistics
import time
from collections.abc import Callable
from unittest.mock import patch

from fastapi import APIRouter, FastAPI
from starlette.routing import Match
from starlette.types import Scope

from x_pilot_api.app import create_app
from x_pilot_api.core.area_router import AreaRouter

PATHS = ("/v1/awards", "/v1/exam-plans", "/v1/mappings", "/v1/students", "/v1/verify/0123456789")
"""One of the first areas, one of the largest, and one of the last; all GET."""

_narrow = AreaRouter.matches


def _wide(self: AreaRouter, scope: Scope) -> tuple[Match, Scope]:
    return APIRouter.matches(self, scope)


def _asked(app: FastAPI, path: str, times: int) -> float:
    """Find the route of a path so many times; the seconds one takes."""
    begun = time.perf_counter()
    for _ in range(times):
        scope: Scope = {"type": "http", "method": "GET", "path": path, "headers": [], "root_path": ""}
        found, _ = max((route.matches(scope) for route in app.router.routes), key=lambda match: match[0].value)
        if found is not Match.FULL:
            raise SystemExit(f"{path} is not there")
    return (time.perf_counter() - begun) / times


def main() -> None:
    """Print the microseconds of both and the ratio of medians for each path."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--times", type=int, default=200)
    asked = parser.parse_args()
    app = create_app()
    ways: dict[str, Callable[[AreaRouter, Scope], tuple[Match, Scope]]] = {"all": _wide, "nouns": _narrow}
    for path in PATHS:
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(asked.rounds + 1):  # the first round warms up
            for name, matches in ways.items():
                with patch.object(AreaRouter, "matches", matches):
                    taken[name].append(_asked(app, path, asked.times))
        every, few = (statistics.median(taken[name][1:]) * 1e6 for name in ways)
        print(f"{path:24} all {every:7.0f} us   by nouns {few:6.0f} us   ratio {few / every:.2f}")


if __name__ == "__main__":
    main()
