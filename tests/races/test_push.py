"""Pushes that meet each other and other deeds, with real commits: every effect once, and every sum right."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import text

from tests.exams import make
from tests.exams.desk import set_clock
from tests.races.arena import Arena, opened, taken
from x_pilot_api.core import provision
from x_pilot_api.core.settings import Settings

UNTIL = datetime(2026, 7, 1, tzinfo=UTC)

_HOLD = text("SELECT FROM identity_documents WHERE institution_id = :institution_id FOR NO KEY UPDATE")


async def test_eight_clients_that_push_the_same_batch_under_keys_of_their_own_have_one_effect(arena: Arena) -> None:
    await arena.rule()
    plan = await arena.plan()
    await arena.open_accounts()
    rows = [arena.row(plan, index) for index in range(10)]
    batches = taken(await arena.at_once(plan, *[rows] * 8))
    assert sorted((batch["accepted"], batch["unchanged"]) for batch in batches) == [(0, 10)] * 7 + [(10, 0)]
    assert sum(batch["downstream"]["awards_issued"] for batch in batches) == 10
    sizes = await arena.sizes()
    assert {sizes[table] for table in ("results", "awards", "learning_outcomes", "transfers")} == {10}
    assert (sizes["result_batches"], sizes["result_rows"]) == (8, 80)
    assert set(await arena.accumulated()) == {"3.00"}
    assert (await arena.summary())["moved"] == 3_000
    await arena.hold_true()


async def test_eight_clients_that_push_the_same_batch_under_one_key_have_one_batch(arena: Arena) -> None:
    await arena.rule()
    plan = await arena.plan()
    await arena.open_accounts()
    rows = [arena.row(plan, index) for index in range(10)]
    answers = await arena.at_once(plan, *[rows] * 8, key="the one key")
    batches = taken(answers)
    assert all(batch == batches[0] for batch in batches)
    assert batches[0]["accepted"] == 10
    assert [answer.headers.get("Idempotency-Hit") for answer in answers].count("true") == 7
    sizes = await arena.sizes()
    assert {sizes[table] for table in ("results", "awards", "transfers", "result_rows")} == {10}
    assert sizes["result_batches"] == 1
    await arena.hold_true()


async def test_the_first_deposits_of_an_institution_may_come_all_at_once(arena: Arena) -> None:
    await arena.rule()
    plan = await arena.plan()
    await arena.open_accounts()
    batches = taken(await arena.at_once(plan, *([arena.row(plan, index)] for index in range(8))))
    assert {batch["accepted"] for batch in batches} == {1}
    (kind,) = (found for found in (await arena.summary())["kinds"] if found["kind"] == "recognition")
    assert (kind["accounts"], kind["balance"]) == (1, -2_400)
    await arena.hold_true()


async def test_batches_that_overlap_in_whatever_order_never_block_each_other_for_good(arena: Arena) -> None:
    await arena.rule()
    await arena.rule(level="1", credit=100)
    plan, lower = await arena.plan(), await arena.plan(levels=("1",))
    await arena.open_accounts()
    for revision in range(1, 9):
        change = {} if revision % 2 else make.FAILED
        rows = [arena.row(plan, index, revision=revision, **change) for index in range(10)]
        lower_rows = [arena.row(lower, index, revision=revision, **change) for index in range(10)]
        answers = await asyncio.gather(
            arena.send(plan, *rows[:7]),
            arena.send(plan, *reversed(rows[3:])),
            arena.send(lower, *reversed(lower_rows)),
            arena.send(lower, *lower_rows),
        )
        batches = taken(answers)
        new = [batch["accepted"] + batch["corrected"] for batch in batches]
        assert (new[0] + new[1], new[2] + new[3]) == (10, 10)
        assert set(await arena.accumulated()) == ({"3.00"} if revision % 2 else {"0.00"})
    await arena.hold_true()


async def test_a_push_that_meets_the_opening_of_accounts_leaves_nobody_waiting(arena: Arena) -> None:
    await arena.rule()
    plan = await arena.plan()
    for turn in range(20):
        passing = [arena.row(plan, index, revision=2 * turn + 1) for index in range(10)]
        deeds = [arena.send(plan, *passing), arena.open_accounts()]
        if turn % 2:
            deeds.reverse()
        await asyncio.gather(*deeds)
        await arena.hold_true()
        assert set(await arena.accumulated()) == {"3.00"}
        await arena.push(plan, *(row | {"revision": 2 * turn + 2, "grading": "voided"} for row in passing))
        await arena.close_accounts()
    await arena.summary()


async def test_a_void_that_meets_the_push_it_voids_always_has_the_last_word(arena: Arena) -> None:
    await arena.rule()
    plan = await arena.plan()
    await arena.open_accounts()
    await arena.push(plan, *(arena.row(plan, index) for index in range(10)))
    for turn in range(1, 13):
        passing = [arena.row(plan, index, revision=2 * turn) for index in range(10)]
        voiding = [row | {"revision": 2 * turn + 1, "grading": "voided"} for row in passing]
        deeds = [passing, voiding] if turn % 2 else [voiding, passing]
        taken(await arena.at_once(plan, *deeds))
        assert set(await arena.accumulated()) == {"0.00"}
        assert {award["state"] for award in await arena.awards(None)} == {"revoked"}
    await arena.hold_true()
    await arena.summary()


async def test_a_void_that_meets_the_posting_of_due_deposits_leaves_nothing_behind(
    arena: Arena, monkeypatch: pytest.MonkeyPatch
) -> None:
    await arena.rule()
    plan = await arena.plan(objections_until=UNTIL)
    await arena.open_accounts()
    for turn in range(12):
        set_clock(monkeypatch, UNTIL - timedelta(days=1))
        passing = [arena.row(plan, index, revision=2 * turn + 1) for index in range(10)]
        batch = await arena.push(plan, *passing)
        assert batch["downstream"]["deposits_pending"] == 10
        set_clock(monkeypatch, UNTIL)
        voiding = [row | {"revision": 2 * turn + 2, "grading": "voided"} for row in passing]
        deeds = [arena.post_due_deposits(), arena.push(plan, *voiding)]
        if turn % 2:
            deeds.reverse()
        await asyncio.gather(*deeds)
        await arena.hold_true()
        accounts = [await arena.account(index) for index in range(10)]
        assert {(account["accumulated"], account["pending"]) for account in accounts} == {("0.00", "0.00")}
    await arena.summary()


async def test_of_two_persons_who_are_given_one_certificate_number_at_once_one_gets_it(arena: Arena) -> None:
    first, second = await arena.plan(), await arena.plan()
    for turn in range(5):
        number = f"ZS-{turn}"
        rows = [
            (first, arena.row(first, turn, certificate_number=number)),
            (second, arena.row(second, turn + 5, certificate_number=number)),
        ]
        answers = await asyncio.gather(*(arena.send(plan, row) for plan, row in rows))
        assert {answer.status_code for answer in answers} <= {201, 409}
        for answer, (plan, row) in zip(answers, rows, strict=True):
            if answer.status_code == 409:
                assert (answer.json()["code"], answer.headers["Retry-After"]) == ("busy", "1")
                assert await arena.code(plan, row) == "certificate_number_taken"
        assert [award["number"] for award in await arena.awards(None)].count(number) == 1


async def test_lists_registered_at_once_get_numbers_of_their_own_and_no_student_two(
    arena: Arena, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, make.CONFIRMED_AT)
    plan = await arena.plan(candidates=0)

    async def register(indexes: range) -> httpx.Response:
        students = [str(arena.world.schools[0].students[index]) for index in indexes]
        level = str(plan.level_ids[0])
        wishes = [{"student_id": student, "certificate_level_id": level} for student in students]
        return await arena.client.post(
            f"/v1/exam-plans/{plan.id}/registrations",
            json={"registrations": wishes},
            headers=arena.sign_in("coordinator") | {"Idempotency-Key": f"{indexes}"},
        )

    answers = await asyncio.gather(*(register(range(first, first + 4)) for first in (0, 4, 2)))
    found = await arena.get(f"/v1/partner/exam-plans/{plan.id}/candidates", who="machine", page_size=100)
    names = [candidate["name"] for candidate in found["items"]]
    assert len(names) == len(set(names)) in {4, 8}
    assert [answer.status_code for answer in answers].count(201) == len(names) // 4
    assert {answer.json().get("code") for answer in answers if answer.status_code != 201} == {"registrations_refused"}
    serials = [int(candidate["admission_number"].rpartition("-")[2]) for candidate in found["items"]]
    assert serials == list(range(1, len(names) + 1))


async def test_accounts_opened_by_several_at_once_are_opened_once(arena: Arena) -> None:
    await arena.rule()
    plan = await arena.plan()
    await arena.push(plan, *(arena.row(plan, index) for index in range(10)))
    opened = await asyncio.gather(*(arena.open_accounts() for _ in range(4)), arena.open_accounts(7, 3, 5))
    assert sum(answer["opened"] for answer in opened) == 10
    assert sum(answer["outcomes_recognised"] for answer in opened) == 10
    assert set(await arena.accumulated()) == {"3.00"}
    await arena.hold_true()


async def test_who_waits_too_long_is_told_to_come_back_and_can(own_urls: provision.Urls) -> None:
    settings = Settings(issuer="https://x-pilot.test", lock_timeout_ms=100)
    async with opened(own_urls, settings) as arena:
        plan = await arena.plan()
        async with arena.service.database.transaction(institution_id=plan.institution_id) as session:
            await session.execute(_HOLD, {"institution_id": plan.institution_id})
            answers = await arena.at_once(plan, *[[arena.row(plan)]] * 3, key="k")
            assert [answer.status_code for answer in answers] == [409] * 3
            assert {(answer.json()["code"], answer.headers["Retry-After"]) for answer in answers} == {("busy", "1")}
        answer = await arena.send(plan, arena.row(plan), key="k")
        assert (answer.status_code, answer.json()["accepted"]) == (201, 1)
