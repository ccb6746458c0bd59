"""What is known of wishes to be registered, gathered in SQL for a whole list; the rules' grounds speak of it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.charges import queries as charges
from x_pilot_api.core import languages
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Fault, ItemCode, NotFound
from x_pilot_api.exams.errors import RegistrationsRefused
from x_pilot_api.exams.models import Channel, ExamPlan, ExamSitting, Registration, RegistrationState
from x_pilot_api.exams.rules import registrations as eligibility
from x_pilot_api.exams.schemas import EligibilityOut, GroundOut
from x_pilot_api.participations.rules import academic_year_on
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import Student

# A sitting fits whose site is approved for the level on its day and open to the candidate's college.
_SITTINGS = """
    SELECT count(*) AS sittings, count(*) FILTER (WHERE fits) AS sittings_fit,
        count(*) FILTER (WHERE fits AND meets IS NULL) AS sittings_clear, min(meets) AS meets_plan_code
    FROM (
        SELECT (site.is_shared OR site.college_id = coalesce(wish.college_id, programme.college_id)) AND EXISTS (
                SELECT FROM site_levels AS approved
                WHERE approved.institution_id = sitting.institution_id AND approved.site_id = sitting.site_id
                    AND approved.certificate_level_id = sitting.certificate_level_id AND approved.state = 'approved'
                    AND CAST(sitting.starts_at AT TIME ZONE :timezone AS date)
                        BETWEEN approved.valid_from AND approved.valid_to) AS fits,
            (SELECT min(plan.code) FROM candidates AS candidate
                JOIN registrations AS registration ON registration.institution_id = candidate.institution_id
                    AND registration.candidate_id = candidate.id
                    AND registration.id IS DISTINCT FROM wish.registration_id
                JOIN exam_sittings AS other ON other.institution_id = registration.institution_id
                    AND other.id = registration.sitting_id AND other.cancelled_at IS NULL
                JOIN exam_plans AS plan ON plan.institution_id = registration.institution_id
                    AND plan.id = registration.exam_plan_id
                WHERE candidate.institution_id = sitting.institution_id
                    AND candidate.identity_document_id = coalesce(student.identity_document_id, wish.document_id)
                    AND registration.state IN ('offered', 'accepted', 'locked')
                    AND other.starts_at < sitting.ends_at AND sitting.starts_at < other.ends_at) AS meets
        FROM exam_sittings AS sitting
        JOIN assessment_sites AS site ON site.institution_id = sitting.institution_id AND site.id = sitting.site_id
        WHERE sitting.institution_id = :institution_id AND sitting.exam_plan_id = :exam_plan_id
            AND sitting.certificate_level_id = wish.certificate_level_id AND sitting.cancelled_at IS NULL
            AND (wish.sitting_id IS NULL OR sitting.id = wish.sitting_id)
    ) AS each
"""

# Only students the caller may act for are looked for at all. A programme's own participation goes before its college's.
KNOWN = f"""
    SELECT wish.row_number, wish.registration_id, wish.student_id, wish.certificate_level_id, wish.sitting_id,
        wish.channel, coalesce(wish.college_id, programme.college_id) AS college_id,
        coalesce(student.identity_document_id, wish.document_id) AS identity_document_id,
        coalesce(student.name, wish.holder_name) AS holder_name, wish.employer,
        student.status AS student_status, level.level, level.certificate_id,
        examined.certificate_level_id IS NOT NULL AS is_examined,
        count(*) OVER (PARTITION BY coalesce(wish.student_id, wish.document_id), wish.certificate_level_id)
            AS times_named,
        admission.admitted_on, admission.exited_on,
        CASE WHEN wish.channel = 'student' THEN participation.id END AS participation_id,
        participation.state AS participation_state, participation.quota, participation.taken,
        places.sittings, places.sittings_fit, places.sittings_clear, places.meets_plan_code
    FROM unnest(CAST(:row_numbers AS int[]), CAST(:registration_ids AS uuid[]), CAST(:student_ids AS uuid[]),
            CAST(:level_ids AS uuid[]), CAST(:sitting_ids AS uuid[]), CAST(:channels AS text[]),
            CAST(:college_ids AS uuid[]), CAST(:document_ids AS uuid[]), CAST(:holder_names AS text[]),
            CAST(:employers AS text[]))
        AS wish (row_number, registration_id, student_id, certificate_level_id, sitting_id, channel, college_id,
            document_id, holder_name, employer)
    LEFT JOIN students AS student ON student.institution_id = :institution_id AND student.id = wish.student_id
        AND student.id = ANY(CAST(:visible_ids AS uuid[]))
    LEFT JOIN programmes AS programme ON programme.institution_id = :institution_id
        AND programme.id = student.programme_id
    LEFT JOIN exam_plan_levels AS examined ON examined.institution_id = :institution_id
        AND examined.exam_plan_id = :exam_plan_id AND examined.certificate_level_id = wish.certificate_level_id
    LEFT JOIN certificate_levels AS level ON level.id = examined.certificate_level_id
    LEFT JOIN admissions AS admission ON admission.institution_id = :institution_id
        AND admission.college_id = coalesce(wish.college_id, programme.college_id)
        AND admission.certificate_id = level.certificate_id
    LEFT JOIN LATERAL (
        SELECT part.id, part.state, part.quota, part.taken FROM participations AS part
        WHERE part.institution_id = :institution_id AND part.academic_year = :academic_year
            AND part.certificate_level_id = level.id
            AND (part.programme_id = programme.id
                OR (part.programme_id IS NULL AND part.college_id = programme.college_id))
            AND part.state IN ('approved', 'ended')
        ORDER BY part.programme_id NULLS LAST LIMIT 1) AS participation ON true
    LEFT JOIN LATERAL ({_SITTINGS}) AS places ON true
