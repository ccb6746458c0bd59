"""Who teaches which course in which term: said once, by whom the course is, and seen by whom it concerns."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from tests.world import World
from x_pilot_api.registry.models import Teacher

SignIn = Callable[[str], dict[str, str]]
TERM = "2025-2026-02"
Json = dict[str, Any]


@pytest.fixture
async def teachers(session: AsyncSession, world: World) -> list[UUID]:
    """Employ three: one who signs in and one who does not at the first college, one at the other."""
    school, made = world.schools[0], [uuid4() for _ in range(3)]
    for number, teacher_id in enumerate(made):
        session.add(
            Teacher(
                institution_id=school.id, id=teacher_id, staff_number=f"T{number}", name=f"教师{number}",
                college_id=school.colleges[number // 2], person_id=world.callers["teacher"].id if number == 0 else None,
            )
        )  # fmt: skip
    await session.flush()
    return made


async def assign(
    client: httpx.AsyncClient, headers: dict[str, str], course_id: UUID, teacher_id: UUID, *, term: str = TERM
) -> httpx.Response:
    body = {"course_id": str(course_id), "teacher_id": str(teacher_id), "term": term}
    return await client.post("/v1/course-teachers", json=body, headers=headers | {"Idempotency-Key": uuid4().hex})


async def listed(client: httpx.AsyncClient, headers: dict[str, str], **query: str) -> list[Json]:
    answer = await client.get("/v1/course-teachers", params=query, headers=headers)
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["items"]
    return found


async def test_a_course_has_several_teachers_each_said_once_and_taken_back(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, teachers: list[UUID]
) -> None:
    office, course = sign_in("registrar"), world.schools[0].courses[0][0]
    made = await assign(client, office, course, teachers[0])
    assert made.status_code == 201, made.text
    told = made.json()
    assert (told["course_code"], told["staff_number"], told["teacher_name"], told["term"]) == (
        "K0",
        "T0",
        "教师0",
        TERM,
    )
    assert (await client.get(made.headers["Location"], headers=office)).json() == told
    again = await assign(client, office, course, teachers[0])
    assert (again.status_code, again.json()["errors"][0]["code"]) == (409, "register_key_taken")
    assert (await assign(client, office, course, teachers[2])).status_code == 201
    assert (await assign(client, office, course, teachers[0], term="2026-2027-01")).status_code == 201
    assert len(await listed(client, office, course_id=str(course), term=TERM)) == 2
    assert len(await listed(client, office, teacher_id=str(teachers[0]))) == 2
    for status in (204, 404):
        assert (await client.delete(f"/v1/course-teachers/{told['id']}", headers=office)).status_code == status
    assert len(await listed(client, office)) == 2
    refused = await assign(client, office, course, teachers[0], term="2025-2027-01")
    assert refused.json()["errors"][0]["code"] == "term_malformed"


async def test_a_college_says_who_of_its_own_teaches_its_courses(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, teachers: list[UUID]
) -> None:
    school = world.schools[0]
    own, foreign = school.courses[0][0], school.courses[1][0]
    college = sign_in("coordinator")
    assert (await assign(client, college, own, teachers[0])).status_code == 201
    assert (await assign(client, college, foreign, teachers[0])).status_code == 404
    assert (await assign(client, college, own, teachers[2])).status_code == 404
    sibling = sign_in("sibling_coordinator")
    assert (await assign(client, sibling, foreign, teachers[2])).status_code == 201
    assert [it["staff_number"] for it in await listed(client, college)] == ["T0"]
    (theirs,) = await listed(client, sibling)
    assert (await client.delete(f"/v1/course-teachers/{theirs['id']}", headers=college)).status_code == 404


async def test_a_teacher_sees_what_they_teach_while_they_are_active_and_changes_nothing(
    client: httpx.AsyncClient, session: AsyncSession, world: World, sign_in: SignIn, teachers: list[UUID]
) -> None:
    office, mine = sign_in("registrar"), sign_in("teacher")
    course = world.schools[0].courses[0][0]
    for teacher_id in teachers:
        assert (await assign(client, office, course, teacher_id)).status_code == 201
    (told,) = await listed(client, mine)
    assert told["teacher_id"] == str(teachers[0])
    assert (await client.delete(f"/v1/course-teachers/{told['id']}", headers=mine)).status_code == 403
    teacher = await session.get_one(Teacher, (world.schools[0].id, teachers[0]))
    teacher.is_active = False
    await session.flush()
    assert await listed(client, mine) == []
    refused = await assign(client, office, course, teachers[0], term="2026-2027-01")
    assert refused.json()["errors"][0]["code"] == "staff_number_unknown"


async def test_who_teaches_is_not_removed_from_the_register_nor_their_course(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, teachers: list[UUID]
) -> None:
    office, course = sign_in("registrar"), world.schools[0].courses[0][1]
    assert (await assign(client, office, course, teachers[1])).status_code == 201
    for path in (f"/v1/teachers/{teachers[1]}", f"/v1/courses/{course}"):
        etag = (await client.get(path, headers=office)).headers["ETag"]
        refused = await client.delete(path, headers=office | {"If-Match": etag})
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "register_still_used")
        assert "course_teachers" in refused.json()["errors"][0]["detail"]
