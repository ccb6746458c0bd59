"""Refusals about participation and its quota."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class ParticipationExists(AppError):
    """The college or programme asked for the level in this year already."""

    code = "participation_exists"
    title_zh, title_en = "本学年该等级已申报", "Participation in the year was asked for already"
    detail_zh = "{academic_year} 学年已有申报（状态 {state}）：{participation_id}。"
    detail_en = "There is one for {academic_year} already ({state}): {participation_id}."
    guide = Guide(
        cause=Both(
            "同一学年、同一证书等级、同一学院或专业只有一份试点参与记录。",
            "A college or programme has one participation for a level and academic year.",
        ),
        fix=Both(
            "打开已有记录：被退回的可重新申报，已批准的由教务处调整名额。",
            "Open the one there is: ask again if it was refused; the office changes the quota of an approved one.",
        ),
        example={
            "academic_year": "2025-2026",
            "state": "asked",
            "participation_id": "0197a1c2-0000-7000-8000-000000000009",
        },
    )


class ParticipationNotAdmitted(AppError):
    """A college takes part only with a certificate that it has admitted."""

    code = "participation_not_admitted"
    title_zh, title_en = "该学院未准入此证书", "The college has not admitted the certificate"
    detail_zh = "截至 {today}，该学院没有在试点此证书。"
    detail_en = "On {today} the college does not run the certificate."
    guide = Guide(
        cause=Both(
            "证书尚未准入该学院，或已退出，不能批准试点参与。",
            "The certificate is not admitted to the college, or has exited, so that participation cannot be approved.",
        ),
        fix=Both(
            "先办理证书准入，再批准。",
            "Admit the certificate first, then approve.",
        ),
        example={"today": "2026-01-31"},
    )


class ParticipationOwnRequest(AppError):
    """Whoever asked does not approve."""

    code = "participation_own_request"
    status = 403
    title_zh, title_en = "不能批准自己提出的申报", "Nobody approves what they asked for"
    guide = Guide(
        cause=Both(
            "申报由您本人提出，批准须由另一人办理。",
            "You asked for it yourself; a second person approves it.",
        ),
        fix=Both(
            "请教务处其他人员批准。",
            "Let somebody else of the office approve it.",
        ),
    )


class QuotaBelowTaken(AppError):
    """A quota cannot fall below the places that registrations hold."""

    code = "quota_below_taken"
    title_zh, title_en = "名额低于已占用数", "The quota would be below the places taken"
    detail_zh = "拟定名额 {quota}，已占用 {taken}。"
    detail_en = "The quota would be {quota}; {taken} places are taken."
    guide = Guide(
        cause=Both(
            "已有报名占用的名额多于拟定的名额。",
            "Registrations hold more places than the quota would have.",
        ),
        fix=Both(
            "名额不低于已占用数，或先撤回部分报名。",
            "Choose a quota of at least the places taken, or let registrations be withdrawn first.",
        ),
        example={"quota": 8, "taken": 10},
    )


class QuotaExhausted(AppError):
    """More places were to be taken than are left."""

    code = "quota_exhausted"
    title_zh, title_en = "名额不足", "The quota is used up"
    detail_zh = "名额 {quota}，已占用 {taken}，本次需要 {asked}。"
    detail_en = "The quota is {quota}, {taken} are taken, {asked} were asked for."
    guide = Guide(
        cause=Both(
            "该学年该证书等级批准的名额已用完，或不足以容纳本次人数。",
            "The places approved for the level in the academic year are used up, or too few for the list.",
        ),
        fix=Both(
            "缩减名单，或由教务处凭文件调整名额。",
            "Shorten the list, or let the office raise the quota by a document.",
        ),
        example={"quota": 10, "taken": 8, "asked": 5},
    )
