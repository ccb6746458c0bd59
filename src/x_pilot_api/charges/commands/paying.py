"""Payments: the finance office's vouchers, each decided by a second person, and what a gateway calls back."""

import hashlib
import hmac
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.dialects.postgresql import insert as insert_unless
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.charges import queries
from x_pilot_api.charges.commands import booking, deeds
from x_pilot_api.charges.errors import (
    CallbackSettled,
    CallbackUnsigned,
    PaidInTheFuture,
    SecondPersonConfirms,
    VoucherKnown,
)
from x_pilot_api.charges.models import (
    CallbackOutcome,
    Charge,
    ChargeState,
    Payment,
    PaymentCallback,
    PaymentChannel,
    PaymentState,
)
from x_pilot_api.charges.rules import CHARGE, PAYMENT, books, open_fen
from x_pilot_api.charges.schemas import CallbackIn, VoucherIn
from x_pilot_api.core import audit, clock
from x_pilot_api.core.actors import SYSTEM, Actor

AUDIT_KIND = "payment"
CURRENCY = "CNY"


async def record_voucher(
    session: AsyncSession, actor: Actor, *, charge_id: UUID, wish: VoucherIn, today: date
) -> Payment:
    """Record what the finance office was paid; it counts once somebody else has confirmed it."""
    charge = await queries.get_charge(session, actor, charge_id, lock=True)
    CHARGE.target_of("pay", state=charge.state)
    if wish.paid_on > today:
        raise PaidInTheFuture(paid_on=wish.paid_on.isoformat(), today=today.isoformat())
    deeds.refuse_beyond(charge, wish.amount_fen)
    values = {
        "institution_id": charge.institution_id,
        "charge_id": charge.id,
        "channel": PaymentChannel.VOUCHER,
        "recorded_by": actor.id,
    }
    made = await session.scalars(
        insert_unless(Payment).values(values | wish.model_dump()).on_conflict_do_nothing().returning(Payment)
    )
    payment = made.one_or_none()
    if payment is None:
        raise VoucherKnown(document_number=wish.document_number)
    await _record(session, actor, "record_voucher", payment)
    return payment


async def confirm_payment(session: AsyncSession, actor: Actor, *, payment_id: UUID) -> Payment:
    """Confirm a voucher somebody else has recorded: the money is in the book from now on."""
    payment, charge = await _held(session, actor, payment_id, deed="confirm")
    deeds.refuse_beyond(charge, payment.amount_fen)
    await _settle(session, actor, payment, charge)
    return payment


async def reject_payment(session: AsyncSession, actor: Actor, *, payment_id: UUID, reason: str) -> Payment:
    """Reject a voucher somebody else has recorded, with the reason; nothing moves."""
    payment, _ = await _held(session, actor, payment_id, deed="reject")
    payment.state, payment.reason = PaymentState.REJECTED, reason
    payment.decided_by, payment.decided_at = actor.id, clock.now()
    await session.flush()
    await _record(session, actor, "reject_payment", payment)
    return payment


async def start_order(session: AsyncSession, actor: Actor, *, charge_id: UUID) -> Payment:
    """Begin an order at the gateway over all that a charge owes; its callback says that it was paid."""
    charge = await queries.get_charge(session, actor, charge_id, lock=True)
    CHARGE.target_of("pay", state=charge.state)
    begun = await queries.find_waiting_order(session, charge, amount_fen=open_fen(charge))
    if begun is not None:
        return begun
    values = {
        "institution_id": charge.institution_id,
        "charge_id": charge.id,
        "channel": PaymentChannel.GATEWAY,
        "amount_fen": open_fen(charge),
        "recorded_by": actor.id,
    }
    payment = (await session.scalars(insert(Payment).values(values).returning(Payment))).one()
    await _record(session, actor, "start_payment_order", payment)
    return payment


def signature_of(key: bytes, body: bytes) -> str:
    """Sign the bytes of a callback."""
    return hmac.new(key, body, hashlib.sha256).hexdigest()


def check_signature(key: bytes, body: bytes, signature: str) -> None:
    """Refuse a callback whose signature does not fit; how long that takes tells nothing of the key."""
    if not hmac.compare_digest(signature_of(key, body).encode(), signature.encode()):
        raise CallbackUnsigned


