"""Refusals about signing in."""

from x_pilot_api.core.errors import AppError


class SignInRefused(AppError):
    """The name or the secret is wrong; which of them is not told."""

    code = "sign_in_refused"
    status = 401
    title_zh, title_en = "用户名、客户端或密码不正确", "The name or the secret is wrong"


class GrantUnsupported(AppError):
    """The token endpoint knows three ways to ask."""

    code = "unsupported_grant_type"
    status = 400
    title_zh, title_en = "不支持的 grant_type", "This grant_type is not supported"
    detail_zh = "可用：password、refresh_token、client_credentials。"
    detail_en = "Use password, refresh_token or client_credentials."


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


class RefreshRefused(AppError):
    """The refresh token is none of ours, was used before, or its session is over."""

    code = "refresh_refused"
    status = 401
    title_zh, title_en = "登录已失效，请重新登录", "The session is over: sign in again"


class SignInLocked(AppError):
    """Signing in failed too often, for this name or from this address."""

    code = "sign_in_locked"
    status = 429
    title_zh, title_en = "登录失败次数过多，请稍后再试", "Signing in failed too often; try again later"
    detail_zh, detail_en = "请在 {seconds} 秒后再试。", "Try again in {seconds} seconds."

    def answer_headers(self) -> dict[str, str]:
        """Say when to try again."""
        return {"Retry-After": str(self.figures["seconds"])}


class SecondFactorNeeded(AppError):
    """The password is right, and the person's role asks for a code beside it."""

    code = "second_factor_needed"
    status = 401
    title_zh, title_en = "请输入动态验证码", "A code of the second factor is needed"
    detail_zh, detail_en = "请在 otp 中提供动态验证码。", "Send it as the form field otp."


class SecondFactorRefused(AppError):
    """The code of the second factor is wrong, too old, or was used before."""

    code = "second_factor_refused"
    status = 401
    title_zh, title_en = "动态验证码不正确或已使用", "The code of the second factor is wrong or was used before"
