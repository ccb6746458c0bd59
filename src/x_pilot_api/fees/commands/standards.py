"""The way of a fee standard: proposed by one side, agreed by the other, approved and published by the office."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.core import audit, changes, clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.row_security import act_for
from x_pilot_api.fees import queries, rules
from x_pilot_api.fees.commands import telling
from x_pilot_api.fees.errors import CostSheetUnfit, FeeStandardOverlaps
from x_pilot_api.fees.models import CostSheetState, FeeCeiling, FeeStandard, FeeStandardState
from x_pilot_api.fees.rules import STANDARD_WORKFLOW, Fee
from x_pilot_api.fees.schemas import FeeStandardIn


async def propose_fee_standard(session: AsyncSession, actor: Actor, *, wish: FeeStandardIn) -> FeeStandard:
    """Propose the fee of a certificate level in an institution, measured against the ceiling at once."""
    await queries.lock_fees(session)
    institution_id = await queries.find_institution_for(session, actor, wish.institution_id)
    await act_for(session, actor, institution_id=institution_id)
    level = await certificates.get_level(session, wish.certificate_level_id)
    if actor.organisation_id not in {None, level.organisation_id}:
        raise NotFound(what="certificate level", zh="证书等级")
    fee = Fee(
        exam_form=wish.exam_form,
        level=level.level,
        category=wish.category,
        fee_fen=wish.fee_fen,
        effective_from=wish.effective_from,
        effective_to=wish.effective_to,
    )
    ceiling = rules.check_fee(await queries.list_ceilings_over(session, fee), fee)
    await _refuse_overlap(session, institution_id=institution_id, wish=wish, fee=fee)
    values = wish.model_dump() | {
        "institution_id": institution_id,
        "organisation_id": level.organisation_id,
        "ceiling_id": ceiling.id,
        "ceiling_fen": ceiling.amount_fen,
        "side": rules.side_of(actor),
        "proposed_by": actor.id,
        "cost_fen": await _cost_of(session, institution_id=institution_id, wish=wish),
    }
    made = await session.scalars(insert(FeeStandard).values(**values).returning(FeeStandard))
    standard = made.one()
    await telling.record_standard(
        session,
        actor,
        "propose",
        standard,
        before=None,
        after={"state": standard.state, "fee_fen": standard.fee_fen, "effective_from": standard.effective_from},
        **_figures(ceiling),
    )
    return standard


def _figures(ceiling: FeeCeiling) -> Mapping[str, object]:
    return {"ceiling_id": str(ceiling.id), "ceiling_fen": ceiling.amount_fen}


async def _refuse_overlap(session: AsyncSession, *, institution_id: UUID, wish: FeeStandardIn, fee: Fee) -> None:
    existing = await queries.find_overlapping_proposal(
        session, institution_id=institution_id, certificate_level_id=wish.certificate_level_id, fee=fee
    )
    if existing is not None:
        raise FeeStandardOverlaps(
            standard_id=str(existing.id),
            fee_fen=existing.fee_fen,
            state=existing.state,
            period=rules.written_period(existing.effective_from, existing.effective_to),
        )


async def _cost_of(session: AsyncSession, *, institution_id: UUID, wish: FeeStandardIn) -> int | None:
    """Give what the sheet that a fee rests on came to; it has to be about the same exam."""
    if wish.cost_sheet_id is None:
        return None
    sheet = await queries.find_sheet(session, institution_id=institution_id, sheet_id=wish.cost_sheet_id)
    if sheet is None:
        raise NotFound(what="cost sheet", zh="成本核算表")
    about_same = (sheet.certificate_level_id, sheet.exam_form) == (wish.certificate_level_id, wish.exam_form)
    if sheet.state != CostSheetState.ACCEPTED or not about_same:
        raise CostSheetUnfit(cost_sheet_id=str(sheet.id), state=sheet.state)
    return sheet.cash_fen


async def agree_fee_standard(session: AsyncSession, actor: Actor, *, standard: FeeStandard) -> None:
    """Agree to a fee for the side that did not propose it."""
    target = STANDARD_WORKFLOW.target_of("agree", state=standard.state)
    rules.check_other_side(actor, standard)
    rules.check_second_person(actor, standard)
    before = _standing(standard)
    standard.state, standard.agreed_by, standard.agreed_at = target, actor.id, clock.now()
    await _keep(session, actor, "agree", standard, before=before)


async def approve_fee_standard(session: AsyncSession, actor: Actor, *, standard: FeeStandard) -> None:
    """Approve a fee that both sides want, measured against the ceilings as they are now."""
    target = STANDARD_WORKFLOW.target_of("approve", state=standard.state)
    rules.check_second_person(actor, standard)
    before = _standing(standard)
    ceiling = await _measure(session, standard)
    standard.state, standard.approved_by, standard.approved_at = target, actor.id, clock.now()
    await _keep(session, actor, "approve", standard, before=before, **_figures(ceiling))


async def publish_fee_standard(session: AsyncSession, actor: Actor, *, standard: FeeStandard, today: date) -> None:
    """Put an approved fee into force; the ones before it end on its first day, so that no day has two or none."""
    target = STANDARD_WORKFLOW.target_of("publish", state=standard.state)
    before = _standing(standard)
    ceiling = await _measure(session, standard)
    giving_way = await queries.lock_giving_way(session, standard)
    rules.check_giving_way(standard, giving_way, today=today)
    for earlier in giving_way:
        was = _standing(earlier)
        earlier.ended_on = max(earlier.effective_from, standard.effective_from)
        if earlier.state != FeeStandardState.SUSPENDED:
            earlier.state = FeeStandardState.SUPERSEDED
        await _keep(session, actor, "supersede", earlier, before=was, by=str(standard.id))
    # Written last, since the database checks row by row that no two fees are in force on one day.
    standard.state, standard.published_by, standard.published_at = target, actor.id, clock.now()
    await _keep(session, actor, "publish", standard, before=before, **_figures(ceiling))


async def refuse_fee_standard(session: AsyncSession, actor: Actor, *, standard: FeeStandard, reason: str) -> None:
    """Refuse a fee for the side that did not propose it."""
    target = STANDARD_WORKFLOW.target_of("refuse", state=standard.state)
    rules.check_other_side(actor, standard)
    await _end(session, actor, "refuse", standard, target=target, reason=reason)


async def reject_fee_standard(session: AsyncSession, actor: Actor, *, standard: FeeStandard, reason: str) -> None:
    """Refuse, as the office, a fee that both sides want."""
    target = STANDARD_WORKFLOW.target_of("reject", state=standard.state)
    await _end(session, actor, "reject", standard, target=target, reason=reason)


async def withdraw_fee_standard(session: AsyncSession, actor: Actor, *, standard: FeeStandard, reason: str) -> None:
    """Take a proposal back before it is in force."""
    target = STANDARD_WORKFLOW.target_of("withdraw", state=standard.state)
    rules.check_own_side(actor, standard)
    await _end(session, actor, "withdraw", standard, target=target, reason=reason)


async def _end(
    session: AsyncSession, actor: Actor, deed: str, standard: FeeStandard, *, target: str, reason: str
) -> None:
    before = _standing(standard)
    standard.state, standard.reason = target, reason
    await _keep(session, actor, deed, standard, before=before)


async def _measure(session: AsyncSession, standard: FeeStandard) -> FeeCeiling:
    """Measure a fee against the ceilings as they are now, under their lock; keep the one it rests on."""
    level = await certificates.get_level(session, standard.certificate_level_id)
    fee = Fee(
        exam_form=standard.exam_form,
        level=level.level,
        category=standard.category,
        fee_fen=standard.fee_fen,
        effective_from=standard.effective_from,
        effective_to=standard.effective_to,
    )
    ceiling = rules.check_fee(await queries.list_ceilings_over(session, fee), fee)
    standard.ceiling_id, standard.ceiling_fen = ceiling.id, ceiling.amount_fen
    return ceiling


def _standing(standard: FeeStandard) -> audit.State:
    return changes.fields_of(standard, "state", "ended_on", "ceiling_fen", "reason")


async def _keep(
    session: AsyncSession, actor: Actor, deed: str, standard: FeeStandard, *, before: audit.State, **detail: object
) -> None:
    await session.flush()
    await telling.record_standard(session, actor, deed, standard, before=before, after=_standing(standard), **detail)
