"""The deeds on credit accounts and learning outcomes."""

from x_pilot_api.credits.commands.opening import open_accounts
from x_pilot_api.credits.commands.recognition import Moved, post_due_deposits, recognise_awards, withdraw_awards

__all__ = ["Moved", "open_accounts", "post_due_deposits", "recognise_awards", "withdraw_awards"]
