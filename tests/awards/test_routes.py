"""Who sees which issued certificates."""

from uuid import uuid4

import pytest

from tests.exams import make
from tests.exams.desk import Desk, Json


@pytest.fixture
async def plan(desk: Desk) -> make.Plan:
    """Issue certificates to two students of each school and to a social candidate, by two organisations."""
    plan = await desk.plan()
    number = await desk.social_candidate(plan)
    social = desk.row(plan) | {"admission_number": plan.admission_numbers[-1], "document_number": number}
    social |= {"org_result_id": "R-social"}
    await desk.push(plan, desk.row(plan, 0), desk.row(plan, 1), social)
    elsewhere = await desk.plan(school=1, candidates=2)
    await desk.push(elsewhere, *(make.row(desk.world, elsewhere, index, school=1) for index in (0, 1)))
    others = await desk.plan(organisation=1, candidates=1)
    answer = await desk.send(others, desk.row(others), who="machine_2")
    assert answer.json()["accepted"] == 1
    return plan


async def seen(desk: Desk, who: str, **query: str) -> list[Json]:
    page = await desk.get("/v1/awards", who=who, page_size=100, **query)
    items: list[Json] = page["items"]
    return items


@pytest.mark.usefixtures("plan")
async def test_each_sees_their_own(desk: Desk) -> None:
    school, other = desk.world.schools
    counts = {
        who: len(await seen(desk, who))
        for who in (
            "registrar", "auditor", "coordinator", "sibling_coordinator", "student", "registrar_2", "coordinator_2",
            "student_2", "org_staff", "org_staff_2",
        )
    }  # fmt: skip
    assert counts == {
        "registrar": 4,
        "auditor": 4,
        "coordinator": 3,
        "sibling_coordinator": 0,
        "student": 2,
        "registrar_2": 2,
        "coordinator_2": 2,
        "student_2": 1,
        "org_staff": 5,
        "org_staff_2": 1,
    }
    assert {award["student_id"] for award in await seen(desk, "student")} == {str(school.students[0])}
    assert {award["student_id"] for award in await seen(desk, "student_2")} == {str(other.students[0])}
    assert {award["institution_id"] for award in await seen(desk, "registrar")} == {str(school.id)}
    assert {award["organisation_id"] for award in await seen(desk, "org_staff_2")} == {
        str(desk.world.organisations[1].id)
    }
    for who in ("teacher", "expert", "operator", "security_admin", "machine"):
        assert await desk.status("/v1/awards", who=who) == 403, who


@pytest.mark.usefixtures("plan")
async def test_asking_for_somebody_elses_finds_nothing(desk: Desk) -> None:
    school, other = desk.world.schools
    assert await seen(desk, "student", student_id=str(school.students[1])) == []
    assert await seen(desk, "sibling_coordinator", student_id=str(school.students[0])) == []
    assert await seen(desk, "registrar", student_id=str(other.students[0])) == []
    assert await seen(desk, "registrar", student_id=str(uuid4())) == []


async def test_certificates_are_found_by_student_level_and_state(desk: Desk, plan: make.Plan) -> None:
    student = str(desk.world.schools[0].students[0])
    level = str(plan.level_ids[0])
    assert len(await seen(desk, "registrar", student_id=student)) == 2
    (award,) = await seen(desk, "registrar", student_id=student, certificate_level_id=level)
    assert (award["certificate_name"], award["level"], award["holder_name"]) == ("智能财税1", "2", "学生10")
    assert await seen(desk, "registrar", state="revoked") == []
    await desk.push(plan, desk.row(plan, 0, revision=2, grading="voided", reason="作弊"))
    (revoked,) = await seen(desk, "registrar", state="revoked")
    assert (revoked["id"], revoked["revoked_reason"]) == (award["id"], "作弊")
    assert len(await seen(desk, "registrar", state="valid")) == 3


@pytest.mark.usefixtures("plan")
async def test_a_list_goes_on_where_it_stopped(desk: Desk) -> None:
    headers = desk.sign_in("registrar")
    ids: list[str] = []
    path = "/v1/awards?page_size=1"
    while path:
        answer = await desk.client.get(path, headers=headers)
        ids += [award["id"] for award in answer.json()["items"]]
        link = answer.headers.get("Link", "")
        path = link.partition("<")[2].partition(">")[0]
    assert ids == [award["id"] for award in await seen(desk, "registrar")]
    assert len(ids) == 4


@pytest.mark.usefixtures("plan")
async def test_an_award_holds_no_document_number(desk: Desk) -> None:
    answer = await desk.client.get("/v1/awards", headers=desk.sign_in("registrar"))
    assert not any(number in answer.text for school in desk.world.schools for number in school.documents)
