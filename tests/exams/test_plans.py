"""Announcing plans, seeing them, and registering students for them."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.exams import conditions, make
from tests.exams.desk import Desk, Json, set_clock

OPEN = datetime(2026, 5, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _during_registration(monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    set_clock(monkeypatch, OPEN)


def wish(desk: Desk, **changes: Any) -> Json:  # noqa: ANN401
    """Write a plan of the first organisation at the first school."""
    return {
        "institution_id": str(desk.world.schools[0].id),
        "code": "2026-1",
        "name": "2026年第一次考核",
        "certificate_level_ids": [str(desk.world.organisations[0].levels["2"])],
        "registration_opens_on": "2026-05-01",
        "registration_closes_on": "2026-05-31",
        "exam_on": "2026-06-20",
    } | changes


async def announce(desk: Desk, body: Json, *, who: str = "org_staff") -> httpx.Response:
    return await desk.client.post("/v1/exam-plans", json=body, headers=desk.sign_in(who))


async def announced(desk: Desk, **changes: Any) -> Json:  # noqa: ANN401
    answer = await announce(desk, wish(desk, **changes))
    assert answer.status_code == 201, answer.text
    plan: Json = await desk.get(answer.headers["Location"])
    return plan


async def register(desk: Desk, plan: Json, *indexes: int, who: str = "coordinator", **changes: Any) -> httpx.Response:  # noqa: ANN401
    """Register students of the first school for the plan's first level."""
    wishes = [
        {
            "student_id": str(desk.world.schools[0].students[index]),
            "certificate_level_id": plan["levels"][0]["certificate_level_id"],
        }
        | changes
        for index in indexes
    ]
    return await desk.client.post(
        f"/v1/exam-plans/{plan['id']}/registrations",
        json={"registrations": wishes},
        headers=desk.sign_in(who) | {"Idempotency-Key": uuid4().hex},
    )


async def candidates(desk: Desk, plan: Json) -> list[Json]:
    page = await desk.get(f"/v1/partner/exam-plans/{plan['id']}/candidates", who="machine", page_size=100)
    found: list[Json] = page["items"]
    return found


