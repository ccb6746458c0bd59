"""Public notices that come down by themselves, and objections that two persons answer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.exams import make, second_persons
from tests.exams.desk import Desk, set_clock

Json = dict[str, Any]
NOW = datetime(2026, 7, 1, 8, tzinfo=UTC)
END = NOW + timedelta(days=7)


@pytest.fixture
async def shown(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> tuple[Desk, make.Plan]:
    """Put ten results on notice, the last of which is a failure."""
    set_clock(monkeypatch, NOW)
    await second_persons.add(desk)
    await desk.rule()
    plan = await desk.plan(objections_until=END)
    await desk.open_accounts()
    await desk.push(plan, *(desk.row(plan, index) for index in range(9)), desk.row(plan, 9, **make.FAILED))
    assert (await _post(desk, f"/v1/exam-plans/{plan.id}/result-notice:publish", "registrar")).status_code == 201
    return desk, plan


async def _post(desk: Desk, path: str, who: str, **body: Any) -> httpx.Response:  # noqa: ANN401 - JSON
    return await desk.client.post(path, json=body, headers=desk.sign_in(who))


async def _object(desk: Desk, who: str = "student", index: int = 0) -> httpx.Response:
    student = desk.world.schools[0].students[index]
    (result,) = (await desk.get("/v1/results", who=who, student_id=str(student)))["items"]
    return await _post(desk, f"/v1/results/{result['id']}/objections", who, text="实操评分有误")


async def test_the_notice_shows_who_passed_and_nothing_that_names_them(shown: tuple[Desk, make.Plan]) -> None:
    desk, plan = shown
    found: list[Json] = []
    token = ""
    while True:
        query = {"page_size": 4} | ({"page_token": token} if token else {})
        answer = await desk.client.get(f"/v1/public/result-notices/{plan.id}", params=query)
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        token = answer.json()["next_page_token"]
        for number in plan.admission_numbers:
            assert number not in answer.text
        if not token:
            break
    assert [item["name"] for item in found] == ["学***"] * 9
    assert {item["admission_number"].lstrip("*") for item in found} == {n[-4:] for n in plan.admission_numbers[:9]}
    assert set(found[0]) == {"name", "admission_number", "certificate", "level", "total", "passed"}


async def test_the_notice_comes_down_by_itself_and_objections_end_with_it(
    shown: tuple[Desk, make.Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, plan = shown
    path = f"/v1/public/result-notices/{plan.id}"
    set_clock(monkeypatch, END - timedelta(seconds=1))
    assert (await desk.client.get(path)).status_code == 200
    set_clock(monkeypatch, END)
    assert (await desk.client.get(path)).status_code == 404
    refused = await _object(desk)
    assert (refused.status_code, refused.json()["code"]) == (409, "objections_not_open")


async def test_a_notice_needs_a_window_is_published_once_and_can_be_withdrawn(shown: tuple[Desk, make.Plan]) -> None:
    desk, plan = shown
    path = f"/v1/exam-plans/{plan.id}/result-notice"
    assert (await _post(desk, f"{path}:publish", "registrar")).json()["code"] == "result_notice_exists"
    endless = await desk.plan(levels=("1",))
    refused = await _post(desk, f"/v1/exam-plans/{endless.id}/result-notice:publish", "registrar")
    assert refused.json()["code"] == "notice_window_missing"
    assert (await _post(desk, f"{path}:withdraw", "registrar")).status_code == 200
    assert (await desk.client.get(f"/v1/public/result-notices/{plan.id}")).status_code == 404


async def test_the_public_waits_for_its_own_instant(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, NOW)
    plan = await desk.plan(objections_until=END)
    later = (NOW + timedelta(days=1)).isoformat()
    body = {"college_from": None, "student_from": None, "public_from": later}
    headers = desk.sign_in("registrar") | {"If-Match": "*"}
    path = f"/v1/exam-plans/{plan.id}/result-visibility"
    assert (await desk.client.put(path, json=body, headers=headers)).status_code == 200
    await desk.push(plan, desk.row(plan))
    await _post(desk, f"/v1/exam-plans/{plan.id}/result-notice:publish", "registrar")
    assert (await desk.client.get(f"/v1/public/result-notices/{plan.id}")).status_code == 404
    set_clock(monkeypatch, NOW + timedelta(days=1))
    assert (await desk.client.get(f"/v1/public/result-notices/{plan.id}")).status_code == 200


async def test_an_upheld_objection_leaves_the_result(shown: tuple[Desk, make.Plan]) -> None:
    desk, _ = shown
    raised = await _object(desk)
    assert raised.status_code == 201, raised.text
    assert (raised.json()["state"], raised.json()["allowed_deeds"]) == ("raised", ["withdraw"])
    path = f"/v1/result-objections/{raised.json()['id']}"
    assert (await _object(desk)).json()["code"] == "result_objection_open"
    reviewed = await _post(desk, f"{path}:review", "org_staff", answer="评分无误")
    assert (reviewed.json()["state"], reviewed.json()["answer"]) == ("reviewed", "评分无误")
    assert (await desk.get(path, who="student"))["answer"] is None
    refused = await _post(desk, f"{path}:decide", "org_staff")
    assert (refused.status_code, refused.json()["code"]) == (409, "result_second_person_needed")
    decided = await _post(desk, f"{path}:decide", "second_staff")
    assert (decided.json()["state"], decided.json()["batch_id"]) == ("upheld", None)
    assert (await desk.get(path, who="student"))["answer"] == "评分无误"
    told = await second_persons.told(desk)
    assert told["result_objection.raised"]["object_id"] == raised.json()["id"]
    assert told["result_objection.decided"]["data"]["state"] == "upheld"
    assert (await desk.account())["pending"] == "3.00"


async def test_a_changed_result_is_a_new_revision_linked_to_the_objection(shown: tuple[Desk, make.Plan]) -> None:
    desk, plan = shown
    raised = (await _object(desk, who="coordinator", index=9)).json()
    path = f"/v1/result-objections/{raised['id']}"
    scores = {"theory": "70.00", "practical": "75.00"}
    assert (await _post(desk, f"{path}:review", "org_staff", answer="重新评分", components=scores)).status_code == 200
    assert len(await desk.awards(None)) == 9
    decided = await _post(desk, f"{path}:decide", "second_staff")
    assert decided.status_code == 200, decided.text
    assert decided.json()["state"] == "changed"
    row = desk.row(plan, 9)
    latest = await desk.get(f"/v1/partner/results/{row['org_result_id']}", who="machine", exam_plan_id=str(plan.id))
    assert (latest["revision"], latest["grading"], latest["total"], latest["passed"]) == (
        2, "corrected", "73.00", True,
    )  # fmt: skip
    assert latest["id"] == decided.json()["new_result_id"]
    assert len(await desk.awards(None)) == 10
    assert (await desk.account(9))["pending"] == "3.00"
    batch = await desk.get(f"/v1/partner/result-batches/{decided.json()['batch_id']}", who="machine")
    assert (batch["corrected"], batch["downstream"]["awards_issued"]) == (1, 1)


async def test_a_review_can_be_returned_and_an_objection_withdrawn_by_who_raised_it(
    shown: tuple[Desk, make.Plan],
) -> None:
    desk, plan = shown
    path = f"/v1/result-objections/{(await _object(desk)).json()['id']}"
    await _post(desk, f"{path}:review", "org_staff", answer="评分无误")
    assert (await _post(desk, f"{path}:return", "org_staff")).json()["code"] == "result_second_person_needed"
    assert (await _post(desk, f"{path}:return", "second_staff")).json()["state"] == "raised"
    assert (await _post(desk, f"{path}:withdraw", "registrar")).status_code == 404
    assert (await _post(desk, f"{path}:withdraw", "student")).json()["state"] == "withdrawn"
    assert (await _post(desk, f"{path}:review", "org_staff", answer="-")).json()["code"] == "deed_not_allowed"
    listed = await desk.get("/v1/result-objections", who="org_staff", exam_plan_id=str(plan.id), state="withdrawn")
    assert len(listed["items"]) == 1
    assert (await _object(desk)).status_code == 201


async def test_an_objection_not_answered_in_time_is_overdue(
    shown: tuple[Desk, make.Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _ = shown
    raised = (await _object(desk)).json()
    assert (raised["due_on"], raised["is_overdue"]) == ("2026-07-16", False)
    set_clock(monkeypatch, NOW + timedelta(days=16))
    assert (await desk.get(f"/v1/result-objections/{raised['id']}", who="student"))["is_overdue"] is True


async def test_nobody_objects_to_or_reads_what_is_not_theirs(shown: tuple[Desk, make.Plan]) -> None:
    desk, plan = shown
    others = desk.world.schools[0].students[1]
    (result,) = (await desk.get("/v1/results", who="registrar", student_id=str(others)))["items"]
    for who in ("student", "sibling_coordinator", "registrar_2"):
        assert (await _post(desk, f"/v1/results/{result['id']}/objections", who, text="-")).status_code == 404
    raised = (await _post(desk, f"/v1/results/{result['id']}/objections", "coordinator", text="有误")).json()
    for who in ("student", "sibling_coordinator", "registrar_2", "org_staff_2"):
        assert await desk.status(f"/v1/result-objections/{raised['id']}", who=who) == 404
    assert await desk.status(f"/v1/result-objections?exam_plan_id={plan.id}", who="registrar_2") == 404
