"""From a student's wish to the locked list: one seat too few, one who leaves, and the one who moves up."""

from datetime import timedelta

import httpx
import pytest

from tests.exams.desk import Desk, SignIn, set_clock
from tests.exams.hall import CLOSED, IN_MAY, Hall
from tests.world import World
from x_pilot_api.core.service import Service


@pytest.fixture
def hall(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Hall:
    return Hall(Desk(client, sign_in, world, service))


async def test_who_waits_moves_up_when_somebody_leaves_and_the_organisation_locks_the_list(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, IN_MAY)
    plan = await hall.plan()
    sitting = await hall.sitting(plan, seats=2)
    wishes = [await hall.confirmed(plan, 0)]
    for index in (1, 2, 3):
        set_clock(monkeypatch, IN_MAY + timedelta(minutes=index))
        wishes.append(await hall.confirmed(plan, index))

    # The college accepts three of them in whatever order, and turns one away.
    accepted = (await hall.accept(plan, wishes[2], wishes[1], wishes[0])).json()["registrations"]
    assert [each["state"] for each in accepted] == ["waiting", "accepted", "accepted"]
    refusal = {"registration_ids": [str(wishes[3])], "reason": "材料不全"}
    await hall.done(f"/exam-plans/{plan['id']}/registrations:refuse", refusal)
    assert await hall.states(plan) == ["accepted", "accepted", "waiting", "refused"]

    # The first student leaves; who waited is offered the seat, and takes it.
    own = await hall.read(wishes[0], who="student")
    assert own["allowed_deeds"] == ["withdraw"]
    await hall.done(f"/registrations/{wishes[0]}:withdraw", {"reason": "参军"}, who="student")
    offered = await hall.read(wishes[2], who="coordinator")
    assert (offered["state"], offered["allowed_deeds"]) == ("offered", ["take_offer", "decline_offer", "withdraw"])
    taken = await hall.done(f"/registrations/{wishes[2]}:take-offer")
    assert (taken["state"], taken["sitting_id"]) == ("accepted", str(sitting))

    set_clock(monkeypatch, CLOSED)
    assert (await hall.done(f"/exam-plans/{plan['id']}/registrations:lock", who="org_staff"))["changed"] == 2
    assert await hall.states(plan) == ["withdrawn", "locked", "locked", "refused"]
    listed = await hall.desk.get("/v1/registrations", who="org_staff", exam_plan_id=plan["id"], state="locked")
    numbers = [each["admission_number"] for each in listed["items"]]
    assert numbers == [f"{plan['code']}-00001", f"{plan['code']}-00003"] or sorted(numbers) == numbers
    assert await hall.drift() == []
