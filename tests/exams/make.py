"""Plans, registrations, rules and results to test with."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from tests.world import DOCUMENT_KIND, World, identity_number
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.core.service import Service
from x_pilot_api.exams.models import Candidate, ExamPlan, ExamPlanLevel, Registration
from x_pilot_api.mappings.models import PolicyLimit
from x_pilot_api.registry.models import IdentityDocument, Student

EXAM_ON = date(2026, 6, 20)
CONFIRMED_AT = datetime(2026, 5, 10, tzinfo=UTC)


@dataclass
class Plan:
    """A plan with the admission numbers of its candidates, in the order of the school's students."""

    id: UUID
    institution_id: UUID
    level_ids: list[UUID]
    admission_numbers: list[str]
    code: str


async def plan(
    session: AsyncSession,
    world: World,
    *,
    school: int = 0,
    organisation: int = 0,
    levels: tuple[str, ...] = ("2",),
    candidates: int = 10,
    exam_on: date = EXAM_ON,
    objections_until: datetime | None = None,
    confirmed_at: datetime = CONFIRMED_AT,
    scheme_id: UUID | None = None,
) -> Plan:
    """Make a plan at a school with its first students registered, for one level after the other."""
    there, organised = world.schools[school], world.organisations[organisation]
    made = Plan(uuid4(), there.id, [organised.levels[level] for level in levels], [], f"P{uuid4().hex[:8]}")
    session.add(
        ExamPlan(
            institution_id=there.id,
            id=made.id,
            organisation_id=organised.id,
            code=made.code,
            name="考核计划",
            registration_opens_on=date(exam_on.year, 5, 1),
            registration_closes_on=date(exam_on.year, 5, 31),
            exam_on=exam_on,
            objections_until=objections_until,
        )
    )
    await session.flush()
    for level in levels:
        level_id = organised.levels[level]
        session.add(
            ExamPlanLevel(
                institution_id=there.id,
                exam_plan_id=made.id,
                certificate_level_id=level_id,
                scheme_id=scheme_id or organised.schemes[level],
            )
        )
        await session.flush()
        for student_id in there.students[:candidates]:
            candidate_id = await _candidate(session, there.id, student_id)
            await register(
                session, made, candidate_id, level_id=level_id, college_id=there.colleges[0], confirmed_at=confirmed_at
            )
    return made


async def register(
    session: AsyncSession,
    made: Plan,
    candidate_id: UUID,
    *,
    level_id: UUID,
    college_id: UUID,
    confirmed_at: datetime = CONFIRMED_AT,
) -> None:
    """Register a candidate under the plan's next admission number."""
    number = f"{made.code}-{len(made.admission_numbers) + 1:05d}"
    await session.execute(
        insert(Registration).values(
            institution_id=made.institution_id,
            exam_plan_id=made.id,
            certificate_level_id=level_id,
            candidate_id=candidate_id,
            college_id=college_id,
            state="accepted",
            admission_number=number,
            confirmed_at=confirmed_at,
        )
    )
    made.admission_numbers.append(number)


async def _candidate(session: AsyncSession, institution_id: UUID, student_id: UUID) -> UUID:
    found = select(Candidate.id).where(Candidate.institution_id == institution_id, Candidate.student_id == student_id)
    known = (await session.scalars(found)).one_or_none()
    if known is not None:
        return known
    student = await session.get(Student, (institution_id, student_id))
    assert student is not None
    candidate = Candidate(
        institution_id=institution_id,
        id=uuid4(),
        identity_document_id=student.identity_document_id,
        student_id=student_id,
        name=student.name,
    )
    session.add(candidate)
    await session.flush()
    return candidate.id


