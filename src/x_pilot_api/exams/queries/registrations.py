"""Reading registrations and candidates; who may see which registration is decided here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import JSON, ColumnElement, Row, Select, and_, false, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import CertificateLevel
from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Malformed
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.core.row_security import act_for
from x_pilot_api.exams import rules
from x_pilot_api.exams.models import Candidate, Channel, ExamPlan, Registration, RegistrationState
from x_pilot_api.exams.queries import plans
from x_pilot_api.exams.queries.judging import Wish
from x_pilot_api.exams.rules import registration_life
from x_pilot_api.exams.schemas import CandidateOut, RegistrationOut
from x_pilot_api.identity.models import Role
from x_pilot_api.registry.models import IdentityDocument, Student

_SEE_ALL = frozenset({Role.REGISTRAR, Role.AUDITOR})
_FIRST_INSTANT, _LAST_INSTANT = datetime(2000, 1, 1, tzinfo=UTC), datetime(2999, 12, 31, tzinfo=UTC)
"""Beyond these an instant may have no counterpart in another time zone."""
_STILL_WRITTEN = timedelta(minutes=2)
"""What is changed by a request that is still at work when a page is read comes into the next one."""

_TO_SEAT = text("""
SELECT institution_id, exam_plan_id FROM registrations WHERE state = 'offered' AND offered_until <= :at
UNION
SELECT registration.institution_id, registration.exam_plan_id FROM registrations AS registration
JOIN exam_sittings AS sitting ON sitting.institution_id = registration.institution_id
    AND sitting.exam_plan_id = registration.exam_plan_id
    AND sitting.certificate_level_id = registration.certificate_level_id
    AND sitting.cancelled_at IS NULL AND sitting.taken < sitting.seats AND sitting.starts_at > :at
WHERE registration.state IN ('waiting', 'accepted', 'locked') AND registration.sitting_id IS NULL
UNION
SELECT sitting.institution_id, sitting.exam_plan_id FROM exam_sittings AS sitting
JOIN exam_plans AS plan ON plan.institution_id = sitting.institution_id AND plan.id = sitting.exam_plan_id
    AND plan.cancelled_at IS NULL
WHERE sitting.cancelled_at IS NOT NULL AND sitting.taken > 0
ORDER BY 1, 2
""")

_CANDIDATES = text(f"""
SELECT registration.admission_number, candidate.name, document.masked_number, registration.certificate_level_id,
    level.level, registration.state, exempt.components AS exempt_components
FROM registrations AS registration
JOIN candidates AS candidate ON candidate.institution_id = registration.institution_id
    AND candidate.id = registration.candidate_id
JOIN identity_documents AS document ON document.institution_id = candidate.institution_id
    AND document.id = candidate.identity_document_id
JOIN certificate_levels AS level ON level.id = registration.certificate_level_id
CROSS JOIN LATERAL ({rules.OF_CANDIDATE}) AS exempt
WHERE registration.institution_id = :institution_id AND registration.exam_plan_id = :exam_plan_id
    AND registration.admission_number > :after
ORDER BY registration.admission_number LIMIT :size
""").columns(exempt_components=JSON)


async def list_candidates(
    session: AsyncSession, actor: Actor, plan: ExamPlan, *, after: str, size: int
) -> list[CandidateOut]:
    """List a plan's candidates by admission number."""
    await act_for(session, actor, institution_id=plan.institution_id)
    rows = await session.execute(
        _CANDIDATES,
        {"institution_id": plan.institution_id, "exam_plan_id": plan.id, "after": after, "size": size},
    )
    return [
        CandidateOut(
            admission_number=row.admission_number,
            name=row.name,
            masked_document_number=row.masked_number,
            certificate_level_id=row.certificate_level_id,
            level=row.level,
            state=row.state,
            exempt_components=row.exempt_components,
        )
        for row in rows.all()
    ]


@dataclass(frozen=True)
class Filters:
    """Which registrations a list shows."""

    exam_plan_id: UUID | None = None
    certificate_level_id: UUID | None = None
    college_id: UUID | None = None
    student_id: UUID | None = None
    sitting_id: UUID | None = None
    state: RegistrationState | None = None
    channel: Channel | None = None
    modified_since: datetime | None = None


