"""Registrations against the quota of their year: never one too many, and the figures in the refusal."""

from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from tests.participations.make import DOCUMENT, Office
from x_pilot_api.participations import commands
from x_pilot_api.participations.errors import QuotaExhausted
from x_pilot_api.participations.models import Participation

_TAKEN = text("""
SELECT part.id, part.taken, count(registration.id) AS held FROM participations AS part
LEFT JOIN registrations AS registration ON registration.institution_id = part.institution_id
    AND registration.participation_id = part.id AND registration.state NOT IN ('refused', 'withdrawn')
GROUP BY part.institution_id, part.id
""")


async def drift(office: Office) -> list[tuple[int, int]]:
    """List where what is taken differs from what registrations hold."""
    async with office.desk.service.database.transaction(read_only=True) as session:
        return [(row.taken, row.held) for row in (await session.execute(_TAKEN)).all() if row.taken != row.held]


async def test_without_participation_nobody_is_registered(office: Office) -> None:
    plan = await office.plan()
    answer = await office.register(plan, 0)
    (fault,) = answer.json()["errors"]
    assert (answer.status_code, fault["code"]) == (409, "not_participating")
    assert "2025-2026" in fault["detail"]
    await office.ask()
    assert (await office.register(plan, 0)).json()["errors"][0]["code"] == "not_participating"


async def test_participation_of_another_year_or_level_does_not_count(office: Office) -> None:
    await office.approved(office.wish(academic_year="2026-2027"))
    await office.approved(office.wish(academic_year="2024-2025"))
    await office.approved(office.wish(certificate_level_id=str(office.desk.world.organisations[0].levels["1"])))
    plan = await office.plan()
    assert (await office.register(plan, 0)).json()["errors"][0]["code"] == "not_participating"
    next_year = await office.plan(exam_on="2026-09-01", registration_closes_on="2026-08-31")
    assert (await office.register(next_year, 0)).status_code == 201


async def test_beyond_the_quota_each_item_is_told_its_figures_and_nothing_is_kept(office: Office) -> None:
    it = await office.approved(quota=3)
    plan = await office.plan()
    assert (await office.register(plan, 0, 1)).status_code == 201
    answer = await office.register(plan, 2, 3, 4)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (409, "registrations_refused")
    assert [(fault["row"], fault["code"]) for fault in told["errors"]] == [(2, "beyond_quota"), (3, "beyond_quota")]
    assert told["errors"][0]["detail"] == "2025-2026 学年名额 3，已占用 2；此条是本次名单中第 2 个。"
    assert ((await office.read(it))["taken"], (await office.read(it))["left"]) == (2, 1)
    assert (await office.register(plan, 2)).status_code == 201
    assert await drift(office) == []


async def test_whoever_is_refused_for_another_reason_takes_no_place_in_the_count(office: Office) -> None:
    await office.approved(quota=2)
    plan = await office.plan()
    await office.register(plan, 0)
    told = (await office.register(plan, 0, 1)).json()
    assert [(fault["row"], fault["code"]) for fault in told["errors"]] == [(1, "already_registered")]


async def test_the_quota_holds_across_the_exams_of_a_year(office: Office) -> None:
    it = await office.approved(quota=2)
    first, second = await office.plan(), await office.plan(exam_on="2026-07-20")
    assert (await office.register(first, 0)).status_code == 201
    assert (await office.register(second, 1)).status_code == 201
    assert (await office.register(second, 2)).json()["errors"][0]["code"] == "beyond_quota"
    assert (await office.read(it))["taken"] == 2


async def test_a_programmes_own_participation_goes_before_its_colleges(office: Office) -> None:
    college = await office.approved(quota=10)
    programme = await office.approved(office.for_programme(), quota=1)
    plan = await office.plan()
    assert (await office.register(plan, 0)).status_code == 201
    assert ((await office.read(college))["taken"], (await office.read(programme))["taken"]) == (0, 1)
    assert (await office.register(plan, 1)).json()["errors"][0]["code"] == "beyond_quota"
    await office.decide(programme, "end", decision_document=DOCUMENT, reason="停止")
    assert (await office.register(plan, 1)).json()["errors"][0]["code"] == "not_participating"


async def test_a_quota_never_falls_below_what_is_taken(office: Office) -> None:
    it = await office.approved(quota=5)
    await office.register(await office.plan(), 0, 1, 2)
    less = {"decision_document": DOCUMENT, "reason": "压缩"}
    assert await office.refused(it, "change", quota=2, **less) == (409, "quota_below_taken")
    assert (await office.decide(it, "change", quota=3, **less))["left"] == 0
    await office.decide(it, "end", **less)
    assert await office.refused(it, "resume", quota=2, **less) == (409, "quota_below_taken")


async def test_the_database_itself_refuses_one_place_too_many(office: Office) -> None:
    it = await office.approved(quota=3)
    too_many = text("UPDATE participations SET taken = 4 WHERE id = :id")
    async with office.desk.service.database.transaction() as session:
        with pytest.raises(IntegrityError, match="never_oversold"):
            async with session.begin_nested():
                await session.execute(too_many, {"id": it["id"]})


async def test_places_are_given_back_and_not_taken_beyond_what_is_left(office: Office) -> None:
    it = await office.approved(quota=3)
    institution_id = office.desk.world.schools[0].id
    places = {next(iter(await ids(office))): 2}
    async with office.desk.service.database.transaction() as session:
        await commands.take_places(session, institution_id=institution_id, places=places)
        with pytest.raises(QuotaExhausted) as refused:
            await commands.take_places(session, institution_id=institution_id, places=places)
        assert refused.value.figures == {"quota": 3, "taken": 2, "asked": 2}
        await commands.release_places(session, institution_id=institution_id, places=places)
    assert (await office.read(it))["taken"] == 0


async def ids(office: Office) -> list[UUID]:
    async with office.desk.service.database.transaction(read_only=True) as session:
        return list((await session.scalars(select(Participation.id))).all())
