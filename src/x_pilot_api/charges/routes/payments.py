"""Payments: the finance office's vouchers, orders at a gateway, and what the gateway calls back."""

from typing import Annotated
from uuid import UUID

from fastapi import Header, Query, Request, Response

from x_pilot_api.charges import commands, queries
from x_pilot_api.charges.errors import GatewayOff
from x_pilot_api.charges.schemas import (
    CallbackIn,
    CallbackOut,
    CallbackSettlementIn,
    PaymentOut,
    PaymentRejectionIn,
    VoucherIn,
)
from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, public, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.row_security import act_within
from x_pilot_api.core.service import CurrentService, Service, Today
from x_pilot_api.identity import queries as identity
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["charges"])


def _gateway_key(service: Service) -> bytes:
    key = service.settings.payment_gateway_key
    if key is None:
        raise GatewayOff
    return key.get_secret_value().encode()


@router.get("/charges/{charge_id}/payments", dependencies=[require(Permission.PAYMENTS_READ)])
async def list_payments(
    charge_id: UUID, request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[PaymentOut]:
    """List the payments on a charge, oldest first."""
    charge = await queries.get_charge(session, actor, charge_id)
    rows, token = await queries.list_payments(session, charge, wish=page)
    pagination.link_next(request, response, token)
    items = [queries.tell_payment(actor, row) for row in rows]
    return PageOut[PaymentOut](items=items, next_page_token=token)


@router.post("/charges/{charge_id}/payments", status_code=201, dependencies=[require(Permission.PAYMENTS_RECORD)])
async def record_voucher(
    charge_id: UUID, body: VoucherIn, session: Session, actor: CurrentActor, today: Today
) -> PaymentOut:
    """Record what the finance office was paid, by its document; it counts once somebody else has confirmed it."""
    payment = await commands.record_voucher(session, actor, charge_id=charge_id, wish=body, today=today)
    return queries.tell_payment(actor, payment)


@router.post("/charges/{charge_id}/payments:start", dependencies=[require(Permission.PAYMENTS_START)])
async def start_order(charge_id: UUID, session: Session, actor: CurrentActor, service: CurrentService) -> PaymentOut:
    """Begin an order at the gateway over all that is owed; one that was begun over as much is given again.

    The gateway is simulated: its callback is sent by whoever knows the key, for demonstrations.
    """
    await queries.get_charge(session, actor, charge_id)
    _gateway_key(service)
    return queries.tell_payment(actor, await commands.start_order(session, actor, charge_id=charge_id))


@router.post("/payments/{payment_id}:confirm", dependencies=[require(Permission.PAYMENTS_CONFIRM)])
async def confirm_payment(payment_id: UUID, session: Session, actor: CurrentActor) -> PaymentOut:
    """Confirm a voucher somebody else has recorded; the money is in the book from now on."""
    return queries.tell_payment(actor, await commands.confirm_payment(session, actor, payment_id=payment_id))


@router.post("/payments/{payment_id}:reject", dependencies=[require(Permission.PAYMENTS_CONFIRM)])
async def reject_payment(
    payment_id: UUID, body: PaymentRejectionIn, session: Session, actor: CurrentActor
) -> PaymentOut:
    """Reject a voucher somebody else has recorded, with the reason; nothing moves."""
    payment = await commands.reject_payment(session, actor, payment_id=payment_id, reason=body.reason)
    return queries.tell_payment(actor, payment)


@router.post("/institutions/{institution_id}/payment-callbacks", dependencies=[public()])
async def take_payment_callback(
    institution_id: UUID,
    body: CallbackIn,
    request: Request,
    session: Session,
    service: CurrentService,
    x_pay_signature: Annotated[str, Header(max_length=200, description="HMAC-SHA256 of the body's bytes, in hex")] = "",
) -> CallbackOut:
    """Take in what the gateway says of an order, once for each event; what cannot be applied is kept for the desk.

    It answers 200 for a kept one too: it is not lost, and saying it again changes nothing.
    """
    commands.check_signature(_gateway_key(service), await request.body(), x_pay_signature)
    await act_within(session, institution_id=(await identity.get_institution(session, institution_id)).id)
    callback = await commands.take_callback(session, institution_id=institution_id, said=body)
    return CallbackOut.model_validate(callback, from_attributes=True)


@router.get("/payment-callbacks", dependencies=[require(Permission.PAYMENTS_CONFIRM)])
async def list_payment_callbacks(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    is_waiting: Annotated[bool | None, Query(description="Whether it could not be applied and waits")] = None,
) -> PageOut[CallbackOut]:
    """List what the gateway said, oldest first; what could not be applied waits for the desk."""
    rows, token = await queries.list_callbacks(session, actor, is_waiting=is_waiting, wish=page)
    pagination.link_next(request, response, token)
    items = [CallbackOut.model_validate(row, from_attributes=True) for row in rows]
    return PageOut[CallbackOut](items=items, next_page_token=token)


@router.post("/payment-callbacks/{callback_id}:settle", dependencies=[require(Permission.PAYMENTS_CONFIRM)])
async def settle_payment_callback(
    callback_id: UUID, body: CallbackSettlementIn, session: Session, actor: CurrentActor
) -> CallbackOut:
    """Note what was done about a callback that could not be applied."""
    callback = await commands.settle_callback(session, actor, callback_id=callback_id, settlement=body.settlement)
    return CallbackOut.model_validate(callback, from_attributes=True)
