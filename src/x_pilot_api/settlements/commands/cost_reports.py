"""Reports on costs beside ceilings and fees, and on the budget, as files."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.settlements.commands import exporting
from x_pilot_api.settlements.commands import reports as files
from x_pilot_api.settlements.commands.exporting import ROWS_MAX, Cell, FileFormat, Sheet
from x_pilot_api.settlements.queries import costs, reports
from x_pilot_api.settlements.queries.costs import Measure
from x_pilot_api.settlements.rules import words
from x_pilot_api.settlements.schemas.costs import CostAgainstCeilingRowOut, FeeAgainstCostRowOut

_SIZE = ROWS_MAX + 1
_LEVEL = ("证书", "等级", "考核形式")
_SHEET = ("学院", "核算年度", "版次", "核算考生数", "现金成本（元）", "实物投入（元）")


def _level(row: CostAgainstCeilingRowOut | FeeAgainstCostRowOut | Row[*tuple[Any, ...]]) -> Sequence[Cell]:
    return row.certificate_name, words.said(words.LEVELS, row.level), words.said(words.FORMS, row.exam_form)


def _sheet(row: Row[*tuple[Any, ...]], beside_fen: int | None) -> Sequence[Cell]:
    """Write a cost sheet with what it is held against, and by how much that is more than it pays."""
    told = (
        row.college_name,
        row.cost_year,
        row.version,
        row.candidates,
        exporting.yuan(row.cash_fen),
        exporting.yuan(row.in_kind_fen),
    )
    return *_level(row), *told, exporting.yuan(beside_fen), exporting.yuan(costs.less(beside_fen, row.cash_fen))


async def export_cost_against_ceiling(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, by: Measure, file_format: FileFormat
) -> bytes:
    """Write what exams cost beside their ceilings, and every cost sheet behind it."""
    told = await costs.tell_cost_against_ceiling(session, actor, by=by)
    levels = [
        (
            *(*_level(row), row.colleges, exporting.yuan(row.lowest_cost_fen), exporting.yuan(row.highest_cost_fen)),
            *(
                exporting.yuan(row.ceiling_fen),
                row.ceiling_document,
                exporting.yuan(row.difference_fen),
                row.above_ceiling,
            ),
        )
        for row in told.rows
    ]
    found = await costs.list_measured(session, actor, by=by, size=_SIZE)
    each = [_sheet(row, row.ceiling_fen) for row in found if row.college_name is not None]
    beside = ("上限（元）", "上限文号", "差额（元）", "超上限学院数")
    sheets = [
        Sheet("汇总", (*_LEVEL, "学院数", "最低成本（元）", "最高成本（元）", *beside), levels),
        Sheet("明细", (*_LEVEL, *_SHEET, "上限（元）", "差额（元）"), each),
    ]
    return await files.write_report(session, actor, "export_cost_against_ceiling", institution_id, sheets, file_format)


async def export_fee_against_cost(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, by: Measure, file_format: FileFormat
) -> bytes:
    """Write what exams are charged at beside what they cost, and every cost sheet behind it."""
    told = await costs.tell_fee_against_cost(session, actor, by=by)
    levels = [
        (
            *(*_level(row), exporting.yuan(row.fee_fen), row.fee_basis, row.colleges),
            *(exporting.yuan(row.lowest_cost_fen), exporting.yuan(row.highest_cost_fen)),
            *(exporting.yuan(row.over_highest_fen), exporting.yuan(row.over_lowest_fen), row.above_fee),
        )
        for row in told.rows
    ]
    each = [_sheet(row, row.fee_fen) for row in await costs.list_measured(session, actor, by=by, size=_SIZE)]
    beside = ("最低成本（元）", "最高成本（元）", "减最高成本（元）", "减最低成本（元）", "成本高于费用学院数")
    sheets = [
        Sheet("汇总", (*_LEVEL, "费用（元）", "依据", "学院数", *beside), levels),
        Sheet("明细", (*_LEVEL, *_SHEET, "费用（元）", "差额（元）"), each),
    ]
    return await files.write_report(session, actor, "export_fee_against_cost", institution_id, sheets, file_format)


async def export_budget(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, year: int, as_of: datetime, file_format: FileFormat
) -> bytes:
    """Write what is left of the budget, and what it pays for; a coordinator has their own colleges' candidates."""
    told = await reports.tell_budget(session, actor, year=year, as_of=as_of)
    figures = (exporting.yuan(told.budget_fen), exporting.yuan(told.spent_fen), exporting.yuan(told.remaining_fen))
    found = await reports.list_spent(session, actor, year=year, as_of=as_of, size=_SIZE)
    headings = ("年度", "文号", "预算（元）", "已用（元）", "剩余（元）")
    sheets = [
        Sheet("预算", headings, [(told.year, told.document_number, *figures)]),
        files.list_candidates([row for row in found if row.payer == reports.BUDGET]),
    ]
    return await files.write_report(session, actor, "export_budget_report", institution_id, sheets, file_format)
