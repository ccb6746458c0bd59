"""The day of an exam, from giving out the seats to what follows from a power failure."""

import io
import zipfile
from uuid import UUID

from sqlalchemy import insert, text

from tests.exam_days import make
from tests.exam_days.conftest import hall as hall_of_the_day
from tests.exam_days.desk import Hall, seen
from x_pilot_api.exams.models import PlanTask, PlanTaskKind

hall = hall_of_the_day

_DONE = text("SELECT kind FROM exam_plan_tasks WHERE exam_plan_id = :id AND done_at IS NOT NULL ORDER BY kind")


async def done_tasks(hall: Hall, it: make.Day) -> list[str]:
    async with hall.service.database.transaction(read_only=True, institution_id=it.institution_id) as session:
        return list((await session.scalars(_DONE, {"id": it.plan.id})).all())


async def with_tasks(hall: Hall, it: make.Day) -> None:
    tasks = (PlanTaskKind.ARRANGE_SEATS, PlanTaskKind.ISSUE_TICKETS)
    of_plan = {"institution_id": it.institution_id, "exam_plan_id": it.plan.id, "due_on": make.STARTS_AT.date()}
    rows = [of_plan | {"kind": kind} for kind in tasks]
    await hall.write(it, lambda session: session.execute(insert(PlanTask), rows))


async def test_a_sitting_is_seated_printed_checked_in_and_interrupted(hall: Hall) -> None:
    it = await hall.day(rooms={"301": 6, "302": 6, "303": 6}, candidates=12)
    await with_tasks(hall, it)

    # The office looks at the plan of seats first, then gives them out: the plan's task is done by that.
    assert (await hall.arranged(it, only=True))["seated"] == 12
    assert await done_tasks(hall, it) == []
    await hall.arranged(it)
    assert await done_tasks(hall, it) == ["arrange_seats"]

    # A room fails the evening before: only its six candidates move.
    await hall.write(it, lambda session: make.lose_room(session, it, "302"))
    moved = await hall.arranged(it, "rearrange")
    assert (moved["stayed"], moved["moved"]) == (6, 6)

    # One job prints everything, and from then on a student has their ticket.
    bundle = await hall.printed(it)
    assert await done_tasks(hall, it) == ["arrange_seats", "issue_tickets"]
    answer = await hall.client.get(f"/v1/sitting-papers/{bundle['id']}/file", headers=hall.sign_in("registrar"))
    assert len(zipfile.ZipFile(io.BytesIO(answer.content)).namelist()) == 8
    own = await hall.client.get(f"/v1/registrations/{it.registrations[0]}/ticket", headers=hall.sign_in("student"))
    assert own.status_code == 200
    assert own.content.startswith(b"%PDF")

    # An invigilator checks eleven in while offline, sends it twice, and reports that the power failed.
    await hall.write(it, lambda session: make.examiner(session, hall.world, it))
    device = await hall.device(it, who="teacher")
    records = [seen(device, index, claim="absent" if index == 11 else "present") for index in range(12)]
    await hall.send(it, device, *records, who="teacher")
    await hall.send(it, device, *records, who="teacher")
    figures = await hall.get(f"{it.path}/attendance")
    assert (figures["present"], figures["absent"], figures["unrecorded"]) == (11, 1, 0)
    assert figures["attendance_rate"] == "91.67"
    incident = {
        "category": "power_failure",
        "occurred_at": make.STARTS_AT.isoformat(),
        "note": "停电 20 分钟",
        "room_id": str(it.rooms["303"]),
        "consequence": "extends_time",
        "minutes": 20,
    }
    reported = await hall.ask(f"{it.path}/incidents", incident, who="teacher")
    assert reported.status_code == 201, reported.text

    # The office confirms it, and the six in that room have twenty minutes more.
    path = f"/v1/exam-incidents/{reported.json()['id']}"
    confirmed = await hall.ask(f"{path}:confirm", {"decision": "与监控记录一致"})
    assert confirmed.json()["concerned"] == 6
    assert UUID((await hall.get(path, who="org_staff"))["id"])
