"""Refusals about registrations."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class RegistrationClosed(AppError):
    """The plan takes registrations only in its window."""

    code = "registration_closed"
    title_zh, title_en = "不在报名时间内", "Registration is not open"
    detail_zh, detail_en = "报名时间 {opens_on} 至 {closes_on}。", "Registration is open {opens_on} to {closes_on}."
    guide = Guide(
        cause=Both(
            "今天不在计划的报名期间内。",
            "Today is outside the plan's registration period.",
        ),
        fix=Both(
            "在报名期间内提交；需要延期时请与评价组织商定。",
            "Register within the period; agree with the organisation on a longer one if needed.",
        ),
        example={"opens_on": "2026-03-01", "closes_on": "2026-03-31"},
    )


class RegistrationsRefused(AppError):
    """Some of the registrations cannot be made; none was."""

    code = "registrations_refused"
    title_zh, title_en = "部分报名不符合条件，均未提交", "Some registrations were refused, none was made"
    detail_zh, detail_en = "共 {asked} 条，{refused} 条不符合，见 errors。", "{refused} of {asked}; see errors."
    guide = Guide(
        cause=Both(
            "名单中至少一条不符合条件；名单整体提交，因此一条也没有保存。",
            "At least one of the list cannot be registered; a list is taken whole, so none was.",
        ),
        fix=Both(
            "按 errors 中每一条的 code 处理或去掉后，用同一个 Idempotency-Key 重新提交。",
            "Settle or remove those in errors by their codes, then send again, with the same key if you like.",
        ),
        example={"asked": 40, "refused": 1},
    )
