"""Reading charges; who may see which is decided here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, exists, false, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.charges.models import (
    Charge,
    ChargeRefund,
    ChargeRelief,
    ChargeState,
    PayerRule,
    Payment,
    PaymentChannel,
    PaymentState,
    ReliefMember,
    ReliefRule,
)
from x_pilot_api.charges.rules import charge_deeds, open_fen
from x_pilot_api.charges.schemas import ChargeDetailOut, ChargeOut, RefundOut, ReliefOut, ReliefRuleOut
from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Role

_SEE_ALL = frozenset({Role.REGISTRAR, Role.FINANCE, Role.AUDITOR})


@dataclass(frozen=True)
class ChargeSearch:
    """What a list of charges is narrowed by."""

    exam_plan_id: UUID | None = None
    student_id: UUID | None = None
    registration_id: UUID | None = None
    state: ChargeState | None = None
    has_waiting_voucher: bool | None = None


def charges_visible_to(actor: Actor) -> Select[Charge]:
    """Select an institution's charges for its offices, a college's for its people, a student's own for them."""
    if actor.institution_id is None:
        return select(Charge).where(false())
    own = select(Charge).where(Charge.institution_id == actor.institution_id)
    if actor.roles & _SEE_ALL:
        return own
    bounds: list[ColumnElement[bool]] = [false()]
    if actor.college_ids:
        bounds.append(Charge.college_id.in_(actor.college_ids))
    if actor.student_id is not None:
        bounds.append(Charge.student_id == actor.student_id)
    return own.where(or_(*bounds))


async def get_charge(session: AsyncSession, actor: Actor, charge_id: UUID, *, lock: bool = False) -> Charge:
    """Read one charge the actor may see; a locked one as it is now, whatever was read of it before."""
    wanted = charges_visible_to(actor).where(Charge.id == charge_id)
    return await lookups.get_one(session, _locked(wanted) if lock else wanted, what="charge", zh="收费")


async def lock_charge(session: AsyncSession, *, institution_id: UUID, charge_id: UUID) -> Charge:
    """Lock a charge that is known to be there."""
    of = select(Charge).where(Charge.institution_id == institution_id, Charge.id == charge_id)
    return (await session.scalars(_locked(of))).one()


async def lock_charges(session: AsyncSession, actor: Actor, charge_ids: Collection[UUID]) -> Sequence[Charge]:
    """Lock those of some charges that the actor may see, in the order of their ids."""
    wanted = charges_visible_to(actor).where(Charge.id.in_(charge_ids)).order_by(Charge.id)
    return (await session.scalars(_locked(wanted))).all()


def _locked(wanted: Select[Charge]) -> Select[Charge]:
    return wanted.with_for_update(key_share=True).execution_options(populate_existing=True)


async def list_charges(
    session: AsyncSession, actor: Actor, *, search: ChargeSearch, wish: PageWish
) -> tuple[Sequence[Charge], str | None]:
    """List visible charges, oldest first."""
    statement = charges_visible_to(actor)
    for column, value in (
        (Charge.exam_plan_id, search.exam_plan_id),
        (Charge.student_id, search.student_id),
        (Charge.registration_id, search.registration_id),
        (Charge.state, search.state),
    ):
        if value is not None:
            statement = statement.where(column == value)
    if search.has_waiting_voucher is not None:
        waits = exists().where(
            Payment.institution_id == Charge.institution_id,
            Payment.charge_id == Charge.id,
            Payment.channel == PaymentChannel.VOUCHER,
            Payment.state == PaymentState.WAITING,
        )
        statement = statement.where(waits if search.has_waiting_voucher else ~waits)
    return await page_of(session, statement, order=[Charge.id], wish=wish)


def tell_charge(actor: Actor, charge: Charge) -> ChargeOut:
    """Tell a charge with what it owes and what the actor may do about it."""
    return ChargeOut(**_fields(actor, charge))


def _fields(actor: Actor, charge: Charge) -> dict[str, Any]:
    names = set(ChargeOut.model_fields) - {"open_fen", "allowed_deeds"}
    told = {name: getattr(charge, name) for name in names}
    return told | {"open_fen": open_fen(charge), "allowed_deeds": charge_deeds(actor, charge)}


async def describe_charge(session: AsyncSession, actor: Actor, charge: Charge) -> ChargeDetailOut:
    """Tell a charge with its reliefs and refunds."""
    reliefs = await session.scalars(
        select(ChargeRelief)
        .where(ChargeRelief.institution_id == charge.institution_id, ChargeRelief.charge_id == charge.id)
        .order_by(ChargeRelief.recorded_at, ChargeRelief.id)
    )
    refunds = await session.scalars(
        select(ChargeRefund)
        .where(ChargeRefund.institution_id == charge.institution_id, ChargeRefund.charge_id == charge.id)
        .order_by(ChargeRefund.recorded_at, ChargeRefund.id)
    )
    return ChargeDetailOut(
        **_fields(actor, charge),
        reliefs=[ReliefOut.model_validate(each, from_attributes=True) for each in reliefs.all()],
        refunds=[RefundOut.model_validate(each, from_attributes=True) for each in refunds.all()],
    )


