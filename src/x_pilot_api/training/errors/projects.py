"""Refusals about projects, places, results and surveys."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class EnrolmentEnded(AppError):
    """The deadline of enrolment is past."""

    code = "training_enrolment_ended"
    title_zh, title_en = "培训报名已截止", "Enrolment has ended"
    detail_zh, detail_en = (
        "报名于 {enrols_until} 截止，今天是 {today}。",
        "It ended on {enrols_until}; today is {today}.",
    )
    guide = Guide(
        cause=Both("今天晚于项目公布的报名截止日期。", "Today is after the deadline the project was published with."),
        fix=Both("选择仍可报名的项目。", "Choose a project that still takes enrolments."),
        example={"enrols_until": "2026-06-01", "today": "2026-06-02"},
    )


class TeachersEnrolled(AppError):
    """A teacher stands in a project's line once."""

    code = "training_already_enrolled"
    title_zh, title_en = "教师已报名", "Teachers are enrolled already"
    detail_zh, detail_en = "{count} 人已报名：{staff_numbers}。", "{count} are enrolled already: {staff_numbers}."
    guide = Guide(
        cause=Both(
            "名单中的教师已在该项目中报名或候补；本次没有新增任何人。",
            "Somebody on the list has a place or waits for one already; nobody was added.",
        ),
        fix=Both("去掉已报名的教师后重新提交。", "Leave them out and send the list again."),
        example={"count": 1, "staff_numbers": "T0012"},
    )


class TrainingBegun(AppError):
    """From the first day on a participant is absent, not withdrawn."""

    code = "training_begun"
    title_zh, title_en = "培训已开始，不能退出", "The training has begun"
    detail_zh, detail_en = "培训于 {starts_on} 开始。", "It began on {starts_on}."
    guide = Guide(
        cause=Both("培训已开始，空出的名额无人可用。", "The training has begun; nobody could use the place any more."),
        fix=Both("由教务处登记出勤和结果。", "The office records attendance and result."),
        example={"starts_on": "2026-06-10"},
    )


class TrainingNotYet(AppError):
    """Attendance is recorded from the first day on, results and the closing from the last."""

    code = "training_not_yet"
    title_zh, title_en = "尚未到可登记的日期", "It is too early to record this"
    detail_zh, detail_en = "最早 {earliest}，今天是 {today}。", "{earliest} is the earliest; today is {today}."
    guide = Guide(
        cause=Both(
            "出勤自开始之日起登记，结果和结项自结束之日起办理。",
            "Attendance is recorded from the first day on, results and the closing from the last.",
        ),
        fix=Both("到期后再办理。", "Come back on that day."),
        example={"earliest": "2026-06-12", "today": "2026-06-11"},
    )


class TrainingHoursExceeded(AppError):
    """Nobody attends more hours than there are."""

    code = "training_hours_exceeded"
    title_zh, title_en = "出勤学时超过项目学时", "More hours than the training has"
    detail_zh, detail_en = (
        "项目共 {hours} 学时，登记了 {attended} 学时。",
        "It has {hours} hours; {attended} were given.",
    )
    guide = Guide(
        cause=Both("登记的出勤学时多于项目公布的学时。", "The hours attended are more than those published."),
        fix=Both("核对出勤学时。", "Check the hours attended."),
        example={"hours": 24, "attended": 30},
    )


class TrainingOrganisationUnfit(AppError):
    """A project for a level names that certificate's organisation, or none."""

    code = "training_organisation_unfit"
    title_zh, title_en = "证书等级不属于该评价组织", "The level is another organisation's"
    guide = Guide(
        cause=Both(
            "所选证书等级的培训评价组织与所填的不同。",
            "The certificate of the level belongs to another evaluation organisation than the one named.",
        ),
        fix=Both("改选证书等级，或不填评价组织。", "Choose another level, or leave the organisation out."),
    )


class TrainingPlacesTaken(AppError):
    """The places do not fall below those that are held."""

    code = "training_places_taken"
    title_zh, title_en = "名额低于已占用数", "Fewer places than are held"
    detail_zh, detail_en = "拟定 {places} 个，已占用 {taken} 个。", "There would be {places}; {taken} are held."
    guide = Guide(
        cause=Both("已有教师占用的名额多于拟定的名额。", "Teachers hold more places than there would be."),
        fix=Both("名额不低于已占用数。", "Choose at least the places that are held."),
        example={"places": 8, "taken": 10},
    )


class TrainingResultsMissing(AppError):
    """A project is closed once every participant has a result."""

    code = "training_results_missing"
    title_zh, title_en = "仍有参训教师没有结果", "Participants without a result"
    detail_zh, detail_en = "还有 {count} 人没有结果。", "{count} have no result yet."
    guide = Guide(
        cause=Both("结项前须登记全部参训教师的结果。", "Everybody with a place has a result before a project closes."),
        fix=Both("登记结果后再结项。", "Record them, then close it."),
        example={"count": 3},
    )


class TrainingHasResults(AppError):
    """What has results took place."""

    code = "training_has_results"
    title_zh, title_en = "已有培训结果，不能取消", "It has results and cannot be cancelled"
    detail_zh, detail_en = "已有 {count} 人登记了结果。", "{count} have a result."
    guide = Guide(
        cause=Both("项目已有教师登记了结果。", "Results were recorded for the project."),
        fix=Both("登记其余结果后结项。", "Record the other results and close it."),
        example={"count": 2},
    )


class TrainingSurveyNotYours(AppError):
    """Only who took part says how it was."""

    code = "training_survey_not_yours"
    status = 403
    title_zh, title_en = "只有参训教师本人可以评价", "Only the participant answers"
    guide = Guide(
        cause=Both(
            "该报名不是您本人的，或您缺席了培训。",
            "The enrolment is somebody else's, or you were absent.",
        ),
        fix=Both("由参训教师本人填写。", "Let the participant answer."),
    )


class TrainingSurveyAnswered(AppError):
    """A participant answers once."""

    code = "training_survey_answered"
    title_zh, title_en = "已评价过", "You have answered already"
    guide = Guide(
        cause=Both("每名参训教师只评价一次，提交后不能修改。", "A participant answers once, and an answer stays."),
        fix=Both("无需再次提交。", "There is nothing more to do."),
    )
