"""Finding settlements and telling of them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, false, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.exams.models import ExamPlan
from x_pilot_api.identity.models import Institution, Organisation, Role
from x_pilot_api.settlements import rules
from x_pilot_api.settlements.models import Settlement, SettlementRow, SettlementState
from x_pilot_api.settlements.schemas.settlements import (
    SettlementDetailOut,
    SettlementLineOut,
    SettlementOut,
    SettlementRowOut,
)

_OFFICE = frozenset({Role.REGISTRAR, Role.FINANCE, Role.AUDITOR})
_READERS = _OFFICE | {Role.COORDINATOR}

# By certificate level, payer and standard, from the rows; a candidate has one row for each payer.
_LINES = text("""
SELECT row.certificate_level_id, certificate.name AS certificate_name, level.level, row.payer, row.fee_standard_id,
    row.fee_fen, count(*) AS candidates,
    count(*) FILTER (WHERE row.presence = 'attended') AS attended,
    count(*) FILTER (WHERE row.presence = 'absent') AS absent,
    count(*) FILTER (WHERE row.presence = 'exempt') AS exempt,
    count(*) FILTER (WHERE row.guarantee_used) AS guarantees_used,
    sum(row.charged_fen)::bigint AS charged_fen, sum(row.cancelled_fen)::bigint AS cancelled_fen,
    sum(row.waived_fen)::bigint AS waived_fen, sum(row.reduced_fen)::bigint AS reduced_fen,
    sum(row.paid_fen)::bigint AS paid_fen,
    sum(row.refunded_fen)::bigint AS refunded_fen, sum(row.due_fen)::bigint AS due_fen,
    sum(row.before_fen)::bigint AS before_fen
FROM settlement_rows AS row
JOIN certificate_levels AS level ON level.id = row.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
WHERE row.institution_id = :institution_id AND row.settlement_id = :settlement_id AND row.edition = :edition
GROUP BY 1, 2, 3, 4, 5, 6
ORDER BY certificate.name, level.level, row.payer, row.fee_standard_id
""")


def settlements_visible_to(actor: Actor) -> Select[Settlement]:
    """Select the settlements an actor may see: an institution's own, or an organisation's once they are proposed."""
    reasons: list[ColumnElement[bool]] = [false()]
    if actor.institution_id is not None and actor.roles & _READERS:
        reasons.append(Settlement.institution_id == actor.institution_id)
    if actor.organisation_id is not None:
        own = Settlement.organisation_id == actor.organisation_id
        reasons.append(and_(own, Settlement.state != SettlementState.DRAFT))
    return select(Settlement).where(or_(*reasons))


async def get_settlement(session: AsyncSession, actor: Actor, settlement_id: UUID) -> Settlement:
    """Read one visible settlement."""
    return await lookups.get_one(
        session, settlements_visible_to(actor).where(Settlement.id == settlement_id), what="settlement", zh="结算单"
    )


async def lock_settlement(session: AsyncSession, actor: Actor, settlement_id: UUID) -> Settlement:
    """Lock one visible settlement and read it as it is now; one that was hidden meanwhile is not there any more."""
    seen = await get_settlement(session, actor, settlement_id)
    statement = settlements_visible_to(actor).where(
        Settlement.institution_id == seen.institution_id, Settlement.id == seen.id
    )
    return await lookups.get_one(session, statement, what="settlement", zh="结算单", lock=True)


async def lock_office_settlement(session: AsyncSession, actor: Actor, settlement_id: UUID) -> Settlement:
    """Lock a settlement of the actor's own institution, for the deeds of its office."""
    found = await lock_settlement(session, actor, settlement_id)
    if found.institution_id != actor.institution_id:
        raise NotFound(what="settlement", zh="结算单")
    return found


