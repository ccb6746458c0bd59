"""Reading the book: what an account holds, what moved on it, and whether everything adds up."""

from x_pilot_api.ledger.queries.balances import get_balance, list_balances_wrong, summarise
from x_pilot_api.ledger.queries.time_outs import list_institutions_with_due_time_outs
from x_pilot_api.ledger.queries.verification import Finding, Report, verify_book

__all__ = [
    "Finding",
    "Report",
    "get_balance",
    "list_balances_wrong",
    "list_institutions_with_due_time_outs",
    "summarise",
    "verify_book",
]