"""

_EXPLAIN = text(
    f"SELECT ground.code, ground.refuses, ground.figures FROM ({KNOWN}) AS known"
    f" CROSS JOIN LATERAL {eligibility.every_ground()} ORDER BY ground.place"
).columns(figures=JSONB)


@dataclass(frozen=True)
class Wish:
    """One wish to be registered, or a registration that is judged anew: a student's, or a social candidate's."""

    certificate_level_id: UUID
    student_id: UUID | None = None
    sitting_id: UUID | None = None
    channel: Channel = Channel.STUDENT
    college_id: UUID | None = None
    """The college that registers in the social channel; a student of the pilot is registered by their own."""
    document_id: UUID | None = None
    holder_name: str | None = field(default=None, repr=False)
    employer: str | None = field(default=None, repr=False)
    registration_id: UUID | None = None


def judged_in(plan: ExamPlan, *, today: date, timezone: str) -> dict[str, Any]:
    """Bind what the grounds ask of a plan and of the day."""
    return {
        "institution_id": plan.institution_id,
        "exam_plan_id": plan.id,
        "academic_year": academic_year_on(plan.exam_on),
        "today": today,
        "timezone": timezone,
    }


async def columns_of(session: AsyncSession, actor: Actor, wishes: list[Wish]) -> dict[str, Any]:
    """Write wishes as columns, with those of their students whom the actor may see."""
    student_ids = [wish.student_id for wish in wishes if wish.student_id is not None]
    visible = await session.scalars(
        select(registry.visible_students(actor).where(Student.id.in_(student_ids)).subquery().c.id)
    )
    return {
        "row_numbers": list(range(1, len(wishes) + 1)),
        "registration_ids": [wish.registration_id for wish in wishes],
        "student_ids": [wish.student_id for wish in wishes],
        "level_ids": [wish.certificate_level_id for wish in wishes],
        "sitting_ids": [wish.sitting_id for wish in wishes],
        "channels": [str(wish.channel) for wish in wishes],
        "college_ids": [wish.college_id for wish in wishes],
        "document_ids": [wish.document_id for wish in wishes],
        "holder_names": [wish.holder_name for wish in wishes],
        "employers": [wish.employer for wish in wishes],
        "visible_ids": list(visible.all()),
    }


def refusal_of(pointer: str, code: ItemCode) -> RegistrationsRefused:
    """Refuse a list for what it names beside its items."""
    fault: Fault = {"pointer": pointer, "code": code.code, "detail": code.detail.said_in(languages.spoken())}
    return RegistrationsRefused(asked=1, refused=1, faults=[fault])


async def check_college(session: AsyncSession, actor: Actor, college_id: UUID) -> None:
    """Refuse to register through a college that the actor does not act for."""
    try:
        await registry.get_own_college(session, actor, college_id)
    except NotFound:
        raise refusal_of("/college_id", eligibility.COLLEGE_UNKNOWN) from None


async def explain_eligibility(
    session: AsyncSession, actor: Actor, *, plan: ExamPlan, wish: Wish, today: date, timezone: str
) -> EligibilityOut:
    """Tell of every ground whether it refuses a wish, with its figures; nothing is written."""
    assert wish.student_id is not None  # noqa: S101 - a social candidate is judged when they are registered
    columns = await columns_of(session, actor, [wish])
    found = await session.execute(_EXPLAIN, judged_in(plan, today=today, timezone=timezone) | columns)
    grounds = [_ground(row.code, refuses=row.refuses, figures=row.figures) for row in found.all()]
    return EligibilityOut(
        exam_plan_id=plan.id,
        student_id=wish.student_id,
        certificate_level_id=wish.certificate_level_id,
        sitting_id=wish.sitting_id,
        channel=wish.channel,
        is_open=plan.registration_opens_on <= today <= plan.registration_closes_on and plan.cancelled_at is None,
        is_eligible=all(ground.is_met for ground in grounds),
        grounds=grounds,
        seats_free=await _seats_free(session, plan, wish),
        waiting=await _count_waiting(session, plan, wish),
        guarantee=await charges.find_state(session, institution_id=plan.institution_id, student_id=wish.student_id),
    )


def _ground(code: str, *, refuses: bool, figures: dict[str, Any] | None) -> GroundOut:
    language = languages.spoken()
    ground = eligibility.BY_CODE[code]
    return GroundOut(
        code=code,
        asks=ground.asks.said_in(language),
        is_met=not refuses,
        detail=eligibility.why_not_registered(code, figures, language=language) if refuses else None,
        fix=ground.fix.said_in(language) if refuses else None,
        figures=figures or {},
    )


async def _seats_free(session: AsyncSession, plan: ExamPlan, wish: Wish) -> int | None:
    free = select(func.sum(ExamSitting.seats - ExamSitting.taken)).where(
        ExamSitting.institution_id == plan.institution_id,
        ExamSitting.exam_plan_id == plan.id,
        ExamSitting.certificate_level_id == wish.certificate_level_id,
        ExamSitting.cancelled_at.is_(None),
    )
    if wish.sitting_id is not None:
        free = free.where(ExamSitting.id == wish.sitting_id)
    found = await session.scalar(free)
    return None if found is None else int(found)


async def _count_waiting(session: AsyncSession, plan: ExamPlan, wish: Wish) -> int:
    waiting = select(func.count()).where(
        Registration.institution_id == plan.institution_id,
        Registration.exam_plan_id == plan.id,
        Registration.certificate_level_id == wish.certificate_level_id,
        Registration.state == RegistrationState.WAITING,
    )
    return int((await session.scalar(waiting)) or 0)
