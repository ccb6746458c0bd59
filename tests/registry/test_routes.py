"""Reading programmes, and who may see which student."""

from collections.abc import Callable, Coroutine
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from tests.world import World
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.service import Service
from x_pilot_api.identity.models import PlatformRole
from x_pilot_api.registry import queries
from x_pilot_api.registry.models import IdentityDocument, Programme, Student

SignIn = Callable[[str], dict[str, str]]


async def _ids(client: httpx.AsyncClient, headers: dict[str, str], **filters: str) -> list[UUID]:
    answer = await client.get("/v1/programmes", params=filters, headers=headers)
    assert answer.status_code == 200, answer.text
    return [UUID(row["id"]) for row in answer.json()["items"]]


def _told(world: World, number: int = 0) -> dict[str, Any]:
    school = world.schools[0]
    return {
        "id": str(school.programmes[number]),
        "institution_id": str(school.id),
        "code": f"53030{number + 1}",
        "name": f"专业{number}",
        "college": {"id": str(school.colleges[number]), "code": f"C{number}", "name": f"二级学院{number}"},
        "is_pilot": True,
        "is_showcase": True,
    }


@pytest.mark.parametrize("who", ["registrar", "coordinator", "sibling_coordinator", "teacher", "expert", "auditor"])
async def test_whoever_works_in_an_institution_sees_all_its_programmes_and_no_other(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, who: str
) -> None:
    answer = await client.get("/v1/programmes", headers=sign_in(who))
    assert answer.json() == {"items": [_told(world, 0), _told(world, 1)], "next_page_token": None}


async def test_a_programme_is_told_with_its_college_and_courses(
    client: httpx.AsyncClient, world: World, sign_in: SignIn
) -> None:
    school = world.schools[0]
    answer = await client.get(f"/v1/programmes/{school.programmes[0]}", headers=sign_in("coordinator"))
    assert answer.status_code == 200
    assert answer.json() == _told(world) | {
        "courses": [
            {
                "id": str(course_id),
                "code": f"K{number}",
                "name": f"课程{number}",
                "credits": "4.00",
                "hours": 64,
                "category": "core",
                "is_compulsory": True,
            }
            for number, course_id in enumerate(school.courses[0])
        ]
    }


async def test_another_institutions_programme_is_not_found(
    client: httpx.AsyncClient, world: World, sign_in: SignIn
) -> None:
    for programme_id in (world.schools[1].programmes[0], uuid4()):
        answer = await client.get(f"/v1/programmes/{programme_id}", headers=sign_in("registrar"))
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("who", ["operator", "org_staff", "student", "machine"])
async def test_who_has_no_programmes_to_run_may_not_read_them(
    client: httpx.AsyncClient, sign_in: SignIn, who: str
) -> None:
    answer = await client.get("/v1/programmes", headers=sign_in(who))
    assert (answer.status_code, answer.json()["figures"]) == (403, {"permission": "programmes:read"})


async def test_a_supervisor_of_the_platform_acts_in_no_institution_and_sees_no_programme(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, session: AsyncSession
) -> None:
    await session.execute(
        update(PlatformRole).where(PlatformRole.person_id == world.callers["operator"].id).values(role="auditor")
    )
    headers = sign_in("operator")
    assert await _ids(client, headers) == []
    read = await client.get(f"/v1/programmes/{world.schools[0].programmes[0]}", headers=headers)
    assert read.status_code == 404


async def test_programmes_are_found_by_college_pilot_and_part_of_the_name(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, session: AsyncSession
) -> None:
    first, second = world.schools[0].programmes
    other_college = world.schools[1].colleges[0]
    await session.execute(update(Programme).where(Programme.id == second).values(is_pilot=False, is_showcase=False))
    headers = sign_in("registrar")
    assert await _ids(client, headers, college_id=str(world.schools[0].colleges[1])) == [second]
    assert await _ids(client, headers, college_id=str(other_college)) == []
    assert await _ids(client, headers, is_pilot="true") == [first]
    assert await _ids(client, headers, is_pilot="false") == [second]
    assert await _ids(client, headers, text="业1") == [second]
    assert await _ids(client, headers, text="%") == []


@pytest.mark.parametrize("query", ["is_pilot=perhaps", "college_id=1", "text=%01", "pilot=true"])
async def test_a_filter_that_cannot_be_read_is_refused(client: httpx.AsyncClient, sign_in: SignIn, query: str) -> None:
    answer = await client.get(f"/v1/programmes?{query}", headers=sign_in("registrar"))
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


async def test_programmes_come_in_pages_by_code(client: httpx.AsyncClient, world: World, sign_in: SignIn) -> None:
    first = await client.get("/v1/programmes?page_size=1&is_pilot=true", headers=sign_in("registrar"))
    following = first.headers["link"].partition("<")[2].partition(">")[0]
    second = await client.get(following, headers=sign_in("registrar"))
    ids = [UUID(answer.json()["items"][0]["id"]) for answer in (first, second)]
    assert ids == world.schools[0].programmes
    assert second.json()["next_page_token"] is None


FindActor = Callable[[str], Coroutine[Any, Any, Actor]]


@pytest.fixture
def actor_of(service: Service, world: World) -> FindActor:
    async def find(who: str) -> Actor:
        caller = world.callers[who]
        claims: dict[str, object] = {"sub": str(caller.id), "sid": str(caller.id), "kind": "person"}
        async with service.database.transaction(institution_id=world.schools[0].id) as session:
            actor = await service.find_actor(session, claims)
        assert actor is not None
        return actor

    return find


async def _add_student_of_second_programme(session: AsyncSession, world: World) -> None:
    school, document_id = world.schools[0], uuid4()
    await session.execute(
        insert(IdentityDocument).values(
            institution_id=school.id,
            id=document_id,
            kind="passport",
            sealed_number=b"-",
            key_id="-",
            lookup_hash=bytes(32),
            masked_number="E****1",
        )
    )
    await session.execute(
        insert(Student).values(
            institution_id=school.id,
            student_number="2024019",
            name="学生",
            identity_document_id=document_id,
            programme_id=school.programmes[1],
            class_name="会计2402",
            entry_year=2024,
        )
    )


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("registrar", 11),
        ("auditor", 11),
        ("coordinator", 10),
        ("sibling_coordinator", 1),
        ("student", 1),
        ("teacher", 0),
        ("expert", 0),
        ("operator", 0),
        ("org_staff", 0),
        ("security_admin", 0),
    ],
)
async def test_a_student_is_seen_only_by_who_has_to_do_with_them(
    session: AsyncSession, world: World, actor_of: FindActor, who: str, seen: int
) -> None:
    school = world.schools[0]
    await _add_student_of_second_programme(session, world)
    actor = await actor_of(who)
    students = (await session.scalars(queries.visible_students(actor))).all()
    assert len(students) == seen
    assert {student.institution_id for student in students} <= {school.id}
    with pytest.raises(NotFound):
        await queries.get_student(session, actor, world.schools[1].students[0])


async def test_a_student_reads_nobody_but_themself(session: AsyncSession, world: World, actor_of: FindActor) -> None:
    actor = await actor_of("student")
    own, other = world.schools[0].students[:2]
    assert (await queries.get_student(session, actor, own)).id == own
    with pytest.raises(NotFound) as refused:
        await queries.get_student(session, actor, other)
    assert refused.value.figures["what"] == "student"
