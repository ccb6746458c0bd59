"""Refusals about the register."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both

_PLAN = "0197a1c2-0000-7000-8000-000000000004"


class RowRefused(AppError):
    """What is entered cannot stand in the register; the place in `errors` says why, with a code of its own."""

    code = "register_row_refused"
    title_zh, title_en = "不能录入", "It cannot be entered"
    detail_zh, detail_en = "{refusal}：{why}", "{refusal}: {why}"
    guide = Guide(
        cause=Both(
            "录入的内容与已有数据或规则冲突；figures 中的 refusal 是具体原因的代码。",
            "It conflicts with what is there or with a rule; `refusal` in the figures is the code of the reason.",
        ),
        fix=Both(
            "查看该代码的说明页，按 errors 指出的字段修改。",
            "Read the page of that code, and correct the field that errors points to.",
        ),
        example={"refusal": "register_key_taken", "why": "-"},
    )


class PlanDraftExists(AppError):
    """The programme has a draft for the entry year already, and there is one at a time."""

    code = "training_plan_draft_exists"
    title_zh, title_en = "已有该年级的人才培养方案草案", "There is a draft for this entry year"
    detail_zh = "草案 {plan_id} 为第 {version} 版。"
    detail_en = "Draft {plan_id} is version {version}."
    guide = Guide(
        cause=Both("同一专业、同一年级同时只有一份草案。", "A programme has one draft an entry year at a time."),
        fix=Both("修改已有草案，或先删除它。", "Change the draft there is, or remove it first."),
        example={"plan_id": _PLAN, "version": 2},
    )


class PlanIncomplete(AppError):
    """The plan asks for what it does not offer, so nobody could graduate by it."""

    code = "training_plan_incomplete"
    title_zh, title_en = "人才培养方案不完整", "The training plan does not add up"
    detail_zh = "类别 {category} 要求 {required} 学分，方案只提供 {offered} 学分。"
    detail_en = "{category} asks for {required} credits, and the plan offers {offered}."
    guide = Guide(
        cause=Both(
            "某类别要求的学分多于方案中该类课程的学分，或各类要求之和多于毕业学分。",
            "A category asks for more than its courses offer, or all of them for more than graduation does.",
        ),
        fix=Both("补充课程，或调整学分要求。", "Add courses, or ask for fewer credits."),
        example={"category": "core", "required": "40.00", "offered": "36.00"},
    )


class CourseNotOfPlan(AppError):
    """A training plan is made of courses of its own programme."""

    code = "course_not_of_programme"
    title_zh, title_en = "课程不属于该专业", "A course is not the programme's"
    detail_zh, detail_en = "不属于该专业的课程：{course_ids}。", "Not courses of the programme: {course_ids}."
    guide = Guide(
        cause=Both("方案中的课程不存在，或属于其他专业。", "A course of the plan is unknown, or another programme's."),
        fix=Both("先在本专业建立该课程。", "Create the course in this programme first."),
        example={"course_ids": "0197a1c2-0000-7000-8000-000000000005"},
    )


class GradeCorrectedSince(AppError):
    """The grade was corrected after it was read."""

    code = "course_grade_corrected_since"
    title_zh, title_en = "该成绩已有更新的修订", "The grade was corrected since"
    detail_zh, detail_en = "当前修订为 {latest_id}。", "The revision that counts is {latest_id}."
    guide = Guide(
        cause=Both("您更正的不是最新修订。", "What you correct is not the latest revision."),
        fix=Both("读取最新修订，确认后再更正。", "Read the latest revision, and correct that one."),
        example={"latest_id": "0197a1c2-0000-7000-8000-000000000006"},
    )


class PersonIsAnotherTeacher(AppError):
    """A person signs in as one teacher."""

    code = "person_is_another_teacher"
    title_zh, title_en = "该人员已关联其他教师", "The person is another teacher"
    detail_zh, detail_en = "已关联教师 {teacher_id}。", "They are teacher {teacher_id}."
    guide = Guide(
        cause=Both("一个人员只对应一名教师。", "A person stands for one teacher."),
        fix=Both("先解除原关联。", "Take the link from the other teacher first."),
        example={"teacher_id": "0197a1c2-0000-7000-8000-000000000007"},
    )


class ReasonHoldsNumber(AppError):
    """The reason goes on record, and the number must not."""

    code = "reason_holds_number"
    status = 422
    title_zh, title_en = "理由中不得写证件号码", "The reason holds the number itself"
    detail_zh = "查看理由会写入审计记录，其中不得包含该证件号码。"
    detail_en = "The reason goes on record, so it must not hold the document's number."
    guide = Guide(
        cause=Both(
            "理由中写有要查看的证件号码；审计记录从不保存证件号码。",
            "The document's number stands in the reason, and the audit never holds one.",
        ),
        fix=Both(
            "改写理由，例如写明事由和文号，然后重试。",
            "Say what it is for, such as the matter and a file number, and try again.",
        ),
    )
