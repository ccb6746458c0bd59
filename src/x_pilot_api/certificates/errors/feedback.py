"""Refusals about quality feedback."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class NotOfTheOrganisation(AppError):
    """Only the certificate's organisation answers feedback."""

    code = "not_of_the_organisation"
    status = 403
    title_zh, title_en = "只有证书的评价组织可以答复", "Only the certificate's organisation answers"
    guide = Guide(
        cause=Both(
            "您能看到该反馈，但不代表该证书的评价组织。",
            "You may see the feedback, but do not speak for the certificate's organisation.",
        ),
        fix=Both(
            "由评价组织的人员或其系统答复。",
            "Let the organisation's people or its system answer.",
        ),
    )


class DueInPast(AppError):
    """An answer cannot be due on a day that is over."""

    code = "due_in_past"
    title_zh, title_en = "答复期限已过", "The day it is due is over"
    detail_zh, detail_en = "期限 {due_on}，今天 {today}。", "It would be due on {due_on}; today is {today}."
    guide = Guide(
        cause=Both(
            "发送或重开反馈时，答复期限须为今天或以后。",
            "When feedback is sent or reopened, its answer is due today or later.",
        ),
        fix=Both(
            "修改期限后重试。",
            "Change the day and try again.",
        ),
        example={"due_on": "2026-01-31", "today": "2026-02-01"},
    )
