"""Reading credit accounts, simulations of rules, and why credits are what they are."""

from x_pilot_api.credits.queries.accounts import (
    cohort,
    find_credit_of,
    get_account_of_student,
    list_entries,
    list_institutions_with_due_deposits,
)
from x_pilot_api.credits.queries.explanations import explain_certificate
from x_pilot_api.credits.queries.simulations import (
    count_students,
    describe_simulation,
    find_figures,
    get_simulation,
    list_rows,
    list_simulations,
)

__all__ = [
    "cohort",
    "count_students",
    "describe_simulation",
    "explain_certificate",
    "find_credit_of",
    "find_figures",
    "get_account_of_student",
    "get_simulation",
    "list_entries",
    "list_institutions_with_due_deposits",
    "list_rows",
    "list_simulations",
]
