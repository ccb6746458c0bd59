"""The guaranteed attempt on the day of the exam: the door uses it, an incident gives it back, mere absence does not."""

from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from tests.exam_days.desk import Hall, SignIn, seen
from tests.exam_days.make import STARTS_AT, Day, minutes
from tests.exams.desk import set_clock
from tests.settlements import make as money
from tests.world import World
from x_pilot_api.charges import commands as charges
from x_pilot_api.charges.models import Charge, Guarantee, GuaranteeEvent
from x_pilot_api.core.actors import SYSTEM
from x_pilot_api.core.service import Service
from x_pilot_api.exams.models import Candidate, Registration


@pytest.fixture
def hall(
    client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service, monkeypatch: pytest.MonkeyPatch
) -> Hall:
    set_clock(monkeypatch, STARTS_AT + minutes(1))
    return Hall(client, sign_in, world, service)


async def _granted(hall: Hall) -> Day:
    """Arrange the seats of a sitting whose candidates all have their attempt."""
    it = await hall.day(candidates=3)
    await hall.write(it, lambda session: charges.grant_guarantees(session, SYSTEM, institution_id=it.institution_id))
    await hall.arranged(it, seating_order="by_admission_number")
    return it


async def _attempt(hall: Hall, it: Day, registration_id: UUID) -> tuple[str, UUID | None, list[tuple[str, str]]]:
    """Tell how a candidate's attempt stands, and everything that became of it."""
    of = (
        select(Guarantee)
        .join(Candidate, Candidate.student_id == Guarantee.student_id)
        .join(Registration, Registration.candidate_id == Candidate.id)
        .where(Registration.id == registration_id)
    )
    async with hall.service.database.transaction(institution_id=it.institution_id) as session:
        held = (await session.scalars(of)).one()
        events = select(GuaranteeEvent).where(GuaranteeEvent.guarantee_id == held.id).order_by(GuaranteeEvent.number)
        told = [(event.deed, event.cause) for event in (await session.scalars(events)).all()]
        return held.state, held.registration_id, told


async def _incident(hall: Hall, it: Day, registration_id: UUID) -> None:
    """Have it reported that a candidate was ill, and confirmed by somebody else."""
    body = {"category": "illness", "occurred_at": STARTS_AT.isoformat(), "note": "现场突发疾病"}
    made = await hall.ask(f"{it.path}/incidents", body | {"registration_id": str(registration_id)}, who="coordinator")
    assert made.status_code == 201, made.text
    done = await hall.ask(f"/v1/exam-incidents/{made.json()['id']}:confirm", {"decision": "属实"})
    assert done.status_code == 200, done.text


async def test_whoever_is_let_in_has_used_their_attempt_and_whoever_is_not_has_not(hall: Hall) -> None:
    it = await _granted(hall)
    device = await hall.device(it)
    await hall.send(it, device, seen(device, 0), seen(device, 1, claim="absent"))
    there, missing = (UUID(device["candidates"][index]["registration_id"]) for index in (0, 1))
    assert await _attempt(hall, it, there) == (
        "used",
        there,
        [("grant", "pilot_programme"), ("use", "attendance")],
    )
    assert await _attempt(hall, it, missing) == ("available", None, [("grant", "pilot_programme")])
    await hall.send(it, device, seen(device, 0))
    assert len((await _attempt(hall, it, there))[2]) == 2


async def test_an_incident_gives_the_attempt_back_to_whom_it_hit_and_undoes_what_they_were_charged(hall: Hall) -> None:
    it = await _granted(hall)
    device = await hall.device(it)
    await hall.send(it, device, *(seen(device, index) for index in range(3)))
    hit, other = (UUID(device["candidates"][index]["registration_id"]) for index in (0, 1))
    await _charged(hall, it, hit)
    await _incident(hall, it, hit)
    state, held_by, told = await _attempt(hall, it, hit)
    assert (state, held_by, told[-1]) == ("available", None, ("restore", "incident"))
    assert (await _attempt(hall, it, other))[0] == "used"
    async with hall.service.database.transaction(institution_id=it.institution_id) as session:
        assert (await session.scalars(select(Charge.state))).all() == ["cancelled"]
    # The door's list says once more that they were there: what was restored by cause stays so.
    await hall.send(it, device, seen(device, 0, at=STARTS_AT + minutes(1)))
    assert (await _attempt(hall, it, hit))[0] == "available"


async def _charged(hall: Hall, it: Day, registration_id: UUID) -> None:
    async with hall.service.database.transaction(institution_id=it.institution_id) as session:
        ceiling = await money.fees.store_ceiling(session)
        standard = await money.fees.store_standard(session, hall.world, ceiling_id=ceiling, state="published")
        organisation = hall.world.organisations[0].id
        exam = money.Exam(it, organisation, standard, it.sitting_id, hall.world.schools[0].colleges)
        await money.charge(session, exam, it.registrations.index(registration_id))