async def list_payer_rules(
    session: AsyncSession, *, institution_id: UUID | None, wish: PageWish
) -> tuple[Sequence[PayerRule], str | None]:
    """List the institution's rules of who pays, oldest first."""
    of = select(PayerRule).where(PayerRule.institution_id == institution_id)
    return await page_of(session, of, order=[PayerRule.id], wish=wish)


async def list_relief_rules(
    session: AsyncSession, *, institution_id: UUID | None, wish: PageWish
) -> tuple[list[ReliefRuleOut], str | None]:
    """List the institution's rules of who is let off, oldest first, each with how many students it names."""
    of = select(ReliefRule).where(ReliefRule.institution_id == institution_id)
    rows, token = await page_of(session, of, order=[ReliefRule.id], wish=wish)
    counted = await session.execute(
        select(ReliefMember.relief_rule_id, func.count())
        .where(ReliefMember.institution_id == institution_id, ReliefMember.relief_rule_id.in_([row.id for row in rows]))
        .group_by(ReliefMember.relief_rule_id)
    )
    students: dict[UUID, int] = {row[0]: row[1] for row in counted.all()}
    names = set(ReliefRuleOut.model_fields) - {"students"}
    told = [
        ReliefRuleOut(**{name: getattr(row, name) for name in names}, students=students.get(row.id, 0)) for row in rows
    ]
    return told, token


# What the book says of each charge, beside what its row says; nothing is listed where both say the same.
_DRIFT = text("""
WITH sources AS (
    SELECT id AS charge_id, id AS source_id FROM charges WHERE institution_id = :institution_id
    UNION ALL SELECT charge_id, id FROM charge_reliefs WHERE institution_id = :institution_id
    UNION ALL SELECT charge_id, id FROM charge_refunds WHERE institution_id = :institution_id
    UNION ALL SELECT charge_id, id FROM payments WHERE institution_id = :institution_id
), legs AS (
    SELECT sources.charge_id, side.kind, side.amount
    FROM sources
    JOIN journal_entries AS entry ON entry.institution_id = :institution_id AND entry.source_id = sources.source_id
    JOIN transfers AS moved ON moved.institution_id = :institution_id AND moved.entry_id = entry.id
        AND moved.unit = 'cny'
    JOIN ledger_accounts AS debit ON debit.institution_id = :institution_id AND debit.id = moved.debit_account_id
    JOIN ledger_accounts AS credit ON credit.institution_id = :institution_id AND credit.id = moved.credit_account_id
    CROSS JOIN LATERAL (VALUES (debit.kind, -moved.amount), (credit.kind, moved.amount)) AS side (kind, amount)
), booked AS (
    SELECT charge_id, coalesce(sum(amount) FILTER (WHERE kind = 'fee_income'), 0) AS income,
        -coalesce(sum(amount) FILTER (WHERE kind LIKE 'fee_owed_%'), 0) AS owed,
        -coalesce(sum(amount) FILTER (WHERE kind = 'fee_waiver'), 0) AS waived,
        -coalesce(sum(amount) FILTER (WHERE kind = 'fee_subsidy'), 0) AS subsidised,
        -coalesce(sum(amount) FILTER (WHERE kind = 'fee_received'), 0) AS received
    FROM legs GROUP BY charge_id
)
SELECT charge.id FROM charges AS charge
LEFT JOIN booked ON booked.charge_id = charge.id
CROSS JOIN LATERAL (SELECT charge.state <> 'cancelled' AS stands) AS moment
WHERE charge.institution_id = :institution_id AND (booked.charge_id IS NULL
    OR booked.income <> CASE WHEN stands THEN charge.amount_fen ELSE 0 END
    OR booked.owed <> CASE WHEN stands
        THEN charge.amount_fen - charge.waived_fen - charge.subsidised_fen - charge.paid_fen ELSE 0 END
    OR booked.waived <> charge.waived_fen OR booked.subsidised <> charge.subsidised_fen
    OR booked.received <> charge.paid_fen - charge.refunded_fen)
ORDER BY charge.id LIMIT 100
""")


async def find_drift(session: AsyncSession, *, institution_id: UUID) -> Sequence[UUID]:
    """List the charges whose figures are not what the book says of them; at most a hundred."""
    rows: Sequence[Row[UUID]] = (await session.execute(_DRIFT, {"institution_id": institution_id})).all()
    return [row[0] for row in rows]
