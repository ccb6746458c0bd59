"""Saying yes to staged registrations: places of quotas, seats, admission numbers, and word to the organisation."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.exams.commands import seating
from x_pilot_api.exams.commands.seating import Fresh
from x_pilot_api.exams.models import ExamPlan, RegistrationState
from x_pilot_api.exams.rules.registration_life import Terms
from x_pilot_api.exams.schemas import RegisteredOut, RegistrationsOut
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox.schemas import EventKind
from x_pilot_api.participations import commands as participations

_PLACES = text("""
SELECT participation_id, count(*) AS places FROM staged_registrations
WHERE participation_id IS NOT NULL GROUP BY participation_id
""")

_STAGED = text("""
SELECT registration_id, student_id, certificate_level_id, participation_id FROM staged_registrations ORDER BY row_number
""")

_NUMBERS = text("""
SELECT id, admission_number FROM registrations
WHERE institution_id = :institution_id AND id = ANY(CAST(:ids AS uuid[]))
""")


@dataclass(frozen=True)
class _Staged:
    fresh: Fresh
    student_id: UUID | None


async def admit_staged(
    session: AsyncSession, actor: Actor, *, plan: ExamPlan, terms: Terms, deed: str
) -> RegistrationsOut:
    """Accept what is staged and confirmed: each takes its place of a quota, and a seat or a turn in the line."""
    await _take_places(session, plan)
    staged = [
        _Staged(Fresh(row.registration_id, row.certificate_level_id, row.participation_id), row.student_id)
        for row in (await session.execute(_STAGED)).all()
    ]
    moves = await seating.seat(session, actor, plan=plan, fresh=[each.fresh for each in staged], terms=terms)
    became = {move.id: move for move in moves}
    numbers = await _numbers(session, plan, [each.fresh.id for each in staged])
    registrations = [
        RegisteredOut(
            id=each.fresh.id,
            student_id=each.student_id,
            certificate_level_id=each.fresh.certificate_level_id,
            admission_number=numbers[each.fresh.id],
            sitting_id=seats.sitting_id if (seats := became[each.fresh.id].seats) else None,
            state=RegistrationState(became[each.fresh.id].state),
        )
        for each in staged
    ]
    accepted = sum(each.state == RegistrationState.ACCEPTED for each in registrations)
    await audit.record(
        session,
        actor,
        deed,
        institution_id=plan.institution_id,
        object_kind="exam_plan",
        object_id=plan.id,
        detail={"registrations": len(registrations), "waiting": len(registrations) - accepted},
    )
    await tell(session, actor, plan, EventKind.REGISTRATIONS_ACCEPTED, registrations=accepted)
    return RegistrationsOut(exam_plan_id=plan.id, registrations=registrations)


async def _take_places(session: AsyncSession, plan: ExamPlan) -> None:
    places = {row.participation_id: row.places for row in (await session.execute(_PLACES)).all()}
    await participations.take_places(session, institution_id=plan.institution_id, places=places)


async def _numbers(session: AsyncSession, plan: ExamPlan, ids: list[UUID]) -> dict[UUID, str | None]:
    found = await session.execute(_NUMBERS, {"institution_id": plan.institution_id, "ids": ids})
    return {row.id: row.admission_number for row in found.all()}


async def tell(session: AsyncSession, actor: Actor, plan: ExamPlan, kind: EventKind, *, registrations: int) -> None:
    """Tell the organisation how many registrations of its plan changed, if any did."""
    if registrations:
        await outbox.announce(
            session,
            actor,
            institution_id=plan.institution_id,
            organisation_id=plan.organisation_id,
            kind=kind,
            object_kind="exam_plan",
            object_id=plan.id,
            data={"registrations": registrations},
        )
