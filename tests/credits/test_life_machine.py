"""Whatever happens in whatever order: results, certificates, accounts, conversions and the book agree."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from tests.conftest import make_service
from tests.credits.life_model import CREDIT, STUDENTS
from tests.credits.life_registrations import NOW, Registrations, open_plan
from tests.exams import conditions, make
from tests.sizes import sized
from tests.world import SCOPES, build_world
from x_pilot_api.awards.commands import standing
from x_pilot_api.core import auth, clock
from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.db import Database
from x_pilot_api.core.provision import Urls
from x_pilot_api.core.settings import Settings
from x_pilot_api.credits.commands import Moved, lives, unwinding
from x_pilot_api.credits.models import ConversionPolicy
from x_pilot_api.exams.commands import push, registrations, seating, waiting
from x_pilot_api.tallies import commands as tallies

WALKS, STEPS = sized(20, 1_000), sized(30, 80)
REACHED = {
    "requested", "granted", "granted!", "refused", "lapsed", "unwound", "kept", "valid", "suspended", "active",
    "frozen", "available", "reserved", "used", "forfeited", "draft", "confirmed", "accepted", "waiting", "offered",
    "withdrawn",
}  # fmt: skip
"""Where the walk laid out by hand has to have been, and many walks: a machine that comes nowhere proves nothing."""
REACHED_SOON = REACHED if sized(1, 0) == 0 else {"requested", "granted", "granted!", "valid", "suspended", "active"}

BY_HAND: Sequence[tuple[str, dict[str, Any]]] = (
    ("push", {"turn": 1, "outcome": "void"}), ("push", {"turn": 0, "outcome": "fail"}),
    ("settle", {"turn": 0, "keeps": True}), ("push", {"turn": 1, "outcome": "pass"}),
    ("stand", {"turn": 0, "deed": "suspend"}), ("stand", {"turn": 0, "deed": "reinstate"}),
    ("convert", {"turn": 0}), ("decide", {"turn": 0, "grants": False}),
    ("convert", {"turn": 0}), ("decide", {"turn": 0, "grants": True}),
    ("push", {"turn": 1, "outcome": "fail"}), ("settle", {"turn": 0, "keeps": False}),
    ("move_account", {"turn": 0, "deed": "freeze"}), ("move_account", {"turn": 0, "deed": "unfreeze"}),
    ("move_attempt", {"turn": 0, "deed": "reserve", "is_other": True}),
    ("attend_other", {"turn": 0, "activity": "absent"}),
    ("move_attempt", {"turn": 0, "deed": "reserve", "is_other": True}),
    ("attend_other", {"turn": 0, "activity": "absent"}),
    ("move_attempt", {"turn": 1, "deed": "reserve", "is_other": False}), ("push", {"turn": 1, "outcome": "pass"}),
    ("move_attempt", {"turn": 1, "deed": "restore", "is_other": False}), ("open_account", {"turn": 0}),
    ("register", {"turn": 1, "by_college": True}), ("convert", {"turn": 0}), ("push", {"turn": 1, "outcome": "void"}),
    ("register", {"turn": 1, "by_college": True}), ("register", {"turn": 0, "by_college": False}),
    ("confirm", {"turn": 0}), ("accept", {"turn": 0}), ("withdraw", {"turn": 1}),
    ("answer_offer", {"turn": 0, "takes": True}), ("register", {"turn": 1, "by_college": True}),
    ("withdraw", {"turn": 0}), ("answer_offer", {"turn": 0, "takes": False}),
    ("register", {"turn": 0, "by_college": True}),
)  # fmt: skip
"""Steps after the beginning that lead everywhere."""


@asynccontextmanager
async def opened(urls: Urls, chosen: Settings) -> AsyncGenerator[type[Registrations]]:
    """Lay the ground once: two schools, a plan with its candidates, a rule, and a chain of one step."""
    service = make_service(Database(urls.service, chosen), chosen)
    try:
        async with service.database.transaction() as session:
            world = await build_world(session, service.sealer)
        own = world.schools[0].id
        async with service.database.transaction(institution_id=own) as session:
            plan, other = [await make.plan(session, world, candidates=STUDENTS) for _ in range(2)]
            opened_plan_id = await open_plan(session, world)
            await conditions.rule(session, world, credit=CREDIT)
            await session.execute(
                insert(ConversionPolicy).values(
                    institution_id=own, version=1, steps=["registrar"], on_loss="flag", document_number="教1号",
                    effective_from=datetime(2026, 1, 1, tzinfo=UTC).date(), loaded_by=own,
                )
            )  # fmt: skip
        async with service.database.transaction(institution_id=own) as session:
            # Whom the ground was laid with was not entered by any deed.
            await tallies.rebuild(session, SYSTEM, institution_id=own)
        actors = {}
        async with service.database.transaction() as session:
            for who in ("machine", "registrar", "coordinator", "org_staff"):
                caller = world.callers[who]
                claims = {"sub": str(caller.id), "sid": str(caller.id), "kind": "person"}
                if caller.scope:
                    claims |= {"kind": "machine", "scope": SCOPES, "aud": auth.MACHINE_AUDIENCES[False]}
                actors[who] = await service.find_actor(session, claims)

        class Here(Registrations):
            """The model on this ground."""

        Here.seen, Here.other, Here.open_plan_id = Counter(), other, opened_plan_id
        Here.service, Here.settings, Here.world, Here.plan, Here.actors = service, chosen, world, plan, actors
        yield Here
    finally:
        await service.database.close()


@pytest.fixture(scope="module")
def machine(new_database: Callable[[], Urls], settings: Settings) -> Iterator[type[Registrations]]:
    with pytest.MonkeyPatch.context() as patch, asyncio.Runner() as runner:
        patch.setattr(clock, "now", lambda: NOW)
        context = opened(new_database(), settings)
        here = runner.run(context.__aenter__())
        here.run = staticmethod(runner.run)
        yield here
        runner.run(context.__aexit__(None, None, None))


def walk(machine: type[Registrations], *, walks: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=hypothesis_settings(
            max_examples=walks,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=sized(1, 0) == 1,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
        ),
    )


def walk_by_hand(machine: type[Registrations]) -> None:
    here = machine()
    try:
        here.begin(is_early=True)
        for deed, how in BY_HAND:
            here.agrees()
            getattr(here, deed)(**how)
        here.agrees()
    finally:
        here.teardown()


def test_a_walk_by_hand_comes_everywhere(machine: type[Registrations]) -> None:
    machine.seen.clear()
    walk_by_hand(machine)
    assert set(machine.seen) >= REACHED, machine.seen


def test_everything_agrees_with_everything_after_each_step(machine: type[Registrations]) -> None:
    machine.seen.clear()
    walk(machine, walks=WALKS)
    assert set(machine.seen) >= REACHED_SOON, machine.seen


async def _none(*_: object, **__: object) -> int:
    return 0


async def _nothing_moved(*_: object, **__: object) -> Moved:
    return Moved()


def _forget_the_reversal(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(push.credits_, "withdraw_awards", _nothing_moved)


def _forget_to_revoke(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(push.awards, "revoke_awards", _none)


def _keep_what_was_held(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(unwinding, "_move_credits", _none)


def _add_nothing_to_sums(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(tallies, "add", _none)


def _leave_in_sums_what_goes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(tallies, "take_away", _none)


def _freeze_nothing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(lives, "_move", _none)


def _use_no_attempt(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(push.guaranteeing, "follow_results", _none)


def _suspend_nothing(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(standing.rules, "AWARD_WORKFLOW", _SameState())


class _SameState:
    @staticmethod
    def target_of(_deed: str, *, state: str) -> str:
        return state


def _give_no_attempt_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(waiting.guaranteeing, "release", _none)


def _reserve_no_attempt(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(seating, "guaranteeing", _NoReserving())


class _NoReserving:
    reserve = staticmethod(_none)


def _keep_the_place_of_who_left(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(waiting.deciding, "release_places", _none)


def _offer_nobody_what_is_free(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(waiting, "seating", _NoOffering())


class _NoOffering:
    take_seats = staticmethod(seating.take_seats)

    @staticmethod
    async def seat(*_: object, **__: object) -> list[object]:
        return []


def _register_who_holds_it(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(registrations.judging, "refuse_if_any", _none)


MUTANTS = (
    _add_nothing_to_sums,
    _leave_in_sums_what_goes,
    _give_no_attempt_back,
    _reserve_no_attempt,
    _keep_the_place_of_who_left,
    _offer_nobody_what_is_free,
    _register_who_holds_it,
    _forget_the_reversal,
    _forget_to_revoke,
    _keep_what_was_held,
    _freeze_nothing,
    _suspend_nothing,
    _use_no_attempt,
)


@pytest.mark.parametrize("mutate", MUTANTS, ids=lambda mutate: mutate.__name__)
def test_a_defect_is_found(
    machine: type[Registrations], monkeypatch: pytest.MonkeyPatch, mutate: Callable[[pytest.MonkeyPatch], None]
) -> None:
    mutate(monkeypatch)
    # Some the database stops before anything can be compared.
    with pytest.raises((AssertionError, IntegrityError)):
        walk_by_hand(machine)
