"""Certificates, corrections and seats tell whom they concern; what is under embargo tells nobody."""

from datetime import timedelta
from typing import Any

from tests.exams import make
from tests.exams.desk import Desk, Json
from x_pilot_api.core import clock
from x_pilot_api.exams import commands
from x_pilot_api.inbox import rules


async def kinds(desk: Desk, who: str = "student") -> list[str]:
    headers = desk.sign_in(who)
    answer = await desk.client.get("/v1/me/messages", params={"page_size": 100}, headers=headers)
    assert answer.status_code == 200, answer.text
    return sorted(it["kind"] for it in answer.json()["items"])


async def _do(desk: Desk, path: str, who: str = "org_staff", **body: Any) -> Json:  # noqa: ANN401
    answer = await desk.client.post(f"/v1{path}", json=body or None, headers=desk.sign_in(who))
    assert answer.is_success, answer.text
    told: Json = answer.json()
    return told


async def test_a_holder_is_told_of_a_suspended_a_reinstated_and_a_new_certificate(desk: Desk) -> None:
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan), desk.row(plan, 1))
    before = await kinds(desk)
    (award,) = await desk.awards()
    await _do(desk, f"/awards/{award['id']}:suspend", reason="投诉核查")
    await _do(desk, f"/awards/{award['id']}:reinstate", reason="核查无误")
    assert sorted([*before, "award.suspended", "award.reinstated"]) == await kinds(desk)
    assert await kinds(desk, "student_2") == []


async def test_a_corrected_result_is_told_as_a_case_with_its_number(desk: Desk) -> None:
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan))
    await desk.send(plan, desk.row(plan, revision=2, **make.FAILED), query="?validate_only=true")
    assert "correction.done" not in await kinds(desk)
    await desk.push(plan, desk.row(plan, revision=2, **make.FAILED))
    (case,) = (await desk.get("/v1/corrections"))["items"]
    found = (await desk.get("/v1/me/messages", who="student", page_size=100))["items"]
    (told,) = [it for it in found if it["kind"] == "correction.done"]
    assert told["object_id"] == case["id"]
    assert case["number"] in told["title"]


async def test_nobody_is_told_of_a_correction_that_is_under_embargo(desk: Desk) -> None:
    plan = await desk.plan()
    later = (clock.now() + timedelta(days=1)).isoformat()
    body = {"college_from": None, "student_from": later, "public_from": later}
    headers = desk.sign_in("registrar") | {"If-Match": "*"}
    answer = await desk.client.put(f"/v1/exam-plans/{plan.id}/result-visibility", json=body, headers=headers)
    assert answer.status_code == 200
    await desk.push(plan, desk.row(plan))
    await desk.push(plan, desk.row(plan, revision=2, **make.FAILED))
    await desk.push(plan, desk.row(plan, revision=3, grading="voided", components={}, total=None, passed=None))
    assert await kinds(desk) == []
    body = dict.fromkeys(body)
    await desk.client.put(f"/v1/exam-plans/{plan.id}/result-visibility", json=body, headers=headers)
    await commands.lift_embargoes(desk.service)
    assert "correction.done" not in await kinds(desk)


def test_each_new_kind_has_words_in_both_languages() -> None:
    known = {kind.code: kind for kind in rules.known_kinds()}
    for code in ("award.suspended", "award.reinstated", "award.reissued", "correction.done"):
        assert known[code].title.zh != known[code].title.en
    assert {"seat.offered", "seat.lost", "seat.moved"} <= known.keys()
