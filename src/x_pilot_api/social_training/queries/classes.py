"""Finding classes, and telling them with who teaches them and how many take part."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import JSON, ColumnElement, Select, Uuid, bindparam, exists, false, func, or_, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import CertificateLevel
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Role
from x_pilot_api.registry.models import Teacher
from x_pilot_api.social_training import rules
from x_pilot_api.social_training.models import (
    ClassState,
    ParticipantState,
    SocialClass,
    SocialClassTeacher,
    SocialParticipant,
    WorkloadRecord,
    WorkloadState,
)
from x_pilot_api.social_training.queries import reach
from x_pilot_api.social_training.schemas import ClassTeacherOut, SocialClassOut

# A participant is certified by any exam the class registered them for, while the certificate holds.
CERTIFIED = """
EXISTS (
    SELECT FROM social_registrations AS entered
    JOIN results AS result ON result.institution_id = entered.institution_id
        AND result.registration_id = entered.registration_id AND result.standing = 'effective'
    JOIN awards AS award ON award.institution_id = result.institution_id AND award.id = result.award_id
        AND award.state = 'valid'
    WHERE entered.institution_id = participant.institution_id AND entered.participant_id = participant.id)
"""

_NAMED = (
    text(f"""
SELECT class.id, college.name AS college_name, certificate.name AS certificate_name, level.level,
    ARRAY(
        SELECT json_build_object('teacher_id', teacher.id, 'name', teacher.name, 'staff_number', teacher.staff_number)
        FROM social_class_teachers AS taught
        JOIN teachers AS teacher ON teacher.institution_id = taught.institution_id AND teacher.id = taught.teacher_id
        WHERE taught.institution_id = class.institution_id AND taught.social_class_id = class.id
        ORDER BY teacher.staff_number) AS teachers,
    EXISTS (
        SELECT FROM social_class_teachers AS taught
        JOIN teachers AS teacher ON teacher.institution_id = taught.institution_id AND teacher.id = taught.teacher_id
        WHERE taught.institution_id = class.institution_id AND taught.social_class_id = class.id
            AND teacher.person_id = :actor_id AND teacher.is_active) AS teaches,
    counted.missing, counted.certified
FROM social_classes AS class
JOIN colleges AS college ON college.institution_id = class.institution_id AND college.id = class.college_id
JOIN certificate_levels AS level ON level.id = class.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE participant.result IS NULL) AS missing,
        count(*) FILTER (WHERE {CERTIFIED}) AS certified
    FROM social_participants AS participant
    WHERE participant.institution_id = class.institution_id AND participant.social_class_id = class.id
        AND participant.state = 'enrolled') AS counted
WHERE class.institution_id = :institution_id AND class.id = ANY (:ids)
""")
    .bindparams(bindparam("ids", type_=ARRAY(Uuid)))
    .columns(teachers=ARRAY(JSON))
)


def taught_classes(actor: Actor) -> Select[SocialClassTeacher]:
    """Select which classes an actor teaches, as the active teacher they are."""
    return select(SocialClassTeacher).where(
        SocialClassTeacher.institution_id == actor.institution_id,
        SocialClassTeacher.teacher_id.in_(
            select(Teacher.id).where(
                Teacher.institution_id == actor.institution_id,
                Teacher.person_id == actor.id,
                Teacher.is_active.is_(True),
            )
        ),
    )


def visible_classes(actor: Actor) -> Select[SocialClass]:
    """Select the classes an actor may see: an office all, a coordinator their colleges', a teacher what they teach."""
    if actor.institution_id is None:
        return select(SocialClass).where(false())
    own = select(SocialClass).where(SocialClass.institution_id == actor.institution_id)
    if actor.roles & reach.SEE_ALL:
        return own
    bounds: list[ColumnElement[bool]] = [SocialClass.college_id.in_(reach.own_colleges(actor))]
    if Role.TEACHER in actor.roles:
        taught = taught_classes(actor).with_only_columns(SocialClassTeacher.social_class_id)
        bounds.append(SocialClass.id.in_(taught) & (SocialClass.state != ClassState.DRAFT))
    return own.where(or_(false(), *bounds))


def runs(actor: Actor, class_: SocialClass) -> bool:
    """Tell whether an actor acts for the college that gives a class."""
    return reach.acts_for(actor, class_.college_id)


async def get_class(
    session: AsyncSession, actor: Actor, class_id: UUID, *, own: bool = False, lock: bool = False, share: bool = False
) -> SocialClass:
    """Read one visible class, or one the actor runs; locked when it is to be changed, or kept as it is meanwhile."""
    statement = visible_classes(actor).where(SocialClass.id == class_id)
    if lock or share:
        statement = statement.with_for_update(key_share=lock, read=share)
    class_ = (await session.scalars(statement.execution_options(populate_existing=True))).one_or_none()
    if class_ is None or (own and not runs(actor, class_)):
        raise NotFound(what="social class", zh="培训班")
    return class_


