"""Publicity and administrators' trainings through HTTP: recorded, corrected, summed up, and whom they covered."""

from typing import Any

from sqlalchemy import text

from tests.guidance.make import Guide


def publicity(guide: Guide, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "college_id": guide.college(),
        "title": "政策宣讲",
        "policy_reference": "教职所〔2020〕22号",
        "channel": "lecture",
        "held_on": "2026-05-01",
        "reach": 120,
        "counted_by": "签到表",
    } | changes


def training(guide: Guide, *people: tuple[str, bool], **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "college_id": None,
        "subject": "考务规范",
        "held_on": "2026-04-01",
        "hours_tenths": 25,
        "trainer": "省1+X办公室",
        "people": [{"person_id": guide.person(who), "took_part": took} for who, took in people],
    } | changes


async def test_publicity_is_summed_up_by_year_college_and_channel(guide: Guide) -> None:
    await guide.done("/policy-publicities", publicity(guide))
    await guide.done("/policy-publicities", publicity(guide, reach=80, held_on="2026-01-01"))
    await guide.done("/policy-publicities", publicity(guide, channel="website", reach=900))
    await guide.done("/policy-publicities", publicity(guide, held_on="2025-12-31", reach=5))
    await guide.done("/policy-publicities", publicity(guide, college_id=None, reach=7), who="registrar")
    await guide.done("/policy-publicities", publicity(guide, college_id=guide.college(1)), who="registrar")
    told = await guide.desk.get("/v1/policy-publicity-sums", year=2026)
    assert (told["occasions"], told["reach"]) == (5, 1227)
    sums = {(it["college_id"], it["channel"]): (it["occasions"], it["reach"]) for it in told["sums"]}
    assert sums == {
        (guide.college(), "lecture"): (2, 200),
        (guide.college(), "website"): (1, 900),
        (guide.college(1), "lecture"): (1, 120),
        (None, "lecture"): (1, 7),
    }
    own = await guide.desk.get("/v1/policy-publicity-sums", who="coordinator", year=2026)
    assert (own["occasions"], own["reach"]) == (4, 1107)
    assert len(await guide.items("/policy-publicities", year=2025)) == 1
    assert [it["reach"] for it in await guide.items("/policy-publicities", channel="website")] == [900]


async def test_what_was_recorded_is_corrected_by_whose_it_is(guide: Guide) -> None:
    recorded = await guide.done("/policy-publicities", publicity(guide))
    path = f"/policy-publicities/{recorded['id']}"
    corrected = await guide.put(path, publicity(guide, reach=121))
    assert (corrected.json()["reach"], corrected.json()["is_own"]) == (121, True)
    stale = await guide.put(path, publicity(guide), tag='W/"0"')
    assert stale.status_code == 412
    assert (await guide.put(path, publicity(guide), who="sibling_coordinator")).status_code == 404
    moved = await guide.put(path, publicity(guide, college_id=guide.college(1)))
    assert moved.status_code == 404
    office = await guide.done("/policy-publicities", publicity(guide, college_id=None), who="registrar")
    assert (await guide.put(f"/policy-publicities/{office['id']}", publicity(guide))).status_code == 404
    future = publicity(guide, held_on="2026-05-11")
    assert await guide.refused("/policy-publicities", future) == (409, "held_in_future")
    assert (await guide.post("/policy-publicities", publicity(guide, reach=-1))).status_code == 422


async def test_coverage_counts_administrators_who_took_part_in_the_year(guide: Guide) -> None:
    await guide.done(
        "/administrator-trainings",
        training(guide, ("coordinator", True), ("sibling_coordinator", False), ("registrar", True)),
        who="registrar",
    )
    await guide.done("/administrator-trainings", training(guide, ("coordinator", True), college_id=guide.college()))
    await guide.done(
        "/administrator-trainings",
        training(guide, ("sibling_coordinator", True), held_on="2025-12-31"),
        who="registrar",
    )
    told = await guide.desk.get("/v1/administrator-training-coverage", year=2026)
    assert (told["whole"]["trained"], told["whole"]["administrators"]) == (1, 2)
    assert [(it["college_id"], it["trained"], it["administrators"]) for it in told["colleges"]] == [
        (guide.college(), 1, 1),
        (guide.college(1), 0, 1),
    ]
    before = await guide.desk.get("/v1/administrator-training-coverage", year=2025)
    assert (before["whole"]["trained"], before["colleges"][1]["trained"]) == (1, 1)
    own = await guide.desk.get("/v1/administrator-training-coverage", who="sibling_coordinator", year=2026)
    assert [(it["college_id"], it["trained"]) for it in own["colleges"]] == [(guide.college(1), 0)]


async def test_who_left_administers_nothing(guide: Guide) -> None:
    async with guide.desk.service.database.transaction() as session:
        await session.execute(
            text("UPDATE people SET disabled_at = '2026-05-01' WHERE id = :id"),
            {"id": guide.desk.world.callers["sibling_coordinator"].id},
        )
    told = await guide.desk.get("/v1/administrator-training-coverage", year=2026)
    assert (told["whole"]["administrators"], told["colleges"][1]["administrators"]) == (1, 0)


async def test_a_training_is_corrected_with_its_participants(guide: Guide) -> None:
    wish = training(guide, ("coordinator", False))
    recorded = await guide.done("/administrator-trainings", wish, who="registrar")
    assert (recorded["invited"], recorded["took_part"]) == (1, 0)
    path = f"/administrator-trainings/{recorded['id']}"
    anew = training(guide, ("coordinator", True), ("teacher", True), hours_tenths=30)
    told = (await guide.put(path, anew, who="registrar")).json()
    assert (told["invited"], told["took_part"], told["hours_tenths"]) == (2, 2, 30)
    assert [it["person_name"] for it in told["people"]] == ["coordinator", "teacher"]
    read = await guide.desk.get(f"/v1{path}", who="coordinator")
    assert (read["is_own"], len(read["people"])) == (False, 2)


async def test_only_staff_take_part(guide: Guide) -> None:
    for who in ("student", "registrar_2", "org_staff"):
        wish = training(guide, (who, True))
        refused = await guide.refused("/administrator-trainings", wish, who="registrar")
        assert refused == (409, "training_people_unfit")
    twice = training(guide, ("coordinator", True), ("coordinator", False))
    assert (await guide.post("/administrator-trainings", twice, who="registrar")).status_code == 422


async def test_the_staff_to_choose_from_are_the_offices_and_the_colleges_one_acts_for(guide: Guide) -> None:
    async def names(who: str, **query: str | int) -> set[str]:
        return {it["name"] for it in await guide.items("/guidance-people", who=who, **query)}

    assert await names("registrar") == {"registrar", "coordinator", "sibling_coordinator"}
    assert await names("coordinator", with_teachers="true") == {"registrar", "coordinator", "teacher"}
    assert await names("sibling_coordinator", with_teachers="true") == {"registrar", "sibling_coordinator"}
    assert await names("registrar", college_id=guide.college(1)) == {"registrar", "sibling_coordinator"}
    assert await names("registrar_2") == {"registrar_2", "coordinator_2", "sibling_coordinator_2"}
