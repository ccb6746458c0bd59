"""What must not be said is found wherever it is said; and nothing that may be said is mistaken for it."""

import dataclasses
import importlib
import io
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

import x_pilot_api
from tests import canaries
from tests.canaries import EAR
from tests.conftest import make_token
from tests.world import World, identity_number
from x_pilot_api.core import embedded, logs, provision
from x_pilot_api.core.db import driver_url
from x_pilot_api.core.service import Service
from x_pilot_api.exams.schemas import ResultRowIn
from x_pilot_api.registry import queries

NUMBER = identity_number(7)
SAID = {
    "a resident identity number": f"could not store {NUMBER}, it is there",
    "a refresh token or a link": "xprt_0123456789abcdefghij",
    "a webhook's secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "a private key": "-----BEGIN PRIVATE KEY-----",
    "a database's password": "postgresql://xpilot_login:hidden@127.0.0.1:5432/xpilot",
    "a password of the tests": "password=what the test clients know",
    "a second factor's secret": "otpauth://totp/X-Pilot:wang",
    "a person's name": "学生01 not found",
}
UNSAID = (
    f"{NUMBER[:6]}********{NUMBER[-4:]}",
    f"{NUMBER[:-1]}{'0' if NUMBER[-1] != '0' else '1'}",
    f"a{NUMBER}b",
    "postgresql://127.0.0.1:5432/xpilot",
    "0197a1c2-0000-7000-8000-000000000001 200 12 ms",
)


@pytest.fixture
def set_aside() -> Iterator[None]:
    """Let the log be heard and go nowhere, so that pytest does not catch it too: here it says too much on purpose."""
    known = structlog.get_config()
    structlog.configure(logger_factory=structlog.WriteLoggerFactory(file=io.StringIO()))
    yield
    structlog.configure(**known)


@pytest.mark.parametrize("kind", SAID)
def test_what_must_not_be_said_is_found(kind: str) -> None:
    assert list(canaries.personal_in(SAID[kind])) == [kind]


async def test_a_token_is_found(service: Service, world: World) -> None:
    token = make_token(service, world.callers["registrar"].id)
    assert list(canaries.personal_in(f"Bearer {token}")) == ["a token"]


@pytest.mark.parametrize("said", UNSAID)
def test_what_may_be_said_is_not_mistaken(said: str) -> None:
    assert list(canaries.personal_in(said)) == []


@pytest.mark.usefixtures("set_aside")
def test_a_line_of_the_log_is_heard_and_the_test_that_caused_it_fails() -> None:
    logs.logger.info("stored", number=NUMBER)
    report = pytest.TestReport("a test", ("", 0, ""), {}, "passed", None, "teardown")
    canaries.judge(report)
    assert (report.outcome, report.longrepr) == ("failed", "a log holds a resident identity number")
    canaries.judge(report := pytest.TestReport("another", ("", 0, ""), {}, "passed", None, "teardown"))
    assert report.passed


def test_what_pytest_caught_counts_as_a_log() -> None:
    assert EAR.faults([("Captured stderr call", SAID["a private key"])]) == ["a log holds a private key"]


async def _break(
    client: httpx.AsyncClient, world: World, sign_in: Callable[[str], dict[str, str]], patch: pytest.MonkeyPatch
) -> httpx.Response:
    """Let a defect show itself whose message holds a number."""

    async def defect(*_: object) -> None:
        raise ValueError(NUMBER)

    patch.setattr(queries, "get_student", defect)
    path = f"/v1/students/{world.schools[0].students[0]}/identity-document:reveal"
    return await client.post(path, json={"reason": "x"}, headers=sign_in("registrar"))


