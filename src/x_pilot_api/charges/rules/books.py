"""The institution's accounts that money moves between, in whole fen; what an account owes is below zero.

A charge moves from `fee_owed_<payer>` to `fee_income`; a waiver or a subsidy, and what is paid, move back to what is
owed; a refund moves from `fee_refunded` to `fee_received`. A charge that is cancelled is reversed with its reliefs, and
what was given back is set off, so that nothing of it is left on any account.
"""

from x_pilot_api.charges.models import Payer

INCOME, RECEIVED, REFUNDED = "fee_income", "fee_received", "fee_refunded"
RELIEFS = ("fee_waiver", "fee_subsidy")


def owed_by(payer: str) -> str:
    """Name the account of what a kind of payer owes."""
    return f"fee_owed_{payer}"


KINDS = (INCOME, RECEIVED, REFUNDED, *RELIEFS, *(owed_by(payer) for payer in Payer))
