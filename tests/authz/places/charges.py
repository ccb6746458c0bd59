"""The bodies of charges."""

from tests.authz.places.place import Place
from x_pilot_api.charges.schemas import (
    CallbackSettlementIn,
    GuaranteeRestoredIn,
    PayerRuleIn,
    PaymentRejectionIn,
    RefundIn,
    ReliefIn,
    ReliefRuleIn,
    VoucherIn,
)
from x_pilot_api.charges.schemas.vouchers import VoucherRowIn, VouchersIn

PLACES = (
    Place("restore_guarantee", "registrar", GuaranteeRestoredIn, "guarantee_events"),
    Place("set_payer_rule", "registrar", PayerRuleIn, "payer_rules"),
    Place("set_relief_rule", "registrar", ReliefRuleIn, "relief_rules"),
    Place("relieve_charge", "registrar", ReliefIn, "charge_reliefs"),
    Place("refund_charge", "registrar", RefundIn, "charge_refunds"),
    Place("record_voucher", "registrar", VoucherIn, "payments"),
    Place("record_vouchers", "registrar", VouchersIn, "payments"),
    Place("record_vouchers", "registrar", VoucherRowIn, "payments", within=("rows",)),
    Place("reject_payment", "registrar", PaymentRejectionIn, "payments"),
    Place("settle_payment_callback", "registrar", CallbackSettlementIn, "payment_callbacks"),
)
