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


class ExamOver(AppError):
    """Nobody is registered, accepted or locked once the day of the exam is over."""

    code = "exam_over"
    title_zh, title_en = "考核日期已过", "The day of the exam is over"
    detail_zh, detail_en = "考核日期 {exam_on}，今天 {today}。", "The exam was on {exam_on}; today is {today}."
    guide = Guide(
        cause=Both(
            "考核日期已过，不再办理报名。",
            "The day of the exam is over, and its registrations stay as they are.",
        ),
        fix=Both(
            "改用未结束的计划；日期有误时请更正计划。", "Use a plan to come; if the date is wrong, correct the plan."
        ),
        example={"exam_on": "2026-05-20", "today": "2026-05-21"},
    )


class RegistrationStillOpen(AppError):
    """Candidates are locked when nobody can register any more."""

    code = "registration_still_open"
    title_zh, title_en = "报名尚未截止", "Registration is still open"
    detail_zh, detail_en = (
        "报名截止 {closes_on}，次日起可锁定。",
        "It closes on {closes_on}; lock from the next day on.",
    )
    guide = Guide(
        cause=Both("报名期间内名单仍会变动。", "While registration is open, the list of candidates still changes."),
        fix=Both("报名截止后再锁定。", "Lock the candidates when registration has closed."),
        example={"closes_on": "2026-03-31"},
    )


class SeatsGone(AppError):
    """Seats that were free a moment ago are not."""

    code = "seats_gone"
    title_zh, title_en = "考位刚被占用", "The seats were just taken"
    detail_zh, detail_en = "涉及 {sittings} 个场次。", "{sittings} sittings are concerned."
    guide = Guide(
        cause=Both(
            "读取之后考位数有变动，因此本次操作未保存。",
            "The seats changed after they were read, so that nothing of this deed was kept.",
        ),
        fix=Both(
            "用同一个 Idempotency-Key 重新提交。", "Send it again, with the same Idempotency-Key if there was one."
        ),
        example={"sittings": 1},
    )


class OfferExpired(AppError):
    """An offered seat was not taken in time."""

    code = "offer_expired"
    title_zh, title_en = "候补考位的确认期限已过", "The offer of a seat has expired"
    detail_zh, detail_en = "期限为 {offered_until}。", "It was to be taken until {offered_until}."
    guide = Guide(
        cause=Both(
            "候补考位须在期限内确认，过期后让给下一位。",
            "An offered seat is kept until its deadline, and then offered to the next in line.",
        ),
        fix=Both(
            "报名期间内可重新报名，按新的时间排队。", "Register again while registration is open, with a new turn."
        ),
        example={"offered_until": "2026-03-20T10:00:00+08:00"},
    )


class RegistrationsTooMany(AppError):
    """One file registers so many at most."""

    code = "registrations_too_many"
    status = 413
    title_zh, title_en = "名单行数过多", "The list is too long"
    detail_zh, detail_en = (
        "共 {rows} 人，一次最多 {limit_rows} 人。",
        "{rows} were named; at most {limit_rows} at once.",
    )
    guide = Guide(
        cause=Both("一次报名的人数超过上限。", "More were named than one request registers."),
        fix=Both("按班级分成几次提交。", "Send several lists, such as one for each class."),
        example={"rows": 3000, "limit_rows": 2000},
    )
