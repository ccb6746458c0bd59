"""Sittings whose day it is: at each college's site one that is printed and checked in, and one to be seated."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz.canaries import mark
from tests.authz.made import Made
from tests.exam_days import make as days
from tests.world import World
from x_pilot_api.core import clock
from x_pilot_api.core.row_security import act_within
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.exam_days.models import (
    Attendance,
    CheckIn,
    CheckInDevice,
    ExamIncident,
    IncidentConsequence,
    Seat,
    SeatArrangement,
    SittingPapers,
)
from x_pilot_api.exams.models import Candidate, ExamSitting, Registration, SittingRoom
from x_pilot_api.sites.models import AssessmentSite, Room

PLACES = ((0, 0, 0), (0, 1, 0), (1, 0, 0), (0, 0, 1))


async def lay(session: AsyncSession, sealer: Sealer, world: World, made: Made) -> None:
    """Make them, and let the teacher of each school examine at the first college's site for the first organisation."""
    for place in PLACES:
        await _hall(session, sealer, world, made, place)
    for school, who in enumerate(("teacher", "teacher_2")):
        hall = made.halls[school, 0, 0]
        await act_within(session, institution_id=world.schools[school].id)
        it = days.Day(world.schools[school].id, made.plans[school, 0], hall["sitting"], hall["site"])
        await days.examiner(session, world, it, who=who, school=school)


async def _hall(session: AsyncSession, sealer: Sealer, world: World, made: Made, place: tuple[int, int, int]) -> None:
    school, college, organisation = place
    there, owner = world.schools[school], f"s{school + 1}p{college}h{organisation + 1}"
    await act_within(session, institution_id=there.id)
    names = ("site", "room", "sitting", "fresh", "papers", "device", "incident", "asker")
    hall = made.halls[place] = {name: uuid4() for name in names}
    hall["asker"] = world.callers[
        ("coordinator", "sibling_coordinator")[college] if school == 0 else "coordinator_2"
    ].id
    session.add(
        AssessmentSite(
            institution_id=there.id,
            id=hall["site"],
            organisation_id=world.organisations[organisation].id,
            college_id=there.colleges[college],
            code=f"H{mark(owner)}",
            name=f"考点{mark(owner)}",
            address=f"地址{mark(owner)}",
            is_shared=False,
        )
    )
    await session.flush()
    session.add(
        Room(
            institution_id=there.id,
            id=hall["room"],
            site_id=hall["site"],
            code=f"R{mark(owner)}",
            name=f"机房{mark(owner)}",
            kind="computer",
            seats=5,
            computers=5,
            equipment=mark(owner),
        )
    )
    starts_at = clock.now() + timedelta(hours=1)
    await _sitting(session, world, made, place, hall["sitting"], starts_at, owner)
    await _sitting(session, world, made, place, hall["fresh"], starts_at + timedelta(days=1), owner)
    await _printed(session, sealer, made, world, place, owner)
    made.owners |= {found: owner for name, found in hall.items() if name not in {"registration", "asker"}}


async def _sitting(
    session: AsyncSession,
    world: World,
    made: Made,
    place: tuple[int, int, int],
    sitting_id: UUID,
    starts_at: datetime,
    owner: str,
) -> None:
    school, _, organisation = place
    plan, hall = made.plans[school, organisation], made.halls[place]
    ends_at = starts_at + timedelta(hours=2)
    session.add(
        ExamSitting(
            institution_id=plan.institution_id,
            id=sitting_id,
            exam_plan_id=plan.id,
            certificate_level_id=world.organisations[organisation].levels["2"],
            site_id=hall["site"],
            code=f"{sitting_id.hex[:6]}{mark(owner)}",
            starts_at=starts_at,
            ends_at=ends_at,
            seats=5,
            taken=1,
        )
    )
    await session.flush()
    session.add(
        SittingRoom(
            institution_id=plan.institution_id,
            sitting_id=sitting_id,
            room_id=hall["room"],
            seats=5,
            during=Range(starts_at, ends_at),
        )
    )
    await session.flush()


