"""How the operations of credits are asked for."""

from collections.abc import Callable, Mapping
from hashlib import sha256

from tests.authz.calls.asking import Call, get, list_of, post
from tests.authz.ground import Corner


def _decide(deed: str, kind: str, **more: object) -> Callable[[Corner], Call]:
    """Decide the first conversion of a kind."""
    return lambda at: post(
        f"/v1/conversions:{deed}",
        conversion_ids=[str(at.conversions[f"{kind}0"])],
        institution_id=at.institution_id,
        **more,
    )


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
    "list_conversions": lambda at: list_of(at, "/v1/conversions", student_id=at.student_id),
    "get_conversion": lambda at: get(f"/v1/conversions/{at.conversions['college0']}"),
    "request_conversions": lambda at: post(
        "/v1/conversions",
        wishes=[
            {
                "outcome_id": str(at.conversions["outcome"]),
                "courses": [{"course_id": str(at.conversions["course0"]), "credit": "0.50"}],
            }
        ],
    ),
    "request_offsets": lambda at: post(
        "/v1/conversions:offset",
        wishes=[
            {
                "student_id": str(at.student_id),
                "mapping_id": str(at.conversions["offset_rule"]),
                "course_ids": [str(at.conversions["offset_course0"])],
            }
        ],
    ),
    "agree_conversions": _decide("agree", "college"),
    "approve_conversions": _decide("approve", "registrar"),
    "confirm_conversions": _decide("confirm", "organisation"),
    "record_bank_answer": _decide("record", "bank", document_number="学银1号", answered_on="2026-06-25"),
    "refuse_conversions": _decide("refuse", "refused", reason="材料不全"),
    "withdraw_conversions": lambda at: post(
        "/v1/conversions:withdraw", conversion_ids=[str(at.conversions["withdrawn0"])], reason="改选"
    ),
    "settle_conversions": lambda at: post(
        "/v1/conversions:settle",
        conversion_ids=[str(at.conversions["flagged0"])],
        is_kept=True,
        reason="查明",
        document_number="教9号",
    ),
    "list_conversion_policies": lambda at: list_of(at, "/v1/conversion-policies"),
    "load_conversion_policy": lambda _: post(
        "/v1/conversion-policies",
        steps=["college", "registrar"],
        on_loss="flag",
        document_number="教20号",
        effective_from="2031-01-01",
    ),
    "simulate_mapping": lambda at: post(
        f"/v1/mappings/{at.mappings['draft']}:simulate", entry_year_from=2024, entry_year_to=2024
    ),
    "list_simulations": lambda at: list_of(at, "/v1/simulations", mapping_id=at.mappings["published"]),
    "get_simulation": lambda at: get(f"/v1/simulations/{at.simulation_id}"),
    "list_simulation_rows": lambda at: get(f"/v1/simulations/{at.simulation_id}/rows", page_size=100),
    "export_simulation": lambda at: get(f"/v1/simulations/{at.simulation_id}:export"),
}
