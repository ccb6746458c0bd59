"""Reading payments and callbacks."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Select, false, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.charges.models import CallbackOutcome, Charge, Payment, PaymentCallback, PaymentChannel, PaymentState
from x_pilot_api.charges.queries import charges
from x_pilot_api.charges.rules import payment_deeds
from x_pilot_api.charges.schemas import PaymentOut
from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of


async def get_payment(session: AsyncSession, actor: Actor, payment_id: UUID) -> Payment:
    """Read one payment on a charge that the actor may see."""
    seen = charges.charges_visible_to(actor).with_only_columns(Charge.id)
    return await lookups.get_one(
        session,
        select(Payment).where(
            Payment.institution_id == actor.institution_id, Payment.id == payment_id, Payment.charge_id.in_(seen)
        ),
        what="payment",
        zh="缴费",
    )


async def list_payments(
    session: AsyncSession, charge: Charge, *, wish: PageWish
) -> tuple[Sequence[Payment], str | None]:
    """List the payments on a charge, oldest first."""
    of_charge = select(Payment).where(Payment.institution_id == charge.institution_id, Payment.charge_id == charge.id)
    return await page_of(session, of_charge, order=[Payment.id], wish=wish)


def tell_payment(actor: Actor, payment: Payment) -> PaymentOut:
    """Tell a payment with what the actor may do about it."""
    names = set(PaymentOut.model_fields) - {"allowed_deeds"}
    return PaymentOut(**{name: getattr(payment, name) for name in names}, allowed_deeds=payment_deeds(actor, payment))


async def find_order(session: AsyncSession, *, institution_id: UUID, order_id: str) -> Payment | None:
    """Find the order that a gateway speaks of, by our own id of it."""
    try:
        wanted = UUID(order_id)
    except ValueError:
        return None
    return await session.scalar(
        select(Payment).where(
            Payment.institution_id == institution_id, Payment.id == wanted, Payment.channel == PaymentChannel.GATEWAY
        )
    )


async def find_waiting_order(session: AsyncSession, charge: Charge, *, amount_fen: int) -> Payment | None:
    """Find an order over as much on a charge that still waits for its callback."""
    return await session.scalar(
        select(Payment)
        .where(
            Payment.institution_id == charge.institution_id,
            Payment.charge_id == charge.id,
            Payment.channel == PaymentChannel.GATEWAY,
            Payment.state == PaymentState.WAITING,
            Payment.amount_fen == amount_fen,
        )
        .order_by(Payment.id)
        .limit(1)
    )


async def find_callback(session: AsyncSession, *, institution_id: UUID, event_id: str) -> PaymentCallback | None:
    """Find what the gateway said before under this id."""
    return await session.scalar(
        select(PaymentCallback).where(
            PaymentCallback.institution_id == institution_id, PaymentCallback.event_id == event_id
        )
    )


async def find_documents(
    session: AsyncSession, *, institution_id: UUID, numbers: Collection[str]
) -> dict[str, dict[UUID, int]]:
    """Tell what documents pay on which charges already; what was rejected is nothing."""
    rows = await session.execute(
        select(Payment.document_number, Payment.charge_id, Payment.amount_fen).where(
            Payment.institution_id == institution_id,
            Payment.document_number.in_(numbers),
            Payment.state != PaymentState.REJECTED,
        )
    )
    found: dict[str, dict[UUID, int]] = {}
    for number, charge_id, amount_fen in rows.all():
        found.setdefault(str(number), {})[charge_id] = amount_fen
    return found


def _callbacks(actor: Actor) -> Select[PaymentCallback]:
    if actor.institution_id is None:
        return select(PaymentCallback).where(false())
    return select(PaymentCallback).where(PaymentCallback.institution_id == actor.institution_id)


async def get_callback(
    session: AsyncSession, actor: Actor, callback_id: UUID, *, lock: bool = False
) -> PaymentCallback:
    """Read one callback of the institution's."""
    wanted = _callbacks(actor).where(PaymentCallback.id == callback_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return await lookups.get_one(session, wanted, what="payment callback", zh="支付回调")


async def list_callbacks(
    session: AsyncSession, actor: Actor, *, is_waiting: bool | None, wish: PageWish
) -> tuple[Sequence[PaymentCallback], str | None]:
    """List the callbacks of the institution, or those that wait for the desk, oldest first."""
    statement = _callbacks(actor)
    if is_waiting is not None:
        waits = (PaymentCallback.outcome == CallbackOutcome.KEPT) & PaymentCallback.settled_at.is_(None)
        statement = statement.where(waits if is_waiting else ~waits)
    return await page_of(session, statement, order=[PaymentCallback.id], wish=wish)
