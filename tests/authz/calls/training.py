"""How the operations of teacher training are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, get, list_of, post
from tests.authz.calls.asking import deed as plain
from tests.authz.ground import Corner


def _project(corner: Corner, kind: str) -> str:
    return f"/v1/training-projects/{corner.training[kind]}"


def _enrolment(corner: Corner, kind: str) -> str:
    return f"/v1/training-enrolments/{corner.training[f'{kind}_enrolment']}"


def _wish(corner: Corner) -> dict[str, object]:
    return {
        "title": "师资培训",
        "origin": "provincial",
        "organisation_id": str(corner.organisation_id),
        "certificate_level_id": str(corner.level_id),
        "scheme": "线上线下相结合",
        "mode": "blended",
        "hours": 24,
        "is_x_module": True,
        "places": 40,
        "enrols_until": "2070-06-01",
        "starts_on": "2070-06-10",
        "ends_on": "2070-06-12",
    }


def _outside(corner: Corner) -> Call:
    return post(
        "/v1/outside-trainings",
        teacher_id=corner.training["teacher"],
        title="国家级培训",
        organiser="国家级基地",
        origin="national",
        hours=40,
        is_x_module=True,
        completed_on="2025-08-20",
        document_number="教师司函8号",
    )


def _certificate(corner: Corner) -> Call:
    return post(
        "/v1/teacher-certificates",
        teacher_id=corner.training["teacher"],
        name="中级会计师",
        issuer="财政部",
        certificate_number="KJ-0008",
        issued_on="2021-05-10",
    )


def _results(corner: Corner) -> Call:
    row = {"enrolment_id": str(corner.training["held_enrolment"]), "hours_attended": 24, "result": "passed"}
    return post(f"{_project(corner, 'held')}:record-results", rows=[row])


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_training_requirements": lambda _: get("/v1/training-requirements", page_size=100),
    "load_training_requirement": lambda _: post(
        "/v1/training-requirements",
        total_hours=60,
        module_hours=24,
        document_number="人1号",
        effective_from="2070-01-01",
    ),
    "list_training_cycles": lambda at: list_of(at, "/v1/training-cycles", college_id=at.college_id),
    "get_training_cycle": lambda at: get(f"/v1/training-cycles/{at.training['cycle']}"),
    "open_training_cycles": lambda at: post(
        "/v1/training-cycles:open", college_id=at.college_id, begins_on="2070-01-01"
    ),
    "list_training_coverage": lambda _: get("/v1/training-coverage"),
    "list_training_projects": lambda at: list_of(at, "/v1/training-projects", certificate_level_id=at.level_id),
    "draft_training_project": lambda at: post("/v1/training-projects", **_wish(at)),
    "get_training_project": lambda at: get(_project(at, "open")),
    "change_training_project": lambda at: Call("PUT", _project(at, "draft"), body=_wish(at)),
    "publish_training_project": lambda at: plain(f"{_project(at, 'draft')}:publish"),
    "change_training_places": lambda at: post(f"{_project(at, 'open')}:change-places", places=12),
    "close_training_project": lambda at: plain(f"{_project(at, 'empty')}:close"),
    "cancel_training_project": lambda at: post(f"{_project(at, 'open')}:cancel", reason="专家时间冲突"),
    "get_training_survey": lambda at: get(f"{_project(at, 'over')}/survey"),
    "list_training_enrolments": lambda at: list_of(at, "/v1/training-enrolments", college_id=at.college_id),
    "enrol_teachers": lambda at: post(f"{_project(at, 'open')}/enrolments", teacher_ids=[str(at.training["teacher"])]),
    "withdraw_training_enrolment": lambda at: post(f"{_enrolment(at, 'coming')}:withdraw", reason="课务冲突"),
    "record_training_results": _results,
    "reopen_training_enrolment": lambda at: post(f"{_enrolment(at, 'over')}:reopen", reason="登记有误"),
    "answer_training_survey": lambda at: post(
        f"{_enrolment(at, 'over')}:answer-survey", content=5, teaching=4, organisation=4, usefulness=5
    ),
    "list_training_completions": lambda at: list_of(at, "/v1/training-completions", college_id=at.college_id),
    "reverse_training_completion": lambda at: post(
        f"/v1/training-completions/{at.training['completion']}:reverse", reason="登记有误"
    ),
    "list_outside_trainings": lambda at: list_of(at, "/v1/outside-trainings", college_id=at.college_id),
    "record_outside_training": _outside,
    "confirm_outside_training": lambda at: post(
        f"/v1/outside-trainings/{at.training['outside']}:confirm", remark="属实"
    ),
    "refuse_outside_training": lambda at: post(
        f"/v1/outside-trainings/{at.training['outside']}:refuse", remark="缺原件"
    ),
    "list_teacher_certificates": lambda at: list_of(at, "/v1/teacher-certificates", college_id=at.college_id),
    "record_teacher_certificate": _certificate,
    "remove_teacher_certificate": lambda at: Call("DELETE", f"/v1/teacher-certificates/{at.training['certificate']}"),
}
