"""What is told and asked about guarantees, charges and payments."""

from x_pilot_api.charges.schemas.charges import (
    ChargeDetailOut,
    ChargeOut,
    ChargesRaisedOut,
    Fen,
    PayerRuleIn,
    PayerRuleOut,
    RefundIn,
    RefundOut,
    ReliefIn,
    ReliefOut,
    ReliefRuleIn,
    ReliefRuleOut,
    UnchargedOut,
)
from x_pilot_api.charges.schemas.guarantees import GuaranteeEventOut, GuaranteeOut, GuaranteeRestoredIn
from x_pilot_api.charges.schemas.payments import (
    CallbackIn,
    CallbackOut,
    CallbackSettlementIn,
    PaymentOut,
    PaymentRejectionIn,
    VoucherIn,
)

__all__ = [
    "CallbackIn",
    "CallbackOut",
    "CallbackSettlementIn",
    "ChargeDetailOut",
    "ChargeOut",
    "ChargesRaisedOut",
    "Fen",
    "GuaranteeEventOut",
    "GuaranteeOut",
    "GuaranteeRestoredIn",
    "PayerRuleIn",
    "PayerRuleOut",
    "PaymentOut",
    "PaymentRejectionIn",
    "RefundIn",
    "RefundOut",
    "ReliefIn",
    "ReliefOut",
    "ReliefRuleIn",
    "ReliefRuleOut",
    "UnchargedOut",
    "VoucherIn",
]
