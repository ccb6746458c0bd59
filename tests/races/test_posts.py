"""Two persons in charge of one college, and two new leaders of one group, at the same moment and with real commits."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.exams.desk import Desk, Json, set_clock
from tests.posts.make import DOCUMENT, Secretariat
from x_pilot_api.posts import queries
from x_pilot_api.posts.models import CollegePost

# On every day somebody in charge begins, nobody else is.
_DOUBLED = text("""
SELECT count(*) FROM college_posts AS one JOIN college_posts AS other
    ON other.institution_id = one.institution_id AND other.college_id = one.college_id AND other.id > one.id
WHERE one.kind = 'person_in_charge' AND other.kind = 'person_in_charge'
    AND one.state = 'appointed' AND other.state = 'appointed'
    AND daterange(one.held_from, one.held_to, '[]') && daterange(other.held_from, other.held_to, '[]')
""")
_LEADERS = text("SELECT held_from FROM working_group_leaders WHERE working_group_id = :id ORDER BY held_from")


@pytest.fixture
async def secretariat(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Secretariat:
    set_clock(monkeypatch, datetime(2026, 9, 10, tzinfo=UTC))
    secretariat = Secretariat(desk)
    await secretariat.hire()
    return secretariat


async def _codes(secretariat: Secretariat, *deeds: tuple[str, Json]) -> list[str]:
    answers = await asyncio.gather(*(secretariat.send(path, body) for path, body in deeds))
    return sorted("done" if answer.status_code == 200 else answer.json()["code"] for answer in answers)


async def _proposed(secretariat: Secretariat) -> list[tuple[str, Json]]:
    made = [
        await secretariat.done("/college-posts", secretariat.post(holder=secretariat.teacher(number)))
        for number in range(4)
    ]
    return [(f"/college-posts/{it['id']}:appoint", {"document": DOCUMENT}) for it in made]


def _look_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody see another's appointment before their own is refused."""
    known, looks = queries.find_clash, dict[UUID, int]()

    async def late(session: AsyncSession, post: CollegePost) -> CollegePost | None:
        looks[post.id] = looks.get(post.id, 0) + 1
        return None if looks[post.id] == 1 else await known(session, post)

    monkeypatch.setattr(queries, "find_clash", late)


async def test_of_four_appointed_at_once_one_is_in_charge(secretariat: Secretariat) -> None:
    codes = await _codes(secretariat, *await _proposed(secretariat))
    assert codes == ["done", *["person_in_charge_there"] * 3]


async def test_the_constraint_stands_where_nobody_looks_first(
    secretariat: Secretariat, monkeypatch: pytest.MonkeyPatch
) -> None:
    deeds = await _proposed(secretariat)
    _look_late(monkeypatch)
    assert await _codes(secretariat, *deeds) == ["done", *["person_in_charge_there"] * 3]
    async with secretariat.desk.service.database.transaction(read_only=True) as session:
        assert (await session.execute(_DOUBLED)).scalar_one() == 0


async def test_nobody_is_appointed_twice_to_one_post(secretariat: Secretariat, monkeypatch: pytest.MonkeyPatch) -> None:
    body = secretariat.post(kind="dedicated_staff")
    made = [await secretariat.done("/college-posts", body) for _ in range(3)]
    _look_late(monkeypatch)
    deeds = [(f"/college-posts/{it['id']}:appoint", {"document": DOCUMENT}) for it in made]
    assert await _codes(secretariat, *deeds) == ["done", *["post_held_already"] * 2]


async def test_of_two_changes_of_leader_on_one_day_one_is_done(secretariat: Secretariat) -> None:
    group = await secretariat.established(members=[])
    path = f"/working-groups/{group['id']}:change-leader"
    deeds = [
        (path, {"leader": secretariat.teacher(number), "held_from": "2026-10-01", "document": DOCUMENT})
        for number in (1, 2, 3)
    ]
    assert await _codes(secretariat, *deeds) == ["done", "group_day_unfit", "group_day_unfit"]
    async with secretariat.desk.service.database.transaction(read_only=True) as session:
        begins = (await session.scalars(_LEADERS, {"id": UUID(group["id"])})).all()
    assert [str(each) for each in begins] == ["2026-09-01", "2026-10-01"]


async def test_of_two_handovers_of_one_post_one_is_done(secretariat: Secretariat) -> None:
    post = await secretariat.appointed()
    path = f"/college-posts/{post['id']}:hand-over"
    deeds = [
        (path, {"holder": secretariat.teacher(number), "held_from": f"2026-10-0{number}", "document": DOCUMENT})
        for number in (1, 2)
    ]
    codes = await _codes(secretariat, *deeds)
    async with secretariat.desk.service.database.transaction(read_only=True) as session:
        assert (await session.execute(_DOUBLED)).scalar_one() == 0
    # The later one may come first and the earlier one then still fits before it, or else is refused.
    assert codes[0] == "done"
    assert set(codes) <= {"done", "post_day_unfit", "person_in_charge_there"}
