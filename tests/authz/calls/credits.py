"""How the operations of credits are asked for."""

from collections.abc import Callable, Mapping
from hashlib import sha256

from tests.authz.calls.asking import Call, get, list_of, post
from tests.authz.ground import Corner

_OF_NOTHING = sha256(b"").hexdigest()
"""The digest of a run in which nobody gains anything."""

_CONFIRM = "/v1/credit-catch-ups:confirm"

CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "open_credit_accounts": lambda at: post("/v1/credit-accounts:open", student_ids=[str(at.spare_student_id)]),
    "get_credit_account": lambda at: get(f"/v1/students/{at.student_id}/credit-account"),
    "list_credit_entries": lambda at: get(f"/v1/credit-accounts/{at.account_id}/entries"),
    "list_credit_accounts": lambda at: list_of(at, "/v1/credit-accounts", programme_id=at.programme_id),
    "get_opening_rates": lambda _at: get("/v1/credit-account-rates"),
    "get_statement": lambda at: get(f"/v1/credit-accounts/{at.account_id}/statement"),
    "export_statement": lambda at: get(f"/v1/credit-accounts/{at.account_id}/statement:export"),
    "get_closing_statement": lambda at: get(f"/v1/credit-accounts/{at.closed_account_id}/closing-statement"),
    "freeze_credit_account": lambda at: post(f"/v1/credit-accounts/{at.account_id}:freeze", reason="-"),
    "unfreeze_credit_account": lambda at: post(f"/v1/credit-accounts/{at.frozen_account_id}:unfreeze", reason="-"),
    "close_credit_account": lambda at: post(f"/v1/credit-accounts/{at.account_id}:close", reason="-"),
    "preview_catch_up": lambda at: post("/v1/credit-catch-ups:preview", programme_id=at.programme_id),
    "confirm_catch_up": lambda at: post(
        "/v1/credit-catch-ups:confirm", programme_id=at.programme_id, digest=_OF_NOTHING
    ),
    "explain_certificate": lambda at: get(f"/v1/students/{at.student_id}/certificates/{at.level_id}:explain"),
    "simulate_mapping": lambda at: post(
        f"/v1/mappings/{at.mappings['draft']}:simulate", entry_year_from=2024, entry_year_to=2024
    ),
    "list_simulations": lambda at: list_of(at, "/v1/simulations", mapping_id=at.mappings["published"]),
    "get_simulation": lambda at: get(f"/v1/simulations/{at.simulation_id}"),
    "list_simulation_rows": lambda at: get(f"/v1/simulations/{at.simulation_id}/rows", page_size=100),
    "export_simulation": lambda at: get(f"/v1/simulations/{at.simulation_id}:export"),
}
