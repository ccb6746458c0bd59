"""Every route says who may call it, what it takes and what it answers."""

import inspect
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any, get_args

from fastapi import FastAPI, params
from fastapi.dependencies.models import Dependant
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute, RouteContext
from pydantic import BaseModel

from x_pilot_api.core.area_router import contexts_of
from x_pilot_api.core.auth import OpenToAll, RequirePermission
from x_pilot_api.core.db import get_session

_WITHOUT_ANSWER = {204, 304}


def _dependencies(dependant: Dependant) -> Iterator[Dependant]:
    """Walk everything that runs before the route's function."""
    for inner in dependant.dependencies:
        yield inner
        yield from _dependencies(inner)


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """Find the models in a type, and those in their fields."""
    seen: set[type[BaseModel]] = set()
    waiting = [annotation]
    while waiting:
        found = waiting.pop()
        if isinstance(found, type) and issubclass(found, BaseModel):
            if found not in seen:
                seen.add(found)
                yield found
                waiting += [field.annotation for field in found.model_fields.values()]
        else:
            waiting += get_args(found)


def _permission(context: RouteContext, held: AbstractSet[str]) -> Iterator[str]:
    named = [inner.call for inner in _dependencies(context.dependant)]
    required = [call.permission for call in named if isinstance(call, RequirePermission)]
    if len(required) + sum(isinstance(call, OpenToAll) for call in named) != 1:
        yield "names its permission by exactly one require(...) or public()"
    yield from (f"needs {permission}, which nobody holds" for permission in required if permission not in held)


def _body(context: RouteContext) -> Iterator[str]:
    field = context.body_field
    if field is None or isinstance(field.field_info, params.Form):
        # A form's fields are those of the standard it follows; anything more is ignored, as the standard asks.
        return
    for model in models_in(field.field_info.annotation):
        if model.model_config.get("extra") != "forbid":
            yield f"takes {model.__name__}, which lets unknown fields pass"


def _documented(model: type[BaseModel]) -> bool:
    """Tell whether a model, or the generic one it was made of, has a docstring of its own."""
    made_of = model.__pydantic_generic_metadata__["origin"] or model
    return bool(vars(made_of).get("__doc__"))


def _answer(context: RouteContext) -> Iterator[str]:
    if context.status_code in _WITHOUT_ANSWER or context.response_class is HTMLResponse:
        return
    models = list(models_in(context.response_model))
    if not models and "content" not in context.responses.get(200, {}):
        yield "does not say what it answers"
    yield from (f"answers {model.__name__}, which has no docstring" for model in models if not _documented(model))


def _function(context: RouteContext) -> Iterator[str]:
    endpoint: Callable[..., Any] | None = context.endpoint
    if endpoint is None or not inspect.getdoc(endpoint):
        yield "has no docstring"
    if endpoint is None or context.unique_id != endpoint.__name__:
        yield f"is called {context.unique_id}, not by its function's name"
    for inner in _dependencies(context.dependant):
        if inner.call is get_session and inner.scope != "function":
            yield "commits after its answer left: take core.db.Session"


def violations(app: FastAPI, *, held: AbstractSet[str]) -> list[str]:
    """List what routes leave unsaid; `held` are the permissions that some role or machine client holds."""
    found: list[str] = []
    names: set[str] = set()
    for context in contexts_of(app):
        place = f"{'|'.join(sorted(context.methods or ()))} {context.path}"
        if not isinstance(context.original_route, APIRoute):
            if (context.methods or set[str]()) - {"GET", "HEAD"} or (context.path or "/v1").startswith("/v1"):
                found.append(f"{place}: is no route of FastAPI's, so nothing says who may call it")
            continue
        found += [
            f"{place}: {says}"
            for check in (_function(context), _permission(context, held), _body(context), _answer(context))
            for says in check
        ]
        if context.unique_id in names:
            found.append(f"{place}: another route is called {context.unique_id} too")
        names.add(context.unique_id)
    return found
