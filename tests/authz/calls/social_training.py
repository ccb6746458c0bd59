"""How the operations of social service are asked for."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from tests.authz import makings
from tests.authz.calls.asking import Call, deed, get, list_of, post
from tests.authz.ground import Corner
from tests.world import identity_number


def _class(at: Corner, state: str = "running") -> str:
    return f"/v1/social-classes/{at.social[state]}"


def _record(at: Corner, name: str = "logged0") -> str:
    return f"/v1/workload-records/{at.social[name]}"


def _day(ago: int) -> str:
    return (makings.today() - timedelta(days=ago)).isoformat()


def _given(at: Corner) -> dict[str, object]:
    return {
        "title": "提升班",
        "partner": "某公司",
        "hours_tenths": 240,
        "starts_on": _day(90),
        "ends_on": _day(-30),
        "places": 300,
        "teacher_ids": [str(at.social["teacher"])],
    }


def _change(at: Corner) -> Call:
    return Call("PUT", _class(at, "open"), body=_given(at))


def _work(ago: int) -> dict[str, object]:
    return {"worked_on": _day(ago), "hours_tenths": 10, "what": "授课"}


def _create(at: Corner) -> Call:
    return post("/v1/social-classes", college_id=at.college_id, certificate_level_id=at.level_id, **_given(at))


def _enrol(at: Corner) -> Call:
    person = {
        "name": "李四",
        "document_number": identity_number(849, region="320804"),
        "social_group": "low_income",
        "consented_on": "2026-01-01",
    }
    return post(f"{_class(at, 'open')}/participants", participants=[person])


def _attend(at: Corner) -> Call:
    row = {"participant_id": str(at.social["full_person"]), "attended_tenths": 10, "result": "passed"}
    return post(f"{_class(at, 'full')}/participants:record-attendance", rows=[row])


def _figures(at: Corner) -> Call:
    of = {} if at.relation == "own" else {"college_id": at.college_id}
    return get("/v1/social-figures", academic_year="2026-2027", **of)


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_social_classes": lambda at: list_of(at, "/v1/social-classes", college_id=at.college_id),
    "create_social_class": _create,
    "get_social_class": lambda at: get(_class(at)),
    "change_social_class": _change,
    "open_social_class": lambda at: deed(f"{_class(at, 'draft')}:open"),
    "start_social_class": lambda at: deed(f"{_class(at, 'ready')}:start"),
    "finish_social_class": lambda at: deed(f"{_class(at, 'full')}:finish"),
    "cancel_social_class": lambda at: post(f"{_class(at, 'draft')}:cancel", reason="生源不足"),
    "register_social_class": lambda at: post(
        f"{_class(at)}:register-for-exam", exam_plan_id=at.plan_id, participant_ids=[str(at.social["person6"])]
    ),
    "get_social_figures": _figures,
    "get_social_participant_template": lambda _: get("/v1/social-participant-template"),
    "list_social_participants": lambda at: get(f"{_class(at)}/participants"),
    "enrol_social_participants": _enrol,
    "enrol_social_participant_file": lambda at: post(f"{_class(at, 'open')}/participants:file", no="table"),
    "record_social_attendance": _attend,
    "withdraw_social_participant": lambda at: post(
        f"/v1/social-participants/{at.social['ready_person']}:withdraw", reason="调岗"
    ),
    "list_workload_records": lambda at: list_of(at, "/v1/workload-records", college_id=at.college_id),
    "log_workload": lambda at: post("/v1/workload-records", social_class_id=at.social["running"], **_work(60)),
    "verify_workload": lambda at: post("/v1/workload-records:verify", record_ids=[str(at.social["logged6"])]),
    "get_workload_record": lambda at: get(_record(at)),
    "change_workload": lambda at: Call("PUT", _record(at, "changed"), body=_work(61)),
    "withdraw_workload": lambda at: deed(f"{_record(at, 'withdrawn')}:withdraw"),
    "refuse_workload": lambda at: post(f"{_record(at, 'refused')}:refuse", reason="当日停课"),
    "reverse_workload": lambda at: post(f"{_record(at, 'verified')}:reverse", reason="课时重复"),
    "list_workload_ratios": lambda _: get("/v1/workload-ratios", page_size=100),
    "load_workload_ratio": lambda _: post(
        "/v1/workload-ratios", ratio="1.5", document_number="教8号", effective_from="2031-01-01"
    ),
    "get_workload_statement": lambda at: get(
        f"/v1/workload-statements/{at.social['teacher']}", academic_year="2026-2027"
    ),
}
