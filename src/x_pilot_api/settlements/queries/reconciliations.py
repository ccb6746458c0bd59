"""Reading how an organisation's lists compared with ours."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Role
from x_pilot_api.settlements.models import Difference, DifferenceKind, Reconciliation, Settlement, SettlementRow
from x_pilot_api.settlements.rules.reconciling import Ours
from x_pilot_api.settlements.schemas.reconciliations import DifferenceOut, ReconciliationOut

_OFFICE = frozenset({Role.REGISTRAR, Role.FINANCE, Role.AUDITOR})


def reconciliations_visible_to(actor: Actor) -> Select[Reconciliation]:
    """Select the comparisons an actor may see: those of their institution's office, or of their organisation."""
    reasons: list[ColumnElement[bool]] = [false()]
    if actor.institution_id is not None and actor.roles & _OFFICE:
        reasons.append(Reconciliation.institution_id == actor.institution_id)
    if actor.organisation_id is not None:
        reasons.append(Reconciliation.organisation_id == actor.organisation_id)
    return select(Reconciliation).where(or_(*reasons))


async def get_reconciliation(session: AsyncSession, actor: Actor, reconciliation_id: UUID) -> Reconciliation:
    """Read one visible comparison."""
    statement = reconciliations_visible_to(actor).where(Reconciliation.id == reconciliation_id)
    return await lookups.get_one(session, statement, what="reconciliation", zh="对账")


async def read_ours(session: AsyncSession, settlement: Settlement) -> dict[str, Ours]:
    """Add up what each candidate of a settlement comes to by all payers, by admission number."""
    statement = (
        select(
            SettlementRow.admission_number,
            func.sum(SettlementRow.due_fen).label("amount_fen"),
            func.min(SettlementRow.presence).label("presence"),
        )
        .where(
            SettlementRow.institution_id == settlement.institution_id,
            SettlementRow.settlement_id == settlement.id,
            SettlementRow.edition == settlement.edition,
        )
        .group_by(SettlementRow.admission_number)
    )
    rows = (await session.execute(statement)).all()
    return {row.admission_number: Ours(int(row.amount_fen), row.presence) for row in rows}


async def tell(session: AsyncSession, reconciliation: Reconciliation) -> ReconciliationOut:
    """Tell a comparison with how many differences there are of each kind."""
    counted = await session.execute(
        select(Difference.kind, func.count())
        .where(
            Difference.institution_id == reconciliation.institution_id,
            Difference.reconciliation_id == reconciliation.id,
        )
        .group_by(Difference.kind)
    )
    edition = await session.scalar(
        select(Settlement.edition).where(
            and_(
                Settlement.institution_id == reconciliation.institution_id,
                Settlement.id == reconciliation.settlement_id,
            )
        )
    )
    kinds = {DifferenceKind(kind): count for kind, count in counted.all()}
    return ReconciliationOut(
        id=reconciliation.id,
        settlement_id=reconciliation.settlement_id,
        edition=reconciliation.edition,
        is_current=edition == reconciliation.edition,
        rows=reconciliation.rows,
        matching=reconciliation.matching,
        differences=reconciliation.differences,
        kinds={kind: kinds.get(kind, 0) for kind in DifferenceKind},
        their_fen=reconciliation.their_fen,
        our_fen=reconciliation.our_fen,
        made_at=reconciliation.made_at,
    )


async def list_differences(
    session: AsyncSession, reconciliation: Reconciliation, *, kind: DifferenceKind | None = None, wish: PageWish
) -> tuple[list[DifferenceOut], str | None]:
    """List the differences of a comparison, theirs by row and then ours."""
    statement = select(Difference).where(
        Difference.institution_id == reconciliation.institution_id,
        Difference.reconciliation_id == reconciliation.id,
    )
    if kind is not None:
        statement = statement.where(Difference.kind == kind)
    rows, token = await page_of(session, statement, order=(Difference.number,), wish=wish)
    return [DifferenceOut.model_validate(row, from_attributes=True) for row in rows], token
