"""What is in force on a day: fees, ceilings, and what an exam costs a candidate; for others to build on."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.fees.models import CostSheet, CostSheetState, FeeCeiling, FeeStandard
from x_pilot_api.fees.queries import periods


def standard_in_force(standard: str, day: str) -> str:
    """Write the condition that a row of `fee_standards`, by its alias, is in force on a day, an SQL expression.

    Superseded and suspended standards stay true of the days before their end. At most one row fulfils it for an
    institution, level, exam form and day: the table's exclusion constraint says so.
    """
    return (
        f"({standard}.published_at IS NOT NULL AND {standard}.effective_from <= {day}"
        f" AND ({standard}.effective_to IS NULL OR {day} < {standard}.effective_to)"
        f" AND ({standard}.ended_on IS NULL OR {day} < {standard}.ended_on))"
    )


def join_standard(*, institution_id: str, certificate_level_id: str, exam_form: str, day: str) -> str:
    """Write the join, as `standard`, of the fee in force for many rows at once; what it takes are SQL expressions."""
    return (
        f"LEFT JOIN fee_standards AS standard ON standard.institution_id = {institution_id}"
        f" AND standard.certificate_level_id = {certificate_level_id} AND standard.exam_form = {exam_form}"
        f" AND {standard_in_force('standard', day)}"
    )


async def find_standard_in_force(
    session: AsyncSession, *, institution_id: UUID, certificate_level_id: UUID, exam_form: str, on: date
) -> FeeStandard | None:
    """Find the fee of a level and exam form in an institution on a day."""
    statement = select(FeeStandard).where(
        FeeStandard.institution_id == institution_id,
        FeeStandard.certificate_level_id == certificate_level_id,
        FeeStandard.exam_form == exam_form,
        text(standard_in_force("fee_standards", ":on")),
    )
    return (await session.scalars(statement, {"on": on})).one_or_none()


async def list_standards_in_force(session: AsyncSession, *, institution_id: UUID, on: date) -> Sequence[FeeStandard]:
    """List all fees of an institution on a day."""
    statement = select(FeeStandard).where(
        FeeStandard.institution_id == institution_id, text(standard_in_force("fee_standards", ":on"))
    )
    return (await session.scalars(statement.order_by(FeeStandard.id), {"on": on})).all()


async def list_ceilings_in_force(session: AsyncSession, *, on: date) -> Sequence[FeeCeiling]:
    """List all ceilings of a day; `rules.choose_ceiling` tells which of them applies."""
    statement = select(FeeCeiling).where(FeeCeiling.effective_from <= on, periods.lasts_beyond(FeeCeiling, on))
    return (await session.scalars(statement.order_by(FeeCeiling.id))).all()


async def find_latest_cost(
    session: AsyncSession,
    *,
    institution_id: UUID,
    college_id: UUID,
    certificate_level_id: UUID,
    exam_form: str,
    until_year: int | None = None,
) -> CostSheet | None:
    """Find the latest accepted sheet of a college, which says what an exam costs a candidate, up to a year if asked."""
    statement = select(CostSheet).where(
        CostSheet.institution_id == institution_id,
        CostSheet.college_id == college_id,
        CostSheet.certificate_level_id == certificate_level_id,
        CostSheet.exam_form == exam_form,
        CostSheet.state == CostSheetState.ACCEPTED,
    )
    if until_year is not None:
        statement = statement.where(CostSheet.year <= until_year)
    return (await session.scalars(statement.order_by(CostSheet.year.desc()).limit(1))).one_or_none()


async def list_latest_costs(session: AsyncSession, *, institution_id: UUID) -> Sequence[CostSheet]:
    """List the latest accepted sheet of every college, level and exam form of an institution."""
    key = (CostSheet.college_id, CostSheet.certificate_level_id, CostSheet.exam_form)
    statement = (
        select(CostSheet)
        .where(CostSheet.institution_id == institution_id, CostSheet.state == CostSheetState.ACCEPTED)
        .ext(distinct_on(*key))
        .order_by(*key, CostSheet.year.desc())
    )
    return (await session.scalars(statement)).all()
