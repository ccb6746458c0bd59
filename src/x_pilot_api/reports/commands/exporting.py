"""A report as a file: a workbook of its figures and words, or a paper to be signed and filed."""

import asyncio
import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

import x_pilot_api
from x_pilot_api.core import audit, quantities
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import JsonObject
from x_pilot_api.core.documents import Press
from x_pilot_api.core.workbooks import Cell, Workbook
from x_pilot_api.figures.models import FigureUnit
from x_pilot_api.reports import queries, rules
from x_pilot_api.reports.models import Report, ReportState
from x_pilot_api.reports.schemas import (
    FigureCountOut,
    FigureDifferenceOut,
    ReportDetailOut,
    ReportFigureOut,
    ReportFiguresOut,
)

# From the package's folder, so that the sheet and the fonts are those of the exam day's papers.
PRESS = Press(Path(x_pilot_api.__file__).parent)
TEMPLATE = "reports/paper/report.typ"

STATES = {
    ReportState.DRAFT: "草稿",
    ReportState.SUBMITTED: "已报送",
    ReportState.RETURNED: "已退回",
    ReportState.ACCEPTED: "已通过",
}
_HEADINGS = (
    *("栏目", "指标", "分子", "分母", "比率（%）", "查询版本"),
    *("上期分子", "上期分母", "比上期（百分点）", "现分子", "现分母", "更正后变化"),
    *("分子口径", "分母口径"),
)


async def export_report(
    session: AsyncSession, actor: Actor, *, report: Report, today: date, now: datetime, zone: ZoneInfo
) -> bytes:
    """Write a report as a workbook: what it is, its figures with what they are compared to, its words."""
    told = await queries.tell_detail(session, actor, report, today=today, now=now)
    found = await queries.figures_of(session, report, now=now)
    await _record(session, actor, "export_report", report)
    return await asyncio.to_thread(_as_xlsx, told, found, zone)


async def print_report(
    session: AsyncSession, actor: Actor, *, report: Report, today: date, now: datetime, zone: ZoneInfo
) -> bytes:
    """Set a report as PDF."""
    told = await queries.tell_detail(session, actor, report, today=today, now=now)
    found = await queries.figures_of(session, report, now=now)
    await _record(session, actor, "print_report", report)
    return await PRESS.set_aside(TEMPLATE, on_paper(told, found, zone=zone))


async def _record(session: AsyncSession, actor: Actor, deed: str, report: Report) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=report.institution_id,
        object_kind=rules.REPORT_KIND,
        object_id=report.id,
        detail={"submission": report.submissions},
    )


def _as_xlsx(told: ReportDetailOut, found: ReportFiguresOut, zone: ZoneInfo) -> bytes:
    with tempfile.TemporaryDirectory(prefix="x-pilot-") as folder:
        path = Path(folder) / "report.xlsx"
        book = Workbook(path)
        book.begin_sheet("概况", ("项目", "内容"))
        book.write(_facts(told, zone))
        book.begin_sheet("指标", _HEADINGS)
        titles = {section.code: section.title for section in told.sections}
        book.write([_row(titles[figure.section_code], figure) for figure in found.figures])
        book.begin_sheet("文字", ("栏目", "内容"))
        book.write([(section.title, section.narrative) for section in told.sections])
        book.close()
        return path.read_bytes()


def _facts(told: ReportDetailOut, zone: ZoneInfo) -> Sequence[Sequence[Cell]]:
    return [
        ("报告", told.type_name),
        ("学院", told.college_name),
        ("期间", told.period_label),
        ("起", told.period_from),
        ("止", told.period_to),
        ("数据截止", _instant(told.closes_at, zone)),
        ("报送期限", told.due_on),
        ("状态", STATES[told.state] + ("（逾期）" if told.is_late else "")),
        ("报送次数", told.submissions),
        ("报送人", told.submitted_by_name),
        ("审核意见", told.comment),
    ]


