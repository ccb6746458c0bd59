"""Administering people and their roles: who may, what goes together, and that a change acts at once."""

from collections.abc import Callable
from contextlib import suppress
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from tests.conftest import make_token
from tests.world import World, signed_in
from x_pilot_api.core.audit import AuditEvent
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings
from x_pilot_api.identity import queries, rules
from x_pilot_api.identity.models import Membership, Person, PlatformRole, Role, SignInSession
from x_pilot_api.identity.rules import RoleScope
from x_pilot_api.registry import queries as registry

SignIn = Callable[[str], dict[str, str]]
Json = dict[str, Any]


async def _create(client: httpx.AsyncClient, headers: dict[str, str], **role: object) -> httpx.Response:
    wished = {name: str(value) for name, value in role.items()}
    body = {"username": f"new.{uuid4().hex[:8]}", "name": "新人", "roles": [wished]}
    return await client.post("/v1/people", json=body, headers=headers)


async def _enter(session: AsyncSession, service: Service, person_id: UUID, school_id: UUID | None) -> dict[str, str]:
    session.add(signed_in(person_id, school_id))
    await session.flush()
    return {"Authorization": f"Bearer {make_token(service, person_id)}"}


async def test_a_new_registrar_grants_a_coordinator_whose_role_is_gone_on_the_next_request_after_it_is_withdrawn(
    client: httpx.AsyncClient, session: AsyncSession, service: Service, sign_in: SignIn, world: World
) -> None:
    school = world.schools[0]
    made = await _create(client, sign_in("security_admin"), role="registrar", institution_id=school.id)
    assert (made.status_code, made.json()["has_password"]) == (201, False)
    office = await _enter(session, service, UUID(made.json()["id"]), school.id)
    told = (await _create(client, office, role="coordinator", college_id=school.colleges[0])).json()
    coordinator = await _enter(session, service, UUID(told["id"]), school.id)
    assert (
        await client.get(f"/v1/students/{school.students[0]}/credit-account", headers=coordinator)
    ).status_code == 404
    role = told["roles"][0]
    assert (role["granted_by"], role["college_id"]) == (made.json()["id"], str(school.colleges[0]))
    gone = await client.delete(f"/v1/people/{told['id']}/roles/{role['id']}", headers=office)
    assert gone.status_code == 204
    assert (
        await client.get(f"/v1/students/{school.students[0]}/credit-account", headers=coordinator)
    ).status_code == 403


async def test_a_disabled_person_is_out_at_once_and_enabling_brings_no_session_back(
    client: httpx.AsyncClient, session: AsyncSession, sign_in: SignIn, world: World
) -> None:
    teacher = world.callers["teacher"].id
    assert (await client.get("/v1/me", headers=sign_in("teacher"))).status_code == 200
    for _ in range(2):
        answer = await client.post(f"/v1/people/{teacher}:disable", headers=sign_in("registrar"))
        assert (answer.status_code, answer.json()["disabled_at"] is None) == (200, False)
    assert (await client.get("/v1/me", headers=sign_in("teacher"))).status_code == 401
    answer = await client.post(f"/v1/people/{teacher}:enable", headers=sign_in("registrar"))
    assert answer.json()["disabled_at"] is None
    assert (await client.get("/v1/me", headers=sign_in("teacher"))).status_code == 401
    reason = select(SignInSession.ended_reason).where(SignInSession.person_id == teacher)
    assert (await session.execute(reason)).scalar_one() == "person_disabled"


async def test_an_office_decides_neither_on_its_own_power_nor_on_who_supervises_it_nor_on_other_places(
    client: httpx.AsyncClient, session: AsyncSession, sign_in: SignIn, world: World
) -> None:
    here, there = (school.id for school in world.schools)
    office = sign_in("registrar")
    for role in ("registrar", "auditor", "operator", "security_admin"):
        assert (await _create(client, office, role=role)).json()["code"] == "role_beyond"
    assert (await _create(client, office, role="teacher", institution_id=there)).status_code == 404
    auditor = world.callers["auditor"].id
    assert (await client.post(f"/v1/people/{auditor}:disable", headers=office)).json()["code"] == "role_beyond"
    teacher = world.callers["teacher"].id
    session.add(Membership(institution_id=there, person_id=teacher, role="teacher"))
    await session.flush()
    # Somebody who works elsewhere too is not one office's to keep out; their role here still is.
    assert (await client.post(f"/v1/people/{teacher}:disable", headers=office)).json()["code"] == "role_beyond"
    shown = (await client.get(f"/v1/people/{teacher}", headers=office)).json()["roles"]
    assert [role["institution_id"] for role in shown] == [str(here)]
    assert (await client.delete(f"/v1/people/{teacher}/roles/{shown[0]['id']}", headers=office)).status_code == 204


