"""Loading budgets, and reports on fees as files."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.identity import queries as identity
from x_pilot_api.settlements.commands import exporting
from x_pilot_api.settlements.commands.exporting import Cell, FileFormat, Sheet
from x_pilot_api.settlements.models import FeeBudget
from x_pilot_api.settlements.queries import reports as queries
from x_pilot_api.settlements.rules import words
from x_pilot_api.settlements.schemas.reports import FeeBudgetIn

_KIND = "institution"
_SIZE = exporting.ROWS_MAX + 1
_AMOUNTS = ("charged_fen", "cancelled_fen", "waived_fen", "reduced_fen", "due_fen", "paid_fen", "refunded_fen")
_AMOUNT = ("应收（元）", "取消（元）", "减免（元）", "退减（元）", "应结（元）", "已付（元）", "已退（元）")
_GUARANTEES = {"available": "未使用", "reserved": "已预留", "used": "已使用", "forfeited": "因缺考用尽"}


async def load_budget(session: AsyncSession, actor: Actor, *, institution_id: UUID, wish: FeeBudgetIn) -> FeeBudget:
    """Load an institution's budget for a year; what was loaded before stays on record below it."""
    await identity.lock_institution(session, institution_id)
    known = await session.scalar(
        select(func.max(FeeBudget.revision)).where(
            FeeBudget.institution_id == institution_id, FeeBudget.year == wish.year
        )
    )
    values = wish.model_dump() | {
        "institution_id": institution_id,
        "revision": (known or 0) + 1,
        "loaded_by": actor.id,
    }
    made = (await session.scalars(insert(FeeBudget).values(values).returning(FeeBudget))).one()
    await audit.record(
        session,
        actor,
        "load_fee_budget",
        institution_id=institution_id,
        object_kind="fee_budget",
        object_id=made.id,
        after={"year": made.year, "revision": made.revision, "amount_fen": made.amount_fen},
    )
    return made


async def export_coverage(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, as_of: datetime, file_format: FileFormat
) -> bytes:
    """Write the coverage of the guarantee, and every student behind it."""
    told = await queries.tell_coverage(session, actor, as_of=as_of)
    colleges = [(row.college_name, row.numerator, row.denominator, row.rate_percent) for row in told.rows]
    found = await queries.list_covered(session, actor, as_of=as_of, size=_SIZE)
    students = [
        (row.college_name, row.programme_name, row.student_number, row.student_name, _GUARANTEES[row.state])
        for row in found
    ]
    sheets = [
        Sheet("覆盖率", ("学院", "已使用", "已授予", "覆盖率（%）"), colleges),
        Sheet("学生", ("学院", "专业", "学号", "姓名", "保障考核机会"), students),
    ]
    return await write_report(session, actor, "export_coverage", institution_id, sheets, file_format)


async def export_spending(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, year: int, as_of: datetime, file_format: FileFormat
) -> bytes:
    """Write what a year's exams come to, and every candidate behind it."""
    told = await queries.tell_spending(session, actor, year=year, as_of=as_of)
    groups = [
        (
            *(row.college_name, row.certificate_name, words.said(words.LEVELS, row.level)),
            *(words.said(words.PAYERS, row.payer), row.candidates),
            *_amounts(row),
        )
        for row in told.rows
    ]
    found: Sequence[Row[*tuple[Any, ...]]] = await queries.list_spent(
        session, actor, year=year, as_of=as_of, size=_SIZE
    )
    sheets = [
        Sheet("汇总", ("学院", "证书", "等级", "付款方", "考生数", *_AMOUNT), groups),
        list_candidates(found),
    ]
    return await write_report(session, actor, "export_spending", institution_id, sheets, file_format)


def list_candidates(found: Sequence[Row[*tuple[Any, ...]]]) -> Sheet:
    """List what candidates come to, each by each payer."""
    each = [
        (
            *(row.plan_code, row.admission_number, row.college_name, row.certificate_name),
            *(words.said(words.LEVELS, row.level), words.said(words.PAYERS, row.payer)),
            *_amounts(row),
        )
        for row in found
    ]
    return Sheet("明细", ("计划", "准考证号", "学院", "证书", "等级", "付款方", *_AMOUNT), each)


def _amounts(row: object) -> list[Cell]:
    return [exporting.yuan(getattr(row, name)) for name in _AMOUNTS]


async def write_report(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    institution_id: UUID,
    sheets: Sequence[Sheet],
    file_format: FileFormat,
) -> bytes:
    """Write a report of an institution into a file."""
    return await exporting.write_file(
        session,
        actor,
        deed,
        institution_id=institution_id,
        object_kind=_KIND,
        object_id=institution_id,
        sheets=sheets,
        file_format=file_format,
    )
