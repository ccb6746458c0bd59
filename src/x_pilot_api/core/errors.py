"""Refusals: one base class, one registry of codes, one rendering as RFC 9457 problem details."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, TypedDict

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel, Field
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from x_pilot_api.core import logs
from x_pilot_api.core.settings import Settings

REGISTRY: "dict[str, type[AppError]]" = {}
"""Every code the service can answer with, and the refusal behind it."""


class Fault(TypedDict, total=False):
    """One place in the request that is wrong."""

    pointer: str
    row: int
    column: str
    code: str
    detail: str
    blocking: bool


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


class AppError(Exception):
    """A refusal with a stable code, texts in both languages, and the figures it rests on."""

    code: ClassVar[str]
    status: ClassVar[int] = 409
    title_zh: ClassVar[str]
    title_en: ClassVar[str]
    detail_zh: ClassVar[str] = ""
    detail_en: ClassVar[str] = ""
    headers: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *, faults: Sequence[Fault] = (), **figures: object) -> None:
        super().__init__(self.code)
        self.figures = figures
        self.faults = faults

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if cls.code in REGISTRY:
            raise TypeError(f"two refusals share the code {cls.code}")
        REGISTRY[cls.code] = cls

    def title(self, *, chinese: bool) -> str:
        """Name the refusal in a few words."""
        return self.title_zh if chinese else self.title_en

    def detail(self, *, chinese: bool) -> str:
        """Say what was refused, with its figures."""
        template = (self.detail_zh if chinese else self.detail_en) or self.title(chinese=chinese)
        return template.format_map(self.figures)

    def answer_headers(self) -> dict[str, str]:
        """Give the headers the refusal is answered with."""
        return dict(self.headers)


class NotFound(AppError):
    """It does not exist, or the caller may not know that it does."""

    code = "not_found"
    status = 404
    title_zh, title_en = "未找到", "Not found"
    detail_zh, detail_en = "没有找到所请求的{zh}。", "There is no such {what} here."

    def __init__(self, *, what: str, zh: str) -> None:
        super().__init__(what=what, zh=zh)


class Malformed(AppError):
    """A header or parameter is missing, unknown or cannot be read."""

    code = "malformed"
    status = 400
    title_zh, title_en = "请求无法解析", "The request cannot be read"
    detail_zh, detail_en = "{what}", "{what}"


class BodyInvalid(AppError):
    """The body can be parsed but does not follow its schema."""

    code = "body_invalid"
    status = 422
    title_zh, title_en = "请求内容不符合格式", "The body does not follow its schema"
    detail_zh, detail_en = "共有 {count} 处错误，见 errors。", "{count} places are wrong; see errors."


class BodyTooLarge(AppError):
    """The body is larger than the service takes."""

    code = "body_too_large"
    status = 413
    title_zh, title_en = "请求内容过大", "The body is too large"
    detail_zh = "普通请求上限为 {limit_bytes} 字节，成绩批次上限为 {batch_limit_bytes} 字节。"
    detail_en = "At most {limit_bytes} bytes are taken, for a result batch {batch_limit_bytes}."


class Unauthenticated(AppError):
    """Nobody the service knows is asking."""

    code = "unauthenticated"
    status = 401
    title_zh, title_en = "未登录或登录已失效", "Not signed in, or no longer"
    headers: ClassVar[Mapping[str, str]] = {"WWW-Authenticate": "Bearer"}


class Forbidden(AppError):
    """The caller's role does not include this deed."""

    code = "forbidden"
    status = 403
    title_zh, title_en = "无权执行此操作", "Your role does not include this"
    detail_zh, detail_en = "需要权限 {permission}。", "It needs the permission {permission}."


class Busy(AppError):
    """Somebody else is changing the same thing right now; trying again will tell."""

    code = "busy"
    status = 409
    title_zh, title_en = "正在处理，请稍后重试", "Somebody is changing this right now; try again"
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "1"}


class Overloaded(AppError):
    """More is asked at once than can be answered in good time."""

    code = "overloaded"
    status = 503
    title_zh, title_en = "请求过多，请稍后重试", "Too much is asked at once; try again"
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "2"}


class DatabaseUnavailable(AppError):
    """The database cannot be reached."""

    code = "database_unavailable"
    status = 503
    title_zh, title_en = "数据库暂时不可用", "The database cannot be reached"
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "5"}


class HttpRefused(AppError):
    """The path or method does not exist."""

    code = "http_refused"
    status = 404
    title_zh, title_en = "路径或方法不存在", "No such path or method"


class Unexpected(AppError):
    """A defect of ours."""

    code = "unexpected"
    status = 500
    title_zh, title_en = "系统内部错误", "Something went wrong on our side"
    detail_zh, detail_en = "请把 request_id 告诉管理员。", "Please tell the administrator the request_id."


def _wants_chinese(request: Request) -> bool:
    """Read Accept-Language: Chinese is the default, English when it is asked for first."""
    first = request.headers.get("accept-language", "").split(",")[0].strip().lower()
    return not first.startswith("en")


def render(request: Request, error: AppError, *, status: int | None = None) -> JSONResponse:
    """Write a refusal as problem details."""
    chinese = _wants_chinese(request)
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
        headers=error.answer_headers(),
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


def _methods_at(request: Request) -> list[str]:
    """Name the methods of all routes on a path, as Allow must; the router would name those of the first one only."""
    methods: set[str] = set()
    for route in iter_route_contexts(request.app.routes):
        pattern, _, _ = compile_path(route.path or "")
        if pattern.match(request.url.path):
            methods |= route.methods or set()
    return sorted(methods)


def body_too_large(settings: Settings) -> BodyTooLarge:
    """Refuse a body with the limits there are."""
    return BodyTooLarge(limit_bytes=settings.body_max_bytes, batch_limit_bytes=settings.batch_max_bytes)


def unexpected(request: Request, error: Exception) -> JSONResponse:
    """Answer a defect of ours; its message may hold what was sent, so the log only names its kind and place."""
    logs.logger.error("unexpected_error", kind=type(error).__name__, where=logs.where(error))
    return render(request, Unexpected())


def install(app: FastAPI) -> None:
    """Let every refusal, whoever raised it, leave as one kind of answer."""

    async def app_error(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, AppError)  # noqa: S101 - registered for this class only
        return render(request, error)

    async def validation(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)  # noqa: S101
        return render(request, from_validation(error))

    async def http(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)  # noqa: S101
        if error.status_code == BodyTooLarge.status:
            return render(request, body_too_large(request.app.state.service.settings))
        answer = render(request, HttpRefused(), status=error.status_code)
        if error.status_code == _METHOD_NOT_ALLOWED:
            answer.headers["Allow"] = ", ".join(_methods_at(request))
        return answer

    async def database(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, DBAPIError)  # noqa: S101
        known = from_database(error)
        if known is None:
            logs.logger.error("database_error", sqlstate=getattr(error.orig, "sqlstate", None))
        return render(request, known or Unexpected())

    async def gone(request: Request, _error: Exception) -> JSONResponse:
        return render(request, DatabaseUnavailable())

    app.add_exception_handler(AppError, app_error)
    app.add_exception_handler(RequestValidationError, validation)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(DBAPIError, database)
    app.add_exception_handler(ConnectionRefusedError, gone)
    app.add_exception_handler(PoolTimeoutError, gone)