async def document(
    session: AsyncSession, sealer: Sealer, number: str, *, institution_id: UUID, kind: str = DOCUMENT_KIND
) -> UUID:
    """Keep an identity document."""
    document_id = uuid4()
    session.add(
        IdentityDocument(
            institution_id=institution_id,
            id=document_id,
            kind=kind,
            sealed_number=sealer.seal(number.encode(), context="identity_documents"),
            key_id=sealer.key_id,
            lookup_hash=sealer.lookup_hash(kind, number),
            masked_number=f"{number[:6]}********{number[-4:]}",
        )
    )
    await session.flush()
    return document_id


async def social_candidate(
    session: AsyncSession, world: World, made: Plan, sealer: Sealer, *, number: str | None = None
) -> str:
    """Register somebody who is no student of the school, and tell their document number."""
    there = next(school for school in world.schools if school.id == made.institution_id)
    number = number or identity_number(900 + len(made.admission_numbers))
    document_id = await document(session, sealer, number, institution_id=there.id)
    candidate_id = uuid4()
    session.add(
        Candidate(
            institution_id=there.id, id=candidate_id, identity_document_id=document_id, student_id=None, name="社会考生"
        )
    )
    await session.flush()
    await register(session, made, candidate_id, level_id=made.level_ids[0], college_id=there.colleges[0])
    return number


async def withdraw_registration(session: AsyncSession, made: Plan, index: int) -> None:
    """Let a candidate withdraw."""
    await session.execute(
        update(Registration)
        .where(Registration.exam_plan_id == made.id, Registration.admission_number == made.admission_numbers[index])
        .values(state="withdrawn")
    )


async def count_on(session: AsyncSession, plan_id: str, *, last_serial: int) -> None:
    """Let a plan have given so many admission numbers already."""
    await session.execute(update(ExamPlan).where(ExamPlan.id == UUID(plan_id)).values(last_serial=last_serial))


async def known_as_social_candidate(session: AsyncSession, world: World, index: int) -> None:
    """Let one of the first school's students have been a candidate before enrolling."""
    there = world.schools[0]
    candidate_id = await _candidate(session, there.id, there.students[index])
    await session.execute(update(Candidate).where(Candidate.id == candidate_id).values(student_id=None))


async def let_leave(session: AsyncSession, world: World, index: int) -> None:
    """Let one of the first school's students leave it."""
    there = world.schools[0]
    await session.execute(
        update(Student)
        .where(Student.institution_id == there.id, Student.id == there.students[index])
        .values(status="left")
    )


def row(world: World, made: Plan, index: int, *, school: int = 0, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """Write the pushed row of one candidate, who passes with 80.00 unless something else is said."""
    documents = world.schools[school].documents
    return {
        "org_result_id": f"R-{made.admission_numbers[index]}",
        "revision": 1,
        "admission_number": made.admission_numbers[index],
        "document_number": documents[index % len(documents)],
        "activity": "present",
        "grading": "final",
        "components": scores("80.00", "80.00"),
        "total": "80.00",
        "passed": True,
    } | changes


def scores(theory: str, practical: str) -> dict[str, str]:
    """Write the scores of the two components every scheme of the world has."""
    return {"theory": theory, "practical": practical}


FAILED: dict[str, Any] = {"components": scores("40.00", "40.00"), "total": "40.00", "passed": False}
"""What makes a row of one who fails with 40.00."""


async def push(
    client: httpx.AsyncClient,
    headers: dict[str, str],
    made: Plan,
    rows: list[Any],
    *,
    key: str | None = None,
    query: str = "",
) -> httpx.Response:
    """Push rows as a machine client; whatever is not ASCII travels escaped, so that anything can be sent."""
    sent = headers | ({} if "validate_only" in query else {"Idempotency-Key": key or uuid4().hex})
    body = json.dumps({"exam_plan_id": str(made.id), "rows": rows})
    return await client.post(
        f"/v1/partner/result-batches{query}", content=body, headers=sent | {"Content-Type": "application/json"}
    )


async def withdraw_limits(service: Service) -> None:
    """Let every limit of policy have been withdrawn."""
    async with service.database.transaction() as session:
        await session.execute(update(PolicyLimit).values(withdrawn_at=CONFIRMED_AT))
