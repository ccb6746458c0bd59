"""The refusals of webhooks."""

from x_pilot_api.core.errors import AppError


class WebhookAddressRefused(AppError):
    """The address is none that events may be sent to."""

    code = "webhook_address_refused"
    title_zh, title_en = "此地址不能接收 Webhook", "Webhooks cannot be sent to this address"
    detail_zh = "原因：{why}。须为 https、允许的端口 {ports}、带域名且不含用户信息的公网地址。"
    detail_en = (
        "Why: {why}. It must be https, at one of the ports {ports}, with a public host name and no user information."
    )


class EndpointsTooMany(AppError):
    """The organisation has as many endpoints as it may."""

    code = "webhook_endpoints_too_many"
    title_zh, title_en = "Webhook 端点数量已达上限", "There are as many webhook endpoints as there may be"
    detail_zh, detail_en = "每个组织最多 {limit} 个。", "At most {limit} for each organisation."


class EndpointDisabled(AppError):
    """The endpoint gets no deliveries until it is enabled."""

    code = "webhook_endpoint_disabled"
    title_zh, title_en = "Webhook 端点已停用", "The webhook endpoint is disabled"
    detail_zh, detail_en = "停用原因：{reason}。请先启用。", "Disabled: {reason}. Enable it first."


class ReplayTooLarge(AppError):
    """More events lie in the period than are sent again at once."""

    code = "webhook_replay_too_large"
    title_zh, title_en = "重放的事件过多", "Too many events to send again at once"
    detail_zh, detail_en = (
        "该时段有 {events} 个事件，上限 {limit}。",
        "The period holds {events} events, at most {limit}.",
    )
