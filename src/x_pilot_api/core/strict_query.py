"""Unknown query parameters are refused: a misspelt filter must not look like an empty one."""

from fastapi import Request, params
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute

from x_pilot_api.core.errors import Malformed


def _known(route: APIRoute) -> frozenset[str]:
    return frozenset(
        field.alias for field in get_flat_params(route.dependant) if isinstance(field.field_info, params.Query)
    )


def refuse_unknown_parameters(request: Request) -> None:
    """Compare the query with what the route declares."""
    route = request.scope.get("route")
    if not request.query_params or not isinstance(route, APIRoute):
        return
    known = _known(route)
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        raise Malformed(what=f"unknown query parameter: {', '.join(unknown)}; known: {', '.join(sorted(known)) or '-'}")
