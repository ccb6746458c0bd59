"""Guessing: each failure makes the next try wait longer, for names that exist and names that do not alike."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, text

from tests.clocks import Clock
from tests.conftest import make_service
from tests.identity.conftest import HASHED, PASSWORD
from tests.identity.test_sign_in import ask
from x_pilot_api.app import create_app
from x_pilot_api.core import origins
from x_pilot_api.core.db import Database
from x_pilot_api.core.provision import Urls
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings
from x_pilot_api.identity import passwords, rules
from x_pilot_api.identity.models import AttemptKind, Person, SignInAttempts

ACCOUNT, ADDRESS = rules.LIMITS[AttemptKind.ACCOUNT], rules.LIMITS[AttemptKind.ADDRESS]
BEGINNING = datetime(2026, 11, 28, tzinfo=UTC)


@pytest.fixture
def own_urls(new_database: Callable[[], Urls]) -> Urls:
    return new_database()


async def guess(client: httpx.AsyncClient, username: str = "registrar", password: str = "") -> httpx.Response:
    return await ask(client, grant_type="password", username=username, password=password or "wrong")


async def waits(client: httpx.AsyncClient, time: Clock, username: str) -> list[tuple[int, str | None]]:
    """Guess as soon as one may, twelve times, and tell what is answered in between."""
    told: list[tuple[int, str | None]] = []
    for _ in range(12):
        answer = await guess(client, username)
        told.append((answer.status_code, answer.headers.get("retry-after")))
        if answer.status_code == 429:
            time.pass_by(seconds=int(answer.headers["retry-after"]))
    return told


@pytest.mark.usefixtures("registrar")
@pytest.mark.parametrize("username", ["registrar", "nobody-has-this-name"])
async def test_the_wait_doubles_with_each_failure(client: httpx.AsyncClient, time: Clock, username: str) -> None:
    told = await waits(client, time, username)
    refused = (401, None)
    waited = [[(429, str(seconds)), refused] for seconds in (30, 60, 120, 240)]
    assert told == [*[refused] * 4, refused, *waited[0], *waited[1], *waited[2], waited[3][0]]


@pytest.mark.usefixtures("registrar")
async def test_the_right_password_has_to_wait_too_and_then_makes_all_forgotten(
    client: httpx.AsyncClient, time: Clock, service: Service
) -> None:
    for _ in range(5):
        await guess(client)
    early = await guess(client, password=PASSWORD)
    assert (early.status_code, early.json()["code"]) == (429, "sign_in_locked")
    assert early.json()["figures"] == {"seconds": 30}
    time.pass_by(seconds=30)
    assert (await guess(client, password=PASSWORD)).status_code == 200
    async with service.database.transaction(read_only=True) as session:
        kinds = (await session.scalars(select(SignInAttempts.kind))).all()
    assert kinds == ["address"], "what failed from the address may have been somebody else's"


@pytest.mark.usefixtures("registrar")
async def test_who_guesses_many_names_from_one_address_has_to_wait(client: httpx.AsyncClient, time: Clock) -> None:
    assert time
    statuses = [(await guess(client, f"name-{number}")).status_code for number in range(21)]
    assert statuses == [*[401] * 20, 429]
    assert (await guess(client, password=PASSWORD)).status_code == 429


@pytest.mark.usefixtures("registrar")
async def test_an_unknown_name_costs_the_same_work_and_is_kept_nowhere(
    client: httpx.AsyncClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[bool] = []
    matches = passwords._matches  # pyright: ignore[reportPrivateUsage] - what is counted is the hashing itself

    def counted(stored: str, secret: str) -> bool:
        done.append(matches(stored, secret))
        return done[-1]

    monkeypatch.setattr(passwords, "_matches", counted)
    known, unknown = await guess(client), await guess(client, "张三的密码 hunter2")
    assert done == [False, False]
    assert {**known.json(), "request_id": ""} == {**unknown.json(), "request_id": ""}
    async with service.database.transaction(read_only=True) as session:
        rows = (await session.execute(text("SELECT sign_in_attempts::text FROM sign_in_attempts"))).scalars()
        written = "".join(rows)
    assert "registrar" not in written
    assert b"hunter2".hex() not in written
    assert len(written) > 100


@pytest.mark.usefixtures("registrar")
async def test_asking_for_an_institution_with_the_right_password_is_no_failure(client: httpx.AsyncClient) -> None:
    asked = {"grant_type": "password", "username": "registrar", "password": PASSWORD, "institution": "0000000000"}
    assert [(await ask(client, **asked)).status_code for _ in range(8)] == [400] * 8


async def test_a_hundred_guesses_at_once_are_no_more_than_five(own_urls: Urls, settings: Settings) -> None:
    """Commit for real: what counts guesses must stand though each of the requests failed."""
    database = Database(own_urls.service, settings)
    async with database.transaction() as session:
        await session.execute(insert(Person).values(username="registrar", name="-", password_hash=HASHED))
    transport = httpx.ASGITransport(app=create_app(make_service(database, settings)))
    async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
        answers = await asyncio.gather(*(guess(client) for _ in range(100)))
        statuses = sorted(answer.status_code for answer in answers)
        late = await guess(client, password=PASSWORD)
    await database.close()
    assert statuses == [401] * 5 + [429] * 95
    assert late.status_code == 429


@given(failures=st.integers(0, 10_000))
def test_a_delay_never_shrinks_with_more_failures_and_never_passes_its_limit(failures: int) -> None:
    for limit in (ACCOUNT, ADDRESS):
        less, more = (rules.delay_after(limit, number) or timedelta(0) for number in (failures, failures + 1))
        assert less <= more <= rules.DELAY_MAX


def test_who_guesses_without_end_gets_about_a_hundred_tries_a_day() -> None:
    failures, at, tries = 0, BEGINNING, 0
    failed_at = at
    while at < BEGINNING + timedelta(days=1):
        failures = rules.failures_left(ACCOUNT, failures, failed_at=failed_at, now=at) + 1
        failed_at, tries = at, tries + 1
        at += rules.delay_after(ACCOUNT, failures) or timedelta(0)
    assert tries <= 110


@pytest.mark.parametrize(
    ("address", "counted"),
    [("203.0.113.7", "203.0.113.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("testclient", "testclient")],
)
def test_an_address_is_counted_by_what_one_host_has(address: str, counted: str) -> None:
    assert origins.counted_as(address) == counted
