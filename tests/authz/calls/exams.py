"""How the operations of exams are asked for."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from tests.authz import makings
from tests.authz.calls.asking import Call, Json, deed, get, list_of, post
from tests.authz.ground import Corner
from tests.world import identity_number


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


def _registration(corner: Corner, state: str) -> str:
    return f"/v1/registrations/{corner.registrations[state]}"


def _registering(corner: Corner) -> str:
    return f"/v1/exam-plans/{corner.registrations['plan']}/registrations"


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_exam_plans": lambda at: list_of(at, "/v1/exam-plans"),
    "get_exam_plan": lambda at: get(f"/v1/exam-plans/{at.plan_id}"),
    "announce_exam_plan": lambda at: post("/v1/exam-plans", **_plan(at)),
    "register_students": lambda at: post(
        f"/v1/exam-plans/{at.plan_id}/registrations",
        registrations=[{"student_id": str(at.spare_student_id), "certificate_level_id": str(at.level_id)}],
    ),
    "list_registrations": lambda at: get("/v1/registrations", exam_plan_id=at.plan_id, page_size=100),
    "get_registration": lambda at: get(_registration(at, "draft")),
    "explain_eligibility": lambda at: get(
        f"/v1/exam-plans/{at.plan_id}/registrations:explain-eligibility",
        student_id=at.spare_student_id,
        certificate_level_id=at.level_id,
    ),
    "get_registration_template": lambda _: get("/v1/registration-template"),
    "register_cohort": lambda at: post(
        f"/v1/exam-plans/{at.plan_id}/registrations:cohort",
        programme_id=at.programme_id,
        entry_year=2024,
        certificate_level_id=at.level_id,
    ),
    "register_file": lambda at: deed(f"/v1/exam-plans/{at.plan_id}/registrations:file"),
    "register_social_candidates": lambda at: post(
        f"/v1/exam-plans/{at.plan_id}/registrations:social",
        college_id=at.college_id,
        candidates=[
            {"name": "某人", "document_number": identity_number(890), "certificate_level_id": str(at.level_id)}
        ],
    ),
    "accept_registrations": lambda at: post(
        f"{_registering(at)}:accept", registration_ids=[str(at.registrations["confirmed"])]
    ),
    "refuse_registrations": lambda at: post(
        f"{_registering(at)}:refuse", registration_ids=[str(at.registrations["confirmed"])], reason="不符"
    ),
    "lock_registrations": lambda at: deed(f"{_registering(at)}:lock"),
    "confirm_registration": lambda at: deed(f"{_registration(at, 'draft')}:confirm"),
    "withdraw_registration": lambda at: post(f"{_registration(at, 'draft')}:withdraw", reason="转学"),
    "take_offer": lambda at: deed(f"{_registration(at, 'offered')}:take-offer"),
    "decline_offer": lambda at: deed(f"{_registration(at, 'offered')}:decline-offer"),
}
