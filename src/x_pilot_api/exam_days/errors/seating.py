"""Refusals about seats."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class SeatsShort(AppError):
    """There are more candidates than the sitting's rooms have seats."""

    code = "seats_short"
    title_zh, title_en = "座位不足", "There are not enough seats"
    detail_zh = "需安排 {candidates} 人，{rooms} 个考场共 {seats} 个座位，缺 {missing} 个。"
    detail_en = "{candidates} candidates need a seat; {rooms} rooms have {seats}: {missing} are missing."
    guide = Guide(
        cause=Both(
            "本场次可用考场的座位少于需要安排的考生；可能有考场停用，或名单刚有增加。",
            "The rooms in use have fewer seats than there are candidates; a room may be lost, or somebody added.",
        ),
        fix=Both(
            "为场次增加考场或座位，或把部分考生调到其他场次，然后重新编排。",
            "Give the sitting another room or more seats, or move candidates to another sitting, and arrange again.",
        ),
        example={"candidates": 62, "rooms": 2, "seats": 60, "missing": 2},
    )


class SittingCancelled(AppError):
    """Nothing is prepared for a sitting that does not take place."""

    code = "sitting_is_cancelled"
    title_zh, title_en = "场次已取消", "The sitting was cancelled"
    guide = Guide(
        cause=Both("该场次已取消，不再编排座位或签到。", "The sitting was cancelled: nobody is seated or checked in."),
        fix=Both("请在另一场次操作。", "Use another sitting."),
    )


class TicketsHandedOut(AppError):
    """Whoever has a ticket already must not be moved without need."""

    code = "tickets_handed_out"
    title_zh, title_en = "准考证已发放，不能全部重排", "Tickets were handed out, so not everybody can be moved"
    detail_zh = "准考证发放于 {printed_at}；可用 :rearrange 只调整必须调整的考生。"
    detail_en = "Tickets were handed out at {printed_at}; :rearrange moves only those who must move."
    guide = Guide(
        cause=Both(
            "考生已拿到写有考场和座位的准考证，全部重排会使它们失效。",
            "Candidates hold tickets that name room and seat; arranging afresh would make all of them wrong.",
        ),
        fix=Both(
            "使用 :rearrange，只移动失去座位的考生并安排新增考生，然后为他们重新打印。",
            "Use :rearrange, which moves only who lost a seat and seats who is new; then print theirs again.",
        ),
        example={"printed_at": "2026-12-10T01:12:00+00:00"},
    )


class NotSeated(AppError):
    """The deed needs seats, and none were given out yet."""

    code = "seats_not_arranged"
    title_zh, title_en = "座位尚未编排", "Seats were not arranged yet"
    guide = Guide(
        cause=Both("该场次尚未编排座位。", "Nobody of the sitting has a seat yet."),
        fix=Both("先以 :arrange 编排座位。", "Arrange the seats by :arrange first."),
    )


class SeatingUnfit(AppError):
    """The arrangement no longer fits the candidates and rooms there are."""

    code = "seating_unfit"
    title_zh, title_en = "座位编排需要更新", "The arrangement has to be brought up to date"
    detail_zh = "{unseated} 名考生没有有效座位，{stale} 个座位属于已不在名单中的考生。"
    detail_en = "{unseated} candidates have no seat they can use; {stale} seats are held by somebody who is out."
    guide = Guide(
        cause=Both(
            "编排之后有考生加入或退出，或考场有变化。",
            "Since it was arranged somebody joined or left, or a room was lost.",
        ),
        fix=Both("以 :rearrange 更新后再打印。", "Bring it up to date by :rearrange, then print."),
        example={"unseated": 3, "stale": 1},
    )