async def _printed(
    session: AsyncSession, sealer: Sealer, made: Made, world: World, place: tuple[int, int, int], owner: str
) -> None:
    """Seat the place's own candidate, hand out the ticket, check them in, and let something have gone wrong."""
    school, college, organisation = place
    plan, hall = made.plans[school, organisation], made.halls[place]
    students = world.schools[school].students if college == 0 else made.siblings[school]
    whose = select(Candidate.id).where(Candidate.student_id == students[organisation if college == 0 else 0])
    registration_id = await session.scalar(
        update(Registration)
        .where(Registration.exam_plan_id == plan.id, Registration.candidate_id == whose.scalar_subquery())
        .values(sitting_id=hall["sitting"])
        .returning(Registration.id)
    )
    assert registration_id is not None
    hall["registration"] = registration_id
    made.owners[registration_id] = f"s{school + 1}p{college}n{organisation if college == 0 else 0}"
    of = {"institution_id": plan.institution_id, "sitting_id": hall["sitting"]}
    now = clock.now()
    session.add(
        SeatArrangement(
            **of,
            seating_order="mixed",
            room_filling="evenly",
            seed=0,
            revision=1,
            arranged_at=now,
            arranged_by=uuid4(),
            printed_at=now,
            printed_revision=1,
        )
    )
    await session.flush()
    session.add(Seat(**of, registration_id=registration_id, room_id=hall["room"], number=1))
    papers = {"id": hall["papers"], "asked_by": hall["asker"], "job_id": uuid4(), "key_id": sealer.key_id}
    session.add(
        SittingPapers(
            **of,
            **papers,
            revision=1,
            tickets=1,
            rooms=1,
            size_bytes=1,
            made_at=now,
            sealed_file=sealer.seal(mark(owner).encode(), context="sitting_papers"),
        )
    )
    await _day(session, sealer, world, made, place, owner)


async def _device(session: AsyncSession, device: Mapping[str, object]) -> None:
    await session.execute(insert(CheckInDevice).values({**device, "revision": 1, "listed_by": uuid4()}))


async def _day(
    session: AsyncSession, sealer: Sealer, world: World, made: Made, place: tuple[int, int, int], owner: str
) -> None:
    school, _, organisation = place
    plan, hall, now = made.plans[school, organisation], made.halls[place], clock.now()
    of = {"institution_id": plan.institution_id, "sitting_id": hall["sitting"]}
    await _device(session, of | {"id": hall["device"], "name": f"平板{mark(owner)}"})
    check_in_id, note = uuid4(), sealer.seal(f"情况{mark(owner)}".encode(), context="exam_incidents")
    session.add(
        CheckIn(
            **of,
            registration_id=hall["registration"],
            id=check_in_id,
            device_id=hall["device"],
            room_id=hall["room"],
            nonce=uuid4(),
            claim="present",
            by_ticket=True,
            seen_at=now,
            skew_seconds=0,
            received_by=uuid4(),
            conflict="two_devices",
        )
    )
    await session.flush()
    session.add(
        Attendance(**of, registration_id=hall["registration"], check_in_id=check_in_id, state="disputed", seen_at=now)
    )
    told = of | {
        "organisation_id": world.organisations[organisation].id,
        "sealed_note": note,
        "key_id": sealer.key_id,
        "occurred_at": now,
    }
    made.owners[await _incidents(session, hall, told, owner)] = owner


async def _incidents(session: AsyncSession, hall: dict[str, UUID], told: Mapping[str, Any], owner: str) -> UUID:
    """Report one incident, and confirm another that restores a guarantee; tell the latter."""
    decided = uuid4()
    for incident_id, state in ((hall["incident"], "reported"), (decided, "confirmed")):
        is_open = state == "reported"
        session.add(
            ExamIncident(
                **told,
                id=incident_id,
                category="weather",
                consequence="restores_guarantee",
                state=state,
                reported_by=uuid4(),
                decided_by=None if is_open else uuid4(),
                decided_at=None if is_open else clock.now(),
                decision=None if is_open else f"裁定{mark(owner)}",
            )
        )
    follows = IncidentConsequence(incident_id=decided, kind="restores_guarantee")
    follows.institution_id, follows.registration_id = told["institution_id"], hall["registration"]
    await session.flush()
    session.add(follows)
    await session.flush()
    return decided