async def find_latest(session: AsyncSession, plan: ExamPlan) -> Settlement | None:
    """Find the last settlement drawn up for a plan."""
    statement = (
        select(Settlement)
        .where(Settlement.institution_id == plan.institution_id, Settlement.exam_plan_id == plan.id)
        .order_by(Settlement.number.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one_or_none()


async def list_settlements(
    session: AsyncSession,
    actor: Actor,
    *,
    exam_plan_id: UUID | None,
    organisation_id: UUID | None,
    state: SettlementState | None,
    wish: PageWish,
) -> tuple[list[SettlementOut], str | None]:
    """List visible settlements, oldest first."""
    statement = settlements_visible_to(actor)
    for column, value in (
        (Settlement.exam_plan_id, exam_plan_id),
        (Settlement.organisation_id, organisation_id),
        (Settlement.state, state),
    ):
        if value is not None:
            statement = statement.where(column == value)
    rows, token = await page_of(session, statement, order=(Settlement.id,), wish=wish)
    return await tell(session, actor, rows), token


async def tell(session: AsyncSession, actor: Actor, settlements: Sequence[Settlement]) -> list[SettlementOut]:
    """Tell a caller of settlements, in one more statement however many there are."""
    named = await session.execute(
        select(
            ExamPlan.institution_id,
            ExamPlan.id,
            ExamPlan.code,
            ExamPlan.name,
            Institution.name.label("institution_name"),
            Organisation.name.label("organisation_name"),
        )
        .join(Institution, Institution.id == ExamPlan.institution_id)
        .join(Organisation, Organisation.id == ExamPlan.organisation_id)
        .where(
            ExamPlan.institution_id.in_({it.institution_id for it in settlements}),
            ExamPlan.id.in_({it.exam_plan_id for it in settlements}),
        )
    )
    plans = {(row.institution_id, row.id): row for row in named.all()}
    return [_told(actor, it, plans[it.institution_id, it.exam_plan_id]) for it in settlements]


def _told(actor: Actor, it: Settlement, plan: Row[*tuple[Any, ...]]) -> SettlementOut:
    return SettlementOut(
        id=it.id,
        institution_id=it.institution_id,
        institution_name=plan.institution_name,
        organisation_id=it.organisation_id,
        organisation_name=plan.organisation_name,
        exam_plan_id=it.exam_plan_id,
        plan_code=plan.code,
        plan_name=plan.name,
        number=it.number,
        adjusts_id=it.adjusts_id,
        edition=it.edition,
        state=SettlementState(it.state),
        as_of=it.as_of,
        content_hash=it.content_hash,
        institution_agreed=rules.has_agreed(it, rules.Party.INSTITUTION),
        organisation_agreed=rules.has_agreed(it, rules.Party.ORGANISATION),
        candidates=it.candidates,
        attended=it.attended,
        absent=it.absent,
        exempt=it.exempt,
        unknown=it.candidates - it.attended - it.absent - it.exempt,
        guarantees_used=it.guarantees_used,
        charged_fen=it.charged_fen,
        cancelled_fen=it.cancelled_fen,
        waived_fen=it.waived_fen,
        reduced_fen=it.reduced_fen,
        paid_fen=it.paid_fen,
        refunded_fen=it.refunded_fen,
        before_fen=it.before_fen,
        due_fen=it.due_fen,
        dispute_reason=it.dispute_reason,
        payment_document=it.payment_document,
        paid_on=it.paid_on,
        allowed_deeds=rules.allowed_deeds(actor, it),
    )


async def tell_one(session: AsyncSession, actor: Actor, settlement: Settlement) -> SettlementDetailOut:
    """Tell a caller of one settlement with its lines."""
    (told,) = await tell(session, actor, [settlement])
    return SettlementDetailOut(**dict(told), lines=await list_lines(session, settlement))


async def list_lines(session: AsyncSession, settlement: Settlement) -> list[SettlementLineOut]:
    """Tell what each payer bears for each certificate level."""
    bound = {
        "institution_id": settlement.institution_id,
        "settlement_id": settlement.id,
        "edition": settlement.edition,
    }
    found = await session.execute(_LINES, bound)
    return [SettlementLineOut.model_validate(row, from_attributes=True) for row in found.all()]


def rows_visible_to(actor: Actor, settlement: Settlement) -> Select[SettlementRow]:
    """Select the rows of a settlement's present edition that an actor may see; a coordinator their own colleges'."""
    rows = select(SettlementRow).where(
        SettlementRow.institution_id == settlement.institution_id,
        SettlementRow.settlement_id == settlement.id,
        SettlementRow.edition == settlement.edition,
    )
    if actor.institution_id is None or actor.roles & _OFFICE:
        return rows
    return rows.where(SettlementRow.college_id.in_(actor.college_ids))


async def list_rows(
    session: AsyncSession, actor: Actor, settlement: Settlement, *, wish: PageWish
) -> tuple[list[SettlementRowOut], str | None]:
    """List the candidates of a settlement by admission number."""
    order = (SettlementRow.admission_number, SettlementRow.payer)
    rows, token = await page_of(session, rows_visible_to(actor, settlement), order=order, wish=wish)
    return [SettlementRowOut.model_validate(row, from_attributes=True) for row in rows], token


async def count_rows(session: AsyncSession, actor: Actor, settlement: Settlement) -> int:
    """Count the rows an actor may see."""
    found = select(func.count()).select_from(rows_visible_to(actor, settlement).subquery())
    return int((await session.scalar(found)) or 0)


async def read_rows(session: AsyncSession, actor: Actor, settlement: Settlement) -> Sequence[SettlementRow]:
    """Read all rows an actor may see, by admission number."""
    statement = rows_visible_to(actor, settlement).order_by(SettlementRow.admission_number, SettlementRow.payer)
    return (await session.scalars(statement)).all()
