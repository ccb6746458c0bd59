"""Refusals about periodic reports."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class ReportTypeExists(AppError):
    """A code names one type of report."""

    code = "report_type_exists"
    title_zh, title_en = "报告类型已存在", "The type of report is there already"
    detail_zh, detail_en = "代码 {type_code} 已有报告类型。", "There is a type with the code {type_code}."
    guide = Guide(
        cause=Both("每个代码只对应一种报告类型。", "A code names one type of report."),
        fix=Both("修改已有类型，或换一个代码。", "Change the one there is, or choose another code."),
        example={"type_code": "monthly"},
    )


class PeriodUnfit(AppError):
    """A period is a month, a quarter or a year as the type asks for it."""

    code = "report_period_unfit"
    title_zh, title_en = "期间与报告类型不符", "The period does not fit the type"
    detail_zh = "{cadence} 类型的期间不能从 {period_from} 到 {period_to}；按此起始日应到 {expected}。"
    detail_en = "A {cadence} period cannot be {period_from} to {period_to}; it would end on {expected}."
    guide = Guide(
        cause=Both(
            "月报从月初开始，季报从 1、4、7、10 月初开始，年报从任一月初开始；一次性报告须写明截止日。",
            "Months and years begin with the first of a month, quarters in January, April, July or October;"
            " a report that is asked for once says when its period ends.",
        ),
        fix=Both("按类型填写期间的起止日。", "Give the days of such a period."),
        example={
            "cadence": "monthly",
            "period_from": "2026-11-02",
            "period_to": "2026-11-30",
            "expected": "-",
        },
    )


class PeriodOverlaps(AppError):
    """No day is reported twice in one kind of report."""

    code = "report_period_overlaps"
    title_zh, title_en = "期间与已有报告重叠", "The period overlaps a report there is"
    detail_zh, detail_en = "已有 {period_from} 至 {period_to} 的报告。", "{period_from} to {period_to} is there."
    guide = Guide(
        cause=Both("同一类型、同一学院的报告期间不得重叠。", "Periods of one type and college do not overlap."),
        fix=Both("选择未报告过的期间。", "Choose a period that was not reported."),
        example={"period_from": "2026-11-01", "period_to": "2026-11-30"},
    )


class DueBeforeClosing(AppError):
    """A report cannot be due before its figures can be computed."""

    code = "report_due_before_closing"
    title_zh, title_en = "报送期限早于数据截止", "It would be due before its figures close"
    detail_zh, detail_en = (
        "数据截止于 {closes_on}，报送期限为 {due_on}。",
        "Closed on {closes_on}; due on {due_on}.",
    )
    guide = Guide(
        cause=Both("数据截止后才能提交。", "A report is submitted once its figures are closed."),
        fix=Both("推迟报送期限，或提前数据截止时间。", "Let it be due later, or close its figures earlier."),
        example={"closes_on": "2026-12-01", "due_on": "2026-11-30"},
    )


class ReportNotClosed(AppError):
    """Figures are frozen only when the instant they are computed as of has come."""

    code = "report_not_closed"
    title_zh, title_en = "数据尚未截止", "The figures are not closed yet"
    detail_zh, detail_en = "数据于 {closes_at} 截止，之后方可提交。", "They close at {closes_at}; submit it then."
    guide = Guide(
        cause=Both("报告的数据以截止时刻为准，截止前不能提交。", "A report's figures are as of their closing instant."),
        fix=Both("截止后再提交；文字部分可以先填写。", "Submit it afterwards; its words can be written before."),
        example={"closes_at": "2026-12-01T00:00:00+08:00"},
    )


class NarrativeMissing(AppError):
    """Sections that ask for words are filled in before a report is submitted."""

    code = "report_narrative_missing"
    title_zh, title_en = "有栏目未填写", "Sections are not filled in"
    detail_zh, detail_en = "未填写：{sections}。", "Missing: {sections}."
    guide = Guide(
        cause=Both("标明须填写文字的栏目为空。", "A section that asks for words has none."),
        fix=Both("填写后再提交。", "Fill them in, then submit."),
        example={"sections": "work"},
    )


class SectionUnknown(AppError):
    """Words are written in sections of the report's type."""

    code = "report_section_unknown"
    title_zh, title_en = "栏目不存在", "A section does not exist"
    detail_zh, detail_en = "报告中没有这些栏目：{sections}。", "Not sections of this report: {sections}."
    guide = Guide(
        cause=Both("填写了报告类型中没有的栏目。", "Words were sent for a section that the type does not have."),
        fix=Both("重新读取报告，按其栏目填写。", "Read the report again and write in its sections."),
        example={"sections": "work"},
    )


class FigureNotAsked(AppError):
    """Rows are listed of the figures that a report has."""

    code = "report_figure_not_asked"
    status = 404
    title_zh, title_en = "报告中没有该指标", "The report has no such figure"
    detail_zh, detail_en = "报告中没有指标 {figure}。", "The report does not have the figure {figure}."
    guide = Guide(
        cause=Both("该指标不在报告的栏目中。", "It is in none of the report's sections."),
        fix=Both("从报告的指标中选择。", "Choose one of the report's figures."),
        example={"figure": "pass_rate"},
    )


class FeedNotConfigured(AppError):
    """Records are sent into a folder that the operator names."""

    code = "feed_not_configured"
    title_zh, title_en = "未配置报送目录", "No folder to send records to"
    guide = Guide(
        cause=Both("服务未设置 XPILOT_FEED_DIR。", "The service has no XPILOT_FEED_DIR."),
        fix=Both("请运维人员设置报送目录后重试。", "Have the operator name the folder, then send again."),
    )
