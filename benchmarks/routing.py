"""What finding the route costs: the same requests by the nouns of their paths and through every route, in turn."""

import argparse
import statistics
import time

from starlette.routing import Match
from starlette.types import Scope

from x_pilot_api.app import ROUTERS
from x_pilot_api.core.area_router import Areas

PATHS = ("/v1/awards", "/v1/exam-plans", "/v1/mappings", "/v1/students", "/v1/verify/0123456789")
"""One of the first areas, one of the largest, and one of the last; all GET."""


def _through_all(areas: Areas, scope: Scope) -> Match:
    return max((route.matches(scope)[0] for route in areas.routes), key=lambda match: match.value)


def _by_noun(areas: Areas, scope: Scope) -> Match:
    return areas.matches(scope)[0]


def main() -> None:
    """Print the microseconds of both and the ratio of medians for each path."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--times", type=int, default=200)
    asked = parser.parse_args()
    areas = Areas(ROUTERS)
    ways = {"all": _through_all, "nouns": _by_noun}
    for path in PATHS:
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(asked.rounds + 1):  # the first round warms up
            for name, way in ways.items():
                begun = time.perf_counter()
                for _ in range(asked.times):
                    scope: Scope = {"type": "http", "method": "GET", "path": path, "headers": [], "root_path": ""}
                    if way(areas, scope) is not Match.FULL:
                        raise SystemExit(f"{path} is not there")
                taken[name].append((time.perf_counter() - begun) / asked.times)
        every, few = (statistics.median(taken[name][1:]) * 1e6 for name in ways)
        print(f"{path:24} all {every:7.0f} us   by nouns {few:6.0f} us   ratio {few / every:.2f}")


if __name__ == "__main__":
    main()
