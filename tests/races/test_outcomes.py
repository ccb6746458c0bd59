"""Outcomes at once, with real commits: nothing is recognised, expired or submitted twice, whoever is quicker."""

import asyncio
from collections import Counter
from datetime import timedelta

import httpx
import pytest

from tests.credits.converting import Clerk
from tests.credits.outcoming import GRADE, ZONE, Dean, line
from tests.exams.desk import Desk
from tests.races.test_conversions import adds_up, nobody
from x_pilot_api.core import clock
from x_pilot_api.credits.commands import expiring, outcomes

TIMES = 6


@pytest.fixture
async def dean(desk: Desk) -> Dean:
    made = Dean(Clerk(desk))
    await made.clerk.desk.open_accounts(0)
    await made.policy(line(), line(GRADE, "3.00"))
    return made


def codes(answers: list[httpx.Response]) -> Counter[str]:
    """Tell what became of answers given at once."""
    return Counter(
        "made" if answer.status_code == 201 else (answer.json()["errors"] or [answer.json()])[0]["code"]
        for answer in answers
    )


async def recognise_at_once(dean: Dean) -> Counter[str]:
    """Let clerks recognise the same outcome at once."""
    (made,) = await dean.submit(dean.training())
    await dean.verify(made)
    return codes(await asyncio.gather(*(dean.recognise(made) for _ in range(TIMES))))


async def test_clerks_who_recognise_the_same_outcome_at_once_recognise_it_once(dean: Dean) -> None:
    assert await recognise_at_once(dean) == {"made": 1, "submission_not_due": TIMES - 1}
    assert await dean.clerk.figures() == ("2.00", "0.00", "2.00")
    await adds_up(dean.clerk)


async def test_even_if_nobody_locked_it_an_outcome_is_recognised_once(
    dean: Dean, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes.registry, "lock_persons", nobody)
    monkeypatch.setattr(outcomes.rules, "LOCK_SUBMISSIONS", "SELECT 1 WHERE CAST(:institution_id AS uuid) IS NULL")
    # Whoever read too early is stopped by the book's own key, which is no answer to be proud of.
    assert (await recognise_at_once(dean))["made"] == 1
    assert await dean.clerk.figures() == ("2.00", "0.00", "2.00")
    await adds_up(dean.clerk)


async def submit_at_once(dean: Dean) -> Counter[str]:
    """Let a student and their college submit the same grade at once."""
    asked = [dean.of_grade(await dean.grade())]
    who = ["student" if place % 2 else "coordinator" for place in range(TIMES)]
    return codes(await asyncio.gather(*(dean.clerk.post(each, "outcomes", outcomes=asked) for each in who)))


async def test_the_same_grade_submitted_at_once_is_submitted_once(dean: Dean) -> None:
    assert await submit_at_once(dean) == {"made": 1, "outcome_submitted_already": TIMES - 1}


async def test_even_if_nobody_locked_them_the_same_grade_is_submitted_once(
    dean: Dean, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outcomes.registry, "lock_persons", nobody)
    assert (await submit_at_once(dean))["made"] == 1


async def test_expiry_and_a_conversion_at_once_share_nothing(dean: Dean) -> None:
    await dean.expiry("certificate", months=1, notice=0)
    await dean.clerk.earn(0)
    wish = await dean.clerk.wish()
    asked, night, again = await asyncio.gather(
        dean.clerk.post("coordinator", "conversions", wishes=[wish]),
        dean.night(clock.today(ZONE) + timedelta(days=60)),
        dean.night(clock.today(ZONE) + timedelta(days=60)),
    )
    is_held = asked.status_code == 201
    assert night.credit + again.credit == (0 if is_held else 200)
    assert await dean.clerk.figures() == (("2.00", "2.00", "0.00") if is_held else ("0.00", "0.00", "0.00"))
    await adds_up(dean.clerk)


async def test_two_nights_at_once_let_credits_run_out_once_even_if_nobody_locked(
    dean: Dean, monkeypatch: pytest.MonkeyPatch
) -> None:
    await dean.expiry(months=1, notice=0)
    await dean.recognised(dean.training())
    monkeypatch.setattr(expiring.registry, "lock_persons", nobody)
    day = clock.today(ZONE) + timedelta(days=60)
    await asyncio.gather(*(dean.night(day) for _ in range(3)), return_exceptions=True)
    assert await dean.clerk.figures() == ("0.00", "0.00", "0.00")
    await adds_up(dean.clerk)
