"""Refusals about incidents."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class ConsequenceUnfit(AppError):
    """This cannot follow from that kind of incident."""

    code = "consequence_unfit"
    title_zh, title_en = "该类事件不能有此后果", "This cannot follow from that kind of incident"
    detail_zh = "{category} 可以有的后果：{possible}；请求的是 {consequence}。"
    detail_en = "From {category} there can follow: {possible}; {consequence} was asked for."
    guide = Guide(
        cause=Both(
            "后果由事件类别决定，例如违纪不能恢复保障考试。",
            "What can follow depends on the category: a breach, for example, never restores the guarantee.",
        ),
        fix=Both(
            "从 GET /v1/exam-incident-categories 列出的后果中选择。",
            "Choose one that GET /v1/exam-incident-categories lists.",
        ),
        example={"category": "breach", "possible": "none, voids_result", "consequence": "restores_guarantee"},
    )


class SecondPersonNeeded(AppError):
    """Whoever reported an incident does not decide on it."""

    code = "incident_needs_a_second_person"
    title_zh, title_en = "须由另一人裁定", "Somebody else has to decide"
    guide = Guide(
        cause=Both(
            "事件的上报人不能裁定自己的上报。", "Whoever reported an incident cannot decide on their own report."
        ),
        fix=Both("请另一名有权限的人员裁定。", "Ask another person who holds the permission."),
    )


class IncidentOutOfTime(AppError):
    """An incident happens on the day of the sitting."""

    code = "incident_out_of_time"
    title_zh, title_en = "事件时间不在场次范围内", "The moment is outside the sitting's time"
    detail_zh = "事件时间须在 {earliest} 至 {latest} 之间。"
    detail_en = "It has to have happened between {earliest} and {latest}."
    guide = Guide(
        cause=Both("事件时间早于场次当天，或在将来。", "The moment is before the sitting's day, or in the future."),
        fix=Both("核对时间和场次。", "Check the moment and the sitting."),
        example={"earliest": "2026-12-19T19:00:00+00:00", "latest": "2026-12-20T14:00:00+00:00"},
    )
