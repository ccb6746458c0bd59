"""Issuing ceilings, one or a file of them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, db
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Fault
from x_pilot_api.core.tables.sheets import Sheet, fault_of
from x_pilot_api.fees import queries, rules
from x_pilot_api.fees.commands import suspending
from x_pilot_api.fees.errors import CeilingOverlaps, FeeFileRefused
from x_pilot_api.fees.models import FeeCeiling
from x_pilot_api.fees.schemas import (
    FeeCeilingIn,
    FeeCeilingIssuedOut,
    FeeCeilingOut,
    FeeCeilingsIssuedOut,
    LoadFaultOut,
    SuspendedStandardOut,
)


async def issue_fee_ceiling(session: AsyncSession, actor: Actor, *, wish: FeeCeilingIn) -> FeeCeilingIssuedOut:
    """Issue a ceiling for all institutions; the fee standards it puts in the wrong are suspended."""
    await queries.lock_fees(session)
    existing = rules.find_overlap(FeeCeiling(**wish.model_dump()), await queries.list_all_ceilings(session))
    if existing is not None:
        raise CeilingOverlaps(
            ceiling_id=str(existing.id),
            amount_fen=existing.amount_fen,
            document_number=existing.document_number,
            period=rules.written_period(existing.effective_from, existing.effective_to),
        )
    (ceiling,), suspended = await _issue(session, actor, [wish])
    return FeeCeilingIssuedOut(**dict(ceiling), suspended_standards=suspended)


async def issue_fee_ceilings(
    session: AsyncSession, actor: Actor, *, sheet: Sheet, validate_only: bool
) -> FeeCeilingsIssuedOut:
    """Issue a file of ceilings, all or none; with `validate_only` tell what would become of each row."""
    await queries.lock_fees(session)
    wishes, faults = await _judge(session, sheet)
    if faults and not validate_only:
        raise FeeFileRefused(rows=sheet.size, refused=len({fault.get("row") for fault in faults}), faults=faults)
    if validate_only:
        async with db.rehearsal(session):
            ceilings, suspended = await _issue(session, actor, list(wishes.values()))
    else:
        ceilings, suspended = await _issue(session, actor, list(wishes.values()))
    return FeeCeilingsIssuedOut(
        validate_only=validate_only,
        rows=sheet.size,
        ceilings=ceilings,
        suspended_standards=suspended,
        refused=[LoadFaultOut.model_validate(fault) for fault in faults],
    )


async def _judge(session: AsyncSession, sheet: Sheet) -> tuple[Mapping[int, FeeCeilingIn], list[Fault]]:
    """Make a wish of every row that can be one; tell of each other row what is wrong, and with which column."""
    existing = await queries.list_all_ceilings(session)
    wishes: dict[int, FeeCeilingIn] = {}
    before: dict[int, FeeCeiling] = {}
    faults = list(sheet.faults)
    for number, values in sheet.rows.items():
        wrong = rules.fault_of_ceiling(values)
        if wrong is None:
            wish = FeeCeilingIn.model_validate(values)
            ceiling = FeeCeiling(**wish.model_dump())
            wrong = rules.overlap_of_row(ceiling, existing, before)
            if wrong is None:
                wishes[number], before[number] = wish, ceiling
                continue
        column, item, figures = wrong
        faults.append(fault_of(number, column, item, figures))
    return wishes, sorted(faults, key=lambda fault: fault.get("row", 0))


async def _issue(
    session: AsyncSession, actor: Actor, wishes: Sequence[FeeCeilingIn]
) -> tuple[list[FeeCeilingOut], list[SuspendedStandardOut]]:
    if not wishes:
        return [], []
    made = await session.scalars(
        insert(FeeCeiling).returning(FeeCeiling, sort_by_parameter_order=True), [wish.model_dump() for wish in wishes]
    )
    ceilings = [FeeCeilingOut.model_validate(row, from_attributes=True) for row in made.all()]
    suspended = await suspending.suspend_standards(session, actor, ceiling_ids=[ceiling.id for ceiling in ceilings])
    for ceiling in ceilings:
        await audit.record(
            session,
            actor,
            "issue_fee_ceiling",
            institution_id=None,
            object_kind="fee_ceiling",
            object_id=ceiling.id,
            detail={"amount_fen": ceiling.amount_fen, "suspended_standards": len(suspended)},
            after=ceiling.model_dump(include={"exam_form", "level", "category", "amount_fen", "effective_from"}),
        )
    return ceilings, suspended
