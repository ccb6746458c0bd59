"""The lives of charges and payments as tables of deeds."""

from x_pilot_api.charges.models import Charge, ChargeState, Payment, PaymentChannel, PaymentState
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.permissions import Permission

_C, _Y = ChargeState, PaymentState

CHARGE = Workflow(
    name="charge",
    initial=_C.OPEN,
    deeds={
        "pay": Deed(frozenset({_C.OPEN}), _C.SETTLED, Permission.PAYMENTS_RECORD),
        "relieve": Deed(frozenset({_C.OPEN}), _C.SETTLED, Permission.CHARGES_RELIEVE),
        "refund": Deed(frozenset({_C.OPEN, _C.SETTLED}), _C.SETTLED, Permission.CHARGES_REFUND),
    },
)
"""What is paid or let off in full is settled, as its figures say; a part of it, or a refund, leaves it as it was.

A cancelled sitting cancels its charges.
"""

PAYMENT = Workflow(
    name="payment",
    initial=_Y.WAITING,
    deeds={
        "confirm": Deed(frozenset({_Y.WAITING}), _Y.SETTLED, Permission.PAYMENTS_CONFIRM),
        "reject": Deed(frozenset({_Y.WAITING}), _Y.REJECTED, Permission.PAYMENTS_CONFIRM),
    },
)


def open_fen(charge: Charge) -> int:
    """Tell what is still owed."""
    if charge.state == _C.CANCELLED:
        return 0
    return charge.amount_fen - charge.waived_fen - charge.subsidised_fen - charge.paid_fen


def charge_deeds(actor: Actor, charge: Charge) -> list[str]:
    """List what an actor may do about a charge; what was not paid is not given back."""
    deeds = CHARGE.allowed_deeds(actor, state=charge.state)
    return [deed for deed in deeds if deed != "refund" or charge.paid_fen > charge.refunded_fen]


def payment_deeds(actor: Actor, payment: Payment) -> list[str]:
    """List what an actor may do about a payment; whoever recorded a voucher does not decide on it."""
    if payment.channel != PaymentChannel.VOUCHER or payment.recorded_by == actor.id:
        return []
    return PAYMENT.allowed_deeds(actor, state=payment.state)
