"""How the operations of guarantees, charges and payments are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, deed, get, list_of, post
from tests.authz.ground import Corner

_BY_DOCUMENT = {"amount_fen": 100, "document_number": "文1", "reason": "困难"}


def _charge(at: Corner) -> str:
    return f"/v1/charges/{at.tills['charge']}"


def _relief(at: Corner) -> Call:
    return post(
        "/v1/relief-rules",
        kind="waiver",
        group_code="低收入",
        group_name="低收入家庭",
        share=5_000,
        document_number="文1",
        effective_from="2026-01-01",
        student_ids=[str(at.student_id)],
    )


def _voucher(at: Corner) -> Call:
    row = {"charge_id": str(at.tills["charge"]), "amount_fen": 100, "document_number": "批1", "document_fen": 100}
    return post("/v1/vouchers", rows=[row | {"paid_on": "2026-01-01"}])


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "restore_guarantee": lambda at: post(
        f"/v1/students/{at.student_id}/guarantee:restore",
        registration_id=at.registration_id,
        document_number="诊断1",
        reason="住院",
    ),
    "get_guarantee": lambda at: get(f"/v1/students/{at.student_id}/guarantee"),
    "list_payer_rules": lambda _: get("/v1/payer-rules", page_size=100),
    "set_payer_rule": lambda at: post(
        "/v1/payer-rules",
        payer="college",
        college_id=at.college_id,
        document_number="文1",
        effective_from="2026-01-01",
    ),
    "list_relief_rules": lambda _: get("/v1/relief-rules", page_size=100),
    "set_relief_rule": _relief,
    "list_charges": lambda at: list_of(at, "/v1/charges", registration_id=at.registration_id),
    "export_charges": lambda at: get("/v1/charges:export", student_id=at.student_id),
    "get_charge": lambda at: get(_charge(at)),
    "relieve_charge": lambda at: post(f"{_charge(at)}:relieve", kind="waiver", **_BY_DOCUMENT),
    "refund_charge": lambda at: post(f"{_charge(at)}:refund", cause="overcharge", **_BY_DOCUMENT),
    "list_payments": lambda at: get(f"{_charge(at)}/payments", page_size=100),
    "record_voucher": lambda at: post(
        f"{_charge(at)}/payments", amount_fen=100, document_number="收1", paid_on="2026-01-01"
    ),
    "record_vouchers": _voucher,
    "record_voucher_file": lambda _: post("/v1/vouchers:file", no="table"),
    "get_voucher_template": lambda _: get("/v1/voucher-template"),
    "start_order": lambda at: deed(f"{_charge(at)}/payments:start"),
    "confirm_payment": lambda at: deed(f"/v1/payments/{at.tills['payment']}:confirm"),
    "reject_payment": lambda at: post(f"/v1/payments/{at.tills['payment']}:reject", reason="凭证不符"),
    "take_payment_callback": lambda at: post(
        f"/v1/institutions/{at.institution_id}/payment-callbacks",
        event_id="1",
        order_id="1",
        amount_fen=1,
        currency="CNY",
        status="paid",
    ),
    "list_payment_callbacks": lambda _: get("/v1/payment-callbacks", page_size=100),
    "settle_payment_callback": lambda at: post(
        f"/v1/payment-callbacks/{at.tills['callback']}:settle", settlement="退回网关"
    ),
    "raise_charges": lambda at: deed(f"/v1/exam-plans/{at.plan_id}/charges:raise"),
}
