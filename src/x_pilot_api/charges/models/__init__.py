"""The tables of guarantees, charges and payments."""

from x_pilot_api.charges.models.charges import (
    Charge,
    ChargeRefund,
    ChargeRelief,
    ChargeState,
    Payer,
    PayerRule,
    RefundCause,
    ReliefKind,
    ReliefMember,
    ReliefRule,
)
from x_pilot_api.charges.models.guarantees import (
    ABSENCES_MAX,
    Guarantee,
    GuaranteeCause,
    GuaranteeDeed,
    GuaranteeEvent,
    GuaranteeState,
)
from x_pilot_api.charges.models.payments import (
    CallbackOutcome,
    Payment,
    PaymentCallback,
    PaymentChannel,
    PaymentState,
)

__all__ = [
    "ABSENCES_MAX",
    "CallbackOutcome",
    "Charge",
    "ChargeRefund",
    "ChargeRelief",
    "ChargeState",
    "Guarantee",
    "GuaranteeCause",
    "GuaranteeDeed",
    "GuaranteeEvent",
    "GuaranteeState",
    "Payer",
    "PayerRule",
    "Payment",
    "PaymentCallback",
    "PaymentChannel",
    "PaymentState",
    "RefundCause",
    "ReliefKind",
    "ReliefMember",
    "ReliefRule",
]
