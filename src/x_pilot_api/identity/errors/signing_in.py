"""Refusals about signing in."""

from x_pilot_api.core.errors import AppError


class SignInRefused(AppError):
    """The name or the secret is wrong; which of them is not told."""

    code = "sign_in_refused"
    status = 401
    title_zh, title_en = "用户名、客户端或密码不正确", "The name or the secret is wrong"


class GrantUnsupported(AppError):
    """The token endpoint knows two ways to ask."""

    code = "unsupported_grant_type"
    status = 400
    title_zh, title_en = "不支持的 grant_type", "This grant_type is not supported"
    detail_zh, detail_en = "可用：password、client_credentials。", "Use password or client_credentials."


class ScopeRefused(AppError):
    """The client asked for a scope it was not given."""

    code = "invalid_scope"
    status = 400
    title_zh, title_en = "超出已授权的 scope", "The client was not given this scope"
    detail_zh, detail_en = "未授权：{scope}。", "Not given: {scope}."


class InstitutionUnclear(AppError):
    """The person works in several institutions, or not in the one named."""

    code = "institution_unclear"
    status = 400
    title_zh, title_en = "请指明院校", "Name the institution"
    detail_zh, detail_en = "institution 可填：{codes}。", "Set institution to one of: {codes}."
