"""How the operations of exams are asked for."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from tests.authz import makings
from tests.authz.calls.asking import Call, Json, deed, get, list_of, post
from tests.authz.ground import Corner


def _plan(corner: Corner) -> Json:
    return {
        "institution_id": str(corner.institution_id),
        "code": "NEW-1",
        "name": "新计划",
        "certificate_level_ids": [str(corner.level_id)],
        "registration_opens_on": str(makings.today()),
        "registration_closes_on": str(makings.today()),
        "exam_on": str(makings.today() + timedelta(days=1)),
    }


def _terms(corner: Corner) -> Json:
    return {name: value for name, value in _plan(corner).items() if name != "institution_id"}


def _sitting(corner: Corner) -> Json:
    starts_at = datetime.combine(makings.today() + timedelta(days=9), time(1), tzinfo=UTC)
    return {
        "site_id": str(corner.sites["approved"]),
        "code": "NEW-S",
        "starts_at": starts_at.isoformat(),
        "ends_at": (starts_at + timedelta(hours=2)).isoformat(),
        "rooms": [{"room_id": str(corner.sites["approved_room"]), "seats": 30}],
        "examiners": [{"name": "外聘考官", "employer": "某单位", "duty": "chief"}],
    }


QUARANTINED = "/v1/quarantined-results"
UPLOADS = "/v1/result-uploads"
OBJECTIONS = "/v1/result-objections"


def _upload(corner: Corner) -> Call:
    row = {"org_result_id": "NEW-1", "revision": 1, "admission_number": "nobody", "document_number": "nobody"}
    query = {"exam_plan_id": corner.results["plan"], "reason": "补录"}
    body: Json = row | {"activity": "absent", "grading": "final"}
    return Call("POST", UPLOADS, query, body=body, media="application/x-ndjson")


_RESULTS: Mapping[str, Callable[[Corner], Call]] = {
    "list_results": lambda at: get("/v1/results", exam_plan_id=at.results["notice_plan"], page_size=100),
    "get_result_visibility": lambda at: get(f"/v1/exam-plans/{at.results['plan']}/result-visibility"),
    "set_result_visibility": lambda at: Call(
        "PUT",
        f"/v1/exam-plans/{at.results['plan']}/result-visibility",
        body={"college_from": None, "student_from": None, "public_from": None},
    ),
    "list_quarantined_results": lambda at: get(QUARANTINED, exam_plan_id=at.results["plan"], page_size=100),
    "get_quarantined_result": lambda at: get(f"{QUARANTINED}/{at.results['quarantined']}"),
    "propose_result_review": lambda at: post(
        f"{QUARANTINED}/{at.results['quarantined']}:propose", decision="reject_row", reason="核对"
    ),
    "confirm_result_review": lambda at: post(f"{QUARANTINED}/{at.results['proposed']}:confirm", reason="同意"),
    "decline_result_review": lambda at: post(f"{QUARANTINED}/{at.results['proposed']}:decline", reason="再议"),
    "upload_results": _upload,
    "list_result_uploads": lambda _: get(UPLOADS, page_size=100),
    "get_result_upload": lambda at: get(f"{UPLOADS}/{at.results['upload']}"),
    "confirm_result_upload": lambda at: post(f"{UPLOADS}/{at.results['upload']}:confirm", reason="同意"),
    "refuse_result_upload": lambda at: post(f"{UPLOADS}/{at.results['upload']}:refuse", reason="再议"),
    "get_results_upload_template": lambda at: get(f"/v1/exam-plans/{at.results['plan']}/results-template"),
    "publish_result_notice": lambda at: deed(f"/v1/exam-plans/{at.results['plan']}/result-notice:publish"),
    "withdraw_result_notice": lambda at: deed(f"/v1/exam-plans/{at.results['notice_plan']}/result-notice:withdraw"),
    "raise_result_objection": lambda at: post(f"/v1/results/{at.results['result']}/objections", text="有误"),
    "list_result_objections": lambda at: get(OBJECTIONS, exam_plan_id=at.results["objection_plan"], page_size=100),
    "get_result_objection": lambda at: get(f"{OBJECTIONS}/{at.results['raised']}"),
    "withdraw_result_objection": lambda at: deed(f"{OBJECTIONS}/{at.results['raised']}:withdraw"),
    "review_result_objection": lambda at: post(f"{OBJECTIONS}/{at.results['raised']}:review", answer="无误"),
    "return_result_objection": lambda at: deed(f"{OBJECTIONS}/{at.results['reviewed']}:return"),
    "decide_result_objection": lambda at: deed(f"{OBJECTIONS}/{at.results['reviewed']}:decide"),
}

CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_exam_plans": lambda at: list_of(at, "/v1/exam-plans"),
    "get_exam_plan": lambda at: get(f"/v1/exam-plans/{at.plan_id}"),
    "announce_exam_plan": lambda at: post("/v1/exam-plans", **_plan(at)),
    "change_exam_plan": lambda at: replace(post(f"/v1/exam-plans/{at.sites['draft']}", **_terms(at)), method="PUT"),
    "publish_exam_plan": lambda at: deed(f"/v1/exam-plans/{at.sites['draft']}:publish"),
    "extend_exam_plan": lambda at: post(
        f"/v1/exam-plans/{at.plan_id}:extend",
        results_due_on=str(makings.today() + timedelta(days=60)),
        reason="阅卷延期",
    ),
    "cancel_exam_plan": lambda at: post(f"/v1/exam-plans/{at.sites['draft']}:cancel", reason="不办"),
    "list_exam_plan_tasks": lambda at: get(f"/v1/exam-plans/{at.plan_id}/tasks"),
    "tick_exam_plan_task": lambda at: deed(f"/v1/exam-plans/{at.plan_id}/tasks/issue_tickets:tick"),
    "untick_exam_plan_task": lambda at: deed(f"/v1/exam-plans/{at.plan_id}/tasks/issue_tickets:untick"),
    "list_overdue_exam_tasks": lambda at: list_of(at, "/v1/overdue-exam-tasks"),
    "list_exam_sittings": lambda at: get(f"/v1/exam-plans/{at.plan_id}/sittings"),
    "arrange_exam_sitting": lambda at: post(
        f"/v1/exam-plans/{at.plan_id}/sittings", certificate_level_id=at.level_id, **_sitting(at)
    ),
    "get_exam_sitting": lambda at: get(f"/v1/exam-sittings/{at.sites['sitting']}"),
    "change_exam_sitting": lambda at: replace(
        post(f"/v1/exam-sittings/{at.sites['sitting']}", **_sitting(at)), method="PUT"
    ),
    "cancel_exam_sitting": lambda at: post(f"/v1/exam-sittings/{at.sites['sitting']}:cancel", reason="停电"),
    "register_students": lambda at: post(
        f"/v1/exam-plans/{at.plan_id}/registrations",
        registrations=[{"student_id": str(at.spare_student_id), "certificate_level_id": str(at.level_id)}],
    ),
    **_RESULTS,
}
