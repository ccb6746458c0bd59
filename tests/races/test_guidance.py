"""Questionnaires, parties, minutes, problems and reminders, each by several at once and with real commits."""

import asyncio
from collections import Counter
from datetime import UTC, date, datetime

import httpx
import pytest
from sqlalchemy import text

from tests.exams.desk import Desk, set_clock
from tests.guidance.make import Guide
from x_pilot_api.guidance.commands import telling
from x_pilot_api.guidance.queries import surveys

AT_ONCE = 10


@pytest.fixture
async def guide(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Guide:
    set_clock(monkeypatch, datetime(2026, 5, 10, 4, tzinfo=UTC))
    return Guide(desk)


def codes(answers: list[httpx.Response]) -> Counter[str]:
    return Counter("done" if answer.is_success else answer.json()["code"] for answer in answers)


async def enter(guide: Guide) -> tuple[Counter[str], int]:
    """Enter the same questionnaire at once, so many times."""
    survey = await guide.survey()
    batch = {"responses": [{"reference": "001", "answers": ["是", 3, None]}]}
    path = f"/surveys/{survey['id']}/responses"
    answers = await asyncio.gather(*(guide.post(path, batch) for _ in range(AT_ONCE)))
    return codes(answers), (await guide.desk.get(f"/v1/surveys/{survey['id']}"))["responses"]


async def test_a_questionnaire_entered_at_once_counts_once(guide: Guide) -> None:
    assert await enter(guide) == ({"done": 1, "survey_responses_refused": AT_ONCE - 1}, 1)


async def test_even_if_nobody_looked_whether_it_is_there_it_counts_once(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def look_at_nothing(*_: object, **__: object) -> set[str]:
        return set()

    monkeypatch.setattr(surveys, "list_known_references", look_at_nothing)
    assert await enter(guide) == ({"done": 1, "survey_responses_refused": AT_ONCE - 1}, 1)


async def test_a_party_entered_at_once_is_there_once(guide: Guide) -> None:
    body = {"name": "淮安市会计学会", "kind": "association"}
    answers = await asyncio.gather(*(guide.post("/outside-parties", body) for _ in range(AT_ONCE)))
    assert codes(answers) == {"done": 1, "outside_party_exists": AT_ONCE - 1}


async def test_minutes_are_signed_off_once_and_a_problem_is_solved_once(guide: Guide) -> None:
    drafted, problem = await guide.consult(), await guide.assigned()
    signed = await asyncio.gather(*(guide.sign_off(drafted) for _ in range(AT_ONCE)))
    assert codes(signed)["done"] == 1
    path = f"/pilot-problems/{problem['id']}:resolve"
    solved = await asyncio.gather(*(guide.post(path, {"resolution": "好了"}, who="registrar") for _ in range(AT_ONCE)))
    assert codes(solved) == {"done": 1, "deed_not_allowed": AT_ONCE - 1}
    told = await guide.desk.get(f"/v1/pilot-problems/{problem['id']}")
    assert [step["number"] for step in told["steps"]] == [1, 2, 3]


async def test_two_workers_at_once_remind_once(guide: Guide) -> None:
    await guide.assigned(owner="registrar", due_on="2026-05-12")
    own = guide.desk.world.schools[0].id

    async def remind() -> int:
        async with guide.desk.service.database.transaction(institution_id=own) as session:
            return await telling.remind_owners(session, institution_id=own, today=date(2026, 5, 13))

    assert sorted(await asyncio.gather(*(remind() for _ in range(4)))) == [0, 0, 0, 1]
    async with guide.desk.service.database.transaction(read_only=True, institution_id=own) as session:
        kept = await session.execute(text("SELECT count(*) FROM guidance_reminders"))
        assert kept.scalar_one() == 1
