"""Staging wishes with what the grounds say of each; persons and quotas are locked first, so that it stays true."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Integer, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import languages, staging
from x_pilot_api.core.errors import Fault
from x_pilot_api.exams.errors import ExamOver, RegistrationClosed, RegistrationsRefused
from x_pilot_api.exams.models import ExamPlan
from x_pilot_api.exams.queries import judging
from x_pilot_api.exams.rules import registrations as eligibility
from x_pilot_api.exams.rules.plans import check_running
from x_pilot_api.exams.rules.registration_life import Terms
from x_pilot_api.participations import queries as quotas
from x_pilot_api.registry import queries as registry

STAGED: Table = staging.staging_table(
    "staged_registrations",
    Column("row_number", Integer),
    Column("registration_id", Uuid),
    Column("student_id", Uuid),
    Column("certificate_level_id", Uuid),
    Column("sitting_id", Uuid),
    Column("channel", Text),
    Column("college_id", Uuid),
    Column("identity_document_id", Uuid),
    Column("holder_name", Text),
    Column("employer", Text),
    Column("participation_id", Uuid),
    Column("refusal", Text),
    Column("figures", JSONB),
)

# The ids are made after the rows are in order, so that they keep it.
_STAGE = text(f"""
INSERT INTO staged_registrations (row_number, registration_id, student_id, certificate_level_id, sitting_id, channel,
    college_id, identity_document_id, holder_name, employer, participation_id, refusal, figures)
SELECT known.row_number, coalesce(known.registration_id, uuidv7()), known.student_id, known.certificate_level_id,
    known.sitting_id, known.channel, known.college_id, known.identity_document_id, known.holder_name, known.employer,
    known.participation_id, judged.refusal, {eligibility.figures_by_code()}
FROM ({judging.KNOWN}) AS known
CROSS JOIN LATERAL (SELECT {eligibility.first_code()} AS refusal) AS judged
ORDER BY known.row_number
""")

_REFUSE_BEYOND_QUOTA = text(f"""
UPDATE staged_registrations AS staged
SET refusal = '{eligibility.BEYOND_QUOTA.code}', figures = {eligibility.BEYOND_QUOTA.figures}
FROM (
    SELECT row_number, participation_id,
        row_number() OVER (PARTITION BY participation_id ORDER BY row_number) AS place
    FROM staged_registrations WHERE refusal IS NULL
) AS ranked
JOIN participations AS participation ON participation.institution_id = :institution_id
    AND participation.id = ranked.participation_id
WHERE staged.row_number = ranked.row_number AND {eligibility.BEYOND_QUOTA.holds}
""")

_REFUSED = text(
    "SELECT row_number, student_id, refusal, figures FROM staged_registrations WHERE refusal IS NOT NULL"
    " ORDER BY row_number"
).columns(figures=JSONB)

# Beside those who are judged: whoever waits in the plan could be given a seat by what is done next.
_PERSONS = """
SELECT identity_document_id FROM students
WHERE institution_id = :institution_id AND id = ANY(CAST(:students AS uuid[]))
UNION SELECT unnest(CAST(:documents AS uuid[]))
UNION SELECT candidate.identity_document_id FROM registrations AS registration
JOIN candidates AS candidate ON candidate.institution_id = registration.institution_id
    AND candidate.id = registration.candidate_id
WHERE registration.institution_id = :institution_id AND registration.exam_plan_id = :exam_plan_id
    AND registration.sitting_id IS NULL AND registration.state IN ('waiting', 'accepted', 'locked')
    AND (CAST(:frees AS boolean) OR EXISTS (
        SELECT FROM exam_sittings AS sitting WHERE sitting.institution_id = registration.institution_id
            AND sitting.exam_plan_id = registration.exam_plan_id AND sitting.taken < sitting.seats
            AND sitting.certificate_level_id = registration.certificate_level_id AND sitting.cancelled_at IS NULL))
"""


def check_open(plan: ExamPlan, terms: Terms) -> None:
    """Refuse a plan that takes no registrations today."""
    check_goes_on(plan, terms)
    if not plan.registration_opens_on <= terms.today <= plan.registration_closes_on:
        raise RegistrationClosed(
            opens_on=plan.registration_opens_on.isoformat(), closes_on=plan.registration_closes_on.isoformat()
        )


def check_goes_on(plan: ExamPlan, terms: Terms) -> None:
    """Refuse a plan that is a draft, was cancelled, or whose exam is over."""
    check_running(plan)
    if terms.today > plan.exam_on:
        raise ExamOver(exam_on=plan.exam_on.isoformat(), today=terms.today.isoformat())


async def lock_persons(
    session: AsyncSession,
    plan: ExamPlan,
    *,
    students: Sequence[UUID] = (),
    documents: Sequence[UUID] = (),
    frees: bool = False,
) -> None:
    """Lock persons, and those who wait in the plan for a seat that is free or is about to be, in one order."""
    values = {
        "institution_id": plan.institution_id,
        "exam_plan_id": plan.id,
        "students": list(students),
        "documents": list(documents),
        "frees": frees,
    }
    await registry.lock_persons(session, documents=_PERSONS, values=values)


async def stage(
    session: AsyncSession,
    *,
    plan: ExamPlan,
    columns: dict[str, Any],
    terms: Terms,
    takes_places: bool = True,
) -> None:
    """Gather what is known of each wish, which come as columns, and what refuses it.

    The persons are locked first, then the quotas: what they hold and what is left is then read, and nobody else
    changes any of it meanwhile. Where no place is taken, or one is held already, the quota has no say.
    """
    students = [student_id for student_id in columns["student_ids"] if student_id is not None]
    values = judging.judged_in(plan, today=terms.today, timezone=terms.timezone)
    documents = [document_id for document_id in columns["document_ids"] if document_id is not None]
    await lock_persons(session, plan, students=students, documents=documents)
    if takes_places:
        await quotas.lock_quotas(
            session,
            institution_id=plan.institution_id,
            academic_year=values["academic_year"],
            student_ids=students,
            level_ids=columns["level_ids"],
        )
    await staging.empty(session, STAGED)
    await session.execute(_STAGE, values | columns)
    if takes_places:
        await session.execute(_REFUSE_BEYOND_QUOTA, {"institution_id": plan.institution_id})


async def refuse_if_any(session: AsyncSession, *, asked: int, list_name: str = "registrations") -> None:
    """Refuse all of the staged wishes if one cannot be."""
    refused = (await session.execute(_REFUSED)).all()
    if refused:
        faults: list[Fault] = [
            {
                "pointer": f"/{list_name}/{row.row_number - 1}",
                "row": row.row_number,
                "code": row.refusal,
                "detail": eligibility.why_not_registered(row.refusal, row.figures, language=languages.spoken()),
            }
            for row in refused
        ]
        raise RegistrationsRefused(asked=asked, refused=len(refused), faults=faults)


async def list_refused(session: AsyncSession) -> list[tuple[int, Any, str, str]]:
    """List the staged wishes that are refused: row, student, code, and why."""
    language = languages.spoken()
    return [
        (
            row.row_number,
            row.student_id,
            row.refusal,
            eligibility.why_not_registered(row.refusal, row.figures, language=language),
        )
        for row in (await session.execute(_REFUSED)).all()
    ]


async def let_refused_go(session: AsyncSession) -> None:
    """Go on with those of the staged wishes that nothing refuses."""
    await session.execute(text("DELETE FROM staged_registrations WHERE refusal IS NOT NULL"))
