"""Changing a password and setting it anew: what is asked of it, and what ends with it."""

import httpx
import pytest

from tests.identity.desk import PASSWORD, Desk, SignIn, Tokens
from x_pilot_api.identity import rules

NEW = "Winter!plums&tea-42"


@pytest.fixture
async def office(desk: Desk) -> Desk:
    await desk.knows("registrar", "student")
    return desk


async def change(desk: Desk, tokens: Tokens, old: str, new: str) -> httpx.Response:
    body = {"old_password": old, "new_password": new}
    return await desk.client.put("/v1/me/password", json=body, headers=tokens.headers)


async def issue(desk: Desk, sign_in: SignIn, who: str = "registrar") -> httpx.Response:
    path = f"/v1/people/{desk.id_of(who)}:issue-password-reset"
    return await desk.client.post(path, headers=sign_in("security_admin"))


async def reset(desk: Desk, token: str, new: str = NEW) -> httpx.Response:
    return await desk.client.post("/v1/auth/password-reset", json={"token": token, "new_password": new})


async def test_a_changed_password_ends_the_other_sessions(office: Desk) -> None:
    here, there = await office.sign_in("registrar"), await office.sign_in("registrar")
    assert (await change(office, here, PASSWORD, NEW)).status_code == 204
    assert await office.is_in(here)
    assert not await office.is_in(there)
    assert (await office.try_refresh(there)).status_code == 401
    assert (await office.try_in("registrar")).status_code == 401
    assert (await office.try_in("registrar", NEW)).status_code == 200


async def test_who_does_not_know_the_old_password_changes_nothing_and_is_counted(office: Desk) -> None:
    tokens = await office.sign_in("registrar")
    answers = [await change(office, tokens, "wrong", NEW) for _ in range(6)]
    assert [it.status_code for it in answers] == [403] * 5 + [429]
    assert answers[0].json()["code"] == "old_password_wrong"
    office.watch.move(seconds=60)
    assert (await office.try_in("registrar")).status_code == 200


@pytest.mark.parametrize(
    ("new", "rule"),
    [
        ("plums&tea-1234", "min_length_15"),
        ("my-registrar-plums", "contains_username"),
        ("password123456789", "common"),
        ("Woaini5201314xuexiao", "common"),
        ("aaaaaaaaaaaaaaaaaaaa", "common"),
        ("茶" * 400, "max_bytes_1024"),
        (PASSWORD, "unchanged"),
    ],
)
async def test_a_password_that_breaks_a_rule_is_refused_by_its_name(office: Desk, new: str, rule: str) -> None:
    answer = await change(office, await office.sign_in("registrar"), PASSWORD, new)
    assert (answer.status_code, answer.json()["code"]) == (422, "password_too_weak")
    assert rule in [fault["code"] for fault in answer.json()["errors"]]


async def test_a_students_password_may_be_shorter(office: Desk) -> None:
    assert (await change(office, await office.sign_in("student"), PASSWORD, "plums&tea-42")).status_code == 204


async def test_half_a_character_is_a_password_like_another(office: Desk) -> None:
    tokens = await office.sign_in("registrar")
    body = f'{{"old_password": "{PASSWORD}", "new_password": "{NEW}\\ud800"}}'
    headers = tokens.headers | {"Content-Type": "application/json"}
    answer = await office.client.put("/v1/me/password", content=body, headers=headers)
    assert answer.status_code in {204, 422}


async def test_a_one_time_token_sets_a_new_password_once(office: Desk, sign_in: SignIn) -> None:
    open_session = await office.sign_in("registrar")
    issued = await issue(office, sign_in)
    assert (issued.status_code, issued.headers["cache-control"]) == (201, "no-store")
    token = issued.json()["token"]
    assert (await reset(office, token)).status_code == 204
    assert not await office.is_in(open_session)
    assert (await office.try_in("registrar", NEW)).status_code == 200
    again = await reset(office, token, "Another?plum-and-tea")
    assert (again.status_code, again.json()["code"]) == (403, "reset_refused")


async def test_a_weak_password_leaves_the_token_good(office: Desk, sign_in: SignIn) -> None:
    token = (await issue(office, sign_in)).json()["token"]
    assert (await reset(office, token, "short")).status_code == 422
    assert (await reset(office, token)).status_code == 204


async def test_a_token_is_good_for_a_day_and_spends_its_twins(office: Desk, sign_in: SignIn) -> None:
    late = (await issue(office, sign_in)).json()["token"]
    office.watch.move(hours=24)
    assert (await reset(office, late)).status_code == 403
    one, two = [(await issue(office, sign_in)).json()["token"] for _ in range(2)]
    assert (await reset(office, two)).status_code == 204
    assert (await reset(office, one)).status_code == 403


async def test_a_reset_lets_in_who_was_locked_out(office: Desk, sign_in: SignIn) -> None:
    for _ in range(6):
        await office.try_in("registrar", "wrong")
    assert (await reset(office, (await issue(office, sign_in)).json()["token"])).status_code == 204
    assert (await office.try_in("registrar", NEW)).status_code == 200


async def test_guessing_reset_tokens_is_slowed_down(office: Desk) -> None:
    answers = [await reset(office, f"guess-{number}") for number in range(21)]
    assert [it.status_code for it in answers] == [403] * 20 + [429]


async def test_only_the_security_administrator_issues_resets(office: Desk, sign_in: SignIn) -> None:
    path = f"/v1/people/{office.id_of('registrar')}:issue-password-reset"
    for who in ("operator", "registrar", "auditor", "machine"):
        assert (await office.client.post(path, headers=sign_in(who))).status_code == 403
    assert (await issue(office, sign_in, "security_admin")).status_code == 409


def faults(password: str, *, is_student: bool = False, profile: str = "asvs") -> list[str]:
    return list(rules.password_faults(password, username="wang", is_student=is_student, profile=profile))


def test_the_profiles_differ_in_kinds_of_characters() -> None:
    assert faults("plums and tea in winter") == []
    assert faults("plums and tea in winter", profile="mlps") == ["character_kinds_3"]
    assert faults("Plums and tea in winter", profile="mlps") == []


@pytest.fixture
def mlps(desk: Desk) -> Desk:
    settings = desk.service.settings.model_copy(update={"password_profile": "mlps"})
    object.__setattr__(desk.service, "settings", settings)
    return desk


async def test_after_90_days_mlps_leaves_only_the_change_of_password(mlps: Desk) -> None:
    await mlps.knows("registrar")
    mlps.watch.move(days=365)
    tokens = await mlps.sign_in("registrar")
    me = (await mlps.client.get("/v1/me", headers=tokens.headers)).json()
    assert (me["needs"], me["roles"], me["withheld_roles"]) == (["new_password"], [], ["registrar"])
    assert me["permissions"] == ["me:read", "me:write"]
    assert (await mlps.client.get("/v1/certificates", headers=tokens.headers)).status_code == 403
    assert (await change(mlps, tokens, PASSWORD, NEW)).status_code == 204
    assert (await mlps.client.get("/v1/certificates", headers=tokens.headers)).status_code == 200
