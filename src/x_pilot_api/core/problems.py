"""Refusals as the caller sees them: RFC 9457 problem details, whoever raised what."""

import re
from collections.abc import Sequence
from functools import cache
from socket import gaierror

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from x_pilot_api.core import languages, logs, pages
from x_pilot_api.core.area_router import contexts_of
from x_pilot_api.core.errors import (
    AppError,
    BodyInvalid,
    BodyTooLarge,
    BodyTooSlow,
    Busy,
    DatabaseUnavailable,
    Fault,
    HttpRefused,
    Malformed,
    Unexpected,
)
from x_pilot_api.core.settings import Settings


class FaultOut(BaseModel):
    """One place in the request that is wrong."""

    pointer: str | None = Field(default=None, description="JSON pointer into the body, or the name of the parameter")
    row: int | None = Field(default=None, description="Row of the pushed file, counted from 1")
    column: str | None = None
    code: str
    detail: str
    blocking: bool = True


class ProblemOut(BaseModel):
    """A refusal, as RFC 9457 describes it; `code` never changes its meaning, the texts follow Accept-Language."""

    type: str = Field(examples=["/problems/ceiling_exceeded"])
    title: str
    status: int
    detail: str
    instance: str
    code: str
    request_id: str
    errors: list[FaultOut] = []
    figures: dict[str, str | int | None] = Field(default={}, description="The figures the texts are written from")


_PAGES = re.compile(r"/v(/.*)?", re.DOTALL)


def render(request: Request, error: AppError, *, status: int | None = None) -> Response:
    """Write a refusal as problem details; to a browser that asked for one of the public's pages, as a page."""
    language = languages.asked_for(request.headers.get("accept-language", ""))
    chinese = language is languages.Language.ZH
    if _PAGES.fullmatch(request.url.path) and "text/html" in request.headers.get("accept", ""):
        language = pages.get_language(request.query_params.get("lang", ""), request.headers.get("accept-language", ""))
        chinese = language is languages.Language.ZH
        page = pages.refusal(
            language=language,
            path="/v",
            status=status or error.status,
            title=error.title(chinese=chinese),
            detail=error.detail(chinese=chinese),
            code=error.code,
            request_id=logs.request_id(),
        )
        page.headers.update(error.answer_headers())
        return page
    body = {
        "type": f"/problems/{error.code}",
        "title": error.title(chinese=chinese),
        "status": status or error.status,
        "detail": error.detail(chinese=chinese),
        "instance": request.url.path,
        "code": error.code,
        "request_id": logs.request_id(),
        "errors": list(error.faults),
    }
    plain = {key: value for key, value in error.figures.items() if isinstance(value, str | int | None)}
    return JSONResponse(
        body | {"figures": plain},
        status_code=status or error.status,
        media_type="application/problem+json",
        headers=error.answer_headers() | {"Content-Language": language, "Vary": "Accept-Language"},
    )


def _pointer(location: Sequence[object]) -> str:
    if location[:1] == ("body",):
        return "/" + "/".join(str(part) for part in location[1:])
    return ".".join(str(part) for part in location)


def from_validation(error: RequestValidationError) -> AppError:
    """Turn FastAPI's validation error into ours; the offending input is left out, since it may be personal."""
    faults: list[Fault] = [
        {"pointer": _pointer(fault["loc"]), "code": str(fault["type"]), "detail": str(fault["msg"]), "blocking": True}
        for fault in error.errors()
    ]
    parsed = all(fault["loc"][:1] == ("body",) and fault["type"] != "json_invalid" for fault in error.errors())
    if parsed:
        return BodyInvalid(faults=faults[:100], count=len(faults))
    places = "; ".join(f"{_pointer(fault['loc'])}: {fault['msg']}" for fault in error.errors()[:5])
    return Malformed(faults=faults[:100], what=places)


_BUSY_STATES = {"55P03", "40001", "40P01", "57014"}
_GONE_STATES = {"57P01", "57P02", "57P03", "53300"}


def from_database(error: DBAPIError) -> AppError | None:
    """Tell a lock that took too long and a database that is away from a defect of ours."""
    state = getattr(error.orig, "sqlstate", None)
    if state in _BUSY_STATES or state in {"23505", "23P01"}:
        # A key or period that two requests raced for: the loser's retry sees the winner's row and is decided properly.
        return Busy()
    if state == "22021":
        # A NUL, which PostgreSQL keeps in no text, came in a parameter.
        return Malformed(what="a character that no text can hold")
    if error.connection_invalidated or state in _GONE_STATES or (isinstance(state, str) and state.startswith("08")):
        return DatabaseUnavailable()
    return None


_METHOD_NOT_ALLOWED = 405


@cache
def _pattern_of(path: str) -> re.Pattern[str]:
    """Compile the path of a route of ours once; anybody may ask a path by every method there is."""
    return compile_path(path)[0]


def _methods_at(request: Request) -> list[str]:
    """Name the methods of all routes on a path, as Allow must; the router would name those of the first one only."""
    methods: set[str] = set()
    for route in contexts_of(request.app):
        if _pattern_of(route.path or "").match(request.url.path):
            methods |= route.methods or set()
    return sorted(methods)


def body_too_large(settings: Settings) -> BodyTooLarge:
    """Refuse a body with the limits there are."""
    return BodyTooLarge(
        limit_bytes=settings.body_max_bytes,
        batch_limit_bytes=settings.batch_max_bytes,
        import_limit_bytes=settings.import_max_bytes,
    )


def unexpected(request: Request, error: Exception) -> Response:
    """Answer a defect of ours; its message may hold what was sent, so the log only names its kind and place."""
    logs.logger.error("unexpected_error", kind=type(error).__name__, where=logs.where(error))
    return render(request, Unexpected())


def install(app: FastAPI) -> None:
    """Let every refusal, whoever raised it, leave as one kind of answer."""

    async def app_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, AppError)  # noqa: S101 - registered for this class only
        return render(request, error)

    async def validation(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101
        return render(request, from_validation(error))

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101
        if error.status_code == BodyTooLarge.status:
            return render(request, body_too_large(request.app.state.service.settings))
        if error.status_code == BodyTooSlow.status:
            return render(request, BodyTooSlow())
        answer = render(request, HttpRefused(), status=error.status_code)
        if error.status_code == _METHOD_NOT_ALLOWED:
            answer.headers["Allow"] = ", ".join(_methods_at(request))
        return answer

    async def database(request: Request, error: Exception) -> Response:
        assert isinstance(error, DBAPIError)  # noqa: S101
        known = from_database(error)
        if known is None:
            logs.logger.error("database_error", sqlstate=getattr(error.orig, "sqlstate", None))
        return render(request, known or Unexpected())

    async def gone(request: Request, _error: Exception) -> Response:
        return render(request, DatabaseUnavailable())

    app.add_exception_handler(AppError, app_error)
    app.add_exception_handler(RequestValidationError, validation)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(DBAPIError, database)
    # What asyncpg raises unwrapped while it connects.
    app.add_exception_handler(ConnectionError, gone)
    app.add_exception_handler(TimeoutError, gone)
    app.add_exception_handler(gaierror, gone)
    app.add_exception_handler(PoolTimeoutError, gone)
