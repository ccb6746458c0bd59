"""The service: its routers in the order of their paths, which makes this the table of contents."""

import asyncio
import importlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from x_pilot_api import __version__
from x_pilot_api.analytics import routes as analytics
from x_pilot_api.awards import routes as awards
from x_pilot_api.certificates import routes as certificates
from x_pilot_api.charges import routes as charges
from x_pilot_api.core import (
    described,
    headers,
    health,
    jwks,
    limits,
    logs,
    metrics,
    origins,
    problem_pages,
    problems,
    webui,
)
from x_pilot_api.core.area_router import AreaRouter, Areas, name_of
from x_pilot_api.core.rates import Rates
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings, networks_in
from x_pilot_api.credits import routes as credits_
from x_pilot_api.exam_days import routes as exam_days
from x_pilot_api.exams import routes as exams
from x_pilot_api.fees import routes as fees
from x_pilot_api.figures import routes as figures
from x_pilot_api.governance import routes as governance
from x_pilot_api.guidance import routes as guidance
from x_pilot_api.identity import routes as identity
from x_pilot_api.imports import routes as imports
from x_pilot_api.inbox import routes as inbox
from x_pilot_api.jobs import routes as jobs
from x_pilot_api.ledger import routes as ledger
from x_pilot_api.mappings import routes as mappings
from x_pilot_api.oversight import routes as oversight
from x_pilot_api.participations import routes as participations
from x_pilot_api.partners import routes as partners
from x_pilot_api.partners.routes import announced
from x_pilot_api.pilot_sessions import routes as pilot_sessions
from x_pilot_api.posts import routes as posts
from x_pilot_api.programme_data import routes as programme_data
from x_pilot_api.progress import routes as progress
from x_pilot_api.public import routes as public
from x_pilot_api.publications import routes as publications
from x_pilot_api.qualifications import routes as qualifications
from x_pilot_api.registry import routes as registry
from x_pilot_api.reports import routes as reports
from x_pilot_api.settlements import routes as settlements
from x_pilot_api.sites import routes as sites
from x_pilot_api.social_training import routes as social_training
from x_pilot_api.student_space import routes as student_space
from x_pilot_api.supervision import routes as supervision
from x_pilot_api.training import routes as training

ROUTERS: tuple[AreaRouter, ...] = (
    analytics.router,
    awards.router,
    certificates.router,
    charges.router,
    credits_.router,
    exam_days.router,
    exams.router,
    fees.router,
    figures.router,
    governance.router,
    guidance.router,
    identity.router,
    imports.router,
    inbox.router,
    jobs.router,
    ledger.router,
    mappings.router,
    oversight.router,
    participations.router,
    partners.router,
    pilot_sessions.router,
    posts.router,
    programme_data.router,
    progress.router,
    public.router,
    publications.router,
    qualifications.router,
    registry.router,
    reports.router,
    settlements.router,
    sites.router,
    social_training.router,
    student_space.router,
    supervision.router,
    training.router,
)

_AREAS = Areas(ROUTERS)

_ASKED_HEADERS = ["Accept-Language", "Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match"]
_TOLD_HEADERS = [
    "ETag",
    "Idempotency-Hit",
    "Link",
    "Location",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "X-Request-Id",
]


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    service: Service | None = getattr(app.state, "service", None)
    if service is None:
        yield
        return
    service.database.be_measured()
    stop_metrics = metrics.serve(service.settings)
    following = asyncio.create_task(jwks.follow(service))
    try:
        yield
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        if stop_metrics:
            stop_metrics()
        await service.database.close()


def create_app(service: Service | None = None, *, web: webui.Files | None = None) -> FastAPI:
    """Build the application; without a service it only describes itself, and without `web` it has no pages."""
    settings = service.settings if service else Settings()
    app = FastAPI(
        title="X-Pilot",
        version=__version__,
        summary="The 1+X certificate pilot: results, certificates and credits as one true record",
        lifespan=_lifespan,
        webhooks=announced.router,
        generate_unique_id_function=name_of,
        docs_url="/docs",
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
        # A path with a stroke too many does not exist; a redirect would repeat whatever Host the caller claims.
        redirect_slashes=False,
    )
    for router in (health.router, jwks.router, problem_pages.router, public.pages):
        app.include_router(router)
    app.router.routes.append(_AREAS)
    app.openapi = partial(described.describe, app)
    problems.install(app)
    if service is not None:
        app.state.service = service
    if web is not None:
        app.add_middleware(webui.Pages, files=web)
    _guard(app, settings, service)
    return app


def _trace(app: FastAPI, service: Service) -> None:
    """Send spans where the settings say; only then the library needs to be there."""
    if service.settings.traces_url is None:
        return
    tracing = importlib.import_module("x_pilot_api.core.tracing")
    tracer = tracing.tracer_of(tracing.provider(service.settings.traces_url))
    tracing.trace_statements(service.database.engine, tracer)
    app.add_middleware(tracing.Requests, tracer=tracer)


def _guard(app: FastAPI, settings: Settings, service: Service | None) -> None:
    """Put around the application what every request passes; what is added last hears of it first."""
    rates = service.rates if service else Rates(settings)
    app.add_middleware(limits.BodyLimit, settings=settings)
    app.add_middleware(limits.Load, settings=settings, rates=rates)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=_ASKED_HEADERS,
            expose_headers=_TOLD_HEADERS,
            max_age=600,
        )
    if service is not None:
        _trace(app, service)
    app.add_middleware(logs.Requests, unexpected=problems.unexpected)
    app.add_middleware(headers.AnswerHeaders, settings=settings)
    app.add_middleware(origins.Origins, trusted=networks_in(settings.trusted_proxies))
