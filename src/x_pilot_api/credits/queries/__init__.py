"""Reading credit accounts, simulations of rules, and why credits are what they are."""

from x_pilot_api.credits.queries.accounts import (
    cohort,
    describe_account,
    find_credit_of,
    get_account_of_student,
    list_entries,
    list_institutions_with_due_deposits,
)
from x_pilot_api.credits.queries.catching_up import preview_catch_up, values_of
from x_pilot_api.credits.queries.chains import find_chain, find_latest_policy, list_policies
from x_pilot_api.credits.queries.conversion_answers import tell_conversions, tell_policy
from x_pilot_api.credits.queries.conversions import (
    get_conversion,
    institution_of,
    list_conversions,
    list_decidable,
    list_flagged,
    list_own,
    list_own_students,
    visible_conversions,
)
from x_pilot_api.credits.queries.explanations import explain_certificate
from x_pilot_api.credits.queries.lists import AccountSearch, count_opened, list_accounts
from x_pilot_api.credits.queries.offset_options import list_offset_options
from x_pilot_api.credits.queries.outcome_answers import tell_submissions
from x_pilot_api.credits.queries.outcome_explanations import explain_submission
from x_pilot_api.credits.queries.outcome_policies import (
    find_latest_expiry_policy,
    find_latest_recognition_policy,
    find_recognition_policy,
    list_expiry_policies,
    list_recognition_policies,
    list_unknown_courses,
    tell_expiry_policies,
    tell_recognition_policies,
)
from x_pilot_api.credits.queries.outcomes import (
    get_submission,
    list_decided_by_office,
    list_institutions_with_expiry,
    list_institutions_with_outcomes,
    list_refusable,
    list_submissions,
    list_verifiable,
    list_withdrawable,
)
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
    "explain_submission",
    "find_chain",
    "find_credit_of",
    "find_figures",
    "find_latest_expiry_policy",
    "find_latest_policy",
    "find_latest_recognition_policy",
    "find_recognition_policy",
    "get_account_of_student",
    "get_closing_statement",
    "get_conversion",
    "get_simulation",
    "get_submission",
    "get_visible_account",
    "institution_of",
    "list_accounts",
    "list_conversions",
    "list_decidable",
    "list_decided_by_office",
    "list_entries",
    "list_expiry_policies",
    "list_flagged",
    "list_institutions_with_due_deposits",
    "list_institutions_with_expiry",
    "list_institutions_with_outcomes",
    "list_offset_options",
    "list_own",
    "list_own_students",
    "list_policies",
    "list_recognition_policies",
    "list_refusable",
    "list_rows",
    "list_simulations",
    "list_submissions",
    "list_unknown_courses",
    "list_verifiable",
    "list_withdrawable",
    "preview_catch_up",
    "state_account",
    "tell_conversions",
    "tell_expiry_policies",
    "tell_policy",
    "tell_recognition_policies",
    "tell_submissions",
    "values_of",
    "visible_conversions",
]
