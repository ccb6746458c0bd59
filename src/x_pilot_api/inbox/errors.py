"""The refusals of the inbox."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class MailNotConfigured(AppError):
    """The installation has no mail server to send through."""

    code = "mail_not_configured"
    title_zh, title_en = "本系统尚未配置邮件服务器", "No mail server is configured"
    guide = Guide(
        cause=Both(
            "管理员没有设置 XPILOT_SMTP_HOST，邮件无从发出。",
            "XPILOT_SMTP_HOST is not set, so that nothing can be mailed.",
        ),
        fix=Both(
            "请管理员配置 XPILOT_SMTP_HOST 与 XPILOT_MAIL_FROM；在此之前，通知只在站内显示。",
            "Let an operator set XPILOT_SMTP_HOST and XPILOT_MAIL_FROM; until then messages are in the inbox alone.",
        ),
    )


class SmsNotConfigured(AppError):
    """The installation has no gateway for text messages."""

    code = "sms_not_configured"
    title_zh, title_en = "本系统尚未配置短信通道", "No gateway for text messages is configured"
    guide = Guide(
        cause=Both(
            "短信通道须由运营单位提供，本系统没有接入。",
            "A gateway for text messages is the operator's to provide, and none is connected.",
        ),
        fix=Both(
            "请选择站内通知或邮件；需要短信的，请运维人员接入短信通道。",
            "Choose the inbox or mail; who needs text messages asks the operator to connect a gateway.",
        ),
    )


class MailCodeTooSoon(AppError):
    """A code was asked for a moment ago."""

    code = "mail_code_too_soon"
    status = 429
    title_zh, title_en = "验证码请求过于频繁", "A code was asked for a moment ago"
    detail_zh, detail_en = "请在 {seconds} 秒后再试。", "Try again in {seconds} seconds."
    guide = Guide(
        cause=Both(
            "一分钟内只发送一次验证码，以免打扰他人的邮箱。",
            "One code a minute is sent, so that nobody's mailbox is flooded.",
        ),
        fix=Both(
            "按 Retry-After 等待后再试；已收到的验证码仍可使用。",
            "Wait as Retry-After says; the code that was sent is still good.",
        ),
        example={"seconds": 42},
    )


class MailCodeRefused(AppError):
    """The code is not the one that was mailed, is too old, or was tried too often."""

    code = "mail_code_refused"
    title_zh, title_en = "邮箱验证码不正确或已失效", "The code is wrong or no longer good"
    guide = Guide(
        cause=Both(
            "验证码与邮件中的不一致、已超过 30 分钟，或已连续输错 5 次；也可能尚未填写邮箱。",
            "It is not the code in the mail, is older than 30 minutes, was tried 5 times, or no address was given.",
        ),
        fix=Both(
            "核对邮件后重新输入；已失效的，重新填写邮箱以获取新的验证码。",
            "Look at the mail and send the code again; if it has ended, give the address anew to be sent another.",
        ),
    )


class MessageKindUnknown(AppError):
    """There are no messages of that kind."""

    code = "message_kind_unknown"
    title_zh, title_en = "没有这一类通知", "There are no messages of that kind"
    detail_zh, detail_en = "未知的通知类别：{kinds}。", "Unknown: {kinds}."
    guide = Guide(
        cause=Both(
            "所填的类别不在通知类别之中。",
            "A kind that was named is not among the kinds of messages.",
        ),
        fix=Both(
            "以 GET /v1/me/message-preferences 查看所有类别。",
            "GET /v1/me/message-preferences lists every kind.",
        ),
        example={"kinds": "award.lost"},
    )
