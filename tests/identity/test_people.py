"""The security administrator looks after people and their roles, and sees nothing else."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.identity.desk import Desk, SignIn

Given = dict[str, Any]


@pytest.fixture
def admin(sign_in: SignIn) -> dict[str, str]:
    return sign_in("security_admin")


async def enter(desk: Desk, admin: dict[str, str], username: str = "wang.fang") -> str:
    answer = await desk.client.post("/v1/people", json={"username": username, "name": "王芳"}, headers=admin)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def grant(desk: Desk, admin: dict[str, str], person: object, **wish: object) -> httpx.Response:
    body = {name: str(value) for name, value in wish.items()}
    return await desk.client.post(f"/v1/people/{person}/roles", json=body, headers=admin)


async def test_a_new_person_comes_in_by_a_one_time_token(desk: Desk, admin: dict[str, str]) -> None:
    school = desk.world.schools[0]
    person = await enter(desk, admin)
    assert (await desk.try_in("wang.fang", "-")).status_code == 401
    scope = {"institution_id": school.id, "college_id": school.colleges[0]}
    granted = await grant(desk, admin, person, role="coordinator", **scope)
    assert (granted.status_code, granted.json()["college_id"]) == (201, str(school.colleges[0]))
    token = (await desk.client.post(f"/v1/people/{person}:issue-password-reset", headers=admin)).json()["token"]
    body = {"token": token, "new_password": "Winter!plums&tea-42"}
    assert (await desk.client.post("/v1/auth/password-reset", json=body)).status_code == 204
    tokens = await desk.sign_in("wang.fang", "Winter!plums&tea-42")
    me = (await desk.client.get("/v1/me", headers=tokens.headers)).json()
    assert (me["roles"], me["college_ids"]) == (["coordinator"], [str(school.colleges[0])])


async def test_a_person_holds_several_roles_each_with_its_scope(desk: Desk, admin: dict[str, str]) -> None:
    school, organisation = desk.world.schools[0], desk.world.organisations[0]
    person = await enter(desk, admin)
    for college in school.colleges:
        scope = {"institution_id": school.id, "college_id": college}
        assert (await grant(desk, admin, person, role="coordinator", **scope)).status_code == 201
    assert (await grant(desk, admin, person, role="teacher", institution_id=school.id)).status_code == 201
    assert (await grant(desk, admin, person, role="org_staff", organisation_id=organisation.id)).status_code == 201
    read = (await desk.client.get(f"/v1/people/{person}", headers=admin)).json()
    assert [it["role"] for it in read["roles"]] == ["org_staff", "coordinator", "coordinator", "teacher"]
    assert {it["college_id"] for it in read["roles"]} == {*map(str, school.colleges), None}


async def test_a_revoked_role_stops_with_the_next_request(desk: Desk, admin: dict[str, str], sign_in: SignIn) -> None:
    person = desk.id_of("registrar")
    assert (await desk.client.get("/v1/certificates", headers=sign_in("registrar"))).status_code == 200
    (role,) = (await desk.client.get(f"/v1/people/{person}", headers=admin)).json()["roles"]
    path = f"/v1/people/{person}/roles/{role['id']}"
    assert (await desk.client.delete(path, headers=admin)).status_code == 204
    assert (await desk.client.get("/v1/certificates", headers=sign_in("registrar"))).status_code == 403
    assert (await desk.client.delete(path, headers=admin)).status_code == 404


async def test_a_granted_role_asks_for_a_new_sign_in(desk: Desk, admin: dict[str, str]) -> None:
    await desk.knows("student")
    tokens = await desk.sign_in("student")
    institution = desk.world.schools[0].id
    granted = await grant(desk, admin, desk.id_of("student"), role="teacher", institution_id=institution)
    assert granted.status_code == 201
    assert not await desk.is_in(tokens)


@pytest.mark.parametrize(
    ("who", "role"),
    [
        ("operator", "security_admin"),
        ("operator", "auditor"),
        ("auditor", "operator"),
        ("registrar", "security_admin"),
        ("org_staff", "security_admin"),
    ],
)
async def test_powers_that_belong_apart_are_not_joined(desk: Desk, admin: dict[str, str], who: str, role: str) -> None:
    answer = await grant(desk, admin, desk.id_of(who), role=role)
    assert (answer.status_code, answer.json()["code"]) == (409, "roles_clash")


@pytest.mark.parametrize("role", ["operator", "registrar", "coordinator", "student", "org_staff"])
async def test_a_role_is_held_in_its_own_scope_only(desk: Desk, admin: dict[str, str], role: str) -> None:
    scope = {"institution_id": uuid4(), "organisation_id": uuid4()}
    answer = await grant(desk, admin, await enter(desk, admin), role=role, **scope)
    assert (answer.status_code, answer.json()["code"]) == (422, "role_scope_wrong")


async def test_what_does_not_exist_is_not_granted(desk: Desk, admin: dict[str, str]) -> None:
    person, here, there = await enter(desk, admin), desk.world.schools[0], desk.world.schools[1]
    wishes: list[Given] = [
        {"role": "registrar", "institution_id": uuid4()},
        {"role": "org_staff", "organisation_id": uuid4()},
        {"role": "coordinator", "institution_id": here.id, "college_id": there.colleges[0]},
    ]
    assert [(await grant(desk, admin, person, **wish)).status_code for wish in wishes] == [404] * 3
    assert (await grant(desk, admin, uuid4(), role="operator")).status_code == 404


async def test_a_role_is_held_once(desk: Desk, admin: dict[str, str]) -> None:
    again = await grant(desk, admin, desk.id_of("operator"), role="operator")
    assert (again.status_code, again.json()["code"]) == (409, "role_held")


async def test_a_disabled_person_is_out_at_once_and_stays_out(desk: Desk, admin: dict[str, str]) -> None:
    await desk.knows("registrar")
    tokens = await desk.sign_in("registrar")
    path = f"/v1/people/{desk.id_of('registrar')}:disable"
    assert [(await desk.client.post(path, headers=admin)).status_code for _ in range(2)] == [204, 204]
    assert not await desk.is_in(tokens)
    assert (await desk.try_refresh(tokens)).status_code == 401
    assert (await desk.try_in("registrar")).status_code == 401


async def test_nobody_changes_their_own_account(desk: Desk, admin: dict[str, str]) -> None:
    me = desk.id_of("security_admin")
    assert (await grant(desk, admin, me, role="operator")).json()["code"] == "own_account"
    for deed in ("disable", "reset-second-factor", "issue-password-reset"):
        assert (await desk.client.post(f"/v1/people/{me}:{deed}", headers=admin)).status_code == 409


async def test_a_username_is_given_once(desk: Desk, admin: dict[str, str]) -> None:
    body = {"username": "registrar", "name": "x"}
    answer = await desk.client.post("/v1/people", json=body, headers=admin)
    assert (answer.status_code, answer.json()["code"]) == (409, "username_taken")


async def test_people_are_found_by_name_in_pages(desk: Desk, admin: dict[str, str]) -> None:
    await enter(desk, admin)
    found = (await desk.client.get("/v1/people", params={"text": "王"}, headers=admin)).json()["items"]
    assert [it["username"] for it in found] == ["wang.fang"]
    assert "password_hash" not in found[0]


async def test_the_security_administrator_sees_no_business_data(desk: Desk, admin: dict[str, str]) -> None:
    for path in ("certificates", "mappings", "awards", "ledger/summary", "organisations"):
        assert (await desk.client.get(f"/v1/{path}", headers=admin)).status_code == 403


@pytest.mark.parametrize("who", ["operator", "auditor", "registrar", "student", "org_staff", "machine"])
async def test_nobody_else_looks_after_people(desk: Desk, sign_in: SignIn, who: str) -> None:
    headers, person = sign_in(who), desk.id_of("teacher")
    assert (await desk.client.get("/v1/people", headers=headers)).status_code == 403
    assert (await grant(desk, headers, person, role="operator")).status_code == 403
    assert (await desk.client.post(f"/v1/people/{person}:disable", headers=headers)).status_code == 403
