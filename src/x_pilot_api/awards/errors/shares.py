"""Refusals about links by which certificates are shown."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class ShareClosed(AppError):
    """The link was recalled, has expired, or was looked at as often as its holder allowed."""

    code = "share_closed"
    status = 410
    title_zh, title_en = "分享链接已失效", "The link no longer shows anything"
    guide = Guide(
        cause=Both(
            "持证人收回了链接，或链接已过期，或已达到允许的查看次数。",
            "Its holder recalled it, its time is over, or it was looked at as often as its holder allowed.",
        ),
        fix=Both("请持证人重新分享。", "Ask the holder for another link."),
    )


class SharesTooMany(AppError):
    """The holder has as many open links to the certificate as there can be."""

    code = "shares_too_many"
    title_zh, title_en = "有效的分享链接过多", "There are too many open links"
    detail_zh, detail_en = (
        "该证书已有 {count} 个有效链接，上限为 {limit}。",
        "There are {count} open links to the certificate; {limit} are the most.",
    )
    guide = Guide(
        cause=Both("每张证书同时有效的分享链接有上限。", "A certificate has so many open links at most."),
        fix=Both("先收回不再需要的链接。", "Recall links that are no longer needed."),
        example={"count": 20, "limit": 20},
    )
