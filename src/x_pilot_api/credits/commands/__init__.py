"""The deeds on credit accounts and learning outcomes, and the simulation of rules."""

from x_pilot_api.credits.commands.catching_up import catch_up, confirm_catch_up
from x_pilot_api.credits.commands.chains import load_conversion_policy
from x_pilot_api.credits.commands.conversions import request_conversions, request_offsets
from x_pilot_api.credits.commands.deciding import Document, decide_conversions, refuse_conversions, withdraw_conversions
from x_pilot_api.credits.commands.expiring import RunOut, expire_credits
from x_pilot_api.credits.commands.exporting import export_simulation
from x_pilot_api.credits.commands.lives import close_account, freeze_account, unfreeze_account
from x_pilot_api.credits.commands.opening import open_accounts
from x_pilot_api.credits.commands.outcome_policies import load_expiry_policy, load_recognition_policy
from x_pilot_api.credits.commands.outcome_recognition import follow_grades, recognise_outcomes, settle_outcomes
from x_pilot_api.credits.commands.outcomes import end_outcomes, submit_outcomes, verify_outcomes
from x_pilot_api.credits.commands.recognition import Moved, post_due_deposits, recognise_awards, withdraw_awards
from x_pilot_api.credits.commands.simulation import run_slice, simulate_mapping
from x_pilot_api.credits.commands.stating import export_statement
from x_pilot_api.credits.commands.unwinding import Affected, settle_conversions, unwind_conversions

__all__ = [
    "Affected",
    "Document",
    "Moved",
    "RunOut",
    "catch_up",
    "close_account",
    "confirm_catch_up",
    "decide_conversions",
    "end_outcomes",
    "expire_credits",
    "export_simulation",
    "export_statement",
    "follow_grades",
    "freeze_account",
    "load_conversion_policy",
    "load_expiry_policy",
    "load_recognition_policy",
    "open_accounts",
    "post_due_deposits",
    "recognise_awards",
    "recognise_outcomes",
    "refuse_conversions",
    "request_conversions",
    "request_offsets",
    "run_slice",
    "settle_conversions",
    "settle_outcomes",
    "simulate_mapping",
    "submit_outcomes",
    "unfreeze_account",
    "unwind_conversions",
    "verify_outcomes",
    "withdraw_awards",
    "withdraw_conversions",
]
