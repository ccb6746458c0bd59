"""Refusals about sessions on the pilot."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class PilotSessionAhead(AppError):
    """What has not taken place was not held."""

    code = "pilot_session_ahead"
    title_zh, title_en = "培训尚未到举办日期", "The session is still to come"
    detail_zh, detail_en = "举办日期 {held_on}，今天 {today}。", "It is on {held_on}; today is {today}."
    guide = Guide(
        cause=Both("举办日期在今天之后，不能登记为已举办。", "Its day is after today, so that it was not held."),
        fix=Both("到举办日期再登记；日期有变的先修改日期。", "Wait for its day, or change the day first."),
        example={"held_on": "2026-12-10", "today": "2026-12-01"},
    )


class PilotParticipantsUnfit(AppError):
    """Only teachers and students that the caller acts for take part, as the audience admits."""

    code = "pilot_participants_unfit"
    title_zh, title_en = "名单中有人不能登记", "Somebody on the list cannot be recorded"
    detail_zh = "{unknown} 人不在您负责的学籍或教师名册中；{unfit} 人不属于培训对象。"
    detail_en = "{unknown} are not in the register you act for; {unfit} are not of the session's audience."
    guide = Guide(
        cause=Both(
            "名单中有查无此人的编号，或该场培训不面向其所属人群。",
            "The list names somebody unknown, or somebody the session is not for.",
        ),
        fix=Both("核对名单，或修改培训对象。", "Look through the list, or change the audience."),
        example={"unknown": 2, "unfit": 0},
    )


class PilotSessionOver(AppError):
    """A cancelled session has no participants."""

    code = "pilot_session_cancelled"
    title_zh, title_en = "培训已取消", "The session is cancelled"
    guide = Guide(
        cause=Both("已取消的培训不再登记参加人员。", "Nobody is recorded for a cancelled session."),
        fix=Both("另行安排一场培训。", "Plan another session."),
    )
