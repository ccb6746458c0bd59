"""Refusals: one base class, one registry of codes, and what everybody may be refused for."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar, NamedTuple, TypedDict

from x_pilot_api.core.languages import Both

REGISTRY: "dict[str, type[AppError]]" = {}
"""Every code the service can answer with, and the refusal behind it."""

ITEM_CODES: "dict[str, ItemCode]" = {}
"""Every code a row or an item of a list can get, and what it says."""


class Fault(TypedDict, total=False):
    """One place in the request that is wrong."""

    pointer: str
    row: int
    column: str
    code: str
    detail: str
    blocking: bool


class Guide(NamedTuple):
    """What the page of a code says beyond its texts: why one gets it, what to do, and figures to show it with."""

    cause: Both
    fix: Both
    example: Mapping[str, object] = MappingProxyType({})


class ItemCode(NamedTuple):
    """What a code means that one row of a batch or one item of a list gets."""

    code: str
    kind: Both
    detail: Both
    fix: Both
    example: Mapping[str, object] = MappingProxyType({})


def know_items(*items: ItemCode) -> None:
    """Put the codes of an area's items on record, so that each has its page."""
    for item in items:
        if item.code in ITEM_CODES:
            raise TypeError(f"two items share the code {item.code}")
        ITEM_CODES[item.code] = item


_TOO_OFTEN = 429


class AppError(Exception):
    """A refusal with a stable code, texts in both languages, and the figures it rests on."""

    code: ClassVar[str]
    status: ClassVar[int] = 409
    title_zh: ClassVar[str]
    title_en: ClassVar[str]
    detail_zh: ClassVar[str] = ""
    detail_en: ClassVar[str] = ""
    headers: ClassVar[Mapping[str, str]] = {}
    guide: ClassVar[Guide]

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
        """Give the headers the refusal is answered with; whoever comes too often is told when to come again."""
        wait = {"Retry-After": str(self.figures["seconds"])} if self.status == _TOO_OFTEN else {}
        return {**self.headers, **wait}


class NotFound(AppError):
    """It does not exist, or the caller may not know that it does."""

    code = "not_found"
    status = 404
    title_zh, title_en = "未找到", "Not found"
    detail_zh, detail_en = "没有找到所请求的{zh}。", "There is no such {what} here."
    guide = Guide(
        cause=Both(
            "所请求的对象不存在，或不在您的院校、学院、专业或评价组织范围内；两者的回答相同。",
            "It does not exist, or is another institution's, college's or organisation's; both are answered alike.",
        ),
        fix=Both(
            "核对地址中的编号；若编号无误，请确认登录时所选的院校和角色。",
            "Check the id in the address; if it is right, check the institution and role you signed in with.",
        ),
        example={"what": "exam plan", "zh": "考核计划"},
    )

    def __init__(self, *, what: str, zh: str) -> None:
        super().__init__(what=what, zh=zh)


class Malformed(AppError):
    """A header or parameter is missing, unknown or cannot be read."""

    code = "malformed"
    status = 400
    title_zh, title_en = "请求无法解析", "The request cannot be read"
    detail_zh, detail_en = "{what}", "{what}"
    guide = Guide(
        cause=Both(
            "请求头、查询参数或路径参数缺失、拼写有误或无法解析，或请求内容不是合法的 JSON。",
            "A header, query or path parameter is missing, misspelt or unreadable, or the body is not JSON.",
        ),
        fix=Both(
            "按 detail 和 errors 指出的位置修改；查询参数不接受未定义的名称。",
            "Correct the places that detail and errors name; unknown query parameters are never ignored.",
        ),
        example={"what": "page_token"},
    )


class BodyInvalid(AppError):
    """The body can be parsed but does not follow its schema."""

    code = "body_invalid"
    status = 422
    title_zh, title_en = "请求内容不符合格式", "The body does not follow its schema"
    detail_zh, detail_en = "共有 {count} 处错误，见 errors。", "{count} places are wrong; see errors."
    guide = Guide(
        cause=Both(
            "请求内容可以解析，但字段缺失、多余、类型不符或超出取值范围。",
            "The body can be read, but a field is missing, unknown, of another type or out of range.",
        ),
        fix=Both(
            "errors 中每一项的 pointer 指出字段位置；按接口文档修改后重新提交。",
            "Each pointer in errors names a field; correct it as the API document says and send again.",
        ),
        example={"count": 1},
    )


