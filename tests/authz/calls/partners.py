"""How the operations of partners are asked for."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from tests.authz.calls.asking import Call, Json, deed, get, list_of, post
from tests.authz.ground import Corner

FEEDBACK = "/v1/partner/quality-feedback"
HOOKS = "/v1/partner/webhook-endpoints"


def _row(corner: Corner) -> Json:
    return {
        "org_result_id": "NEW-1",
        "revision": 1,
        "admission_number": corner.admission_number,
        "document_number": corner.document_number,
        "activity": "present",
        "grading": "final",
        "components": {"theory": "80.00", "practical": "80.00"},
        "total": "80.00",
        "passed": True,
    }


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_partner_exam_plans": lambda at: list_of(at, "/v1/partner/exam-plans"),
    "list_partner_candidates": lambda at: get(f"/v1/partner/exam-plans/{at.plan_id}/candidates"),
    "push_result_batch": lambda at: post("/v1/partner/result-batches", exam_plan_id=at.plan_id, rows=[_row(at)]),
    # A row alone is a file of one line; what the body is said to be makes it one.
    "push_result_file": lambda at: Call(
        "POST",
        "/v1/partner/result-batches",
        {"exam_plan_id": str(at.plan_id)},
        body=_row(at),
        media="application/x-ndjson",
    ),
    "put_partner_result": lambda at: Call(
        "PUT",
        "/v1/partner/results/NEW-1",
        body={name: value for name, value in _row(at).items() if name != "org_result_id"}
        | {"exam_plan_id": str(at.plan_id)},
    ),
    # The certificate's number is what the organisation itself said.
    "get_partner_result": lambda at: replace(
        get(f"/v1/partner/results/{at.results['org_result_id']}", exam_plan_id=at.plan_id), shown=at.shown
    ),
    "get_partner_job": lambda at: get(f"/v1/partner/jobs/{at.results['job']}"),
    "get_results_template": lambda at: get(f"/v1/partner/exam-plans/{at.plan_id}/results-template"),
    "get_result_batch": lambda at: get(f"/v1/partner/result-batches/{at.batch_id}"),
    "list_result_batch_rows": lambda at: get(f"/v1/partner/result-batches/{at.batch_id}/rows"),
    "list_partner_feedback": lambda at: list_of(at, FEEDBACK, state="sent"),
    "get_partner_feedback": lambda at: get(f"{FEEDBACK}/{at.feedback['answered']}"),
    "answer_partner_feedback": lambda at: post(f"{FEEDBACK}/{at.feedback['sent']}:answer", answer="已改"),
    "list_partner_events": lambda _: get("/v1/partner/events"),
    "list_client_events": lambda at: get(f"/v1/machine-clients/{at.machine_client_id}/events"),
    "send_test_event": lambda _: deed("/v1/partner/events:test"),
    "create_webhook_endpoint": lambda _: post(HOOKS, url="https://new.example/in", description="新"),
    "list_webhook_endpoints": lambda _: get(HOOKS, page_size=100),
    "get_webhook_endpoint": lambda at: get(f"{HOOKS}/{at.endpoint_id}"),
    "change_webhook_endpoint": lambda at: Call("PATCH", f"{HOOKS}/{at.endpoint_id}", body={"description": "新"}),
    "disable_webhook_endpoint": lambda at: deed(f"{HOOKS}/{at.endpoint_id}:disable"),
    "enable_webhook_endpoint": lambda at: deed(f"{HOOKS}/{at.endpoint_id}:enable"),
    "rotate_webhook_secret": lambda at: deed(f"{HOOKS}/{at.endpoint_id}:rotate-secret"),
    "test_webhook_endpoint": lambda at: deed(f"{HOOKS}/{at.endpoint_id}:test"),
    "replay_webhook_events": lambda at: post(
        f"{HOOKS}/{at.endpoint_id}:replay", since="2026-01-01T00:00:00Z", until="2026-01-02T00:00:00Z"
    ),
    "list_webhook_deliveries": lambda at: get(f"{HOOKS}/{at.endpoint_id}/deliveries"),
    "get_webhook_delivery": lambda at: get(f"{HOOKS}/{at.endpoint_id}/deliveries/{at.delivery_id}"),
    "replay_webhook_delivery": lambda at: deed(f"{HOOKS}/{at.endpoint_id}/deliveries/{at.delivery_id}:replay"),
}
