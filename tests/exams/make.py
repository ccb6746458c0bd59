"""Plans, registrations and results to test with."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from tests.world import World
from x_pilot_api.exams.models import Candidate, ExamPlan, ExamPlanLevel, Registration
from x_pilot_api.mappings.models import Mapping, MappingCourse
from x_pilot_api.registry.models import Student

EXAM_ON = date(2026, 6, 20)


@dataclass
class Plan:
    """A plan with the admission numbers of its candidates, in the order of the school's students."""

    id: UUID
    institution_id: UUID
    level_id: UUID
    admission_numbers: list[str]


async def plan(
    session: AsyncSession,
    world: World,
    *,
    school: int = 0,
    organisation: int = 0,
    level: str = "2",
    candidates: int = 10,
    objections_until: datetime | None = None,
    confirmed_at: datetime = datetime(2026, 5, 10, tzinfo=UTC),
) -> Plan:
    """Make a plan at a school with its first students registered."""
    there, organised = world.schools[school], world.organisations[organisation]
    plan_id, code = uuid4(), f"P{uuid4().hex[:8]}"
    session.add(
        ExamPlan(
            institution_id=there.id,
            id=plan_id,
            organisation_id=organised.id,
            code=code,
            name="考核计划",
            registration_opens_on=date(2026, 5, 1),
            registration_closes_on=date(2026, 5, 31),
            exam_on=EXAM_ON,
            objections_until=objections_until,
        )
    )
    await session.flush()
    session.add(
        ExamPlanLevel(
            institution_id=there.id,
            exam_plan_id=plan_id,
            certificate_level_id=organised.levels[level],
            scheme_id=organised.schemes[level],
        )
    )
    await session.flush()
    made = Plan(plan_id, there.id, organised.levels[level], [])
    for index, student_id in enumerate(there.students[:candidates]):
        number = f"{code}-{index + 1:05d}"
        candidate_id = await _candidate(session, there.id, student_id)
        await session.execute(
            insert(Registration).values(
                institution_id=there.id,
                exam_plan_id=plan_id,
                certificate_level_id=made.level_id,
                candidate_id=candidate_id,
                college_id=there.colleges[0],
                state="accepted",
                admission_number=number,
                confirmed_at=confirmed_at,
            )
        )
        made.admission_numbers.append(number)
    return made


async def _candidate(session: AsyncSession, institution_id: UUID, student_id: UUID) -> UUID:
    student = await session.get(Student, (institution_id, student_id))
    assert student is not None
    found = await session.execute(
        Candidate.__table__.select().where(  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType]
            Candidate.institution_id == institution_id, Candidate.student_id == student_id
        )
    )
    row = found.first()
    if row is not None:
        return row.id
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


async def rule(
    session: AsyncSession,
    world: World,
    *,
    level: str = "2",
    credit: int = 300,
    school: int = 0,
    organisation: int = 0,
    effective_from: date = date(2025, 9, 1),
    effective_to: date | None = None,
    version: int = 1,
) -> UUID:
    """Publish a rule that gives credits for a level to the school's first programme."""
    there = world.schools[school]
    mapping_id = uuid4()
    session.add(
        Mapping(
            institution_id=there.id,
            id=mapping_id,
            programme_id=there.programmes[0],
            certificate_level_id=world.organisations[organisation].levels[level],
            direction="certificate_to_course",
            entry_year_from=2023,
            entry_year_to=2025,
            version=version,
            state="published",
            content_hash="h",
            college_agreed_hash="h",
            organisation_agreed_hash="h",
            filing_number="BA-1",
            filed_on=date(2025, 8, 1),
            effective_from=effective_from,
            effective_to=effective_to,
        )
    )
    await session.flush()
    session.add(
        MappingCourse(
            institution_id=there.id,
            mapping_id=mapping_id,
            course_id=there.courses[0][0],
            credit_hundredths=credit,
            grade="良好",
        )
    )
    await session.flush()
    return mapping_id


def row(world: World, made: Plan, index: int, *, school: int = 0, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """Write the pushed row of one candidate, who passes with 80.00 unless something else is said."""
    return {
        "org_result_id": f"R-{made.admission_numbers[index]}",
        "revision": 1,
        "admission_number": made.admission_numbers[index],
        "document_number": world.schools[school].documents[index],
        "activity": "present",
        "grading": "final",
        "components": {"theory": "80.00", "practical": "80.00"},
        "total": "80.00",
        "passed": True,
    } | changes


async def push(
    client: httpx.AsyncClient,
    headers: dict[str, str],
    made: Plan,
    rows: list[dict[str, Any]],
    *,
    key: str | None = None,
    query: str = "",
) -> httpx.Response:
    """Push rows as a machine client."""
    sent = headers | ({} if "validate_only" in query else {"Idempotency-Key": key or uuid4().hex})
    body = {"exam_plan_id": str(made.id), "rows": rows}
    return await client.post(f"/v1/partner/result-batches{query}", json=body, headers=sent)
