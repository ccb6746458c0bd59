"""Passwords, links to choose one, and second factors, as the people concerned meet them."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from pyotp.totp import TOTP
from sqlalchemy import update

from tests.conftest import make_service
from tests.world import World
from x_pilot_api.app import create_app
from x_pilot_api.core import clock
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import PasswordProfile, Settings
from x_pilot_api.identity import passwords
from x_pilot_api.identity.models import Person, SignInSession

PASSWORD = "correct horse battery"
HASHED = passwords.hash_secret(PASSWORD)
WANTED = "a giraffe reads the timetable"
NOW = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)


class Time:
    """The clock of a test, moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def pass_by(self, **lapse: int) -> None:
        self.now += timedelta(**lapse)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    moved = Time()
    monkeypatch.setattr(clock, "now", lambda: moved.now)
    return moved


@pytest.fixture
async def known(service: Service, world: World, time: Time) -> World:
    """Give everybody the same password, and sessions as somebody has who signed in just now."""
    assert time.now == NOW
    async with service.database.transaction() as session:
        await session.execute(update(Person).values(password_hash=HASHED))
        await session.execute(update(SignInSession).values(authenticated_at=NOW, second_factor_at=NOW))
    return world


class Somebody:
    """A person at the service, by the tokens they were given."""

    def __init__(self, client: httpx.AsyncClient, username: str) -> None:
        self.client = client
        self.username = username
        self.headers: dict[str, str] = {}

    async def sign_in(self, password: str = PASSWORD, **more: str) -> httpx.Response:
        form = {"grant_type": "password", "username": self.username, "password": password, **more}
        answer = await self.client.post("/v1/auth/token", data=form)
        if answer.is_success:
            self.headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        return answer

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(path, headers=self.headers)

    async def post(self, path: str, **body: str) -> httpx.Response:
        return await self.client.post(path, headers=self.headers, json=body or None)

    async def enrol(self) -> TOTP:
        uri = str((await self.post("/v1/me/second-factor:enrol")).json()["otpauth_uri"])
        return TOTP(parse_qs(urlsplit(uri).query)["secret"][0])


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@pytest.mark.usefixtures("known")
async def test_a_changed_password_ends_every_other_session(client: httpx.AsyncClient) -> None:
    here, there = Somebody(client, "registrar"), Somebody(client, "registrar")
    await here.sign_in()
    await there.sign_in()
    wrong = await here.post("/v1/me/password", current_password="no such thing", new_password=WANTED)
    assert code_of(wrong) == (409, "password_wrong")
    assert (await here.post("/v1/me/password", current_password=PASSWORD, new_password=WANTED)).status_code == 204
    assert ((await here.get("/v1/me")).status_code, (await there.get("/v1/me")).status_code) == (200, 401)
    assert (await there.sign_in()).status_code == 401
    assert (await there.sign_in(WANTED)).status_code == 200


@pytest.mark.usefixtures("known")
async def test_an_unfit_password_is_refused_with_its_reasons(client: httpx.AsyncClient) -> None:
    somebody = Somebody(client, "registrar")
    await somebody.sign_in()
    short = await somebody.post("/v1/me/password", current_password=PASSWORD, new_password="zhengshu2026")
    assert code_of(short) == (409, "password_unfit")
    assert {fault["code"] for fault in short.json()["errors"]} == {"password_too_short", "password_easily_guessed"}
    assert "zhengshu" not in short.text


async def test_a_link_gives_back_access_once_and_a_newer_one_ends_it(
    client: httpx.AsyncClient, known: World, time: Time
) -> None:
    office, lost = Somebody(client, "registrar"), Somebody(client, "coordinator")
    await office.sign_in()
    await lost.sign_in()
    path = f"/v1/people/{known.callers['coordinator'].id}/password-links"
    first, second = [(await office.post(path)).json()["token"] for _ in range(2)]

    async def use(token: str, password: str = WANTED) -> httpx.Response:
        return await client.post("/v1/auth/password-by-link", json={"token": token, "new_password": password})

    assert code_of(await use(first)) == (410, "password_link_refused")
    assert code_of(await use(second, "short")) == (409, "password_unfit")
    assert (await use(second)).status_code == 204
    assert code_of(await use(second)) == (410, "password_link_refused")
    assert (await lost.get("/v1/me")).status_code == 401
    assert (await lost.sign_in(WANTED)).status_code == 200
    third = (await office.post(path)).json()["token"]
    time.pass_by(hours=25)
    assert code_of(await use(third)) == (410, "password_link_refused")


async def test_an_office_cannot_let_itself_into_what_is_not_its_own(
    client: httpx.AsyncClient, known: World, time: Time
) -> None:
    office = Somebody(client, "registrar")
    await office.sign_in()
    assert time.now == NOW
    for other in ("registrar_2", "org_staff", "operator"):
        assert code_of(await office.post(f"/v1/people/{known.callers[other].id}/password-links")) == (404, "not_found")
    own = f"/v1/people/{known.callers['registrar'].id}/password-links"
    assert code_of(await office.post(own)) == (409, "not_oneself")


