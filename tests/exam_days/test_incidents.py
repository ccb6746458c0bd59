"""What went wrong: one person reports it, another decides, and what follows is there to be read."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from tests.exam_days import make
from tests.exam_days.desk import Hall, Json
from x_pilot_api.exam_days import queries
from x_pilot_api.exam_days.models import Consequence, IncidentCategory
from x_pilot_api.exam_days.rules.incidents import KINDS

HAPPENED = make.STARTS_AT.isoformat()


async def report(hall: Hall, it: make.Day, category: str, *, who: str = "coordinator", **wish: Any) -> httpx.Response:  # noqa: ANN401
    body: Json = {"category": category, "occurred_at": HAPPENED, "note": "监考记录：现场情况说明"} | wish
    return await hall.ask(f"{it.path}/incidents", body, who=who)


async def decided(hall: Hall, reported: Json, deed: str = "confirm", *, who: str = "registrar") -> Json:
    answer = await hall.ask(f"/v1/exam-incidents/{reported['id']}:{deed}", {"decision": "情况属实"}, who=who)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def consequences(hall: Hall, it: make.Day) -> dict[UUID, tuple[str, int | None]]:
    async with hall.service.database.transaction(read_only=True, institution_id=it.institution_id) as session:
        rows = await queries.consequences_of(
            session, institution_id=it.institution_id, registration_ids=it.registrations
        )
    return {row.registration_id: (row.kind, row.minutes) for row in rows}


async def test_nothing_follows_before_a_second_person_has_decided(hall: Hall) -> None:
    it = await hall.day(candidates=4)
    await hall.arranged(it)
    answer = await report(hall, it, "illness", registration_id=str(it.registrations[0]))
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["state"], made["consequence"], made["concerned"]) == ("reported", "restores_guarantee", 0)
    assert answer.headers["Location"] == f"/v1/exam-incidents/{made['id']}"
    assert await consequences(hall, it) == {}
    waiting = await hall.get("/v1/exam-incidents", state="reported")
    assert [found["id"] for found in waiting["items"]] == [made["id"]]
    told = await decided(hall, made)
    assert (told["state"], told["concerned"], told["note"]) == ("confirmed", 1, "监考记录：现场情况说明")
    assert (await hall.get("/v1/exam-incidents", state="reported"))["items"] == []
    assert (await hall.get("/v1/exam-incidents", who="teacher"))["items"] == []
    assert await consequences(hall, it) == {it.registrations[0]: ("restores_guarantee", None)}


async def test_who_reported_it_does_not_decide(hall: Hall) -> None:
    it = await hall.day(candidates=1)
    made = (await report(hall, it, "weather", who="registrar")).json()
    assert made["allowed_deeds"] == []
    refused = await hall.ask(f"/v1/exam-incidents/{made['id']}:confirm", {"decision": "属实"})
    assert (refused.status_code, refused.json()["code"]) == (409, "incident_needs_a_second_person")


async def test_what_hits_a_room_concerns_who_sits_in_it(hall: Hall) -> None:
    it = await hall.day(rooms={"301": 3, "302": 9}, candidates=5)
    await hall.arranged(it, seating_order="by_admission_number")
    wish: Json = {"room_id": str(it.rooms["301"]), "consequence": "extends_time", "minutes": 20}
    made = (await report(hall, it, "power_failure", **wish)).json()
    assert (await decided(hall, made))["concerned"] == 3
    assert await consequences(hall, it) == dict.fromkeys(it.registrations[:3], ("extends_time", 20))


async def test_a_cancelled_sitting_gives_everybody_the_attempt_back(hall: Hall) -> None:
    it = await hall.day(candidates=6)
    made = (await report(hall, it, "cancelled")).json()
    assert (await decided(hall, made))["concerned"] == 6
    assert set((await consequences(hall, it)).values()) == {("restores_guarantee", None)}


async def test_a_rejected_incident_changes_nothing_and_is_decided_once(hall: Hall) -> None:
    it = await hall.day(candidates=2)
    made = (await report(hall, it, "paper_error")).json()
    assert (await decided(hall, made, "reject"))["state"] == "rejected"
    assert await consequences(hall, it) == {}
    again = await hall.ask(f"/v1/exam-incidents/{made['id']}:confirm", {"decision": "再议"})
    assert again.json()["code"] == "deed_not_allowed"


@pytest.mark.parametrize(
    ("category", "wish"),
    [
        ("breach", {"consequence": "restores_guarantee"}),
        ("late", {"consequence": "voids_result"}),
        ("cancelled", {"consequence": "none"}),
        ("power_failure", {}),
        ("illness", {"registration_id": None}),
    ],
)
async def test_what_cannot_follow_is_refused(hall: Hall, category: str, wish: Json) -> None:
    it = await hall.day(candidates=1)
    of_a_candidate = (
        {"registration_id": str(it.registrations[0])} if KINDS[IncidentCategory(category)].of_a_candidate else {}
    )
    refused = await report(hall, it, category, **(of_a_candidate | wish))
    assert (refused.status_code, refused.json()["code"]) == (409, "consequence_unfit")


async def test_it_happened_at_this_sitting_to_one_of_its_candidates_in_one_of_its_rooms(hall: Hall) -> None:
    it, other = await hall.day(candidates=1), await hall.day(candidates=1)
    assert (await report(hall, it, "late", registration_id=str(other.registrations[0]))).status_code == 404
    assert (await report(hall, it, "weather", room_id=str(other.rooms["301"]))).status_code == 404
    early = (make.STARTS_AT - timedelta(days=2)).isoformat()
    refused = await report(hall, it, "weather", occurred_at=early)
    assert refused.json()["code"] == "incident_out_of_time"


async def test_the_organisation_hears_of_it_in_codes_and_reads_the_note_where_it_may(hall: Hall) -> None:
    it = await hall.day(candidates=2)
    made = (await report(hall, it, "breach", registration_id=str(it.registrations[1]))).json()
    await decided(hall, made)
    async with hall.service.database.transaction(read_only=True, institution_id=it.institution_id) as session:
        heard = text("SELECT kind, data FROM outbox_events WHERE object_id = :id ORDER BY id")
        told = (await session.execute(heard, {"id": UUID(made["id"])})).all()
    assert [event.kind for event in told] == ["exam_incident.reported", "exam_incident.decided"]
    assert told[1].data == {
        "sitting_id": str(it.sitting_id),
        "category": "breach",
        "consequence": "voids_result",
        "minutes": None,
        "state": "confirmed",
        "registrations": 1,
    }
    (listed,) = (await hall.get(f"{it.path}/incidents", who="org_staff"))["items"]
    assert (listed["note"], listed["allowed_deeds"]) == ("监考记录：现场情况说明", [])
    assert (await hall.client.get(f"{it.path}/incidents", headers=hall.sign_in("org_staff_2"))).status_code == 404


async def test_what_was_written_lies_sealed_and_in_no_audit_record(hall: Hall) -> None:
    it = await hall.day(candidates=1)
    made = (await report(hall, it, "illness", registration_id=str(it.registrations[0]), note="突发哮喘送医")).json()
    await decided(hall, made)
    async with hall.service.database.transaction(read_only=True, institution_id=it.institution_id) as session:
        found = await session.execute(
            text(
                "SELECT exam_incidents::text FROM exam_incidents UNION ALL SELECT audit_events::text FROM audit_events"
            )
        )
        assert not any("哮喘" in row[0] for row in found.all())


def test_every_category_says_whom_it_concerns_and_what_usually_follows() -> None:
    assert set(KINDS) == set(IncidentCategory)
    assert all(kind.usual in kind.possible for kind in KINDS.values())
    assert all(Consequence.RESTORES_GUARANTEE not in KINDS[found].possible for found in (IncidentCategory.BREACH,))
