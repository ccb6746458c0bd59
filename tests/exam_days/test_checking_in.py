"""Checking in: offline, as often as it takes, and with a person for what does not go together."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.exam_days import make
from tests.exam_days.desk import Hall, Json, seen
from tests.exam_days.make import STARTS_AT, minutes
from tests.exams.desk import set_clock
from x_pilot_api.core.codes import CodeKey, unpacked
from x_pilot_api.core.tokens import PublicKey
from x_pilot_api.exam_days.rules import tickets
from x_pilot_api.exam_days.rules.tickets import Ticket


def scanned(hall: Hall, it: make.Day, device: Json, index: int, **changes: Any) -> Json:  # noqa: ANN401
    """Write a record by a ticket, as it was printed unless something else is said."""
    listed = device["candidates"][index]
    expires_at: datetime = changes.pop("expires_at", make.ENDS_AT + tickets.GOOD_AFTER)
    edition: int = changes.pop("edition", listed["edition"])
    sitting_id: UUID = changes.pop("sitting_id", it.sitting_id)
    key = CodeKey(hall.service.sealer, tickets.USE, tickets.subject_of(it.institution_id, sitting_id))
    content = Ticket(sitting_id, UUID(listed["registration_id"]), edition, expires_at).packed()
    return seen(device, index, registration_id=None, ticket=f"XP.{key.write(content)}", **changes)


async def opened(hall: Hall, **wish: Any) -> tuple[make.Day, Json]:  # noqa: ANN401
    """Make a sitting whose seats are arranged, and let a device have its list."""
    it = await hall.day(**wish)
    await hall.arranged(it, seating_order="by_admission_number")
    return it, await hall.device(it)


async def state_of(hall: Hall, it: make.Day, who: str) -> str | None:
    page = await hall.get(f"{it.path}/attendances", page_size=100)
    return next((found["state"] for found in page["items"] if found["registration_id"] == who), None)


def codes_of(sent: Json) -> list[str | None]:
    return [item["code"] for item in sent["items"]]


async def test_what_was_sent_twice_counts_once(hall: Hall) -> None:
    it, device = await opened(hall)
    records = [seen(device, 0), scanned(hall, it, device, 1), seen(device, 2, claim="absent")]
    first = await hall.send(it, device, *records)
    assert (first["accepted"], first["unchanged"], first["conflicts"], first["refused"]) == (3, 0, 0, 0)
    again = await hall.send(it, device, *records, seen(device, 3))
    assert (again["accepted"], again["unchanged"]) == (1, 3)
    figures = await hall.get(f"{it.path}/attendance")
    told = (figures["seated"], figures["present"], figures["absent"], figures["unrecorded"])
    assert told == (10, 3, 1, 6)
    assert figures["attendance_rate"] == "30.00"


async def test_a_device_can_tell_a_good_ticket_by_itself(hall: Hall) -> None:
    it, device = await opened(hall)
    content, signature = unpacked(scanned(hall, it, device, 0)["ticket"].removeprefix("XP."))
    key = PublicKey.from_jwk(device["ticket_key"])
    assert key.verifies(signature, b"x-pilot/admission-ticket\0" + content)
    assert tickets.unpack(content).registration_id == UUID(device["candidates"][0]["registration_id"])


async def test_a_forged_foreign_old_or_expired_ticket_is_refused(hall: Hall) -> None:
    it, device = await opened(hall)
    other, elsewhere = await hall.day(candidates=1), await hall.day(school=1, candidates=1)
    good = scanned(hall, it, device, 0)
    forged = good | {"nonce": str(uuid4()), "ticket": good["ticket"][:-1] + ("A" if good["ticket"][-1] != "A" else "I")}
    sent = await hall.send(
        it,
        device,
        forged,
        scanned(hall, it, device, 0, sitting_id=other.sitting_id),
        scanned(hall, it, device, 0, sitting_id=elsewhere.sitting_id),
        scanned(hall, it, device, 0, expires_at=STARTS_AT),
        scanned(hall, it, device, 0, edition=2),
    )
    assert codes_of(sent) == [
        "ticket_unsound",
        "ticket_of_another_sitting",
        "ticket_of_another_sitting",
        "ticket_expired",
        "ticket_outdated",
    ]
    assert sent["refused"] == 5
    assert (await hall.get(f"{it.path}/attendance"))["unrecorded"] == 10


async def test_who_is_not_on_the_list_or_not_in_time_is_refused(hall: Hall) -> None:
    it, device = await opened(hall)
    other = await hall.day(candidates=1)
    sent = await hall.send(
        it,
        device,
        seen(device, 0, registration_id=str(other.registrations[0])),
        seen(device, 0, room_id=str(other.rooms["301"])),
        seen(device, 0, at=STARTS_AT - timedelta(days=1)),
        seen(device, 0, at=STARTS_AT + timedelta(hours=1)),
    )
    assert codes_of(sent) == [
        "candidate_not_in_sitting",
        "room_not_in_sitting",
        "seen_out_of_time",
        "seen_out_of_time",
    ]


async def test_a_clock_that_is_wrong_by_hours_is_put_right_by_when_it_sent(hall: Hall) -> None:
    it, device = await opened(hall)
    wrong = timedelta(hours=9)
    sent = await hall.send(it, device, seen(device, 0, at=STARTS_AT + wrong), at=STARTS_AT + wrong + minutes(1))
    assert sent["accepted"] == 1


async def test_a_nonce_is_for_one_record(hall: Hall) -> None:
    it, device = await opened(hall)
    first = seen(device, 0)
    await hall.send(it, device, first)
    sent = await hall.send(it, device, seen(device, 1, nonce=first["nonce"]))
    assert codes_of(sent) == ["check_in_nonce_reused"]


async def test_two_devices_for_one_candidate_wait_for_a_person(hall: Hall) -> None:
    it, device = await opened(hall)
    second = await hall.device(it, name="手机")
    who = device["candidates"][0]["registration_id"]
    await hall.send(it, device, seen(device, 0))
    sent = await hall.send(it, second, seen(second, 0))
    assert (codes_of(sent), sent["conflicts"], sent["items"][0]["attendance"]) == (["two_devices"], 1, "disputed")
    page = await hall.get(f"{it.path}/attendances", state="disputed")
    assert [(found["registration_id"], found["conflicts"]) for found in page["items"]] == [(who, ["two_devices"])]
    settled = await hall.ask(
        f"{it.path}/attendances/{who}:settle", {"state": "present", "reason": "核对证件，本人到场"}
    )
    assert settled.status_code == 200, settled.text
    assert (settled.json()["state"], settled.json()["conflicts"]) == ("present", [])
    assert (await hall.send(it, second, seen(second, 0)))["accepted"] == 1
    assert codes_of(await hall.send(it, second, seen(second, 0, claim="absent"))) == ["contradicted"]
    assert await state_of(hall, it, who) == "disputed"


async def test_absent_against_present_and_a_wrong_room_wait_for_a_person(hall: Hall) -> None:
    it, device = await opened(hall)
    second = await hall.device(it)
    await hall.send(it, device, seen(device, 0, claim="absent"), seen(device, 1))
    other_room = next(room for room in it.rooms.values() if str(room) != device["candidates"][2]["room_id"])
    sent = await hall.send(
        it, second, seen(second, 0), seen(second, 1, claim="absent"), seen(second, 2, room_id=str(other_room))
    )
    assert codes_of(sent) == ["contradicted", "contradicted", "wrong_room"]
    assert (await hall.get(f"{it.path}/attendance"))["disputed"] == 3


async def test_a_device_corrects_itself_by_its_later_word(hall: Hall) -> None:
    it, device = await opened(hall)
    who = device["candidates"][0]["registration_id"]
    late = seen(device, 0, at=STARTS_AT + minutes(1))
    await hall.send(it, device, seen(device, 0, claim="absent", at=STARTS_AT - minutes(5)), late)
    assert await state_of(hall, it, who) == "present"
    await hall.send(it, device, seen(device, 0, claim="absent", at=STARTS_AT - minutes(6)))
    assert await state_of(hall, it, who) == "present"
    (found,) = (await hall.get(f"{it.path}/attendances"))["items"]
    assert found["is_late"]


async def test_who_was_moved_checks_in_by_the_new_ticket_only(hall: Hall) -> None:
    it, device = await opened(hall, rooms={"301": 6, "302": 6, "303": 6})
    old = scanned(hall, it, device, 0)
    await hall.write(it, lambda session: make.lose_room(session, it, "301"))
    await hall.arranged(it, "rearrange")
    sent = await hall.send(it, device, old)
    assert (codes_of(sent), sent["revision"], device["revision"]) == (["ticket_outdated"], 2, 1)
    anew = await hall.device(it)
    index = [found["registration_id"] for found in anew["candidates"]].index(device["candidates"][0]["registration_id"])
    assert anew["candidates"][index]["edition"] == 2
    assert (await hall.send(it, anew, scanned(hall, it, anew, index)))["accepted"] == 1


async def test_the_list_is_given_out_in_the_last_day_alone(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    it = await hall.day()
    await hall.arranged(it)
    set_clock(monkeypatch, STARTS_AT - timedelta(hours=25))
    refused = await hall.ask(f"{it.path}/check-in-devices", {"name": "平板"})
    assert refused.json()["code"] == "check_in_not_open"


async def test_whoever_invigilates_checks_in_and_no_other_teacher(hall: Hall) -> None:
    it = await hall.day()
    await hall.arranged(it)
    assert (await hall.ask(f"{it.path}/check-in-devices", {"name": "平板"}, who="teacher")).status_code == 404
    await hall.write(it, lambda session: make.examiner(session, hall.world, it))
    device = await hall.device(it, who="teacher")
    assert len(device["candidates"]) == 10
    assert (await hall.send(it, device, seen(device, 0), who="teacher"))["accepted"] == 1


async def test_whoever_invigilates_finds_their_own_sittings_until_they_are_over(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    it, other = await hall.day(), await hall.day(candidates=0)
    await hall.write(it, lambda session: make.examiner(session, hall.world, it))

    async def found(who: str = "teacher", **query: str) -> set[str]:
        page = await hall.get("/v1/exam-sittings", who=who, **query)
        return {row["id"] for row in page["items"]}

    mine, both = {str(it.sitting_id)}, {str(it.sitting_id), str(other.sitting_id)}
    assert await found() == mine
    assert await found(is_mine="true", is_coming="true") == mine
    assert await found(is_mine="false") == set()
    assert both <= await found("registrar")
    assert await found("registrar", is_mine="true") == set()
    set_clock(monkeypatch, STARTS_AT + timedelta(days=1))
    assert await found(is_mine="true", is_coming="true") == set()
    assert await found(is_mine="true", is_coming="false") == mine


async def test_nothing_is_settled_of_whom_nothing_was_recorded(hall: Hall) -> None:
    it, device = await opened(hall)
    who = device["candidates"][0]["registration_id"]
    refused = await hall.ask(f"{it.path}/attendances/{who}:settle", {"state": "absent", "reason": "未到"})
    assert refused.json()["code"] == "nothing_to_settle"
