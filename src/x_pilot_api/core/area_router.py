"""Finding the route of a request: only the areas whose nouns begin its path are looked through."""

from functools import cached_property

from fastapi import APIRouter
from fastapi.routing import iter_route_contexts
from starlette.routing import Match
from starlette.types import Scope

VERSION = "/v1"


def _noun_of(path: str) -> str:
    """Take the first segment of a path within the version, without a deed: `imports` of `/imports/{id}:undo`."""
    return path.lstrip("/").partition("/")[0].partition(":")[0]


class AreaRouter(APIRouter):
    """The routes of one area under `/v1`; they are tried only where the path begins with a noun of theirs.

    The framework tries every pattern there is, and once more at each level of routers, which costs more than many a
    query does. No route of an area begins with a parameter.
    """

    @cached_property
    def nouns(self) -> frozenset[str]:
        """The first segments of the paths there are."""
        return frozenset(_noun_of(route.path or "") for route in iter_route_contexts(self.routes))

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Look through the routes only where there can be one."""
        path: str = scope["path"].removeprefix(scope.get("root_path", "")).removeprefix(VERSION)
        if _noun_of(path) not in self.nouns:
            return Match.NONE, {}
        return super().matches(scope)