def registrations_visible_to(actor: Actor) -> Select[Registration]:
    """Select the registrations an actor may see.

    An organisation sees those of its plans, an office all of its institution, a coordinator those made through their
    colleges or of students of their programmes, a student their own.
    """
    if actor.organisation_id is not None:
        own_plans = plans.plans_visible_to(actor).with_only_columns(ExamPlan.id)
        return select(Registration).where(Registration.exam_plan_id.in_(own_plans))
    if actor.institution_id is None:
        return select(Registration).where(false())
    own = select(Registration).where(Registration.institution_id == actor.institution_id)
    return own if actor.roles & _SEE_ALL else own.where(or_(false(), *_bounds(actor)))


def _bounds(actor: Actor) -> list[ColumnElement[bool]]:
    bounds: list[ColumnElement[bool]] = []
    of_students = select(Candidate.id).where(Candidate.institution_id == actor.institution_id)
    if actor.college_ids:
        bounds.append(Registration.college_id.in_(actor.college_ids))
    if actor.programme_ids:
        taught = select(Student.id).where(
            Student.institution_id == actor.institution_id, Student.programme_id.in_(actor.programme_ids)
        )
        bounds.append(Registration.candidate_id.in_(of_students.where(Candidate.student_id.in_(taught))))
    if actor.student_id is not None:
        bounds.append(Registration.candidate_id.in_(of_students.where(Candidate.student_id == actor.student_id)))
    return bounds


async def get_registration(
    session: AsyncSession, actor: Actor, registration_id: UUID, *, lock: bool = False
) -> Registration:
    """Read one visible registration as it is now, locked when it is to be changed."""
    statement = registrations_visible_to(actor).where(Registration.id == registration_id)
    if lock:
        statement = statement.with_for_update(key_share=True)
    return await lookups.get_one(
        session, statement.execution_options(populate_existing=True), what="registration", zh="报名"
    )


async def find_registrations(
    session: AsyncSession, actor: Actor, plan: ExamPlan, ids: Sequence[UUID]
) -> Sequence[Registration]:
    """Find those of a plan's registrations that are named and visible."""
    statement = registrations_visible_to(actor).where(
        Registration.institution_id == plan.institution_id,
        Registration.exam_plan_id == plan.id,
        Registration.id.in_(ids),
    )
    return (await session.scalars(statement.execution_options(populate_existing=True))).all()


async def wishes_of(session: AsyncSession, registrations: Sequence[Registration]) -> list[Wish]:
    """Write registrations as the wishes they came of, so that they can be judged anew; in the same order."""
    statement = select(Candidate.id, Candidate.student_id, Candidate.identity_document_id, Candidate.name).where(
        Candidate.institution_id.in_({each.institution_id for each in registrations}),
        Candidate.id.in_({each.candidate_id for each in registrations}),
    )
    candidates = {row.id: row for row in (await session.execute(statement)).all()}
    return [_wish(each, candidates[each.candidate_id]) for each in registrations]


def _wish(registration: Registration, candidate: Row[UUID, UUID | None, UUID, str]) -> Wish:
    is_social = registration.channel == Channel.SOCIAL
    return Wish(
        certificate_level_id=registration.certificate_level_id,
        student_id=candidate.student_id,
        sitting_id=registration.sitting_id or registration.wished_sitting_id,
        channel=Channel(registration.channel),
        college_id=registration.college_id if is_social else None,
        document_id=None if candidate.student_id else candidate.identity_document_id,
        holder_name=None if candidate.student_id else candidate.name,
        registration_id=registration.id,
    )


async def list_registrations(
    session: AsyncSession, actor: Actor, *, filters: Filters, wish: PageWish, total: bool = False
) -> tuple[list[RegistrationOut], str | None, int | None]:
    """List visible registrations, oldest first; with `modified_since` in the order of their last change."""
    if actor.organisation_id is not None:
        await _act_at_the_plan(session, actor, filters)
    statement = _filtered(registrations_visible_to(actor), filters)
    order = (Registration.id,) if filters.modified_since is None else (Registration.changed_at, Registration.id)
    rows, token = await page_of(session, statement, order=order, wish=wish)
    counted = await session.scalar(select(func.count()).select_from(statement.subquery())) if total else None
    return await describe_registrations(session, actor, rows), token, counted


