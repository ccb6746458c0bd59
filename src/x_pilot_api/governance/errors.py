"""Refusals about teach-out plans."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class OwnerUnknown(AppError):
    """Nobody of that id holds a role in the institution."""

    code = "owner_unknown"
    title_zh, title_en = "责任人不是本校人员", "The owner is nobody of the institution"
    guide = Guide(
        cause=Both(
            "所填责任人在本校没有角色，或已停用。",
            "Whoever is named holds no role in the institution, or is disabled.",
        ),
        fix=Both(
            "选择本校有角色的人员。",
            "Choose somebody who holds a role in the institution.",
        ),
    )


class DoneInFuture(AppError):
    """Nothing is done on a day that is to come."""

    code = "done_in_future"
    title_zh, title_en = "完成日期不能晚于今天", "It cannot be done on a day to come"
    detail_zh, detail_en = "完成日期 {done_on}，今天 {today}。", "It would be done on {done_on}; today is {today}."
    guide = Guide(
        cause=Both(
            "完成日期晚于今天。",
            "The day it was done lies in the future.",
        ),
        fix=Both(
            "完成之后再填写日期。",
            "Enter the day once it is done.",
        ),
        example={"done_on": "2026-12-31", "today": "2026-11-28"},
    )
