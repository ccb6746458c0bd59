"""Refusals about guidance and consultation, and what the rows of a survey can be refused for."""

from collections.abc import Mapping
from types import MappingProxyType

from x_pilot_api.core import errors
from x_pilot_api.core.errors import AppError, Guide, ItemCode
from x_pilot_api.core.languages import Both


class GuidanceDueInPast(AppError):
    """Nothing new is due on a day that is over."""

    code = "guidance_due_in_past"
    title_zh, title_en = "办理期限已过", "The day it is due is over"
    detail_zh, detail_en = "期限 {due_on}，今天 {today}。", "It would be due on {due_on}; today is {today}."
    guide = Guide(
        cause=Both("指定或重开时，办理期限须为今天或以后。", "What is given to somebody is due today or later."),
        fix=Both("选择今天或以后的日期。", "Choose today or a later day."),
        example={"due_on": "2026-01-31", "today": "2026-02-01"},
    )


class HeldInFuture(AppError):
    """What is recorded has taken place."""

    code = "held_in_future"
    title_zh, title_en = "日期在今天之后", "It has not taken place yet"
    detail_zh, detail_en = "日期 {held_on}，今天 {today}。", "It says {held_on}; today is {today}."
    guide = Guide(
        cause=Both(
            "宣传、培训、往来和签署的纪要记录已发生的事项，日期不能晚于今天。",
            "Publicity, trainings, correspondence and signed minutes tell of what has taken place.",
        ),
        fix=Both("核对日期，或在发生之后再登记。", "Look at the day, or record it once it has taken place."),
        example={"held_on": "2026-12-31", "today": "2026-11-28"},
    )


class OwnerUnfit(AppError):
    """Who owns something must be able to see it and act on it."""

    code = "owner_unfit"
    title_zh, title_en = "该人员不能作为责任人", "This person cannot own it"
    detail_zh, detail_en = "人员：{person_id}。", "Person: {person_id}."
    guide = Guide(
        cause=Both(
            "责任人须是本校在岗的教务处人员或该二级学院的人员；问题也可指定该学院的教师。",
            "An owner works in the office or at that college; a problem can also be given to a teacher of it.",
        ),
        fix=Both("从可选责任人中选择。", "Choose one of the possible owners."),
        example={"person_id": "0197a1c2-0000-7000-8000-000000000010"},
    )


class OwnerRaisedIt(AppError):
    """Who raised a problem says whether it is solved, so another solves it."""

    code = "owner_raised_it"
    title_zh, title_en = "提出人不能同时是责任人", "Who raised it cannot own it"
    guide = Guide(
        cause=Both("问题由提出人确认是否解决，须由他人办理。", "Whoever raised a problem confirms what another did."),
        fix=Both("指定另一位责任人。", "Choose another owner."),
    )


class DeedOfAnother(AppError):
    """The deed is somebody else's."""

    code = "deed_of_another"
    status = 403
    title_zh, title_en = "该操作应由他人完成", "This is for somebody else to do"
    detail_zh, detail_en = "操作：{deed}。", "Deed: {deed}."
    guide = Guide(
        cause=Both(
            "办理由责任人完成，确认由提出人完成，核查不能由责任人自己完成。",
            "An owner does it, who raised it confirms it, and nobody checks what they did themselves.",
        ),
        fix=Both("请相应人员操作。", "Ask the person whose deed it is."),
        example={"deed": "resolve"},
    )


class PartyExists(AppError):
    """A party is in the register once."""

    code = "outside_party_exists"
    title_zh, title_en = "该单位已登记", "The party is there already"
    detail_zh, detail_en = "已登记：{name}。", "It is there: {name}."
    guide = Guide(
        cause=Both("单位名称和统一社会信用代码在本校各只有一个。", "A name and a credit code are there once."),
        fix=Both("使用已登记的单位，或核对名称和代码。", "Use the one there is, or look at name and code."),
        example={"name": "淮安市会计学会"},
    )


class PartiesUnknown(AppError):
    """A party that is named is not in the register."""

    code = "outside_parties_unknown"
    title_zh, title_en = "单位不存在", "A party is not in the register"
    detail_zh, detail_en = "不存在的单位：{party_ids}。", "Unknown parties: {party_ids}."
    guide = Guide(
        cause=Both("所选单位不在本校的单位名录中。", "It is not in the institution's register of parties."),
        fix=Both("先登记单位。", "Enter the party first."),
        example={"party_ids": "0197a1c2-0000-7000-8000-000000000011"},
    )


