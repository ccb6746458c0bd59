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
    """The token endpoint knows three ways to ask."""

    code = "unsupported_grant_type"
    status = 400
    title_zh, title_en = "不支持的 grant_type", "This grant_type is not supported"
    detail_zh = "可用：password、refresh_token、client_credentials。"
    detail_en = "Use password, refresh_token or client_credentials."
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


class RefreshRefused(AppError):
    """The refresh token is none of ours, was used before, or its session is over."""

    code = "refresh_refused"
    status = 401
    title_zh, title_en = "登录已失效，请重新登录", "The session is over: sign in again"
    guide = Guide(
        cause=Both(
            "刷新令牌无效、已使用过，或其会话已结束。",
            "The refresh token is none of ours, was used before, or its session is over.",
        ),
        fix=Both(
            "重新登录；每次刷新后只保存最新的刷新令牌。",
            "Sign in again; after each refresh keep only the newest refresh token.",
        ),
    )


class SignInLocked(AppError):
    """Signing in failed too often, for this name or from this address."""

    code = "sign_in_locked"
    status = 429
    title_zh, title_en = "登录失败次数过多，请稍后再试", "Signing in failed too often; try again later"
    detail_zh, detail_en = "请在 {seconds} 秒后再试。", "Try again in {seconds} seconds."
    guide = Guide(
        cause=Both(
            "该用户名或该地址的登录失败次数过多，暂时不再受理。",
            "Signing in failed too often for this name or from this address.",
        ),
        fix=Both(
            "按 Retry-After 等待后再试；忘记密码请管理员重置。",
            "Wait as Retry-After says; ask an administrator for a reset if the password is lost.",
        ),
        example={"seconds": 60},
    )


class SecondFactorNeeded(AppError):
    """The password is right, and the person's role asks for a code beside it."""

    code = "second_factor_needed"
    status = 401
    title_zh, title_en = "请输入动态验证码", "A code of the second factor is needed"
    detail_zh, detail_en = "请在 otp 中提供动态验证码。", "Send it as the form field otp."
    guide = Guide(
        cause=Both(
            "密码正确，但账号还需要动态验证码。",
            "The password is right, but the account asks for a code beside it.",
        ),
        fix=Both(
            "在 POST /v1/auth/token 的 otp 字段中附上验证码，连同密码重新提交。",
            "Send the password again to POST /v1/auth/token, with the code as otp.",
        ),
    )


class SecondFactorRefused(AppError):
    """The code of the second factor is wrong, too old, or was used before."""

    code = "second_factor_refused"
    status = 401
    title_zh, title_en = "动态验证码不正确或已使用", "The code of the second factor is wrong or was used before"
    guide = Guide(
        cause=Both(
            "动态验证码错误、已过期，或已使用过一次。",
            "The code is wrong, too old, or was used once already.",
        ),
        fix=Both(
            "核对设备时间，等待下一个验证码后再试。",
            "Check the device's clock, wait for the next code and try again.",
        ),
    )
