"""Refusals about forecasts, reports and reconciliations."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class NoForecast(AppError):
    """No forecast has been made yet."""

    code = "no_forecast"
    title_zh, title_en = "尚未生成保障预测", "There is no forecast yet"
    guide = Guide(
        cause=Both(
            "保障预测每晚生成，本院校尚未生成过。",
            "Forecasts are made each night, and none was made for this institution yet.",
        ),
        fix=Both("由教务处立即生成一次。", "Let the office ask for one now."),
    )


class EntryYearAfterGraduation(AppError):
    """Somebody would graduate before they came."""

    code = "graduates_before_entry"
    title_zh, title_en = "毕业日期早于入学年份", "The graduation day is before the entry year"
    detail_zh = "{entry_year} 级的毕业日期为 {graduates_on}。"
    detail_en = "Entry year {entry_year} would graduate on {graduates_on}."
    guide = Guide(
        cause=Both("毕业日期不能早于入学年份。", "Nobody graduates before the year they entered."),
        fix=Both("核对文件中的毕业日期。", "Check the graduation day in the document."),
        example={"entry_year": 2026, "graduates_on": "2025-06-30"},
    )


class ReportTooLong(AppError):
    """A report has more rows than one file holds."""

    code = "report_too_long"
    title_zh, title_en = "报表行数过多", "The report has too many rows"
    detail_zh = "报表有 {rows} 行，最多 {rows_max} 行。"
    detail_en = "The report has {rows} rows, and a file holds {rows_max}."
    guide = Guide(
        cause=Both("一个文件的行数有上限。", "A file holds so many rows."),
        fix=Both("缩小范围，例如按学院导出。", "Ask for less, such as one college."),
        example={"rows": 120_000, "rows_max": 100_000},
    )


class ReconciliationTooLong(AppError):
    """A list has more rows than a reconciliation takes."""

    code = "reconciliation_too_long"
    status = 413
    title_zh, title_en = "对账清单行数过多", "The list has too many rows"
    detail_zh, detail_en = "清单有 {rows} 行，最多 {rows_max} 行。", "The list has {rows} rows; {rows_max} are taken."
    guide = Guide(
        cause=Both("一份对账清单的行数有上限。", "A list to reconcile holds so many rows."),
        fix=Both("按考核计划分开上传。", "Send one plan's candidates at a time."),
        example={"rows": 60_000, "rows_max": 50_000},
    )
