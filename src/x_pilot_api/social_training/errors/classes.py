"""Refusals about classes and their participants."""

from collections.abc import Mapping
from types import MappingProxyType

from x_pilot_api.core import errors
from x_pilot_api.core.errors import AppError, Guide, ItemCode
from x_pilot_api.core.languages import Both

_ROW = Both("培训班学员名单的行", "A row of a class's list of participants")
_ID = "0197a1c2-0000-7000-8000-000000000011"


class ClassLevelUnknown(AppError):
    """A class is given towards a level of the catalogue."""

    code = "social_class_level_unknown"
    title_zh, title_en = "证书等级不存在", "The level does not exist"
    detail_zh, detail_en = "目录中没有该等级：{level_id}。", "No such level is in the catalogue: {level_id}."
    guide = Guide(
        cause=Both("培训班对应的证书等级不在目录中。", "The class names a level that is not in the catalogue."),
        fix=Both("从证书目录中选择等级。", "Choose a level of the catalogue."),
        example={"level_id": _ID},
    )


class ClassTeachersUnknown(AppError):
    """Who teaches a class is an active teacher of the institution."""

    code = "social_class_teachers_unknown"
    title_zh, title_en = "任课教师不存在或已不在职", "A teacher is not known or no longer active"
    detail_zh, detail_en = "不存在或不在职：{teacher_ids}。", "Unknown or inactive: {teacher_ids}."
    guide = Guide(
        cause=Both("所列教师不在本校在职教师中。", "A teacher that is named is none of the institution's active ones."),
        fix=Both("从教师名册中选择在职教师。", "Choose active teachers of the register."),
        example={"teacher_ids": _ID},
    )


class ClassPlacesTaken(AppError):
    """A class keeps a place for everybody who takes part."""

    code = "social_class_places_taken"
    title_zh, title_en = "名额少于已报学员", "Fewer places than participants"
    detail_zh, detail_en = "名额 {places}，已有学员 {taken} 人。", "{places} places, and {taken} take part."
    guide = Guide(
        cause=Both("把名额改得少于已有学员。", "The places would be fewer than those who take part."),
        fix=Both("先办理退班，或保留足够的名额。", "Let participants withdraw first, or keep the places."),
        example={"places": 20, "taken": 24},
    )


class ClassDaysUsed(AppError):
    """Work that was logged stays within the class's days."""

    code = "social_class_days_used"
    title_zh, title_en = "已有工作量在培训日期之外", "Logged work would be outside the class's days"
    detail_zh = "已登记 {first_on} 至 {last_on} 的工作量。"
    detail_en = "Work is logged from {first_on} to {last_on}."
    guide = Guide(
        cause=Both("修改后的起止日期不包含已登记的工作日。", "The new days leave out days with logged work."),
        fix=Both("起止日期须包含这些日期，或先撤回、冲销。", "Keep those days within, or withdraw or reverse first."),
        example={"first_on": "2026-03-02", "last_on": "2026-03-20"},
    )


class ClassHoursUsed(AppError):
    """Nobody attends more hours than a class has."""

    code = "social_class_hours_used"
    title_zh, title_en = "学时少于已登记的出勤", "Fewer hours than were attended"
    detail_zh = "学时 {hours_tenths}（0.1 小时），已登记出勤 {attended_tenths}。"
    detail_en = "{hours_tenths} tenths of an hour, and {attended_tenths} were attended."
    guide = Guide(
        cause=Both("学时改得少于学员已登记的出勤。", "A participant has attended more than that."),
        fix=Both("核对学时，或先更正出勤。", "Check the hours, or correct the attendance first."),
        example={"hours_tenths": 200, "attended_tenths": 240},
    )


class ClassEmpty(AppError):
    """A class begins with somebody in it."""

    code = "social_class_empty"
    title_zh, title_en = "培训班没有学员", "Nobody takes part"
    guide = Guide(
        cause=Both("开班时没有学员。", "The class would begin without participants."),
        fix=Both("先添加学员，或取消该班。", "Add participants first, or cancel the class."),
    )


class ClassNotBegun(AppError):
    """A class begins on its first day at the earliest."""

    code = "social_class_not_begun"
    title_zh, title_en = "未到开班日期", "The first day is still to come"
    detail_zh, detail_en = "开班日期 {starts_on}，今天 {today}。", "It begins on {starts_on}; today is {today}."
    guide = Guide(
        cause=Both("开班日期未到。", "The class's first day is still to come."),
        fix=Both("到期再开班，或先修改日期。", "Wait for the day, or change it."),
        example={"starts_on": "2026-03-02", "today": "2026-02-27"},
    )