def _row(title: str, figure: ReportFigureOut) -> list[Cell]:
    value, previous, now = figure.value, figure.previous, figure.now
    return [
        title,
        figure.name_zh,
        _amount(figure.unit, value.numerator),
        _amount(figure.unit, value.denominator),
        _percent(value),
        figure.version,
        _amount(figure.unit, previous.numerator if previous else None),
        _amount(figure.unit, previous.denominator if previous else None),
        _points(figure.since_previous),
        _amount(figure.unit, now.numerator if now else None),
        _amount(figure.unit, now.denominator if now else None),
        "有更正" if figure.is_corrected else None,
        figure.numerator_zh,
        figure.denominator_zh,
    ]


def _amount(unit: FigureUnit, value: int | None) -> Cell:
    return Decimal(value).scaleb(-2) if value is not None and unit is FigureUnit.CREDIT_HUNDREDTHS else value


def _percent(count: FigureCountOut) -> Decimal | None:
    return None if count.rate_percent is None else Decimal(count.rate_percent).scaleb(-2)


def _points(change: FigureDifferenceOut | None) -> Decimal | None:
    return None if change is None or change.rate_points is None else Decimal(change.rate_points).scaleb(-2)


def _instant(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def on_paper(told: ReportDetailOut, found: ReportFiguresOut, *, zone: ZoneInfo) -> JsonObject:
    """Write a report as its template takes it."""
    figures: dict[str, list[JsonObject]] = {}
    for figure in found.figures:
        figures.setdefault(figure.section_code, []).append(_printed(figure))
    return {
        "title": told.type_name,
        "period": told.period_label,
        "college": told.college_name,
        "days": f"{told.period_from} 至 {told.period_to}",
        "closes": _instant(told.closes_at, zone),
        "due": told.due_on.isoformat(),
        "state": STATES[told.state] + ("（逾期）" if told.is_late else ""),
        "submission": (
            f"第 {told.submissions} 次 · {told.submitted_by_name} · {_instant(told.submitted_at, zone)}"
            if told.submitted_at
            else "尚未报送"
        ),
        "previous": found.previous_label,
        "frozen": found.submission is not None,
        "computed": _instant(found.computed_at, zone),
        "corrected": [figure.name_zh for figure in found.figures if figure.is_corrected],
        "comment": told.comment,
        "sections": [
            {"title": section.title, "narrative": section.narrative, "figures": figures.get(section.code, [])}
            for section in told.sections
        ],
    }


def _printed(figure: ReportFigureOut) -> JsonObject:
    change = figure.since_previous
    return {
        "name": figure.name_zh,
        "meaning": figure.numerator_zh
        if figure.denominator_zh is None
        else f"分母：{figure.denominator_zh}；分子：{figure.numerator_zh}",
        "value": _said(figure.unit, figure.value),
        "rate": _rate(figure.value),
        "previous": _said(figure.unit, figure.previous) if figure.previous else "—",
        "change": _signed(figure, change) if change else "—",
        "now": _said(figure.unit, figure.now) if figure.now and figure.is_corrected else None,
    }


def _number(unit: FigureUnit, value: int) -> str:
    return quantities.format_hundredths(value) if unit is FigureUnit.CREDIT_HUNDREDTHS else str(value)


def _said(unit: FigureUnit, count: FigureCountOut) -> str:
    above = _number(unit, count.numerator)
    return above if count.denominator is None else f"{above} / {_number(unit, count.denominator)}"


def _rate(count: FigureCountOut) -> str:
    if count.denominator is None:
        return ""
    return "—" if count.rate_percent is None else f"{quantities.format_hundredths(count.rate_percent)}%"


def _signed(figure: ReportFigureOut, change: FigureDifferenceOut) -> str:
    if change.rate_points is not None:
        points = quantities.format_hundredths(change.rate_points)
        return f"{'+' if change.rate_points > 0 else ''}{points} 个百分点"
    if figure.value.denominator is not None:
        return "—"
    return f"{'+' if change.numerator > 0 else ''}{_number(figure.unit, change.numerator)}"
