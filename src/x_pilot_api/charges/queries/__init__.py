"""Reading guarantees, charges and payments."""

from x_pilot_api.charges.queries.charges import (
    ChargeSearch,
    describe_charge,
    find_drift,
    get_charge,
    list_charges,
    list_payer_rules,
    list_relief_rules,
    lock_charge,
    lock_charges,
    tell_charge,
)
from x_pilot_api.charges.queries.guarantees import find_guarantee, find_state, get_guarantee
from x_pilot_api.charges.queries.payments import (
    find_callback,
    find_documents,
    find_order,
    find_waiting_order,
    get_callback,
    get_payment,
    list_callbacks,
    list_payments,
    tell_payment,
)

__all__ = [
    "ChargeSearch",
    "describe_charge",
    "find_callback",
    "find_documents",
    "find_drift",
    "find_guarantee",
    "find_order",
    "find_state",
    "find_waiting_order",
    "get_callback",
    "get_charge",
    "get_guarantee",
    "get_payment",
    "list_callbacks",
    "list_charges",
    "list_payer_rules",
    "list_payments",
    "list_relief_rules",
    "lock_charge",
    "lock_charges",
    "tell_charge",
    "tell_payment",
]