async def test_a_defect_that_names_a_number_says_nothing_of_it(
    client: httpx.AsyncClient,
    world: World,
    sign_in: Callable[[str], dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert (await _break(client, world, sign_in, monkeypatch)).status_code == 500
    assert any("unexpected_error" in line for line in EAR.logged)
    assert EAR.faults() == []


@pytest.mark.usefixtures("set_aside")
async def test_a_log_that_wrote_what_a_defect_says_would_be_found(
    client: httpx.AsyncClient,
    world: World,
    sign_in: Callable[[str], dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(logs, "where", str)
    await _break(client, world, sign_in, monkeypatch)
    assert EAR.faults() == ["a log holds a resident identity number"]


async def test_a_refusal_that_repeats_what_was_sent_would_be_found(
    client: httpx.AsyncClient, sign_in: Callable[[str], dict[str, str]]
) -> None:
    await client.get(f"/v1/programmes/{NUMBER}", headers=sign_in("registrar"))
    assert EAR.faults() == ["a refusal holds a resident identity number"]  # Its `instance` is the path that was asked.


async def test_the_databases_own_log_holds_no_row_that_it_refused(cluster: embedded.Cluster) -> None:
    engine = create_async_engine(driver_url(cluster.url()))
    try:
        async with engine.connect() as connection:
            await connection.execute(text("CREATE TEMPORARY TABLE canary_of_the_log (number text UNIQUE)"))
            store = text("INSERT INTO canary_of_the_log VALUES (:number)")
            await connection.execute(store, {"number": NUMBER})
            with pytest.raises(DBAPIError, match="duplicate key"):
                await connection.execute(store, {"number": NUMBER})
    finally:
        await engine.dispose()
    log = cluster.data.with_name("postgres.log").read_text(encoding="utf-8", errors="replace")
    assert "canary_of_the_log" in log
    assert NUMBER not in log


def test_a_log_in_a_file_that_holds_a_row_is_found(tmp_path: Path) -> None:
    quiet, loud = tmp_path / "quiet.log", tmp_path / "postgres.log"
    quiet.write_text("ERROR:  duplicate key value violates unique constraint", encoding="utf-8")
    canaries.read_logs([quiet])
    loud.write_text(f"DETAIL:  Failing row contains (1, 学生07, {NUMBER}).", encoding="utf-8")
    with pytest.raises(AssertionError, match=r"postgres\.log holds a resident identity number"):
        canaries.read_logs([quiet, loud])
    loud.unlink()


HIDDEN = re.compile(
    r"(client_|access_|refresh_)?(secrets?|token|assertion)|otp(auth_uri)?|body|recovery_codes|identity_number|password"
)


def _is_text(annotation: object) -> bool:
    return "str" in str(annotation) or "bytes" in str(annotation)


def _shown(kind: type[Any]) -> Iterator[str]:
    """Name the fields of a class that its repr would show and must not."""
    if issubclass(kind, BaseModel):
        for name, model_field in kind.model_fields.items():
            if HIDDEN.fullmatch(name) and model_field.repr and _is_text(model_field.annotation):
                yield name
    elif dataclasses.is_dataclass(kind):
        shown = (it for it in dataclasses.fields(kind) if it.repr and _is_text(it.type))
        yield from (it.name for it in shown if HIDDEN.fullmatch(it.name))


def test_no_repr_shows_a_secret() -> None:
    found: list[str] = []
    for module in pkgutil.walk_packages(x_pilot_api.__path__, f"{x_pilot_api.__name__}."):
        if not module.name.endswith(".__main__"):
            classes = [it for it in vars(importlib.import_module(module.name)).values() if isinstance(it, type)]
            found += [f"{it.__module__}.{it.__name__}.{name}" for it in classes for name in _shown(it)]
    assert sorted(set(found)) == []


def test_a_repr_that_would_show_a_secret_is_named() -> None:
    @dataclasses.dataclass
    class Shown:
        token: str

    class Told(BaseModel):
        otp: str

    assert [*_shown(Shown), *_shown(Told)] == ["token", "otp"]


def test_a_pushed_row_does_not_show_its_number() -> None:
    row = ResultRowIn.model_validate(
        {
            "org_result_id": "R-1",
            "revision": 1,
            "admission_number": "A-1",
            "document_number": NUMBER,
            "activity": "present",
            "grading": "final",
            "components": {"theory": "86.50"},
            "passed": True,
        }
    )
    assert NUMBER not in repr(row)


def test_the_urls_of_a_database_do_not_show_their_passwords(urls: provision.Urls) -> None:
    assert list(canaries.personal_in(repr(urls))) == []
