"""Refusals about sittings."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class RoomTaken(AppError):
    """No room serves two sittings at one time."""

    code = "room_taken"
    title_zh, title_en = "考场在该时段已被占用", "The room is taken at that time"
    detail_zh = "考场 {room} 在 {starts_at} 至 {ends_at} 已用于场次 {sitting}。"
    detail_en = "Room {room} serves the sitting {sitting} from {starts_at} to {ends_at}."
    guide = Guide(
        cause=Both(
            "另一场次在重叠的时段使用同一考场。",
            "Another sitting uses the same room at an overlapping time.",
        ),
        fix=Both("换一个考场或时段。", "Choose another room or another time."),
        example={
            "room": "A301",
            "sitting": "S-02",
            "starts_at": "2026-06-20T01:00:00+00:00",
            "ends_at": "2026-06-20T03:00:00+00:00",
        },
    )


class ExaminerTaken(AppError):
    """Nobody examines in two sittings at one time."""

    code = "examiner_taken"
    title_zh, title_en = "考务人员在该时段已有安排", "The examiner serves elsewhere at that time"
    detail_zh = "考务人员 {examiner} 在 {starts_at} 至 {ends_at} 已安排于场次 {sitting}。"
    detail_en = "Examiner {examiner} serves at the sitting {sitting} from {starts_at} to {ends_at}."
    guide = Guide(
        cause=Both(
            "同一人在重叠的时段已被安排到另一场次，或在同一场次中出现两次。",
            "The same person serves at another sitting at an overlapping time, or is named twice for this one.",
        ),
        fix=Both("换一位考务人员或时段。", "Name somebody else, or choose another time."),
        example={
            "examiner": "T0031",
            "sitting": "S-02",
            "starts_at": "2026-06-20T01:00:00+00:00",
            "ends_at": "2026-06-20T03:00:00+00:00",
        },
    )


class SittingCodeTaken(AppError):
    """The plan already has a sitting of this code."""

    code = "sitting_code_taken"
    title_zh, title_en = "场次编号已被使用", "The sitting's code is taken"
    detail_zh, detail_en = "编号 {sitting} 已用于本计划的另一场次。", "{sitting} names another sitting of the plan."
    guide = Guide(
        cause=Both("同一计划内场次编号不能重复。", "Within a plan a code names one sitting."),
        fix=Both("换一个编号，或修改已有的场次。", "Choose another code, or change the sitting there is."),
        example={"sitting": "S-01"},
    )


class LevelNotInPlan(AppError):
    """A sitting examines a level of its plan."""

    code = "level_not_in_plan"
    title_zh, title_en = "该等级不在考核计划内", "The plan does not examine the level"
    detail_zh, detail_en = "计划 {plan_code} 不考核该等级。", "The plan {plan_code} does not examine it."
    guide = Guide(
        cause=Both("场次的证书等级不在计划的等级之中。", "The sitting's level is none of the plan's."),
        fix=Both("选择计划内的等级。", "Choose one of the plan's levels."),
        example={"plan_code": "2026-1"},
    )


class SiteNotApproved(AppError):
    """A sitting is held only where the organisation approved the site for the level, on a day within its period."""

    code = "site_not_approved"
    title_zh, title_en = "站点未获该等级批准或不在有效期内", "The site is not approved for the level on that day"
    detail_zh, detail_en = "考核日 {held_on}，站点状态 {state}。", "On {held_on} the site is {state}."
    guide = Guide(
        cause=Both(
            "站点没有该等级的有效批准：未申报、未批准、已暂停、已撤回，或考核日不在有效期内。",
            "The site has no approval of the level that holds on the day: never applied, not decided, suspended, "
            "withdrawn, or outside its period.",
        ),
        fix=Both("换一个有效的站点，或先办理批准。", "Choose a site that is approved, or let it be approved first."),
        example={"held_on": "2026-06-20", "state": "suspended"},
    )


class RoomUnfit(AppError):
    """A sitting's rooms are open rooms of its site, and no more of their seats are used than there are."""

    code = "room_unfit"
    title_zh, title_en = "考场不可用", "A room cannot be used so"
    detail_zh, detail_en = "{rooms} 个考场不可用，见 errors。", "{rooms} rooms cannot be used so; see errors."
    guide = Guide(
        cause=Both(
            "考场不属于该站点、未开放，或所用座位多于考场座位。",
            "A room is not of the site, is not open, or has fewer seats than are to be used.",
        ),
        fix=Both("按 errors 中的位置调整。", "Change what errors points to."),
        example={"rooms": 1},
    )


class SiteFull(AppError):
    """At one time a site examines no more people than it was approved for."""

    code = "site_full"
    title_zh, title_en = "超出站点批准的同时考核人数", "More than the site is approved for at one time"
    detail_zh = "批准 {capacity} 人，同一时段已安排 {arranged} 座，本场次需 {asked} 座。"
    detail_en = "Approved for {capacity}; {arranged} seats are arranged at that time, and {asked} asked for."
    guide = Guide(
        cause=Both(
            "同一时段在该站点同等级各场次的座位之和超过批准的人数。",
            "The seats of the level's sittings at the site at one time add up to more than was approved.",
        ),
        fix=Both("减少座位、错开时段，或申请更大的容量。", "Use fewer seats or another time, or apply for more."),
        example={"capacity": 100, "arranged": 60, "asked": 50},
    )


class SeatsTaken(AppError):
    """A sitting keeps the seats that registrations hold."""

    code = "sitting_seats_taken"
    title_zh, title_en = "座位少于已占用数", "Fewer seats than are taken"
    detail_zh, detail_en = "拟定 {seats} 座，已占用 {taken} 座。", "{seats} seats were asked for; {taken} are taken."
    guide = Guide(
        cause=Both("已有报名占用的座位多于拟定的座位。", "Registrations hold more seats than there would be."),
        fix=Both("保留足够的座位，或先调整报名。", "Keep enough seats, or move registrations first."),
        example={"seats": 30, "taken": 36},
    )


class SittingTimeUnfit(AppError):
    """A sitting is arranged before it begins, and not before the day of the plan's exam."""

    code = "sitting_time_unfit"
    title_zh, title_en = "场次时间不合适", "The sitting's time will not do"
    detail_zh = "场次开始于 {starts_at}；计划考核日 {exam_on}，现在 {now}。"
    detail_en = "It starts at {starts_at}; the plan's exam is on {exam_on}, and it is {now}."
    guide = Guide(
        cause=Both(
            "场次已经开始或过去，或早于计划的考核日。",
            "The sitting has begun or is over, or would be before the day of the plan's exam.",
        ),
        fix=Both("选择考核日当天或之后、且尚未到来的时间。", "Choose a time to come, on the day of the exam or later."),
        example={
            "starts_at": "2026-06-19T01:00:00+00:00",
            "exam_on": "2026-06-20",
            "now": "2026-05-10T01:00:00+00:00",
        },
    )
