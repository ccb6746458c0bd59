"""The deeds on guarantees, charges and payments."""

from x_pilot_api.charges.commands.cancelling import Cancel, cancel_charges
from x_pilot_api.charges.commands.deeds import refund_charge, relieve_charge
from x_pilot_api.charges.commands.exporting import export_charges
from x_pilot_api.charges.commands.governing import set_payer_rule, set_relief_rule
from x_pilot_api.charges.commands.guarantees import (
    Why,
    attend_guarantees,
    grant_guarantees,
    release_guarantees,
    reserve_guarantees,
    restore_by_document,
    restore_guarantees,
)
from x_pilot_api.charges.commands.paying import (
    check_signature,
    confirm_payment,
    record_voucher,
    reject_payment,
    settle_callback,
    start_order,
    take_callback,
)
from x_pilot_api.charges.commands.raising import Raise, raise_charges
from x_pilot_api.charges.commands.vouchers import Given, from_list, from_sheet, record_vouchers

__all__ = [
    "Cancel",
    "Given",
    "Raise",
    "Why",
    "attend_guarantees",
    "cancel_charges",
    "check_signature",
    "confirm_payment",
    "export_charges",
    "from_list",
    "from_sheet",
    "grant_guarantees",
    "raise_charges",
    "record_voucher",
    "record_vouchers",
    "refund_charge",
    "reject_payment",
    "release_guarantees",
    "relieve_charge",
    "reserve_guarantees",
    "restore_by_document",
    "restore_guarantees",
    "set_payer_rule",
    "set_relief_rule",
    "settle_callback",
    "start_order",
    "take_callback",
]
