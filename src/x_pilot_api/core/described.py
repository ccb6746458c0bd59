"""The API's description of itself."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from x_pilot_api.core.area_router import contexts_of
from x_pilot_api.core.problems import ProblemOut


def describe(app: FastAPI) -> dict[str, Any]:
    """Describe every operation, and the problem that each refers to; once for an application."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            version=app.version,
            summary=app.summary,
            routes=contexts_of(app),
            webhooks=app.webhooks.routes,
        )
        document["components"]["schemas"] = dict(sorted((_problem() | document["components"]["schemas"]).items()))
        app.openapi_schema = document
    return app.openapi_schema


def _problem() -> dict[str, Any]:
    _, written = models_json_schema([(ProblemOut, "serialization")], ref_template="#/components/schemas/{model}")
    schemas: dict[str, Any] = written["$defs"]
    return schemas
