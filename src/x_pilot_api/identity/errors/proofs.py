"""Refusals about passwords, links and second factors."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class PasswordUnfit(AppError):
    """The new password is not what the installation's profile asks for."""

    code = "password_unfit"
    title_zh, title_en = "新密码不符合要求", "The new password is not fit"
    detail_zh, detail_en = "密码规则：{profile}，见 errors。", "The rules are those of {profile}; see errors."
    guide = Guide(
        cause=Both(
            "新密码过短、字符种类不足或容易被猜到；errors 列出全部原因。",
            "The new password is too short, of too few kinds of characters or easily guessed; errors says which.",
        ),
        fix=Both(
            "按 errors 逐项修改；几个不相关的词组成的长密码最易通过。",
            "Correct what errors lists; several unrelated words make a good password.",
        ),
        example={"profile": "asvs"},
    )


class PasswordWrong(AppError):
    """The current password is not the one given."""

    code = "password_wrong"
    title_zh, title_en = "当前密码不正确", "The current password is wrong"
    guide = Guide(
        cause=Both(
            "所填的当前密码与账号的密码不一致。",
            "What was given as the current password is not the account's.",
        ),
        fix=Both(
            "核对大小写和输入法后重试；忘记密码请向管理员索取重置链接。",
            "Check capitals and the input method and try again; ask an administrator for a link if it is lost.",
        ),
    )


class LinkRefused(AppError):
    """The link is none of ours, was used, was replaced by a newer one, or is too old."""

    code = "password_link_refused"
    status = 410
    title_zh, title_en = "链接无效、已使用或已过期", "The link is unknown, was used or is too old"
    detail_zh, detail_en = "请向管理员索取新的链接。", "Ask an administrator for a new one."
    guide = Guide(
        cause=Both(
            "链接不完整、已使用、已过期，或已被更新的链接取代。",
            "The link is incomplete, was used, is too old, or was replaced by a newer one.",
        ),
        fix=Both(
            "使用最新的链接；若仍无效，请管理员重新签发。",
            "Use the newest link; if that does not work, ask an administrator for another.",
        ),
    )


class SecondFactorKnown(AppError):
    """The person has a second factor already; an administrator can remove it."""

    code = "second_factor_known"
    title_zh, title_en = "已绑定动态验证码", "A second factor is there already"
    guide = Guide(
        cause=Both(
            "账号已绑定动态验证码，不能再绑定一个。",
            "The account has a second factor, and there is one for each person.",
        ),
        fix=Both(
            "直接使用已绑定的验证器；设备遗失请管理员解除绑定。",
            "Use the authenticator you have; ask an administrator to remove it if the device is lost.",
        ),
    )


class SecondFactorUnconfirmed(AppError):
    """The code that was to show that the second factor works does not fit, or none was begun."""

    code = "second_factor_unconfirmed"
    title_zh, title_en = "动态验证码不匹配，尚未绑定", "The code does not fit: the second factor is not in force"
    guide = Guide(
        cause=Both(
            "验证码与密钥不符、已过期，或尚未开始绑定。",
            "The code does not fit the secret or is too old, or no second factor was begun.",
        ),
        fix=Both(
            "核对设备时间后输入新的验证码；尚未开始绑定的，请先开始绑定。",
            "Check the device's clock and send a new code; begin first if nothing was begun.",
        ),
    )


class SecondFactorLocked(AppError):
    """Too many wrong codes were given."""

    code = "second_factor_locked"
    status = 429
    title_zh, title_en = "动态验证码错误次数过多，请稍后再试", "Too many wrong codes; try again later"
    detail_zh, detail_en = "请在 {seconds} 秒后再试。", "Try again in {seconds} seconds."
    guide = Guide(
        cause=Both(
            "动态验证码连续输错次数过多，暂时不再受理。",
            "Too many wrong codes were given, and none is taken for a while.",
        ),
        fix=Both(
            "按 Retry-After 等待，核对设备时间后再试。",
            "Wait as Retry-After says, check the device's clock and try again.",
        ),
        example={"seconds": 60},
    )
