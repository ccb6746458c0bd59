"""Refusals about conversions; what is wrong with one item of a list is an item code of `rules.conversions`."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class ConversionsRefused(AppError):
    """Some items of a list cannot be asked for or decided, and nothing was done."""

    code = "conversions_refused"
    title_zh, title_en = "转换未办理", "Nothing was converted or decided"
    detail_zh = "共 {asked} 项，其中 {refused} 项不能办理，见 errors；没有任何一项被办理。"
    detail_en = "{asked} were named, {refused} of them cannot be done; see errors. None was done."
    guide = Guide(
        cause=Both(
            "名单中有的转换不符合规则、限额或所处的步骤；整份名单没有办理。",
            "Some of the list break a rule or a limit, or are at another step; nothing of the list was done.",
        ),
        fix=Both(
            "按 errors 逐项处理：修改、从名单中去掉，或改为拒绝。",
            "Go by errors: change an item, take it off the list, or refuse it.",
        ),
        example={"asked": 40, "refused": 1},
    )


class ConversionPolicyInPast(AppError):
    """A new version of the chain does not reach into the past, nor before the version it follows."""

    code = "conversion_policy_in_past"
    title_zh, title_en = "转换流程设置不能追溯", "A chain does not reach into the past"
    detail_zh = "新版自 {effective_from} 起，不得早于 {earliest}。"
    detail_en = "The new version would hold from {effective_from}; {earliest} is the earliest."
    guide = Guide(
        cause=Both(
            "新版转换流程的生效日期早于今天，或早于上一版的生效日期。",
            "The new version would hold before today, or before the version it follows.",
        ),
        fix=Both("从今天或以后的日期起生效。", "Let it hold from today or later."),
        example={"effective_from": "2026-01-01", "earliest": "2026-05-01"},
    )
