"""Who can be registered, ground by ground: the explanation says what registering does."""

from datetime import UTC, datetime

import httpx
import pytest

from tests.exams import make
from tests.exams.desk import Desk, Json, set_clock
from tests.exams.hall import IN_MAY, LONG, MORNING, Hall, codes
from x_pilot_api.exams.rules.registrations import BY_CODE

LATER = {"registration_closes_on": "2026-07-31", "exam_on": "2026-08-01"}


@pytest.fixture
def hall(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Hall:
    set_clock(monkeypatch, IN_MAY)
    return Hall(desk)


async def explained(hall: Hall, plan: Json, index: int = 0, *, level: str = "2", **query: str) -> Json:
    """Ask why a student can be registered, or why not."""
    told: Json = await hall.desk.get(
        f"/v1/exam-plans/{plan['id']}/registrations:explain-eligibility",
        who="coordinator",
        student_id=str(hall.desk.world.schools[0].students[index]),
        certificate_level_id=str(hall.level(level)),
        **query,
    )
    return told


def unmet(told: Json) -> list[str]:
    """List the grounds that refuse."""
    return [ground["code"] for ground in told["grounds"] if not ground["is_met"]]


async def agree(hall: Hall, plan: Json, answer: httpx.Response, index: int = 0, **asked: str) -> str:
    """Hold an explanation against what registering answers, and tell the first ground."""
    told = await explained(hall, plan, index, **asked)
    (code,) = codes(answer)
    assert not told["is_eligible"]
    assert unmet(told)[0] == code
    assert next(g for g in told["grounds"] if g["code"] == code)["detail"] == answer.json()["errors"][0]["detail"]
    return code


async def test_every_ground_is_told_with_its_figures(hall: Hall) -> None:
    plan = await hall.plan()
    await hall.sitting(plan, seats=3)
    await hall.quota(5)
    told = await explained(hall, plan)
    assert (told["is_eligible"], told["is_open"], told["seats_free"], told["waiting"]) == (True, True, 3, 0)
    assert [ground["code"] for ground in told["grounds"]] == list(BY_CODE)
    figures = {ground["code"]: ground["figures"] for ground in told["grounds"]}
    assert figures["beyond_quota"] == {"academic_year": "2025-2026", "quota": 5, "taken": 0, "place": 1}
    assert figures["not_participating"] == {"academic_year": "2025-2026"}
    assert figures["certificate_not_admitted"] == {"admitted_on": "2024-01-01", "exited_on": None}
    assert all(ground["asks"] and ground["detail"] is None for ground in told["grounds"])


async def test_the_explanation_is_what_registering_says(hall: Hall) -> None:
    plan = await hall.plan()
    await hall.sitting(plan, seats=5)
    async with hall.desk.service.database.transaction() as session:
        await make.let_leave(session, hall.desk.world, 5)
    assert await agree(hall, plan, await hall.register(plan, 5), 5) == "student_not_enrolled"
    lower = await hall.register(plan, 0, certificate_level_id=str(hall.level("1")))
    assert await agree(hall, plan, lower, level="1") == "level_not_examined"
    await hall.registered(plan, 0)
    assert await agree(hall, plan, await hall.register(plan, 0)) == "already_registered"
    await hall.quota(1)
    assert await agree(hall, plan, await hall.register(plan, 1), 1) == "beyond_quota"


async def test_while_a_result_is_pending_nobody_registers_for_the_level_again(hall: Hall) -> None:
    first, second = await hall.plan(), await hall.plan()
    (made,) = await hall.registered(first, 0)
    refused = await hall.register(second, 0)
    assert await agree(hall, second, refused) == "result_pending"
    assert first["code"] in refused.json()["errors"][0]["detail"]
    await hall.done(f"/registrations/{made['id']}:withdraw", {"reason": "转学"})
    await hall.registered(second, 0)


async def test_a_pass_is_not_sat_again_and_a_failure_is(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    held = await hall.desk.plan()
    after = datetime(2026, 6, 21, tzinfo=UTC)
    set_clock(monkeypatch, after)
    await hall.desk.push(held, hall.desk.row(held), hall.desk.row(held, 1, **make.FAILED))
    again = await hall.plan("1", "2", **LATER)
    assert await agree(hall, again, await hall.register(again, 0)) == "already_awarded"
    assert unmet(await explained(hall, again)) == ["already_awarded", "level_passed"]
    # A higher level includes the lower one's requirements.
    lower = await hall.register(again, 0, certificate_level_id=str(hall.level("1")))
    assert await agree(hall, again, lower, level="1") == "already_awarded"
    assert "2" in lower.json()["errors"][0]["detail"]
    await hall.registered(again, 1)


async def test_two_sittings_at_one_time_are_told_with_the_other_plan(hall: Hall) -> None:
    first, second = await hall.plan(), await hall.plan("1")
    await hall.sitting(first, seats=5)
    meeting = await hall.sitting(second, seats=5, level="1", starts_at=MORNING + LONG / 2)
    await hall.registered(first, 0)
    told = await explained(hall, second, level="1", sitting_id=str(meeting))
    assert unmet(told) == ["sitting_overlaps"]
    figures = next(ground["figures"] for ground in told["grounds"] if ground["code"] == "sitting_overlaps")
    assert figures == {"sittings": 1, "plan_code": first["code"]}


async def test_whose_programme_takes_no_part_goes_through_the_social_channel(hall: Hall) -> None:
    plan = await hall.plan(registration_closes_on="2026-05-31", exam_on="2045-06-20")
    level_id, student_id = str(hall.level()), str(hall.desk.world.schools[0].students[0])
    assert await agree(hall, plan, await hall.register(plan, 0)) == "not_participating"
    told = await explained(hall, plan, channel="social")
    assert told["is_eligible"], unmet(told)
    body = {
        "registrations": [{"student_id": student_id, "certificate_level_id": level_id}],
        "channel": "social",
        "college_id": str(hall.desk.world.schools[0].colleges[0]),
    }
    made = (await hall.done(f"/exam-plans/{plan['id']}/registrations", body))["registrations"]
    told = await hall.read(made[0]["id"])
    assert (told["channel"], told["state"], told["student_id"]) == ("social", "accepted", student_id)
    other = body | {"college_id": str(hall.desk.world.schools[0].colleges[1])}
    assert (await hall.post(f"/exam-plans/{plan['id']}/registrations", other)).status_code == 404


async def test_the_social_channel_is_no_way_around_the_quota(hall: Hall) -> None:
    plan = await hall.plan()
    assert "social_channel_not_needed" in unmet(await explained(hall, plan, channel="social"))


async def test_another_s_student_is_not_explained(hall: Hall) -> None:
    plan = await hall.plan()
    path = f"/v1/exam-plans/{plan['id']}/registrations:explain-eligibility"
    query = {
        "student_id": str(hall.desk.world.schools[0].students[0]),
        "certificate_level_id": str(hall.level()),
    }
    answer = await hall.desk.client.get(path, params=query, headers=hall.desk.sign_in("sibling_coordinator"))
    assert answer.status_code == 404