async def list_classes(
    session: AsyncSession,
    actor: Actor,
    *,
    college_id: UUID | None,
    certificate_level_id: UUID | None,
    state: ClassState | None,
    wish: PageWish,
) -> tuple[Sequence[SocialClass], str | None]:
    """List visible classes, the oldest first."""
    statement = visible_classes(actor)
    for column, value in (
        (SocialClass.college_id, college_id),
        (SocialClass.certificate_level_id, certificate_level_id),
        (SocialClass.state, state),
    ):
        if value is not None:
            statement = statement.where(column == value)
    return await page_of(session, statement, order=(SocialClass.id,), wish=wish)


async def describe_classes(
    session: AsyncSession, actor: Actor, rows: Sequence[SocialClass], *, today: date
) -> list[SocialClassOut]:
    """Tell classes of one institution in one statement however many they are."""
    if not rows:
        return []
    values = {"institution_id": rows[0].institution_id, "ids": [row.id for row in rows], "actor_id": actor.id}
    named = {row.id: row for row in (await session.execute(_NAMED, values)).all()}
    return [
        SocialClassOut(
            id=row.id,
            college_id=row.college_id,
            college_name=named[row.id].college_name,
            certificate_level_id=row.certificate_level_id,
            certificate_name=named[row.id].certificate_name,
            level=named[row.id].level,
            title=row.title,
            partner=row.partner,
            hours_tenths=row.hours_tenths,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            places=row.places,
            taken=row.taken,
            missing_results=named[row.id].missing,
            certified=named[row.id].certified,
            state=ClassState(row.state),
            reason=row.reason,
            teachers=[ClassTeacherOut.model_validate(each) for each in named[row.id].teachers],
            allowed_deeds=rules.allowed_class_deeds(
                actor,
                row,
                today=today,
                missing=named[row.id].missing,
                runs=runs(actor, row),
                teaches=named[row.id].teaches,
            ),
        )
        for row in rows
    ]


async def is_level(session: AsyncSession, level_id: UUID) -> bool:
    """Tell whether the catalogue has a level."""
    return bool(await session.scalar(select(exists().where(CertificateLevel.id == level_id))))


async def list_inactive_teachers(
    session: AsyncSession, *, institution_id: UUID, teacher_ids: Collection[UUID]
) -> list[UUID]:
    """List which of some ids name no active teacher of an institution."""
    found = await session.scalars(
        select(Teacher.id).where(
            Teacher.institution_id == institution_id, Teacher.id.in_(teacher_ids), Teacher.is_active.is_(True)
        )
    )
    return sorted(set(teacher_ids) - set(found.all()))


async def teaches(session: AsyncSession, class_: SocialClass, teacher_id: UUID) -> bool:
    """Tell whether a teacher is one of a class's."""
    taught = exists().where(
        SocialClassTeacher.institution_id == class_.institution_id,
        SocialClassTeacher.social_class_id == class_.id,
        SocialClassTeacher.teacher_id == teacher_id,
    )
    return bool(await session.scalar(select(taught)))


def _enrolled(class_: SocialClass) -> tuple[ColumnElement[bool], ...]:
    return (
        SocialParticipant.institution_id == class_.institution_id,
        SocialParticipant.social_class_id == class_.id,
        SocialParticipant.state == ParticipantState.ENROLLED,
    )


async def find_missing_results(session: AsyncSession, class_: SocialClass) -> int:
    """Count who takes part and has no result."""
    asked = select(func.count()).where(*_enrolled(class_), SocialParticipant.result.is_(None))
    return (await session.execute(asked)).scalar_one()


async def find_attended_most(session: AsyncSession, class_: SocialClass) -> int:
    """Find the most that anybody attended of a class, in tenths of an hour."""
    asked = select(func.coalesce(func.max(SocialParticipant.attended_tenths), 0)).where(*_enrolled(class_))
    return (await session.execute(asked)).scalar_one()


async def find_worked_days(session: AsyncSession, class_: SocialClass) -> tuple[date, date] | None:
    """Find the first and the last day with work that was logged for a class and stands."""
    asked = select(func.min(WorkloadRecord.worked_on), func.max(WorkloadRecord.worked_on)).where(
        WorkloadRecord.institution_id == class_.institution_id,
        WorkloadRecord.social_class_id == class_.id,
        WorkloadRecord.state.in_([WorkloadState.LOGGED, WorkloadState.REFUSED, WorkloadState.VERIFIED]),
    )
    days = [day for day in (await session.execute(asked)).one() if day]
    return (days[0], days[-1]) if days else None
