"""How the operations of guidance and consultation are asked for."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.authz.calls.asking import Call, deed, get, list_of, post
from tests.authz.ground import Corner

_DUE = "2099-01-02"


def _at(corner: Corner, name: str) -> str:
    return str(corner.pilot[f"guided_{name}"])


def _problem(corner: Corner, state: str) -> str:
    return f"/v1/pilot-problems/{_at(corner, f'{state}_problem')}"


def _publicity(corner: Corner) -> dict[str, Any]:
    return {
        "college_id": str(corner.college_id),
        "title": "宣讲",
        "policy_reference": "教职所〔2020〕22号",
        "channel": "lecture",
        "held_on": "2026-01-06",
        "reach": 5,
        "counted_by": "签到",
    }


def _training(corner: Corner) -> dict[str, Any]:
    return {
        "college_id": str(corner.college_id),
        "subject": "考务",
        "held_on": "2026-01-06",
        "hours_tenths": 10,
        "trainer": "讲师",
        "people": [{"person_id": _at(corner, "college_person"), "took_part": True}],
    }


def _party() -> dict[str, Any]:
    return {"name": "新单位", "kind": "employer"}


def _consultation(corner: Corner) -> dict[str, Any]:
    return {
        "college_id": str(corner.college_id),
        "subject": "会商",
        "held_on": "2026-01-06",
        "party_ids": [_at(corner, "party")],
        "participants": "双方",
        "minutes": "纪要",
    }


def _survey(corner: Corner) -> dict[str, Any]:
    question = {"text": "建议", "kind": "text"}
    return {"college_id": str(corner.college_id), "title": "调查", "questions": [question]}


def _put(path: str, body: dict[str, Any]) -> Call:
    return Call("PUT", path, body=body)


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_pilot_problems": lambda at: list_of(at, "/v1/pilot-problems", college_id=at.college_id),
    "get_pilot_problem_ageing": lambda _: get("/v1/pilot-problem-ageing"),
    "raise_pilot_problem": lambda at: post(
        "/v1/pilot-problems",
        college_id=at.college_id,
        about="certificate",
        certificate_id=at.certificate_id,
        severity="low",
        title="问题",
        description="说明",
    ),
    "get_pilot_problem": lambda at: get(_problem(at, "heard")),
    "assign_pilot_problem": lambda at: post(
        f"{_problem(at, 'raised')}:assign", owner_id=_at(at, "office_person"), due_on=_DUE
    ),
    "resolve_pilot_problem": lambda at: post(f"{_problem(at, 'assigned')}:resolve", resolution="已办"),
    "confirm_pilot_problem": lambda at: post(f"{_problem(at, 'resolved')}:confirm", remark="好"),
    "reopen_pilot_problem": lambda at: post(f"{_problem(at, 'resolved')}:reopen", remark="未解决", due_on=_DUE),
    "list_policy_publicities": lambda at: list_of(at, "/v1/policy-publicities", college_id=at.college_id),
    "get_policy_publicity_sums": lambda _: get("/v1/policy-publicity-sums", year=2026),
    "record_policy_publicity": lambda at: post("/v1/policy-publicities", **_publicity(at)),
    "get_policy_publicity": lambda at: get(f"/v1/policy-publicities/{_at(at, 'publicity')}"),
    "correct_policy_publicity": lambda at: _put(f"/v1/policy-publicities/{_at(at, 'publicity')}", _publicity(at)),
    "list_administrator_trainings": lambda at: list_of(at, "/v1/administrator-trainings", college_id=at.college_id),
    "get_administrator_training_coverage": lambda _: get("/v1/administrator-training-coverage", year=2026),
    "record_administrator_training": lambda at: post("/v1/administrator-trainings", **_training(at)),
    "get_administrator_training": lambda at: get(f"/v1/administrator-trainings/{_at(at, 'training')}"),
    "correct_administrator_training": lambda at: _put(
        f"/v1/administrator-trainings/{_at(at, 'training')}", _training(at)
    ),
    "list_guidance_people": lambda at: list_of(at, "/v1/guidance-people", college_id=at.college_id),
    "list_outside_parties": lambda _: get("/v1/outside-parties", page_size=100),
    "enter_outside_party": lambda _: post("/v1/outside-parties", **_party()),
    "get_outside_party": lambda at: get(f"/v1/outside-parties/{_at(at, 'party')}"),
    "change_outside_party": lambda at: _put(f"/v1/outside-parties/{_at(at, 'party')}", _party()),
    "list_correspondence": lambda at: list_of(at, "/v1/correspondence", party_id=_at(at, "party")),
    "record_correspondence": lambda at: post(
        "/v1/correspondence",
        party_id=_at(at, "party"),
        college_id=at.college_id,
        direction="incoming",
        medium="mail",
        sent_on="2026-01-07",
        subject="复函",
        summary="同意",
        answers_id=_at(at, "letter"),
    ),
    "list_training_demands": lambda at: list_of(at, "/v1/training-demands", party_id=_at(at, "party")),
    "record_training_demand": lambda at: post(
        "/v1/training-demands",
        party_id=_at(at, "party"),
        college_id=at.college_id,
        demand_group="low_income_labourers",
        certificate_level_id=at.level_id,
        head_count=3,
        wanted_from="2026-01-07",
        wanted_to="2026-02-07",
    ),
    "meet_training_demand": lambda at: post(f"/v1/training-demands/{_at(at, 'unmet_demand')}:meet", met_by="一班"),
    "reopen_training_demand": lambda at: deed(f"/v1/training-demands/{_at(at, 'met_demand')}:reopen"),
    "list_consultations": lambda at: list_of(at, "/v1/consultations", college_id=at.college_id),
    "record_consultation": lambda at: post("/v1/consultations", **_consultation(at)),
    "get_consultation": lambda at: get(f"/v1/consultations/{_at(at, 'draft_consultation')}"),
    "change_consultation": lambda at: _put(f"/v1/consultations/{_at(at, 'draft_consultation')}", _consultation(at)),
    "sign_off_consultation": lambda at: deed(f"/v1/consultations/{_at(at, 'draft_consultation')}:sign-off"),
    "add_to_consultation": lambda at: post(f"/v1/consultations/{_at(at, 'signed_consultation')}:add", body="补充"),
    "list_follow_ups": lambda at: list_of(at, "/v1/follow-ups", consultation_id=_at(at, "draft_consultation")),
    "set_follow_up": lambda at: post(
        "/v1/follow-ups",
        consultation_id=_at(at, "draft_consultation"),
        task="回函",
        owner_id=_at(at, "college_person"),
        due_on=_DUE,
    ),
    "reassign_follow_up": lambda at: post(
        f"/v1/follow-ups/{_at(at, 'open_follow_up')}:reassign", owner_id=_at(at, "office_person"), due_on=_DUE
    ),
    "finish_follow_up": lambda at: post(f"/v1/follow-ups/{_at(at, 'open_follow_up')}:finish", result="已办"),
    "check_follow_up": lambda at: post(f"/v1/follow-ups/{_at(at, 'done_follow_up')}:check", comment="好"),
    "reopen_follow_up": lambda at: post(
        f"/v1/follow-ups/{_at(at, 'done_follow_up')}:reopen", comment="缺件", due_on=_DUE
    ),
    "list_surveys": lambda _: get("/v1/surveys", page_size=100),
    "draft_survey": lambda at: post("/v1/surveys", **_survey(at)),
    "get_survey": lambda at: get(f"/v1/surveys/{_at(at, 'draft_survey')}"),
    "change_survey": lambda at: _put(f"/v1/surveys/{_at(at, 'draft_survey')}", _survey(at)),
    "open_survey": lambda at: deed(f"/v1/surveys/{_at(at, 'draft_survey')}:open"),
    "close_survey": lambda at: deed(f"/v1/surveys/{_at(at, 'open_survey')}:close"),
    "record_survey_responses": lambda at: post(
        f"/v1/surveys/{_at(at, 'open_survey')}/responses",
        responses=[{"reference": "1", "party_id": _at(at, "party"), "answers": ["好"]}],
    ),
    "get_survey_results": lambda at: get(f"/v1/surveys/{_at(at, 'open_survey')}/results"),
}