@pytest.mark.parametrize("who", ["registrar", "security_admin"])
async def test_nobody_changes_their_own_roles_or_disables_themself(
    client: httpx.AsyncClient, session: AsyncSession, sign_in: SignIn, world: World, who: str
) -> None:
    own = world.callers[who]
    headers = sign_in(who)
    held = [*(await queries.list_all_roles_of(session, own.id))]
    answers = [
        await client.post(f"/v1/people/{own.id}/roles", json={"role": "expert"}, headers=headers),
        await client.delete(f"/v1/people/{own.id}/roles/{held[0].id}", headers=headers),
    ]
    if who == "security_admin":
        answers.append(await client.post(f"/v1/people/{own.id}:disable", headers=headers))
    assert {answer.json()["code"] for answer in answers} == {"not_oneself"}


async def test_a_power_over_the_platform_is_held_alone(
    client: httpx.AsyncClient, sign_in: SignIn, world: World
) -> None:
    school, organisation = world.schools[0], world.organisations[0]
    wishes: list[Json] = [
        {"role": "operator"},
        {"role": "security_admin"},
        {"role": "auditor"},
        {"role": "org_staff", "organisation_id": str(organisation.id)},
        {"role": "auditor", "institution_id": str(school.id)},
        {"role": "teacher", "institution_id": str(school.id)},
    ]
    for first, second in product(wishes, wishes):
        body = {"username": f"new.{uuid4().hex[:8]}", "name": "新人", "roles": [first, second]}
        answer = await client.post("/v1/people", json=body, headers=sign_in("security_admin"))
        if first == second:
            assert answer.json()["code"] in {"role_held", "roles_apart"}, (first, second)
        elif "institution_id" in first and "institution_id" in second:
            assert answer.status_code == 201, answer.text
        else:
            assert answer.json()["code"] == "roles_apart", (first, second)


async def test_a_platform_auditor_with_a_seat_nobody_should_have_given_them_sees_no_more_than_the_seat(
    session: AsyncSession, world: World
) -> None:
    school = world.schools[0]
    teacher = world.callers["teacher"].id
    session.add(PlatformRole(person_id=teacher, role="auditor"))
    await session.flush()
    actor = await queries.actor_finder(Settings())(
        session, {"kind": "person", "sub": str(teacher), "sid": str(teacher)}
    )
    assert actor is not None
    assert actor.roles == {Role.TEACHER}
    assert (await session.scalars(registry.visible_students(actor))).all() == []
    assert actor.institution_id == school.id


async def test_a_role_narrowed_to_a_programme_reaches_that_programme_and_its_students_alone(
    session: AsyncSession, world: World
) -> None:
    school = world.schools[0]
    person = world.callers["sibling_coordinator"].id
    narrowed = update(Membership).where(Membership.person_id == person)
    await session.execute(narrowed.values(college_id=None, programme_id=school.programmes[0]))
    claims = {"kind": "person", "sub": str(person), "sid": str(person)}
    actor = await queries.actor_finder(Settings())(session, claims)
    assert actor is not None
    assert {it.id for it in await session.scalars(registry.visible_programmes(actor))} == {school.programmes[0]}
    assert {it.id for it in await session.scalars(registry.visible_students(actor))} == set(school.students)
    await session.execute(narrowed.values(programme_id=school.programmes[1]))
    session.add(
        Membership(institution_id=school.id, person_id=person, role="teacher", programme_id=school.programmes[0])
    )
    await session.flush()
    # Teaching a programme shows it, and gives nothing of what a coordinator of another may do to its students.
    actor = await queries.actor_finder(Settings())(session, claims)
    assert actor is not None
    assert {it.id for it in await session.scalars(registry.visible_programmes(actor))} == set(school.programmes)
    assert (await session.scalars(registry.visible_students(actor))).all() == []


