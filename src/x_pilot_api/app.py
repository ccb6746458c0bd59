"""The service: its routers in the order of their paths, which makes this the table of contents."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute

from x_pilot_api import __version__
from x_pilot_api.awards import routes as awards
from x_pilot_api.certificates import routes as certificates
from x_pilot_api.core import errors, health, limits, logs, origins, strict_query
from x_pilot_api.core.errors import ProblemOut
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings, networks_in
from x_pilot_api.credits import routes as credits_
from x_pilot_api.exams import routes as exams
from x_pilot_api.fees import routes as fees
from x_pilot_api.identity import routes as identity
from x_pilot_api.ledger import routes as ledger
from x_pilot_api.mappings import routes as mappings
from x_pilot_api.oversight import routes as oversight
from x_pilot_api.partners import routes as partners
from x_pilot_api.public import routes as public
from x_pilot_api.registry import routes as registry

ROUTERS: tuple[APIRouter, ...] = (
    awards.router,
    certificates.router,
    credits_.router,
    exams.router,
    fees.router,
    identity.router,
    ledger.router,
    mappings.router,
    oversight.router,
    partners.router,
    public.router,
    registry.router,
)

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemOut, "description": meaning, "content": {"application/problem+json": {}}}
    for status, meaning in {
        400: "A header or parameter is missing, unknown or cannot be read",
        401: "Not signed in, or no longer",
        403: "The caller's role does not include this",
        404: "It does not exist, or the caller may not know that it does",
        409: "A state or a rule refuses; the figures are in the answer",
        413: "The body is larger than the service takes",
        422: "The body does not follow its schema",
        503: "The database cannot be reached, or too much is asked at once; Retry-After says when to try again",
    }.items()
}


def _name_of(route: APIRoute) -> str:
    """Name the operation as its function, which is what the clients call it too."""
    return route.name


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    yield
    service: Service | None = getattr(app.state, "service", None)
    if service is not None:
        await service.database.close()


def create_app(service: Service | None = None) -> FastAPI:
    """Build the application; without a service it only describes itself."""
    settings = service.settings if service else Settings()
    app = FastAPI(
        title="X-Pilot",
        version=__version__,
        summary="The 1+X certificate pilot: results, certificates and credits as one true record",
        lifespan=_lifespan,
        generate_unique_id_function=_name_of,
        docs_url="/docs",
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
        # A path with a stroke too many does not exist; a redirect would repeat whatever Host the caller claims.
        redirect_slashes=False,
    )
    v1 = APIRouter(prefix="/v1", dependencies=[Depends(strict_query.refuse_unknown_parameters)], responses=_PROBLEMS)
    for router in ROUTERS:
        v1.include_router(router)
    app.include_router(health.router)
    app.include_router(v1)
    errors.install(app)
    if service is not None:
        app.state.service = service
    app.add_middleware(limits.BodyLimit, settings=settings)
    app.add_middleware(origins.Origins, trusted=networks_in(settings.trusted_proxies))
    app.add_middleware(logs.RequestIds, unexpected=errors.unexpected)
    return app
