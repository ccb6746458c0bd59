"""What is done about one charge: letting off, having a fund pay, giving back."""

from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.charges import queries
from x_pilot_api.charges.commands import booking
from x_pilot_api.charges.errors import BeyondWhatIsOwed, RefundBeyondWhatWasPaid
from x_pilot_api.charges.models import Charge, ChargeRefund, ChargeRelief, ChargeState, ReliefKind
from x_pilot_api.charges.rules import CHARGE, books, open_fen
from x_pilot_api.charges.schemas import RefundIn, ReliefIn
from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor

AUDIT_KIND = "charge"


def refuse_beyond(charge: Charge, amount_fen: int) -> None:
    """Refuse more than a charge still owes."""
    if amount_fen > open_fen(charge):
        raise BeyondWhatIsOwed(charge_id=str(charge.id), amount_fen=amount_fen, open_fen=open_fen(charge))


def settle(charge: Charge) -> None:
    """Let the state follow the figures."""
    charge.state = ChargeState.OPEN if open_fen(charge) else ChargeState.SETTLED


async def relieve_charge(session: AsyncSession, actor: Actor, *, charge_id: UUID, wish: ReliefIn) -> Charge:
    """Let a charge off in part or whole, or have a fund pay of it, by a document and for a reason."""
    charge = await queries.get_charge(session, actor, charge_id, lock=True)
    CHARGE.target_of("relieve", state=charge.state)
    refuse_beyond(charge, wish.amount_fen)
    relief_id, entry_id = uuid4(), uuid4()
    if wish.kind == ReliefKind.WAIVER:
        charge.waived_fen += wish.amount_fen
    else:
        charge.subsidised_fen += wish.amount_fen
    settle(charge)
    await session.flush()
    values = {"institution_id": charge.institution_id, "id": relief_id, "charge_id": charge.id, "entry_id": entry_id}
    await session.execute(insert(ChargeRelief).values(values | wish.model_dump() | {"actor_id": actor.id}))
    await booking.book(
        session,
        actor,
        institution_id=charge.institution_id,
        kind=wish.kind,
        source=("charge_relief", relief_id),
        entry_id=entry_id,
        debit=f"fee_{wish.kind}",
        credit=books.owed_by(charge.payer),
        amount_fen=wish.amount_fen,
    )
    await record(session, actor, "relieve_charge", charge, kind=wish.kind, amount_fen=wish.amount_fen)
    return charge


async def refund_charge(session: AsyncSession, actor: Actor, *, charge_id: UUID, wish: RefundIn) -> Charge:
    """Give back on a charge, never more than was paid; what was given back is not owed again."""
    charge = await queries.get_charge(session, actor, charge_id, lock=True)
    CHARGE.target_of("refund", state=charge.state)
    if wish.amount_fen > charge.paid_fen - charge.refunded_fen:
        raise RefundBeyondWhatWasPaid(
            charge_id=str(charge.id),
            amount_fen=wish.amount_fen,
            paid_fen=charge.paid_fen,
            refunded_fen=charge.refunded_fen,
        )
    refund_id, entry_id = uuid4(), uuid4()
    charge.refunded_fen += wish.amount_fen
    await session.flush()
    values = {"institution_id": charge.institution_id, "id": refund_id, "charge_id": charge.id, "entry_id": entry_id}
    await session.execute(insert(ChargeRefund).values(values | wish.model_dump() | {"actor_id": actor.id}))
    await booking.book(
        session,
        actor,
        institution_id=charge.institution_id,
        kind="refund",
        source=("charge_refund", refund_id),
        entry_id=entry_id,
        debit=books.REFUNDED,
        credit=books.RECEIVED,
        amount_fen=wish.amount_fen,
    )
    await record(session, actor, "refund_charge", charge, cause=wish.cause, amount_fen=wish.amount_fen)
    return charge


async def record(session: AsyncSession, actor: Actor, deed: str, charge: Charge, **figures: object) -> None:
    """Put a deed about a charge on record with its figures."""
    await audit.record(
        session,
        actor,
        deed,
        institution_id=charge.institution_id,
        object_kind=AUDIT_KIND,
        object_id=charge.id,
        detail=dict(figures),
        after={"state": charge.state, "paid_fen": charge.paid_fen, "refunded_fen": charge.refunded_fen},
    )