class BodyTooLarge(AppError):
    """The body is larger than the service takes."""

    code = "body_too_large"
    status = 413
    title_zh, title_en = "请求内容过大", "The body is too large"
    detail_zh = (
        "普通请求上限为 {limit_bytes} 字节，成绩批次上限为 {batch_limit_bytes} 字节，"
        "导入文件上限为 {import_limit_bytes} 字节。"
    )
    detail_en = (
        "At most {limit_bytes} bytes are taken, for a result batch {batch_limit_bytes}, "
        "for a file to import {import_limit_bytes}."
    )
    # What is left of the body is not read, so nothing can follow it.
    headers: ClassVar[Mapping[str, str]] = {"Connection": "close"}
    guide = Guide(
        cause=Both(
            "请求内容超过服务允许的字节数，未被读取。",
            "The body has more bytes than the service takes, and was not read.",
        ),
        fix=Both(
            "把内容拆成几次提交，或请管理员调整上限。",
            "Send it in several requests, or ask the administrator for a higher limit.",
        ),
        example={"limit_bytes": 2097152, "batch_limit_bytes": 16777216, "import_limit_bytes": 20971520},
    )


class Unauthenticated(AppError):
    """Nobody the service knows is asking."""

    code = "unauthenticated"
    status = 401
    title_zh, title_en = "未登录或登录已失效", "Not signed in, or no longer"
    headers: ClassVar[Mapping[str, str]] = {"WWW-Authenticate": "Bearer"}
    guide = Guide(
        cause=Both(
            "没有访问令牌，或令牌已过期、不是本系统签发、所属人员已停用。",
            "There is no access token, or it has expired, is not ours, or belongs to somebody disabled.",
        ),
        fix=Both(
            "重新登录取得令牌，并以 Authorization: Bearer 请求头发送。",
            "Sign in again and send the token in the header Authorization: Bearer.",
        ),
    )


class Forbidden(AppError):
    """The caller's role does not include this deed."""

    code = "forbidden"
    status = 403
    title_zh, title_en = "无权执行此操作", "Your role does not include this"
    detail_zh, detail_en = "需要权限 {permission}。", "It needs the permission {permission}."
    guide = Guide(
        cause=Both(
            "您的角色或客户端的授权范围不包含此操作。",
            "Your roles, or the scopes of your client, do not include this deed.",
        ),
        fix=Both(
            "请院校或平台的安全管理员授予包含该权限的角色；授权即时生效。",
            "Ask the security administrator for a role that includes the permission; it acts at once.",
        ),
        example={"permission": "mappings:publish"},
    )


class Busy(AppError):
    """Somebody else is changing the same thing right now; trying again will tell."""

    code = "busy"
    status = 409
    title_zh, title_en = "正在处理，请稍后重试", "Somebody is changing this right now; try again"
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "1"}
    guide = Guide(
        cause=Both(
            "另一请求正在修改同一对象，等待超过了时限。",
            "Another request is changing the same thing and took longer than this one could wait.",
        ),
        fix=Both(
            "按 Retry-After 等待后原样重试；带 Idempotency-Key 的请求用同一个键。",
            "Wait as Retry-After says and send the same again, with the same Idempotency-Key if there was one.",
        ),
    )


class Overloaded(AppError):
    """More is asked at once than can be answered in good time."""

    code = "overloaded"
    status = 503
    title_zh, title_en = "请求过多，请稍后重试", "Too much is asked at once; try again"
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "2"}
    guide = Guide(
        cause=Both(
            "同时到达的请求超过了服务能及时处理的数量。",
            "More requests came at once than can be answered in good time.",
        ),
        fix=Both(
            "按 Retry-After 等待后重试，并减少并发。",
            "Wait as Retry-After says, then try again with fewer requests at a time.",
        ),
    )


