"""The refusals of webhooks."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class WebhookAddressRefused(AppError):
    """The address is none that events may be sent to."""

    code = "webhook_address_refused"
    title_zh, title_en = "此地址不能接收 Webhook", "Webhooks cannot be sent to this address"
    detail_zh = "原因：{why}。须为 https、允许的端口 {ports}、带域名且不含用户信息的公网地址。"
    detail_en = (
        "Why: {why}. It must be https, at one of the ports {ports}, with a public host name and no user information."
    )
    guide = Guide(
        cause=Both(
            "地址不是 https、端口不允许、含用户信息，或其域名指向非公网地址。",
            "The address is not https, has another port or user information, or its name leads to no public host.",
        ),
        fix=Both(
            "改用符合要求的公网 https 地址；允许的端口由 XPILOT_WEBHOOK_PORTS 设定。",
            "Use a public https address that fits; XPILOT_WEBHOOK_PORTS sets the ports allowed.",
        ),
        example={"why": "not_https", "ports": "443"},
    )


class EndpointsTooMany(AppError):
    """The organisation has as many endpoints as it may."""

    code = "webhook_endpoints_too_many"
    title_zh, title_en = "Webhook 端点数量已达上限", "There are as many webhook endpoints as there may be"
    detail_zh, detail_en = "每个组织最多 {limit} 个。", "At most {limit} for each organisation."
    guide = Guide(
        cause=Both(
            "组织的 Webhook 端点数量已达上限。",
            "The organisation has as many webhook endpoints as it may.",
        ),
        fix=Both(
            "先删除不用的端点，或修改已有端点。",
            "Remove an endpoint that is not used, or change one there is.",
        ),
        example={"limit": 10},
    )


class EndpointDisabled(AppError):
    """The endpoint gets no deliveries until it is enabled."""

    code = "webhook_endpoint_disabled"
    title_zh, title_en = "Webhook 端点已停用", "The webhook endpoint is disabled"
    detail_zh, detail_en = "停用原因：{reason}。请先启用。", "Disabled: {reason}. Enable it first."
    guide = Guide(
        cause=Both(
            "端点已停用，停用期间不投递也不重放。",
            "The endpoint is disabled: nothing is delivered or sent again to it.",
        ),
        fix=Both(
            "排除停用原因并启用端点，然后重试。",
            "Mend what it was disabled for, enable it, then try again.",
        ),
        example={"reason": "failing"},
    )


class ReplayTooLarge(AppError):
    """More events lie in the period than are sent again at once."""

    code = "webhook_replay_too_large"
    title_zh, title_en = "重放的事件过多", "Too many events to send again at once"
    detail_zh, detail_en = (
        "该时段有 {events} 个事件，上限 {limit}。",
        "The period holds {events} events, at most {limit}.",
    )
    guide = Guide(
        cause=Both(
            "所选时段内的事件超过一次重放的上限。",
            "The period holds more events than are sent again at once.",
        ),
        fix=Both(
            "缩短时段，分几次重放。",
            "Choose a shorter period, and replay in several parts.",
        ),
        example={"events": 12000, "limit": 10000},
    )