async def take_callback(session: AsyncSession, *, institution_id: UUID, said: CallbackIn) -> PaymentCallback:
    """Take in what the gateway said, once: applied to its order, or kept for the desk with the reason.

    The transaction acts within the institution. Nobody is signed in; the signature was checked before.
    """
    order = await queries.find_order(session, institution_id=institution_id, order_id=said.order_id)
    charge = None
    if order is not None:
        charge = await queries.lock_charge(session, institution_id=institution_id, charge_id=order.charge_id)
        await session.refresh(order, with_for_update=True)
    known = await queries.find_callback(session, institution_id=institution_id, event_id=said.event_id)
    if known is not None:
        return known
    reason = _why_kept(order, charge, said)
    values = said.model_dump(exclude={"status"}) | {
        "institution_id": institution_id,
        "id": uuid4(),
        "payment_id": order.id if order else None,
        "outcome": CallbackOutcome.KEPT if reason else CallbackOutcome.APPLIED,
        "reason": reason,
    }
    made = await session.scalars(
        insert_unless(PaymentCallback)
        .values(values)
        .on_conflict_do_nothing(constraint="payment_callbacks_once_key")
        .returning(PaymentCallback)
    )
    callback = made.one_or_none()
    if callback is None:
        replayed = await queries.find_callback(session, institution_id=institution_id, event_id=said.event_id)
        assert replayed is not None  # noqa: S101 - its key was taken
        return replayed
    if reason is None and order is not None and charge is not None:
        await _settle(session, SYSTEM, order, charge)
    await audit.record(
        session,
        SYSTEM,
        "take_payment_callback",
        institution_id=institution_id,
        object_kind="payment_callback",
        object_id=callback.id,
        detail={"outcome": callback.outcome, "reason": reason, "amount_fen": said.amount_fen},
    )
    return callback


def _why_kept(order: Payment | None, charge: Charge | None, said: CallbackIn) -> str | None:
    """Tell why a callback cannot be applied, if it cannot."""
    if order is None or charge is None:
        return "order_unknown"
    if said.currency != CURRENCY:
        return "currency_differs"
    if said.amount_fen != order.amount_fen:
        return "amount_differs"
    if order.state != PaymentState.WAITING:
        return "order_paid_before"
    if charge.state == ChargeState.CANCELLED:
        return "charge_cancelled"
    return "beyond_what_is_owed" if order.amount_fen > open_fen(charge) else None


async def settle_callback(
    session: AsyncSession, actor: Actor, *, callback_id: UUID, settlement: str
) -> PaymentCallback:
    """Note what the desk did about a callback that could not be applied."""
    callback = await queries.get_callback(session, actor, callback_id, lock=True)
    if callback.outcome != CallbackOutcome.KEPT or callback.settled_at is not None:
        raise CallbackSettled(event_id=callback.event_id)
    callback.settled_at, callback.settled_by, callback.settlement = clock.now(), actor.id, settlement
    await session.flush()
    await audit.record(
        session,
        actor,
        "settle_payment_callback",
        institution_id=callback.institution_id,
        object_kind="payment_callback",
        object_id=callback.id,
        detail={"reason": callback.reason},
    )
    return callback


async def _held(session: AsyncSession, actor: Actor, payment_id: UUID, *, deed: str) -> tuple[Payment, Charge]:
    """Lock the charge of a voucher and then the voucher, in the order in which everybody does."""
    seen = await queries.get_payment(session, actor, payment_id)
    charge = await queries.get_charge(session, actor, seen.charge_id, lock=True)
    await session.refresh(seen, with_for_update=True)
    PAYMENT.target_of(deed, state=seen.state)
    if seen.channel != PaymentChannel.VOUCHER or seen.recorded_by == actor.id:
        raise SecondPersonConfirms
    return seen, charge


async def _settle(session: AsyncSession, actor: Actor, payment: Payment, charge: Charge) -> None:
    entry_id = uuid4()
    payment.state, payment.entry_id = PaymentState.SETTLED, entry_id
    payment.decided_by, payment.decided_at = actor.id, clock.now()
    charge.paid_fen += payment.amount_fen
    deeds.settle(charge)
    await session.flush()
    await booking.book(
        session,
        actor,
        institution_id=charge.institution_id,
        kind="payment",
        source=("payment", payment.id),
        entry_id=entry_id,
        debit=books.RECEIVED,
        credit=books.owed_by(charge.payer),
        amount_fen=payment.amount_fen,
    )
    await _record(session, actor, "settle_payment", payment)


async def _record(session: AsyncSession, actor: Actor, deed: str, payment: Payment) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=payment.institution_id,
        object_kind=AUDIT_KIND,
        object_id=payment.id,
        detail={"charge_id": str(payment.charge_id), "amount_fen": payment.amount_fen, "channel": payment.channel},
        after={"state": payment.state},
    )