class DatabaseUnavailable(AppError):
    """The database cannot be reached."""

    code = "database_unavailable"
    status = 503
    title_zh, title_en = "数据库暂时不可用", "The database cannot be reached"
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "5"}
    guide = Guide(
        cause=Both(
            "服务暂时连不上数据库；未回答成功的操作可能已生效也可能未生效。",
            "The service cannot reach its database; a deed that was not answered may or may not have happened.",
        ),
        fix=Both(
            "按 Retry-After 等待后用同一个 Idempotency-Key 重试，不会重复生效。",
            "Wait as Retry-After says and repeat with the same Idempotency-Key: it takes effect once.",
        ),
    )


class HttpRefused(AppError):
    """The path or method does not exist."""

    code = "http_refused"
    status = 404
    title_zh, title_en = "路径或方法不存在", "No such path or method"
    guide = Guide(
        cause=Both(
            "地址拼写有误，或该地址不支持所用的方法；Allow 请求头列出可用的方法。",
            "The address is misspelt, or does not know the method; the header Allow lists those it knows.",
        ),
        fix=Both(
            "对照接口文档核对地址和方法。",
            "Compare address and method with the API document.",
        ),
    )


class Unexpected(AppError):
    """A defect of ours."""

    code = "unexpected"
    status = 500
    title_zh, title_en = "系统内部错误", "Something went wrong on our side"
    detail_zh, detail_en = "请把 request_id 告诉管理员。", "Please tell the administrator the request_id."
    guide = Guide(
        cause=Both(
            "系统自身的缺陷；日志中只记录了种类和位置，没有您提交的内容。",
            "A defect of ours; the log names its kind and place and nothing you sent.",
        ),
        fix=Both(
            "把 request_id 告诉管理员；带 Idempotency-Key 的请求可原样重试。",
            "Tell the administrator the request_id; a request with an Idempotency-Key may be repeated as it is.",
        ),
    )


class BodyTooSlow(AppError):
    """The body did not come in good time, and a slow client must hold nothing up."""

    code = "body_too_slow"
    status = 408
    title_zh, title_en = "请求内容传输过慢", "The body came too slowly"
    headers: ClassVar[Mapping[str, str]] = {"Connection": "close"}
    guide = Guide(
        cause=Both(
            "请求内容没有在时限内到齐。",
            "The body was not whole within the time there is for it.",
        ),
        fix=Both(
            "检查网络后重试；内容较大时拆成几次提交。",
            "Check the network and try again; send a large body in several requests.",
        ),
    )


class RateLimited(AppError):
    """The caller asks more often than one may."""

    code = "rate_limited"
    status = 429
    title_zh, title_en = "请求过于频繁", "You ask too often"
    detail_zh = "限额 {policy}：每分钟 {quota} 次，请在 {seconds} 秒后重试。"
    detail_en = "The policy {policy} allows {quota} requests a minute: try again in {seconds} seconds."
    guide = Guide(
        cause=Both(
            "同一地址、同一登录人员或同一客户端在一分钟内的请求超过限额；RateLimit-Policy 列出各项限额。",
            "One address, person or client asked more often than the quota; RateLimit-Policy lists the quotas.",
        ),
        fix=Both(
            "按 Retry-After 等待；批量提交代替逐条提交；根据 RateLimit 中的剩余次数调节速度。",
            "Wait as Retry-After says; send batches, not single rows; pace yourself by what RateLimit says is left.",
        ),
        example={"policy": "caller", "quota": 1200, "seconds": 3},
    )


class TookTooLong(AppError):
    """The answer was not ready in the time a request may take; what it did is taken back."""

    code = "took_too_long"
    status = 503
    title_zh, title_en = "处理超时，已撤回", "It took too long and was taken back"
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "5"}
    guide = Guide(
        cause=Both(
            "服务没有在时限内完成该请求。",
            "The service could not finish the request in the time it may take.",
        ),
        fix=Both(
            "按 Retry-After 等待后用同一个 Idempotency-Key 重试；请求较大时拆小。",
            "Wait as Retry-After says and repeat with the same Idempotency-Key; make a large request smaller.",
        ),
    )
