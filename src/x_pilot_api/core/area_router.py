"""The routes of the areas: each is built once, as it is served, and a request's is found by the noun of its path."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, params
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from x_pilot_api.core import strict_query

VERSION = "/v1"

_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
# By reference: as a model the framework would build its schema anew for each status of each operation.
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": meaning, "content": _PROBLEM}
    for status, meaning in {
        400: "A header or parameter is missing, unknown or cannot be read",
        401: "Not signed in, or no longer",
        403: "The caller's role does not include this",
        404: "It does not exist, or the caller may not know that it does",
        409: "A state or a rule refuses; the figures are in the answer",
        408: "The body came too slowly",
        413: "The body is larger than the service takes",
        422: "The body does not follow its schema",
        429: "Too many attempts or requests; Retry-After says when to try again",
        500: "A defect of ours",
        503: "The database cannot be reached, or too much is asked at once; Retry-After says when to try again",
    }.items()
}


def name_of(route: APIRoute) -> str:
    """Name the operation as its function, which is what the clients call it too."""
    return route.name


class AreaRouter(APIRouter):
    """The routes of an area, or of a part of one, under `/v1` and with what every operation shares.

    They have all of it when they are made. A router that the framework includes in another has each of its routes
    built anew, with every field, for every level: with eight hundred operations that took longer than all else.
    """

    def __init__(
        self,
        *,
        prefix: str = "",
        tags: Sequence[str] = (),
        dependencies: Sequence[params.Depends] = (),
        route_class: type[APIRoute] = APIRoute,
    ) -> None:
        super().__init__(
            prefix=VERSION + prefix,
            tags=list(tags),
            dependencies=[Depends(strict_query.refuse_unknown_parameters), *dependencies],
            responses=_PROBLEMS,
            route_class=route_class,
            generate_unique_id_function=name_of,
        )

    def gather(self, *parts: "AreaRouter") -> None:
        """Take over the routes of the area's parts, as they are."""
        for part in parts:
            self.routes.extend(part.routes)


def _noun_of(path: str) -> str:
    """Take the first segment of a path within the version, without a deed: `imports` of `/imports/{id}:undo`."""
    return path.removeprefix(VERSION).lstrip("/").partition("/")[0].partition(":")[0]


class Areas(BaseRoute):
    """Every operation of the areas; a request is looked for only among those with the noun of its path.

    The framework tries every pattern there is, which costs more than many a query does. No route of an area begins
    with a parameter.
    """

    def __init__(self, routers: Sequence[AreaRouter]) -> None:
        self.routes = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]
        self.by_noun: defaultdict[str, list[APIRoute]] = defaultdict(list)
        for route in self.routes:
            self.by_noun[_noun_of(route.path)].append(route)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Find the route, or the first that has the path and not the method."""
        found: tuple[Match, Scope] = (Match.NONE, {})
        path: str = scope["path"].removeprefix(scope.get("root_path", ""))
        if not path.startswith(f"{VERSION}/"):
            return found
        for route in self.by_noun.get(_noun_of(path), ()):
            match, child_scope = route.matches(scope)
            if match == Match.FULL:
                return match, child_scope
            if match == Match.PARTIAL and found[0] == Match.NONE:
                found = match, child_scope
        return found

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the route that was found answer."""
        route: APIRoute = scope["route"]
        await route.handle(scope, receive, send)


def contexts_of(app: FastAPI) -> list[RouteContext]:
    """List all routes of an application as they are served, in the order in which they are described."""
    return [
        context
        for route in app.routes
        for context in iter_route_contexts(route.routes if isinstance(route, Areas) else [route])
    ]
