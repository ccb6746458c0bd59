"""How the operations of exams are asked for."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from tests.authz import makings
from tests.authz.calls.asking import Call, Json, get, list_of, post
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


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_exam_plans": lambda at: list_of(at, "/v1/exam-plans"),
    "get_exam_plan": lambda at: get(f"/v1/exam-plans/{at.plan_id}"),
    "announce_exam_plan": lambda at: post("/v1/exam-plans", **_plan(at)),
    "register_students": lambda at: post(
        f"/v1/exam-plans/{at.plan_id}/registrations",
        registrations=[{"student_id": str(at.spare_student_id), "certificate_level_id": str(at.level_id)}],
    ),
}
