"""Who sits where: by which rules, who is moved and who is not, and what is refused."""

from itertools import pairwise

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.exam_days import make
from tests.exam_days.desk import Hall


async def colleges_in_line(hall: Hall, it: make.Day) -> list[str]:
    page = await hall.get(f"{it.path}/seats", page_size=100)
    return [seat["college_name"] for seat in page["items"]]


async def test_everybody_gets_a_seat_of_their_own(hall: Hall) -> None:
    it = await hall.day(candidates=11)
    done = await hall.arranged(it)
    assert (done["seated"], done["moved"], done["stayed"], done["removed"]) == (11, 0, 0, 0)
    places = await hall.places(it)
    assert len(set(places.values())) == 11 == len(places)
    seating = done["seating"]
    assert (seating["state"], seating["revision"], seating["candidates"], seating["unseated"]) == ("arranged", 1, 11, 0)
    assert [(room["code"], room["seats"], room["taken"]) for room in seating["rooms"]] == [
        ("301", 6, 6),
        ("302", 6, 5),
    ]


async def test_mixed_seating_keeps_colleges_apart(hall: Hall) -> None:
    it = await hall.day(candidates=12)
    await hall.arranged(it, seating_order="mixed")
    line = await colleges_in_line(hall, it)
    assert all(left != right for left, right in pairwise(line))


async def test_a_seed_gives_the_same_order_again_and_another_one_another(hall: Hall) -> None:
    it = await hall.day(candidates=12)
    orders: list[dict[str, tuple[str, int]]] = []
    for seed in (1, 2, 1):
        await hall.arranged(it, seed=seed)
        orders.append(await hall.places(it))
    assert orders[0] == orders[2] != orders[1]


async def test_classes_sit_together_where_that_is_asked_for(hall: Hall) -> None:
    it = await hall.day(candidates=12)
    await hall.arranged(it, seating_order="by_class")
    page = await hall.get(f"{it.path}/seats", page_size=100)
    groups = [(seat["college_name"], seat["class_name"]) for seat in page["items"]]
    assert sum(left != right for left, right in pairwise(groups)) == len(set(groups)) - 1


async def test_rooms_are_filled_one_after_another_or_evenly(hall: Hall) -> None:
    it = await hall.day(candidates=8)
    by_number = {"seating_order": "by_admission_number"}
    for filling, taken in (("one_after_another", [6, 2]), ("evenly", [4, 4])):
        done = await hall.arranged(it, room_filling=filling, **by_number)
        assert [room["taken"] for room in done["seating"]["rooms"]] == taken
    await hall.arranged(it, room_filling="one_after_another", **by_number)
    page = await hall.get(f"{it.path}/seats", page_size=100)
    numbers = [seat["admission_number"] for seat in page["items"]]
    assert numbers == sorted(numbers) == it.plan.admission_numbers


async def test_too_few_seats_are_refused_with_the_figures(hall: Hall) -> None:
    it = await hall.day(rooms={"301": 3, "302": 2}, candidates=7)
    refused = await hall.seats(it)
    assert refused.status_code == 409
    assert refused.json()["code"] == "seats_short"
    assert refused.json()["detail"] == "需安排 7 人，2 个考场共 5 个座位，缺 2 个。"
    assert await hall.places(it) == {}


async def test_a_preview_tells_everything_and_keeps_nothing(hall: Hall) -> None:
    it = await hall.day()
    told = await hall.arranged(it, only=True)
    assert (told["seated"], told["validated_only"], told["seating"]["state"]) == (10, True, "arranged")
    assert await hall.places(it) == {}
    assert (await hall.get(f"{it.path}/seating"))["state"] == "open"


async def test_only_who_must_move_is_moved_when_a_room_is_lost(hall: Hall) -> None:
    it = await hall.day(rooms={"301": 4, "302": 4, "303": 8}, candidates=10)
    await hall.arranged(it, seating_order="by_admission_number")
    before = await hall.places(it)
    await hall.write(it, lambda session: make.lose_room(session, it, "302"))
    assert (await hall.get(f"{it.path}/seating"))["unseated"] == 4
    done = await hall.arranged(it, "rearrange")
    assert (done["stayed"], done["moved"], done["seated"], done["removed"]) == (6, 4, 0, 0)
    assert [(moved["was"]["room_code"], moved["now"]["room_code"]) for moved in done["changes"]] == [("302", "303")] * 4
    after = await hall.places(it)
    assert {who: place for who, place in before.items() if place[0] != "302"}.items() <= after.items()
    assert done["seating"]["revision"] == 2


async def test_who_withdrew_gives_the_seat_up_and_who_is_new_gets_it(hall: Hall) -> None:
    it = await hall.day(rooms={"301": 10})
    await hall.arranged(it)
    before = await hall.places(it)

    async def change(session: make.AsyncSession) -> None:
        await make.withdraw(session, it, 3)
        await make.candidate(session, hall.world, hall.service.sealer, it, college=1, index=77)

    await hall.write(it, change)
    done = await hall.arranged(it, "rearrange")
    assert (done["stayed"], done["moved"], done["seated"], done["removed"]) == (9, 0, 1, 1)
    assert [(found["registration_id"], found["now"]) for found in done["changes"]] == [(str(it.registrations[3]), None)]
    after = await hall.places(it)
    assert after[str(it.registrations[-1])] == before[str(it.registrations[3])]


async def test_re_arranging_what_fits_changes_nothing(hall: Hall) -> None:
    it = await hall.day()
    await hall.arranged(it)
    before = await hall.places(it)
    done = await hall.arranged(it, "rearrange")
    assert (done["stayed"], done["seating"]["revision"]) == (10, 1)
    assert await hall.places(it) == before


async def test_nobody_is_moved_afresh_once_tickets_are_out(hall: Hall) -> None:
    it = await hall.day()
    await hall.arranged(it)
    await hall.printed(it)
    seating = await hall.get(f"{it.path}/seating")
    assert (seating["state"], seating["allowed_deeds"]) == ("printed", ["rearrange", "print"])
    assert (await hall.seats(it)).json()["code"] == "tickets_handed_out"


async def test_whoever_has_not_read_the_seating_cannot_change_it(hall: Hall) -> None:
    it = await hall.day()
    stale = await hall.tag(it)
    assert (await hall.ask(f"{it.path}/seats:arrange", {})).status_code == 428
    await hall.arranged(it)
    assert (await hall.ask(f"{it.path}/seats:arrange", {}, if_match=stale)).status_code == 412


async def test_the_database_seats_nobody_twice_and_no_two_on_one_seat(hall: Hall) -> None:
    it = await hall.day(candidates=2)
    await hall.arranged(it)
    for change in ("number = 1, room_id = (SELECT room_id FROM seats WHERE number = 1 LIMIT 1)", "edition = 0"):
        with pytest.raises(IntegrityError):
            await hall.write(it, lambda session, change=change: session.execute(text(f"UPDATE seats SET {change}")))
