"""Refusals about plans, registrations and result batches."""

from x_pilot_api.core.errors import AppError


class LevelsUnclear(AppError):
    """A plan is of one organisation; the levels named are of several, or unknown."""

    code = "levels_unclear"
    title_zh, title_en = "证书等级不存在或不属于同一评价组织", "The levels are unknown or of several organisations"
    detail_zh = "点名 {asked} 个等级，其中 {found} 个可用，分属 {organisations} 个评价组织。"
    detail_en = "{asked} levels were named; {found} can be used, of {organisations} organisations."


class SchemeMissing(AppError):
    """A level cannot be examined before its assessment scheme is published."""

    code = "scheme_missing"
    title_zh, title_en = "证书等级尚无考核方案", "A level has no assessment scheme"
    detail_zh, detail_en = "缺少考核方案的等级：{levels}。", "Levels without a scheme: {levels}."


class CertificateNotAdmitted(AppError):
    """No college of the institution runs this certificate."""

    code = "certificate_not_admitted"
    title_zh, title_en = "证书未准入或已退出", "The certificate is not admitted, or has exited"
    detail_zh, detail_en = "{certificates}：院校内没有学院正在试点。", "{certificates}: no college runs it."


class PlanCodeTaken(AppError):
    """The organisation already has a plan of this code at the institution."""

    code = "plan_code_taken"
    title_zh, title_en = "考核计划编号已被使用", "The plan's code is taken"
    detail_zh, detail_en = "编号 {plan_code} 已用于另一计划。", "{plan_code} names another plan."


class RegistrationClosed(AppError):
    """The plan takes registrations only in its window."""

    code = "registration_closed"
    title_zh, title_en = "不在报名时间内", "Registration is not open"
    detail_zh, detail_en = "报名时间 {opens_on} 至 {closes_on}。", "Registration is open {opens_on} to {closes_on}."


class RegistrationsRefused(AppError):
    """Some of the registrations cannot be made; none was."""

    code = "registrations_refused"
    title_zh, title_en = "部分报名不符合条件，均未提交", "Some registrations were refused, none was made"
    detail_zh, detail_en = "共 {asked} 条，{refused} 条不符合，见 errors。", "{refused} of {asked}; see errors."


class ExamNotHeld(AppError):
    """There can be no results before the exam."""

    code = "exam_not_held"
    title_zh, title_en = "考核尚未举行", "The exam has not been held"
    detail_zh, detail_en = "考核日期 {exam_on}，今天 {today}。", "The exam is on {exam_on}; today is {today}."


class BatchTooLarge(AppError):
    """A batch holds a bounded number of rows."""

    code = "batch_too_large"
    status = 413
    title_zh, title_en = "批次行数过多", "The batch has too many rows"
    detail_zh, detail_en = "共 {rows} 行，上限 {limit_rows} 行。", "{rows} rows; at most {limit_rows} are taken."


class BatchRefused(AppError):
    """An atomic batch is kept whole or not at all."""

    code = "batch_refused"
    title_zh, title_en = (
        "批次含被拒或待复核的行，整批未保存",
        "Some rows were refused, so nothing of the batch was kept",
    )
    detail_zh = "共 {rows} 行：拒绝 {rejected} 行，待复核 {quarantined} 行，见 errors。"
    detail_en = "Of {rows} rows {rejected} were rejected and {quarantined} quarantined; see errors."
