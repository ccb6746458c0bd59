"""Refusals about plans, registrations and result batches."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class LevelsUnclear(AppError):
    """A plan is of one organisation; the levels named are of several, or unknown."""

    code = "levels_unclear"
    title_zh, title_en = "证书等级不存在或不属于同一评价组织", "The levels are unknown or of several organisations"
    detail_zh = "点名 {asked} 个等级，其中 {found} 个可用，分属 {organisations} 个评价组织。"
    detail_en = "{asked} levels were named; {found} can be used, of {organisations} organisations."
    guide = Guide(
        cause=Both(
            "考核计划只属于一个评价组织，而所列等级不存在或分属几个评价组织。",
            "An exam plan is of one organisation; the levels named do not exist or are of several.",
        ),
        fix=Both(
            "为每个评价组织各建一个计划。",
            "Make one plan for each organisation.",
        ),
        example={"asked": 2, "found": 1, "organisations": 1},
    )


class SchemeMissing(AppError):
    """A level cannot be examined before its assessment scheme is published."""

    code = "scheme_missing"
    title_zh, title_en = "证书等级尚无考核方案", "A level has no assessment scheme"
    detail_zh, detail_en = "缺少考核方案的等级：{levels}。", "Levels without a scheme: {levels}."
    guide = Guide(
        cause=Both(
            "所列等级没有已发布的考核方案，无法计算成绩。",
            "A level named has no published assessment scheme, so that its results could not be computed.",
        ),
        fix=Both(
            "先由评价组织发布该等级的考核方案。",
            "Let the organisation publish the level's scheme first.",
        ),
        example={"levels": "1"},
    )


class CertificateNotAdmitted(AppError):
    """No college of the institution runs this certificate."""

    code = "certificate_not_admitted"
    title_zh, title_en = "证书未准入或已退出", "The certificate is not admitted, or has exited"
    detail_zh, detail_en = "{certificates}：院校内没有学院正在试点。", "{certificates}: no college runs it."
    guide = Guide(
        cause=Both(
            "院校内没有学院在试点该证书，或都已退出。",
            "No college of the institution runs the certificate, or all have given it up.",
        ),
        fix=Both(
            "先办理证书准入，或从计划中去掉该证书。",
            "Admit the certificate first, or take it out of the plan.",
        ),
        example={"certificates": "智能财税"},
    )


class PlanCodeTaken(AppError):
    """The organisation already has a plan of this code at the institution."""

    code = "plan_code_taken"
    title_zh, title_en = "考核计划编号已被使用", "The plan's code is taken"
    detail_zh, detail_en = "编号 {plan_code} 已用于另一计划。", "{plan_code} names another plan."
    guide = Guide(
        cause=Both(
            "该评价组织在本院校已有同编号的考核计划。",
            "The organisation already has a plan of this code at the institution.",
        ),
        fix=Both(
            "换一个编号，或使用已有的计划。",
            "Choose another code, or use the plan there is.",
        ),
        example={"plan_code": "2026-1"},
    )


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


class ExamNotHeld(AppError):
    """There can be no results before the exam."""

    code = "exam_not_held"
    title_zh, title_en = "考核尚未举行", "The exam has not been held"
    detail_zh, detail_en = "考核日期 {exam_on}，今天 {today}。", "The exam is on {exam_on}; today is {today}."
    guide = Guide(
        cause=Both(
            "考核日期尚未到，不能提交成绩。",
            "The exam is still to come, so there can be no results of it.",
        ),
        fix=Both(
            "考核当日起再提交；日期有误时请更正计划。",
            "Send results from the day of the exam on; if the date is wrong, correct the plan.",
        ),
        example={"exam_on": "2026-05-20", "today": "2026-05-01"},
    )


class BatchTooLarge(AppError):
    """A batch holds a bounded number of rows."""

    code = "batch_too_large"
    status = 413
    title_zh, title_en = "批次行数过多", "The batch has too many rows"
    detail_zh, detail_en = "共 {rows} 行，上限 {limit_rows} 行。", "{rows} rows; at most {limit_rows} are taken."
    guide = Guide(
        cause=Both(
            "批次行数超过上限。",
            "The batch has more rows than one may hold.",
        ),
        fix=Both(
            "拆成几个批次，每个批次用自己的 Idempotency-Key。",
            "Send several batches, each with an Idempotency-Key of its own.",
        ),
        example={"rows": 12000, "limit_rows": 10000},
    )


class BatchRefused(AppError):
    """An atomic batch is kept whole or not at all."""

    code = "batch_refused"
    title_zh, title_en = (
        "批次含被拒或待复核的行，整批未保存",
        "Some rows were refused, so nothing of the batch was kept",
    )
    detail_zh = "共 {rows} 行：拒绝 {rejected} 行，待复核 {quarantined} 行，见 errors。"
    detail_en = "Of {rows} rows {rejected} were rejected and {quarantined} quarantined; see errors."
    guide = Guide(
        cause=Both(
            "请求带 atomic=true，而至少一行被拒绝或待复核。",
            "The batch was sent with atomic=true and at least one row was rejected or quarantined.",
        ),
        fix=Both(
            "按 errors 中的 code 更正各行后重新提交；或不带 atomic，让合格的行先生效。",
            "Correct the rows in errors by their codes and send again; or leave atomic out and let the good rows in.",
        ),
        example={"rows": 100, "rejected": 1, "quarantined": 0},
    )
