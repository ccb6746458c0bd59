"""What becomes of guaranteed attempts and who pays, written as SQL that decides for many at once."""

from x_pilot_api.charges.rules.life import CHARGE, PAYMENT, charge_deeds, open_fen, payment_deeds

__all__ = ["CHARGE", "PAYMENT", "charge_deeds", "open_fen", "payment_deeds"]