async def _act_at_the_plan(session: AsyncSession, actor: Actor, filters: Filters) -> None:
    """Let an organisation act at the institution of the plan it names, whose candidates it is to see."""
    if filters.exam_plan_id is None:
        raise Malformed(what="exam_plan_id")
    plan = await plans.get_plan(session, actor, filters.exam_plan_id)
    await act_for(session, actor, institution_id=plan.institution_id)


def _filtered(statement: Select[Registration], filters: Filters) -> Select[Registration]:
    for column, value in (
        (Registration.exam_plan_id, filters.exam_plan_id),
        (Registration.certificate_level_id, filters.certificate_level_id),
        (Registration.college_id, filters.college_id),
        (Registration.sitting_id, filters.sitting_id),
        (Registration.state, filters.state),
        (Registration.channel, filters.channel),
    ):
        if value is not None:
            statement = statement.where(column == value)
    if filters.student_id is not None:
        of_student = select(Candidate.id).where(Candidate.student_id == filters.student_id)
        statement = statement.where(Registration.candidate_id.in_(of_student))
    if filters.modified_since is not None:
        since = min(max(filters.modified_since, _FIRST_INSTANT), _LAST_INSTANT) - _STILL_WRITTEN
        statement = statement.where(Registration.changed_at >= since)
    return statement


async def describe_registrations(
    session: AsyncSession, actor: Actor, registrations: Sequence[Registration]
) -> list[RegistrationOut]:
    """Tell of registrations with their candidates, in one statement however many they are."""
    if registrations and actor.institution_id is None:
        await act_for(session, actor, institution_id=registrations[0].institution_id)
    statement = (
        select(
            Registration.id,
            Candidate.name,
            Candidate.employer,
            Candidate.student_id,
            IdentityDocument.masked_number,
            CertificateLevel.level,
        )
        .join(
            Candidate,
            and_(Candidate.institution_id == Registration.institution_id, Candidate.id == Registration.candidate_id),
        )
        .join(
            IdentityDocument,
            and_(
                IdentityDocument.institution_id == Candidate.institution_id,
                IdentityDocument.id == Candidate.identity_document_id,
            ),
        )
        .join(CertificateLevel, CertificateLevel.id == Registration.certificate_level_id)
        .where(
            Registration.institution_id.in_({each.institution_id for each in registrations}),
            Registration.id.in_([each.id for each in registrations]),
        )
    )
    told = {row.id: row for row in (await session.execute(statement)).all()}
    return [_described(actor, each, told[each.id]) for each in registrations]


def _described(
    actor: Actor, registration: Registration, told: Row[UUID, str, str | None, UUID | None, str, str]
) -> RegistrationOut:
    return RegistrationOut(
        id=registration.id,
        institution_id=registration.institution_id,
        exam_plan_id=registration.exam_plan_id,
        certificate_level_id=registration.certificate_level_id,
        level=told.level,
        student_id=told.student_id,
        name=told.name,
        masked_document_number=told.masked_number,
        employer=told.employer,
        college_id=registration.college_id,
        channel=Channel(registration.channel),
        state=RegistrationState(registration.state),
        admission_number=registration.admission_number,
        wished_sitting_id=registration.wished_sitting_id,
        sitting_id=registration.sitting_id,
        wished_at=registration.wished_at,
        confirmed_at=registration.confirmed_at,
        accepted_at=registration.accepted_at,
        locked_at=registration.locked_at,
        offered_until=registration.offered_until,
        reason=registration.reason,
        changed_at=registration.changed_at,
        allowed_deeds=registration_life.allowed_deeds(actor, registration.state),
    )


async def list_plans_to_seat(session: AsyncSession, *, at: datetime) -> list[tuple[UUID, UUID]]:
    """List institution and plan of offers whose time is over, and of free seats that somebody waits for."""
    found = await session.execute(_TO_SEAT, {"at": at})
    return [(row.institution_id, row.exam_plan_id) for row in found.all()]
