"""Reading credit accounts, simulations of rules, and why credits are what they are."""

from x_pilot_api.credits.queries.accounts import (
    cohort,
    describe_account,
    get_account_of_student,
    list_entries,
    list_institutions_with_due_deposits,
)
from x_pilot_api.credits.queries.catching_up import preview_catch_up, values_of
from x_pilot_api.credits.queries.explanations import explain_certificate
from x_pilot_api.credits.queries.lists import AccountSearch, count_opened, list_accounts
from x_pilot_api.credits.queries.simulations import (
    count_students,
    describe_simulation,
    find_figures,
    get_simulation,
    list_rows,
    list_simulations,
)
from x_pilot_api.credits.queries.statements import get_closing_statement, get_visible_account, state_account

__all__ = [
    "AccountSearch",
    "cohort",
    "count_opened",
    "count_students",
    "describe_account",
    "describe_simulation",
    "explain_certificate",
    "find_figures",
    "get_account_of_student",
    "get_closing_statement",
    "get_simulation",
    "get_visible_account",
    "list_accounts",
    "list_entries",
    "list_institutions_with_due_deposits",
    "list_rows",
    "list_simulations",
    "preview_catch_up",
    "state_account",
    "values_of",
]
