"""Registering students for a plan: all of a list or none, each with an admission number."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Column, Integer, Table, Text, Uuid, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, languages, staging
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Fault
from x_pilot_api.exams.errors import RegistrationClosed, RegistrationsRefused
from x_pilot_api.exams.models import ExamPlan
from x_pilot_api.exams.rules import registrations as eligibility
from x_pilot_api.exams.rules.plans import check_running
from x_pilot_api.exams.schemas import RegistrationOut, RegistrationsOut, RegistrationWish
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox.schemas import EventKind
from x_pilot_api.participations import commands as participations
from x_pilot_api.participations import queries as quotas
from x_pilot_api.participations.rules import academic_year_on
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import Student

STAGED: Table = staging.staging_table(
    "staged_registrations",
    Column("row_number", Integer),
    Column("student_id", Uuid),
    Column("certificate_level_id", Uuid),
    Column("college_id", Uuid),
    Column("identity_document_id", Uuid),
    Column("holder_name", Text),
    Column("participation_id", Uuid),
    Column("refusal", Text),
    Column("figures", JSONB),
)

# Only students the caller may act for are looked for at all. A programme's own participation goes before its college's.
_STAGE = text(f"""
INSERT INTO staged_registrations (row_number, student_id, certificate_level_id, college_id, identity_document_id,
    holder_name, participation_id, refusal, figures)
SELECT known.row_number, known.student_id, known.certificate_level_id, known.college_id, known.identity_document_id,
    known.holder_name, known.participation_id, judged.refusal, {eligibility.figures_by_code()}
FROM (
    SELECT wish.row_number, wish.student_id, wish.certificate_level_id, programme.college_id,
        student.identity_document_id, student.name AS holder_name, student.programme_id,
        student.status AS student_status, examined.certificate_level_id IS NOT NULL AS is_examined,
        count(*) OVER (PARTITION BY wish.student_id, wish.certificate_level_id) AS times_named,
        admission.admitted_on, admission.exited_on,
        participation.id AS participation_id, participation.state AS participation_state
    FROM unnest(CAST(:row_numbers AS int[]), CAST(:student_ids AS uuid[]), CAST(:level_ids AS uuid[]))
        AS wish (row_number, student_id, certificate_level_id)
    LEFT JOIN students AS student ON student.institution_id = :institution_id AND student.id = wish.student_id
        AND student.id = ANY(CAST(:visible_ids AS uuid[]))
    LEFT JOIN programmes AS programme ON programme.institution_id = :institution_id
        AND programme.id = student.programme_id
    LEFT JOIN exam_plan_levels AS examined ON examined.institution_id = :institution_id
        AND examined.exam_plan_id = :exam_plan_id AND examined.certificate_level_id = wish.certificate_level_id
    LEFT JOIN certificate_levels AS level ON level.id = examined.certificate_level_id
    LEFT JOIN admissions AS admission ON admission.institution_id = :institution_id
        AND admission.college_id = programme.college_id AND admission.certificate_id = level.certificate_id
    LEFT JOIN LATERAL (
        SELECT part.id, part.state FROM participations AS part
        WHERE part.institution_id = :institution_id AND part.academic_year = :academic_year
            AND part.certificate_level_id = level.id
            AND (part.programme_id = programme.id
                OR (part.programme_id IS NULL AND part.college_id = programme.college_id))
            AND part.state IN ('approved', 'ended')
        ORDER BY part.programme_id NULLS LAST LIMIT 1) AS participation ON true
) AS known
CROSS JOIN LATERAL (SELECT {eligibility.first_code()} AS refusal) AS judged
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
    "SELECT row_number, refusal, figures FROM staged_registrations WHERE refusal IS NOT NULL ORDER BY row_number"
).columns(figures=JSONB)

_PLACES = text("SELECT participation_id, count(*) AS places FROM staged_registrations GROUP BY participation_id")

# Who sat an exam as a social candidate before enrolling is a student's candidate from now on.
_CANDIDATES = text("""
INSERT INTO candidates (institution_id, identity_document_id, student_id, name)
SELECT DISTINCT ON (identity_document_id) :institution_id, identity_document_id, student_id, holder_name
FROM staged_registrations ORDER BY identity_document_id
ON CONFLICT (institution_id, identity_document_id) DO UPDATE SET student_id = excluded.student_id
WHERE candidates.student_id IS NULL
""")

