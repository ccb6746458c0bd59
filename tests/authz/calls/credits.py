"""How the operations of credits are asked for."""

from collections.abc import Callable, Mapping
from dataclasses import replace
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


def _on_outcomes(deed: str, kind: str, **more: object) -> Callable[[Corner], Call]:
    """Decide the first outcome of a kind."""
    return lambda at: post(f"/v1/outcomes:{deed}", outcome_ids=[str(at.conversions[f"{kind}0"])], **more)


_OF_NOTHING = sha256(b"").hexdigest()
"""The digest of a run in which nobody gains anything."""

_OF_THE_SCHOOL = frozenset({"s1"})
"""By which document an institution recognises outcomes, its students may read too."""
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
    "list_outcomes": lambda at: list_of(at, "/v1/outcomes", student_id=at.student_id),
    "get_outcome": lambda at: get(f"/v1/outcomes/{at.conversions['out_submitted0']}"),
    "explain_outcome": lambda at: get(f"/v1/outcomes/{at.conversions['out_submitted0']}:explain"),
    "submit_outcomes": lambda at: post(
        "/v1/outcomes",
        outcomes=[
            {
                "student_id": str(at.student_id),
                "kind": "training",
                "document": {
                    "number": "培字9号",
                    "issuer": "省培训中心",
                    "issued_on": "2026-01-05",
                    "digest": _OF_NOTHING,
                    "hours": 40,
                },
                "reason": "参加培训并结业",
            }
        ],
    ),
    "verify_outcomes": _on_outcomes("verify", "out_submitted"),
    "recognise_outcomes": lambda at: post(
        "/v1/outcomes:recognise",
        outcomes=[{"outcome_id": str(at.conversions["out_verified0"]), "credit": "1.00"}],
        reason="符合认定办法",
        document_number="教认1号",
    ),
    "refuse_outcomes": _on_outcomes("refuse", "out_refused", reason="材料不全", document_number=None),
    "withdraw_outcomes": _on_outcomes("withdraw", "out_withdrawn", reason="改选", document_number=None),
    "settle_outcomes": _on_outcomes("settle", "out_flagged", is_kept=True, reason="查明", document_number="教9号"),
    "list_recognition_policies": lambda at: replace(list_of(at, "/v1/recognition-policies"), shown=_OF_THE_SCHOOL),
    "load_recognition_policy": lambda _: post(
        "/v1/recognition-policies",
        lines=[{"kind": "training", "evidence": "document", "credit": "1.00", "least_hours": 40}],
        limits=[{"kind": "training", "credit": "4.00"}],
        on_loss="flag",
        document_number="教30号",
        effective_from="2031-01-01",
    ),
    "list_expiry_policies": lambda at: replace(list_of(at, "/v1/expiry-policies"), shown=_OF_THE_SCHOOL),
    "load_expiry_policy": lambda _: post(
        "/v1/expiry-policies",
        terms=[{"kind": "training", "validity_months": 24, "notice_days": 30}],
        document_number="教31号",
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