SCOPES = [RoleScope(*(uuid4() if held else None for held in parts)) for parts in product((False, True), repeat=5)]


@pytest.mark.parametrize("role", list(Role))
async def test_the_rule_of_scopes_lets_pass_exactly_what_the_database_takes(
    session: AsyncSession, world: World, role: Role
) -> None:
    school, organisation = world.schools[0], world.organisations[0]
    person = Person(username=f"new.{uuid4().hex}", name="新人", password_hash=None)
    session.add(person)
    await session.flush()
    for scope in SCOPES:
        if scope.institution_id is None:
            impossible = any((scope.college_id, scope.programme_id, scope.student_id))
            row = PlatformRole(
                person_id=person.id, role=role, organisation_id=organisation.id if scope.organisation_id else None
            )
        else:
            impossible = scope.organisation_id is not None
            row = Membership(
                institution_id=school.id,
                person_id=person.id,
                role=role,
                college_id=school.colleges[0] if scope.college_id else None,
                programme_id=school.programmes[0] if scope.programme_id else None,
                student_id=school.students[0] if scope.student_id else None,
            )
        taken = False
        with suppress(IntegrityError):
            async with session.begin_nested() as savepoint:
                session.add(row)
                await session.flush()
                taken = True
                await savepoint.rollback()
        assert rules.scope_fits(role, scope) == (taken and not impossible), scope


async def test_what_is_refused_says_why(client: httpx.AsyncClient, sign_in: SignIn, world: World) -> None:
    school, office = world.schools[0], sign_in("registrar")
    assert (await _create(client, office, role="coordinator")).json()["code"] == "role_scope_unfit"
    foreign = await _create(client, office, role="coordinator", college_id=world.schools[1].colleges[0])
    assert foreign.json()["code"] == "role_scope_unknown"
    role = {"role": "expert", "institution_id": str(school.id)}
    taken = {"username": "teacher", "name": "新人", "roles": [role]}
    # The seeded names are not all of the pattern, this one is.
    assert (await client.post("/v1/people", json=taken, headers=office)).json()["code"] == "username_taken"
    teacher = world.callers["teacher"].id
    for expected in (201, 409):
        answer = await client.post(f"/v1/people/{teacher}/roles", json=role, headers=office)
        assert answer.status_code == expected
    assert answer.json()["code"] == "role_held"


async def test_the_record_of_a_role_says_before_and_after_and_no_name(
    client: httpx.AsyncClient, session: AsyncSession, sign_in: SignIn, world: World
) -> None:
    school = world.schools[0]
    made = (await _create(client, sign_in("registrar"), role="teacher", programme_id=school.programmes[0])).json()
    path = f"/v1/people/{made['id']}"
    await client.patch(path, json={"name": "改名"}, headers=sign_in("registrar"))
    await client.delete(f"{path}/roles/{made['roles'][0]['id']}", headers=sign_in("registrar"))
    events = select(AuditEvent).where(AuditEvent.object_id == UUID(made["id"])).order_by(AuditEvent.id)
    found = [(it.deed, it.detail) for it in await session.scalars(events)]
    told = {"role": "teacher", "programme_id": str(school.programmes[0])}
    role_id = made["roles"][0]["id"]
    assert found == [
        ("create_person", {}),
        ("grant_role", {"role_id": role_id, "before": None, "after": told}),
        ("rename_person", {"changed": ["name"]}),
        ("withdraw_role", {"role_id": role_id, "before": told, "after": None}),
    ]


async def test_people_are_found_by_a_role_that_the_caller_may_see(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    async def names(who: str, role: str) -> list[str]:
        answer = await client.get("/v1/people", params={"role": role}, headers=sign_in(who))
        return [item["username"] for item in answer.json()["items"]]

    assert await names("registrar", "teacher") == ["teacher"]
    assert await names("security_admin", "teacher") == ["teacher", "teacher_2"]
    assert await names("registrar", "operator") == []
    assert await names("security_admin", "operator") == ["operator"]