async def test_a_plan_tells_its_levels_components_and_state(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = await announced(desk)
    assert plan["institution_name"] == "学院1"
    (level,) = plan["levels"]
    assert level["components"] == ["practical", "theory"]
    for instant, state in (
        (datetime(2026, 4, 30, 15, 59, tzinfo=UTC), "published"),
        (datetime(2026, 4, 30, 16, 0, tzinfo=UTC), "registration_open"),
        (datetime(2026, 5, 31, 15, 59, tzinfo=UTC), "registration_open"),
        (datetime(2026, 5, 31, 16, 0, tzinfo=UTC), "registration_closed"),
        (datetime(2026, 6, 19, 16, 0, tzinfo=UTC), "held"),
    ):
        set_clock(monkeypatch, instant)
        assert (await desk.get(f"/v1/exam-plans/{plan['id']}"))["state"] == state


async def test_plans_are_listed_in_the_order_they_were_announced(desk: Desk) -> None:
    ids = [(await announced(desk, code=f"2026-{number}"))["id"] for number in range(6)]
    assert [plan["id"] for plan in (await desk.get("/v1/exam-plans"))["items"]] == ids


async def test_two_certificates_of_one_level_are_told_apart(desk: Desk) -> None:
    async with desk.service.database.transaction() as session:
        other = await conditions.certificate(session, desk.world, "会计实务")
    own = desk.world.organisations[0].levels["2"]
    plan = await announced(desk, certificate_level_ids=[str(own), str(other)])
    components = {level["certificate_level_id"]: level["components"] for level in plan["levels"]}
    assert len(plan["levels"]) == 2
    assert components == {str(own): ["practical", "theory"], str(other): ["paper"]}


async def test_a_plan_is_seen_by_its_two_parties_only(desk: Desk) -> None:
    plan = await announced(desk)
    path = f"/v1/exam-plans/{plan['id']}"
    for who in ("registrar", "coordinator", "sibling_coordinator", "auditor", "org_staff"):
        assert await desk.status(path, who=who) == 200, who
        assert [found["id"] for found in (await desk.get("/v1/exam-plans", who=who))["items"]] == [plan["id"]]
    for who in ("registrar_2", "auditor_2", "org_staff_2"):
        assert await desk.status(path, who=who) == 404, who
        assert (await desk.get("/v1/exam-plans", who=who))["items"] == []
    for who in ("student", "teacher", "expert", "operator"):
        assert await desk.status(path, who=who) == 403, who


async def test_a_plan_that_cannot_be_is_refused_with_the_reason(desk: Desk) -> None:
    async with desk.service.database.transaction() as session:
        bare = await conditions.certificate(session, desk.world, "无方案", scheme=False)
    own, foreign = (organised.levels["2"] for organised in desk.world.organisations)
    await announced(desk)
    cases: list[tuple[Json, int, str]] = [
        ({}, 409, "plan_code_taken"),
        ({"code": "n", "certificate_level_ids": [str(foreign)]}, 409, "levels_unclear"),
        ({"code": "n", "certificate_level_ids": [str(own), str(foreign)]}, 409, "levels_unclear"),
        ({"code": "n", "certificate_level_ids": [str(uuid4())]}, 409, "levels_unclear"),
        ({"code": "n", "certificate_level_ids": [str(bare)]}, 409, "scheme_missing"),
        ({"code": "n", "certificate_level_ids": []}, 422, "body_invalid"),
        ({"code": "n", "institution_id": None}, 404, "not_found"),
        ({"code": "n", "institution_id": str(uuid4())}, 404, "not_found"),
        ({"code": "n" * 49}, 422, "body_invalid"),
        ({"code": "n", "exam_on": "2026-05-30"}, 422, "body_invalid"),
        ({"code": "n", "registration_opens_on": "2026-06-01"}, 422, "body_invalid"),
        ({"code": "n", "objections_until": "2026-07-01T00:00:00"}, 422, "body_invalid"),
        ({"code": "n", "objections_until": "2026-06-19T23:59:59+08:00"}, 422, "body_invalid"),
        ({"code": "n", "objections_until": "9999-12-31T23:59:59-08:00"}, 422, "body_invalid"),
        ({"code": "n", "registration_opens_on": "0001-01-01"}, 422, "body_invalid"),
        ({"code": "n", "fee": 1}, 422, "body_invalid"),
    ]
    for changes, status, code in cases:
        answer = await announce(desk, wish(desk, **changes))
        assert (answer.status_code, answer.json()["code"]) == (status, code), changes
    answer = await announce(desk, wish(desk, institution_id=str(desk.world.schools[1].id)), who="registrar")
    assert answer.status_code == 404
    assert (await announce(desk, wish(desk, code="n"), who="coordinator")).status_code == 403


async def test_no_exam_is_announced_once_its_certificate_has_exited(desk: Desk) -> None:
    async with desk.service.database.transaction() as session:
        for college in (0, 1):
            await conditions.exit_certificate(session, desk.world, on=date(2026, 6, 20), college=college)
    refused = await announce(desk, wish(desk))
    assert (refused.status_code, refused.json()["code"]) == (409, "certificate_not_admitted")
    assert "智能财税1" in refused.json()["detail"]
    assert (await announce(desk, wish(desk, exam_on="2026-06-19"))).status_code == 201


async def test_registered_students_get_admission_numbers_one_after_the_other(desk: Desk) -> None:
    plan = await announced(desk)
    first = (await register(desk, plan, 3, 1)).json()["registrations"]
    assert [made["admission_number"] for made in first] == ["2026-1-00001", "2026-1-00002"]
    assert [made["student_id"] for made in first] == [str(desk.world.schools[0].students[index]) for index in (3, 1)]
    await register(desk, plan, 0, who="registrar")
    found = await candidates(desk, plan)
    assert [candidate["admission_number"] for candidate in found] == ["2026-1-00001", "2026-1-00002", "2026-1-00003"]
    assert [candidate["name"] for candidate in found] == ["学生13", "学生11", "学生10"]


async def test_past_the_last_number_of_five_digits_they_grow(desk: Desk) -> None:
    plan = await announced(desk)
    async with desk.service.database.transaction() as session:
        await make.count_on(session, plan["id"], last_serial=99_998)
    made = (await register(desk, plan, 0, 1, 2)).json()["registrations"]
    assert [found["admission_number"] for found in made] == ["2026-1-99999", "2026-1-100000", "2026-1-100001"]


async def test_all_students_of_a_list_are_registered_or_none(desk: Desk) -> None:
    plan = await announced(desk)
    await register(desk, plan, 4)
    async with desk.service.database.transaction() as session:
        await make.let_leave(session, desk.world, 5)
    other_level = str(desk.world.organisations[0].levels["1"])
    for refused, code in (
        (await register(desk, plan, 0, 4), "already_registered"),
        (await register(desk, plan, 0, 5), "student_not_enrolled"),
        (await register(desk, plan, 0, who="sibling_coordinator"), "student_unknown"),
        (await register(desk, plan, 0, student_id=str(desk.world.schools[1].students[0])), "student_unknown"),
        (await register(desk, plan, 0, certificate_level_id=other_level), "level_not_examined"),
        (await register(desk, plan, 0, 0), "named_twice"),
    ):
        assert (refused.status_code, refused.json()["code"]) == (409, "registrations_refused")
        errors = refused.json()["errors"]
        assert {error["code"] for error in errors} == {code}
        assert errors[-1]["pointer"] == f"/registrations/{errors[-1]['row'] - 1}"
    assert len(await candidates(desk, plan)) == 1


async def test_who_holds_the_level_is_not_registered_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    held = await desk.plan()
    set_clock(monkeypatch, datetime(2026, 6, 21, tzinfo=UTC))
    await desk.push(held, desk.row(held))
    plan = await announced(desk, registration_closes_on="2026-07-31", exam_on="2026-08-01")
    refused = await register(desk, plan, 0)
    assert [error["code"] for error in refused.json()["errors"]] == ["already_awarded"]


async def test_registration_is_open_on_its_days_only(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = await announced(desk)
    for instant, status in (
        (datetime(2026, 4, 30, 15, 59, tzinfo=UTC), 409),
        (datetime(2026, 5, 31, 15, 59, tzinfo=UTC), 201),
        (datetime(2026, 5, 31, 16, 0, tzinfo=UTC), 409),
    ):
        set_clock(monkeypatch, instant)
        answer = await register(desk, plan, 0)
        assert answer.status_code == status
        if status == 409:
            assert answer.json()["code"] == "registration_closed"
            assert answer.json()["figures"] == {"opens_on": "2026-05-01", "closes_on": "2026-05-31"}


async def test_a_social_candidate_who_enrols_later_is_a_student_from_then_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.rule()
    await desk.open_accounts(0)
    async with desk.service.database.transaction() as session:
        await make.known_as_social_candidate(session, desk.world, 0)
    plan = await announced(desk)
    number = (await register(desk, plan, 0)).json()["registrations"][0]["admission_number"]
    set_clock(monkeypatch, datetime(2026, 6, 21, tzinfo=UTC))
    made = make.Plan(plan["id"], plan["institution_id"], [], [number], plan["code"])
    await desk.push(made, desk.row(made))
    assert (await desk.account())["accumulated"] == "3.00"
