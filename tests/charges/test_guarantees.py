"""The guaranteed attempt: granted once, reserved with the seat, used by attendance, and what absence does to it."""

import pytest

from tests.charges.till import Till
from tests.exams.hall import IN_MAY
from x_pilot_api.charges import commands, tasks
from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.jobs import Job


async def test_every_student_of_the_pilot_is_granted_one_attempt_and_only_one(till: Till) -> None:
    async with till.hall.desk.service.database.transaction(institution_id=till.school_id) as session:
        assert await commands.grant_guarantees(session, SYSTEM, institution_id=till.school_id) == 10
        assert await commands.grant_guarantees(session, SYSTEM, institution_id=till.school_id) == 0
    assert await till.guarantee(0) == ("available", None, 0)
    assert await till.events(0) == [("grant", "pilot_programme")]


async def test_it_is_reserved_with_the_registration_and_given_back_with_it(till: Till) -> None:
    plan = await till.hall.plan()
    (made,) = await till.hall.registered(plan, 0)
    assert await till.guarantee(0) == ("reserved", made["id"], 0)
    await till.hall.done(f"/registrations/{made['id']}:withdraw", {"reason": "转学"})
    assert await till.guarantee(0) == ("available", None, 0)
    assert await till.events(0) == [
        ("grant", "pilot_programme"),
        ("reserve", "registration"),
        ("release", "withdrawal"),
    ]


async def test_a_second_registration_does_not_have_it_too(till: Till) -> None:
    _, made = await till.again(0)
    _, other = await till.again(1)
    plan = await till.hall.plan()
    await till.hall.registered(plan, 0)
    assert (await till.guarantee(0))[1] == made["id"]
    assert (await till.guarantee(1))[1] == other["id"]


async def test_who_waits_for_a_seat_has_it_reserved_when_one_is_offered(till: Till) -> None:
    plan = await till.hall.plan()
    await till.hall.sitting(plan, seats=1)
    first, second = await till.hall.registered(plan, 0, 1)
    assert (await till.guarantee(0))[0] == "reserved"
    assert second["state"] == "waiting"
    assert await till.count("SELECT count(*) FROM guarantees WHERE student_id = :it", it=till.student(1)) == 0
    await till.hall.done(f"/registrations/{first['id']}:withdraw", {"reason": "转学"})
    assert await till.guarantee(1) == ("reserved", second["id"], 0)
    await till.hall.done(f"/registrations/{second['id']}:decline-offer")
    assert await till.guarantee(1) == ("available", None, 0)


async def test_attendance_uses_it_and_saying_so_again_changes_nothing(till: Till) -> None:
    plan = await till.hall.plan()
    (made,) = await till.hall.registered(plan, 0)
    await till.lock(plan)
    await till.results(plan, (made, "present"))
    assert await till.guarantee(0) == ("used", made["id"], 0)
    await till.results(plan, (made, "present"))
    assert [deed for deed, _ in await till.events(0)] == ["grant", "reserve", "use"]


async def test_the_first_absence_warns_and_the_second_uses_it_up(till: Till) -> None:
    plan = await till.hall.plan()
    (made,) = await till.hall.registered(plan, 0)
    await till.results(plan, (made, "absent"))
    assert await till.guarantee(0) == ("available", None, 1)
    plan, made = await till.again(0)
    assert (await till.guarantee(0))[0] == "reserved"
    await till.results(plan, (made, "absent"))
    assert await till.guarantee(0) == ("forfeited", made["id"], 2)
    assert (await till.events(0))[1:] == [
        ("reserve", "registration"),
        ("warn", "absence"),
        ("reserve", "registration"),
        ("forfeit", "absence"),
    ]
    kinds = "SELECT string_agg(kind, ' ' ORDER BY id) FROM messages WHERE kind LIKE 'guarantee.%'"
    assert await till.count(kinds) == "guarantee.warned guarantee.forfeited"


async def test_an_excused_absence_gives_it_back_without_a_warning(till: Till) -> None:
    plan = await till.hall.plan()
    (made,) = await till.hall.registered(plan, 0)
    await till.results(plan, (made, "excused"))
    assert await till.guarantee(0) == ("available", None, 0)


@pytest.mark.parametrize(("first", "then"), [("present", "absent"), ("absent", "present")])
async def test_a_corrected_attendance_is_followed_there_and_back(till: Till, first: str, then: str) -> None:
    plan = await till.hall.plan()
    (made,) = await till.hall.registered(plan, 0)
    states = {"present": ("used", made["id"], 0), "absent": ("available", None, 1)}
    await till.results(plan, (made, first))
    for revision, said in ((2, then), (3, first), (4, then)):
        await till.results(plan, (made, said), revision=revision)
        assert await till.guarantee(0) == states[said], revision
    assert {cause for _, cause in (await till.events(0))[3:]} == {"correction"}


async def test_an_absence_taken_back_frees_what_two_of_them_had_used_up(till: Till) -> None:
    first_plan = await till.hall.plan()
    (first,) = await till.hall.registered(first_plan, 0)
    await till.results(first_plan, (first, "absent"))
    plan, second = await till.again(0)
    await till.results(plan, (second, "absent"))
    await till.results(first_plan, (first, "excused"), revision=2)
    assert await till.guarantee(0) == ("available", None, 1)
    await till.results(plan, (second, "present"), revision=2)
    assert await till.guarantee(0) == ("used", second["id"], 0)


async def test_a_cancelled_plan_restores_it_and_a_cancelled_sitting_until_there_is_another_seat(till: Till) -> None:
    plan = await till.hall.plan()
    sitting_id = await till.hall.sitting(plan, seats=1)
    (made,) = await till.hall.registered(plan, 0)
    await till.hall.done(f"/exam-sittings/{sitting_id}:cancel", {"reason": "停电"}, who="org_staff")
    assert await till.guarantee(0) == ("available", None, 0)
    await till.hall.sitting(plan, seats=1)
    await till.hall.look()
    assert await till.guarantee(0) == ("reserved", made["id"], 0)
    await till.hall.done(f"/exam-plans/{plan['id']}:cancel", {"reason": "疫情"}, who="org_staff")
    assert await till.guarantee(0) == ("available", None, 0)
    assert (await till.events(0))[2:] == [
        ("restore", "sitting_cancelled"),
        ("reserve", "registration"),
        ("restore", "plan_cancelled"),
    ]


async def test_the_night_grants_whoever_has_none(till: Till) -> None:
    till.at(IN_MAY)
    await tasks.grant_guarantees(till.hall.desk.service, Job(id=till.school_id, kind="grant_guarantees", attempt=1))
    assert await till.count("SELECT count(*) FROM guarantees WHERE state = 'available'") == 10