_REGISTER = text("""
INSERT INTO registrations (institution_id, exam_plan_id, certificate_level_id, candidate_id, college_id,
    participation_id, state, admission_number, confirmed_at)
SELECT :institution_id, :exam_plan_id, staged.certificate_level_id, candidate.id, staged.college_id,
    staged.participation_id, 'accepted',
    CAST(:plan_code AS text) || '-' || lpad(serial, greatest(5, length(serial)), '0'), :at
FROM staged_registrations AS staged
JOIN candidates AS candidate ON candidate.institution_id = :institution_id
    AND candidate.identity_document_id = staged.identity_document_id
CROSS JOIN LATERAL (SELECT (CAST(:last_serial AS bigint) + staged.row_number)::text AS serial) AS counted
ORDER BY staged.row_number
RETURNING id, candidate_id, certificate_level_id, admission_number, state
""")

_STUDENTS = text("""
SELECT candidate.id AS candidate_id, staged.student_id FROM staged_registrations AS staged
JOIN candidates AS candidate ON candidate.institution_id = :institution_id
    AND candidate.identity_document_id = staged.identity_document_id
""")


async def register_students(
    session: AsyncSession, actor: Actor, *, plan: ExamPlan, wishes: list[RegistrationWish], at: datetime, timezone: str
) -> RegistrationsOut:
    """Register students for levels of a plan that is locked by the caller; `at` is when the students confirmed."""
    today = at.astimezone(ZoneInfo(timezone)).date()
    _check_open(plan, today)
    values: dict[str, Any] = {"institution_id": plan.institution_id, "exam_plan_id": plan.id}
    year = academic_year_on(plan.exam_on)
    await _stage(session, actor, wishes, values=values | {"academic_year": year, "today": today})
    institution = {"institution_id": plan.institution_id}
    await _take_places(session, plan)
    await session.execute(_CANDIDATES, institution)
    made = await session.execute(
        _REGISTER, values | {"plan_code": plan.code, "last_serial": plan.last_serial, "at": at}
    )
    students = {row.candidate_id: row.student_id for row in (await session.execute(_STUDENTS, institution)).all()}
    plan.last_serial += len(wishes)
    await session.flush()
    await audit.record(
        session,
        actor,
        "register_students",
        institution_id=plan.institution_id,
        object_kind="exam_plan",
        object_id=plan.id,
        detail={"registrations": len(wishes)},
    )
    await outbox.announce(
        session,
        actor,
        institution_id=plan.institution_id,
        organisation_id=plan.organisation_id,
        kind=EventKind.REGISTRATIONS_ACCEPTED,
        object_kind="exam_plan",
        object_id=plan.id,
        data={"registrations": len(wishes)},
    )
    registrations = [
        RegistrationOut(
            id=row.id,
            student_id=students[row.candidate_id],
            certificate_level_id=row.certificate_level_id,
            admission_number=row.admission_number,
            state=row.state,
        )
        for row in made.all()
    ]
    return RegistrationsOut(exam_plan_id=plan.id, registrations=registrations)


def _check_open(plan: ExamPlan, today: date) -> None:
    check_running(plan)
    if not plan.registration_opens_on <= today <= plan.registration_closes_on:
        raise RegistrationClosed(
            opens_on=plan.registration_opens_on.isoformat(), closes_on=plan.registration_closes_on.isoformat()
        )


async def _take_places(session: AsyncSession, plan: ExamPlan) -> None:
    places = {row.participation_id: row.places for row in (await session.execute(_PLACES)).all()}
    await participations.take_places(session, institution_id=plan.institution_id, places=places)


async def _stage(
    session: AsyncSession, actor: Actor, wishes: list[RegistrationWish], *, values: dict[str, Any]
) -> None:
    """Gather what is known of each wish, and refuse them all if one cannot be.

    The quotas are locked first: what is left of them is then read, and nobody else takes any of it meanwhile.
    """
    student_ids = [wish.student_id for wish in wishes]
    visible = await session.scalars(
        select(registry.visible_students(actor).where(Student.id.in_(student_ids)).subquery().c.id)
    )
    await quotas.lock_quotas(
        session,
        institution_id=values["institution_id"],
        academic_year=values["academic_year"],
        student_ids=student_ids,
        level_ids=[wish.certificate_level_id for wish in wishes],
    )
    await staging.empty(session, STAGED)
    columns = {
        "row_numbers": list(range(1, len(wishes) + 1)),
        "student_ids": student_ids,
        "level_ids": [wish.certificate_level_id for wish in wishes],
        "visible_ids": list(visible.all()),
    }
    await session.execute(_STAGE, values | columns)
    await session.execute(_REFUSE_BEYOND_QUOTA, {"institution_id": values["institution_id"]})
    refused = (await session.execute(_REFUSED)).all()
    if refused:
        faults: list[Fault] = [
            {
                "pointer": f"/registrations/{row.row_number - 1}",
                "row": row.row_number,
                "code": row.refusal,
                "detail": eligibility.why_not_registered(row.refusal, row.figures, language=languages.spoken()),
            }
            for row in refused
        ]
        raise RegistrationsRefused(asked=len(wishes), refused=len(refused), faults=faults)
