"""Registering students for a plan: all of a list or none, each with an admission number."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Column, Integer, Table, Text, Uuid, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, languages, staging
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Fault
from x_pilot_api.exams import rules
from x_pilot_api.exams.errors import RegistrationClosed, RegistrationsRefused
from x_pilot_api.exams.models import ExamPlan
from x_pilot_api.exams.schemas import RegistrationOut, RegistrationsOut, RegistrationWish
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox.schemas import EventKind
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
    Column("refusal", Text),
)

# The grounds in the order they are tried; only students the caller may act for are looked for at all.
_STAGE = text("""
INSERT INTO staged_registrations (row_number, student_id, certificate_level_id, college_id, identity_document_id,
    holder_name, refusal)
SELECT wish.row_number, wish.student_id, wish.certificate_level_id, programme.college_id,
    student.identity_document_id, student.name,
    CASE
        WHEN student.id IS NULL THEN 'student_unknown'
        WHEN student.status <> 'enrolled' THEN 'student_not_enrolled'
        WHEN examined.certificate_level_id IS NULL THEN 'level_not_examined'
        WHEN count(*) OVER (PARTITION BY wish.student_id, wish.certificate_level_id) > 1 THEN 'named_twice'
        WHEN admission.id IS NULL OR admission.admitted_on > CAST(:today AS date)
            OR admission.exited_on <= CAST(:today AS date) THEN 'certificate_not_admitted'
        WHEN EXISTS (
            SELECT FROM candidates AS candidate
            JOIN registrations AS registration ON registration.institution_id = candidate.institution_id
                AND registration.candidate_id = candidate.id
            WHERE candidate.institution_id = :institution_id
                AND candidate.identity_document_id = student.identity_document_id
                AND registration.exam_plan_id = :exam_plan_id
                AND registration.certificate_level_id = wish.certificate_level_id
                AND registration.state NOT IN ('refused', 'withdrawn')) THEN 'already_registered'
        WHEN EXISTS (
            SELECT FROM awards AS held WHERE held.institution_id = :institution_id
                AND held.identity_document_id = student.identity_document_id
                AND held.certificate_level_id = wish.certificate_level_id
                AND held.state <> 'revoked') THEN 'already_awarded'
    END
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
""")

_REFUSED = text("SELECT row_number, refusal FROM staged_registrations WHERE refusal IS NOT NULL ORDER BY row_number")

# Who sat an exam as a social candidate before enrolling is a student's candidate from now on.
_CANDIDATES = text("""
INSERT INTO candidates (institution_id, identity_document_id, student_id, name)
SELECT DISTINCT ON (identity_document_id) :institution_id, identity_document_id, student_id, holder_name
FROM staged_registrations ORDER BY identity_document_id
ON CONFLICT (institution_id, identity_document_id) DO UPDATE SET student_id = excluded.student_id
WHERE candidates.student_id IS NULL
""")

_REGISTER = text("""
INSERT INTO registrations (institution_id, exam_plan_id, certificate_level_id, candidate_id, college_id, state,
    admission_number, confirmed_at)
SELECT :institution_id, :exam_plan_id, staged.certificate_level_id, candidate.id, staged.college_id, 'accepted',
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
    if not plan.registration_opens_on <= today <= plan.registration_closes_on:
        raise RegistrationClosed(
            opens_on=plan.registration_opens_on.isoformat(), closes_on=plan.registration_closes_on.isoformat()
        )
    values: dict[str, object] = {"institution_id": plan.institution_id, "exam_plan_id": plan.id}
    await _stage(session, actor, wishes, values=values | {"today": today})
    institution = {"institution_id": plan.institution_id}
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


async def _stage(
    session: AsyncSession, actor: Actor, wishes: list[RegistrationWish], *, values: dict[str, object]
) -> None:
    """Gather what is known of each wish, and refuse them all if one cannot be."""
    student_ids = [wish.student_id for wish in wishes]
    visible = await session.scalars(
        select(registry.visible_students(actor).where(Student.id.in_(student_ids)).subquery().c.id)
    )
    await staging.empty(session, STAGED)
    columns = {
        "row_numbers": list(range(1, len(wishes) + 1)),
        "student_ids": student_ids,
        "level_ids": [wish.certificate_level_id for wish in wishes],
        "visible_ids": list(visible.all()),
    }
    await session.execute(_STAGE, values | columns)
    refused = (await session.execute(_REFUSED)).all()
    if refused:
        faults: list[Fault] = [
            {
                "pointer": f"/registrations/{row.row_number - 1}",
                "row": row.row_number,
                "code": row.refusal,
                "detail": rules.why_not_registered(row.refusal, language=languages.spoken()),
            }
            for row in refused
        ]
        raise RegistrationsRefused(asked=len(wishes), refused=len(refused), faults=faults)