async def test_a_second_factor_is_asked_for_and_each_code_is_good_once(
    client: httpx.AsyncClient, known: World, time: Time
) -> None:
    somebody = Somebody(client, "registrar")
    await somebody.sign_in()
    generator = await somebody.enrol()
    assert code_of(await somebody.post("/v1/me/second-factor:confirm", code="000000")) == (
        409,
        "second_factor_unconfirmed",
    )
    confirmed = await somebody.post("/v1/me/second-factor:confirm", code=generator.at(time.now))
    assert len(set(confirmed.json()["recovery_codes"])) == 10
    assert code_of(await somebody.sign_in()) == (401, "second_factor_needed")
    # The code that confirmed it has been used.
    assert code_of(await somebody.sign_in(otp=generator.at(time.now))) == (401, "second_factor_refused")
    time.pass_by(seconds=30)
    assert (await somebody.sign_in(otp=generator.at(time.now))).status_code == 200
    assert code_of(await somebody.sign_in(otp=generator.at(time.now))) == (401, "second_factor_refused")
    recovery = confirmed.json()["recovery_codes"][0]
    assert (await somebody.sign_in(otp=recovery.lower())).status_code == 200
    assert code_of(await somebody.sign_in(otp=recovery)) == (401, "second_factor_refused")
    assert (await somebody.get("/v1/me/second-factor")).json()["recovery_codes"] == 9
    assert known.callers["registrar"].id


async def test_wrong_codes_lock_the_second_factor_and_not_the_password(
    client: httpx.AsyncClient, known: World, time: Time
) -> None:
    somebody = Somebody(client, "registrar")
    await somebody.sign_in()
    generator = await somebody.enrol()
    await somebody.post("/v1/me/second-factor:confirm", code=generator.at(time.now))
    found = [code_of(await somebody.sign_in(otp="abcdef")) for _ in range(7)]
    assert found == [(401, "second_factor_refused")] * 5 + [(429, "second_factor_locked")] * 2
    time.pass_by(seconds=31)
    assert (await somebody.sign_in(otp=generator.at(time.now))).status_code == 200
    assert known.schools


async def test_who_must_have_a_second_factor_can_do_nothing_else_before(
    client: httpx.AsyncClient, known: World, time: Time
) -> None:
    operator = Somebody(client, "operator")
    await operator.sign_in()
    me = (await operator.get("/v1/me")).json()
    assert (me["owes"], "fee_ceilings:read" in me["permissions"]) == (["enrol_second_factor"], False)
    assert code_of(await operator.get("/v1/fee-ceilings")) == (403, "forbidden")
    generator = await operator.enrol()
    await operator.post("/v1/me/second-factor:confirm", code=generator.at(time.now))
    assert (await operator.get("/v1/fee-ceilings")).status_code == 200
    keeper = Somebody(client, "security_admin")
    keeper.headers = {}
    await keeper.sign_in()
    again = await keeper.enrol()
    await keeper.post("/v1/me/second-factor:confirm", code=again.at(time.now))
    path = f"/v1/people/{known.callers['operator'].id}:remove-second-factor"
    assert (await keeper.post(path)).status_code == 204
    assert (await operator.get("/v1/me")).status_code == 401
    assert (await operator.sign_in()).status_code == 200
    assert (await operator.get("/v1/me")).json()["owes"] == ["enrol_second_factor"]


async def test_a_deed_on_somebodys_access_asks_for_a_proof_of_the_last_minutes(
    client: httpx.AsyncClient, known: World, time: Time
) -> None:
    office = Somebody(client, "registrar")
    await office.sign_in()
    time.pass_by(minutes=6)
    path = f"/v1/people/{known.callers['coordinator'].id}/password-links"
    assert code_of(await office.post(path)) == (403, "recent_proof_needed")
    assert code_of(await office.post("/v1/auth/step-up", password="wrong")) == (409, "password_wrong")
    assert (await office.post("/v1/auth/step-up", password=PASSWORD)).status_code == 204
    assert (await office.post(path)).status_code == 201


async def test_an_old_password_must_be_changed_where_the_profile_says_so(
    service: Service, known: World, time: Time
) -> None:
    settings = Settings(issuer=service.settings.issuer, password_profile=PasswordProfile.MLPS)
    strict: FastAPI = create_app(make_service(service.database, settings))
    async with service.database.transaction() as session:
        await session.execute(update(Person).values(password_changed_at=NOW))
    transport = httpx.ASGITransport(app=strict)
    async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
        teacher = Somebody(client, "teacher")
        await teacher.sign_in()
        assert (await teacher.get("/v1/me")).json()["owes"] == []
        time.pass_by(days=91)
        await teacher.sign_in()
        assert (await teacher.get("/v1/me")).json()["owes"] == ["change_password"]
        assert (await teacher.get("/v1/certificates")).status_code == 403
        plain = await teacher.post("/v1/me/password", current_password=PASSWORD, new_password=WANTED)
        assert [fault["code"] for fault in plain.json()["errors"]] == ["password_of_too_few_kinds"]
        fit = await teacher.post("/v1/me/password", current_password=PASSWORD, new_password=f"{WANTED} 7 A")
        assert fit.status_code == 204
        assert (await teacher.get("/v1/certificates")).status_code == 200
    assert known.schools


async def test_a_password_hashed_in_former_ways_is_hashed_anew(
    client: httpx.AsyncClient, service: Service, known: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def always(_stored: str) -> bool:
        return True

    monkeypatch.setattr(passwords, "is_outdated", always)
    assert (await Somebody(client, "registrar").sign_in()).status_code == 200
    async with service.database.transaction(read_only=True) as session:
        stored = (await session.get_one(Person, known.callers["registrar"].id)).password_hash
    assert stored not in {None, HASHED}
    assert await passwords.verify(stored, PASSWORD)
