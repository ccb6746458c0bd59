"""The deeds on credit accounts and learning outcomes, and the simulation of rules."""

from x_pilot_api.credits.commands.exporting import export_simulation
from x_pilot_api.credits.commands.opening import open_accounts
from x_pilot_api.credits.commands.recognition import Moved, post_due_deposits, recognise_awards, withdraw_awards
from x_pilot_api.credits.commands.simulation import run_slice, simulate_mapping

__all__ = [
    "Moved",
    "export_simulation",
    "open_accounts",
    "post_due_deposits",
    "recognise_awards",
    "run_slice",
    "simulate_mapping",
    "withdraw_awards",
]
