"""The second factor: asked for by policy, good for one use, replaced only by who has it."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pyotp.totp import TOTP
from sqlalchemy import select

from tests.identity.desk import PASSWORD, Desk, SignIn, Tokens
from x_pilot_api.identity.models import SecondFactor


@pytest.fixture
async def office(desk: Desk) -> Desk:
    await desk.knows("operator", "registrar")
    return desk


class Phone:
    """An authenticator that read the QR code."""

    def __init__(self, desk: Desk, uri: str) -> None:
        self.desk = desk
        self.totp = TOTP(parse_qs(urlsplit(uri).query)["secret"][0])

    def code(self, *, seconds: float = 0) -> str:
        return self.totp.at(int(self.desk.watch.at.timestamp() + seconds))


async def enrol(desk: Desk, tokens: Tokens) -> Phone:
    answer = await desk.client.post("/v1/me/second-factor", headers=tokens.headers)
    assert answer.status_code == 201, answer.text
    return Phone(desk, answer.json()["otpauth_uri"])


async def confirm(desk: Desk, tokens: Tokens, code: str) -> httpx.Response:
    return await desk.client.post("/v1/me/second-factor:confirm", json={"code": code}, headers=tokens.headers)


async def with_phone(desk: Desk, who: str) -> tuple[Phone, list[str]]:
    tokens = await desk.sign_in(who)
    phone = await enrol(desk, tokens)
    codes: list[str] = (await confirm(desk, tokens, phone.code())).json()["codes"]
    desk.watch.move(seconds=30)
    return phone, codes


async def test_a_role_that_needs_the_factor_waits_for_it(office: Desk) -> None:
    tokens = await office.sign_in("operator")
    me = (await office.client.get("/v1/me", headers=tokens.headers)).json()
    assert (me["roles"], me["withheld_roles"], me["needs"]) == ([], ["operator"], ["second_factor"])
    assert me["permissions"] == ["me:read", "me:write"]
    assert (await office.client.get("/v1/certificates", headers=tokens.headers)).status_code == 403
    phone = await enrol(office, tokens)
    confirmed = await confirm(office, tokens, phone.code())
    assert (confirmed.status_code, len(set(confirmed.json()["codes"]))) == (200, 10)
    me = (await office.client.get("/v1/me", headers=tokens.headers)).json()
    assert (me["roles"], me["withheld_roles"], me["needs"]) == (["operator"], [], [])


async def test_a_role_that_needs_none_acts_by_password_alone(office: Desk) -> None:
    tokens = await office.sign_in("registrar")
    assert (await office.client.get("/v1/certificates", headers=tokens.headers)).status_code == 200


async def test_the_policy_is_a_setting(office: Desk) -> None:
    settings = office.service.settings.model_copy(update={"second_factor_roles": frozenset({"registrar"})})
    object.__setattr__(office.service, "settings", settings)
    for who, status in (("operator", 200), ("registrar", 403)):
        tokens = await office.sign_in(who)
        assert (await office.client.get("/v1/certificates", headers=tokens.headers)).status_code == status


async def test_who_has_an_authenticator_signs_in_with_it(office: Desk) -> None:
    phone, _ = await with_phone(office, "operator")
    without = await office.try_in("operator")
    assert (without.status_code, without.json()["code"]) == (401, "second_factor_needed")
    wrong_password = await office.try_in("operator", "wrong", otp=phone.code())
    assert wrong_password.json()["code"] == "sign_in_refused"
    tokens = await office.sign_in("operator", otp=phone.code())
    assert (await office.client.get("/v1/certificates", headers=tokens.headers)).status_code == 200


async def test_one_code_works_once_and_an_older_one_not_after_it(office: Desk) -> None:
    phone, _ = await with_phone(office, "operator")
    code, older = phone.code(), phone.code(seconds=-30)
    await office.sign_in("operator", otp=code)
    for used in (code, older):
        again = await office.try_in("operator", otp=used)
        assert (again.status_code, again.json()["code"]) == (403, "code_refused")
    office.watch.move(seconds=30)
    await office.sign_in("operator", otp=phone.code())


@pytest.mark.parametrize(("seconds", "status"), [(-60, 403), (30, 200), (60, 403)])
async def test_a_phones_clock_may_be_one_step_off(office: Desk, seconds: float, status: int) -> None:
    phone, _ = await with_phone(office, "operator")
    office.watch.move(minutes=5)
    assert (await office.try_in("operator", otp=phone.code(seconds=seconds))).status_code == status


async def test_guessing_codes_is_slowed_down(office: Desk) -> None:
    phone, _ = await with_phone(office, "operator")
    wrong = "000000" if phone.code() != "000000" else "111111"
    answers = [await office.try_in("operator", otp=wrong) for _ in range(6)]
    assert [it.status_code for it in answers] == [403] * 5 + [429]


@pytest.mark.parametrize("code", ["令牌", "\u0661\u0662\u0663\u0664\u0665\u0666", "12345", "A" * 1024, "-"])
async def test_a_code_that_is_none_is_refused(office: Desk, code: str) -> None:
    await with_phone(office, "operator")
    assert (await office.try_in("operator", otp=code)).status_code == 403


async def test_a_recovery_code_stands_in_once(office: Desk) -> None:
    _, codes = await with_phone(office, "operator")
    await office.sign_in("operator", otp=codes[3].lower())
    assert (await office.try_in("operator", otp=codes[3])).status_code == 403
    await office.sign_in("operator", otp=codes[4])


async def test_a_wrong_first_code_confirms_nothing(office: Desk) -> None:
    tokens = await office.sign_in("registrar")
    phone = await enrol(office, tokens)
    assert (await confirm(office, tokens, phone.code(seconds=3600))).status_code == 403
    assert (await office.try_in("registrar")).status_code == 200


async def test_the_secret_is_sealed(office: Desk) -> None:
    phone = await enrol(office, await office.sign_in("registrar"))
    async with office.service.database.transaction() as session:
        (kept,) = (await session.scalars(select(SecondFactor))).all()
    assert phone.totp.secret.encode() not in kept.sealed_secret
    assert kept.key_id == office.service.sealer.key_id


async def test_confirming_ends_the_sessions_signed_in_without_it(office: Desk) -> None:
    here, there = await office.sign_in("registrar"), await office.sign_in("registrar")
    phone = await enrol(office, here)
    await confirm(office, here, phone.code())
    assert await office.is_in(here)
    assert not await office.is_in(there)


async def test_an_authenticator_is_replaced_only_in_a_session_that_has_it(office: Desk) -> None:
    phone, _ = await with_phone(office, "registrar")
    new = await enrol(office, await office.sign_in("registrar", otp=phone.code()))
    assert new.totp.secret != phone.totp.secret


async def test_a_lost_authenticator_is_taken_by_the_security_administrator(office: Desk, sign_in: SignIn) -> None:
    await with_phone(office, "operator")
    path = f"/v1/people/{office.id_of('operator')}:reset-second-factor"
    assert (await office.client.post(path, headers=sign_in("security_admin"))).status_code == 204
    tokens = await office.sign_in("operator", PASSWORD)
    me = (await office.client.get("/v1/me", headers=tokens.headers)).json()
    assert me["needs"] == ["second_factor"]
