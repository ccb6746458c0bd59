"""Whatever happens in whatever order: what was revoked never works again, and a family is whole or gone."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

import httpx
import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from hypothesis.errors import FlakyFailure
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import insert, true

from tests.conftest import make_service
from tests.identity.session_model import Sessions
from tests.sizes import sized
from x_pilot_api.app import create_app
from x_pilot_api.core.db import Database
from x_pilot_api.core.provision import Urls
from x_pilot_api.core.settings import Settings
from x_pilot_api.core.tokens import SigningKey, TokenIssuer
from x_pilot_api.identity import rules
from x_pilot_api.identity.commands import sessions as commands
from x_pilot_api.identity.models import Institution
from x_pilot_api.identity.queries import actors, sessions
from x_pilot_api.identity.rules import Verdict


@asynccontextmanager
async def opened(urls: Urls, chosen: Settings) -> AsyncGenerator[type[Sessions]]:
    """Open two applications on one database, as two processes of one installation would be."""
    key = SigningKey.generate()
    made = [make_service(Database(urls.service, chosen), chosen) for _ in range(2)]
    services = [replace(one, tokens=TokenIssuer(issuer=chosen.issuer, keys=[key])) for one in made]
    doors = [
        httpx.AsyncClient(transport=httpx.ASGITransport(app=create_app(one)), base_url="http://x-pilot.test")
        for one in services
    ]
    institution_id = uuid4()
    async with services[0].database.transaction() as session:
        values = {"id": institution_id, "code": "4132010001", "name": "学院", "province": "江苏省"}
        await session.execute(insert(Institution).values(values))

    class Here(Sessions):
        """The model at these two doors."""

    Here.services, Here.doors, Here.institution_id = services, doors, institution_id
    yield Here
    for door, one in zip(doors, services, strict=True):
        await door.aclose()
        await one.database.close()


@pytest.fixture(scope="module")
def machine(new_database: Callable[[], Urls], settings: Settings) -> Iterator[type[Sessions]]:
    with asyncio.Runner() as runner:
        context = opened(new_database(), settings)
        here = runner.run(context.__aenter__())
        here.run = staticmethod(runner.run)
        yield here
        runner.run(context.__aexit__(None, None, None))


def walk(machine: type[Sessions], *, walks: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=hypothesis_settings(
            max_examples=walks,
            stateful_step_count=sized(20, 60),
            deadline=None,
            derandomize=sized(1, 0) == 1,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
        ),
    )


def test_what_is_over_never_works_again_and_what_lives_always_does(machine: type[Sessions]) -> None:
    walk(machine, walks=sized(8, 400))


JUDGE = rules.judge


def judging(wrong: Verdict) -> Callable[..., Verdict]:
    def judge(**facts: Any) -> Verdict:  # noqa: ANN401
        right = JUDGE(**facts)
        return wrong if right is Verdict.END_FAMILY else right

    return judge


async def _ends_nothing(*_: object) -> None:
    """End no session, whatever is asked."""


def _forget_reuse(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "judge", judging(Verdict.REPEAT))


def _spare_the_family(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "judge", judging(Verdict.REFUSE))


def _end_nothing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(commands, "_end", _ends_nothing)


def _ask_for_no_session(patch: pytest.MonkeyPatch) -> None:
    def always(_now: object) -> object:
        return true()

    patch.setattr(sessions, "lives_at", always)
    patch.setattr(actors, "_person", actors.person_of_a_session())


MUTANTS = (_forget_reuse, _spare_the_family, _end_nothing, _ask_for_no_session)


@pytest.mark.parametrize("mutate", MUTANTS, ids=lambda mutate: mutate.__name__)
def test_a_defect_is_found(
    machine: type[Sessions], monkeypatch: pytest.MonkeyPatch, mutate: Callable[[pytest.MonkeyPatch], None]
) -> None:
    mutate(monkeypatch)
    with pytest.raises((AssertionError, FlakyFailure)):
        # A walk stops at the first finding; most need a few dozen.
        walk(machine, walks=400)