class MinutesMissing(AppError):
    """Only what is written can be signed off."""

    code = "minutes_missing"
    title_zh, title_en = "尚无纪要", "There are no minutes"
    guide = Guide(
        cause=Both("会商纪要为空，不能签署。", "The consultation's minutes are empty."),
        fix=Both("填写纪要后再签署。", "Write the minutes, then sign them off."),
    )


class AnswerUnfit(AppError):
    """What is said to be answered cannot be answered by this."""

    code = "correspondence_answer_unfit"
    title_zh, title_en = "不能作为该往来的答复", "It cannot answer that"
    detail_zh, detail_en = "被答复的往来：{answers_id}。", "It would answer {answers_id}."
    guide = Guide(
        cause=Both(
            "答复须来自同一单位、方向相反、日期不早于原件，且原件尚未答复。",
            "An answer is of the same party, goes the other way, is not older, and the other has none yet.",
        ),
        fix=Both("核对所选往来。", "Look at what is said to be answered."),
        example={"answers_id": "0197a1c2-0000-7000-8000-000000000012"},
    )


class PeopleUnfit(AppError):
    """Those who took part are staff of the institution."""

    code = "training_people_unfit"
    title_zh, title_en = "人员不属于本校工作人员", "Somebody is not of the staff"
    detail_zh, detail_en = "不可选的人员：{person_ids}。", "Not of the staff here: {person_ids}."
    guide = Guide(
        cause=Both("参训人员须是本校在岗的工作人员。", "Participants hold a role of the institution's staff."),
        fix=Both("从可选人员中选择。", "Choose from the people that can be chosen."),
        example={"person_ids": "0197a1c2-0000-7000-8000-000000000013"},
    )


class ResponsesRefused(AppError):
    """A batch of questionnaires is recorded whole or not at all."""

    code = "survey_responses_refused"
    title_zh, title_en = "部分问卷有误，均未录入", "Some of the questionnaires are refused, none was recorded"
    detail_zh, detail_en = "{rows} 份中有 {refused} 份有误，见 errors。", "{refused} of {rows} rows; see errors."
    guide = Guide(
        cause=Both("一批问卷整体录入；至少一份有误。", "A batch is recorded whole, and at least one row is wrong."),
        fix=Both("按 errors 中的行和列改正后重新提交。", "Correct the rows and columns that errors names."),
        example={"rows": 40, "refused": 1},
    )


_ROW = Both("调查问卷的一份", "One questionnaire of a survey")


def _item(code: str, detail: Both, fix: Both, example: Mapping[str, object] | None = None) -> ItemCode:
    item = ItemCode(code, _ROW, detail, fix, MappingProxyType(dict(example or {})))
    errors.know_items(item)
    return item


ANSWERS_NUMBER = _item(
    "survey_answers_number",
    Both("答案有 {given} 个，题目有 {asked} 个。", "There are {given} answers to {asked} questions."),
    Both("每题一个答案，未答填 null。", "Give one answer a question, null for none."),
    {"given": 3, "asked": 4},
)
ANSWER_MISSING = _item(
    "survey_answer_missing",
    Both("必答题未答。", "A question that has to be answered is not."),
    Both("补填答案。", "Give an answer."),
)
ANSWER_NO_CHOICE = _item(
    "survey_answer_no_choice",
    Both("答案不在选项中。", "The answer is none of the choices."),
    Both("填写题目中的一个选项。", "Give one of the question's choices."),
)
ANSWER_NO_NUMBER = _item(
    "survey_answer_no_number",
    Both("答案不是 0 到 {most} 的整数。", "The answer is no whole number from 0 to {most}."),
    Both("填写整数。", "Give a whole number."),
    {"most": 1_000_000_000},
)
ANSWER_NO_TEXT = _item(
    "survey_answer_no_text",
    Both("答案不是文字。", "The answer is no text."),
    Both("填写文字。", "Give a text."),
)
REFERENCE_KNOWN = _item(
    "survey_reference_known",
    Both("问卷编号 {reference} 已录入或在本批中重复。", "Questionnaire {reference} is there already, or twice here."),
    Both("去掉重复的一份。", "Take the row out that says it again."),
    {"reference": "001"},
)
PARTY_UNKNOWN = _item(
    "survey_party_unknown",
    Both("单位不在名录中。", "The party is not in the register."),
    Both("先登记单位，或不填单位。", "Enter the party first, or name none."),
)
