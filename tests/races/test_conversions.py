"""Conversions at once, with real commits: nothing is used twice, and who comes second is told or waits."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.credits.converting import Clerk
from tests.exams.desk import Desk, set_clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.credits.commands import conversion_staging, conversions, deciding
from x_pilot_api.ledger import commands as ledger_commands
from x_pilot_api.ledger import queries as ledger

TIMES = 8


@pytest.fixture
async def clerk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    set_clock(monkeypatch, datetime(2026, 6, 25, 4, tzinfo=UTC))
    return Clerk(desk)


async def adds_up(clerk: Clerk) -> None:
    """See that the book agrees with itself, and with what conversions hold and have used."""
    await clerk.desk.summary()
    async with clerk.desk.service.database.transaction(read_only=True, institution_id=clerk.institution_id) as session:
        assert await ledger.list_balances_wrong(session, clerk.institution_id) == []
        wrong = await session.execute(
            text("""
            SELECT outcome.id FROM learning_outcomes AS outcome
            LEFT JOIN conversions AS conversion ON conversion.institution_id = outcome.institution_id
                AND conversion.outcome_id = outcome.id AND conversion.cover_entry_id IS NULL
                AND conversion.state IN ('requested', 'agreed', 'approved', 'confirmed', 'granted')
            GROUP BY outcome.institution_id, outcome.id
            HAVING outcome.used_hundredths <> coalesce(sum(conversion.credit_hundredths), 0)
            """)
        )
        assert wrong.all() == []


async def both_want_the_same(clerk: Clerk, times: int = TIMES) -> Counter[str]:
    """Let clerks ask for the same outcome's credits at once, for two courses in turn, and tell what became of it."""
    await clerk.earn(0, credit=200, lines=(200, 200))
    wishes = [await clerk.wish(0, course) for course in (0, 1)]
    answers = await asyncio.gather(
        *(clerk.post("coordinator", "conversions", wishes=[wishes[place % 2]]) for place in range(times))
    )
    return Counter(
        "made" if answer.status_code == 201 else (answer.json()["errors"] or [answer.json()])[0]["code"]
        for answer in answers
    )


async def test_clerks_who_convert_the_same_outcome_at_once_convert_it_once(clerk: Clerk) -> None:
    codes = await both_want_the_same(clerk)
    assert codes == {"made": 1, "outcome_credits_used": TIMES - 1}
    assert await clerk.figures() == ("2.00", "2.00", "0.00")
    await adds_up(clerk)


