"""Refusals about result batches."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


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
