"""Refusals about signing in."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class SignInRefused(AppError):
    """The name or the secret is wrong; which of them is not told."""

    code = "sign_in_refused"
    status = 401
    title_zh, title_en = "用户名、客户端或密码不正确", "The name or the secret is wrong"
    guide = Guide(
        cause=Both(
            "用户名、客户端编号、密码或密钥有误，或账号已停用；不说明是哪一项。",
            "The name, client id, password or secret is wrong, or the account is disabled; which of them is not told.",
        ),
        fix=Both(
            "核对后重试；忘记密码请管理员重置。",
            "Check and try again; ask the administrator for a reset if the password is lost.",
        ),
    )


class GrantUnsupported(AppError):
    """The token endpoint knows two ways to ask."""

    code = "unsupported_grant_type"
    status = 400
    title_zh, title_en = "不支持的 grant_type", "This grant_type is not supported"
    detail_zh, detail_en = "可用：password、client_credentials。", "Use password or client_credentials."
    guide = Guide(
        cause=Both(
            "grant_type 不是本服务支持的方式。",
            "The grant_type is none this service knows.",
        ),
        fix=Both(
            "使用 detail 中列出的方式之一。",
            "Use one that the detail lists.",
        ),
    )


class ScopeRefused(AppError):
    """The client asked for a scope it was not given."""

    code = "invalid_scope"
    status = 400
    title_zh, title_en = "超出已授权的 scope", "The client was not given this scope"
    detail_zh, detail_en = "未授权：{scope}。", "Not given: {scope}."
    guide = Guide(
        cause=Both(
            "客户端申请了未授予它的 scope。",
            "The client asked for a scope it was not given.",
        ),
        fix=Both(
            "只申请已授予的 scope，或请平台管理员增加授权。",
            "Ask only for scopes you were given, or ask the operator for more.",
        ),
        example={"scope": "certificates:read"},
    )


class InstitutionUnclear(AppError):
    """The person works in several institutions, or not in the one named."""

    code = "institution_unclear"
    status = 400
    title_zh, title_en = "请指明院校", "Name the institution"
    detail_zh, detail_en = "institution 可填：{codes}。", "Set institution to one of: {codes}."
    guide = Guide(
        cause=Both(
            "您在几所院校任职而没有指明，或指明的院校不在其中。",
            "You work in several institutions and named none, or one that is not among them.",
        ),
        fix=Both(
            "在 institution 参数中填写十位院校代码。",
            "Send the ten digits of one of them as institution.",
        ),
        example={"codes": "4132010001, 4132010002"},
    )