class ResultsMissing(AppError):
    """A class is finished once everybody has a result."""

    code = "social_class_results_missing"
    title_zh, title_en = "还有学员没有结业结果", "Some participants have no result"
    detail_zh, detail_en = "{missing} 名学员没有结果。", "{missing} have none."
    guide = Guide(
        cause=Both("结班前须登记每名学员的出勤和结果。", "Everybody's result is recorded before a class is finished."),
        fix=Both("登记结果，或为未到学员办理退班。", "Record them, or withdraw who did not come."),
        example={"missing": 3},
    )


class ParticipantsRefused(AppError):
    """A list of participants is taken whole or not at all."""

    code = "social_participants_refused"
    title_zh, title_en = "部分学员有误，均未添加", "Some participants are refused, none was added"
    detail_zh, detail_en = "{rows} 行中有 {refused} 行有误，见 errors。", "{refused} of {rows} rows; see errors."
    guide = Guide(
        cause=Both("名单整体添加；至少一行有误。", "A list is taken whole, and at least one row is wrong."),
        fix=Both(
            "按 errors 中的行、列和代码改正后重新提交；validate_only=true 可先预览。",
            "Correct the rows and columns that errors names, and send again; validate_only=true shows it before.",
        ),
        example={"rows": 40, "refused": 1},
    )


class AttendanceRefused(AppError):
    """Attendance and results are recorded for all who are named or for none."""

    code = "social_attendance_refused"
    title_zh, title_en = "部分出勤或结果有误，均未登记", "Some of the attendance is refused, none was recorded"
    detail_zh, detail_en = "{rows} 行中有 {refused} 行有误，见 errors。", "{refused} of {rows} rows; see errors."
    guide = Guide(
        cause=Both("所列学员不在该班、已退班，或出勤超过学时。", "Somebody is not in the class, or attended too much."),
        fix=Both("按 errors 改正后重新提交。", "Correct what errors names, and send again."),
        example={"rows": 20, "refused": 1},
    )


class NobodyToRegister(AppError):
    """An exam takes participants who are still in the class and not registered in it yet."""

    code = "social_class_nobody_to_register"
    title_zh, title_en = "没有可报名的学员", "There is nobody to register"
    detail_zh, detail_en = "不可报名：{participant_ids}。", "Not to be registered: {participant_ids}."
    guide = Guide(
        cause=Both(
            "学员已退班、未通过、已在该计划报名，或不在该班。",
            "They withdrew, failed, are registered in that plan already, or are not in the class.",
        ),
        fix=Both("刷新学员名单后重新选择。", "Read the class's list again and choose from it."),
        example={"participant_ids": _ID},
    )


def _item(code: str, detail: Both, fix: Both, example: Mapping[str, object]) -> ItemCode:
    item = ItemCode(code, _ROW, detail, fix, MappingProxyType(dict(example)))
    errors.know_items(item)
    return item


PERSON_REPEATED = _item(
    "social_participant_repeated",
    Both("与第 {place} 行是同一人。", "It is the person of row {place}."),
    Both("每人保留一行。", "Keep one row for each person."),
    {"place": 2},
)
PERSON_KNOWN = _item(
    "social_participant_known",
    Both("该证件号码已在该班。", "That document is in the class already."),
    Both("去掉该行。", "Take the row out."),
    {},
)
EMPLOYER_MISSING = _item(
    "social_participant_employer_missing",
    Both("企业职工须填写单位。", "An enterprise's employee has an employer."),
    Both("补填单位名称。", "Name the employer."),
    {},
)
CONSENT_LATER = _item(
    "social_participant_consent_later",
    Both("同意日期 {consented_on} 晚于今天 {today}。", "Consent is of {consented_on}, and today is {today}."),
    Both("核对本人签署同意书的日期。", "Check the day on which the person signed."),
    {"consented_on": "2027-01-01", "today": "2026-11-28"},
)
CLASS_FULL = _item(
    "social_class_full",
    Both("名额 {places} 已满。", "All {places} places are taken."),
    Both("增加名额，或另开一班。", "Add places, or give another class."),
    {"places": 30},
)
PARTICIPANT_UNKNOWN = _item(
    "social_participant_unknown",
    Both("该学员不在该班或已退班。", "They are not in the class, or withdrew."),
    Both("刷新学员名单后重新填写。", "Read the class's list again."),
    {},
)
ATTENDED_BEYOND = _item(
    "social_attendance_beyond_hours",
    Both(
        "出勤 {attended_tenths} 超过学时 {hours_tenths}（0.1 小时）。",
        "{attended_tenths} tenths of an hour were attended, and the class has {hours_tenths}.",
    ),
    Both("核对出勤。", "Check the attendance."),
    {"attended_tenths": 250, "hours_tenths": 240},
)
