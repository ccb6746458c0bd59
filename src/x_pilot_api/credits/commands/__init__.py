"""The deeds on credit accounts and learning outcomes, and the simulation of rules."""

from x_pilot_api.credits.commands.catching_up import catch_up, confirm_catch_up
from x_pilot_api.credits.commands.exporting import export_simulation
from x_pilot_api.credits.commands.lives import close_account, freeze_account, unfreeze_account
from x_pilot_api.credits.commands.opening import open_accounts
from x_pilot_api.credits.commands.recognition import Moved, post_due_deposits, recognise_awards, withdraw_awards
from x_pilot_api.credits.commands.simulation import run_slice, simulate_mapping
from x_pilot_api.credits.commands.stating import export_statement

__all__ = [
    "Moved",
    "catch_up",
    "close_account",
    "confirm_catch_up",
    "export_simulation",
    "export_statement",
    "freeze_account",
    "open_accounts",
    "post_due_deposits",
    "recognise_awards",
    "run_slice",
    "simulate_mapping",
    "unfreeze_account",
    "withdraw_awards",
]
