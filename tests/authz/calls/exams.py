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
}
