"""Storms under one key, with real commits: whatever is sent again, at once or later, there is one effect."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.authz import calls
from tests.authz import ground as grounds
from tests.authz.ground import Ground
from tests.conftest import make_service, make_token
from tests.exams.desk import set_clock
from tests.races import storms
from tests.races.storms import STORMS
from tests.sizes import sized
from tests.world import Caller, signed_in
from x_pilot_api.app import create_app
from x_pilot_api.core import clock, idempotency
from x_pilot_api.core.auth import require
from x_pilot_api.core.db import Database
from x_pilot_api.core.idempotency import Once
from x_pilot_api.core.provision import Urls
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings
from x_pilot_api.identity.models import Person, PlatformRole
from x_pilot_api.identity.permissions import Permission

AT_ONCE = sized(50, 200)
OPERATIONS = sorted(STORMS)


@dataclass
class Sea:
    """A service in a database of its own, where everything is committed."""

    ground: Ground
    service: Service
    app: FastAPI

    async def send(
        self, operation: str, n: int, key: str, *, who: str | None = None, through: ASGIApp | None = None
    ) -> httpx.Response:
        """Ask once for the n-th doing of an operation under a key."""
        corner, world = self.ground.corners["own"], self.ground.world
        caller = world.callers[who or STORMS[operation].who]
        token = make_token(self.service, caller.id, scope=caller.scope)
        call = storms.call_of(operation, corner, world, n)
        transport = httpx.ASGITransport(app=through or self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
            headers = calls.headers_of(call) | {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
            return await client.request(
                call.method, call.path, params=dict(call.query), json=call.body, headers=headers
            )

    async def rows(self, operation: str) -> int:
        """Count what the operation adds to."""
        return await self.count(STORMS[operation].adds_to)

    async def count(self, table: str) -> int:
        """Count the rows of a table that the first school's office sees."""
        own = self.ground.world.schools[0].id
        async with self.service.database.transaction(read_only=True, institution_id=own) as session:
            return (await session.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()

    async def storm(self, operation: str, *numbers: int, key: str) -> list[httpx.Response]:
        """Ask for doings in turn, so many times and all at once, under one key."""
        wishes = [numbers[index % len(numbers)] for index in range(AT_ONCE)]
        return await asyncio.gather(*(self.send(operation, n, key) for n in wishes))


@pytest.fixture
async def sea(sea_ground: Ground, sea_urls: Urls, settings: Settings) -> AsyncIterator[Sea]:
    database = Database(sea_urls.service, settings)
    service = make_service(database, settings)
    yield Sea(sea_ground, service, create_app(service))
    await database.close()


@pytest.fixture(scope="module")
def sea_urls(new_database: Callable[[], Urls]) -> Urls:
    return new_database()


@pytest.fixture(scope="module")
async def sea_ground(sea_urls: Urls, settings: Settings) -> Ground:
    database = Database(sea_urls.service, settings)
    laid = await grounds.lay(make_service(database, settings))
    second = uuid4()
    async with database.transaction() as session:
        session.add(Person(id=second, username="second_operator", name="second_operator", password_hash="-"))
        await session.flush()
        session.add_all([PlatformRole(person_id=second, role="operator"), signed_in(second)])
    laid.world.callers["second_operator"] = Caller(second)
    await database.close()
    return laid


def hits(answers: list[httpx.Response]) -> int:
    return sum("Idempotency-Hit" in answer.headers for answer in answers)


async def weather(sea: Sea, operation: str) -> None:
    """See that a storm of equal requests has one effect, and one of two kinds one effect and refusals."""
    before = await sea.rows(operation)
    key = uuid4().hex
    answers = await sea.storm(operation, 0, key=key)
    assert {answer.status_code for answer in answers} == {201}, answers[0].text
    assert all(answer.json() == answers[0].json() for answer in answers)
    assert (hits(answers), await sea.rows(operation)) == (AT_ONCE - 1, before + 1)

    mixed = await sea.storm(operation, 1, 2, key=uuid4().hex)
    done = [answer for answer in mixed if answer.status_code == 201]
    refused = [answer for answer in mixed if answer.status_code == 422]
    assert (len(done), len(refused)) == (AT_ONCE // 2, AT_ONCE // 2)
    assert {answer.json()["code"] for answer in refused} == {"idempotency_key_reused"}
    assert (hits(done), await sea.rows(operation)) == (AT_ONCE // 2 - 1, before + 2)

    other = await sea.send(operation, 0, key, who=STORMS[operation].other)
    assert "Idempotency-Hit" not in other.headers


def test_every_mutating_route_takes_a_key_and_weathers_a_storm_or_says_why_not() -> None:
    assert storms.unmatched(create_app()) == []


def test_a_new_mutating_route_without_a_storm_is_named() -> None:
    app = create_app()

    @app.post("/v1/money", dependencies=[require(Permission.LEDGER_READ)])
    async def move_money() -> None:
        """Move it."""

    @app.post("/v1/more-money", dependencies=[require(Permission.LEDGER_READ)])
    async def move_more_money(once: idempotency.RunOnce) -> None:
        """Move it once."""

    assert move_money
    assert move_more_money
    assert storms.unmatched(app) == [
        "move_money: takes no key, and no reason why",
        "move_more_money: takes a key, and no storm tries it",
    ]


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_a_storm_under_one_key_has_one_effect(sea: Sea, operation: str) -> None:
    await weather(sea, operation)


class Dying:
    """A server that dies when it has done everything and not yet answered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, _send: Send) -> None:
        async def die(message: Message) -> None:
            raise ConnectionAbortedError(message["type"])

        await self.app(scope, receive, die)


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_what_died_between_effect_and_answer_is_answered_from_what_was_kept(sea: Sea, operation: str) -> None:
    before, key = await sea.rows(operation), uuid4().hex
    with pytest.raises(ConnectionAbortedError):
        await sea.send(operation, 3, key, through=Dying(sea.app))
    assert await sea.rows(operation) == before + 1
    again = await sea.send(operation, 3, key)
    assert (again.status_code, again.headers["Idempotency-Hit"]) == (201, "true")
    assert again.json()
    assert await sea.rows(operation) == before + 1


async def die_before_the_end(sea: Sea, operation: str, monkeypatch: pytest.MonkeyPatch, *, n: int) -> None:
    """See that what died before its commit left nothing, so that it is done when asked again."""
    before, key = await sea.rows(operation), uuid4().hex
    do = Once._do  # pyright: ignore[reportPrivateUsage]

    async def do_and_die(*arguments: Any) -> Any:  # noqa: ANN401
        await do(*arguments)
        raise ConnectionAbortedError

    with monkeypatch.context() as patched:
        patched.setattr(Once, "_do", do_and_die)
        assert (await sea.send(operation, n, key)).status_code in {500, 503}
    assert await sea.rows(operation) == before
    again = await sea.send(operation, n, key)
    assert (again.status_code, "Idempotency-Hit" in again.headers) == (201, False)
    assert await sea.rows(operation) == before + 1


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_what_died_before_its_commit_is_done_when_asked_again(
    sea: Sea, operation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await die_before_the_end(sea, operation, monkeypatch, n=4)


async def test_a_key_kept_in_a_transaction_of_its_own_shows(sea: Sea, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = Once._claim  # pyright: ignore[reportPrivateUsage]

    async def claim_apart(self: Once, institution_id: Any) -> Any:  # noqa: ANN401
        async with sea.service.database.transaction() as apart:
            return await claim(Once(self.request, self.response, apart, self.caller_id, self.key), institution_id)

    monkeypatch.setattr(Once, "_claim", claim_apart)
    with pytest.raises(AssertionError):
        await die_before_the_end(sea, "issue_fee_ceiling", monkeypatch, n=8)


BUSINESS = {
    "record_vouchers": "payments",
    "enrol_social_participants": "social_participants",
    "register_social_class": "social_registrations",
    "verify_workload": "journal_entries",
    "open_credit_accounts": "credit_accounts",
    "register_students": "registrations",
    "push_result_batch": "results",
    "push_result_file": "results",
    "register_social_candidates": "registrations",
    "issue_fee_ceiling": "fee_ceilings",
    "propose_fee_standard": "fee_standards",
    "create_college": "colleges",
    "grant_teacher_qualifications": "teacher_qualifications",
    "create_programme": "programmes",
    "create_course": "courses",
    "draft_training_plan": "training_plans",
    "create_teacher": "teachers",
    "create_student": "students",
    "enter_course_grade": "course_grades",
    "load_policy_limit": "policy_limits",
    "request_conversions": "conversions",
    "request_offsets": "conversions",
    "load_conversion_policy": "conversion_policies",
    "request_own_conversions": "conversions",
    "request_own_offsets": "conversions",
    "assign_course_teacher": "course_teachers",
    "withdraw_own_conversion": "conversion_decisions",
    "submit_outcomes": "submitted_outcomes",
    **dict.fromkeys(
        ("verify_outcomes", "recognise_outcomes", "refuse_outcomes", "withdraw_outcomes", "settle_outcomes"),
        "submission_decisions",
    ),
    **dict.fromkeys(
        (
            "agree_conversions", "approve_conversions", "confirm_conversions", "record_bank_answer",
            "refuse_conversions", "withdraw_conversions", "settle_conversions",
        ),
        "conversion_decisions",
    ),
}  # fmt: skip
"""What an operation must not add a second time when its key is forgotten, because a key of the business says so."""


WITHOUT = {
    "relieve_charge": "a second relief is one more; that it never exceeds the charge is a constraint",
    "refund_charge": "a second refund is one more; that it never exceeds what was paid is a constraint",
    "load_expiry_policy": "a further version may say the same",
    "load_recognition_policy": "a further version may say the same",
}
"""Operations that nothing but the key keeps from being done twice, and why that is right."""


@pytest.mark.parametrize("operation", [it for it in OPERATIONS if it not in WITHOUT])
async def test_when_the_key_is_forgotten_the_business_key_holds(
    sea: Sea, operation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = uuid4().hex
    assert (await sea.send(operation, 5, key)).status_code == 201
    before = await sea.count(BUSINESS[operation])
    set_clock(monkeypatch, clock.now() + timedelta(days=31))
    forgotten = 0
    while forgotten_now := await _forget(sea):
        forgotten += forgotten_now
    assert forgotten > 0
    again = await sea.send(operation, 5, key)
    assert again.status_code in {201, 409}
    assert "Idempotency-Hit" not in again.headers
    assert await sea.count(BUSINESS[operation]) == before


async def _forget(sea: Sea) -> int:
    async with sea.service.database.transaction() as session:
        return await idempotency.forget_old(session)


async def test_keys_are_kept_for_thirty_days(sea: Sea, monkeypatch: pytest.MonkeyPatch) -> None:
    key = uuid4().hex
    first = await sea.send("issue_fee_ceiling", 6, key)
    set_clock(monkeypatch, clock.now() + timedelta(days=29, hours=23))
    assert await _forget(sea) == 0
    again = await sea.send("issue_fee_ceiling", 6, key)
    assert (again.json(), again.headers["Idempotency-Hit"]) == (first.json(), "true")


async def test_a_twin_waits_as_long_as_a_lock_is_waited_for_and_is_told_to_come_back(
    sea: Sea, sea_urls: Urls, settings: Settings
) -> None:
    hurried = Database(sea_urls.service, settings.model_copy(update={"lock_timeout_ms": 100}))
    key, name = uuid4().hex, "second_operator"
    held = idempotency.PlatformIdempotencyKey(
        caller_id=sea.ground.world.callers[name].id, method="POST", path="/v1/fee-ceilings", key=key, body_hash=b"-"
    )
    twin = Sea(sea.ground, make_service(hurried, settings), sea.app)
    twin.app = create_app(twin.service)
    try:
        async with sea.service.database.transaction() as first:
            first.add(held)
            await first.flush()
            answer = await twin.send("issue_fee_ceiling", 7, key, who=name)
    finally:
        await hurried.close()
    told = answer.json()
    assert (answer.status_code, told["code"], answer.headers.get("Retry-After")) == (409, "busy", "1"), told