def meet_when_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two deeds both have looked before either writes."""
    met = asyncio.Barrier(2)
    judged = conversion_staging.refuse_all_if_any

    async def judge_and_meet(session: AsyncSession, *, asked: int, pointer: str) -> None:
        await judged(session, asked=asked, pointer=pointer)
        await met.wait()

    monkeypatch.setattr(conversion_staging, "refuse_all_if_any", judge_and_meet)


def post_when_over(monkeypatch: pytest.MonkeyPatch) -> tuple[asyncio.Event, asyncio.Event]:
    """Let who posts first have looked, and post only when the other is over: side by side they lock each other out."""
    looked, over = asyncio.Event(), asyncio.Event()
    post = ledger_commands.post_staged

    async def post_later(session: AsyncSession, actor: Actor, *, institution_id: UUID, cause: UUID) -> object:
        if not looked.is_set():
            looked.set()
            await over.wait()
        return await post(session, actor, institution_id=institution_id, cause=cause)

    monkeypatch.setattr(ledger_commands, "post_staged", post_later)
    return looked, over


async def nobody(*_: object, **__: object) -> None:
    """Lock nobody."""


async def test_even_if_nobody_locked_the_persons_no_credits_are_used_twice(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversions.registry, "lock_persons", nobody)
    meet_when_judged(monkeypatch)
    codes = await both_want_the_same(clerk, 2)
    # Whoever read too early is stopped by the outcome's own count, which is no answer to be proud of.
    assert codes["made"] == 1
    assert sum(codes.values()) == 2
    assert await clerk.figures() == ("2.00", "2.00", "0.00")
    await adds_up(clerk)


async def chains_meet(clerk: Clerk) -> int:
    """Let one ask for a course by the certificate, and another for a part of the certificate by the course, at once."""
    await clerk.earn(0)
    await clerk.desk.client.post(
        "/v1/policy-limits",
        json={"code": "not_passed", "is_waived": True, "document_number": "教1号", "effective_from": "2026-06-25"},
        headers=clerk.desk.sign_in("registrar") | {"Idempotency-Key": "waive"},
    )
    await clerk.pass_course(0, 0)
    mapping_id = await clerk.offset_rule(0, level="1")
    wish = await clerk.wish()
    answers = await asyncio.gather(
        clerk.post("coordinator", "conversions", wishes=[wish]),
        clerk.post("student", "conversions:offset", wishes=[clerk.offset(mapping_id, 0)]),
    )
    return sum(answer.status_code == 201 for answer in answers)


async def test_a_chain_cannot_be_closed_from_both_ends_at_once(clerk: Clerk) -> None:
    assert await chains_meet(clerk) == 1
    await adds_up(clerk)


async def test_without_the_lock_a_chain_is_closed_from_both_ends(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversions.registry, "lock_persons", nobody)
    meet_when_judged(monkeypatch)
    assert await chains_meet(clerk) == 2


async def test_a_correction_and_a_grant_at_once_leave_either_a_flag_or_a_lapse(clerk: Clerk) -> None:
    await clerk.earn(0, 1, 2)
    made = await clerk.request(*[await clerk.wish(index) for index in range(3)])
    await clerk.grant(*made, until="confirm")
    answers = await asyncio.gather(
        *(clerk.decide("record", each) for each in made), *(clerk.lose(index) for index in range(3))
    )
    for index, (each, answer) in enumerate(zip(made, answers, strict=False)):
        found = await clerk.read(each)
        granted = getattr(answer, "status_code", 0) == 201
        assert (found["state"], found["flagged_at"] is not None) == (
            ("granted", True) if granted else ("lapsed", False)
        )
        assert bool(await clerk.grades(index)) == granted
        assert await clerk.figures(index) == ("0.00", "0.00", "0.00")
    await adds_up(clerk)


async def test_approving_and_withdrawing_at_once_does_one_of_them(clerk: Clerk) -> None:
    await clerk.policy("registrar")
    await clerk.earn(0)
    for _ in range(3):
        (made,) = await clerk.request(await clerk.wish(), who="student")
        approved, withdrawn = await asyncio.gather(
            clerk.decide("approve", made),
            clerk.post("student", "conversions:withdraw", conversion_ids=[made], reason="改选"),
        )
        assert sorted([approved.status_code, withdrawn.status_code]) == [201, 409]
        assert await clerk.states(made) == ["granted" if approved.status_code == 201 else "withdrawn"]
        await adds_up(clerk)
        if approved.status_code == 201:
            return


async def test_without_their_locks_a_conversion_is_both_granted_and_withdrawn(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await clerk.policy("registrar")
    await clerk.earn(0)
    (made,) = await clerk.request(await clerk.wish(), who="student")
    monkeypatch.setattr(deciding.registry, "lock_persons", nobody)
    monkeypatch.setattr(deciding.rules, "LOCK_CONVERSIONS", "SELECT 1 WHERE CAST(:institution_id AS uuid) IS NULL")
    looked, over = post_when_over(monkeypatch)
    withdrawing = asyncio.create_task(
        clerk.post("student", "conversions:withdraw", conversion_ids=[made], reason="改选")
    )
    await asyncio.wait_for(looked.wait(), timeout=60)
    done = await clerk.decide("approve", made)
    over.set()
    # Even then the book lets what is held be used or released, never both.
    refused = await withdrawing
    assert (done.status_code, refused.status_code, refused.json()["code"]) == (201, 409, "transfer_resolved")
    await adds_up(clerk)
