"""Refusals about passwords, links and second factors."""

from x_pilot_api.core.errors import AppError


class PasswordUnfit(AppError):
    """The new password is not what the installation's profile asks for."""

    code = "password_unfit"
    title_zh, title_en = "新密码不符合要求", "The new password is not fit"
    detail_zh, detail_en = "密码规则：{profile}，见 errors。", "The rules are those of {profile}; see errors."


class PasswordWrong(AppError):
    """The current password is not the one given."""

    code = "password_wrong"
    title_zh, title_en = "当前密码不正确", "The current password is wrong"


class LinkRefused(AppError):
    """The link is none of ours, was used, was replaced by a newer one, or is too old."""

    code = "password_link_refused"
    status = 410
    title_zh, title_en = "链接无效、已使用或已过期", "The link is unknown, was used or is too old"
    detail_zh, detail_en = "请向管理员索取新的链接。", "Ask an administrator for a new one."


class SecondFactorKnown(AppError):
    """The person has a second factor already; an administrator can remove it."""

    code = "second_factor_known"
    title_zh, title_en = "已绑定动态验证码", "A second factor is there already"


class SecondFactorUnconfirmed(AppError):
    """The code that was to show that the second factor works does not fit, or none was begun."""

    code = "second_factor_unconfirmed"
    title_zh, title_en = "动态验证码不匹配，尚未绑定", "The code does not fit: the second factor is not in force"


class SecondFactorLocked(AppError):
    """Too many wrong codes were given."""

    code = "second_factor_locked"
    status = 429
    title_zh, title_en = "动态验证码错误次数过多，请稍后再试", "Too many wrong codes; try again later"
    detail_zh, detail_en = "请在 {seconds} 秒后再试。", "Try again in {seconds} seconds."

    def answer_headers(self) -> dict[str, str]:
        """Say when to try again."""
        return {"Retry-After": str(self.figures["seconds"])}
