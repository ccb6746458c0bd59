"""Refusals about cycles, what counts toward them, and teachers' own certificates."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class TrainingRequirementMissing(AppError):
    """No figure is invented: without a loaded requirement no cycle begins."""

    code = "training_requirement_missing"
    title_zh, title_en = "缺少轮训学时要求", "The training requirement is missing"
    detail_zh = "没有在 {day} 有效的轮训要求（五年总学时、X证书模块学时、文号）。"
    detail_en = "No requirement (hours in five years, hours of the X module, document) is in force on {day}."
    guide = Guide(
        cause=Both(
            "周期首日没有已录入的学时要求；系统不设默认值。",
            "Nothing that was loaded covers the first day of the cycle, and there is no default.",
        ),
        fix=Both(
            "教务处依据文件录入轮训学时要求，其有效期须包含周期首日。",
            "The office loads the requirement by its document, in force on the cycle's first day.",
        ),
        example={"day": "2026-09-01"},
    )


class TrainingInFuture(AppError):
    """What counts has been done."""

    code = "training_in_future"
    title_zh, title_en = "培训尚未完成", "The training is not completed yet"
    detail_zh, detail_en = "完成日期 {completed_on} 晚于今天 {today}。", "{completed_on} is after today, {today}."
    guide = Guide(
        cause=Both("登记的完成日期在今天之后。", "The day it was completed on is still to come."),
        fix=Both("培训结束后再登记。", "Record it once it is done."),
        example={"completed_on": "2026-12-01", "today": "2026-11-28"},
    )


class OutsideTrainingExists(AppError):
    """A document counts once for a teacher."""

    code = "outside_training_exists"
    title_zh, title_en = "该培训证明已登记", "The document was recorded already"
    detail_zh = "文号 {document} 已登记（状态 {state}）：{outside_training_id}。"
    detail_en = "The document {document} is there already ({state}): {outside_training_id}."
    guide = Guide(
        cause=Both("同一教师的同一证明文号只能登记一次。", "A teacher's document is recorded once."),
        fix=Both(
            "打开已有记录；若已被退回或冲销，可重新登记。",
            "Open the one there is; after a refusal or reversal it can be recorded anew.",
        ),
        example={
            "document": "苏教师函〔2026〕8号",
            "state": "recorded",
            "outside_training_id": "0197a1c2-0000-7000-8000-000000000021",
        },
    )


class OutsideTrainingOwn(AppError):
    """A second person confirms what somebody recorded, or did themself."""

    code = "outside_training_own"
    status = 403
    title_zh, title_en = "须由另一人确认", "A second person confirms it"
    guide = Guide(
        cause=Both(
            "该记录由您登记，或是您本人的培训。",
            "You recorded it yourself, or it is your own training.",
        ),
        fix=Both("请教务处其他人员办理。", "Let somebody else of the office decide."),
    )


class TeacherCertificateExists(AppError):
    """A teacher's certificate is on record once."""

    code = "teacher_certificate_exists"
    title_zh, title_en = "该证书已登记", "The certificate is on record already"
    detail_zh, detail_en = "该教师已登记编号 {number} 的证书。", "The teacher has a certificate {number} already."
    guide = Guide(
        cause=Both("同一教师的证书编号不能重复。", "A teacher's certificate is recorded once by its number."),
        fix=Both("核对证书编号。", "Check the number."),
        example={"number": "X-2026-0008"},
    )
